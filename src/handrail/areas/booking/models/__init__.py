"""The tables of this slice."""

from handrail.areas.booking.models.published import OpenSlot, PublishedProgram
from handrail.areas.booking.models.screening_slots import (
    Booking,
    BookingState,
    Channel,
    How,
    Letter,
    LetterKind,
    LetterState,
    ScreeningSlot,
)

__all__ = [
    "Booking",
    "BookingState",
    "Channel",
    "How",
    "Letter",
    "LetterKind",
    "LetterState",
    "OpenSlot",
    "PublishedProgram",
    "ScreeningSlot",
]
