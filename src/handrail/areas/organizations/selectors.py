"""Reading organizations and the people who work there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from handrail.areas.organizations.models import (
    Credential,
    Invitation,
    Membership,
    Organization,
    OrganizationSettings,
    User,
)
from handrail.core.access import Action, Actor, NotHere, Role, check_access
from handrail.foundation import tenancy


@dataclass(frozen=True, slots=True)
class Place:
    """A place someone works at, for choosing between several."""

    organization_id: UUID
    organization: str
    roles: tuple[Role, ...]


def places_of(user_id: UUID) -> list[Place]:
    """Where this person works now, by name."""
    found = (
        Membership.objects.filter(user_id=user_id, deactivated_at__isnull=True)
        .select_related("organization")
        .order_by("organization__name")
    )
    return [
        Place(one.organization_id, one.organization.name, tuple(sorted(one.role_set)))
        for one in found
    ]


def work_in(*, user_id: UUID, organization_id: UUID) -> Membership | None:
    """Someone's place in an organization, with the person; None unless active there.

    The same query tells the database that this transaction works there (foundation/tenancy.py):
    every page begins with it.
    """
    return (
        Membership.objects.filter(
            user_id=user_id,
            user__is_active=True,
            organization_id=organization_id,
            deactivated_at__isnull=True,
        )
        .select_related("user", "organization")
        .annotate(told=tenancy.telling("organization_id"))
        .first()
    )


def as_actor(place: Membership) -> Actor:
    """The person at this place, as whoever decides knows them."""
    return Actor(str(place.user_id), place.user.name, place.organization_id, place.role_set)


def user_by_email(email: str) -> User | None:
    """Who signs in with this e-mail, or None."""
    return User.objects.filter(email=email).first()


def rules_of(organization_id: UUID) -> OrganizationSettings:
    """The rules of the organization this work is in."""
    return OrganizationSettings.objects.get(organization_id=organization_id)


def people(*, by: Actor) -> list[Membership]:
    """Everyone who works or worked here, active first, with roles and valid licenses."""
    check_access(by, Action.SEE_PEOPLE)
    return list(
        _memberships(by).order_by("deactivated_at", "user__name")  # null sorts last in PostgreSQL
    )


def person(membership_id: UUID, *, by: Actor) -> Membership:
    """One person who works here. Raises NotHere for anyone else's."""
    check_access(by, Action.SEE_PEOPLE)
    found = _memberships(by).filter(pk=membership_id).first()
    if found is None:
        raise NotHere
    return found


def open_invitations(*, by: Actor) -> list[Invitation]:
    """Invitations nobody has used or canceled yet, newest first."""
    check_access(by, Action.INVITE)
    return list(
        Invitation.objects.filter(accepted_at__isnull=True, canceled_at__isnull=True).order_by(
            "-created_at"
        )
    )


def colleagues(*, by: Actor) -> Sequence[tuple[str, str]]:
    """Id and name of everyone who ever worked here, for choosing one in a list."""
    found = Membership.objects.filter(organization_id=by.organization_id).order_by("user__name")
    return [(str(key), name) for key, name in found.values_list("user_id", "user__name")]


def membership_names(*, by: Actor) -> Sequence[tuple[str, str]]:
    """Membership id and name of everyone who ever worked here."""
    found = Membership.objects.filter(organization_id=by.organization_id)
    return [(str(key), name) for key, name in found.values_list("id", "user__name")]


def who_can_lead(*, by: Actor, also: Collection[UUID] = ()) -> list[tuple[UUID, str]]:
    """Membership id and name of everyone who leads groups here now, and of those named."""
    found = Membership.objects.filter(organization_id=by.organization_id).filter(
        Q(deactivated_at__isnull=True, roles__overlap=[Role.FACILITATOR, Role.SUPERVISOR])
        | Q(pk__in=also)
    )
    return list(found.order_by("user__name").values_list("id", "user__name"))


def who_works_here(*, by: Actor) -> list[tuple[UUID, str]]:
    """Membership id and name of everyone who works here now."""
    found = Membership.objects.filter(
        organization_id=by.organization_id, deactivated_at__isnull=True
    )
    return list(found.order_by("user__name").values_list("id", "user__name"))


def _memberships(by: Actor) -> QuerySet[Membership]:
    valid = Credential.objects.filter(voided_at__isnull=True).order_by("expires_date", "title")
    return (
        Membership.objects.filter(organization_id=by.organization_id)
        .select_related("user")
        .prefetch_related(Prefetch("credentials", valid))
    )


def every_organization() -> list[UUID]:
    """Every organization of this installation, for what is done again and again in each."""
    return list(Organization.objects.values_list("id", flat=True).order_by("id"))
