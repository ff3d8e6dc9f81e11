"""What changes a client's coverage: each view does one thing and comes back to the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from handrail.areas.clients import services as clients_services
from handrail.areas.coverage import selectors
from handrail.areas.coverage import services as coverage_services
from handrail.areas.coverage.selectors.coverage import whose_coverage
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import Filled, filled, needed_day, some_day, with_problems
from handrail.web.staff.coverage import page
from handrail.web.staff.coverage.typed import Reading

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
    form = filled(request.POST, page.PLAN_FIELDS, key="plan")

    def change() -> None:
        coverage_services.record_coverage(
            client_id=client_id,
            payer_id=_key(form, "payer"),
            rank=form.value("rank"),
            plan=form.value("plan"),
            member_id=form.value("member_id"),
            group_number=form.value("group_number"),
            subscriber=form.value("subscriber"),
            subscriber_name=form.value("subscriber_name"),
            subscriber_birth_date=some_day(form, "subscriber_birth_date"),
            from_date=some_day(form, "from_date"),
            until_date=some_day(form, "until_date"),
            by=request.actor,
            at=clock.now(),
        )

    done = "The plan is on file. Next: check what it pays."
    return _do(request, whose, form, change, done, part="plans")


@_posted("plans")
def end_coverage(request: StaffRequest, whose: UUID, coverage_id: UUID) -> HttpResponse:
    """Say a plan's last day."""
    form = filled(request.POST, ("until_date",), key=f"end_plan {coverage_id}")

    def change() -> None:
        coverage_services.end_coverage(
            coverage_id=coverage_id,
            until_date=needed_day(form, "until_date"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, whose, form, change, "The plan’s last day is on file.", part="plans")


@_posted("plans")
def void_coverage(request: StaffRequest, whose: UUID, coverage_id: UUID) -> HttpResponse:
    """Void a plan that was never theirs."""
    form = filled(request.POST, ("reason",), key=f"void_plan {coverage_id}")

    def change() -> None:
        coverage_services.void_coverage(
            coverage_id=coverage_id,
            reason=form.value("reason"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, whose, form, change, "The plan is voided.", part="plans")


@_posted("income")
def declare_income(request: StaffRequest, whose: UUID, client_id: UUID) -> HttpResponse:
    """Keep what the person declared of their household."""
    form = filled(request.POST, page.INCOME_FIELDS, key="income")

    def change() -> None:
        reading = Reading(form)
        people = reading.number("household", 99, "Enter how many people, for example 3.")
        household = reading.needed(people, "household", "Enter how many people.")
        yearly = reading.cents("yearly_income")
        income = reading.needed(yearly, "yearly_income", "Enter the yearly income, 0 for none.")
        reading.done()
        coverage_services.declare_income(
            client_id=client_id,
            household=household,
            yearly_income=income,
            declared_date=needed_day(form, "declared_date"),
            shown_by=form.value("shown_by"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, whose, form, change, "What was declared is on file.", part="income")


def _do(
    request: StaffRequest,
    client_id: UUID,
    form: Filled,
    change: Callable[[], None],
    done: str,
    *,
    part: str,
) -> HttpResponse:
    try:
        change()
    except clients_services.Mistaken as mistake:
        return page.show(request, client_id, with_problems(form, mistake.problems))
    messages.success(request, done)
    return redirect(f"{page.address(client_id, request.actor)}#{part}")


def _key(form: Filled, name: str) -> UUID:
    try:
        return UUID(form.value(name))
    except ValueError:
        raise clients_services.Mistaken({name: "Choose one from the list."}) from None
