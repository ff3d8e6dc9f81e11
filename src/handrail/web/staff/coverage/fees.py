"""Payers, what the house asks for its care, the sliding fee, and how it stands on estimates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.clients import services as clients_services
from handrail.areas.coverage import services as coverage_services
from handrail.areas.coverage.models import BESIDE, HouseRate, Payer, PayerKind, SlidingScale
from handrail.areas.coverage.selectors import coverage as reading
from handrail.core.access import Action, can_access
from handrail.core.money import dollars
from handrail.data import care_catalogue
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import NOTHING, Filled, filled, needed_day, with_problems
from handrail.web.staff.coverage import words
from handrail.web.staff.coverage.typed import Reading

PAYER_FIELDS = ("name", "kind", "phone", "authorizes", "payer_number")
RATE_FIELDS = ("item", "amount", "code", "count", "full", "from_date")
HOUSE_FIELDS = ("legal_name", "address", "phone", "npi", "tax_number")
BANDS = 6
SCALE_FIELDS = (
    *("line_one", "line_more", "source", "from_date"),
    *(f"{name}-{number}" for number in range(BANDS) for name in ("limit", "pays")),
)
_RATED = ("iop", "php", "sop", "counseling", "coaching", "rtc", "detox")
_View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class PayerLine:
    """One payer, with its form."""

    payer_id: UUID
    name: str
    kind: str
    facts: tuple[str, ...]
    form: Filled


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate: for what, how much, since when; `now` when it is the one that holds today."""

    rate_id: UUID
    item: str
    amount: str
    code: str
    count: int
    slides: bool
    since: str
    now: bool


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """One sliding fee."""

    scale_id: UUID
    lines: str
    bands: tuple[tuple[str, str], ...]
    source: str
    since: str
    now: bool


@dataclass(frozen=True, slots=True)
class FeesPage:
    """Everything on the page, with the one form that was filled in wrongly, if any."""

    frame: Frame
    payers: tuple[PayerLine, ...]
    rates: tuple[RateLine, ...]
    scales: tuple[ScaleLine, ...]
    house: tuple[tuple[str, str], ...]
    house_form: Filled
    kinds: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    bands: int
    may_set: bool
    today: date
    form: Filled = NOTHING

    def form_for(self, key: str) -> Filled:
        """The form as typed when it is this one, otherwise an empty one."""
        return self.form if self.form.key == key else NOTHING


@require_safe
@staff(Action.SEE_COVERAGE)
def fees(request: StaffRequest) -> HttpResponse:
    """Payers and fees: to be read by all who see coverage, set by those who may."""
    return _show(request, NOTHING)


def _posted(part: str) -> Callable[[_View], _View]:
    """A view that sets something; opened by itself it leads to that part of the page."""

    def wrap(view: _View) -> _View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @staff(Action.SET_FEES)
        @wraps(view)
        def wrapped(request: StaffRequest, **keys: Any) -> HttpResponse:
            if request.method != "POST":
                for name, key in keys.items():
                    reading.check_here(name.removesuffix("_id"), key, by=request.actor)
                return redirect(f"{reverse('staff:fees')}#{part}")
            return view(request, **keys)

        return wrapped

    return wrap


