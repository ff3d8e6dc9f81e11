"""The addresses of a screening call. Without a script each answers with the page or leads back to
it; its script gets JSON.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.inquiries.selectors import inquiries
from handrail.areas.screening.errors import HoldsNoCalls
from handrail.areas.screening.models import Outcome
from handrail.areas.screening.selectors import screening as selectors
from handrail.areas.screening.services import handed_checks, screening_end
from handrail.areas.screening.services import screening as services
from handrail.areas.screening.services.screening import Kept, NotTaken
from handrail.core.access import Action
from handrail.core.drafts import Conflict, put_together
from handrail.core.errors import Invalid
from handrail.core.text import whole_number
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import asks_for_data, quiet, staff
from handrail.web.kit.drafts import outcome_answer
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentences
from handrail.web.staff.clients.forms import Filled, filled, problems_of, some_day, with_problems
from handrail.web.staff.screening.page import call_page, wrong_still

_View = Callable[..., HttpResponse]
LONGEST_AGO = 6 * 60 * 60
"""So long ago, in seconds, something may have been done that arrives only now."""


def _posted(view: _View) -> _View:
    """An address that only changes something; opened by itself it leads to the call."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @staff(Action.SCREEN)
    @wraps(view)
    def wrapped(request: StaffRequest, screening_id: UUID) -> HttpResponse:
        selectors.call_version(screening_id, by=request.actor)  # NotHere comes before all else
        if request.method == "POST":
            try:
                return view(request, screening_id)
            except Invalid as problem:
                return _not_done(request, screening_id, problem)
        return redirect("staff:screening", screening_id=screening_id)

    return wrapped


def _not_done(request: StaffRequest, screening_id: UUID, problem: Invalid) -> HttpResponse:
    if asks_for_data(request):
        return JsonResponse({"refused": sentences(problem)}, status=409)
    messages.warning(request, sentences(problem))
    return redirect("staff:screening", screening_id=screening_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.SCREEN)
