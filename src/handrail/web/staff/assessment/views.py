"""The assessment: the tab, its words, the medical baseline, and what is done once it is signed."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.assessment import services
from handrail.areas.assessment.errors import NoButton, NoneWritten
from handrail.areas.assessment.selectors import assessments
from handrail.areas.charts import selectors
from handrail.areas.clients import services as clients
from handrail.areas.clients.models import DraftDocument
from handrail.areas.clients.selectors.drafts import drafts_of
from handrail.core.access import Action
from handrail.core.drafts import Outcome
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit import drafts
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.assessment import forms
from handrail.web.staff.assessment.page import baseline_page, overview_page, words_page


@require_safe
@staff(Action.READ_CHART)
def tab(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """What is being written and what it lacks, and the newest one that is signed."""
    return _overview(request, client_id)


@require_safe
@staff(Action.READ_CHART)
def one(request: StaffRequest, client_id: UUID, assessment_id: UUID) -> HttpResponse:
    """One signed assessment, void ones too."""
    return _overview(request, client_id, assessment_id)


def _overview(
    request: StaffRequest,
    client_id: UUID,
    chosen: UUID | None = None,
    posted: Form | None = None,
    problem: str = "",
) -> HttpResponse:
    selectors.client(client_id, by=request.actor)
    page = overview_page(request, client_id, chosen, posted, problem)
    status = 400 if problem or posted else 200
    return render(request, "staff/assessment/overview.jinja", {"page": page}, status=status)


@require_POST
@staff(Action.ASSESS)
def begin(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Begin an assessment, or go on with the one that is being written."""
    services.begin_assessment(client_id=client_id, by=request.actor, at=clock.now())
    return redirect("staff:assessment_write", client_id)


