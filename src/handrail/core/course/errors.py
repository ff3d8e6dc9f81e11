"""What can stand against a schedule, a roster, an attendance or a closing."""

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from handrail.core.errors import Invalid

if TYPE_CHECKING:
    from handrail.core.course.session_states import Act, State


class CourseError(ValueError):
    """Data of a course, or a call, that cannot be; the message says why. Nobody typed it."""


@dataclass(eq=False)
class NotATimeZone(Invalid):
    """No place on earth has a time zone of this name."""

    zone: str


@dataclass(eq=False)
class NotInThisState(Invalid):
    """A session in this state does not take this act."""

    act: "Act"
    state: "State"


@dataclass(eq=False)
class AnotherSessionThen(Invalid):
    """The track has another session at that time."""

    local_date: date
    start: time
    number: int


@dataclass(eq=False)
class TakenInstead(Invalid):
    """The day that is to replace a closed one has a session already."""

    instead_date: date
    local_date: date


@dataclass(eq=False)
class ClosedInstead(Invalid):
    """The day that is to replace a closed one is closed itself."""

    instead_date: date
    local_date: date


@dataclass(eq=False)
class ClosedTwice(Invalid):
    """A day is closed twice, in two different ways."""

    local_date: date
