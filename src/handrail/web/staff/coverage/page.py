"""The coverage of one client: plans, what each plan said, what it would cost, declared income.

It stands as a tab of the chart, and by itself for those who see coverage but no charts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from handrail.areas.coverage import selectors
from handrail.areas.coverage.models import (
    BenefitCheck,
    BenefitLevel,
    Coverage,
    Rank,
    Subscriber,
    YesNo,
)
from handrail.areas.coverage.selectors.costs import costs_of
from handrail.areas.coverage.selectors.coverage import CoverageOf, Held
from handrail.core.access import Action, Actor, can_access
from handrail.core.costs import Course
from handrail.data import care_catalogue, course_templates
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.coverage import words
from handrail.web.staff.coverage.forms import (
    EndPlanForm,
    IncomeForm,
    PlanForm,
    VoidPlanForm,
    as_posted,
)

USUAL_LEVEL = "iop"
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What a plan said about one level."""

    level: str
    covered: str
    authorization: str
    copay: str
    coinsurance: str
    deductible: str
    allowed: str
    limit: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One benefit check as it was kept."""

    check_id: UUID
    who: str
    when: str
    goes_on: bool
    facts: Facts
    levels: tuple[ToldLine, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the client with its checks, the newest first."""

    coverage_id: UUID
    payer: str
    rank: str
    facts: Facts
    from_to: str
    newest: CheckLine | None
    earlier: tuple[CheckLine, ...]
    active: bool
    payer_phone: str


@dataclass(frozen=True, slots=True)
class CostLine:
    """What the usual course would cost, in a glance."""

    level: str
    course: str
    with_plan: str
    without: str
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Everything on the page, with the one form that was filled in wrongly, if any.

    `chart` is None where the page stands by itself.
    """

    frame: Frame
    chart: ChartFrame | None
    client_id: UUID
    name: str
    born: str
    plans: tuple[PlanLine, ...]
    ended: tuple[PlanLine, ...]
    cost: CostLine
    income: str
    may_record: bool
    plan_form: PlanForm
    income_form: IncomeForm
    posted: Form | None = None

    def form_for(self, kind: str, coverage_id: UUID) -> Form:
        """The form to end or void a plan: as it was filled in, when it is the one posted."""
        made = {"end": EndPlanForm, "void": VoidPlanForm}[kind](key=f"{kind}-{coverage_id}")
        return as_posted(made, self.posted)


@require_safe
@staff(Action.READ_CHART)
def chart_coverage(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The Coverage tab of a chart."""
    return show(request, client_id)


