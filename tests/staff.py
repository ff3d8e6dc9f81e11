"""Two organizations and their people, for tests of everything that needs somebody signed in."""

import time
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.areas.organizations.models import (
    Invitation,
    Membership,
    OrganizationSettings,
    SecondFactor,
    User,
)
from handrail.core.access import Actor
from handrail.demo.accounts import ALDER, HARBOR
from handrail.demo.load import key, load_people
from handrail.foundation import tenancy

SEED = 1
EVENING = date(2026, 11, 23)
"""A Monday, three days before Thanksgiving."""


@dataclass(frozen=True)
class Program:
    """The demo's two organizations as tests speak of them."""

    alder: UUID
    harbor: UUID

    def user(self, name: str) -> User:
        """Someone by the first part of their e-mail."""
        return User.objects.get(email__startswith=f"{name}@")

    def place(self, name: str, organization: UUID | None = None) -> Membership:
        """Someone's place, at Alder Street unless said otherwise."""
        return Membership.objects.get(
            user=self.user(name), organization_id=organization or self.alder
        )

    def actor(self, name: str, organization: UUID | None = None) -> Actor:
        """Someone as who acts."""
        place = self.place(name, organization)
        user = place.user
        return Actor(str(user.id), user.name, place.organization_id, place.role_set)

    def invitation(self) -> Invitation:
        """The one open invitation at Alder Street."""
        with tenancy.within(self.alder):
            return Invitation.objects.get(canceled_at__isnull=True)


def begin(*, second_factor: SecondFactor = SecondFactor.NOBODY) -> Program:
    """Load both organizations and who works there; clients are in the fixture `whole_demo`.

    Nobody needs a second factor unless said otherwise.
    """
    load_people(seed=SEED)
    return relax(second_factor=second_factor)


def relax(*, second_factor: SecondFactor = SecondFactor.NOBODY) -> Program:
    """Let both organizations ask fewer people for a second factor."""
    made = loaded()
    for organization in (made.alder, made.harbor):
        with tenancy.within(organization):
            OrganizationSettings.objects.update(second_factor=second_factor)
    return made


def loaded() -> Program:
    """The organizations that have been loaded."""
    return Program(key(SEED, ALDER), key(SEED, HARBOR))


def sign_in(client, program, name: str, organization: UUID | None = None):
    """Sign a test client in, without the password, and into one organization."""
    client.force_login(program.user(name))
    session = client.session
    session["organization"] = str(organization or program.place(name).organization_id)
    session.save()
    return client


def confirm(client) -> None:
    """As if they had just shown once more that it is them."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
