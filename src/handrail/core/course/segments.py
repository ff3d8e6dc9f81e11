"""The parts of a session, in order: check-in, process group, break, education, closing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from handrail.core.course.errors import CourseError


class SegmentKind(Enum):
    """What a part of a session is. Group size limits and topics go by it."""

    CHECK_IN = "check_in"
    PROCESS = "process"
    EDUCATION = "education"
    ACTIVITY = "activity"
    BREAK = "break"
    CLOSING = "closing"


class Count(Enum):
    """Three ways to count the same evening."""

    SCHEDULED = "scheduled"
    ATTENDED = "attended"
    THERAPEUTIC = "therapeutic"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a session. `therapeutic` is false for what a payer may leave out: breaks."""

    kind: SegmentKind
    name: str
    minutes: int
    therapeutic: bool

    def __post_init__(self) -> None:
        if self.minutes <= 0:
            raise CourseError(f"{self.name}: a part of a session takes at least a minute")


Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """One person's minutes, counted three ways; they add up over segments, sessions and weeks."""

    scheduled: int = 0
    attended: int = 0
    therapeutic: int = 0

    def __add__(self, other: "Minutes") -> "Minutes":
        return Minutes(
            self.scheduled + other.scheduled,
            self.attended + other.attended,
            self.therapeutic + other.therapeutic,
        )

    def counted(self, count: Count) -> int:
        """The minutes as one payer or program counts them."""
        return {
            Count.SCHEDULED: self.scheduled,
            Count.ATTENDED: self.attended,
            Count.THERAPEUTIC: self.therapeutic,
        }[count]


def length(segments: Segments) -> int:
    """How long a session takes, breaks included, in minutes."""
    return sum(segment.minutes for segment in segments)


def check_segments(segments: Segments, minutes: int) -> Segments:
    """Make sure that the parts of a session fill it, no more and no less.

    Raises CourseError with both sums.
    """
    if not segments:
        raise CourseError("a session has at least one part")
    total = length(segments)
    if total != minutes:
        raise CourseError(f"the parts take {total} minutes together, the session {minutes}")
    return segments


def minutes_by_segment(segments: Segments, arrived: int, left: int) -> tuple[Minutes, ...]:
    """What someone who was there from one minute of a session to another had of each part.

    Coming late cuts the first parts, leaving early the last. Minutes are counted from the start
    of the session; `arrived` equal to `left` is someone who was not there.
    """
    counted = []
    begins = 0
    for segment in segments:
        ends = begins + segment.minutes
        there = max(0, min(left, ends) - max(arrived, begins))
        counted.append(Minutes(segment.minutes, there, there if segment.therapeutic else 0))
        begins = ends
    return tuple(counted)


def minutes_of(segments: Segments, arrived: int, left: int) -> Minutes:
    """What someone who was there from one minute of a session to another had of all of it."""
    return sum(minutes_by_segment(segments, arrived, left), Minutes())


def full_minutes(segments: Segments) -> Minutes:
    """What someone has of a session who is there from start to end."""
    return minutes_of(segments, 0, length(segments))


def read_segments(rows: Iterable[Mapping[str, Any]]) -> Segments:
    """Read the parts of a session from their rows. Raises CourseError, naming the part."""
    return tuple(_read_segment(row) for row in rows)


def _read_segment(row: Mapping[str, Any]) -> Segment:
    try:
        return Segment(
            SegmentKind(row["kind"]), row["name"], int(row["minutes"]), bool(row["therapeutic"])
        )
    except KeyError as missing:
        raise CourseError(f"segment {row.get('name', '')!r}: {missing} is missing") from missing
    except ValueError as wrong:
        raise CourseError(f"segment {row.get('name', '')!r}: {wrong}") from wrong
