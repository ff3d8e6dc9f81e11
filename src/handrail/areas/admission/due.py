"""People who were just admitted and with whom somebody gets in touch."""

from collections.abc import Collection, Iterable
from uuid import UUID

from handrail.areas.admission.models import FirstContact
from handrail.areas.clients.models import Episode
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action


class FirstDays(Kind):
    """The next contact of someone's first days, for everyone who admits."""

    code = "first_contact"
    words = "Get in touch with someone who was just admitted"
    permissions = (Action.ADMIT, Action.READ_CHART)
    pool = True
    follows = {FirstContact: client_of, Episode: client_of}  # noqa: RUF012

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """The earliest that is not done, of each person in care."""
        rows = FirstContact.objects.filter(
            organization_id=at.organization_id,
            done_at__isnull=True,
            episode__closed_date__isnull=True,
        )
        if scopes is not None:
            rows = rows.filter(client_id__in=scopes)
        first = rows.order_by("client_id", "due_date", "id").distinct("client_id")
        return [
            Item(
                key=str(one.pk),
                scope=one.client_id,
                client_id=one.client_id,
                due_at=at.ends(one.due_date),
                visible_from=at.begins(one.due_date),
                facts={"why": one.why, "day": one.due_date},
            )
            for one in first
        ]


KINDS = (FirstDays(),)
