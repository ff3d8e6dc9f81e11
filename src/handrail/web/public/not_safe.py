"""What to do in danger, for whoever comes without a check: pages to read, one for each kind."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from handrail.core.check import Voice
from handrail.web.public.check import HelpPage, Link
from handrail.web.public.check_help import Call, call, help_for
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading
from handrail.web.public.words import dangers, say


@dataclass(frozen=True, slots=True)
class NotSafePage:
    """Every kind of danger, about someone and about oneself."""

    frame: Frame
    calls: tuple[Call, ...]
    someone: tuple[Link, ...]
    me: tuple[Link, ...]


@reading()
def not_safe(request: HttpRequest) -> HttpResponse:
    """Not safe right now: choose what comes closest."""
    page = NotSafePage(
        frame=frame(
            say("Not safe right now?"),
            say("Overdose, suicide, violence, withdrawal: whom to call, what to say, what to do."),
        ),
        calls=tuple(call(one) for one in ("911", "988", "text988")),
        someone=_links(Voice.SOMEONE),
        me=_links(Voice.ME),
    )
    return render(request, "public/not_safe.jinja", {"page": page})


@reading()
def one_danger(request: HttpRequest, kind: str, voice: str) -> HttpResponse:
    """What to do in one kind of danger."""
    if kind not in {way.kind for way in dangers().ways}:
        raise Http404(f"no danger is called {kind}")
    who = Voice(voice)
    page = HelpPage(
        frame=frame(
            dangers().way(kind).says("name", who),
            say("Whom to call, what to say, and what to do until help is there."),
        ),
        helps=(help_for(kind, who),),
        back=reverse("public:not_safe"),
        back_words=say("Not safe right now?"),
        answered=False,
        others=_links(Voice.ME if who is Voice.SOMEONE else Voice.SOMEONE, kind),
    )
    return render(request, "public/check_help.jinja", {"page": page})


def _links(voice: Voice, kind: str = "") -> tuple[Link, ...]:
    name = "public:danger_me" if voice is Voice.ME else "public:danger"
    return tuple(
        Link(reverse(name, args=[way.kind]), way.says("name", voice))
        for way in dangers().ways
        if kind in ("", way.kind)
    )
