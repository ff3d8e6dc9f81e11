"""Reading bookings: what a public link shows, and what staff see of times and who booked them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q

from handrail.areas.booking.models import (
    Booking,
    BookingState,
    How,
    Letter,
    LetterState,
    OpenSlot,
    PublishedProgram,
    ScreeningSlot,
)
from handrail.areas.booking.selectors.published import OpenTime
from handrail.areas.booking.tokens import (
    NoSuchToken,
    SlotName,
    read_booking_token,
    read_slot_token,
    slot_token,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.foundation import tenancy

_DAY = timedelta(days=1)


# ---- in public ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeSeen:
    """A time as somebody sees it who is about to book: when, how, and at which program."""

    published_id: UUID
    program: str
    run_by: str
    phone: str
    place: str
    starts_at: datetime
    minutes: int
    zone: str
    how: How
    is_open: bool


def time_seen(token: str, *, at: datetime) -> TimeSeen:
    """The time that a public address names. Raises NoSuchToken; also when the program is no
    longer published.
    """
    name = read_slot_token(token)
    published = PublishedProgram.objects.filter(
        pk=name.published_id, organization_id=name.organization_id, withdrawn_at__isnull=True
    ).first()
    if published is None:
        raise NoSuchToken
    with tenancy.within(name.organization_id):
        slot = ScreeningSlot.objects.filter(pk=name.slot_id).first()
    if slot is None:
        raise NoSuchToken
    is_open = OpenSlot.objects.filter(
        organization_id=name.organization_id, program=published, slot=slot.pk, starts_at__gt=at
    ).exists()
    return TimeSeen(
        published_id=published.pk,
        program=published.name,
        run_by=published.run_by,
        phone=published.phone,
        place=", ".join(filter(None, (published.street, published.city, published.state))),
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        zone=slot.zone,
        how=How(slot.how),
        is_open=is_open,
    )


@dataclass(frozen=True, slots=True)
class BookingSeen:
    """A booking as its link shows it: the time, and nothing about what it is or whose."""

    starts_at: datetime
    minutes: int
    zone: str
    how: How
    has_phone: bool
    booked_at: datetime
    is_canceled: bool
    is_over: bool


def booking_seen(token: str, *, at: datetime) -> BookingSeen:
    """The booking that a link names. Raises NoSuchToken."""
    name = read_booking_token(token)
    with tenancy.within(name.organization_id):
        row = Booking.objects.select_related("slot").filter(pk=name.booking_id).first()
    if row is None:
        raise NoSuchToken
    return BookingSeen(
        starts_at=row.slot.starts_at,
        minutes=row.slot.minutes,
        zone=row.slot.zone,
        how=How(row.slot.how),
        has_phone=bool(row.phone),
        booked_at=row.booked_at,
        is_canceled=row.state == BookingState.CANCELED,
        is_over=row.slot.ends_at <= at or row.state in (BookingState.KEPT, BookingState.MISSED),
    )


def times_to_move_to(token: str, limit: int, *, at: datetime) -> tuple[OpenTime, ...]:
    """The next open times of the house that a booking is at, each once. Raises NoSuchToken."""
    name = read_booking_token(token)
    rows = (
        OpenSlot.objects.filter(
            organization_id=name.organization_id,
            starts_at__gt=at,
            program__withdrawn_at__isnull=True,
        )
        .select_related("program")
        .order_by("starts_at", "slot", "program_id")
    )
    found: dict[UUID, OpenTime] = {}
    for one in rows[: limit * 8]:  # one time stands under each program of the house
        name_of = SlotName(name.organization_id, one.slot, one.program_id)
        found.setdefault(one.slot, OpenTime(slot_token(name_of), one.starts_at, one.program.zone))
    return tuple(found.values())[:limit]


# ---- for staff ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """Who booked a time. `unsent` counts letters that could not be sent."""

    booking_id: UUID
    inquiry_id: UUID | None
    called: str
    for_someone: bool
    phone: str
    email: str
    leave_message: bool
    state: BookingState
    program: str
    booked_at: datetime
    by_public: bool
    unsent: int


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One time offered, and who booked it."""

    slot_id: UUID
    local_date: date
    starts_at: datetime
    ends_at: datetime
    zone: str
    minutes: int
    how: How
    room: str
    screener: str
    mine: bool
    booked: Booked | None


def coming_slots(*, first: date, days: int, by: Actor) -> tuple[SlotLine, ...]:
    """Every time offered from a day on, first the first, with who booked it. Fixed queries."""
    check_access(by, Action.BOOK_SCREENING)
    rows = _slots(Q(local_date__gte=first, local_date__lt=first + days * _DAY))
    return tuple(_line(one, by) for one in rows)


def slot_line(slot_id: UUID, *, by: Actor) -> SlotLine:
    """One time. Raises NotHere for anyone else's."""
    check_access(by, Action.BOOK_SCREENING)
    for one in _slots(Q(pk=slot_id)):
        return _line(one, by)
    raise NotHere


def slot_of_booking(booking_id: UUID, *, by: Actor) -> SlotLine:
    """The time of a booking. Raises NotHere for anyone else's."""
    check_access(by, Action.BOOK_SCREENING)
    found = Booking.objects.filter(pk=booking_id).values_list("slot_id", flat=True).first()
    if found is None:
        raise NotHere
    return slot_line(found, by=by)


def open_slots(*, at: datetime, by: Actor, limit: int = 40) -> tuple[SlotLine, ...]:
    """The next times that nobody booked, for moving and for booking on the phone."""
    check_access(by, Action.BOOK_SCREENING)
    taken = Booking.objects.exclude(state=BookingState.CANCELED).values("slot_id")
    rows = _slots(Q(starts_at__gt=at) & ~Q(pk__in=taken))
    return tuple(_line(one, by) for one in rows[:limit])


def _slots(*wanted: Q) -> "list[ScreeningSlot]":
    live = Booking.objects.exclude(state=BookingState.CANCELED).prefetch_related(
        Prefetch(
            "letters", Letter.objects.filter(state=LetterState.FAILED), to_attr="failed_letters"
        )
    )
    return list(
        ScreeningSlot.objects.filter(*wanted, withdrawn_at__isnull=True)
        .select_related("membership__user")
        .prefetch_related(Prefetch("bookings", live, to_attr="live"))
        .order_by("starts_at", "membership__user__name", "id")
    )


def _line(row: ScreeningSlot, by: Actor) -> SlotLine:
    live: Collection[Booking] = vars(row)["live"]
    return SlotLine(
        slot_id=row.pk,
        local_date=row.local_date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        minutes=row.minutes,
        how=How(row.how),
        room=row.room,
        screener=row.membership.user.name,
        mine=str(row.membership.user_id) == by.id,
        booked=next((_booked(one) for one in live), None),
    )


def _booked(row: Booking) -> Booked:
    return Booked(
        booking_id=row.pk,
        inquiry_id=row.inquiry_id,
        called=row.called,
        for_someone=row.for_someone,
        phone=row.phone,
        email=row.email,
        leave_message=row.leave_message,
        state=BookingState(row.state),
        program=row.program_name,
        booked_at=row.booked_at,
        by_public=row.booked_by.startswith("System: public"),
        unsent=len(vars(row)["failed_letters"]),
    )
