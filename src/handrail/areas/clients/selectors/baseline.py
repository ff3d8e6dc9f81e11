"""The medical baseline as it stands, and the professionals outside."""

from collections.abc import Mapping
from uuid import UUID

from handrail.areas.clients.models import BaselineEntry, OutsideProfessional
from handrail.core.access import Action, Actor, check_access


def baseline_of(client_id: UUID, *, by: Actor) -> Mapping[str, tuple[BaselineEntry, ...]]:
    """Every entry by kind, the newest first: that one holds. One query."""
    check_access(by, Action.READ_CHART)
    found: dict[str, list[BaselineEntry]] = {}
    rows = BaselineEntry.objects.filter(organization_id=by.organization_id, client=client_id)
    for one in rows.order_by("kind", "-recorded_at", "id"):
        found.setdefault(one.kind, []).append(one)
    return {kind: tuple(entries) for kind, entries in found.items()}


def professionals_of(client_id: UUID, *, by: Actor) -> tuple[OutsideProfessional, ...]:
    """Professionals outside who treat the client now, in the order they were recorded."""
    check_access(by, Action.READ_CHART)
    rows = OutsideProfessional.objects.filter(
        organization_id=by.organization_id, client=client_id, ended_at__isnull=True
    )
    return tuple(rows.order_by("recorded_at", "id"))


def professional(professional_id: UUID, *, by: Actor) -> OutsideProfessional | None:
    """One of them, ended ones too; None when it is not of this organization."""
    check_access(by, Action.READ_CHART)
    return OutsideProfessional.objects.filter(
        organization_id=by.organization_id, pk=professional_id
    ).first()
