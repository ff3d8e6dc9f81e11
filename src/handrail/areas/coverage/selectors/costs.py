"""What care will cost one client: their plan's terms and the house's fees, put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.areas.clients.models import Client
from handrail.areas.coverage.models import (
    BESIDE,
    BenefitCheck,
    BenefitLevel,
    Coverage,
    DeclaredIncome,
    HouseOnPaper,
    HouseRate,
    SlidingScale,
)
from handrail.areas.coverage.selectors.coverage import (
    CoverageOf,
    Held,
    coverage_of,
    house_on_paper,
    rates_on,
    scales,
)
from handrail.core import costs
from handrail.core.access import Actor
from handrail.core.costs import Charges, Course, Estimate, Network, Per, Said, Scale, Terms
from handrail.core.money import percent_of


@dataclass(frozen=True, slots=True)
class Item:
    """One line of what is expected to be charged: how many of it, and at how much, in cents.

    `amount` is what this person is asked without a plan, the sliding fee taken off.
    """

    item: str
    code: str
    count: int
    full: int
    amount: int

    @property
    def total(self) -> int:
        """What all of it comes to."""
        return self.count * self.amount


@dataclass(frozen=True, slots=True)
class Costs:
    """What a course will cost: with the plan as far as it is known, and without one.

    `with_plan` is None where no plan is on file. `share` is the percent of the rate that the
    sliding fee asks of this household; None where there is no scale or nothing was declared.
    """

    client: Client
    level: str
    course: Course
    coverage: Coverage | None
    check: BenefitCheck | None
    told: BenefitLevel | None
    with_plan: Estimate | None
    without: Estimate
    rate: HouseRate | None
    share: int | None
    income: DeclaredIncome | None
    scale: SlidingScale | None
    items: tuple[Item, ...]
    house: HouseOnPaper | None

    @property
    def expected(self) -> int:
        """What all that is expected to be charged comes to without a plan."""
        return sum(one.total for one in self.items)


def costs_of(
    client_id: UUID,
    *,
    level: str,
    course: Course,
    by: Actor,
    on: date,
    found: CoverageOf | None = None,
) -> Costs:
    """What so much care at a level will cost a client, as known on a day.

    `found` is their coverage where it is read already.
    """
    found = found or coverage_of(client_id, by=by, on=on)
    rates = rates_on(on, by=by)
    scale = next((one for one in scales(by=by) if one.from_date <= on), None)
    share = _share(scale, found.income)
    rate = rates.get(level)
    charges = Charges(full=rate.amount if rate else None, own=_own(rate, share) if rate else None)
    first = found.primary
    check = first.newest if first else None
    told = _told(check, level)
    terms = terms_of(check, told, second_plan=len(found.held) > 1) if first else None
    return Costs(
        client=found.client,
        level=level,
        course=course,
        coverage=first.coverage if first else None,
        check=check,
        told=told,
        with_plan=costs.estimate(terms, course, charges) if terms else None,
        without=costs.self_pay(course, charges.own),
        rate=rate,
        share=share,
        income=found.income,
        scale=scale,
        items=_items(level, course, rates, share),
        house=house_on_paper(by=by),
    )


def terms_of(
    check: BenefitCheck | None, told: BenefitLevel | None, *, second_plan: bool = False
) -> Terms:
    """A plan's terms for a level, as far as its newest check says. All open where nobody asked."""
    if check is None:
        return Terms(second_plan=second_plan)
    plan = Terms(
        covered=Said.NO if check.active == Said.NO else Said.UNKNOWN,
        network=Network(check.network),
        deductible=check.deductible,
        deductible_met=check.deductible_met,
        maximum=check.maximum,
        maximum_met=check.maximum_met,
        has_maximum=not check.no_maximum,
        second_plan=second_plan,
    )
    if told is None:
        return plan
    return Terms(
        covered=Said.NO if check.active == Said.NO else Said(told.covered),
        network=plan.network,
        copay=told.copay,
        copay_per=Per(told.copay_per),
        coinsurance=told.coinsurance,
        deductible_applies=Said(told.deductible_applies),
        deductible=plan.deductible,
        deductible_met=plan.deductible_met,
        maximum=plan.maximum,
        maximum_met=plan.maximum_met,
        has_maximum=plan.has_maximum,
        allowed=told.allowed,
        second_plan=second_plan,
    )


def cost_with(held: Held, level: str, course: Course, charges: Charges) -> Estimate:
    """What a level costs under one plan, for the summary on the coverage page."""
    told = _told(held.newest, level)
    return costs.estimate(terms_of(held.newest, told), course, charges)


def _told(check: BenefitCheck | None, level: str) -> BenefitLevel | None:
    if check is None:
        return None
    return next((one for one in check.levels.all() if one.level == level), None)


def _share(scale: SlidingScale | None, income: DeclaredIncome | None) -> int | None:
    if scale is None or income is None:
        return None
    bands = tuple(costs.Band(*one) for one in zip(scale.limits, scale.pays, strict=True))
    return costs.share_of_rate(
        Scale(scale.line_one, scale.line_more, bands),
        household=income.household,
        income=income.yearly_income,
    )


def _own(rate: HouseRate, share: int | None) -> int:
    slides = rate.slides and share is not None
    return percent_of(share or 0, rate.amount) if slides else rate.amount


def _items(
    level: str, course: Course, rates: Mapping[str, HouseRate], share: int | None
) -> tuple[Item, ...]:
    """The sessions first, then what a course comes with besides them."""
    counts = {level: course.sessions} | {
        item: rates[item].count for item in BESIDE if item in rates
    }
    return tuple(
        Item(item, rates[item].code, count, rates[item].amount, _own(rates[item], share))
        for item, count in counts.items()
        if item in rates and count
    )