def start(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Start a call about an inquiry, or go on with the one that is open."""
    if request.method != "POST":
        inquiries.inquiry(inquiry_id, by=request.actor)
        found = selectors.screenings_of(inquiry_id, by=request.actor)
        running = next((one for one in found if one.ended_at is None), None)
        if running:
            return redirect("staff:screening", screening_id=running.pk)
        return redirect("staff:inquiry", inquiry_id=inquiry_id)
    try:
        made = services.start_screening(inquiry_id=inquiry_id, by=request.actor, at=clock.now())
    except Invalid as problem:
        messages.warning(request, sentences(problem))
        return redirect("staff:inquiry", inquiry_id=inquiry_id)
    return redirect("staff:screening", screening_id=made.pk)


@require_safe
@staff(Action.SCREEN)
def call(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Show the call."""
    found = selectors.call(screening_id, by=request.actor)
    trail.record_read(
        by=request.actor,
        action="screening.read",
        subjects=[
            trail.subject("screening", screening_id),
            trail.subject("inquiry", found.inquiry.pk),
        ],
    )
    page = call_page(request, found, wrong=request.GET.get("wrong", ""))
    return render(request, "staff/screening/call.jinja", {"page": page})


@require_safe
@quiet
@staff(Action.SCREEN)
def changes(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """The call anew, when something was saved since; an open page asks by itself."""
    since = request.GET.get("since", "")
    if since == str(selectors.call_version(screening_id, by=request.actor)):
        return HttpResponse(status=204)
    return _live(request, screening_id)


def _live(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    page = call_page(request, selectors.call(screening_id, by=request.actor))
    html = render_to_string("staff/screening/pieces.jinja", {"page": page}, request)
    return JsonResponse({"version": page.version, "ended": bool(page.ended), "html": html})


# ---- answers -----------------------------------------------------------------------------------


@_posted
def save(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Keep one field (the script asks so), or every changed field of the part that was posted."""
    posted = request.POST
    if "key" in posted:
        return _save_one(request, screening_id, posted)
    before = wrong_still(selectors.call(screening_id, by=request.actor))
    problems = _save_all(request, screening_id, posted)
    if problems:
        return _page(request, screening_id, problems=problems)
    wrong = wrong_still(selectors.call(screening_id, by=request.actor))
    if wrong and wrong != before:
        return redirect(_at(screening_id, "wrong"))
    part = posted.get("part", "")
    if posted.get("do") == "confirm":
        services.confirm_part(
            screening_id=screening_id,
            part=part,
            who=posted.get("who", "person"),
            by=request.actor,
            at=clock.now(),
        )
    return redirect(_at(screening_id, f"part-{part}" if part else "main"))


def _save_one(request: StaffRequest, screening_id: UUID, posted: QueryDict) -> HttpResponse:
    one = posted.dict()
    name = str(one["key"])
    try:
        outcome = _keep(request, screening_id, name, str(one.get("text", "")), one)
    except Invalid as problem:
        return JsonResponse({"key": name, "refused": sentences(problem)}, status=409)
    if isinstance(outcome, NotTaken):
        return JsonResponse({"key": name, "refused": outcome.words, "kept": True}, status=409)
    return outcome_answer(request, name, outcome)


def _save_all(request: StaffRequest, screening_id: UUID, posted: QueryDict) -> dict[str, str]:
    """Keep what differs from what the page showed; what cannot be taken, by field, in words."""
    problems: dict[str, str] = {}
    torn = False
    for name in posted.getlist("field"):
        text = " ".join(posted.getlist(name)).strip()
        was = posted.get(f"was:{name}", "").replace("\r\n", "\n").strip()
        if text.replace("\r\n", "\n") == was:
            continue
        one = {"base": posted.get(f"base:{name}", "0"), "who": posted.get("who", "person")}
        try:
            outcome = _keep(request, screening_id, name, text, one)
        except Invalid as problem:
            problems[name] = sentences(problem)
            continue
        torn = torn or isinstance(outcome, Conflict | NotTaken)
    if torn:
        messages.warning(
            request,
            "Somebody else answered the same question at the same time, or the call has ended. "
            "Both texts are kept: look for “Two answers” and choose.",
        )
    return problems


def _keep(
    request: StaffRequest, screening_id: UUID, name: str, text: str, posted: Mapping[str, Any]
) -> Kept:
    base = str(posted.get("base", "0"))
    return services.save_answer(
        screening_id=screening_id,
        field=name,
        text=text,
        who=str(posted.get("who", "person")),
        base_version=whole_number(base) or 0,
        by=request.actor,
        at=clock.now(),
    )


@_posted
def settle(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """End two answers at once: keep mine, the other, or (of words) both."""
    do, _, rest = request.POST.get("do", "").partition("|")
    name, _, key = rest.rpartition("|")
    found = selectors.call(screening_id, by=request.actor)
    row = found.fields.get(name)
    others = row.read().others if row else ()
    other = next((one for one in others if one.key == key), None)
    if row is None or other is None:
        return _done(request, screening_id, "main")
    both = put_together(row.text, other.text)
    texts = {"stays": row.text, "other": other.text, "both": both}
    services.settle_answer(
        screening_id=screening_id,
        field=name,
        text=texts.get(do, row.text),
        who=row.who,
        base_version=row.version,
        seen=[key],
        by=request.actor,
        at=clock.now(),
    )
    return _done(request, screening_id, "main")


# ---- the call as a whole -----------------------------------------------------------------------


@_posted
def voice(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Say who is on the line."""
    services.change_voice(
        screening_id=screening_id,
        voice=request.POST.get("voice", ""),
        by=request.actor,
        at=clock.now(),
    )
    return redirect("staff:screening", screening_id=screening_id)


@_posted
def hand_over(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Give the call to a colleague."""
    form = filled(request.POST, ("to",), key="hand")
    try:
        made = services.hand_over(
            screening_id=screening_id,
            to_id=_colleague(form.value("to")),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _page(request, screening_id, forms={"hand": _wrong(form, problem)})
    messages.success(request, f"Handed to {made.holder.user.name}: it stands on their Today.")
    return redirect("staff:screening", screening_id=screening_id)


@_posted
def take_check(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Take over the answers that someone gave in the private check, by their code."""
    form = filled(request.POST, ("code",), key="code")
    taken = handed_checks.take_over_check(
        screening_id=screening_id, code=form.value("code"), by=request.actor, at=clock.now()
    )
    if taken.problem:
        shown = with_problems(form, {"code": taken.problem})
        return _page(request, screening_id, forms={"code": shown})
    counted = filters.counted(taken.filled, "answer")
    messages.success(request, f"{counted} filled in from the self-check. Confirm them as you go.")
    return redirect("staff:screening", screening_id=screening_id)


@_posted
def emergency(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Write down one thing that was done while something was wrong; then the call goes on."""
    form = filled(request.POST, ("kind", "step", "words", "id", "ago"), key="step")
    try:
        services.record_step(
            screening_id=screening_id,
            kind=form.value("kind"),
            step=form.value("step"),
            words=form.value("words"),
            step_id=_some_id(form.value("id")),
            by=request.actor,
            at=_earlier(form.value("ago")),
        )
    except Invalid as problem:
        if asks_for_data(request):
            return JsonResponse({"refused": sentences(problem)}, status=409)
        kind = form.value("kind")
        return _page(request, screening_id, wrong=kind, forms={"step": _wrong(form, problem)})
    if asks_for_data(request):
        return JsonResponse({"at": filters.clock_time(clock.now(), request.rules.zone)})
    if form.value("step") == "over":
        return redirect("staff:screening", screening_id=screening_id)
    address = reverse("staff:screening", kwargs={"screening_id": screening_id})
    return redirect(f"{address}?wrong={form.value('kind')}#wrong")


def _earlier(ago: str) -> datetime:
    seconds = min(whole_number(ago) or 0, LONGEST_AGO)
    return clock.now() - timedelta(seconds=seconds)


@_posted
def finish(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """End the call: with a recommendation, a day to call again, or sent elsewhere."""
    form = filled(
        request.POST, ("outcome", "words", "follow_up_date", "client", "alike"), key="finish"
    )
    try:
        done = screening_end.finish_screening(
            screening_id=screening_id,
            outcome=form.value("outcome"),
            words=form.value("words"),
            follow_up_date=some_day(form, "follow_up_date"),
            client_id=_some_id(form.value("client")),
            nobody_alike=form.value("client") == "none",
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _page(request, screening_id, forms={"finish": _wrong(form, problem)})
    if done.outcome == Outcome.RECOMMENDED:
        messages.success(request, "The recommendation is kept with what it rests on.")
        return redirect("staff:chart_level", client_id=done.client_id)
    messages.success(request, "The call has ended; the next step is set.")
    return redirect("staff:screening", screening_id=screening_id)


# ---- shared ------------------------------------------------------------------------------------


def _page(request: StaffRequest, screening_id: UUID, **more: Any) -> HttpResponse:
    page = call_page(request, selectors.call(screening_id, by=request.actor), **more)
    return render(request, "staff/screening/call.jinja", {"page": page}, status=400)


def _done(request: StaffRequest, screening_id: UUID, part: str) -> HttpResponse:
    if asks_for_data(request):
        return _live(request, screening_id)
    return redirect(_at(screening_id, part))


def _at(screening_id: UUID, part: str) -> str:
    return f"{reverse('staff:screening', kwargs={'screening_id': screening_id})}#{part}"


def _wrong(form: Filled, problem: Invalid) -> Filled:
    return with_problems(form, problems_of(problem))


def _some_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _colleague(text: str) -> UUID:
    found = _some_id(text)
    if found is None:
        raise HoldsNoCalls
    return found
