"""Agreements to review, and people to call again who declined safety care."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from handrail.areas.placement.models import Agreement, InformedRefusal
from handrail.areas.programs.models import Enrollment, Track
from handrail.areas.programs.selectors.leads import clients_in, who_leads
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action, Role

AHEAD = timedelta(days=7)
"""How long before its review an agreement is due."""


class AgreementReview(Kind):
    """The newest agreement or refusal of each person, for who leads their group, and for those who
    watch over all.
    """

    code = "agreement"
    words = "Review an agreement, or call again after someone declined safety care"
    permissions = (Action.AGREE, Action.READ_CHART)
    watchers = frozenset({Role.SUPERVISOR, Role.INTAKE_COORDINATOR, Role.PROGRAM_DIRECTOR})
    follows = {  # noqa: RUF012
        Agreement: client_of,
        InformedRefusal: client_of,
        Enrollment: client_of,
        Track: lambda rows: clients_in([one.pk for one in rows]),
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """From a week before the day."""
        agreed = _newest(Agreement.objects.all(), at, scopes)
        refused = _newest(InformedRefusal.objects.all(), at, scopes)
        leads = who_leads([one.client_id for one in (*agreed, *refused)])
        return [_item(one, leads, at) for one in (*agreed, *refused)]


def _newest(rows: QuerySet, at: Place, scopes: Collection[UUID] | None) -> list:  # type: ignore[type-arg]
    """Without those that something newer has followed."""
    later = {"client": OuterRef("client"), "recorded_at__gt": OuterRef("recorded_at")}
    found = rows.filter(
        ~Exists(Agreement.objects.filter(**later)),
        ~Exists(InformedRefusal.objects.filter(**later)),
        organization_id=at.organization_id,
    )
    return list(found if scopes is None else found.filter(client_id__in=scopes))


def _item(
    row: Agreement | InformedRefusal, leads: Mapping[UUID, tuple[UUID, ...]], at: Place
) -> Item:
    refused = isinstance(row, InformedRefusal)
    day = row.call_again_date if isinstance(row, InformedRefusal) else row.review_date
    since = at.begins(day - AHEAD)
    return Item(
        key=str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        audience=leads.get(row.client_id, ()),
        due_at=at.ends(day),
        visible_from=since,
        escalates_at=since,
        # Someone who goes without what they need to be safe is called as if a life were at stake.
        life=refused,
        facts={"day": day, "refused": refused, "sequence": list(row.sequence)},
    )


KINDS = (AgreementReview(),)
