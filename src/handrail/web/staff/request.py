"""What a request of a staff page carries besides Django's own."""

from django.http import HttpRequest

from handrail.areas.organizations.models import OrganizationSettings, User
from handrail.core.access import Actor


class StaffRequest(HttpRequest):
    """A request by someone who works in an organization. Only for reading types: the middleware
    puts these on Django's request.
    """

    user: User
    actor: Actor
    rules: OrganizationSettings
    organization_name: str
