"""Whether a page that stands open may still act: who is signed in now, and where."""

from urllib.parse import urlsplit

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.web.kit.access import asks_for_data, asks_who_it_is, quiet, signed_in
from handrail.web.kit.request import PassingRequest


@require_safe
@quiet
@signed_in
def again(request: PassingRequest) -> HttpResponse:
    """Tell an open page's script; a person who came here in a new tab is told to go back.

    `to` is the address the page is about to post to. The answer names the person and the
    organization, since both must still be the page's own, whether that post asks once more who
    this is, and the token to post with, as scripts cannot read the cookie.
    """
    if not asks_for_data(request):
        return render(request, "staff/again.jinja")
    return JsonResponse(
        {
            "person": str(request.user.pk),
            "organization": str(request.actor.organization_id) if request.actor else "",
            "confirm": asks_who_it_is(request, urlsplit(request.GET.get("to", "")).path),
            "csrf": get_token(request),
        }
    )
