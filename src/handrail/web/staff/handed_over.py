"""A screen in the client's hands: it shows the page to sign and nothing else.

While it is handed over, every other address of this sign-in leads to a page that asks to hand it
back; it opens again once whoever signed in has shown that it is them.
"""

import time
from http import HTTPStatus

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from handrail.web.staff.request import PassingRequest

HANDED = "handed_over"
_OPEN = frozenset(
    {
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_logout",
        "staff:hand_back",
    }
)
"""Pages that show nothing of a chart: taking it back, and signing out."""


def hand_over(request: PassingRequest) -> None:
    """From now on only the page that is open is there, until someone takes the screen back."""
    request.session[HANDED] = {"path": request.path, "at": time.time()}


def is_handed_over(request: PassingRequest) -> bool:
    """Whether the screen is still in the client's hands. Taken back, it is forgotten."""
    handed = request.session.get(HANDED)
    if handed is None:
        return False
    if any(one["at"] > handed["at"] for one in _shown_since(request)):
        del request.session[HANDED]
        return False
    return True


def kept_shut(request: PassingRequest, *, data: bool) -> HttpResponse | None:
    """What a handed-over screen answers to any address but its own; `data` when a script asks."""
    match = request.resolver_match
    name = match.view_name if match else ""
    public = match is not None and match.namespace == "public"
    if public or name in _OPEN or not is_handed_over(request):
        return None
    if request.path == request.session[HANDED]["path"]:
        return None
    if data:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    onward = request.get_full_path() if request.method == "GET" else reverse("staff:today")
    return HttpResponseRedirect(f"{reverse('staff:hand_back')}?{urlencode({'next': onward})}")


def _shown_since(request: PassingRequest) -> list[dict[str, float]]:
    """Each time whoever signed in has shown that it is them."""
    return list(get_authentication_records(request, request.user))
