"""What every signed-in request passes: who acts, idle sign-out, second factor, refusals.

A staff page is a view wrapped in `staff(action)`. Any other view under /staff is refused, so
that a page somebody forgot to wrap shows nothing.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode

from handrail.areas.organizations import selectors
from handrail.areas.organizations.models import Membership, User
from handrail.areas.organizations.sessions import ORGANIZATION
from handrail.core.access import Action, Actor, NotHere, Refused, check_access
from handrail.foundation import tenancy
from handrail.foundation.audit import trail
from handrail.web.kit import error_pages
from handrail.web.kit.client_signing_mode import kept_shut
from handrail.web.kit.request import PassingRequest, StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.public.views import not_that_way

SEEN_AT = "seen_at"
TOUCH_SECONDS = 20
"""The session is written at most this often, so that a click costs no extra write."""

_View = Callable[..., HttpResponse]


def find_actor(request: PassingRequest) -> Actor | None:
    """Who acts, and in which organization: the one chosen, or the only one there is."""
    place = _place(request)
    if place is None:
        return None
    request.organization_name = place.organization.name
    return selectors.as_actor(place)


def _place(request: PassingRequest) -> Membership | None:
    """Where this person works now. Who has chosen costs one query, with the person in it."""
    chosen = request.session.get(ORGANIZATION) or _only_place(request)
    user_id = request.session.get(SESSION_KEY)
    if chosen is None or user_id is None:
        return None
    place = selectors.work_in(user_id=UUID(user_id), organization_id=UUID(chosen))
    if place and _is_of_this_password(request, place.user):
        # What Django would read again for `request.user`.
        vars(request)["_cached_user"] = place.user
        return place
    tenancy.untell()
    if request.user.is_authenticated and not place:
        # Their place ended while they were signed in. Another place stays open to them.
        del request.session[ORGANIZATION]
    return None


def _only_place(request: PassingRequest) -> str | None:
    if not request.user.is_authenticated:
        return None
    places = selectors.places_of(request.user.pk)
    if len(places) != 1:
        return None
    request.session[ORGANIZATION] = str(places[0].organization_id)
    return str(places[0].organization_id)


def _is_of_this_password(request: PassingRequest, user: User) -> bool:
    """A session that began before the password was changed is over, as Django has it."""
    kept = request.session.get(HASH_SESSION_KEY, "")
    return constant_time_compare(kept, user.get_session_auth_hash())


def staff(action: Action) -> Callable[[_View], _View]:
    """Make a view a staff page: signed in, in an organization, and allowed to do `action`.

    The view runs in a savepoint: what it wrote before it broke or refused is undone.
    """

    def wrap(view: _View) -> _View:
        @wraps(view)
        def wrapped(request: PassingRequest, *arguments: Any, **more: Any) -> HttpResponse:
            if request.actor is None:
                return _without_actor(request)
            check_access(request.actor, action)
            with transaction.atomic():
                return view(request, *arguments, **more)

        return _mark(wrapped, action=action)

    return wrap


def still_me(view: _View) -> _View:
    """Ask for the password or a factor once more before a POST that changes who can do what,
    unless that was done a short while ago. What was posted is kept and carried out afterwards.
    """
    return _mark(reauthentication_required(allow_get=True)(view), still_me=True)


def asks_who_it_is(request: PassingRequest, path: str) -> bool:
    """Whether a POST to `path` by this person would be asked that now."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return hasattr(view, "still_me") and is_reauthentication_required(request, app="")


def quiet(view: _View) -> _View:
    """Mark a view that a page calls by itself: it does not count as someone being there."""
    return _mark(view, quiet=True)


