"""Forms of the public side are taken from our own pages only, without a cookie.

A browser says on every form where it comes from (`Sec-Fetch-Site`, and `Origin` on older ones),
and no page of another site can make it lie. So the public side needs no token and no cookie for
that: the one cookie of the private check is set when a check starts, and is the only one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD")


def from_our_pages(view: View) -> View:
    """Refuse a form that another site's page sent; ask for no token."""
    from handrail.web.public.views import form_refused  # it draws with the frame of every page

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if request.method not in SAFE and not is_ours(request):
            return form_refused(request)
        return view(request, *args, **more)

    return csrf_exempt(wrapped)


def is_ours(request: HttpRequest) -> bool:
    """Whether a request comes from a page of this site, or from no page at all.

    Where a browser sends neither header, no other site is behind it: since 2020 all of them send
    `Origin` with a form that goes to another site.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
