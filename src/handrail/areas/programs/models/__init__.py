"""The tables of the programs area, one file for each part of the work."""

from handrail.areas.programs.models.admission import FirstContact
from handrail.areas.programs.models.attendance import Appointment, Attendance
from handrail.areas.programs.models.availability import Room, TimeAway, WorkingHours
from handrail.areas.programs.models.calendar import (
    Closure,
    Program,
    Session,
    SessionFacilitator,
    Track,
    TrackFacilitator,
)
from handrail.areas.programs.models.enrollment import Enrollment, MakeUp, Pause
from handrail.areas.programs.models.notes import (
    Addendum,
    DraftField,
    Goal,
    Note,
)
from handrail.areas.programs.models.outreach import (
    AttemptKind,
    AttemptResult,
    Outreach,
    OutreachAttempt,
    ReachedOutcome,
)
from handrail.areas.programs.models.published import OpenSlot, PublishedProgram
from handrail.areas.programs.models.screening_slots import (
    Booking,
    BookingState,
    Channel,
    How,
    Letter,
    LetterKind,
    LetterState,
    ScreeningSlot,
)
from handrail.areas.programs.models.waiting import (
    CameOfIt,
    EndedHow,
    WaitingAttempt,
    WaitingPlace,
    WayTried,
)

__all__ = [
    "Addendum",
    "Appointment",
    "AttemptKind",
    "AttemptResult",
    "Attendance",
    "Booking",
    "BookingState",
    "CameOfIt",
    "Channel",
    "Closure",
    "DraftField",
    "EndedHow",
    "Enrollment",
    "FirstContact",
    "Goal",
    "How",
    "Letter",
    "LetterKind",
    "LetterState",
    "MakeUp",
    "Note",
    "OpenSlot",
    "Outreach",
    "OutreachAttempt",
    "Pause",
    "Program",
    "PublishedProgram",
    "ReachedOutcome",
    "Room",
    "ScreeningSlot",
    "Session",
    "SessionFacilitator",
    "TimeAway",
    "Track",
    "TrackFacilitator",
    "WaitingAttempt",
    "WaitingPlace",
    "WayTried",
    "WorkingHours",
]
