"""The page of the waiting list, and what is done on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.clients.services.entering import Mistaken
from handrail.areas.waitlist import selectors, services
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.staff.clients.forms import NOTHING, Filled, filled, some_day, with_problems
from handrail.web.staff.gate import staff
from handrail.web.staff.request import StaffRequest
from handrail.web.staff.waitlist.page import put_on_page, waiting_page

_PUT_ON = ("program", "track", "since", "priority", "source")


@require_safe
@staff(Action.KEEP_WAITING_LIST)
def waiting(request: StaffRequest) -> HttpResponse:
    """Who waits for which program, in which order and why."""
    return _show(request)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.KEEP_WAITING_LIST)
def put_on(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Put someone on the list of a program."""
    today = clock.today(request.rules.zone)
    found = selectors.to_wait_for(client_id, by=request.actor)
    if request.method != "POST":
        asked = Filled("put-on", {name: request.GET.get(name, "")[:200] for name in _PUT_ON})
        page = put_on_page(request, found, today, asked)
        return render(request, "staff/waitlist/put_on.jinja", {"page": page})
    form = filled(request.POST, _PUT_ON, key="put-on")
    try:
        made = services.put_on(
            client_id=client_id,
            program_id=_key(form.value("program"), "program", "Choose a program."),
            track_id=_some_key(form.value("track")),
            since=some_day(form, "since"),
            priority=form.value("priority"),
            source=form.value("source"),
            by=request.actor,
            at=clock.now(),
        )
    except Mistaken as wrong:
        page = put_on_page(request, found, today, with_problems(form, wrong.problems))
        return render(request, "staff/waitlist/put_on.jinja", {"page": page}, status=400)
    messages.success(request, f"{found.client.name} is on the list of {made.program.name}.")
    return _back(made.pk)


@require_POST
@staff(Action.KEEP_WAITING_LIST)
def attempt(request: StaffRequest, waiting_id: UUID) -> HttpResponse:
    """Write down one attempt. The same form sent twice is written once."""
    form = filled(request.POST, ("way", "words", "outcome"), key="attempt")
    try:
        made = services.attempt(
            waiting_id=waiting_id,
            way=form.value("way"),
            outcome=form.value("outcome"),
            words=form.value("words"),
            attempt_id=_some_key(request.POST.get("attempt", "")),
            by=request.actor,
            at=clock.now(),
        )
    except Mistaken as wrong:
        return _show(request, waiting_id, with_problems(form, wrong.problems))
    came = f"{made.get_way_display()}. {made.get_outcome_display()}."
    messages.success(request, f"{came} It is written down.")
    return _back(waiting_id)


@require_POST
@staff(Action.KEEP_WAITING_LIST)
def offer(request: StaffRequest, waiting_id: UUID) -> HttpResponse:
    """Write down what was offered until there is a seat."""
    form = filled(request.POST, ("instead",), several=("interim",), key="offer")
    try:
        services.offer_meanwhile(
            waiting_id=waiting_id,
            services=form.chosen["interim"],
            instead=form.value("instead"),
            by=request.actor,
            at=clock.now(),
        )
    except Mistaken as wrong:
        return _show(request, waiting_id, with_problems(form, wrong.problems))
    messages.success(request, "What was offered is written down.")
    return _back(waiting_id)


@require_POST
@staff(Action.KEEP_WAITING_LIST)
def end(request: StaffRequest, waiting_id: UUID) -> HttpResponse:
    """Take someone off the list, with how it ended."""
    form = filled(request.POST, ("how", "ended_words"), key="end")
    try:
        done = services.end(
            waiting_id=waiting_id,
            how=form.value("how"),
            words=form.value("ended_words"),
            by=request.actor,
            at=clock.now(),
        )
    except Mistaken as wrong:
        return _show(request, waiting_id, with_problems(form, wrong.problems))
    messages.success(request, f"Off the list: {done.get_ended_how_display().lower()}.")
    return _back(None)


def _show(request: StaffRequest, about: UUID | None = None, form: Filled = NOTHING) -> HttpResponse:
    page = waiting_page(request, clock.today(request.rules.zone), about, form)
    status = 400 if form.problems else 200
    return render(request, "staff/waitlist/list.jinja", {"page": page}, status=status)


def _back(waiting_id: UUID | None) -> HttpResponseRedirect:
    place = f"#w-{waiting_id}" if waiting_id else ""
    return redirect(f"{reverse('staff:waiting')}{place}")


def _some_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _key(text: str, name: str, words: str) -> UUID:
    found = _some_key(text)
    if found is None:
        raise Mistaken({name: words})
    return found
