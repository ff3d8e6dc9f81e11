"""What can be read of the placement area."""

from datetime import datetime

from handrail.areas.checks.models import CheckDraft
from handrail.areas.checks.sealed_answers import CannotOpen, Draft, hash_of, unseal


def check_draft(*, token: str, at: datetime) -> Draft | None:
    """The draft that a token opens, or None when there is none or its time is over."""
    row = CheckDraft.objects.filter(token_hash=hash_of(token), expires_at__gt=at).first()
    if row is None:
        return None
    try:
        return unseal(bytes(row.sealed), token)
    except CannotOpen:
        return None
