"""The outbox: letters wait as rows until they are due, and no letter goes twice.

`send_due` is the job that sends. It claims a letter that is due and commits that; only then it
sends; then it writes down how that went. Several at once skip what another holds. When one breaks
off in between, whether its letter arrived is not known: it is never tried again, and staff see it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from handrail.areas.booking.models import (
    Booking,
    BookingState,
    Channel,
    Letter,
    LetterKind,
    LetterState,
    ScreeningSlot,
)
from handrail.areas.booking.tokens import BookingName, booking_token
from handrail.core.access import Action, Actor, check_access, system_actor
from handrail.foundation import clock, jobs, tenancy
from handrail.foundation.audit import trail

SYSTEM = "letters"
DAY_BEFORE, HOURS_BEFORE = timedelta(hours=24), timedelta(hours=2)
MOST_ATTEMPTS = 5
GIVEN_UP_AFTER = timedelta(minutes=30)
"""A letter that is still being sent after this time belongs to a pass that broke off."""


class Outcome(Enum):
    """How sending went: it went; it did not and may be tried again; it never will, or nobody
    knows.
    """

    SENT = "sent"
    NOT_NOW = "not now"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter to be sent now. `token` names the booking in its link; `to` is where it goes."""

    letter_id: UUID
    kind: LetterKind
    channel: Channel
    to: str
    starts_at: datetime
    zone: str
    token: str
    language: str


# ---- putting in and taking out -----------------------------------------------------------------


def queue(booking: Booking, slot: ScreeningSlot, kind: LetterKind, *, at: datetime) -> None:
    """Put a letter into the outbox for now, and, unless it cancels, one before the time comes.

    Nothing is sent to a phone or address that was not given; texts only where they were wished.
    """
    due = [(kind, at)]
    remind_at = _remind_at(slot.starts_at, at)
    if kind is not LetterKind.CANCELED and remind_at:
        due.append((LetterKind.REMINDER, remind_at))
    letters = [
        Letter(
            organization_id=booking.organization_id,
            booking=booking,
            kind=each,
            channel=channel,
            starts_at=slot.starts_at,
            due_at=due_at,
        )
        for channel in _channels(booking)
        for each, due_at in due
    ]
    if letters:
        Letter.objects.bulk_create(letters)
        send_due.later(org=booking.organization_id)


def stop(booking: Booking, *, at: datetime) -> None:
    """Stop every letter of a booking that has not been sent."""
    booking.letters.filter(state=LetterState.WAITING).update(
        state=LetterState.STOPPED, settled_at=at
    )


def _remind_at(starts_at: datetime, at: datetime) -> datetime | None:
    """A day before, or two hours before where that has passed; near ones get no reminder."""
    for before in (DAY_BEFORE, HOURS_BEFORE):
        if starts_at - before > at + timedelta(hours=1):
            return starts_at - before
    return None


def _channels(booking: Booking) -> list[Channel]:
    return [Channel.MAIL] * bool(booking.email) + [Channel.TEXT] * booking.text_me


# ---- sending -----------------------------------------------------------------------------------


@jobs.every("* * * * *")
@jobs.job("letters.send due", system=SYSTEM, whole=False)
def send_due(*, org: UUID, by: Actor) -> None:
    """Send the letters of one organization that are due.

    Each claim and each result is a transaction of its own, and nothing is sent inside one. One
    letter at a time, so that a pass that is killed leaves one unsure and not all of them.
    """
    deliver: Callable[[Claimed], Outcome] = import_string(settings.HANDRAIL_DELIVER)
    while one := _claim_one(org):
        outcome = deliver(one)
        with tenancy.within(org):
            settle(letter_id=one.letter_id, organization_id=org, outcome=outcome, at=clock.now())


def _claim_one(org: UUID) -> Claimed | None:
    """The next letter that is due; kept as being sent when this returns."""
    with tenancy.within(org):
        claimed = claim_due(organization_id=org, at=clock.now(), limit=1)
    return claimed[0] if claimed else None


@transaction.atomic
def claim_due(*, organization_id: UUID, at: datetime, limit: int = 50) -> list[Claimed]:
    """Claim letters that are due; call it in a transaction of its own, and send after it."""
    _actor(organization_id)
    _give_up(at)
    rows = list(
        Letter.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=LetterState.WAITING, due_at__lte=at)
        .select_related("booking__slot")
        .order_by("due_at", "id")[:limit]
    )
    claimed = []
    for row in rows:
        if _is_stale(row, at):
            row.state, row.settled_at = LetterState.STOPPED, at
        else:
            row.state, row.attempts, row.claimed_at = LetterState.SENDING, row.attempts + 1, at
            claimed.append(_claimed(row))
        row.save(update_fields=["state", "attempts", "claimed_at", "settled_at"])
    return claimed


@transaction.atomic
def settle(*, letter_id: UUID, organization_id: UUID, outcome: Outcome, at: datetime) -> None:
    """Write down how sending went. What could not be sent now waits and is tried again."""
    by = _actor(organization_id)
    row = Letter.objects.select_for_update().get(pk=letter_id, state=LetterState.SENDING)
    if outcome is Outcome.SENT:
        row.state, row.settled_at = LetterState.SENT, at
    elif outcome is Outcome.NOT_NOW and row.attempts < MOST_ATTEMPTS:
        row.state, row.due_at = LetterState.WAITING, at + timedelta(minutes=2**row.attempts)
    else:
        row.state, row.settled_at = LetterState.FAILED, at
    row.save(update_fields=["state", "settled_at", "due_at"])
    if row.state != LetterState.WAITING:
        trail.record(
            by=by,
            action=Action.BOOK_SCREENING,
            subjects=[trail.subject("booking", row.booking_id)],
            detail={"what": "letter", "kind": row.kind, "how": row.channel, "went": row.state},
        )


def _give_up(at: datetime) -> None:
    Letter.objects.filter(state=LetterState.SENDING, claimed_at__lt=at - GIVEN_UP_AFTER).update(
        state=LetterState.FAILED, settled_at=at
    )


def _is_stale(row: Letter, at: datetime) -> bool:
    """Whether a letter has nothing true to say any more."""
    slot = row.booking.slot
    if row.kind == LetterKind.CANCELED:
        return False
    return (
        row.booking.state != BookingState.BOOKED
        or slot.starts_at != row.starts_at
        or slot.starts_at <= at
    )


def _claimed(row: Letter) -> Claimed:
    booking, channel = row.booking, Channel(row.channel)
    return Claimed(
        letter_id=row.pk,
        kind=LetterKind(row.kind),
        channel=channel,
        to=booking.email if channel is Channel.MAIL else booking.phone,
        starts_at=row.starts_at,
        zone=booking.slot.zone,
        token=booking_token(BookingName(row.organization_id, booking.pk)),
        language=booking.language,
    )


def _actor(organization_id: UUID) -> Actor:
    by = system_actor(SYSTEM, organization_id)
    check_access(by, Action.BOOK_SCREENING)
    return by
