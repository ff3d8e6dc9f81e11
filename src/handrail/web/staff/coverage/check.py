"""A benefit check, filled in while someone at the plan is on the phone; kept with its gaps."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from handrail.areas.clients import services as clients_services
from handrail.areas.coverage import selectors
from handrail.areas.coverage import services as coverage_services
from handrail.areas.coverage.models import (
    BenefitCheck,
    CheckHow,
    CopayPer,
    Coverage,
    InNetwork,
    YesNo,
)
from handrail.areas.coverage.selectors.coverage import whose_coverage
from handrail.areas.coverage.services.coverage import LevelTold, PlanTold
from handrail.core.access import Action, NotHere
from handrail.core.dates import read_day
from handrail.core.money import dollars
from handrail.data import care_catalogue
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import Filled, filled, with_problems
from handrail.web.staff.coverage import page as coverage_page
from handrail.web.staff.coverage import words
from handrail.web.staff.coverage.typed import Reading

LEVELS = ("iop", "php", "sop", "counseling", "rtc", "detox")
"""The levels a plan is asked about, the usual one first."""
PLAN_FIELDS = (
    *("how", "representative", "checked_on", "checked_time", "active", "network"),
    *("plan_year_begins", "deductible", "deductible_met", "maximum", "maximum_met", "no_maximum"),
    *("authorizes", "claims_to", "reference", "notes", "goes_on_from"),
)
OF_A_LEVEL = (
    *("covered", "authorization", "copay", "copay_per", "coinsurance", "deductible_applies"),
    *("allowed", "limit"),
)
FIELDS = (*PLAN_FIELDS, *(f"{level}-{name}" for level in LEVELS for name in OF_A_LEVEL))
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LevelAsked:
    """One level in the form; it stands open when something is written in it."""

    code: str
    name: str
    opened: bool


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The form, as far as it is filled in."""

    frame: Frame
    coverage_id: UUID
    back: str
    name: str
    payer: str
    phone: str
    facts: tuple[tuple[str, str], ...]
    begun_with: str
    levels: tuple[LevelAsked, ...]
    hows: Choices
    networks: Choices
    answers: Choices
    pers: Choices
    form: Filled
    shown_problems: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_COVERAGE)
def benefit_check(request: StaffRequest, coverage_id: UUID) -> HttpResponse:
    """The form of a check. Saved with its gaps; a check can be gone on with, as a new one."""
    client_id = whose_coverage(coverage_id, by=request.actor)
    if request.method != "POST":
        return _show(request, client_id, coverage_id, _begin(request, client_id, coverage_id))
    form = filled(request.POST, FIELDS, key="check")
    try:
        made = _save(request, coverage_id, form)
    except clients_services.Mistaken as mistake:
        return _show(request, client_id, coverage_id, with_problems(form, mistake.problems))
    messages.success(request, _kept(made))
    return redirect(f"{coverage_page.address(client_id, request.actor)}#plans")


def _save(request: StaffRequest, coverage_id: UUID, form: Filled) -> BenefitCheck:
    reading = Reading(form)
    when = _when(request, reading)
    plan = PlanTold(
        active=form.value("active") or "unknown",
        network=form.value("network") or "unknown",
        plan_year_begins=form.value("plan_year_begins"),
        deductible=reading.cents("deductible"),
        deductible_met=reading.cents("deductible_met"),
        maximum=reading.cents("maximum"),
        maximum_met=reading.cents("maximum_met"),
        no_maximum=bool(form.value("no_maximum")),
        authorizes=form.value("authorizes"),
        claims_to=form.value("claims_to"),
    )
    levels = tuple(_level(reading, level) for level in LEVELS)
    reading.done()
    return coverage_services.record_benefit_check(
        coverage_id=coverage_id,
        how=form.value("how"),
        representative=form.value("representative"),
        reference=form.value("reference"),
        checked_at=when,
        plan=plan,
        levels=levels,
        notes=form.value("notes"),
        goes_on_from_id=_uuid(form.value("goes_on_from")),
        by=request.actor,
        at=clock.now(),
    )


def _level(reading: Reading, level: str) -> LevelTold:
    form = reading.form
    return LevelTold(
        level=level,
        covered=form.value(f"{level}-covered") or "unknown",
        authorization=form.value(f"{level}-authorization") or "unknown",
        copay=reading.cents(f"{level}-copay"),
        copay_per=form.value(f"{level}-copay_per") or "unknown",
        coinsurance=reading.number(
            f"{level}-coinsurance", 100, "Enter a part of a hundred, for example 20."
        ),
        deductible_applies=form.value(f"{level}-deductible_applies") or "unknown",
        allowed=reading.cents(f"{level}-allowed"),
        limit=form.value(f"{level}-limit"),
    )


def _when(request: StaffRequest, reading: Reading) -> datetime | None:
    """When it was asked: now, or the day that was typed in, at noon of the house's zone."""
    text = reading.form.value("checked_on").strip()
    if not text:
        return None
    day = read_day(text)
    if day is None:
        reading.problems["checked_on"] = "That is not a day. Write it as 11/20/2026."
        return None
    if day == clock.today(request.rules.zone):
        return None
    return datetime.combine(day, time(12), ZoneInfo(request.rules.zone))


