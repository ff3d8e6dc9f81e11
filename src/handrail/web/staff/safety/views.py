"""The safety plan: the tab, the form, and what is done with a version."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.charts import selectors
from handrail.areas.clients.models import DraftDocument
from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.areas.safety import services as safety_services
from handrail.areas.safety.errors import NothingToSign
from handrail.areas.safety.selectors import safety_plans as safety
from handrail.core.access import Action
from handrail.core.drafts import Outcome
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit import drafts
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.clients.forms import problems_of
from handrail.web.staff.safety.forms import DeclineForm, LookForm
from handrail.web.staff.safety.page import plan_page, writing_page


@require_safe
@staff(Action.READ_CHART)
def tab(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The plan that holds."""
    return _show(request, client_id)


@require_safe
@staff(Action.READ_CHART)
def version(request: StaffRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """An earlier version."""
    found = safety.safety_plan_version(client_id, plan_id, by=request.actor)
    page = plan_page(request, client_id, found)
    return render(request, "staff/safety/plan.jinja", {"page": page})


def _show(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    selectors.client(client_id, by=request.actor)  # NotHere comes before all else
    found = safety.safety_plan_of(client_id, by=request.actor)
    page = plan_page(request, client_id, found, posted)
    status = posted.status if posted else 200
    return render(request, "staff/safety/plan.jinja", {"page": page}, status=status)


# ---- writing -----------------------------------------------------------------------------------


@require_POST
@staff(Action.WRITE_SAFETY_PLAN)
def begin(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Begin a version, or go on with the one that is being written."""
    safety_services.begin_safety_plan(client_id=client_id, by=request.actor, at=clock.now())
    return redirect("staff:safety_plan_write", client_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.WRITE_SAFETY_PLAN)
def write(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The form. Its buttons save everything that was typed first: nothing is lost."""
    selectors.client(client_id, by=request.actor)
    if request.method != "POST":
        return _form(request, client_id, {})
    posted = {name: str(value) for name, value in request.POST.items()}
    written = drafts_of(client_id, DraftDocument.SAFETY_PLAN, by=request.actor)
    problems = drafts.save_all(posted, _saver(request, client_id))
    if chosen := drafts.settled(posted, written):
        return _settle_plain(request, client_id, chosen)
    if problems:
        return _form(request, client_id, problems, "Not everything could be saved; see below.")
    if posted.get("do") == "sign":
        return _sign(request, client_id)
    if posted.get("do") == "put away":
        safety_services.put_away_safety_plan(client_id=client_id, by=request.actor, at=clock.now())
        messages.success(request, "What was not signed is put away.")
        return redirect("staff:chart_safety_plan", client_id)
    messages.success(request, "Everything is saved. Nothing is signed yet.")
    return redirect("staff:safety_plan_write", client_id)


def _sign(request: StaffRequest, client_id: UUID) -> HttpResponse:
    try:
        made = safety_services.sign_safety_plan(
            client_id=client_id, by=request.actor, at=clock.now()
        )
    except NothingToSign as wrong:
        messages.info(request, sentence(wrong))
        return redirect("staff:chart_safety_plan", client_id)
    except Invalid as wrong:
        said = "Not signed yet. Everything is saved; what is missing stands beside each part."
        return _form(request, client_id, problems_of(wrong), said)
    messages.success(request, f"Version {made.number} of the safety plan is signed.")
    return redirect("staff:chart_safety_plan", client_id)


def _form(
    request: StaffRequest, client_id: UUID, problems: dict[str, str], problem: str = ""
) -> HttpResponse:
    page = writing_page(request, client_id, problems, problem)
    status = 400 if problem else 200
    return render(request, "staff/safety/write.jinja", {"page": page}, status=status)


def _saver(request: StaffRequest, client_id: UUID) -> drafts.Save:
    def save(field: str, text: str, base: int) -> Outcome:
        return safety_services.write_safety_plan(
            client_id=client_id,
            field=field,
            text=text,
            base_version=base,
            by=request.actor,
            at=clock.now(),
        )

    return save


def _settle_plain(
    request: StaffRequest, client_id: UUID, chosen: tuple[str, str, int, str]
) -> HttpResponse:
    field, text, base, replaced = chosen
    safety_services.settle_safety_plan(
        client_id=client_id,
        field=field,
        text=text,
        base_version=base,
        seen=[replaced],
        by=request.actor,
        at=clock.now(),
    )
    return redirect("staff:safety_plan_write", client_id)


@require_POST
@staff(Action.WRITE_SAFETY_PLAN)
def save(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Keep one text for the script."""
    key, text, base = drafts.posted_text(request)
    return drafts.answer(request, key, lambda: _saver(request, client_id)(key, text, base))


@require_POST
@staff(Action.WRITE_SAFETY_PLAN)
def settle(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """End a conflict for the script."""
    key, text, base = drafts.posted_text(request)
    return drafts.answer(
        request,
        key,
        lambda: safety_services.settle_safety_plan(
            client_id=client_id,
            field=key,
            text=text,
            base_version=base,
            seen=request.POST.getlist("seen"),
            by=request.actor,
            at=clock.now(),
        ),
    )


# ---- what is done with a version ---------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.SIGN_SAFETY_PLAN)
def look(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Say that the plan was gone through again. Opened by itself, it leads to the plan."""
    service = safety_services.look_again
    return _do(request, client_id, LookForm, service, "The look is recorded.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.SIGN_SAFETY_PLAN)
def decline(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Record that the person would not make one now. Opened by itself, it leads to the plan."""
    service, done = safety_services.decline_safety_plan, "It is recorded, with the reason."
    return _do(request, client_id, DeclineForm, service, done)


def _do(
    request: StaffRequest,
    client_id: UUID,
    kind: type[Form],
    service: Callable[..., object],
    done: str,
) -> HttpResponse:
    selectors.client(client_id, by=request.actor)
    if request.method != "POST":
        return redirect("staff:chart_safety_plan", client_id)
    form = kind(request.POST, owner=selectors.possible_owners(by=request.actor))
    if not form.submit(service, client_id=client_id, by=request.actor, at=clock.now()):
        return _show(request, client_id, form)
    messages.success(request, done)
    return redirect(f"{reverse('staff:chart_safety_plan', args=[client_id])}")
