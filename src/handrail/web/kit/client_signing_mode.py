"""A screen in the client's hands: it shows the papers to sign and nothing else.

While it is handed over, every other address of this sign-in leads to a page that asks to hand it
back; it opens again once whoever signed in has shown that it is them. Papers of the same client
that wait to be signed are open too, one after the other, without handing back in between.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from handrail.web.kit.request import PassingRequest

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


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper of the same client that waits to be signed: its address and its title."""

    path: str
    title: str


def hand_over(request: PassingRequest, also: Iterable[Waiting]) -> None:
    """From now on only the page that is open is there, and the papers that wait beside it (`also`),
    until someone takes the screen back.
    """
    beside = [[one.path, one.title] for one in also if one.path != request.path]
    request.session[HANDED] = {"path": request.path, "also": beside, "at": time.time()}


def beside(request: PassingRequest) -> tuple[Waiting, ...]:
    """The papers that can be read next while the screen is in the client's hands."""
    if not is_handed_over(request):
        return ()
    return tuple(Waiting(path, title) for path, title in request.session[HANDED]["also"])


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
    handed = request.session[HANDED]
    if request.path in {handed["path"], *(path for path, _ in handed["also"])}:
        return None
    if data:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    onward = request.get_full_path() if request.method == "GET" else reverse("staff:today")
    return HttpResponseRedirect(f"{reverse('staff:hand_back')}?{urlencode({'next': onward})}")


def _shown_since(request: PassingRequest) -> list[dict[str, float]]:
    """Each time whoever signed in has shown that it is them."""
    return list(get_authentication_records(request, request.user))
