"""Words on a recommendation that wait for a co-signature."""

from collections.abc import Collection, Iterable
from uuid import UUID

from handrail.areas.recommendations.models import Confirmation, Recommendation
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action
from handrail.data import deadlines


class RecommendationCoSignature(Kind):
    """A recommendation that was confirmed or overridden by someone who is co-signed."""

    code = "recommendation_co_sign"
    words = "Co-sign a recommendation"
    permissions = (Action.CO_SIGN_RECOMMENDATION, Action.READ_CHART)
    pool = True
    follows = {Confirmation: client_of, Recommendation: client_of}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """Those of recommendations that were not voided since."""
        rows = Confirmation.objects.filter(
            organization_id=at.organization_id,
            needs_co_signature=True,
            co_signed_at__isnull=True,
            recommendation__voided_at__isnull=True,
        )
        if scopes is not None:
            rows = rows.filter(client_id__in=scopes)
        return [
            Item(
                key=str(one.pk),
                scope=one.client_id,
                client_id=one.client_id,
                not_for=one.confirmed_by_place.user_id if one.confirmed_by_place else None,
                due_at=one.confirmed_at + deadlines().co_sign,
                visible_from=one.confirmed_at,
                facts={"by": one.confirmed_by, "overrides": one.overrides},
            )
            for one in rows.select_related("confirmed_by_place")
        ]


KINDS = (RecommendationCoSignature(),)
