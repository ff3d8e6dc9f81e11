"""From a track's weekly pattern to its sessions; closures move a session and never drop one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, IntEnum
from itertools import islice
from typing import TypeAlias

from handrail.core.course.errors import ClosedInstead, ClosedTwice, CourseError, TakenInstead
from handrail.core.course.local_time import ClockChange, check_zone, clock_change, utc_of
from handrail.core.course.segments import Segments, check_segments, length
from handrail.core.course.session_states import Act, State, can

SessionKey: TypeAlias = tuple[str, int]
"""Track and number: what a session keeps when it is moved."""


class Weekday(IntEnum):
    """A day of the week, as `date.weekday()` counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Modality(Enum):
    """How people meet."""

    ROOM = "room"
    ONLINE = "online"
    MIXED = "mixed"


class HowMoved(Enum):
    """Where a session went that could not be held on its day."""

    TO_GIVEN_DATE = "to the date given"
    APPENDED = "to the end"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Track:
    """A weekly pattern: on which local days, at what local time, where, in which parts.

    `topics` is the order of the curriculum; it begins again after the last one. `seats` is a
    limit of the track's own, for a small room; None leaves it to the limits by kind of segment.
    """

    id: str
    level: str
    zone: str
    days: frozenset[Weekday]
    start: time
    segments: Segments
    modality: Modality = Modality.ROOM
    room: str = ""
    seats: int | None = None
    facilitators: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_zone(self.zone)
        check_segments(self.segments, length(self.segments))
        if not self.days:
            raise CourseError(f"track {self.id}: it meets on no day of the week")
        if self.start.tzinfo is not None:
            raise CourseError(f"track {self.id}: the start is local; the zone stands apart")


@dataclass(frozen=True, slots=True)
class Moved:
    """That a session was moved: from which day, how and why."""

    from_date: date
    how: HowMoved
    reason: str


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a track. Local date, time and zone are the truth; UTC follows from them."""

    track: str
    number: int
    level: str
    local_date: date
    start: time
    zone: str
    segments: Segments
    modality: Modality = Modality.ROOM
    room: str = ""
    seats: int | None = None
    facilitators: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    moved: Moved | None = None
    state: State = State.PLANNED

    @property
    def key(self) -> SessionKey:
        """Track and number."""
        return self.track, self.number

    @property
    def pattern_date(self) -> date:
        """The day that the weekly pattern gave; a Monday group moved to Friday stays Monday's."""
        return self.moved.from_date if self.moved else self.local_date

    @property
    def minutes(self) -> int:
        """How long it takes, breaks included."""
        return length(self.segments)

    @property
    def starts_at(self) -> datetime:
        """When it begins, in UTC."""
        return utc_of(self.local_date, self.start, self.zone)

    @property
    def ends_at(self) -> datetime:
        """When it ends, in UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def clock_change(self) -> ClockChange:
        """Whether clocks skip or repeat its local start on that day."""
        return clock_change(self.local_date, self.start, self.zone)

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be held, or being held."""
        return self.state in (State.PLANNED, State.IN_PROGRESS)

    def overlaps(self, other: "Session") -> bool:
        """Tell whether nobody could be at both from start to end."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


Sessions: TypeAlias = tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which the house is closed, and the day that replaces it, when one is given."""

    local_date: date
    reason: str
    instead_date: date | None = None


# ---- sessions from the pattern ---------------------------------------------------------------


def schedule(track: Track, first: date, last: date, closures: Iterable[Closure] = ()) -> Sessions:
    """The sessions of a track for all its days in a range, both ends included.

    A closed day moves its session to the day given instead, or to the first free day of the
    pattern after the last session: so there are as many sessions as days in the pattern.
    Raises TakenInstead, ClosedInstead or ClosedTwice when closures contradict each other.
    """
    return extend(track, (), first, last, closures)


def schedule_course(
    track: Track, first: date, count: int, closures: Iterable[Closure] = ()
) -> Sessions:
    """The sessions of a course of so many meetings, from its first possible day."""
    if count < 1:
        raise CourseError("a course has at least one session")
    *_, last = islice(_pattern_dates(track, first), count)
    return schedule(track, first, last, closures)


