"""Screening slots: offering a series of free times, and withdrawing one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from handrail.areas.booking import errors
from handrail.areas.booking.models import BookingState, How, ScreeningSlot
from handrail.areas.booking.services.publishing import show_open_times
from handrail.areas.organizations.models import Membership
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.schedule import conflicts as occupied
from handrail.areas.schedule.errors import PersonTaken, RoomTaken
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.availability import Hours, Span, free_time, slots_within
from handrail.core.course.local_time import utc_of
from handrail.core.errors import Invalid
from handrail.foundation.audit import trail

SHORTEST, LONGEST = 5, 240
"""Minutes of a screening; a gap between two is no longer either."""
MOST_AT_ONCE = 60
_DAYS_AHEAD = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Offered:
    """The slots that were made, and the days on which none fitted, with the first reason."""

    slots: tuple[ScreeningSlot, ...]
    left_out: tuple[Invalid, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The times wanted: on these days from `first` to `last`, each so many minutes with a gap.

    `room` is needed where people meet in one.
    """

    dates: tuple[date, ...]
    first: time
    last: time
    minutes: int
    how: How
    gap: int = 0
    room: str = ""


@transaction.atomic
def offer_slots(
    *,
    membership_id: UUID,
    series: Series,
    by: Actor,
    at: datetime,
    keys: Collection[UUID] = (),
) -> Offered:
    """Offer a series of times with one colleague. Only free time is cut into slots: working hours,
    time away, closed days, groups, hours and other slots are respected, and so is the room.

    Raises PersonTaken, RoomTaken or StretchTooShort when nothing fits. `keys` are the slots' keys,
    in order, if given.
    """
    check_access(by, Action.OFFER_SLOTS)
    name = _name_of(membership_id, by)
    zone = rules_of(by.organization_id).zone
    _check(series, at, zone)
    room = series.room.strip() if series.how is How.ROOM else ""
    occupied.hold(by.organization_id, [membership_id, room])
    windows = [one for day in series.dates if (one := _window(day, series, zone, at))]
    found = occupied.occupied(
        min(one.since for one in windows),
        max(one.until for one in windows),
        organization_id=by.organization_id,
        people=[membership_id],
        rooms=[room] if room else [],
    )
    hours = found.hours.get(membership_id, Hours(zone))
    spans: list[Span] = []
    left_out: list[Invalid] = []
    for window in windows:
        taken = [*found.people[membership_id], *found.rooms[room], *found.closed]
        free = free_time(window, hours, taken)
        made = slots_within(free, minutes=series.minutes, gap=series.gap)
        spans += made
        if not made:
            left_out.append(_why_none(window, name, membership_id, room, found, hours))
    if not spans:
        raise left_out[0]
    if len(spans) > MOST_AT_ONCE:
        raise errors.TooManyAtOnce(len(spans), MOST_AT_ONCE)
    rows = _write(spans, membership_id, series, room, zone, keys, by, at)
    show_open_times(by.organization_id, at=at)
    trail.record(
        by=by,
        action=Action.OFFER_SLOTS,
        subjects=[trail.subject("membership", membership_id)],
        detail={"what": "offer", "slots": len(rows)},
    )
    return Offered(rows, tuple(left_out))


@transaction.atomic
def withdraw_slot(*, slot_id: UUID, by: Actor, at: datetime) -> ScreeningSlot:
    """Take an open time back. One that somebody booked is moved or canceled first."""
    check_access(by, Action.OFFER_SLOTS)
    row = ScreeningSlot.objects.select_for_update().filter(pk=slot_id).first()
    if row is None:
        raise NotHere
    if row.bookings.filter(state=BookingState.BOOKED).exists():
        raise errors.TimeBooked
    if row.bookings.exclude(state=BookingState.CANCELED).exists():
        raise errors.ScreeningTookPlace
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = at, by.name
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        show_open_times(by.organization_id, at=at)
        trail.record(
            by=by,
            action=Action.OFFER_SLOTS,
            subjects=[trail.subject("slot", row.pk)],
            detail={"what": "withdraw"},
        )
    return row


# ---- in detail ---------------------------------------------------------------------------------


def _check(series: Series, at: datetime, zone: str) -> None:
    today = at.astimezone(ZoneInfo(zone)).date()
    if not series.dates:
        raise errors.NoDayChosen
    if min(series.dates) < today:
        raise errors.DayOver(min(series.dates))
    if max(series.dates) > today + _DAYS_AHEAD:
        raise errors.TooFarAhead
    if not SHORTEST <= series.minutes <= LONGEST:
        raise errors.MinutesOutOfRange(SHORTEST, LONGEST)
    if not 0 <= series.gap <= LONGEST:
        raise errors.GapOutOfRange(LONGEST)
    if series.last <= series.first:
        raise errors.EndsBeforeItBegins
    if series.how is How.ROOM and not series.room.strip():
        raise errors.RoomUnnamed
    ends = utc_of(max(series.dates), series.last, zone)
    if ends <= at:
        raise errors.WindowPassed


def _window(day: date, series: Series, zone: str, at: datetime) -> Span | None:
    """The wanted stretch of a day; of one that has begun, what is left, from a whole step on."""
    since, until = utc_of(day, series.first, zone), utc_of(day, series.last, zone)
    step = timedelta(minutes=series.minutes + series.gap)
    if since <= at:
        since += step * ((at - since) // step + 1)
    return Span(since, until) if since < until else None


def _why_none(
    window: Span,
    name: str,
    membership_id: UUID,
    room: str,
    found: occupied.Occupied,
    hours: Hours,
) -> Invalid:
    for reason in found.against_person(membership_id, window):
        return PersonTaken(name, reason, hours)
    for reason in found.against_room(room, window) if room else ():
        return RoomTaken(room, reason, found.zone)
    return errors.StretchTooShort()


def _write(
    spans: list[Span],
    membership_id: UUID,
    series: Series,
    room: str,
    zone: str,
    keys: Collection[UUID],
    by: Actor,
    at: datetime,
) -> tuple[ScreeningSlot, ...]:
    given = list(keys)
    rows = []
    for number, one in enumerate(spans):
        local = one.since.astimezone(ZoneInfo(zone))
        rows.append(
            ScreeningSlot(
                id=given[number] if number < len(given) else uuid4(),
                organization_id=by.organization_id,
                membership_id=membership_id,
                local_date=local.date(),
                start=local.time(),
                zone=zone,
                minutes=series.minutes,
                starts_at=one.since,
                ends_at=one.until,
                how=series.how,
                room=room,
                offered_at=at,
                offered_by=by.name,
            )
        )
    try:
        with transaction.atomic():
            return tuple(ScreeningSlot.objects.bulk_create(rows))
    except IntegrityError as taken:  # the last line: nothing above saw what stands there
        raise errors.TakenJustNow from taken


def _name_of(membership_id: UUID, by: Actor) -> str:
    found = Membership.objects.filter(
        pk=membership_id, organization_id=by.organization_id, deactivated_at__isnull=True
    )
    name = found.values_list("user__name", flat=True).first()
    if name is None:
        raise errors.NobodyHere
    return name
