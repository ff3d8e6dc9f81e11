"""Booking a screening: by anyone on the public pages, or by staff for somebody on the phone.

In public the organization comes from the time's signed token; everything happens in one
transaction of that organization, by the system actor “public booking”. Of two people who book
one time at the same instant one gets it, and the other meets TimeTaken.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q

from handrail.areas.booking import errors
from handrail.areas.booking.models import (
    Booking,
    BookingState,
    LetterKind,
    PublishedProgram,
    ScreeningSlot,
)
from handrail.areas.booking.services import outbox
from handrail.areas.booking.services.publishing import show_open_times
from handrail.areas.booking.tokens import (
    BookingName,
    NoSuchToken,
    booking_token,
    read_booking_token,
    read_slot_token,
)
from handrail.areas.inquiries.models import CallerIs, Inquiry, MessageSafe, Source
from handrail.areas.inquiries.services.next_steps import carry_on
from handrail.areas.inquiries.services.record_inquiry import take_inquiry
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access, system_actor
from handrail.core.errors import Invalid
from handrail.core.inquiries import Stage
from handrail.data.languages import ENGLISH
from handrail.foundation import tenancy
from handrail.foundation.audit import trail

PUBLIC = "public booking"
MOST_EACH = 3
"""How many times to come one phone number or address can hold at one house."""


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody says who books: what to call them, how to reach them, and nothing else.

    `language` is the one they book in, and get their letters in.
    """

    called: str
    phone: str = ""
    email: str = ""
    leave_message: bool = False
    text_me: bool = False
    for_someone: bool = False
    language: str = ENGLISH


# ---- in public ---------------------------------------------------------------------------------


def book_in_public(*, token: str, person: Person, at: datetime) -> str:
    """Book the time that a public address names; answers the token to move or cancel it by.

    Errors: NoSuchToken, and those of areas/booking/errors.py.
    """
    name = read_slot_token(token)
    with tenancy.within(name.organization_id), trail.operation():
        by = system_actor(PUBLIC, name.organization_id)
        published = PublishedProgram.objects.filter(
            pk=name.published_id, organization_id=name.organization_id
        ).first()
        made = book(
            slot_id=name.slot_id,
            person=person,
            program_name=published.name if published else "",
            by=by,
            at=at,
        )
    return booking_token(BookingName(name.organization_id, made.pk))


def move_in_public(*, token: str, to_token: str, at: datetime) -> None:
    """Move a booking to another open time of the same house. Errors as in `book_in_public`."""
    name, wanted = read_booking_token(token), read_slot_token(to_token)
    if wanted.organization_id != name.organization_id:
        raise NoSuchToken
    with tenancy.within(name.organization_id), trail.operation():
        by = system_actor(PUBLIC, name.organization_id)
        move_booking(booking_id=name.booking_id, slot_id=wanted.slot_id, by=by, at=at)


def cancel_in_public(*, token: str, at: datetime) -> None:
    """Cancel a booking by its link. Errors: NoSuchToken; BookingOver, BookingCanceled."""
    name = read_booking_token(token)
    with tenancy.within(name.organization_id), trail.operation():
        by = system_actor(PUBLIC, name.organization_id)
        cancel_booking(booking_id=name.booking_id, by=by, at=at)


# ---- the acts ----------------------------------------------------------------------------------


