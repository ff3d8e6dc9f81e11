"""The page of the waiting list, and what is done on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.waitlist import selectors, services
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.waitlist.forms import (
    AttemptForm,
    EndForm,
    OfferForm,
    form_key,
    put_on_form,
)
from handrail.web.staff.waitlist.page import put_on_page, waiting_page


@require_safe
@staff(Action.KEEP_WAITING_LIST)
def waiting(request: StaffRequest) -> HttpResponse:
    """Who waits for which program, in which order and why."""
    return _show(request)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.KEEP_WAITING_LIST)
def put_on(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Put someone on the list of a program. A link may have filled in part of the form."""
    by, today = request.actor, clock.today(request.rules.zone)
    found = selectors.to_wait_for(client_id, by=by)
    posted = request.POST if request.method == "POST" else None
    form = put_on_form(found, today, posted, request.GET)
    if form.submit(services.put_on, client_id=client_id, by=by, at=clock.now()):
        program = form.result.program.name
        messages.success(request, f"{found.client.name} is on the list of {program}.")
        return _back(form.result.pk)
    page = put_on_page(request, found, form)
    return render(request, "staff/waitlist/put_on.jinja", {"page": page}, status=form.status)


@require_POST
@staff(Action.KEEP_WAITING_LIST)
def attempt(request: StaffRequest, waiting_id: UUID) -> HttpResponse:
    """Write down one attempt. The same form sent twice is written once."""
    form = AttemptForm(request.POST, key=form_key(waiting_id, "attempt"))
    if not form.submit(services.attempt, waiting_id=waiting_id, by=request.actor, at=clock.now()):
        return _again(request, waiting_id, form)
    made = form.result
    came = f"{made.get_way_display()}. {made.get_outcome_display()}."
    messages.success(request, f"{came} It is written down.")
    return _back(waiting_id)


@require_POST
@staff(Action.KEEP_WAITING_LIST)
def offer(request: StaffRequest, waiting_id: UUID) -> HttpResponse:
    """Write down what was offered until there is a seat."""
    form = OfferForm(request.POST, key=form_key(waiting_id, "offer"))
    if not form.submit(
        services.offer_meanwhile, waiting_id=waiting_id, by=request.actor, at=clock.now()
    ):
        return _again(request, waiting_id, form)
    messages.success(request, "What was offered is written down.")
    return _back(waiting_id)


@require_POST
@staff(Action.KEEP_WAITING_LIST)
def end(request: StaffRequest, waiting_id: UUID) -> HttpResponse:
    """Take someone off the list, with how it ended."""
    form = EndForm(request.POST, key=form_key(waiting_id, "end"))
    if not form.submit(services.end, waiting_id=waiting_id, by=request.actor, at=clock.now()):
        return _again(request, waiting_id, form)
    messages.success(request, f"Off the list: {form.result.get_ended_how_display().lower()}.")
    return _back(None)


def _show(request: StaffRequest, posted: Form | None = None) -> HttpResponse:
    page = waiting_page(request, clock.today(request.rules.zone), posted)
    status = posted.status if posted else 200
    return render(request, "staff/waitlist/list.jinja", {"page": page}, status=status)


def _again(request: StaffRequest, waiting_id: UUID, form: Form) -> HttpResponse:
    """The page with what was wrong at its fields; 404 for a place of nobody here."""
    selectors.must_be_listed(waiting_id, by=request.actor)
    return _show(request, form)


def _back(waiting_id: UUID | None) -> HttpResponseRedirect:
    place = f"#w-{waiting_id}" if waiting_id else ""
    return redirect(f"{reverse('staff:waiting')}{place}")
