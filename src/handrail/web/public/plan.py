"""A safety plan taken to the person's own phone: a page to press one button on, once."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from handrail.areas.safety.services import handover
from handrail.foundation import clock
from handrail.web.public.frame import Frame, frame
from handrail.web.public.same_site import from_our_pages
from handrail.web.public.words import say


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """Whether something waits under the token of this address."""

    frame: Frame
    token: str
    waits: bool


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first: what only looks at an address must not use it up. Pressed, hand the file over."""
    at = clock.real_now()
    if request.method == "POST":
        taken = handover.take(token=token, at=at)
        if taken is not None:
            return _file(taken)
    waits = handover.is_offered(token=token, at=at)
    shown = HandoverPage(frame(say("Your plan"), indexed=False), token if waits else "", waits)
    answer = render(request, "public/plan.jinja", {"page": shown}, status=200 if waits else 404)
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _file(page: str) -> HttpResponse:
    answer = HttpResponse(page, content_type="text/html; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="my-plan.html"'
    return answer
