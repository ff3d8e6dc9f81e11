"""The tables of the programs area, one file for each part of the work."""

from handrail.areas.programs.models.attendance import Appointment, Attendance
from handrail.areas.programs.models.calendar import (
    Closure,
    Program,
    Session,
    SessionFacilitator,
    Track,
    TrackFacilitator,
)
from handrail.areas.programs.models.enrollment import Enrollment, MakeUp, Pause
from handrail.areas.programs.models.notes import Addendum, DraftField, Goal, Note
from handrail.areas.programs.models.outreach import (
    AttemptKind,
    AttemptResult,
    Outreach,
    OutreachAttempt,
    ReachedOutcome,
)

__all__ = [
    "Addendum",
    "Appointment",
    "AttemptKind",
    "AttemptResult",
    "Attendance",
    "Closure",
    "DraftField",
    "Enrollment",
    "Goal",
    "MakeUp",
    "Note",
    "Outreach",
    "OutreachAttempt",
    "Pause",
    "Program",
    "ReachedOutcome",
    "Session",
    "SessionFacilitator",
    "Track",
    "TrackFacilitator",
]
