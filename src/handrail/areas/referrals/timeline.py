"""Referrals to other care, and what was heard of them."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import TextField, Value
from django.db.models.functions import Cast, LPad

from handrail.areas.referrals.models import Referral, ReferralStep
from handrail.core.consents import Content
from handrail.core.referrals import State
from handrail.foundation.timeline import Facts, Kind, Said

_TELLS = frozenset({Content.PROGRESS})


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Each referral, and each step after it was prepared."""
    yield Kind(
        "referral",
        Referral.objects.filter(client=client_id),
        "made_at",
        lambda facts: Said(
            f"Referred to {facts['to']}",
            facts["why"],
            page=("staff:referral", facts["id"]),
            tells=_TELLS,
        ),
        "made_by",
        {"to": "to_name", "why": "why", "id": "pk"},
    )
    steps = ReferralStep.objects.filter(referral__client=client_id).exclude(state=State.PREPARED)
    yield Kind(
        "referral-step",
        # Steps are numbered: by the same moment the later number stands above.
        steps.annotate(numbered=LPad(Cast("pk", TextField()), 12, Value("0"))),
        "recorded_at",
        _step,
        "recorded_by",
        {
            "to": "referral__to_name",
            "state": "state",
            "said_by": "said_by",
            "words": "words",
            "id": "referral_id",
        },
        of="numbered",
    )


def _step(facts: Facts) -> Said:
    words = facts["words"]
    said = f"{facts['said_by']}: {words}" if facts["said_by"] and words else words
    return Said(
        f"Referral to {facts['to']}: {facts['state']}",
        said,
        "watch" if facts["state"] == State.DECLINED else "",
        ("staff:referral", facts["id"]),
        tells=_TELLS,
    )
