"""The page that asks to hand the screen back, with the way on for whoever works here."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

from handrail.web.kit.access import signed_in
from handrail.web.kit.client_signing_mode import Waiting, beside, is_handed_over
from handrail.web.kit.request import PassingRequest


@dataclass(frozen=True, slots=True)
class HandBackPage:
    """`onward` is where whoever works here shows who they are; it leads on to their page.

    `papers` can be read next without handing back.
    """

    onward: str
    papers: tuple[Waiting, ...]


@require_safe
@signed_in
def hand_back(request: PassingRequest) -> HttpResponse:
    """Please hand this back. It names nobody."""
    asked = request.GET.get("next", "")
    own = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    onward = asked if own else reverse("staff:today")
    if not is_handed_over(request):
        return HttpResponseRedirect(onward)
    confirm = f"{reverse('account_reauthenticate')}?{urlencode({'next': onward})}"
    page = HandBackPage(confirm, beside(request))
    return render(request, "staff/consents/hand_back.jinja", {"page": page})
