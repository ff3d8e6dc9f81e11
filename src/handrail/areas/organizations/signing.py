"""Who signs, and with which licenses: what every signature in Handrail begins with."""

from handrail.areas.organizations.errors import NoPlaceAnyMore, SignedByAPerson
from handrail.areas.organizations.models import Credential as CredentialRow
from handrail.areas.organizations.models import Membership
from handrail.core.access import Actor
from handrail.core.notes.signatures import Credential


def place_of(by: Actor) -> Membership:
    """The place of whoever signs. Raises SignedByAPerson, NoPlaceAnyMore."""
    if by.is_system:
        raise SignedByAPerson
    found = (
        Membership.objects.filter(
            user_id=by.id, organization_id=by.organization_id, deactivated_at__isnull=True
        )
        .select_related("user")
        .first()
    )
    if found is None:
        raise NoPlaceAnyMore
    return found


def credentials_of(place: Membership) -> tuple[Credential, ...]:
    """The licenses on file of someone, voided ones left out."""
    rows = CredentialRow.objects.filter(membership=place, voided_at__isnull=True)
    return tuple(
        Credential(one.short, one.expires_date) for one in rows.order_by("recorded_at", "id")
    )
