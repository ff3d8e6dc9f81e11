"""Payers, what the house asks for its care, the sliding fee, and how it stands on estimates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.coverage import services
from handrail.areas.coverage.models import BESIDE, HouseRate, Payer, SlidingScale
from handrail.areas.coverage.selectors import coverage as reading
from handrail.core.access import Action, can_access
from handrail.data import care_catalogue
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.coverage import words
from handrail.web.staff.coverage.forms import (
    RATED,
    HouseForm,
    PayerForm,
    RateForm,
    ScaleForm,
    VoidFeeForm,
    as_posted,
    payer_form,
    today,
)

_View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class FeesPage:
    """Everything on the page, with the one form that was filled in wrongly, if any."""

    frame: Frame
    payers: tuple[Payer, ...]
    rates: tuple[HouseRate, ...]
    scales: tuple[SlidingScale, ...]
    now: frozenset[UUID]
    house: tuple[tuple[str, str], ...]
    payer_form: PayerForm
    rate_form: RateForm
    scale_form: ScaleForm
    house_form: HouseForm
    may_set: bool
    posted: Form | None

    def form_of(self, payer: Payer) -> Form:
        """The form that changes a payer."""
        return as_posted(payer_form(payer), self.posted)

    def void_form(self, key: UUID) -> Form:
        """The form that takes a rate or a sliding fee back."""
        return as_posted(VoidFeeForm(key=f"void-{key}"), self.posted)

    def item(self, rate: HouseRate) -> str:
        """What a rate is for."""
        return words.item_name(rate.item)


@require_safe
@staff(Action.SEE_COVERAGE)
def fees(request: StaffRequest) -> HttpResponse:
    """Payers and fees: to be read by all who see coverage, set by those who may."""
    return _show(request)


def _posted(part: str) -> Callable[[_View], _View]:
    """A view that sets something; opened by itself it leads to that part of the page."""

    def wrap(view: _View) -> _View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @staff(Action.SET_FEES)
        @wraps(view)
        def wrapped(request: StaffRequest, **keys: Any) -> HttpResponse:
            for name, key in keys.items():
                reading.check_here(name.removesuffix("_id"), key, by=request.actor)
            if request.method != "POST":
                return redirect(f"{reverse('staff:fees')}#{part}")
            return view(request, **keys)

        return wrapped

    return wrap


@_posted("payers")
def record_payer(request: StaffRequest) -> HttpResponse:
    """Put a payer on the list."""
    form = PayerForm(request.POST)
    return _do(request, form, services.record_payer, "The payer is on the list.", part="payers")


@_posted("payers")
def change_payer(request: StaffRequest, payer_id: UUID) -> HttpResponse:
    """Change a payer."""
    form = PayerForm(request.POST, key=f"payer-{payer_id}")
    service = partial(services.change_payer, payer_id=payer_id)
    return _do(request, form, service, "The payer is changed.", part="payers")


@_posted("payers")
def end_payer(request: StaffRequest, payer_id: UUID) -> HttpResponse:
    """Take a payer off the list."""
    done = "The payer is off the list. Plans on file keep it."
    service = partial(services.end_payer, payer_id=payer_id)
    return _do(request, Form(request.POST), service, done, part="payers")


@_posted("rates")
def set_rate(request: StaffRequest) -> HttpResponse:
    """Set a rate from a day on."""
    done = "The rate is set. Earlier ones stay."
    return _do(request, RateForm(request.POST), services.set_rate, done, part="rates")


@_posted("rates")
def void_rate(request: StaffRequest, rate_id: UUID) -> HttpResponse:
    """Void a rate set by mistake."""
    return _void(request, "rate", rate_id, part="rates")


@_posted("scale")
def set_scale(request: StaffRequest) -> HttpResponse:
    """Set the sliding fee from a day on."""
    done = "The sliding fee is set. Earlier ones stay."
    return _do(request, ScaleForm(request.POST), services.set_scale, done, part="scale")


@_posted("scale")
def void_scale(request: StaffRequest, scale_id: UUID) -> HttpResponse:
    """Void a sliding fee set by mistake."""
    return _void(request, "scale", scale_id, part="scale")


@_posted("house")
def set_house(request: StaffRequest) -> HttpResponse:
    """Say how the house stands on estimates."""
    done = "This is how the house stands on estimates."
    return _do(request, HouseForm(request.POST), services.set_house_on_paper, done, part="house")


def _void(request: StaffRequest, kind: str, key: UUID, *, part: str) -> HttpResponse:
    form = VoidFeeForm(request.POST, key=f"void-{key}")
    service = partial(services.void_fee, kind=kind, fee_id=key)
    return _do(request, form, service, "It is voided.", part=part)


def _do(
    request: StaffRequest, form: Form, service: Callable[..., object], done: str, *, part: str
) -> HttpResponse:
    if not form.submit(service, by=request.actor, at=clock.now()):
        return _show(request, form)
    messages.success(request, done)
    return redirect(f"{reverse('staff:fees')}#{part}")


# ---- showing -----------------------------------------------------------------------------------


def _show(request: StaffRequest, posted: Form | None = None) -> HttpResponse:
    actor = request.actor
    house = reading.house_on_paper(by=actor)
    typed = {name: str(getattr(house, name)) for name in HouseForm.base_fields} if house else {}
    rates, scales = reading.rates(by=actor), reading.scales(by=actor)
    page = FeesPage(
        frame=frame(request, "Payers and fees", here="staff:fees"),
        payers=reading.payers(by=actor),
        rates=tuple(sorted(rates, key=_place)),
        scales=scales,
        now=_hold_now(rates, scales, today()),
        house=tuple(
            (said, typed.get(name, "") or "missing")
            for name, said in (
                ("legal_name", "Name"),
                ("address", "Address"),
                ("phone", "Phone"),
                ("npi", "National provider identifier"),
                ("tax_number", "Tax number"),
            )
        ),
        payer_form=as_posted(PayerForm(), posted),
        rate_form=as_posted(RateForm(), posted),
        scale_form=as_posted(ScaleForm(), posted),
        house_form=as_posted(HouseForm(initial=typed), posted),
        may_set=can_access(actor, Action.SET_FEES),
        posted=posted,
    )
    status = posted.status if posted else 200
    return render(request, "staff/coverage/fees.jinja", {"page": page}, status=status)


def _place(rate: HouseRate) -> int:
    order = (*RATED, *BESIDE)
    return order.index(rate.item) if rate.item in order else len(order)


def _hold_now(
    rates: tuple[HouseRate, ...], scales: tuple[SlidingScale, ...], day: date
) -> frozenset[UUID]:
    """Of each thing the newest rate that has begun, and the newest sliding fee."""
    now: dict[str, UUID] = {}
    for rate in rates:
        if rate.from_date <= day:
            now.setdefault(rate.item, rate.pk)
    scale = [one.pk for one in scales if one.from_date <= day][:1]
    return frozenset([*now.values(), *scale])


def levels_with_rates() -> tuple[tuple[str, str], ...]:
    """The levels that a rate can be set for, by code and name."""
    care = care_catalogue()
    return tuple((one, care.name(one)) for one in RATED)
