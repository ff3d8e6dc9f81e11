"""What happened with a client's assessments. A draft is no part of the record yet."""

from collections.abc import Iterator
from uuid import UUID

from handrail.areas.assessment.models import Assessment
from handrail.core.consents import Content
from handrail.foundation.timeline import Kind, Said

_TELLS = frozenset({Content.ASSESSMENT})


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Signed, co-signed, void: three acts, each at its own time."""
    rows = Assessment.objects.filter(client=client_id)
    page = ("staff:chart_assessment", str(client_id))
    yield Kind(
        "assessment",
        rows.filter(signed_at__isnull=False),
        "signed_at",
        lambda facts: Said("Assessment signed", page=page, tells=_TELLS),
        "signed_name",
    )
    yield Kind(
        "assessment",
        rows.filter(co_signed_at__isnull=False),
        "co_signed_at",
        lambda facts: Said("Assessment co-signed", page=page, tells=_TELLS),
        "co_signed_name",
        step="2",
    )
    yield Kind(
        "assessment",
        rows.filter(voided_at__isnull=False),
        "voided_at",
        lambda facts: Said("Assessment void", facts["why"], "watch", page, tells=_TELLS),
        "voided_by",
        {"why": "void_reason"},
        step="9",
    )
