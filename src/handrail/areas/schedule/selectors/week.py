"""A week of groups: who meets when and where, who leads, how many come, which seats are free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from handrail.areas.clients.models import Client
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Closure, Session, SessionFacilitator
from handrail.core.access import Action, Actor, check_access
from handrail.core.course.enrollment import Enrollment
from handrail.core.course.local_time import ClockChange
from handrail.core.course.roster import MakeUp, free_seats, roster, size_limit
from handrail.core.course.schedule import HowMoved, Modality
from handrail.core.course.session_states import State
from handrail.data import course_rules


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as a week or a track shows it. `limit` and `free` are None without a limit."""

    session_id: UUID
    track_id: UUID
    track: str
    program: str
    number: int
    local_date: date
    start: time
    end: time
    starts_at: datetime
    minutes: int
    modality: Modality
    room: str
    facilitators: tuple[str, ...]
    facilitator_ids: tuple[UUID, ...]
    topics: tuple[str, ...]
    people: int
    limit: int | None
    free: int | None
    state: State
    moved_from: date | None
    moved_reason: str
    canceled_reason: str
    clock_change: ClockChange


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week; `closed` says why the house is closed, and is empty when it is not."""

    local_date: date
    closed: str
    instead_date: date | None
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of groups."""

    first: date
    last: date
    days: tuple[Day, ...]


def week(first_day: date, *, by: Actor) -> Week:
    """The groups of the seven days from a day on. Eight queries, however many groups."""
    check_access(by, Action.SEE_GROUPS)
    last = first_day + timedelta(days=6)
    rows = with_people().filter(local_date__range=(first_day, last)).order_by("starts_at", "id")
    lines = session_lines(list(rows))
    closed = {
        one.local_date: one for one in Closure.objects.filter(local_date__range=(first_day, last))
    }
    return Week(
        first_day,
        last,
        tuple(_day(first_day + timedelta(days=shift), closed, lines) for shift in range(7)),
    )


def closures(since: date, *, by: Actor) -> list[Closure]:
    """The closed days from a day on."""
    check_access(by, Action.SEE_GROUPS)
    return list(Closure.objects.filter(local_date__gte=since).order_by("local_date"))


@dataclass(frozen=True, slots=True)
class Expected:
    """A session with the names of everyone who is expected at it, by family name."""

    session: SessionLine
    names: tuple[str, ...]


def expected_on(local_date: date, *, by: Actor) -> tuple[Expected, ...]:
    """The planned sessions of a day and who is expected, as closing the day would touch them."""
    check_access(by, Action.SEE_GROUPS)
    rows = with_people().filter(local_date=local_date, state=State.PLANNED.value)
    return _expected(list(rows.order_by("starts_at", "id")))


def moved_away(local_dates: Iterable[date], *, by: Actor) -> Mapping[date, tuple[Expected, ...]]:
    """Where the sessions of closed days went, and who has to be told, by the day closed."""
    check_access(by, Action.SEE_GROUPS)
    rows = with_people().filter(moved_from_date__in=list(local_dates), state=State.PLANNED.value)
    rows = rows.exclude(moved_how=HowMoved.BY_HAND.value).order_by("starts_at", "id")
    found: dict[date, tuple[Expected, ...]] = {}
    for one in _expected(list(rows), before_the_move=True):
        if one.session.moved_from:
            day = one.session.moved_from
            found[day] = (*found.get(day, ()), one)
    return found


def expected_at(session_ids: Iterable[UUID], *, by: Actor) -> tuple[Expected, ...]:
    """These sessions, soonest first, and who is expected at them."""
    check_access(by, Action.SEE_GROUPS)
    rows = with_people().filter(pk__in=list(session_ids)).order_by("starts_at", "id")
    return _expected(list(rows))


def _expected(rows: Sequence[Session], *, before_the_move: bool = False) -> tuple[Expected, ...]:
    """Who is expected; `before_the_move` those who were on the day that was closed."""
    if not rows:
        return ()
    known = [facts.session_facts(one) for one in rows]
    if before_the_move:
        known = [replace(one, local_date=one.pattern_date) for one in known]
    dates, make_ups = [one.local_date for one in known], facts.make_ups_of(rows)
    members = facts.enrollments_between({one.track_id for one in rows}, min(dates), max(dates))
    there = [roster(one, members, make_ups).people for one in known]
    people = Client.objects.filter(pk__in={key for keys in there for key in keys})
    names = {str(one.pk): one.name for one in people.order_by("family_name", "given_name", "pk")}
    return tuple(
        Expected(line, tuple(name for key, name in names.items() if key in keys))
        for line, keys in zip(session_lines(rows), there, strict=True)
    )


def with_people() -> QuerySet[Session]:
    """Sessions with all that a line about them says."""
    led = SessionFacilitator.objects.select_related("membership__user").order_by(
        "membership__user__name"
    )
    return Session.objects.select_related("track__program").prefetch_related(
        Prefetch("facilitators", led)
    )


def session_lines(rows: Sequence[Session]) -> list[SessionLine]:
    """Lines about sessions, with rosters computed from memberships. Three queries."""
    if not rows:
        return []
    dates = [one.local_date for one in rows]
    tracks = {one.track_id for one in rows}
    enrollments = facts.enrollments_between(tracks, min(dates), max(dates))
    make_ups = facts.make_ups_of(rows)
    return [_line(one, enrollments, make_ups) for one in rows]


def _line(
    row: Session, enrollments: Iterable[Enrollment], make_ups: Iterable[MakeUp]
) -> SessionLine:
    known = facts.session_facts(row)
    limits = course_rules().limits
    expected = roster(known, enrollments, make_ups)
    end = datetime.combine(row.local_date, row.start) + timedelta(minutes=known.minutes)
    led_by = list(row.facilitators.all())
    return SessionLine(
        session_id=row.pk,
        track_id=row.track_id,
        track=row.track.name,
        program=row.track.program.name,
        number=row.number,
        local_date=row.local_date,
        start=row.start,
        end=end.time(),
        starts_at=row.starts_at,
        minutes=known.minutes,
        modality=known.modality,
        room=row.room,
        facilitators=tuple(one.membership.user.name for one in led_by),
        facilitator_ids=tuple(one.membership_id for one in led_by),
        topics=tuple(row.topics),
        people=len(expected.places),
        limit=size_limit(known, limits),
        free=free_seats(expected, limits),
        state=known.state,
        moved_from=row.moved_from_date,
        moved_reason=row.moved_reason,
        canceled_reason=row.canceled_reason,
        clock_change=known.clock_change,
    )


def _day(day: date, closed: Mapping[date, Closure], lines: Iterable[SessionLine]) -> Day:
    closure = closed.get(day)
    return Day(
        local_date=day,
        closed=closure.reason if closure else "",
        instead_date=closure.instead_date if closure else None,
        sessions=tuple(one for one in lines if one.local_date == day),
    )