@transaction.atomic
def book(
    *,
    slot_id: UUID,
    person: Person,
    by: Actor,
    at: datetime,
    program_name: str = "",
    inquiry_id: UUID | None = None,
    booking_id: UUID | None = None,
    fresh_inquiry_id: UUID | None = None,
) -> Booking:
    """Book an open time for somebody. The same person twice at one time is one booking.

    It belongs to the inquiry given, or makes a new one (under `fresh_inquiry_id`, if given).
    """
    check_access(by, Action.BOOK_SCREENING)
    person = _checked(person)
    slot = _hold(slot_id)
    same = _same_person(slot, person)
    if same:
        return same
    _check_open(slot, at)
    if by.is_system and by.id == PUBLIC:
        _check_not_too_many(person, at)
    asked_id = _inquiry(inquiry_id, fresh_inquiry_id, slot, person, by, at)
    made = _write(slot, person, program_name, asked_id, by, at, booking_id)
    outbox.queue(made, slot, LetterKind.CONFIRMATION, at=at)
    show_open_times(by.organization_id, at=at)
    _record(by, "book", made)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def move_booking(*, booking_id: UUID, slot_id: UUID, by: Actor, at: datetime) -> Booking:
    """Move a booking to another open time; the time it had is open again."""
    check_access(by, Action.BOOK_SCREENING)
    row = _hold_booking(booking_id, at)
    if row.slot_id == slot_id:
        return row
    before, left = row.slot_id, row.slot
    slot = _hold(slot_id)
    _check_open(slot, at)
    row.slot, row.moved_at = slot, at
    try:
        with transaction.atomic():
            row.save(update_fields=["slot", "moved_at"])
    except IntegrityError as taken:
        raise errors.TimeTaken from taken
    outbox.stop(row, at=at)
    outbox.queue(row, slot, LetterKind.MOVED, at=at)
    _carry_inquiry(row, Stage.BOOKED, _NEXT, slot.local_date, by, at)
    show_open_times(by.organization_id, at=at)
    _record(by, "move", row, {"from": str(before), "to": str(slot_id)})
    refresh_due(left, row, by=by, at=at)
    return row


@transaction.atomic
def cancel_booking(*, booking_id: UUID, by: Actor, at: datetime) -> Booking:
    """Cancel a booking; its time is open again."""
    check_access(by, Action.BOOK_SCREENING)
    row = _hold_booking(booking_id, at)
    row.state, row.ended_at, row.ended_by = BookingState.CANCELED, at, by.name
    row.save(update_fields=["state", "ended_at", "ended_by"])
    outbox.stop(row, at=at)
    outbox.queue(row, row.slot, LetterKind.CANCELED, at=at)
    _carry_inquiry(row, Stage.REACHED, _CANCELED, _today(row.slot, at), by, at)
    show_open_times(by.organization_id, at=at)
    _record(by, "cancel", row)
    refresh_due(row, by=by, at=at)
    return row


@transaction.atomic
def record_came(*, booking_id: UUID, came: bool, by: Actor, at: datetime) -> Booking:
    """Say whether a booked screening was kept, once it has begun. It can be corrected."""
    check_access(by, Action.BOOK_SCREENING)
    row = _lock(booking_id)
    if row is None:
        raise NotHere
    if row.state == BookingState.CANCELED:
        raise errors.BookingCanceled
    if row.slot.starts_at > at:
        raise errors.BookingNotBegun
    state = BookingState.KEPT if came else BookingState.MISSED
    if row.state != state:
        row.state, row.ended_at, row.ended_by = state, at, by.name
        row.save(update_fields=["state", "ended_at", "ended_by"])
        outbox.stop(row, at=at)
        if not came:
            _carry_inquiry(row, Stage.REACHED, _MISSED, _today(row.slot, at), by, at)
        _record(by, state.value, row)
        refresh_due(row, by=by, at=at)
    return row


# ---- in detail ---------------------------------------------------------------------------------

_NEXT = "Hold the screening that is booked"
_CANCELED = "Call back: they canceled their screening"
_MISSED = "Call back: they did not come to their screening"


def _hold(slot_id: UUID) -> ScreeningSlot:
    slot = ScreeningSlot.objects.select_for_update().filter(pk=slot_id).first()
    if slot is None:
        raise NotHere
    return slot


def _lock(booking_id: UUID) -> Booking | None:
    found = Booking.objects.select_for_update(of=("self",)).select_related("slot")
    return found.filter(pk=booking_id).first()


def _hold_booking(booking_id: UUID, at: datetime) -> Booking:
    """A booking that is still to come. Raises NotHere, BookingCanceled, BookingOver."""
    row = _lock(booking_id)
    if row is None:
        raise NotHere
    if row.state == BookingState.CANCELED:
        raise errors.BookingCanceled
    if row.state != BookingState.BOOKED or row.slot.ends_at <= at:
        raise errors.BookingOver
    return row


def _check_open(slot: ScreeningSlot, at: datetime) -> None:
    if slot.withdrawn_at is not None:
        raise errors.TimeWithdrawn
    if slot.starts_at <= at:
        raise errors.TimePassed
    if slot.bookings.exclude(state=BookingState.CANCELED).exists():
        raise errors.TimeTaken


