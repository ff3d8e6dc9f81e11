"""Choosing the organization to work in."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from handrail.areas.organizations import selectors, services
from handrail.areas.organizations.selectors import Place
from handrail.areas.organizations.sessions import ORGANIZATION
from handrail.foundation import clock
from handrail.web.kit.access import signed_in
from handrail.web.kit.request import StaffRequest


@dataclass(frozen=True, slots=True)
class SwitchPage:
    """Where this person works, and where they are now."""

    name: str
    places: tuple[Place, ...]
    now_in: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose(request: StaffRequest) -> HttpResponse:
    """Go to work in another organization. Nothing of one is ever shown in the other."""
    places = tuple(selectors.places_of(request.user.pk))
    if request.method == "POST":
        wanted = request.POST.get("organization", "")
        if wanted in {str(place.organization_id) for place in places}:
            services.switch_organization(
                user_id=request.user.pk, organization_id=UUID(wanted), at=clock.now()
            )
            request.session[ORGANIZATION] = wanted
            request.session.cycle_key()
            return redirect("staff:today")
    now_in = request.session.get(ORGANIZATION, "")
    page = SwitchPage(request.user.name, places, now_in)
    return render(request, "staff/organizations/switch.jinja", {"page": page})
