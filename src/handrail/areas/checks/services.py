"""What can be done with the draft of a private check: start, change, throw away.

There is no `by`: nobody signs in for a check, and nobody is to know who made one.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from handrail.areas.checks.models import CheckDraft
from handrail.areas.checks.sealed_answers import CannotOpen, Draft, hash_of, seal, unseal
from handrail.areas.checks.selectors import of_today
from handrail.core.check import Voice

KEPT_FOR = timedelta(hours=2)
"""How long a draft lives after its last answer."""


class DraftGone(LookupError):
    """There is no draft to write to: never started, thrown away, or expired."""


@transaction.atomic
def start_check(*, voice: Voice, at: datetime) -> str:
    """Begin a check and return its token, which goes into the browser's cookie and nowhere else."""
    purge_expired(at=at)
    token = secrets.token_urlsafe(32)
    draft = Draft(voice, {})
    CheckDraft.objects.create(
        token_hash=hash_of(token), sealed=seal(draft, token), expires_at=at + KEPT_FOR
    )
    return token


@transaction.atomic
def change_check(*, token: str, change: Callable[[Draft], Draft], at: datetime) -> Draft:
    """Change a draft and keep it for two hours from now. Raises DraftGone.

    The row is held meanwhile: of two answers sent at once, neither is lost.
    """
    purge_expired(at=at)
    row = CheckDraft.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    if row is None:
        raise DraftGone
    try:
        draft = change(of_today(unseal(bytes(row.sealed), token)))
    except CannotOpen as wrong:
        raise DraftGone from wrong
    row.sealed, row.expires_at = seal(draft, token), at + KEPT_FOR
    row.save(update_fields=["sealed", "expires_at"])
    return draft


def discard_check(*, token: str) -> None:
    """Throw the answers away at once. Nothing to throw away is fine too."""
    CheckDraft.objects.filter(token_hash=hash_of(token)).delete()


def purge_expired(*, at: datetime) -> int:
    """Delete the drafts whose time is over and say how many there were."""
    return CheckDraft.objects.filter(expires_at__lte=at).delete()[0]
