"""A client's week against a payer's rule, said before the week is over.

Three sessions of three hours are nine hours on the calendar. With two breaks of ten minutes they
are eight hours of therapy, and one missed session leaves six. So minutes are counted three ways.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from handrail.core.course.attendance import Attendance
from handrail.core.course.errors import CourseError
from handrail.core.course.schedule import Session, Weekday
from handrail.core.course.segments import Count, Minutes, full_minutes
from handrail.core.course.session_states import State


class Service(Enum):
    """What kind of hour it is."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class WeekRule:
    """How much care a payer or a rule asks for in a week: which minutes, of which services."""

    id: str
    name: str
    minutes: int
    count: Count
    services: frozenset[Service]
    source: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Hour:
    """One session or appointment of a client.

    While its attendance is not `decided`, the minutes are those it has when the person comes.
    """

    local_date: date
    service: Service
    name: str
    minutes: Minutes
    decided: bool


class Outlook(Enum):
    """Whether a rule can still be met in a week."""

    MET = "met"
    ON_COURSE = "met if everything planned happens"
    NEEDS_MORE = "not met by what is planned; more can be added"
    NOT_MET = "not met"


@dataclass(frozen=True, slots=True)
class WeekAgainstRule:
    """One client's week held against one rule. All numbers are minutes.

    `so_far` is decided, `at_most` is if everything planned happens. `by` are the coming hours
    that meet the rule, soonest first; `to_add` is what must be added to the plan.
    """

    rule: WeekRule
    first: date
    last: date
    so_far: int
    at_most: int
    outlook: Outlook
    by: tuple[Hour, ...]
    to_add: int
    days_left: int


def week_of(day: date, begins: Weekday = Weekday.MONDAY) -> tuple[date, date]:
    """The first and last day of the week that a day is in, as the organization begins weeks."""
    first = day - timedelta(days=(day.weekday() - begins) % 7)
    return first, first + timedelta(days=6)


def group_hour(session: Session, attendance: Attendance | None = None) -> Hour:
    """A group session as an hour of the week: with the attendance when it is known.

    Raises CourseError for a canceled session, or an attendance of another one.
    """
    if session.state is State.CANCELED:
        raise CourseError(f"{session.track} on {session.local_date} is canceled: it is no hour")
    if attendance is None:
        return Hour(
            session.local_date, Service.GROUP, session.track, full_minutes(session.segments), False
        )
    if attendance.session != session.key:
        raise CourseError(f"this attendance belongs to {attendance.session}, not {session.key}")
    return Hour(session.local_date, Service.GROUP, session.track, attendance.minutes, True)


def appointment(day: date, service: Service, minutes: int, attended: int | None = None) -> Hour:
    """An individual or family hour, all of it therapy; `attended` is None until it has been."""
    there = minutes if attended is None else attended
    return Hour(day, service, service.value, Minutes(minutes, there, there), attended is not None)


def minutes_in_week(hours: Iterable[Hour], day: date, begins: Weekday = Weekday.MONDAY) -> Minutes:
    """The decided minutes of the week that a day is in, counted three ways, all services."""
    first, last = week_of(day, begins)
    decided = (one.minutes for one in hours if one.decided and first <= one.local_date <= last)
    return sum(decided, Minutes())


def hold_against(
    rule: WeekRule, hours: Sequence[Hour], today: date, begins: Weekday = Weekday.MONDAY
) -> WeekAgainstRule:
    """Hold the week of a day against a rule, and say what is needed while there is time.

    `today` is the local date of the organization. An hour that has passed but is not decided
    still counts as possible: its attendance waits to be closed.
    """
    return hold_week_against(rule, hours, week_of(today, begins), today)


def hold_week_against(
    rule: WeekRule, hours: Sequence[Hour], week: tuple[date, date], today: date
) -> WeekAgainstRule:
    """Hold any week against a rule, as it looks on a day: see `hold_against`."""
    first, last = week
    counting = [
        one for one in hours if first <= one.local_date <= last and one.service in rule.services
    ]
    so_far = sum(_counted(one, rule) for one in counting if one.decided)
    coming = sorted(
        (one for one in counting if not one.decided), key=lambda one: (one.local_date, one.name)
    )
    at_most = so_far + sum(_counted(one, rule) for one in coming)
    days_left = max(0, (last - max(today, first)).days + 1)
    return WeekAgainstRule(
        rule=rule,
        first=first,
        last=last,
        so_far=so_far,
        at_most=at_most,
        outlook=_outlook(rule.minutes, so_far, at_most, days_left),
        by=_enough_of(coming, rule, so_far),
        to_add=max(0, rule.minutes - at_most) if days_left else 0,
        days_left=days_left,
    )


def _counted(hour: Hour, rule: WeekRule) -> int:
    return hour.minutes.counted(rule.count)


def _outlook(needed: int, so_far: int, at_most: int, days_left: int) -> Outlook:
    if so_far >= needed:
        return Outlook.MET
    if at_most >= needed:
        return Outlook.ON_COURSE
    return Outlook.NEEDS_MORE if days_left else Outlook.NOT_MET


def _enough_of(coming: Iterable[Hour], rule: WeekRule, so_far: int) -> tuple[Hour, ...]:
    """The coming hours in their order, as many as the rule needs; all when they are not enough."""
    enough: list[Hour] = []
    for one in coming:
        if so_far >= rule.minutes:
            break
        so_far += _counted(one, rule)
        enough.append(one)
    return tuple(enough)
