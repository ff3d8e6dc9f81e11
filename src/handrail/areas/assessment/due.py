"""Assessments that wait: for the one who began to write them, and for a co-signature."""

from collections.abc import Collection, Iterable
from uuid import UUID

from handrail.areas.assessment.models import Assessment, AssessmentState
from handrail.areas.organizations.models import Membership
from handrail.areas.worklist.kinds import Item, Kind, Place, itself
from handrail.core.access import Action
from handrail.data import deadlines


class AssessmentDraft(Kind):
    """An assessment that somebody began and has not signed."""

    code = "assessment_draft"
    words = "Sign an assessment"
    permissions = (Action.READ_CHART,)
    follows = {Assessment: itself}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """Every draft, for who began it."""
        rows = _some(at, scopes, state=AssessmentState.DRAFT)
        whose = dict(
            Membership.objects.filter(
                organization_id=at.organization_id, user__name__in=[one.begun_by for one in rows]
            )
            .order_by("-created_at", "pk")
            .values_list("user__name", "pk")
        )
        return [
            Item(
                key=str(one.pk),
                scope=one.pk,
                client_id=one.client_id,
                owner_id=whose.get(one.begun_by),
                due_at=one.begun_at + deadlines().write_assessment,
                visible_from=one.begun_at,
            )
            for one in rows
        ]


class AssessmentCoSignature(Kind):
    """An assessment by someone whose assessments are co-signed, for those who co-sign."""

    code = "assessment_co_sign"
    words = "Co-sign an assessment"
    permissions = (Action.CO_SIGN_ASSESSMENT, Action.READ_CHART)
    pool = True
    follows = {Assessment: itself}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """Those of one colleague are worked through together."""
        rows = _some(at, scopes, state=AssessmentState.SIGNED, needs_co_signature=True)
        return [
            Item(
                key=str(one.pk),
                scope=one.pk,
                client_id=one.client_id,
                not_for=one.signed_by.user_id if one.signed_by else None,
                due_at=one.signed_at + deadlines().co_sign,
                visible_from=one.signed_at,
                group=str(one.signed_by_id),
                facts={"by": one.signed_name},
            )
            for one in rows
            if one.signed_at
        ]


def _some(at: Place, scopes: Collection[UUID] | None, **state: object) -> list[Assessment]:
    rows = Assessment.objects.filter(organization_id=at.organization_id, **state)
    if scopes is not None:
        rows = rows.filter(pk__in=scopes)
    return list(rows.defer("content").select_related("signed_by"))


KINDS = (AssessmentDraft(), AssessmentCoSignature())
