"""Finding a session in which someone can make up for one that was missed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from handrail.core.course.enrollment import Enrollment
from handrail.core.course.roster import MakeUp, NoContact, Roster, conflicts, free_seats, roster
from handrail.core.course.schedule import Session, in_order
from handrail.core.course.segments import SegmentKind
from handrail.core.course.session_states import State


class Objection(Enum):
    """Why someone cannot make up in a session. Never says whom they would meet."""

    HAS_BEGUN = "it has begun or is canceled"
    OTHER_LEVEL = "another level of care"
    ALREADY_THERE = "already expected there"
    CLASH = "at the same time as something else"
    NO_CONTACT = "someone is there whom they must not meet"
    FULL = "no free seat"


@dataclass(frozen=True, slots=True)
class Option:
    """A session that someone can make up in, and the missing topics that it carries."""

    session: Session
    topics: tuple[str, ...]
    free_seats: int | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A session that does not fit, and every reason why."""

    session: Session
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class MakeUpSearch:
    """The sessions that fit, best first, and those that do not, with their reasons."""

    options: tuple[Option, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a search looks at: all sessions, who is in them, limits, and who must not meet."""

    sessions: tuple[Session, ...]
    enrollments: tuple[Enrollment, ...]
    make_ups: tuple[MakeUp, ...]
    limits: Mapping[SegmentKind, int]
    pairs: tuple[NoContact, ...] = ()


def find_make_ups(
    person: str,
    level: str,
    calendar: Calendar,
    *,
    after: datetime,
    busy: Collection[tuple[datetime, datetime]] = (),
    missing_topics: Sequence[str] = (),
) -> MakeUpSearch:
    """Find where someone can make up a session, best first.

    Best carries most missing topics; then the soonest; then the most free seats. `busy` are
    times in UTC at which the person has something else; their own sessions are known. Sessions
    which began before `after` are left out.
    """
    options, refusals = [], []
    own = _own_sessions(person, calendar)
    for session in in_order(one for one in calendar.sessions if one.starts_at > after):
        expected = roster(session, calendar.enrollments, calendar.make_ups)
        objections = _objections(person, level, expected, calendar, own, busy)
        if objections:
            refusals.append(Refusal(session, objections))
        else:
            topics = tuple(one for one in missing_topics if one in session.topics)
            options.append(Option(session, topics, free_seats(expected, calendar.limits)))
    return MakeUpSearch(tuple(sorted(options, key=_best_first)), tuple(refusals))


def _own_sessions(person: str, calendar: Calendar) -> list[Session]:
    own = [one for one in calendar.enrollments if one.person == person]
    booked = [one for one in calendar.make_ups if one.person == person]
    return [one for one in calendar.sessions if one.is_ahead and roster(one, own, booked).places]


def _objections(
    person: str,
    level: str,
    expected: Roster,
    calendar: Calendar,
    own: Iterable[Session],
    busy: Collection[tuple[datetime, datetime]],
) -> tuple[Objection, ...]:
    session = expected.session
    there = person in expected.places
    checks = {
        Objection.HAS_BEGUN: session.state is not State.PLANNED,
        Objection.OTHER_LEVEL: session.level != level,
        Objection.ALREADY_THERE: there,
        Objection.CLASH: not there and _clashes(session, own, busy),
        Objection.NO_CONTACT: bool(conflicts(person, [expected], calendar.pairs)),
        Objection.FULL: free_seats(expected, calendar.limits) == 0,
    }
    return tuple(objection for objection, holds in checks.items() if holds)


def _clashes(
    session: Session, own: Iterable[Session], busy: Iterable[tuple[datetime, datetime]]
) -> bool:
    return any(session.overlaps(one) for one in own) or any(
        session.starts_at < until and since < session.ends_at for since, until in busy
    )


def _best_first(option: Option) -> tuple[int, datetime, float, str]:
    seats = float("inf") if option.free_seats is None else option.free_seats
    return -len(option.topics), option.session.starts_at, -seats, option.session.track
