"""A lesson a week by e-mail: ask for it, say yes by a link, stop by a link.

Opening a link changes nothing, because mail scanners open links too; pressing the button does.
Whoever asks is told the same about every address.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.lessons import services
from handrail.areas.lessons.selectors import is_subscribed
from handrail.areas.lessons.tokens import NoSuchToken, read_subscription_token
from handrail.core.access import NotHere
from handrail.core.errors import Invalid
from handrail.data.lessons import SLUGS
from handrail.foundation import clock
from handrail.web.kit.sentences import sentence
from handrail.web.public.frame import Frame, frame
from handrail.web.public.limits import allowed
from handrail.web.public.same_site import from_our_pages
from handrail.web.public.words import language, mark, say

MOST, HOUR = 12, 3600
"""How many addresses may be typed from one place in an hour."""
TOO_OFTEN = mark("That was a lot of tries from one place in a short time. Please wait an hour.")


@dataclass(frozen=True, slots=True)
class AskPage:
    """The form for an address: what was typed, what is wrong with it, or another problem."""

    frame: Frame
    typed: str
    wrong: str
    problem: str


@dataclass(frozen=True, slots=True)
class WeeklyPage:
    """What a link leads to: words, and the button that does it; without a button it is done."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    button: str = ""


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a lesson a week."""
    if request.method != "POST":
        return _form(request)
    if not allowed(request, "weekly", most=MOST, seconds=HOUR):
        return _form(request, problem=say(TOO_OFTEN), status=429)
    try:
        services.ask(email=request.POST.get("email", ""), language=language(), at=clock.now())
    except Invalid as wrong:
        return _form(request, wrong=sentence(wrong), status=400)
    return _said(
        request,
        say("Look into your mail"),
        say(
            "A letter is on its way. Its subject says nothing of this. Open its link within two "
            "days and press the button: only then the lessons come."
        ),
        say(
            "Nothing there in an hour? Look into the spam folder. An address that gets the "
            "lessons already gets no second letter."
        ),
    )


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever opened the link of the first letter; pressed, the first lesson is sent."""
    key = _key(token)
    if request.method == "POST":
        try:
            services.confirm(subscription_id=key, at=clock.now())
        except NotHere:
            return _gone(request)
        return _said(
            request,
            say("The first one is on its way"),
            say(
                "One comes each week, eight in all. Each has a link to stop. After the last one "
                "we delete your address."
            ),
        )
    if not is_subscribed(key):
        return _gone(request)
    return _said(
        request,
        say("Send a page a week to your address?"),
        say(
            "Press the button and the first one comes. Did somebody else type your address? Then "
            "close this page, and in two days it is deleted."
        ),
        button=say("Yes, send them"),
    )


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first; pressed, or sent by a mail program's own button, the address is deleted."""
    key = _key(token)
    if request.method == "POST":
        services.stop(subscription_id=key)
    if not is_subscribed(key):
        return _said(
            request,
            say("Your address is deleted"),
            say("No more pages come. You can ask again at any time."),
        )
    return _said(
        request,
        say("Stop the pages?"),
        say("Press the button: your address is deleted, and no more pages come."),
        button=say("Stop and delete my address"),
    )


@require_safe
def by_number(request: HttpRequest, number: int) -> HttpResponse:
    """The address that letters carry: it leads to a lesson and names nothing."""
    if not 1 <= number <= len(SLUGS):
        raise Http404(f"there is no lesson {number}")
    return redirect("public:lesson", slug=SLUGS[number - 1])


def _key(token: str) -> UUID:
    try:
        return read_subscription_token(token)
    except NoSuchToken as wrong:
        raise Http404("no such link") from wrong


def _form(
    request: HttpRequest, *, wrong: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    page = AskPage(
        frame=frame(say("A lesson a week"), here="public:lessons", indexed=False),
        typed=request.POST.get("email", ""),
        wrong=wrong,
        problem=problem,
    )
    return render(request, "public/lessons/ask.jinja", {"page": page}, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return _said(
        request,
        say("This link is not valid any more"),
        say("It works for two days, and until you stop. You can ask again at any time."),
        status=410,
    )


def _said(
    request: HttpRequest, heading: str, *words: str, button: str = "", status: int = 200
) -> HttpResponse:
    page = WeeklyPage(frame(heading, indexed=False), heading, words, button)
    return render(request, "public/lessons/weekly.jinja", {"page": page}, status=status)
