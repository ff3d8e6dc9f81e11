"""Days, moments, spans, money and counts as people say them: functions, and filters of templates.

A moment is said by the clock of the organization whose page it is on: the gate sets Django's
current time zone to it (handrail.web.kit.access). A page that shows another place's time names
its zone: `{{ slot.starts_at|moment(slot.zone) }}`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from jinja2 import pass_context
from jinja2.runtime import Context

from handrail.core.access import Action, Subject, can_access, in_words
from handrail.core.money import dollars
from handrail.data import care_catalogue
from handrail.foundation import clock


def day(value: date) -> str:
    """Tue, Nov 24, 2026."""
    return f"{value:%a, %b} {value.day}, {value.year}"


def plain_day(value: date) -> str:
    """May 3, 1990: where the day of the week does not matter."""
    return f"{value:%B} {value.day}, {value.year}"


def clock_time(value: datetime | time, zone: str = "") -> str:
    """5:50 pm, at that place; a time of day without a date is as it is."""
    local = value if isinstance(value, time) else _local(value, zone)
    return f"{local:%I:%M}".lstrip("0") + f" {local:%p}".lower()


def moment(value: datetime, zone: str = "") -> str:
    """Tue, Nov 24, 2026, 5:50 pm, at that place."""
    return f"{day(local_day(value, zone))}, {clock_time(value, zone)}"


def long_moment(value: datetime, zone: str = "") -> str:
    """Tuesday, November 24, 5:50 pm, at that place."""
    local = _local(value, zone)
    return f"{local:%A, %B} {local.day}, {clock_time(value, zone)}"


def until(when: int | date) -> str:
    """How long until a day, or so many days: today, tomorrow, in 12 days, 3 days ago."""
    days = when if isinstance(when, int) else (when - _local(clock.now()).date()).days
    if days < 0:
        return "yesterday" if days == -1 else f"{-days} days ago"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def short_day(value: date) -> str:
    """Tue, Nov 24: where the year is plain."""
    return f"{value:%a, %b} {value.day}"


def plain_date(value: date) -> str:
    """Jan 4, 2027: in the middle of a line."""
    return f"{value:%b} {value.day}, {value.year}"


def local_day(value: datetime, zone: str = "") -> date:
    """The calendar day of a moment, at that place."""
    return _local(value, zone).date()


def short_time(value: datetime, zone: str = "") -> str:
    """6 pm, 6:20 pm, at that place."""
    return clock_time(value, zone).replace(":00 ", " ")


def span(start: datetime, end: datetime, zone: str = "") -> str:
    """From when to when on one day: 6 to 9 pm, 10 am to 1 pm."""
    first, last = short_time(start, zone), short_time(end, zone)
    return f"{first[:-3] if first[-2:] == last[-2:] else first} to {last}"


def lasting(length: timedelta) -> str:
    """How long: 40 min, 3 h 10 min, 2 days."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def time_left(due: datetime, now: datetime) -> str:
    """3 h 10 min left; 2 days overdue; due now."""
    if abs(due - now) < timedelta(minutes=1):
        return "due now"
    return f"{lasting(due - now)} left" if due > now else f"{lasting(now - due)} overdue"


def counted(number: int, one: str, many: str = "") -> str:
    """1 person, 12 people; the plural is the singular with an s unless it is given."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


def number_word(number: int) -> str:
    """Three, for the beginning of a sentence; figures from thirteen on."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


_NUMBERS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)


def level(code: str) -> str:
    """Intensive outpatient treatment, for the code of a level of care; one that is no level any
    more stays as it is.
    """
    found = care_catalogue().levels.get(code)
    return found.name if found else code


def _local(value: datetime, zone: str = "") -> datetime:
    where: tzinfo = ZoneInfo(zone) if zone else timezone.get_current_timezone()
    return value.astimezone(where)


# ---- in templates ------------------------------------------------------------------------------

FILTERS: Mapping[str, Callable[..., str]] = {
    "day": day,
    "short_day": short_day,
    "plain_day": plain_day,
    "plain_date": plain_date,
    "moment": moment,
    "long_moment": long_moment,
    "clock_time": clock_time,
    "short_time": short_time,
    "span": span,
    "lasting": lasting,
    "time_left": time_left,
    "until": until,
    "money": dollars,
    "count": counted,
    "action": in_words,
    "level": level,
}
"""By the name that templates and sentences use: `{{ license.expires_date|day }}`."""


@pass_context
def can(context: Context, action: Action, subject: Subject | None = None) -> bool:
    """In a template: whether whoever looks at the page may do it, to show or leave out a button."""
    return can_access(context["request"].actor, action, subject)
