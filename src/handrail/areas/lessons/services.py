"""Ask for a lesson a week, say yes, stop; and send what is due, never twice.

There is no `by`: nobody signs in for it. Nothing of it belongs to an organization, so no audit
trail holds it either: an address that stopped leaves nothing behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.module_loading import import_string

from handrail.areas.booking.errors import NotAnEmail
from handrail.areas.booking.services.outbox import GIVEN_UP_AFTER, MOST_ATTEMPTS, Outcome
from handrail.areas.lessons.models import PageLetter, PageState, Subscription
from handrail.areas.lessons.tokens import subscription_token
from handrail.core.errors import NotHere
from handrail.core.lessons import ANSWER_WITHIN, next_lesson
from handrail.data.lessons import SLUGS
from handrail.foundation import clock, jobs

LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class ClaimedPage:
    """A letter to be sent now: number 0 asks for a yes; `token` names the address in its links."""

    letter_id: UUID
    number: int
    of: int
    to: str
    token: str
    language: str


# ---- asking, saying yes, stopping --------------------------------------------------------------


@transaction.atomic
def ask(*, email: str, language: str, at: datetime) -> None:
    """Put in the letter that asks the owner of an address for a yes. Raises NotAnEmail.

    An address that is there already gets no second letter, and whoever asks is told the same: from
    outside nobody can find out who gets lessons.
    """
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotAnEmail from wrong
    if len(address) > LONGEST_ADDRESS:
        raise NotAnEmail
    forget_unanswered(at=at)
    made, is_new = Subscription.objects.get_or_create(
        email__iexact=address,
        defaults={"email": address, "language": language, "asked_at": at},
    )
    if is_new:
        _put(made, 0, at)


@transaction.atomic
def confirm(*, subscription_id: UUID, at: datetime) -> None:
    """The owner says yes: the first lesson is due. A second yes changes nothing. Raises NotHere."""
    row = Subscription.objects.select_for_update().filter(pk=subscription_id).first()
    if row is None:
        raise NotHere
    if row.confirmed_at is None:
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        _put_next(row, 0, at)


def stop(*, subscription_id: UUID) -> None:
    """Delete an address and every letter to it. Nothing to delete is fine too."""
    Subscription.objects.filter(pk=subscription_id).delete()


def forget_unanswered(*, at: datetime) -> None:
    """Delete addresses whose owners did not say yes in time."""
    Subscription.objects.filter(
        confirmed_at__isnull=True, asked_at__lte=at - ANSWER_WITHIN
    ).delete()


# ---- sending -----------------------------------------------------------------------------------


@jobs.of_the_installation("lessons.send due", cron="* * * * *")
def send_due() -> None:
    """Send the letters that are due, one at a time.

    Each is claimed, and that is kept; only then it is sent; then it is written down how it went. A
    pass that breaks off leaves one letter unsure, and that one is never tried again.
    """
    deliver: Callable[[ClaimedPage], Outcome] = import_string(settings.HANDRAIL_DELIVER_PAGE)
    forget_unanswered(at=clock.now())
    give_up(at=clock.now())
    while one := claim_one(at=clock.now()):
        settle(letter_id=one.letter_id, outcome=deliver(one), at=clock.now())


@transaction.atomic
def claim_one(*, at: datetime) -> ClaimedPage | None:
    """Claim the letter that is due first; the claim is kept before anything is sent."""
    row = (
        PageLetter.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=PageState.WAITING, due_at__lte=at)
        .select_related("subscription")
        .order_by("due_at", "number", "id")
        .first()
    )
    if row is None:
        return None
    row.state, row.attempts, row.claimed_at = PageState.SENDING, row.attempts + 1, at
    row.save(update_fields=["state", "attempts", "claimed_at"])
    return ClaimedPage(
        letter_id=row.pk,
        number=row.number,
        of=len(SLUGS),
        to=row.subscription.email,
        token=subscription_token(row.subscription_id),
        language=row.subscription.language,
    )


@transaction.atomic
def settle(*, letter_id: UUID, outcome: Outcome, at: datetime) -> None:
    """Write down how sending went, and put in the next lesson. Who stopped meanwhile is gone."""
    row = _held(letter_id)
    if row is None:
        return
    if outcome is Outcome.NOT_NOW and row.attempts < MOST_ATTEMPTS:
        row.state, row.due_at = PageState.WAITING, at + timedelta(minutes=2**row.attempts)
        row.save(update_fields=["state", "due_at"])
        return
    _done(row, PageState.SENT if outcome is Outcome.SENT else PageState.FAILED, at)


@transaction.atomic
def give_up(*, at: datetime) -> None:
    """Count letters of a pass that broke off as not sent; the next lesson follows in its turn."""
    left = PageLetter.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=PageState.SENDING, claimed_at__lt=at - GIVEN_UP_AFTER
    )
    for row in left.select_related("subscription"):
        _done(row, PageState.FAILED, at)


def _held(letter_id: UUID) -> PageLetter | None:
    return (
        PageLetter.objects.select_for_update(of=("self",))
        .filter(pk=letter_id, state=PageState.SENDING)
        .select_related("subscription")
        .first()
    )


def _done(row: PageLetter, state: PageState, at: datetime) -> None:
    row.state = state
    row.save(update_fields=["state"])
    if row.number:  # after the letter that asks, it is the owner's turn
        _put_next(row.subscription, row.number, at)


def _put_next(subscription: Subscription, last: int, at: datetime) -> None:
    """Put in the lesson after `last`; after the last one the address is not needed any more."""
    due = next_lesson(last, at, lessons=len(SLUGS))
    if due is None:
        subscription.delete()
    else:
        _put(subscription, due.number, due.at)


def _put(subscription: Subscription, number: int, due_at: datetime) -> None:
    PageLetter.objects.create(subscription=subscription, number=number, due_at=due_at)
