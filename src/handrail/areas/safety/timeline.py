"""What happened with a client's flags and safety plans."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Concat

from handrail.areas.safety.models import (
    Flag,
    FlagKind,
    SafetyPlan,
    SafetyPlanDeclined,
    SafetyPlanLook,
)
from handrail.core.consents import Content
from handrail.foundation.timeline import Facts, Kind, Said

_TELLS = frozenset({Content.SAFETY_PLAN})
_MARKS = {FlagKind.SUICIDE: "risk", FlagKind.OVERDOSE: "risk", FlagKind.NO_CONTACT: "watch"}


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Flags, which name other people and stay here; safety plans, reviews, and declining one."""
    flags = Flag.objects.filter(client=client_id)
    facts = {"kind": "kind", "why": "why", "formulation": "formulation"}
    yield Kind("flag", flags, "opened_at", _raised, "opened_by", facts)
    closed = flags.filter(closed_at__isnull=False)
    yield Kind("flag", closed, "closed_at", _closed, "closed_by", facts, "9")
    yield Kind(
        "plan",
        SafetyPlan.objects.filter(client=client_id),
        "signed_at",
        lambda facts: Said("Safety plan made", tells=_TELLS),
        "signed_name",
    )
    yield Kind(
        "plan-look",
        SafetyPlanLook.objects.filter(plan__client=client_id),
        "looked_at",
        lambda facts: Said("Safety plan reviewed", facts["words"], tells=_TELLS),
        "looked_by",
        {"words": "words"},
    )
    yield Kind(
        "plan-declined",
        SafetyPlanDeclined.objects.filter(client=client_id),
        "recorded_at",
        lambda facts: Said("A safety plan was declined for now", facts["words"], tells=_TELLS),
        "recorded_by",
        {"words": Concat("reason", Value(" Instead: "), "instead")},
    )


def _raised(facts: Facts) -> Said:
    kind = FlagKind(facts["kind"])
    return Said(f"Flag raised: {kind.label}", facts["why"], _MARKS[kind])


def _closed(facts: Facts) -> Said:
    return Said(f"Flag closed: {FlagKind(facts['kind']).label}", facts["formulation"], "ok")
