"""Giving the answers of a private check to a program: a code to read out, only when asked for."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from handrail.areas.checks.services import DraftGone
from handrail.areas.screening.services import handed_checks
from handrail.foundation.clock import now
from handrail.web.public.frame import Frame, frame
from handrail.web.public.same_site import from_our_pages
from handrail.web.public.words import say


@dataclass(frozen=True, slots=True)
class GivePage:
    """What giving means, and the code once there is one. `given`: one was made before."""

    frame: Frame
    code: str
    given: bool
    days: int


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Say what giving the answers to a program means; make the code when it is asked for."""
    token = request.COOKIES.get(settings.CHECK_COOKIE, "")
    code = ""
    if request.method == "POST":
        try:
            code = handed_checks.give_check(token=token, at=now())
        except DraftGone:
            return redirect("public:check_result")  # it says that the answers are gone
    page = GivePage(
        frame=frame(
            say("Give this to a program"),
            say("A code that lets a program see your answers, once."),
            indexed=False,
        ),
        code=code,
        given=bool(token) and handed_checks.is_given(token=token, at=now()),
        days=handed_checks.KEPT_FOR.days,
    )
    return render(request, "public/check_give.jinja", {"page": page})


@never_cache
@from_our_pages
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Delete what waits under the code, at once."""
    handed_checks.take_back_check(token=request.COOKIES.get(settings.CHECK_COOKIE, ""))
    return redirect("public:check_give")
