"""Recommendations of a level of care, and a clinician's word on them."""

from collections.abc import Iterator
from uuid import UUID

from handrail.areas.recommendations.models import Confirmation, Recommendation
from handrail.core.consents import Content
from handrail.core.ledger.positions import in_words, read_steps
from handrail.data import care_catalogue, ledger_rules
from handrail.foundation.timeline import Facts, Kind, Said

_RECOMMENDED = frozenset({Content.RECOMMENDATION})
_LEDGER = frozenset({Content.LEDGER})


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Recommendations made and voided; confirmed, overridden, co-signed."""
    made = Recommendation.objects.filter(client_id=client_id)
    facts = {"level": "level", "why": "why_now", "void": "void_reason", "id": "pk"}
    page = ("staff:recommendation", str(client_id))
    yield Kind(
        "recommendation",
        made,
        "made_at",
        lambda facts: Said(
            f"Recommendation: {_level(facts)}",
            facts["why"],
            page=(*page, facts["id"]),
            tells=_RECOMMENDED,
        ),
        "made_by",
        facts,
    )
    yield Kind(
        "recommendation",
        made.filter(voided_at__isnull=False),
        "voided_at",
        lambda facts: Said(
            f"Recommendation void: {_level(facts)}",
            facts["void"],
            page=(*page, facts["id"]),
            tells=_RECOMMENDED,
        ),
        "voided_by",
        facts,
        step="9",
    )
    yield from _confirmations(client_id)


def _confirmations(client_id: UUID) -> Iterator[Kind]:
    rows = Confirmation.objects.filter(client_id=client_id)
    facts = {
        "overrides": "overrides",
        "sequence": "sequence",
        "code": "reason_code",
        "reason": "reason",
    }
    page = ("staff:chart_level", str(client_id))

    def confirmed(facts: Facts) -> Said:
        return Said(_title(facts), _why(facts), page=page, tells=_LEDGER)

    def co_signed(facts: Facts) -> Said:
        return Said(f"{_title(facts)}: co-signed", page=page, tells=_LEDGER)

    yield Kind("confirmation", rows, "confirmed_at", confirmed, "confirmed_by", facts)
    signed = rows.filter(co_signed_at__isnull=False)
    yield Kind("confirmation", signed, "co_signed_at", co_signed, "co_signed_by", facts, "2")


def _level(facts: Facts) -> str:
    level = care_catalogue().levels.get(facts["level"])
    return level.name if level else facts["level"] or "a range"


def _title(facts: Facts) -> str:
    if not facts["overrides"]:
        return "Recommendation confirmed"
    care = care_catalogue()
    return f"Recommendation overridden: {in_words(read_steps(facts['sequence'], care), care)}"


def _why(facts: Facts) -> str:
    if not facts["overrides"]:
        return ""
    return f"{ledger_rules().reason_words(facts['code'])}: {facts['reason']}"
