"""A benefit check, filled in while someone at the plan is on the phone; kept with its gaps."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from handrail.areas.clients.models import Client
from handrail.areas.coverage import selectors, services
from handrail.areas.coverage.models import BenefitCheck, CheckHow, Coverage
from handrail.areas.coverage.selectors.coverage import CoverageOf, Held, whose_coverage
from handrail.core.access import Action, NotHere
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.coverage import page as coverage_page
from handrail.web.staff.coverage import words
from handrail.web.staff.coverage.check_form import CheckForm, check_form


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The form, as far as it is filled in. `begun_with` is the check that it goes on from."""

    frame: Frame
    back: str
    client: Client
    coverage: Coverage
    begun_with: str
    form: CheckForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_COVERAGE)
def benefit_check(request: StaffRequest, coverage_id: UUID) -> HttpResponse:
    """The form of a check. Saved with its gaps; a check can be gone on with, as a new one."""
    client_id = whose_coverage(coverage_id, by=request.actor)
    found = selectors.coverage_of(client_id, by=request.actor)
    held = next((one for one in found.all if one.coverage.pk == coverage_id), None)
    if held is None:
        raise NotHere
    if request.method != "POST":
        return _show(request, found, held, _begin(request, held))
    form = check_form(held.checks, request.POST)
    if not form.submit(
        services.record_benefit_check,
        coverage_id=coverage_id,
        by=request.actor,
        at=clock.now(),
    ):
        return _show(request, found, held, form)
    messages.success(request, _kept(form.result))
    return redirect(f"{coverage_page.address(client_id, request.actor)}#plans")


def _kept(made: BenefitCheck) -> str:
    gaps = [name for name in ("representative", "reference") if not getattr(made, name)]
    if made.how == CheckHow.PHONE and gaps:
        said = " and ".join(
            {"representative": "who said it", "reference": "the reference"}[one] for one in gaps
        )
        return f"The check is kept. Not on file yet: {said}. “Go on with this check” adds to it."
    return "The check is kept. “Go on with this check” adds what is still missing."


def _begin(request: StaffRequest, held: Held) -> CheckForm:
    """An empty form, or one that begins with an earlier check of this plan."""
    asked = request.GET.get("from", "")
    earlier = next((one for one in held.checks if str(one.pk) == asked), None)
    if asked and earlier is None:
        raise NotHere
    return check_form(held.checks, goes_on=earlier)


def _show(request: StaffRequest, found: CoverageOf, held: Held, form: CheckForm) -> HttpResponse:
    client = found.client
    trail.record_read(
        by=request.actor, action=Action.SEE_COVERAGE, subjects=[trail.subject("client", client.pk)]
    )
    earlier = str(form["goes_on_from"].value() or "")
    page = CheckPage(
        frame=frame(request, "Benefit check", here="staff:coverage"),
        back=coverage_page.address(client.pk, request.actor),
        client=client,
        coverage=held.coverage,
        begun_with=next((words.who_said(one) for one in held.checks if str(one.pk) == earlier), ""),
        form=form,
    )
    return render(request, "staff/coverage/check.jinja", {"page": page}, status=form.status)
