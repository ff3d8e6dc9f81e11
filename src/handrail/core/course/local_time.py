"""When a session begins: local date, local time and zone are the truth, UTC follows from them."""

from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from handrail.core.course.errors import NotATimeZone


class ClockChange(Enum):
    """What daylight saving does to a local time on its day.

    A skipped time (02:30 when clocks go from 2 to 3) is held by the clock before the change, so
    that people come at 03:30. A repeated time (01:30 when clocks go back) is the first of the
    two. The session says so, and a person can choose another time.
    Source: the reading of RFC 5545 §3.3.5, from memory.
    """

    NONE = "none"
    SKIPPED = "skipped"
    REPEATED = "repeated"


def check_zone(zone: str) -> str:
    """Make sure that a time zone exists: "America/New_York". Raises NotATimeZone for another."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as wrong:
        raise NotATimeZone(zone) from wrong
    return zone


@lru_cache(maxsize=4096)  # of one session it is asked for each of its people, when sorted
def utc_of(day: date, start: time, zone: str) -> datetime:
    """The moment at which a local time on a local day comes, in UTC."""
    return datetime.combine(day, start, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def clock_change(day: date, start: time, zone: str) -> ClockChange:
    """Tell whether clocks skip or repeat this local time on this day."""
    local = datetime.combine(day, start, tzinfo=ZoneInfo(zone))
    first, second = local.timestamp(), local.replace(fold=1).timestamp()
    if first == second:
        return ClockChange.NONE
    # A repeated time comes twice, first and second; of a skipped one the second reading, by the
    # clock after the change, would be earlier.
    return ClockChange.REPEATED if first < second else ClockChange.SKIPPED
