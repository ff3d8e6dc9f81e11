"""Screening slots and bookings in words."""

from dataclasses import dataclass
from uuid import UUID

from handrail.areas.booking.models import BookingState, How
from handrail.areas.booking.selectors.bookings import Booked, SlotLine
from handrail.web.kit import filters
from handrail.web.staff.schedule import words

MARKS = {
    BookingState.BOOKED: ("wait", "booked"),
    BookingState.KEPT: ("ok", "kept"),
    BookingState.MISSED: ("watch", "did not come"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One time of the list. The mark is empty while nobody booked it."""

    slot_id: UUID
    booking_id: UUID | None
    anchor: str
    time: str
    how: str
    screener: str
    mark: str
    state: str
    called: str
    reach: tuple[str, ...]
    remarks: tuple[str, ...]
    inquiry: str
    may_withdraw: bool
    may_mark: bool
    may_change: bool


def line(one: SlotLine, *, begun: bool, may_offer: bool) -> Line:
    """A time in words, with what can be done about it now."""
    booked = one.booked
    mark, state = MARKS[booked.state] if booked else ("", "passed" if begun else "open")
    ahead = booked is not None and booked.state is BookingState.BOOKED
    return Line(
        slot_id=one.slot_id,
        booking_id=booked.booking_id if booked else None,
        anchor=f"s-{one.slot_id}",
        time=span(one),
        how=how_words(one),
        screener=one.screener,
        mark=mark,
        state=state,
        called=booked.called if booked else "",
        reach=_reach(booked) if booked else (),
        remarks=_remarks(booked) if booked else (),
        inquiry=(
            words.address("inquiry", inquiry_id=booked.inquiry_id)
            if booked and booked.inquiry_id
            else ""
        ),
        may_withdraw=may_offer and booked is None and not begun,
        may_mark=booked is not None and begun,
        may_change=ahead and not begun,
    )


def span(one: SlotLine) -> str:
    """6 pm, 30 min."""
    return f"{filters.short_time(one.starts_at, one.zone)}, {one.minutes} min"


def how_words(one: SlotLine) -> str:
    """By phone, online, or the room."""
    return how_in_words(one.how, one.room)


def how_in_words(how: How, room: str) -> str:
    """By phone, online, or the room."""
    return {How.PHONE: "by phone", How.ONLINE: "online"}.get(how, room)


def _reach(booked: Booked) -> tuple[str, ...]:
    return tuple(one for one in (booked.phone, booked.email) if one)


def _remarks(booked: Booked) -> tuple[str, ...]:
    """What whoever calls has to know."""
    message = (
        "May leave a message: a first name and a number only"
        if booked.leave_message
        else "Leave no message"
    )
    about = "Calls about someone else" if booked.for_someone else ""
    came = f"Booked online, {booked.program}" if booked.by_public and booked.program else ""
    unsent = (
        f"{filters.counted(booked.unsent, 'letter')} could not be sent" if booked.unsent else ""
    )
    return tuple(one for one in (message, about, came, unsent) if one)
