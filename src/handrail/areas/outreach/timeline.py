"""Outreach after an absence. It names contacts, and stays in the program."""

from collections.abc import Iterator
from uuid import UUID

from handrail.areas.outreach.models import (
    AttemptKind,
    AttemptResult,
    Outreach,
    OutreachAttempt,
    ReachedOutcome,
)
from handrail.foundation.timeline import Facts, Kind, Said, within


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Opened, every attempt, closed."""
    rows = Outreach.objects.filter(client_id=client_id)
    yield Kind(
        "outreach",
        rows,
        "opened_at",
        lambda facts: Said("Outreach opened", facts["why"], "watch"),
        facts={"why": "why"},
    )
    yield Kind(
        "outreach",
        OutreachAttempt.objects.filter(outreach__client_id=client_id),
        "attempted_at",
        _attempt,
        "attempted_by",
        {"kind": "kind", "result": "result", "words": "words"},
        of=within("outreach_id", "5"),
    )
    yield Kind(
        "outreach",
        rows.filter(closed_at__isnull=False),
        "closed_at",
        lambda facts: Said(
            f"Outreach closed: {ReachedOutcome(facts['outcome']).label}", facts["words"], "ok"
        ),
        "closed_by",
        {"outcome": "outcome", "words": "closing_words"},
        step="9",
    )


def _attempt(facts: Facts) -> Said:
    result = AttemptResult(facts["result"]).label
    words = "; ".join(part for part in (str(result), facts["words"]) if part)
    return Said(f"Outreach: {AttemptKind(facts['kind']).label.lower()}", words)