@_posted("payers")
def record_payer(request: StaffRequest) -> HttpResponse:
    """Put a payer on the list."""
    form = filled(request.POST, PAYER_FIELDS, key="payer")

    def change() -> None:
        coverage_services.record_payer(
            name=form.value("name"),
            kind=form.value("kind"),
            phone=form.value("phone"),
            authorizes=form.value("authorizes"),
            payer_number=form.value("payer_number"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, form, change, "The payer is on the list.", part="payers")


@_posted("payers")
def change_payer(request: StaffRequest, payer_id: UUID) -> HttpResponse:
    """Change a payer."""
    form = filled(request.POST, PAYER_FIELDS, key=f"payer {payer_id}")

    def change() -> None:
        coverage_services.change_payer(
            payer_id=payer_id,
            name=form.value("name"),
            kind=form.value("kind"),
            phone=form.value("phone"),
            authorizes=form.value("authorizes"),
            payer_number=form.value("payer_number"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, form, change, "The payer is changed.", part="payers")


@_posted("payers")
def end_payer(request: StaffRequest, payer_id: UUID) -> HttpResponse:
    """Take a payer off the list."""

    def change() -> None:
        coverage_services.end_payer(payer_id=payer_id, by=request.actor, at=clock.now())

    done = "The payer is off the list. Plans on file keep it."
    return _do(request, NOTHING, change, done, part="payers")


@_posted("rates")
def set_rate(request: StaffRequest) -> HttpResponse:
    """Set a rate from a day on."""
    form = filled(request.POST, RATE_FIELDS, key="rate")

    def change() -> None:
        typed = Reading(form)
        amount = typed.needed(typed.cents("amount"), "amount", "Enter the amount, for example 180.")
        count = typed.number("count", 366, "Enter how many of it a course usually has.")
        typed.done()
        coverage_services.set_rate(
            item=form.value("item"),
            amount=amount,
            from_date=needed_day(form, "from_date"),
            code=form.value("code"),
            count=count or 0,
            slides=not form.value("full"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, form, change, "The rate is set. Earlier ones stay.", part="rates")


@_posted("rates")
def void_rate(request: StaffRequest, rate_id: UUID) -> HttpResponse:
    """Void a rate set by mistake."""
    return _void(request, "rate", rate_id, part="rates")


@_posted("scale")
def set_scale(request: StaffRequest) -> HttpResponse:
    """Set the sliding fee from a day on."""
    form = filled(request.POST, SCALE_FIELDS, key="scale")

    def change() -> None:
        typed = Reading(form)
        one = typed.needed(typed.cents("line_one"), "line_one", "Enter the line for one person.")
        more = typed.cents("line_more")
        bands = _bands(typed)
        typed.done()
        coverage_services.set_scale(
            line_one=one,
            line_more=more or 0,
            bands=bands,
            source=form.value("source"),
            from_date=needed_day(form, "from_date"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, form, change, "The sliding fee is set. Earlier ones stay.", part="scale")


@_posted("scale")
def void_scale(request: StaffRequest, scale_id: UUID) -> HttpResponse:
    """Void a sliding fee set by mistake."""
    return _void(request, "scale", scale_id, part="scale")


@_posted("house")
def set_house(request: StaffRequest) -> HttpResponse:
    """Say how the house stands on estimates."""
    form = filled(request.POST, HOUSE_FIELDS, key="house")

    def change() -> None:
        coverage_services.set_house_on_paper(
            legal_name=form.value("legal_name"),
            address=form.value("address"),
            phone=form.value("phone"),
            npi=form.value("npi"),
            tax_number=form.value("tax_number"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, form, change, "This is how the house stands on estimates.", part="house")


def _void(request: StaffRequest, kind: str, key: UUID, *, part: str) -> HttpResponse:
    form = filled(request.POST, ("reason",), key=f"void_{kind} {key}")

    def change() -> None:
        coverage_services.void_fee(
            kind=kind, fee_id=key, reason=form.value("reason"), by=request.actor, at=clock.now()
        )

    return _do(request, form, change, "It is voided.", part=part)


def _bands(typed: Reading) -> list[tuple[int, int]]:
    """The bands in the order they were typed; rows left empty are left out."""
    found = []
    for number in range(BANDS):
        limit = typed.number(f"limit-{number}", 2_000, "Enter a percent, for example 150.")
        pays = typed.number(f"pays-{number}", 100, "Enter a percent from 0 to 100.")
        if (limit is None) != (pays is None):
            typed.problems.setdefault(
                f"limit-{number}", "A band has both: a limit, and what is paid."
            )
        elif limit is not None and pays is not None:
            found.append((limit, pays))
    return found


def _do(
    request: StaffRequest, form: Filled, change: Callable[[], object], done: str, *, part: str
) -> HttpResponse:
    try:
        change()
    except clients_services.Mistaken as mistake:
        return _show(request, with_problems(form, mistake.problems))
    messages.success(request, done)
    return redirect(f"{reverse('staff:fees')}#{part}")


# ---- showing -----------------------------------------------------------------------------------


def _show(request: StaffRequest, form: Filled) -> HttpResponse:
    actor = request.actor
    today = clock.today(request.rules.zone)
    house = reading.house_on_paper(by=actor)
    typed = {name: str(getattr(house, name)) for name in HOUSE_FIELDS} if house else {}
    page = FeesPage(
        frame=frame(request, "Payers and fees", here="staff:fees"),
        payers=tuple(_payer(one, form) for one in reading.payers(by=actor)),
        rates=_rates(reading.rates(by=actor), today),
        scales=_scales(reading.scales(by=actor), today),
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
        house_form=form if form.key == "house" else Filled("house", typed),
        kinds=tuple((one.value, str(one.label)) for one in PayerKind),
        items=tuple((one, words.item_name(one)) for one in (*_RATED, *BESIDE)),
        bands=BANDS,
        may_set=can_access(actor, Action.SET_FEES),
        today=today,
        form=form,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/coverage/fees.jinja", {"page": page}, status=status)


def _payer(one: Payer, form: Filled) -> PayerLine:
    key = f"payer {one.pk}"
    typed = Filled(key, {name: str(getattr(one, name)) for name in PAYER_FIELDS})
    facts = (
        one.phone,
        f"authorization: {one.authorizes}" if one.authorizes else "",
        f"claims to {one.payer_number}" if one.payer_number else "",
    )
    return PayerLine(
        payer_id=one.pk,
        name=one.name,
        kind=str(PayerKind(one.kind).label),
        facts=tuple(said for said in facts if said),
        form=form if form.key == key else typed,
    )


def _rates(rates: tuple[HouseRate, ...], today: date) -> tuple[RateLine, ...]:
    now: dict[str, UUID] = {}
    for one in rates:
        if one.from_date <= today:
            now.setdefault(one.item, one.pk)
    order = (*_RATED, *BESIDE)
    lines = [
        RateLine(
            rate_id=one.pk,
            item=words.item_name(one.item),
            amount=dollars(one.amount),
            code=one.code,
            count=one.count,
            slides=one.slides,
            since=filters.plain_date(one.from_date),
            now=now.get(one.item) == one.pk,
        )
        for one in sorted(rates, key=lambda one: order.index(one.item) if one.item in order else 99)
    ]
    return tuple(lines)


def _scales(scales: tuple[SlidingScale, ...], today: date) -> tuple[ScaleLine, ...]:
    now = next((one.pk for one in scales if one.from_date <= today), None)
    return tuple(
        ScaleLine(
            scale_id=one.pk,
            lines=f"{dollars(one.line_one)} a year for one person, {dollars(one.line_more)} for"
            " each further one",
            bands=(
                *(
                    (f"up to {limit}% of the line", f"{pays}% of the rate")
                    for limit, pays in zip(one.limits, one.pays, strict=True)
                ),
                ("above that", "the full rate"),
            ),
            source=one.source,
            since=filters.plain_date(one.from_date),
            now=one.pk == now,
        )
        for one in scales
    )


def levels_with_rates() -> tuple[tuple[str, str], ...]:
    """The levels that a rate can be set for, by code and name."""
    care = care_catalogue()
    return tuple((one, care.name(one)) for one in _RATED)