# ---- words -------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.ASSESS)
def write(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The parts that are written. The button saves everything that was typed."""
    selectors.client(client_id, by=request.actor)
    if assessments.draft_of(client_id, by=request.actor) is None:
        return _none_written(request, client_id)
    if request.method != "POST":
        return _words(request, client_id, {})
    posted = {name: str(value) for name, value in request.POST.items()}
    written = drafts_of(client_id, DraftDocument.ASSESSMENT, by=request.actor)
    problems = drafts.save_all(posted, _saver(request, client_id))
    if chosen := drafts.settled(posted, written):
        field, text, base, replaced = chosen
        services.settle_assessment(
            client_id=client_id, field=field, text=text, base_version=base, seen=[replaced],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("staff:assessment_write", client_id)
    if problems:
        return _words(request, client_id, problems, "Not everything could be saved; see below.")
    messages.success(request, "Everything is saved. Nothing is signed yet.")
    return redirect("staff:chart_assessment", client_id)


def _none_written(request: StaffRequest, client_id: UUID) -> HttpResponse:
    if request.method == "POST":
        said = "No assessment is being written: it was signed meanwhile. Add to it instead."
        return _overview(request, client_id, problem=said)
    return redirect("staff:chart_assessment", client_id)


def _words(
    request: StaffRequest, client_id: UUID, problems: dict[str, str], problem: str = ""
) -> HttpResponse:
    page = words_page(request, client_id, problems, problem)
    status = 400 if problem else 200
    return render(request, "staff/assessment/words.jinja", {"page": page}, status=status)


def _saver(request: StaffRequest, client_id: UUID) -> drafts.Save:
    def save(field: str, text: str, base: int) -> Outcome:
        return services.write_assessment(
            client_id=client_id, field=field, text=text, base_version=base,
            by=request.actor, at=clock.now(),
        )  # fmt: skip

    return save


@require_POST
@staff(Action.ASSESS)
def save(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Keep one text for the script."""
    key, text, base = drafts.posted_text(request)
    return drafts.answer(request, key, lambda: _saver(request, client_id)(key, text, base))


@require_POST
@staff(Action.ASSESS)
def settle(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """End a conflict for the script."""
    key, text, base = drafts.posted_text(request)
    return drafts.answer(
        request,
        key,
        lambda: services.settle_assessment(
            client_id=client_id, field=key, text=text, base_version=base,
            seen=request.POST.getlist("seen"), by=request.actor, at=clock.now(),
        ),
    )  # fmt: skip


# ---- the medical baseline, professionals, results ----------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.READ_CHART)
def baseline(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The medical baseline and its forms; each button records one thing."""
    selectors.client(client_id, by=request.actor)
    if request.method != "POST":
        return _baseline(request, client_id)
    what, _, row = request.POST.get("do", "").partition(" ")
    form, recorded = _record(request, client_id, what, row)
    if not recorded:
        return _baseline(request, client_id, form)
    messages.success(request, "It is recorded.")
    return redirect(f"{reverse('staff:assessment_baseline', args=[client_id])}#{what}")


def _record(request: StaffRequest, client_id: UUID, what: str, row: str) -> tuple[Form, bool]:
    """Record what the button says, and tell whether it could be."""
    posted, said = request.POST, {"by": request.actor, "at": clock.now()}
    form: Form
    service: Callable[..., Any]
    if what == "baseline":
        form = forms.baseline_form(row, posted)
        service = partial(clients.record_baseline, client_id=client_id, kind=row)
    elif what == "professional":
        form = forms.ProfessionalForm(posted)
        service = partial(clients.record_professional, client_id=client_id)
    elif what == "end-professional":
        form = Form(posted, key=f"{what}-{row}")
        service = partial(_end_professional, row)
    elif what == "result":
        form = forms.ResultForm(posted)
        service = partial(services.record_outside_result, client_id=client_id)
    elif what == "void-result":
        form = forms.VoidForm(posted, key=f"{what}-{row}")
        service = partial(_void_result, row)
    else:
        form, service = Form(posted), _nothing
    return form, form.submit(service, **said)


def _end_professional(row: str, **said: Any) -> None:
    clients.end_professional(professional_id=_key(row), **said)


def _void_result(row: str, **said: Any) -> None:
    services.void_outside_result(result_id=_key(row), **said)


def _nothing(**_: Any) -> None:
    raise NoButton


def _key(row: str) -> UUID:
    try:
        return UUID(row)
    except ValueError as wrong:
        raise NoButton from wrong


def _baseline(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    page = baseline_page(request, client_id, posted)
    status = posted.status if posted else 200
    return render(request, "staff/assessment/baseline.jinja", {"page": page}, status=status)


# ---- signing, and after ------------------------------------------------------------------------


@require_POST
@staff(Action.ASSESS)
def sign(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Sign what is written, or say what is missing."""
    try:
        made = services.sign_assessment(client_id=client_id, by=request.actor, at=clock.now())
    except NoneWritten as wrong:
        return _overview(request, client_id, problem=sentence(wrong))
    except Invalid:
        said = "Not signed yet: see what is missing."
        return _overview(request, client_id, problem=said)
    words = "The assessment is signed."
    if made.needs_co_signature:
        words = "The assessment is signed and waits for a co-signature."
    messages.success(request, words)
    return redirect("staff:chart_assessment", client_id)


@require_POST
@staff(Action.CO_SIGN_ASSESSMENT)
def co_sign(request: StaffRequest, client_id: UUID, assessment_id: UUID) -> HttpResponse:
    """Put a supervisor's signature under it."""
    form = Form(request.POST, key="co_sign")
    service = services.co_sign_assessment
    return _after(request, client_id, assessment_id, form, service, "It is co-signed.")


@require_POST
@staff(Action.ASSESS)
def add(request: StaffRequest, client_id: UUID, assessment_id: UUID) -> HttpResponse:
    """Add something, with a signature of its own."""
    form, service = forms.AddForm(request.POST), services.add_to_assessment
    return _after(request, client_id, assessment_id, form, service, "It is added and signed.")


@require_POST
@staff(Action.ASSESS)
def void(request: StaffRequest, client_id: UUID, assessment_id: UUID) -> HttpResponse:
    """Say that it is not valid, and why."""
    form, service = forms.VoidForm(request.POST, key="void"), services.void_assessment
    done = "The assessment is void. It stays readable."
    return _after(request, client_id, assessment_id, form, service, done)


def _after(
    request: StaffRequest,
    client_id: UUID,
    assessment_id: UUID,
    form: Form,
    service: Callable[..., object],
    done: str,
) -> HttpResponse:
    # Read first: one that is another client's is not here, whatever the form says.
    assessments.read_assessment(client_id, assessment_id, by=request.actor)
    said = {"assessment_id": assessment_id, "by": request.actor, "at": clock.now()}
    if not form.submit(service, **said):
        return _overview(request, client_id, assessment_id, form)
    messages.success(request, done)
    return redirect("staff:assessment", client_id, assessment_id)
