"""What changes a client's coverage: each view does one thing and comes back to the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from handrail.areas.coverage import selectors, services
from handrail.areas.coverage.selectors.coverage import whose_coverage
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.coverage import page
from handrail.web.staff.coverage.forms import EndPlanForm, IncomeForm, VoidPlanForm

_View = Callable[..., HttpResponse]


def _posted(part: str) -> Callable[[_View], _View]:
    """A view that changes something; opened by itself it leads to that part of the page."""

    def wrap(view: _View) -> _View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @staff(Action.RECORD_COVERAGE)
        @wraps(view)
        def wrapped(request: StaffRequest, **keys: Any) -> HttpResponse:
            if "coverage_id" in keys:
                client_id = whose_coverage(keys["coverage_id"], by=request.actor)
            else:
                client_id = selectors.client_for_coverage(keys["client_id"], by=request.actor).pk
            if request.method == "POST":
                return view(request, client_id, **keys)
            return redirect(f"{page.address(client_id, request.actor)}#{part}")

        return wrapped

    return wrap


@_posted("plans")
def record_coverage(request: StaffRequest, whose: UUID, client_id: UUID) -> HttpResponse:
    """Put a plan on file."""
    form = page.plan_form(request.actor, posted=request.POST)
    done = "The plan is on file. Next: check what it pays."
    service = services.record_coverage
    return _do(request, whose, form, service, done, part="plans", client_id=client_id)


@_posted("plans")
def end_coverage(request: StaffRequest, whose: UUID, coverage_id: UUID) -> HttpResponse:
    """Say a plan's last day."""
    form = EndPlanForm(request.POST, key=f"end-{coverage_id}")
    done, service = "The plan’s last day is on file.", services.end_coverage
    return _do(request, whose, form, service, done, part="plans", coverage_id=coverage_id)


@_posted("plans")
def void_coverage(request: StaffRequest, whose: UUID, coverage_id: UUID) -> HttpResponse:
    """Void a plan that was never theirs."""
    form = VoidPlanForm(request.POST, key=f"void-{coverage_id}")
    done, service = "The plan is voided.", services.void_coverage
    return _do(request, whose, form, service, done, part="plans", coverage_id=coverage_id)


@_posted("income")
def declare_income(request: StaffRequest, whose: UUID, client_id: UUID) -> HttpResponse:
    """Keep what the person declared of their household."""
    done, service = "What was declared is on file.", services.declare_income
    form = IncomeForm(request.POST)
    return _do(request, whose, form, service, done, part="income", client_id=client_id)


def _do(
    request: StaffRequest,
    whose: UUID,
    form: Form,
    service: Callable[..., object],
    done: str,
    *,
    part: str,
    **keys: UUID,
) -> HttpResponse:
    if not form.submit(service, **keys, by=request.actor, at=clock.now()):
        return page.show(request, whose, form)
    messages.success(request, done)
    return redirect(f"{page.address(whose, request.actor)}#{part}")
