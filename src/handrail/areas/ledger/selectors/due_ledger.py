"""What is due in the ledger: agreements to look at, calls after a refusal, words to co-sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.areas.clients.models import Client
from handrail.areas.ledger.models import Agreement, InformedRefusal
from handrail.areas.recommendations.models import Confirmation
from handrail.core.access import Action, Actor, can_access
from handrail.core.today import Due, What

AHEAD = timedelta(days=7)
"""From how long before its day an agreement stands on Today."""
CO_SIGNED_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class AgreementDue:
    """An agreement that is looked at again, or someone to call again who refused the floor."""

    due: Due
    client_id: UUID
    name: str
    level: str
    sequence: tuple[str, ...]
    day: date
    refused: bool


@dataclass(frozen=True, slots=True)
class RecommendationDue:
    """A clinician's word on a recommendation that waits for a co-signature."""

    due: Due
    client_id: UUID
    name: str
    by: str
    overrides: bool


def agreements_due(
    *, by: Actor, here: date, zone: str, only: QuerySet[Client] | None = None
) -> list[AgreementDue]:
    """Those whose day is near or past, the earliest first, and nothing newer was agreed since.

    `only` keeps to some clients: those of the reader's groups.
    """
    if not can_access(by, Action.AGREE):
        return []
    until = here + AHEAD
    agreed = _newest(Agreement.objects.filter(review_date__lte=until), by, only)
    refused = _newest(InformedRefusal.objects.filter(call_again_date__lte=until), by, only)
    found = [
        *(_agreement(one, one.review_date, zone) for one in agreed),
        *(_agreement(one, one.call_again_date, zone) for one in refused),
    ]
    return sorted(found, key=lambda one: (one.day, not one.refused, one.name, one.due.key))


def recommendations_to_co_sign(*, by: Actor) -> list[RecommendationDue]:
    """Words of others that wait for a co-signature, the oldest first."""
    if not can_access(by, Action.CO_SIGN_RECOMMENDATION):
        return []
    rows = (
        Confirmation.objects.filter(
            organization_id=by.organization_id,
            needs_co_signature=True,
            co_signed_at__isnull=True,
            recommendation__voided_at__isnull=True,
        )
        .exclude(confirmed_by_place__user_id=by.id)
        .select_related("client")
        .order_by("confirmed_at", "id")
    )
    return [
        RecommendationDue(
            due=Due(What.CO_SIGN_RECOMMENDATION, str(one.pk), one.confirmed_at + CO_SIGNED_WITHIN),
            client_id=one.client_id,
            name=one.client.name,
            by=one.confirmed_by,
            overrides=one.overrides,
        )
        for one in rows
    ]


def _newest(rows: QuerySet, by: Actor, only: QuerySet[Client] | None) -> Sequence:  # type: ignore[type-arg]
    """Without those that something newer has followed."""
    later = Q(client=OuterRef("client"), recorded_at__gt=OuterRef("recorded_at"))
    found = rows.filter(organization_id=by.organization_id)
    if only is not None:
        found = found.filter(client__in=only)
    return list(
        found.exclude(Exists(Agreement.objects.filter(later)))
        .exclude(Exists(InformedRefusal.objects.filter(later)))
        .select_related("client")
    )


def _agreement(row: Agreement | InformedRefusal, day: date, zone: str) -> AgreementDue:
    ends = datetime.combine(day, time(23, 59), ZoneInfo(zone))
    refused = isinstance(row, InformedRefusal)
    return AgreementDue(
        # Someone who goes without what they need to be safe is called as if a life were at stake.
        due=Due(What.AGREEMENT, str(row.pk), ends, life=refused),
        client_id=row.client_id,
        name=row.client.name,
        level=row.level if isinstance(row, Agreement) else "",
        sequence=tuple(row.sequence),
        day=day,
        refused=refused,
    )
