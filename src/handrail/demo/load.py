"""Loads the demo's organizations and people, once; a second time it changes nothing."""

from datetime import datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from handrail.areas.organizations import services
from handrail.areas.organizations.models import Membership, Organization, SecondFactor, User
from handrail.core.access import Actor, Role, system_actor
from handrail.demo.accounts import (
    ACCOUNTS,
    ALDER,
    ALSO_WORKS_AT,
    ENDED,
    HARBOR,
    INVITED,
    PASSWORD,
    Account,
)
from handrail.foundation import clock, tenancy
from handrail.foundation.audit import trail

SYSTEM = "demo program"
ZONE = "America/New_York"


@transaction.atomic
def load(*, seed: int = 1) -> bool:
    """Load the demo if it is not there yet. True when it was loaded now.

    The same seed gives the same people under the same keys; times count from the demo's evening.
    """
    if Organization.objects.filter(pk=key(seed, ALDER)).exists():
        return False
    at = clock.now()
    password = make_password(PASSWORD)
    for name in (ALDER, HARBOR):
        _organization(seed, name, password, at)
    return True


def key(seed: int, name: str) -> UUID:
    """The key of a thing of the demo: the same for the same seed and name."""
    return uuid5(NAMESPACE_URL, f"handrail-demo/{seed}/{name}")


def _organization(seed: int, name: str, password: str, at: datetime) -> None:
    made = services.found_organization(
        name=name,
        zone=ZONE,
        by_system=SYSTEM,
        at=at - timedelta(days=900),
        organization_id=key(seed, name),
        second_factor=SecondFactor.ADMINISTRATORS,
    )
    by = system_actor(SYSTEM, made.id)
    with tenancy.within(made.id), trail.operation():
        for account in ACCOUNTS:
            if account.organization == name:
                _person(seed, account, password, by, at)
        for email, (place, roles) in ALSO_WORKS_AT.items():
            if place == name:
                user = _user(seed, email, "", password, at)
                _membership(seed, user, made.id, roles, at)
        if name == ALDER:
            _ended(seed, password, by, at)
            _invited(by, at)


def _person(seed: int, account: Account, password: str, by: Actor, at: datetime) -> None:
    user = _user(seed, account.email, account.name, password, at)
    place = _membership(seed, user, by.organization_id, account.roles, at)
    if account.license:
        title, short, issuer, days = account.license
        services.record_credential(
            membership_id=place.id,
            title=title,
            short=short,
            number=str(Random(f"{seed}{account.email}").randrange(10_000, 99_999)),  # noqa: S311
            issuer=issuer,
            expires_date=(at + timedelta(days=days)).date(),
            by=by,
            at=at,
        )


def _user(seed: int, email: str, name: str, password: str, at: datetime) -> User:
    known = next((one.name for one in ACCOUNTS if one.email == email), name)
    user, fresh = User.objects.get_or_create(
        id=key(seed, email),
        defaults={"email": email, "name": known, "password": password, "created_at": at},
    )
    if fresh:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _membership(
    seed: int, user: User, organization_id: UUID, roles: tuple[Role, ...], at: datetime
) -> Membership:
    return Membership.objects.create(
        id=key(seed, f"{user.email} {organization_id}"),
        user=user,
        organization_id=organization_id,
        roles=sorted(roles),
        created_at=at - timedelta(days=400),
    )


def _ended(seed: int, password: str, by: Actor, at: datetime) -> None:
    name, email, _, roles = ENDED
    user = _user(seed, email, name, password, at)
    place = _membership(seed, user, by.organization_id, roles, at)
    services.deactivate(membership_id=place.id, by=by, at=at - timedelta(days=33))


def _invited(by: Actor, at: datetime) -> None:
    name, email, roles = INVITED
    services.invite(email=email, name=name, roles=roles, by=by, at=at - timedelta(days=1))
