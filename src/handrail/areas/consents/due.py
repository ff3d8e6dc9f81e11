"""Consents that expire soon, as something due for those who record them."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from handrail.areas.clients.models import Contact, Episode
from handrail.areas.consents.models import Consent
from handrail.areas.consents.selectors.consents import as_rules, with_recipients
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action
from handrail.core.consents import standing
from handrail.data import deadlines


class ConsentRenewal(Kind):
    """A consent of someone in care whose last day is near."""

    code = "consent"
    words = "Renew a consent that expires"
    permissions = (Action.RECORD_CONSENT, Action.READ_CHART)
    pool = True
    follows = {Consent: client_of, Contact: client_of, Episode: client_of}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """Those that hold on their last day; one replaced or revoked is not among them."""
        in_care = Episode.objects.filter(client=OuterRef("client"), closed_date__isnull=True)
        rows = Consent.objects.filter(
            Exists(in_care),
            organization_id=at.organization_id,
            ended_at__isnull=True,
            signed_at__isnull=False,
            expires_date__isnull=False,
        )
        if scopes is not None:
            rows = rows.filter(client_id__in=scopes)
        return [
            _item(one, one.expires_date, at)
            for one in with_recipients(rows)
            if one.expires_date and standing(as_rules(one), one.expires_date).holds
        ]


def _item(row: Consent, last: date, at: Place) -> Item:
    return Item(
        key=str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        due_at=at.ends(last),
        visible_from=at.begins(last - deadlines().consent_ends),
        visible_until=at.is_over(last),
        facts={"kind": row.kind, "last_day": last},
    )


KINDS = (ConsentRenewal(),)