def _kept(made: BenefitCheck) -> str:
    gaps = [name for name in ("representative", "reference") if not getattr(made, name)]
    if made.how == CheckHow.PHONE and gaps:
        said = " and ".join(
            {"representative": "who said it", "reference": "the reference"}[one] for one in gaps
        )
        return f"The check is kept. Not on file yet: {said}. “Go on with this check” adds to it."
    return "The check is kept. “Go on with this check” adds what is still missing."


# ---- showing the form --------------------------------------------------------------------------


def _begin(request: StaffRequest, client_id: UUID, coverage_id: UUID) -> Filled:
    """An empty form, or one that begins with an earlier check of this plan."""
    earlier = _uuid(request.GET.get("from", ""))
    if earlier is None:
        return Filled("check", {"how": "phone"})
    check = next(
        (one for one in _checks(request, client_id, coverage_id) if one.pk == earlier), None
    )
    if check is None:
        raise NotHere
    return Filled("check", _typed(check))


def _checks(request: StaffRequest, client_id: UUID, coverage_id: UUID) -> tuple[BenefitCheck, ...]:
    found = selectors.coverage_of(client_id, by=request.actor)
    for held in (*found.held, *found.coming, *found.earlier):
        if held.coverage.pk == coverage_id:
            return held.checks
    return ()


def _typed(check: BenefitCheck) -> dict[str, str]:
    """An earlier check as the form would hold it."""
    typed = {
        "how": check.how,
        "representative": check.representative,
        "active": check.active,
        "network": check.network,
        "plan_year_begins": check.plan_year_begins,
        "deductible": _amount(check.deductible),
        "deductible_met": _amount(check.deductible_met),
        "maximum": _amount(check.maximum),
        "maximum_met": _amount(check.maximum_met),
        "no_maximum": "1" if check.no_maximum else "",
        "authorizes": check.authorizes,
        "claims_to": check.claims_to,
        "reference": check.reference,
        "notes": check.notes,
        "goes_on_from": str(check.pk),
    }
    for one in check.levels.all():
        typed |= {
            f"{one.level}-covered": one.covered,
            f"{one.level}-authorization": one.authorization,
            f"{one.level}-copay": _amount(one.copay),
            f"{one.level}-copay_per": one.copay_per,
            f"{one.level}-coinsurance": "" if one.coinsurance is None else str(one.coinsurance),
            f"{one.level}-deductible_applies": one.deductible_applies,
            f"{one.level}-allowed": _amount(one.allowed),
            f"{one.level}-limit": one.limit,
        }
    return typed


def _amount(cents: int | None) -> str:
    return "" if cents is None else dollars(cents).removeprefix("$")


def _show(request: StaffRequest, client_id: UUID, coverage_id: UUID, form: Filled) -> HttpResponse:
    actor, zone = request.actor, request.rules.zone
    found = selectors.coverage_of(client_id, by=actor)
    coverage = next(
        (
            one.coverage
            for one in (*found.held, *found.coming, *found.earlier)
            if one.coverage.pk == coverage_id
        ),
        None,
    )
    if coverage is None:
        raise NotHere
    trail.record_read(
        by=actor, action=Action.SEE_COVERAGE, subjects=[trail.subject("client", client_id)]
    )
    page = CheckPage(
        frame=frame(request, "Benefit check", here="staff:coverage"),
        coverage_id=coverage_id,
        back=coverage_page.address(client_id, actor),
        name=found.client.name,
        payer=coverage.payer.name,
        phone=coverage.payer.phone,
        facts=_for_the_call(coverage, found.client.birth_date),
        begun_with=_begun_with(request, form, client_id, coverage_id, zone),
        levels=tuple(
            LevelAsked(code, care_catalogue().name(code), code == LEVELS[0] or _written(form, code))
            for code in LEVELS
        ),
        hows=_choices(CheckHow),
        networks=_choices(InNetwork),
        answers=_choices(YesNo),
        pers=_choices(CopayPer),
        form=form,
        shown_problems=FIELDS,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/coverage/check.jinja", {"page": page}, status=status)


def _choices(kind: type[CheckHow | InNetwork | YesNo | CopayPer]) -> Choices:
    """The answers to choose from; "not said" is the empty choice."""
    return tuple((one.value, str(one.label)) for one in kind if one.value != "unknown")


def _for_the_call(coverage: Coverage, born: date) -> tuple[tuple[str, str], ...]:
    """What the person on the phone will ask for."""
    found = (
        ("Member number", coverage.member_id),
        ("Group", coverage.group_number),
        ("Born", filters.plain_day(born)),
        ("Plan", coverage.plan),
        ("Whose plan", coverage.subscriber_name),
    )
    return tuple((name, value) for name, value in found if value)


def _begun_with(
    request: StaffRequest, form: Filled, client_id: UUID, coverage_id: UUID, zone: str
) -> str:
    earlier = _uuid(form.value("goes_on_from"))
    if earlier is None:
        return ""
    for one in _checks(request, client_id, coverage_id):
        if one.pk == earlier:
            return words.who_said(one, zone)
    return ""


def _written(form: Filled, level: str) -> bool:
    names = (f"{level}-{name}" for name in OF_A_LEVEL)
    return any(form.value(name) not in ("", "unknown") or form.wrong(name) for name in names)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
