"""The tables of this slice."""

from handrail.areas.schedule.models.availability import Room, TimeAway, WorkingHours
from handrail.areas.schedule.models.calendar import (
    Closure,
    Program,
    Session,
    SessionFacilitator,
    Track,
    TrackFacilitator,
)
from handrail.areas.schedule.models.rosters import Enrollment, MakeUp, Pause

__all__ = [
    "Closure",
    "Enrollment",
    "MakeUp",
    "Pause",
    "Program",
    "Room",
    "Session",
    "SessionFacilitator",
    "TimeAway",
    "Track",
    "TrackFacilitator",
    "WorkingHours",
]
