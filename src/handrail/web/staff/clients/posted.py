"""Addresses that only change something, and where one comes to who opens them without a form."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from handrail.areas.charts import selectors
from handrail.core.access import Action
from handrail.web.kit.access import staff
from handrail.web.kit.request import StaffRequest

_View = Callable[..., HttpResponse]


def posted(action: Action, *, part: str, of: str = "") -> Callable[[_View], _View]:
    """Make a view one that changes something on a chart's About tab, for who may do `action`.

    After a refused form the browser stands at this address: loaded again, it leads to that part of
    the tab. `of` is what the address names (flag, contact, listed, episode), or the client.
    """

    def wrap(view: _View) -> _View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @staff(action)
        @wraps(view)
        def wrapped(request: StaffRequest, **keys: UUID) -> HttpResponse:
            if request.method == "POST":
                return view(request, **keys)
            if of:
                client_id = selectors.whose(of, keys[f"{of}_id"], by=request.actor)
            else:
                client_id = selectors.client(keys["client_id"], by=request.actor).pk
            return redirect(f"{reverse('staff:chart_about', args=[client_id])}#{part}")

        return wrapped

    return wrap
