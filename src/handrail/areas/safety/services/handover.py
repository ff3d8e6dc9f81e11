"""Handing a safety plan over to the person's own phone: once, within ten minutes.

The page is sealed under a random token that stands only in the address which the phone reads off
the screen. Whoever opens the address once gets it; then it is gone (docs/decisions).
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from handrail.areas.safety.models import PlanHandover
from handrail.areas.safety.sealed_plan import hash_of, seal, unseal

MINUTES = 10
"""How long the address works."""


@transaction.atomic
def offer(*, page: str, at: datetime) -> str:
    """Keep a page for whoever brings the token, which is returned; older ones are cleared away.

    The caller has asked the gate and recorded the disclosure.
    """
    PlanHandover.objects.filter(expires_at__lte=at).delete()
    token = secrets.token_urlsafe(32)
    PlanHandover.objects.create(
        token_hash=hash_of(token),
        sealed=seal(page, token),
        expires_at=at + timedelta(minutes=MINUTES),
    )
    return token


def is_offered(*, token: str, at: datetime) -> bool:
    """Whether something still waits under this token. Looking takes nothing."""
    return PlanHandover.objects.filter(token_hash=hash_of(token), expires_at__gt=at).exists()


@transaction.atomic
def take(*, token: str, at: datetime) -> str | None:
    """The page, once; None when it was taken already, or its time is over."""
    row = (
        PlanHandover.objects.select_for_update()
        .filter(token_hash=hash_of(token), expires_at__gt=at)
        .first()
    )
    if row is None:
        return None
    row.delete()
    return unseal(bytes(row.sealed), token)
