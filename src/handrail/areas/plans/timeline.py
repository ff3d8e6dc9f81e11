"""Goals that were set and met."""

from collections.abc import Iterator
from uuid import UUID

from handrail.areas.plans.models import Goal
from handrail.core.consents import Content
from handrail.foundation.timeline import Kind, Said, end_of_day

_TELLS = frozenset({Content.PROGRESS})


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Goals, on the day they were set and on the day they were met."""
    rows = Goal.objects.filter(client_id=client_id)
    yield Kind(
        "goal",
        rows,
        end_of_day("opened_date", zone),
        lambda facts: Said("Goal set", facts["words"], tells=_TELLS),
        "opened_by",
        {"words": "words"},
        whole_day=True,
    )
    yield Kind(
        "goal",
        rows.filter(met_date__isnull=False),
        end_of_day("met_date", zone),
        lambda facts: Said("Goal met", facts["words"], "ok", ahead="Goal to be met", tells=_TELLS),
        "ended_by",
        {"words": "words"},
        step="9",
        whole_day=True,
    )
