"""Who was there, for how long, and what it counts for.

"Attended" (it counts for the client's course) and "billable" (it meets the payer's minimum) are
two facts about the same evening.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from handrail.core.course.errors import CourseError
from handrail.core.course.roster import Place
from handrail.core.course.schedule import Session, SessionKey
from handrail.core.course.segments import Count, Minutes, minutes_by_segment, minutes_of


class Status(Enum):
    """How someone's evening ended. A make-up who came late keeps the minutes that say so."""

    ATTENDED = "attended"
    LATE = "late"
    LEFT_EARLY = "left early"
    ABSENT_EXCUSED = "absent, excused"
    ABSENT_UNEXCUSED = "absent, unexcused"
    MAKE_UP = "make-up"

    @property
    def is_absence(self) -> bool:
        """Whether the person was not there."""
        return self in (Status.ABSENT_EXCUSED, Status.ABSENT_UNEXCUSED)


@dataclass(frozen=True, slots=True)
class Present:
    """That someone was there: from and until which minute of the session. None is the end."""

    arrived: int = 0
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """That someone was not there. It is excused when there is a reason that the program accepts."""

    excuse: str = ""


Seen: TypeAlias = Present | Absent


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one session: status, from when to when, and minutes."""

    person: str
    session: SessionKey
    place: Place
    status: Status
    arrived: int
    left: int
    minutes: Minutes
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class Minimum:
    """How many minutes make a session count, and which minutes. Each has its source."""

    minutes: int
    count: Count
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """What one person's attendance counts for.

    `counts` is for the client's course, `billable` for the payer; None when no payer's minimum
    is known. `shortfall` and `billable_shortfall` are minutes.
    """

    person: str
    session: SessionKey
    place: Place
    counts: bool
    shortfall: int
    billable: bool | None
    billable_shortfall: int
    why: str


def attend(
    person: str,
    session: Session,
    place: Place,
    seen: Seen,
    *,
    late_after: int = 0,
    ended: int | None = None,
) -> Attendance:
    """Record one person at one session. `late_after` minutes at either end leave the status as is.

    `ended` is the minute at which the whole session ended when that was early: whoever stayed
    until then did not leave early. The minutes are always the real ones. Raises CourseError for
    times outside the session.
    """
    if isinstance(seen, Absent):
        status = Status.ABSENT_EXCUSED if seen.excuse.strip() else Status.ABSENT_UNEXCUSED
        none = minutes_of(session.segments, 0, 0)
        return Attendance(person, session.key, place, status, 0, 0, none, seen.excuse.strip())
    end = session.minutes if ended is None else ended
    left = end if seen.left is None else seen.left
    if not 0 <= seen.arrived < left <= end:
        raise CourseError(f"there from minute {seen.arrived} to {left}: the session has {end}")
    return Attendance(
        person,
        session.key,
        place,
        _status(place, seen.arrived, end - left, late_after),
        seen.arrived,
        left,
        minutes_of(session.segments, seen.arrived, left),
    )


def present_between(session: Session, arrived_at: datetime, left_at: datetime) -> Present:
    """Turn the times at which someone came and went into minutes of a session.

    Begun minutes count for the person. Who came before the start is there from the start.
    Raises CourseError when no minute of the session lies between the two times.
    """
    arrived = max(0, int((arrived_at - session.starts_at).total_seconds() // 60))
    gone = -int((session.starts_at - left_at).total_seconds() // 60)
    left = min(session.minutes, gone)
    if arrived >= left:
        raise CourseError("these times do not touch the session; record an absence instead")
    return Present(arrived, left)


def segment_minutes(attendance: Attendance, session: Session) -> tuple[Minutes, ...]:
    """What the person had of each part of the session, in order."""
    return minutes_by_segment(session.segments, attendance.arrived, attendance.left)


def credit(attendance: Attendance, for_course: Minimum, for_payer: Minimum | None = None) -> Credit:
    """Decide what an attendance counts for, and say what is missing where it does not."""
    shortfall = _shortfall(attendance, for_course)
    billable_shortfall = _shortfall(attendance, for_payer) if for_payer else 0
    return Credit(
        person=attendance.person,
        session=attendance.session,
        place=attendance.place,
        counts=shortfall == 0,
        shortfall=shortfall,
        billable=None if for_payer is None else billable_shortfall == 0,
        billable_shortfall=billable_shortfall,
        why=_why(attendance, for_course, shortfall),
    )


def _status(place: Place, late: int, early: int, late_after: int) -> Status:
    if place is Place.MAKE_UP:
        return Status.MAKE_UP
    if max(late, early) <= late_after:
        return Status.ATTENDED
    # Both late and gone early: the status names what cost more, the minutes tell the rest.
    return Status.LATE if late >= early else Status.LEFT_EARLY


def _shortfall(attendance: Attendance, minimum: Minimum) -> int:
    if attendance.status.is_absence:
        return minimum.minutes
    return max(0, minimum.minutes - attendance.minutes.counted(minimum.count))


def _why(attendance: Attendance, minimum: Minimum, shortfall: int) -> str:
    if attendance.status.is_absence:
        return f"{attendance.status.value}: not there"
    had = attendance.minutes.counted(minimum.count)
    if shortfall:
        return (
            f"{attendance.status.value}: {had} of the {minimum.minutes} {minimum.count.value}"
            f" minutes that count, {shortfall} short"
        )
    return f"{attendance.status.value}: {had} {minimum.count.value} minutes"
