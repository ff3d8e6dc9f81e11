"""What is being written into a chart and not signed yet."""

from collections.abc import Mapping
from uuid import UUID

from handrail.areas.clients.models import ChartDraft
from handrail.core.access import Action, Actor, check_access
from handrail.core.drafts import Field


def drafts_of(client_id: UUID, document: str, *, by: Actor) -> Mapping[str, Field]:
    """The texts of a document that is being written, by field; none when nobody began."""
    check_access(by, Action.READ_CHART)
    rows = ChartDraft.objects.filter(
        organization_id=by.organization_id, client=client_id, document=document
    )
    return {one.field: one.read() for one in rows.order_by("field")}
