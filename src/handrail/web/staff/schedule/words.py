"""Groups in words: times, days, places, states, addresses of pages that others make."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from handrail.areas.enrollment.selectors.meetings import Meeting
from handrail.core.course.progress import Progress
from handrail.core.course.schedule import Modality, Weekday
from handrail.core.course.session_states import State
from handrail.data import care_catalogue
from handrail.foundation import clock
from handrail.web.kit.filters import clock_time
from handrail.web.kit.filters import short_day as day

__all__ = ["clock_time", "day"]
STATES = {
    State.PLANNED: ("", ""),
    State.IN_PROGRESS: ("wait", "in progress"),
    State.TO_BE_SIGNED: ("watch", "to be signed"),
    State.CLOSED: ("ok", "signed"),
    State.CANCELED: ("watch", "canceled"),
}
"""The mark and the word for each state; planned needs neither."""

WEEKDAYS = tuple((int(one), one.name.title()) for one in Weekday)


def level_name(code: str) -> str:
    """The name of a level of care; a code the catalogue does not know stays as it is."""
    found = care_catalogue().levels.get(code)
    return found.name if found else code


def people(number: int) -> str:
    """1 person, 12 people."""
    return "1 person" if number == 1 else f"{number} people"


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


FAR = timedelta(days=180)
"""From when on a day without its year could be taken for another one."""


def day_of_year(value: date) -> str:
    """Mon, Nov 2; a day that is far from now with its year: Mon, Nov 2, 2027."""
    far = abs(value - clock.now().date()) > FAR
    return f"{day(value)}, {value.year}" if far else day(value)


def dates(first: date, last: date | None) -> str:
    """From Mon, Nov 2 / Mon, Nov 2 to Fri, Dec 18."""
    if last is None:
        return f"from {day_of_year(first)}"
    return f"{day_of_year(first)} to {day_of_year(last)}"


def last_day(stands: Progress, until: date | None = None) -> str:
    """The last day as it looks now, or why there is none; `until` is where the membership ends."""
    if stands.projected_last_day:
        return day_of_year(stands.projected_last_day)
    if not stands.planned:
        return ""
    if not stands.to_go:
        return "all done"
    missing = counted(stands.not_on_calendar, "session")
    if until:
        return f"the membership ends {day_of_year(until)}, {missing} before the course would"
    return f"{missing} not on the calendar yet"


def counted(number: int, what: str) -> str:
    """1 session, 3 sessions."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def would_meet(one: Meeting) -> str:
    """That two people share a group although they must not, and what to do. Names nobody."""
    then = f"next on {day_of_year(one.next_date)}"
    if one.leads:
        return (
            f"They would meet in {one.track}, {then}: transfer the client, or let someone else"
            " lead it."
        )
    return f"Both are in {one.track}, {then}: transfer one of them."


def address(name: str, **arguments: UUID) -> str:
    """The address of a page, or an empty text when there is no such page."""
    try:
        return reverse(f"staff:{name}", kwargs=arguments)
    except NoReverseMatch:
        return ""
