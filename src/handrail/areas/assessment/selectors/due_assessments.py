"""Assessments that wait: for a co-signature, or for the one who began to write them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from handrail.areas.assessment.models import Assessment, AssessmentState
from handrail.core.access import Action, Actor, can_access
from handrail.core.today import Due, What

OF_A_KIND = 12
CO_SIGNED_WITHIN = timedelta(days=2)
WRITTEN_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class AssessmentDue:
    """Someone's assessment to co-sign, or with `draft` one the reader began and has not signed."""

    due: Due
    client_id: UUID
    name: str
    by: str
    draft: bool


def assessments_due(*, by: Actor) -> list[AssessmentDue]:
    """The reader's own drafts, and those of others to co-sign; the oldest first. One query."""
    wanted = Q(state=AssessmentState.DRAFT, begun_by=by.name)
    if can_access(by, Action.CO_SIGN_ASSESSMENT):
        wanted |= Q(state=AssessmentState.SIGNED, needs_co_signature=True) & ~Q(
            signed_by__user_id=by.id
        )
    if not can_access(by, Action.READ_CHART):
        return []
    rows = Assessment.objects.filter(wanted, organization_id=by.organization_id)
    found = rows.defer("content").select_related("client").order_by("begun_at", "id")
    return [_row(one) for one in found[:OF_A_KIND]]


def _row(row: Assessment) -> AssessmentDue:
    is_draft = row.signed_at is None
    due_at = row.signed_at + CO_SIGNED_WITHIN if row.signed_at else row.begun_at + WRITTEN_WITHIN
    return AssessmentDue(
        due=Due(What.ASSESSMENT, str(row.pk), due_at),
        client_id=row.client_id,
        name=row.client.name,
        by=row.begun_by if is_draft else row.signed_name,
        draft=is_draft,
    )