@require_safe
@staff(Action.SEE_COVERAGE)
def coverage_alone(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The same without the chart. Who reads charts comes to the tab."""
    client = selectors.client_for_coverage(client_id, by=request.actor)
    if can_access(request.actor, Action.READ_CHART):
        return redirect("staff:chart_coverage", client.pk)
    return show(request, client_id)


def address(client_id: UUID, actor: Actor) -> str:
    """Where this person finds a client's coverage."""
    reads = can_access(actor, Action.READ_CHART)
    return reverse("staff:chart_coverage" if reads else "staff:coverage_alone", args=[client_id])


def plan_form(
    actor: Actor, *, posted: Mapping[str, Any] | None = None, has_plan: bool = False
) -> PlanForm:
    """The form of a plan, with the payers on the list."""
    return PlanForm(
        posted,
        initial={"rank": Rank.SECONDARY if has_plan else Rank.PRIMARY},
        payer=[(one.pk, one.name) for one in selectors.payers(by=actor)],
    )


def show(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    """The coverage of a client, with a form that has something wrong in it (or none)."""
    actor = request.actor
    today = clock.today(request.rules.zone)
    chart = None
    if can_access(actor, Action.READ_CHART):
        chart = chart_frame(request, client_id, "staff:chart_coverage")
    found = selectors.coverage_of(client_id, by=actor, on=today)
    if chart is None:
        trail.record_read(
            by=actor, action=Action.SEE_COVERAGE, subjects=[trail.subject("client", client_id)]
        )
    page = CoveragePage(
        frame=chart.frame if chart else frame(request, "Coverage", here="staff:coverage"),
        chart=chart,
        client_id=client_id,
        name=found.client.name,
        born=filters.plain_day(found.client.birth_date),
        plans=tuple(_plan(one) for one in (*found.held, *found.coming)),
        ended=tuple(_plan(one) for one in found.earlier),
        cost=_cost(found, request, today),
        income=words.income(found.income),
        may_record=can_access(actor, Action.RECORD_COVERAGE),
        plan_form=as_posted(plan_form(actor, has_plan=bool(found.held or found.coming)), posted),
        income_form=as_posted(IncomeForm(), posted),
        posted=posted,
    )
    template = "staff/coverage/tab.jinja" if chart else "staff/coverage/alone.jinja"
    return render(request, template, {"page": page}, status=posted.status if posted else 200)


def usual_course(level: str) -> Course:
    """The course a level usually is: 24 sessions at three a week for IOP."""
    for one in course_templates().values():
        if one.level == level:
            return Course(one.sessions, one.per_week_max)
    return Course(12, 1)


def told_line(told: BenefitLevel) -> ToldLine:
    """One level of a check in words."""
    said = YesNo(told.deductible_applies)
    return ToldLine(
        level=care_catalogue().name(told.level),
        covered=str(YesNo(told.covered).label),
        authorization=str(YesNo(told.authorization).label),
        copay=words.copay(told).capitalize(),
        coinsurance="Not said" if told.coinsurance is None else f"{told.coinsurance}%",
        deductible=str(said.label),
        allowed=words.amount(told.allowed).capitalize(),
        limit=told.limit,
    )


def _cost(found: CoverageOf, request: StaffRequest, today: date) -> CostLine:
    course = usual_course(USUAL_LEVEL)
    costs = costs_of(
        found.client.pk, level=USUAL_LEVEL, course=course, by=request.actor, on=today, found=found
    )
    return CostLine(
        level=care_catalogue().name(USUAL_LEVEL),
        course=f"{course.sessions} sessions, {course.per_week} a week",
        with_plan=words.span(costs.with_plan) if costs.with_plan else "",
        without=words.span(costs.without),
        open=tuple(words.ASK[one] for one in (costs.with_plan or costs.without).open),
    )


def _plan(held: Held) -> PlanLine:
    coverage = held.coverage
    checks = tuple(_check(one) for one in held.checks)
    return PlanLine(
        coverage_id=coverage.pk,
        payer=coverage.payer.name,
        rank=str(Rank(coverage.rank).label),
        facts=_plan_facts(coverage),
        from_to=_from_to(coverage),
        newest=checks[0] if checks else None,
        earlier=checks[1:],
        active=held.newest is None or held.newest.active != YesNo.NO,
        payer_phone=coverage.payer.phone,
    )


def _plan_facts(coverage: Coverage) -> Facts:
    whose = str(Subscriber(coverage.subscriber).label)
    if coverage.subscriber_name:
        whose = f"{coverage.subscriber_name} ({whose.lower()})"
    if coverage.subscriber_birth_date:
        whose += f", born {filters.plain_day(coverage.subscriber_birth_date)}"
    found = (
        ("Plan", coverage.plan),
        ("Member number", coverage.member_id),
        ("Group", coverage.group_number),
        ("Whose plan", whose),
        ("Phone for providers", coverage.payer.phone),
        ("Claims to", coverage.payer.payer_number),
    )
    return tuple((name, value) for name, value in found if value)


def _from_to(coverage: Coverage) -> str:
    begins = f"from {filters.plain_date(coverage.from_date)}" if coverage.from_date else ""
    ends = f"until {filters.plain_date(coverage.until_date)}" if coverage.until_date else ""
    return " ".join(one for one in (begins, ends) if one)


def _check(check: BenefitCheck) -> CheckLine:
    return CheckLine(
        check_id=check.pk,
        who=words.who_said(check),
        when=filters.day(check.checked_at),
        goes_on=check.goes_on_from_id is not None,
        facts=_check_facts(check),
        levels=tuple(told_line(one) for one in check.levels.all()),
        notes=check.notes,
    )


def _check_facts(check: BenefitCheck) -> Facts:
    maximum = "there is none" if check.no_maximum else words.met(check.maximum, check.maximum_met)
    found = (
        ("In force", str(YesNo(check.active).label)),
        ("Network", words.network(check)),
        ("Deductible", words.met(check.deductible, check.deductible_met)),
        ("Out-of-pocket maximum", maximum),
        ("Plan year begins", check.plan_year_begins),
        ("Authorization from", check.authorizes),
        ("Claims to", check.claims_to),
    )
    return tuple((name, value[:1].upper() + value[1:]) for name, value in found if value)
