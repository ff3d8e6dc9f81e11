"""What can be read of the placement area."""

from dataclasses import replace
from datetime import datetime

from handrail.areas.checks.models import CheckDraft
from handrail.areas.checks.sealed_answers import CannotOpen, Draft, hash_of, unseal
from handrail.core.check_names import brought_up_to_date
from handrail.data import private_check


def check_draft(*, token: str, at: datetime) -> Draft | None:
    """The draft that a token opens, or None when there is none or its time is over."""
    row = CheckDraft.objects.filter(token_hash=hash_of(token), expires_at__gt=at).first()
    if row is None:
        return None
    try:
        return of_today(unseal(bytes(row.sealed), token))
    except CannotOpen:
        return None


def of_today(draft: Draft) -> Draft:
    """A draft in the questions of today, also when it began with earlier ones."""
    return replace(draft, answers=brought_up_to_date(private_check(), draft.answers))