def extend(
    track: Track,
    sessions: Sequence[Session],
    first: date,
    last: date,
    closures: Iterable[Closure] = (),
) -> Sessions:
    """Add the sessions of a further range to those the track has.

    A day that has had its session, moved or canceled ones included, gets no second one: doing
    it twice adds nothing. Raises what `apply_closures` does.
    """
    had = {session.pattern_date for session in sessions} | {
        session.local_date for session in sessions
    }
    begin = max((session.number for session in sessions), default=0) + 1
    days = _pattern_dates(track, first, last)
    made = [
        _session(track, number, day)
        for number, day in enumerate((day for day in days if day not in had), begin)
    ]
    return apply_closures(track, (*sessions, *made), closures)


def apply_closures(
    track: Track,
    sessions: Iterable[Session],
    closures: Iterable[Closure],
    *,
    beside: Iterable[Session] = (),
) -> Sessions:
    """Move every planned session off the closed days; one that has begun stays where it was.

    `beside` are sessions of the track that are left as they are; they are in the answer too.
    Raises ClosedTwice, ClosedInstead, TakenInstead; CourseError when a session belongs to another
    track.
    """
    closed = _by_date(closures)
    held, left = in_order(sessions), tuple(beside)
    check_one_track(track, (*held, *left))
    stranded = [one for one in held if one.local_date in closed and can(one.state, Act.MOVE)]
    moving = {one.key for one in stranded}
    kept = [*left, *(one for one in held if one.key not in moving)]
    taken = {one.local_date for one in kept if one.state is not State.CANCELED}
    last = max((one.local_date for one in (*kept, *stranded)), default=date.min)
    to_append = []
    for one in stranded:
        closure = closed[one.local_date]
        if closure.instead_date is None:
            to_append.append(one)
        elif closure.instead_date in taken:
            raise TakenInstead(closure.instead_date, one.local_date)
        else:
            taken.add(closure.instead_date)
            kept.append(_move(one, closure.instead_date, HowMoved.TO_GIVEN_DATE, closure.reason))
    days = _pattern_dates(track, last + timedelta(days=1))
    free = (day for day in days if day not in closed and day not in taken)
    for one in to_append:
        kept.append(_move(one, next(free), HowMoved.APPENDED, closed[one.local_date].reason))
    return in_order(kept)


def check_one_track(track: Track, sessions: Iterable[Session]) -> None:
    """Make sure that sessions are of one track. Raises CourseError for one of another."""
    for one in sessions:
        if one.track != track.id:
            raise CourseError(f"session {one.number} is of track {one.track}, not {track.id}")


def in_order(sessions: Iterable[Session]) -> Sessions:
    """Sessions by when they begin."""
    return tuple(sorted(sessions, key=lambda one: (one.starts_at, one.key)))


def _session(track: Track, number: int, day: date) -> Session:
    topics = track.topics and (track.topics[(number - 1) % len(track.topics)],)
    return Session(
        track=track.id,
        number=number,
        level=track.level,
        local_date=day,
        start=track.start,
        zone=track.zone,
        segments=track.segments,
        modality=track.modality,
        room=track.room,
        seats=track.seats,
        facilitators=track.facilitators,
        topics=topics,
    )


def _pattern_dates(track: Track, first: date, last: date = date.max) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day.weekday() in track.days:
            yield day


def _by_date(closures: Iterable[Closure]) -> dict[date, Closure]:
    closed: dict[date, Closure] = {}
    for closure in closures:
        if closed.setdefault(closure.local_date, closure) != closure:
            raise ClosedTwice(closure.local_date)
    for closure in closed.values():
        if closure.instead_date in closed:
            raise ClosedInstead(closure.instead_date, closure.local_date)
    return closed


def _move(session: Session, day: date, how: HowMoved, reason: str) -> Session:
    return replace(session, local_date=day, moved=Moved(session.pattern_date, how, reason))
