"""The private check, page by page: start, one question a screen, help at once, result, less.

Views parse, call one service and render. Addresses carry the number of a screen and nothing that
was answered; answers live in a sealed draft whose key is in the browser's cookie alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.checks import services as checks
from handrail.areas.checks.sealed_answers import Draft
from handrail.areas.checks.selectors import check_draft
from handrail.areas.screening.services import handed_checks
from handrail.core.check import (
    LATER,
    NONE,
    OPEN,
    AnswerError,
    Part,
    Progress,
    Question,
    Voice,
    choices_shown,
    next_question,
    previous_question,
    progress,
    take,
    way,
    words_chosen,
)
from handrail.core.check_progress import ToCome, to_come
from handrail.foundation.clock import now
from handrail.web.public.check_help import Help, help_needed, place
from handrail.web.public.check_less import Less, less_of, wishes
from handrail.web.public.check_result import Result, result_of
from handrail.web.public.check_words import left
from handrail.web.public.frame import LEAVE_TO, Frame, frame
from handrail.web.public.limits import allowed
from handrail.web.public.same_site import from_our_pages, is_ours
from handrail.web.public.words import mark, private_check, say

FIRST = 3
"""So many questions give a first answer."""

STARTS, HOUR = 60, 3600
"""How many checks one address may start in an hour: a clinic’s whole waiting room, and no flood."""

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
DraftView = Callable[Concatenate[HttpRequest, Draft, Rest], HttpResponse]


@dataclass(frozen=True, slots=True)
class StartPage:
    """Before the first question: what is asked, how long it takes, what happens to the answers."""

    frame: Frame
    voice: str
    parts: tuple[Part, ...]
    to_come: ToCome
    go_on: str


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose on a screen."""

    value: str
    words: str
    small: str
    quiet: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, and what was chosen before; `problem` says what is missing, or is empty."""

    frame: Frame
    slug: str
    several: bool
    ask: str
    hint: str
    options: tuple[Option, ...]
    progress: Progress
    to_come: ToCome
    part: Part
    back: str
    finished: bool
    so_far: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A question that was asked, the words chosen, and the screen where they can be changed."""

    ask: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """Every question asked, part by part, with what was chosen."""

    frame: Frame
    voice: str
    parts: tuple[tuple[str, tuple[Given, ...]], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An address of ours, and its words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What to do now. `answered`: it comes from a check, which can end here; `others` lead on."""

    frame: Frame
    helps: tuple[Help, ...]
    back: str
    back_words: str
    go_on: str = ""
    answered: bool = True
    others: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What fits, why, and what each other step would leave out."""

    frame: Frame
    result: Result


@dataclass(frozen=True, slots=True)
class LessPage:
    """What is given up by something less, or that it is reasonable."""

    frame: Frame
    less: Less
    problem: str = ""


@dataclass(frozen=True, slots=True)
class GonePage:
    """There are no answers: thrown away by the person, or past their two hours."""

    frame: Frame
    heading: str
    words: tuple[str, ...]


def with_draft(view: DraftView[Rest]) -> View[Rest]:
    """Hand the view its draft; without one, say what happened. Nothing of it is ever cached."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        token = request.COOKIES.get(settings.CHECK_COOKIE, "")
        draft = check_draft(token=token, at=now()) if token else None
        if draft is None:
            return _gone(request)
        try:
            return view(request, draft, *args, **kwargs)
        except checks.DraftGone:
            return _gone(request)

    return never_cache(from_our_pages(wrapped))


# ---- start and end ---------------------------------------------------------------------------


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, voice: str) -> HttpResponse:
    """Say what the check is; on POST begin it, and set the only cookie it needs."""
    if request.method == "POST":
        if not allowed(request, "check", most=STARTS, seconds=HOUR):
            return _too_many(request)
        _throw_away(request)
        token = checks.start_check(voice=Voice(voice), at=now())
        answer = HttpResponseRedirect(reverse("public:check_question", args=[1]))
        answer.set_cookie(
            settings.CHECK_COOKIE,
            token,
            httponly=True,
            samesite="Lax",
            secure=not settings.PLAIN_HTTP,
            path="/",  # the check goes on at /check/ and at /es/check/
        )
        return answer
    token = request.COOKIES.get(settings.CHECK_COOKIE, "")
    draft = check_draft(token=token, at=now()) if token else None
    title = say("A check for me") if voice == "me" else say("A check for someone I care about")
    page = StartPage(
        frame=frame(title, say("Private. Three questions, then what is certain today.")),
        voice=voice,
        parts=private_check().parts,
        to_come=to_come(private_check(), {}),
        go_on=_address(draft.answers, "") if draft else "",
    )
    return render(request, "public/check_start.jinja", {"page": page})


@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """The check without a door chosen: back to where both doors are."""
    return redirect("public:home")


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once, where no script runs: throw the answers away and go to the weather.

    A link, so that the address of this page is not what a form leaves behind. Another site's page
    that points here throws nothing away.
    """
    answer = HttpResponseRedirect(LEAVE_TO)
    answer.headers["Clear-Site-Data"] = '"cache"'
    if is_ours(request):
        _throw_away(request)
        answer.delete_cookie(settings.CHECK_COOKIE, samesite="Lax")
    return answer


@never_cache
@from_our_pages
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the answers away at once, and the cookie with them."""
    _throw_away(request)
    answer = redirect("public:check_thrown_away")
    answer.delete_cookie(settings.CHECK_COOKIE, samesite="Lax")
    return answer


@never_cache
@require_safe
def thrown_away(request: HttpRequest) -> HttpResponse:
    """Say that the answers are gone."""
    page = GonePage(
        frame=check_frame(say("Your answers are gone")),
        heading=say("Your answers are gone"),
        words=(
            say("We deleted them. Nobody can bring them back, and neither can we."),
            say(
                "Your browser’s history may still show that you were on this site. It holds no "
                "answers. You can clear it in the browser’s settings."
            ),
        ),
    )
    return render(request, "public/check_gone.jinja", {"page": page})


def _gone(request: HttpRequest) -> HttpResponse:
    page = GonePage(
        frame=check_frame(say("There are no answers here")),
        heading=say("There are no answers here"),
        words=(
            say(
                "Answers are kept for two hours after the last one, and then deleted. "
                "They also go when the browser is closed or when you throw them away."
            ),
            say(
                "If you just chose an answer, it could not be kept. We are sorry. "
                "A new check begins with three questions."
            ),
        ),
    )
    return render(request, "public/check_gone.jinja", {"page": page}, status=410)


def _too_many(request: HttpRequest) -> HttpResponse:
    page = GonePage(
        frame=check_frame(say("Please wait a little")),
        heading=say("Please wait a little"),
        words=(
            say("Many checks were started from here in a short time. Please try again in an hour."),
            say("If it cannot wait, call 911. For thoughts of suicide, call or text 988."),
        ),
    )
    return render(request, "public/check_gone.jinja", {"page": page}, status=429)


def _throw_away(request: HttpRequest) -> None:
    token = request.COOKIES.get(settings.CHECK_COOKIE, "")
    if token:
        checks.discard_check(token=token)
        handed_checks.take_back_check(token=token)


# ---- one question ----------------------------------------------------------------------------


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    """Show a question, or take its answer and go to the next page."""
    if request.method == "POST":
        return _take_answer(request, draft, number)
    path = way(private_check(), draft.answers)
    if not 1 <= number <= len(path):
        return redirect(_address(draft.answers, ""))
    asked = path[number - 1]
    if draft.slip and draft.slip[0] == asked.slug:
        _change(request, lambda found: replace(found, slip=()))  # it is said once
        page = _question_page(asked, draft, draft.slip[2:], problem=draft.slip[1])
    else:
        page = _question_page(asked, draft, draft.answers.get(asked.slug, ()))
    return render(request, "public/check_question.jinja", {"page": page})


def _change(request: HttpRequest, change: Callable[[Draft], Draft]) -> Draft:
    token = request.COOKIES[settings.CHECK_COOKIE]
    return checks.change_check(token=token, change=change, at=now())


def _take_answer(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    path = way(private_check(), draft.answers)
    slug = request.POST.get("question", "")
    asked = next((one for one in path if one.slug == slug), None)
    if asked is None:  # the way has changed in another tab
        return redirect(_address(draft.answers, ""))
    if "later" in request.POST:
        keys: tuple[str, ...] = (LATER,)
    else:
        chosen = request.POST.getlist("answer")
        try:
            keys = take(asked, chosen, draft.answers)
        except AnswerError as problem:
            # A redirect, so that going back never asks whether to send a form again.
            known = [one for one in (*_keys(asked), NONE, *OPEN) if one in chosen]
            slip = (asked.slug, say(problem.text, **problem.parts), *known)
            _change(request, lambda found: replace(found, slip=slip))
            return redirect(_number_address(draft.answers, asked))
    before = draft.shown

    def answered(found: Draft) -> Draft:
        changed = replace(found, answers={**found.answers, asked.slug: keys}, slip=())
        return replace(changed, shown=tuple(one.key for one in help_needed(changed)))

    kept = _change(request, answered)
    if set(kept.shown) - set(before):
        return redirect("public:check_help")
    return redirect(onward(kept.answers, asked.slug))


def _keys(asked: Question) -> tuple[str, ...]:
    return tuple(choice.key for choice in asked.choices)


def _question_page(
    asked: Question, draft: Draft, chosen: tuple[str, ...], *, problem: str = ""
) -> QuestionPage:
    check, voice = private_check(), draft.voice
    back = previous_question(check, draft.answers, asked.slug)
    here = progress(check, draft.answers, asked.slug)
    part = check.part(asked.part)
    title = mark("{part}, part {number} of {all}")
    if problem:
        title = mark("Please choose: {part}, part {number} of {all}")
    title = say(title, part=part.title, number=here.part_number, all=len(check.parts))
    return QuestionPage(
        frame=check_frame(title),
        slug=asked.slug,
        several=asked.several,
        ask=asked.ask.to(voice),
        hint=asked.hint.to(voice),
        options=_options(asked, draft, chosen),
        progress=here,
        to_come=to_come(check, draft.answers),
        part=part,
        back=_number_address(draft.answers, back) if back else _start_address(voice),
        finished=not left(draft, ""),
        so_far=all(one.slug in draft.answers for one in check.questions[:FIRST]),
        problem=problem,
    )


def _options(asked: Question, draft: Draft, chosen: tuple[str, ...]) -> tuple[Option, ...]:
    options = [
        Option(one.key, one.words.to(draft.voice), one.small, False, one.key in chosen)
        for one in choices_shown(asked, draft.answers)
    ]
    if asked.several:
        options.append(Option(NONE, asked.none_says, "", False, NONE in chosen))
    options += [
        Option(key, said, "", True, key in chosen) for key, said in asked.open_words.items()
    ]
    return tuple(options)


# ---- help, result, less ----------------------------------------------------------------------


@with_draft
@require_safe
def help_now(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Something cannot wait: what to do now. The questions can end here, and need not go on."""
    helps = help_needed(draft)
    go_on = onward(draft.answers, "")
    if not helps:
        return redirect(go_on)
    last = [one for one in way(private_check(), draft.answers) if one.slug in draft.answers][-1]
    page = HelpPage(
        frame=check_frame(say("What to do now")),
        helps=helps,
        go_on=go_on,
        back=_number_address(draft.answers, last),
        back_words=say("Change my answer"),
    )
    return render(request, "public/check_help.jinja", {"page": page})


@with_draft
@require_safe
def answers(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Look through the answers, and change one."""
    check = private_check()
    seen = [one for one in way(check, draft.answers) if one.slug in draft.answers]
    parts = tuple(
        (part.title, tuple(_given(one, draft) for one in seen if one.part == part.key))
        for part in check.parts
    )
    page = AnswersPage(
        frame=check_frame(say("The answers")),
        voice=draft.voice.value,
        parts=tuple((title, given) for title, given in parts if given),
    )
    return render(request, "public/check_answers.jinja", {"page": page})


def _given(asked: Question, draft: Draft) -> Given:
    chosen = words_chosen(asked, draft.answers, draft.voice) or say("Left for later")
    return Given(asked.ask.to(draft.voice), chosen, _number_address(draft.answers, asked))


@with_draft
@require_safe
def result(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What fits, and why."""
    found = result_of(draft, place(draft), at=now())
    title = say("Your result") if draft.voice is Voice.ME else say("The result")
    template = "public/check_outside.jinja" if found.outside else "public/check_result.jinja"
    return render(request, template, {"page": ResultPage(frame=check_frame(title), result=found)})


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def want_less(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Hold something less against what is needed."""
    recommendation = place(draft)
    if recommendation.outside:
        return redirect("public:check_result")
    wish = request.POST.get("less", "")
    if wish in wishes():
        _change(request, lambda found: replace(found, less=wish))
        return redirect("public:check_want_less")
    problem = say("Please choose one of these.") if request.method == "POST" else ""
    title = say("Wanting less") if draft.voice is Voice.ME else say("They want less")
    page = LessPage(
        frame=check_frame(say("Please choose: {title}", title=title) if problem else title),
        less=less_of(draft, recommendation),
        problem=problem,
    )
    return render(
        request, "public/check_less.jinja", {"page": page}, status=422 if problem else 200
    )


# ---- addresses -------------------------------------------------------------------------------


def check_frame(title: str) -> Frame:
    return frame(title, indexed=False)


def _address(answers: dict[str, tuple[str, ...]], after: str) -> str:
    """Where to go after a question: the next one, or the result."""
    following = next_question(private_check(), answers, after)
    if following is None or (not after and answers.get(following.slug) == (LATER,)):
        return reverse("public:check_result")
    return _number_address(answers, following)


def onward(answers: dict[str, tuple[str, ...]], after: str) -> str:
    """Where to go after a question: after the first three, to what is certain so far."""
    return reverse("public:check_first") if _first_is_all(answers) else _address(answers, after)


def _first_is_all(answers: dict[str, tuple[str, ...]]) -> bool:
    """Whether the first three are answered, and nothing else is, and more is to come."""
    check = private_check()
    path = {one.slug: one.part == check.parts[0].key for one in way(check, answers)}
    answered = {slug for slug in path if slug in answers}
    return answered == {slug for slug, first in path.items() if first} != set(path)


def _number_address(answers: dict[str, tuple[str, ...]], asked: Question) -> str:
    slugs = [one.slug for one in way(private_check(), answers)]
    return reverse("public:check_question", args=[slugs.index(asked.slug) + 1])


def _start_address(voice: Voice) -> str:
    return reverse(f"public:check_start_{voice.value}")