def signed_in(view: _View) -> _View:
    """Make a view a page for anyone who signed in, in an organization or not yet in one."""

    @wraps(view)
    def wrapped(request: PassingRequest, *arguments: Any, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _without_actor(request)
        return view(request, *arguments, **more)

    return _mark(wrapped, action=None)


def _mark(view: _View, **marks: object) -> _View:
    """Note on a view what the gate is to know of it."""
    vars(view).update(marks)
    return view


def _without_actor(request: PassingRequest) -> HttpResponse:
    if asks_for_data(request):
        return HttpResponse(status=401)
    if not request.user.is_authenticated:
        return HttpResponseRedirect(
            f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        )
    if selectors.places_of(request.user.pk):
        return redirect("staff:switch")
    logout(request)
    messages.info(request, "Your access here has ended. Ask an administrator if that is a mistake.")
    return redirect("account_login")


class StaffGate:
    """Comes after OrganizationMiddleware: signs out who is idle, asks for a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PassingRequest) -> HttpResponse:
        """Read the organization's rules, and keep the answer out of the browser's memory."""
        actor = request.actor
        if actor is None:
            answer = self.get_response(request)
            lost = answer.status_code == 405 and not asks_for_data(request)
            return not_that_way(request, answer.headers.get("Allow", "")) if lost else answer
        request.rules = selectors.rules_of(actor.organization_id)
        # Days and times are typed and said by the organization's clock.
        with timezone.override(request.rules.zone):
            return self._answer(request)

    def _answer(self, request: PassingRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.resolver_match is None and request.path.startswith("/staff"):
            shut = kept_shut(request, data=asks_for_data(request))
            answer = shut or error_pages.not_here(cast(StaffRequest, request))
        elif answer.status_code == 405 and not asks_for_data(request):
            allowed = answer.headers.get("Allow", "")
            answer = error_pages.not_that_way(cast(StaffRequest, request))
            answer.headers["Allow"] = allowed
        # Staff pages are never kept: the Back button after signing out must show nothing.
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def process_view(
        self, request: PassingRequest, view: _View, arguments: Any, more: Any
    ) -> HttpResponse | None:
        """Deny by default; sign out who is idle; keep shut what is in a client’s hands; ask for a
        second factor; note who is there.
        """
        is_staff_page = hasattr(view, "action")
        if request.path.startswith("/staff") and not is_staff_page:
            raise PermissionDenied
        actor = request.actor
        if actor is None:
            return None
        if seconds_left(request) <= 0:
            return _sign_out_idle(request, stop=is_staff_page)
        shut = kept_shut(request, data=asks_for_data(request))
        if shut is not None:
            return shut
        if getattr(view, "action", None) and _lacks_second_factor(request, actor):
            return redirect("mfa_index")
        if not hasattr(view, "quiet"):
            _touch(request)
        return None

    def process_exception(self, request: PassingRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal into a page that gives the reason, and write it into the trail."""
        actor = request.actor
        if actor is None:
            return None
        if isinstance(error, Refused):
            trail.record(
                by=actor,
                action="refused",
                subjects=getattr(error, "subjects", ()),
                detail={"page": _page_name(request), "code": error.code, "reason": sentence(error)},
            )
            return error_pages.refused(cast(StaffRequest, request), sentence(error))
        if isinstance(error, NotHere | Http404):
            return error_pages.not_here(cast(StaffRequest, request))
        return None


def seconds_left(request: PassingRequest) -> int:
    """Seconds until this session ends because nobody was there."""
    seen_at = request.session.get(SEEN_AT)
    allowed = request.rules.idle_minutes * 60
    return int(seen_at + allowed - time.time()) if seen_at else allowed


def _touch(request: PassingRequest) -> None:
    now = time.time()
    if now - request.session.get(SEEN_AT, 0) > TOUCH_SECONDS:
        request.session[SEEN_AT] = now


def _sign_out_idle(request: PassingRequest, *, stop: bool) -> HttpResponse | None:
    """Sign out; a staff page stops at the door, a page for everyone goes on without a name."""
    minutes = request.rules.idle_minutes
    request.actor = None
    logout(request)
    if not stop:
        return None
    if asks_for_data(request):
        return HttpResponse(status=401)
    messages.info(
        request, f"You were signed out because nobody used this page for {minutes} minutes."
    )
    return HttpResponseRedirect(
        f"{reverse('account_login')}?{urlencode({'next': _worth_returning_to(request)})}"
    )


def asks_for_data(request: PassingRequest) -> bool:
    """Whether a script asks, and not a person: it gets a 401 and no sign-in page."""
    return "application/json" in request.headers.get("Accept", "")


def _worth_returning_to(request: PassingRequest) -> str:
    return request.get_full_path() if request.method == "GET" else reverse("staff:today")


def _lacks_second_factor(request: PassingRequest, actor: Actor) -> bool:
    rules = request.rules
    return rules.asks_second_factor_of(actor.roles) and not is_mfa_enabled(request.user)


def _page_name(request: PassingRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
