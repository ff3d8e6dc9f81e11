"""From open flags to what the core decides by."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from handrail.areas.safety.models import Flag, FlagKind
from handrail.core.course import roster as roster_core


def no_contact_pairs(client_ids: Iterable[UUID | str]) -> tuple[roster_core.NoContact, ...]:
    """Who must not meet whom, as far as any of these clients is concerned."""
    concerned = list(client_ids)
    found = Flag.objects.filter(
        Q(client_id__in=concerned) | Q(other_client_id__in=concerned),
        kind=FlagKind.NO_CONTACT,
        closed_at__isnull=True,
    )
    return tuple(
        roster_core.NoContact(
            str(one.client_id), str(one.other_client_id or one.other_colleague_id), one.why
        )
        for one in found
    )


def open_flags(client_ids: Iterable[UUID | str]) -> dict[str, tuple[str, ...]]:
    """Open concerns by client, as the outreach clocks and the board's order name them."""
    flags: dict[str, tuple[str, ...]] = {}
    found = Flag.objects.filter(client_id__in=list(client_ids), closed_at__isnull=True)
    for one in found.order_by("opened_at"):
        flags[str(one.client_id)] = (*flags.get(str(one.client_id), ()), one.kind)
    return flags
