"""What can stand against signing, voiding or adding to a note."""

from dataclasses import dataclass

from handrail.core.course.session_states import State
from handrail.core.errors import Invalid, Refused
from handrail.core.notes.errors import NotAsItStands


@dataclass(eq=False)
class AttendanceNotClosed(NotAsItStands):
    """Attendance is closed before notes are signed."""

    state: State


class NotYoursToVoid(Refused):
    """Only the author or a supervisor voids a note."""


class NothingAdded(Invalid):
    """There is no word in an addendum."""

    field = "text"
