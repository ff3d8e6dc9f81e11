"""What a request carries behind the middleware besides Django's own. Only for reading types."""

from django.http import HttpRequest

from handrail.areas.organizations.models import OrganizationSettings, User
from handrail.core.access import Actor


class PassingRequest(HttpRequest):
    """Any request that reaches the gate. `rules` and `organization_name` are there with an actor,
    and alone with one.
    """

    actor: Actor | None
    rules: OrganizationSettings
    organization_name: str


class StaffRequest(PassingRequest):
    """A request by someone who works in an organization: what a staff page gets."""

    user: User
    actor: Actor
