"""Giving the answers of a private check to a program, by a code that works once.

The person's side has no `by`: nobody signs in for a check. The program's side takes the answers
into a screening call, where each one waits to be confirmed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from handrail.areas.checks.models import CheckDraft
from handrail.areas.checks.sealed_answers import (
    CannotOpen,
    hash_of,
    keys_of,
    new_code,
    read_code,
    seal,
    unseal,
)
from handrail.areas.checks.services import DraftGone
from handrail.areas.screening.models import HandedCheck
from handrail.areas.screening.services.screening import fill_from_check, hold, record
from handrail.core.access import Action, Actor, check_access
from handrail.core.check import Voice
from handrail.core.check_names import in_the_calls_words
from handrail.core.screening.sheet import from_check
from handrail.data import private_check, screening_script
from handrail.foundation.audit import trail
from handrail.foundation.audit.models import AuditEntry
from handrail.foundation.clock import real_now

KEPT_FOR = timedelta(days=14)
"""How long a code can be used."""

WRONG_CODE = "screening.wrong_code"
TRIES, WITHIN = 5, timedelta(minutes=10)
"""So many wrong codes one person may type in that time."""

NO_SUCH_CODE = (
    "No answers wait under this code. Check each letter with them. A code works once, for 14 days."
)
TOO_MANY = "Too many wrong codes. Wait ten minutes; ask the questions meanwhile."


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a code: how many answers it filled in, or why nothing was."""

    filled: int = 0
    problem: str = ""


@transaction.atomic
def give_check(*, token: str, at: datetime) -> str:
    """Keep a check's answers under a new code and return the code. Raises DraftGone.

    A second code for the same check takes the place of the first.
    """
    purge_handed(at=at)
    row = (
        CheckDraft.objects.select_for_update()
        .filter(token_hash=hash_of(token), expires_at__gt=at)
        .first()
    )
    if row is None:
        raise DraftGone
    try:
        draft = unseal(bytes(row.sealed), token)
    except CannotOpen as wrong:
        raise DraftGone from wrong
    code = new_code()
    keys = keys_of(code, settings.SECRET_KEY)
    HandedCheck.objects.filter(draft_hash=row.token_hash).delete()
    HandedCheck.objects.create(
        code_hash=keys.found_by,
        draft_hash=row.token_hash,
        sealed=seal(draft, keys.opens),
        expires_at=at + KEPT_FOR,
    )
    return code


def take_back_check(*, token: str) -> bool:
    """Delete what waits under the code of a check; whether there was anything."""
    return HandedCheck.objects.filter(draft_hash=hash_of(token)).delete()[0] > 0


def is_given(*, token: str, at: datetime) -> bool:
    """Whether answers of this check wait under a code that nobody has used yet."""
    return HandedCheck.objects.filter(draft_hash=hash_of(token), expires_at__gt=at).exists()


def purge_handed(*, at: datetime) -> int:
    """Delete what nobody asked for in time and say how many there were."""
    return HandedCheck.objects.filter(expires_at__lte=at).delete()[0]


@transaction.atomic
def take_over_check(*, screening_id: UUID, code: str, by: Actor, at: datetime) -> Taken:
    """Fill a call with the answers under a code, each to be confirmed; the code is then used up.

    Answers given in the call already stay. Wrong codes are counted: after five in ten minutes the
    person who types them waits. Raises CallEnded when the call has.
    """
    check_access(by, Action.SCREEN)
    screening = hold(screening_id, by, still_open=True)
    purge_handed(at=at)
    if _wrong_lately(by) >= TRIES:
        return Taken(problem=TOO_MANY)
    plain = read_code(code)
    keys = keys_of(plain, settings.SECRET_KEY)
    row = (
        HandedCheck.objects.select_for_update()
        .filter(code_hash=keys.found_by, expires_at__gt=at)
        .first()
    )
    if not plain or row is None:
        trail.record(by=by, action=WRONG_CODE, subjects=[trail.subject("screening", screening.pk)])
        return Taken(problem=NO_SUCH_CODE)
    draft = unseal(bytes(row.sealed), keys.opens)
    row.delete()
    # Whom it was about is settled by who speaks in the call, not by who answered alone.
    if draft.voice is Voice.SOMEONE and not screening.answers.exclude(field="age").exists():
        screening.voice = Voice.SOMEONE.value
    answers = from_check(screening_script(), in_the_calls_words(private_check(), draft.answers))
    filled = fill_from_check(screening, answers, by=by, at=at)
    record("screening.take_over_check", screening, by)
    return Taken(filled=len(filled))


def _wrong_lately(by: Actor) -> int:
    return AuditEntry.objects.filter(
        organization_id=by.organization_id,
        actor_id=by.id,
        action=WRONG_CODE,
        recorded_at__gt=real_now() - WITHIN,
    ).count()
