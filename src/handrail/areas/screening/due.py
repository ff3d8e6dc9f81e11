"""Screening calls that have not ended, for whoever holds one."""

from collections.abc import Collection, Iterable
from uuid import UUID

from handrail.areas.screening.models import Screening
from handrail.areas.worklist.kinds import Item, Kind, Place, itself
from handrail.core.access import Action


class OpenCall(Kind):
    """A screening call under way; one that was handed over is due for its new holder at once."""

    code = "screening_call"
    words = "Finish a screening call"
    permissions = (Action.SCREEN,)
    covers = "inquiry"
    follows = {Screening: itself}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """With a safety task open, a life may be at stake."""
        rows = Screening.objects.filter(organization_id=at.organization_id, ended_at__isnull=True)
        if scopes is not None:
            rows = rows.filter(pk__in=scopes)
        return [
            Item(
                key=str(one.pk),
                scope=one.pk,
                inquiry_id=one.inquiry_id,
                owner_id=one.holder_id,
                due_at=None,
                visible_from=one.started_at,
                life=bool(one.tasks),
                facts={"started": one.started_at},
            )
            for one in rows
        ]


KINDS = (OpenCall(),)