def _same_person(slot: ScreeningSlot, person: Person) -> Booking | None:
    """Their own booking of this time: somebody pressed twice, or sent the page again."""
    return slot.bookings.filter(
        state=BookingState.BOOKED,
        called=person.called,
        phone=person.phone,
        email=person.email,
    ).first()


def _check_not_too_many(person: Person, at: datetime) -> None:
    reached = Q(phone=person.phone) if person.phone else Q(pk=None)
    if person.email:
        reached |= Q(email=person.email)
    held = Booking.objects.filter(reached, state=BookingState.BOOKED, slot__starts_at__gt=at)
    if held.count() >= MOST_EACH:
        raise errors.TooManyHeld(MOST_EACH)


def _write(
    slot: ScreeningSlot,
    person: Person,
    program_name: str,
    inquiry_id: UUID,
    by: Actor,
    at: datetime,
    booking_id: UUID | None,
) -> Booking:
    try:
        with transaction.atomic():
            return Booking.objects.create(
                id=booking_id or uuid4(),
                organization_id=by.organization_id,
                slot=slot,
                inquiry_id=inquiry_id,
                called=person.called,
                for_someone=person.for_someone,
                phone=person.phone,
                email=person.email,
                leave_message=person.leave_message,
                text_me=person.text_me,
                language=person.language,
                program_name=program_name,
                booked_at=at,
                booked_by=by.name,
            )
    except IntegrityError as taken:  # the last line: one booking for each time
        raise errors.TimeTaken from taken


def _checked(person: Person) -> Person:
    called = " ".join(person.called.split())[:80]
    phone, email = " ".join(person.phone.split())[:40], person.email.strip().lower()
    if not called:
        raise errors.NameMissing
    if not phone and not email:
        raise errors.NoWayToReach
    if phone and not 7 <= sum(sign.isdigit() for sign in phone) <= 15:
        raise errors.NotAPhone
    if email:
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise errors.NotAnEmail from wrong
    return replace(
        person,
        called=called,
        phone=phone,
        email=email,
        text_me=bool(phone) and person.text_me,
    )


def _inquiry(
    inquiry_id: UUID | None,
    fresh_id: UUID | None,
    slot: ScreeningSlot,
    person: Person,
    by: Actor,
    at: datetime,
) -> UUID:
    """The inquiry that a booking belongs to: the one given, carried on, or a new one."""
    if inquiry_id:
        carry_on(
            inquiry_id=inquiry_id,
            stage=Stage.BOOKED,
            next_step=_NEXT,
            next_step_date=slot.local_date,
            by=by,
            at=at,
        )
        return inquiry_id
    made = take_inquiry(
        caller_name=person.called,
        caller_phone=person.phone,
        caller_email=person.email,
        caller_is=CallerIs.FAMILY if person.for_someone else CallerIs.SELF,
        source=Source.ONLINE_BOOKING if by.is_system and by.id == PUBLIC else Source.PHONE,
        # Whoever allows a message still gets one that says nothing but a name and a number.
        safe_to_leave_message=MessageSafe.NEUTRAL if person.leave_message else MessageSafe.NO,
        stage=Stage.BOOKED,
        next_step=_NEXT,
        next_step_date=slot.local_date,
        inquiry_id=fresh_id,
        by=by,
        at=at,
    )
    return made.pk


def _carry_inquiry(
    row: Booking, stage: Stage, next_step: str, day: date, by: Actor, at: datetime
) -> None:
    """Let the inquiry follow, unless somebody has carried it further by hand."""
    if row.inquiry_id is None:
        return
    stands = Inquiry.objects.filter(pk=row.inquiry_id, merged_into__isnull=True).first()
    if stands and stands.stage == Stage.BOOKED:
        # Its owner may have left the house: then it stays as it is, and the booking still moves.
        with suppress(Invalid), transaction.atomic():
            carry_on(
                inquiry_id=stands.pk,
                stage=stage,
                next_step=next_step,
                next_step_date=day,
                by=by,
                at=at,
            )


def _today(slot: ScreeningSlot, at: datetime) -> date:
    return at.astimezone(ZoneInfo(slot.zone)).date()


def _record(by: Actor, what: str, row: Booking, detail: dict[str, object] | None = None) -> None:
    trail.record(
        by=by,
        action=Action.BOOK_SCREENING,
        subjects=[trail.subject("booking", row.pk), trail.subject("slot", row.slot_id)],
        detail={"what": what} | (detail or {}),
    )
