"""Screening times: the coming two weeks, who booked them, and offering more."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.booking.errors import CameUnsaid, HowUnsaid
from handrail.areas.booking.models import How
from handrail.areas.booking.selectors import bookings as selectors
from handrail.areas.booking.services import bookings, slots
from handrail.areas.booking.services.bookings import Person
from handrail.areas.organizations import selectors as organizations
from handrail.areas.schedule.selectors import availability
from handrail.core.access import Action, can_access
from handrail.core.errors import Invalid
from handrail.data.languages import ENGLISH, LANGUAGES
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.booking.words import Line, line
from handrail.web.staff.schedule import typed
from handrail.web.staff.schedule import words as group_words
from handrail.web.staff.schedule.typed import NOTHING, Typed

DAYS = 15
"""Today and two weeks."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the list."""

    name: str
    is_today: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SlotsPage:
    """The times offered, and the form for more."""

    frame: Frame
    days: tuple[Day, ...]
    open: int
    booked: int
    may_offer: bool
    may_publish: bool
    colleagues: tuple[tuple[UUID, str], ...]
    rooms: tuple[str, ...]
    how: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    typed: Typed


@dataclass(frozen=True, slots=True)
class MovePage:
    """A booking and the open times it can move to."""

    frame: Frame
    booking_id: UUID
    called: str
    now: str
    days: tuple[Day, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class BookPage:
    """An open time and the form to book it for somebody on the phone."""

    frame: Frame
    slot_id: UUID
    when: str
    line: Line
    typed: Typed
    languages: tuple[tuple[str, str], ...] = tuple(LANGUAGES.items())


@require_safe
@staff(Action.BOOK_SCREENING)
def listing(request: StaffRequest) -> HttpResponse:
    """Show the coming times."""
    return _show(request)


@require_POST
@staff(Action.OFFER_SLOTS)
def offer(request: StaffRequest) -> HttpResponse:
    """Offer a series of times."""
    try:
        done = slots.offer_slots(
            membership_id=typed.an_id(request, "membership_id", "who screens"),
            series=slots.Series(
                dates=_dates(request),
                first=typed.a_time(request, "first"),
                last=typed.a_time(request, "last"),
                minutes=typed.a_number(request, "minutes", "the minutes"),
                gap=typed.a_number(request, "gap", "the gap"),
                how=_how(request),
                room=typed.text(request, "room")[:80],
            ),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show(request, typed.keep(request, "offer", problem))
    messages.success(request, f"{filters.counted(len(done.slots), 'time')} offered.")
    for why in done.left_out:
        messages.warning(request, f"Left out: {sentence(why)}")
    return redirect("staff:slots")


@require_POST
@staff(Action.OFFER_SLOTS)
def withdraw(request: StaffRequest, slot_id: UUID) -> HttpResponse:
    """Take an open time back."""
    try:
        slots.withdraw_slot(slot_id=slot_id, by=request.actor, at=clock.now())
    except Invalid as problem:
        return _show(request, typed.keep(request, "list", problem))
    messages.success(request, "That time is not offered any more.")
    return redirect("staff:slots")


@require_safe
@staff(Action.BOOK_SCREENING)
def book_form(request: StaffRequest, slot_id: UUID) -> HttpResponse:
    """The form to book one time for somebody."""
    return _show_book(request, slot_id)


@require_POST
@staff(Action.BOOK_SCREENING)
def book(request: StaffRequest, slot_id: UUID) -> HttpResponse:
    """Book one time for somebody on the phone."""
    selectors.slot_line(slot_id, by=request.actor)
    language = typed.text(request, "language")
    try:
        bookings.book(
            slot_id=slot_id,
            person=Person(
                called=typed.text(request, "called"),
                phone=typed.text(request, "phone"),
                email=typed.text(request, "email"),
                leave_message=typed.text(request, "leave_message") == "yes",
                for_someone=typed.text(request, "about") == "someone",
                language=language if language in LANGUAGES else ENGLISH,
            ),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show_book(request, slot_id, typed.keep(request, "book", problem))
    messages.success(request, "Booked. It is an inquiry now, with the screening as its next step.")
    return redirect("staff:slots")


@require_POST
@staff(Action.BOOK_SCREENING)
def came(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Say whether somebody came."""
    selectors.slot_of_booking(booking_id, by=request.actor)
    try:
        answer = typed.text(request, "came")
        if answer not in ("yes", "no"):
            raise CameUnsaid
        bookings.record_came(
            booking_id=booking_id, came=answer == "yes", by=request.actor, at=clock.now()
        )
    except Invalid as problem:
        return _show(request, typed.keep(request, "list", problem))
    messages.success(request, "Marked as kept." if answer == "yes" else "Marked: did not come.")
    return redirect("staff:slots")


@require_POST
@staff(Action.BOOK_SCREENING)
def cancel(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Cancel a booking."""
    try:
        bookings.cancel_booking(booking_id=booking_id, by=request.actor, at=clock.now())
    except Invalid as problem:
        return _show(request, typed.keep(request, "list", problem))
    messages.success(request, "Canceled. Whoever gave an address gets a short note.")
    return redirect("staff:slots")


@require_safe
@staff(Action.BOOK_SCREENING)
def move_form(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """The open times a booking can move to."""
    return _show_move(request, booking_id)


@require_POST
@staff(Action.BOOK_SCREENING)
def move(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Move a booking."""
    selectors.slot_of_booking(booking_id, by=request.actor)
    try:
        bookings.move_booking(
            booking_id=booking_id,
            slot_id=selectors.slot_line(
                typed.an_id(request, "slot_id", "one of the times"), by=request.actor
            ).slot_id,
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show_move(request, booking_id, sentence(problem))
    messages.success(request, "Moved. Whoever gave an address gets a short note.")
    return redirect("staff:slots")


# ---- what was typed ----------------------------------------------------------------------------


def _dates(request: StaffRequest) -> tuple[date, ...]:
    return tuple(
        sorted({typed.read_date(str(one)) for one in request.POST.getlist("dates") if str(one)})
    )


def _how(request: StaffRequest) -> How:
    try:
        return How(typed.text(request, "how"))
    except ValueError:
        raise HowUnsaid from None


# ---- showing -----------------------------------------------------------------------------------


def _show(request: StaffRequest, form: Typed = NOTHING) -> HttpResponse:
    today, by = clock.today(request.rules.zone), request.actor
    may_offer = can_access(by, Action.OFFER_SLOTS)
    found = selectors.coming_slots(first=today, days=DAYS, by=by)
    _note_reading(request, found)
    coming = [today + timedelta(days=one) for one in range(DAYS)]
    page = SlotsPage(
        frame=frame(request, "Screening times", here="staff:slots"),
        days=_days(found, request),
        open=sum(one.booked is None and one.starts_at > clock.now() for one in found),
        booked=sum(one.booked is not None for one in found),
        may_offer=may_offer,
        may_publish=can_access(by, Action.PUBLISH_PROGRAMS),
        colleagues=tuple(organizations.who_works_here(by=by)) if may_offer else (),
        rooms=availability.room_names(by=by) if may_offer else (),
        how=tuple((one.value, one.label) for one in How),
        dates=tuple((one.isoformat(), group_words.day(one)) for one in coming),
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/booking/slots.jinja", {"page": page}, status=status)


def _show_book(request: StaffRequest, slot_id: UUID, form: Typed = NOTHING) -> HttpResponse:
    found = selectors.slot_line(slot_id, by=request.actor)
    page = BookPage(
        frame=frame(request, "Book a screening", here="staff:slots"),
        slot_id=slot_id,
        when=filters.long_moment(found.starts_at, found.zone),
        line=line(found, begun=found.starts_at <= clock.now(), may_offer=False),
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/booking/book.jinja", {"page": page}, status=status)


def _show_move(request: StaffRequest, booking_id: UUID, problem: str = "") -> HttpResponse:
    found = selectors.slot_of_booking(booking_id, by=request.actor)
    _note_reading(request, (found,))
    page = MovePage(
        frame=frame(request, "Move a screening", here="staff:slots"),
        booking_id=booking_id,
        called=found.booked.called if found.booked else "",
        now=filters.long_moment(found.starts_at, found.zone),
        days=_days(selectors.open_slots(at=clock.now(), by=request.actor), request),
        problem=problem,
    )
    status = 400 if problem else 200
    return render(request, "staff/booking/move.jinja", {"page": page}, status=status)


def _days(found: tuple[selectors.SlotLine, ...], request: StaffRequest) -> tuple[Day, ...]:
    now, today = clock.now(), clock.today(request.rules.zone)
    may_offer = can_access(request.actor, Action.OFFER_SLOTS)
    return tuple(
        Day(
            f"Today, {group_words.day(day)}" if day == today else group_words.day(day),
            day == today,
            tuple(line(one, begun=one.starts_at <= now, may_offer=may_offer) for one in rows),
        )
        for day, rows in groupby(found, key=lambda one: one.local_date)
    )


def _note_reading(request: StaffRequest, found: tuple[selectors.SlotLine, ...]) -> None:
    """Whose bookings somebody looked at is written down."""
    seen = [trail.subject("booking", one.booked.booking_id) for one in found if one.booked]
    if seen:
        trail.record_read(by=request.actor, action=Action.BOOK_SCREENING, subjects=seen)
