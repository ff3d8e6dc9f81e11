"""Groups in words: times, days, places, states, addresses of pages that others make."""

from collections.abc import Iterable
from datetime import date, time
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from handrail.areas.programs.saying import clock_time, day, level_name
from handrail.core.course.progress import Progress
from handrail.core.course.schedule import Modality, Weekday
from handrail.core.course.session_states import State

__all__ = ["clock_time", "day", "level_name"]
STATES = {
    State.PLANNED: ("", ""),
    State.IN_PROGRESS: ("wait", "in progress"),
    State.TO_BE_SIGNED: ("watch", "to be signed"),
    State.CLOSED: ("ok", "signed"),
    State.CANCELED: ("watch", "canceled"),
}
"""The mark and the word for each state; planned needs neither."""

WEEKDAYS = tuple((int(one), one.name.title()) for one in Weekday)


def place(modality: Modality, room: str) -> str:
    """Room 2 / online / Room 2 and online."""
    if modality is Modality.ONLINE:
        return "online"
    return f"{room} and online" if modality is Modality.MIXED else room


def span(start: time, end: time) -> str:
    """6 to 9 pm; 11:30 am to 1 pm."""
    first, last = (clock_time(one).replace(":00", "") for one in (start, end))
    return f"{first[:-3] if first[-2:] == last[-2:] else first} to {last}"


def on_days(days: Iterable[Weekday]) -> str:
    """Mon, Wed, Thu."""
    return ", ".join(one.name.title()[:3] for one in sorted(days))


def dates(first: date, last: date | None) -> str:
    """From Mon, Nov 2 / Mon, Nov 2 to Fri, Dec 18."""
    return f"{day(first)} to {day(last)}" if last else f"from {day(first)}"


def last_day(stands: Progress) -> str:
    """The last day as it looks now, or why there is none."""
    if stands.projected_last_day:
        return day(stands.projected_last_day)
    if not stands.planned:
        return ""
    if not stands.to_go:
        return "all done"
    return f"{stands.not_on_calendar} sessions are not on the calendar yet"


def address(name: str, **arguments: UUID) -> str:
    """The address of a page, or an empty text when there is no such page."""
    try:
        return reverse(f"staff:{name}", kwargs=arguments)
    except NoReverseMatch:
        return ""
