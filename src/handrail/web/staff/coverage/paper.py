"""What care will cost, as one page for the person: plain words, a range where parts are unknown.

Facts about good-faith estimates for people without insurance or who do not use it: Public Health
Service Act section 2799B-6, 45 CFR 149.610 and 149.620 (the No Surprises Act). [M] but for the
400 dollars, the 120 days and the address and phone of the help desk, which were seen. [S]
"""

from dataclasses import dataclass
from datetime import date

from handrail.areas.coverage.models import BenefitCheck, BenefitLevel, CopayPer, YesNo
from handrail.areas.coverage.selectors.costs import Costs
from handrail.core.costs import Estimate
from handrail.core.money import dollars
from handrail.data import care_catalogue
from handrail.web.kit import filters
from handrail.web.staff.coverage import words

ESTIMATE_WORDS = (
    "This estimate is for care that you pay for yourself, because you have no insurance or choose"
    " not to use it. It lists what we expect to charge, as far as we know today.",
    "It is an estimate. Your care may turn out to need more or less, and what you are charged may"
    " differ. We may recommend other care that is not listed here; that is planned and priced"
    " separately. It covers our own charges, and not those of anyone else who treats you.",
    "If we bill you at least $400 more than this estimate says, federal law lets you dispute the"
    " bill. You have 120 days from the date of the first bill to begin. You can also ask us to"
    " correct the bill, to talk about it, or to help with paying. Disputing a bill does not"
    " change how we treat you.",
    "This is not a contract. It does not oblige you to get any of this care from us.",
    "Questions about these rights: www.cms.gov/nosurprises, or 1-800-985-3059. Keep this page.",
)
"""What belongs beside an estimate, in our own words."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the estimate."""

    what: str
    code: str
    count: int
    each: str
    total: str


@dataclass(frozen=True, slots=True)
class CostsPaper:
    """Everything on the page, in words."""

    house: str
    house_facts: tuple[str, ...]
    name: str
    born: str
    day: str
    care: str
    course: str
    plan: str
    sum: str
    sum_words: str
    steps: tuple[str, ...]
    unknown: tuple[str, ...]
    told: str
    without: str
    sliding: str
    lines: tuple[PaperLine, ...]
    total: str
    diagnoses: str
    missing: tuple[str, ...]
    terms: tuple[str, ...] = ESTIMATE_WORDS

    @property
    def house_line(self) -> str:
        """Who gives the care, in a line: name, address, phone, numbers."""
        return "; ".join((self.house, *self.house_facts))


def costs_paper(
    costs: Costs, *, house: str, day: date, zone: str, diagnoses: tuple[str, ...] = ()
) -> CostsPaper:
    """Put the costs into the words of the page. `diagnoses` are codes, for the estimate."""
    unit = words.unit(costs.level)
    main = costs.with_plan or costs.without
    course = costs.course
    weeks = -(-course.sessions // course.per_week)
    return CostsPaper(
        house=costs.house.legal_name if costs.house else house,
        house_facts=_house(costs),
        name=costs.client.full_name,
        born=filters.plain_day(costs.client.birth_date),
        day=filters.plain_day(day),
        care=_named(costs.level),
        course=f"{filters.counted(course.sessions, unit)}, {course.per_week} a week,"
        f" about {filters.counted(weeks, 'week')}",
        plan=costs.coverage.payer.name if costs.coverage else "",
        sum=words.short_span(main).capitalize(),
        sum_words=_sum_words(main, with_plan=costs.with_plan is not None),
        steps=_steps(costs),
        unknown=tuple(words.PLAIN[one] for one in main.open),
        told=words.who_said(costs.check) if costs.check else "",
        without=_without(costs, unit),
        sliding=_sliding(costs),
        lines=tuple(
            PaperLine(
                what=words.item_name(one.item),
                code=one.code,
                count=one.count,
                each=dollars(one.amount),
                total=dollars(one.total),
            )
            for one in costs.items
        ),
        total=dollars(costs.expected),
        diagnoses=", ".join(diagnoses),
        missing=_missing(costs),
    )


def _named(level: str) -> str:
    """Intensive outpatient treatment (IOP)."""
    care = care_catalogue()
    found = care.levels.get(level)
    return f"{care.name(level)} ({found.acronym})" if found and found.acronym else care.name(level)


def _sum_words(found: Estimate, *, with_plan: bool) -> str:
    payer = "with your plan" if with_plan else "without a plan"
    if found.is_exact:
        return f"That is what you pay {payer} for all of it, by what we know today."
    if found.high is None:
        return (
            f"We cannot say yet what the most is that you would pay {payer}."
            " We would rather say so than guess."
        )
    return (
        f"That is the least and the most you would pay {payer} for all of it."
        " It gets closer once we know the points below."
    )


def _steps(costs: Costs) -> tuple[str, ...]:
    """How the amount under the plan comes about, step by step, leaving out what was not said."""
    told, check = costs.told, costs.check
    if costs.coverage is None or check is None:
        return ()
    if check.active == YesNo.NO:
        return ("Your plan told us that it is not in force now, so it would pay nothing.",)
    if told is None:
        return ("Your plan has not told us yet what it pays for this kind of care.",)
    if told.covered == YesNo.NO:
        return ("Your plan told us that it does not pay for this kind of care.",)
    found = (*_each_session(told, check), _maximum(check), *_rules(told))
    return tuple(one for one in found if one)


def _each_session(told: BenefitLevel, check: BenefitCheck) -> tuple[str, ...]:
    """What a session costs: deductible, copay, coinsurance."""
    return (_deductible(told, check), _copay(told), _coinsurance(told))


def _deductible(told: BenefitLevel, check: BenefitCheck) -> str:
    if told.deductible_applies == YesNo.NO:
        return "Your deductible does not come first for this kind of care."
    if told.deductible_applies != YesNo.YES or not check.deductible:
        return ""
    left = max(0, check.deductible - (check.deductible_met or 0))
    met = "" if check.deductible_met is None else f"; {dollars(left)} of it is left"
    return f"First your deductible: {dollars(check.deductible)} a year{met}."


def _copay(told: BenefitLevel) -> str:
    if told.copay == 0:
        return "There is no copay."
    if not told.copay:
        return ""
    per = CopayPer(told.copay_per)
    often = "" if per is CopayPer.UNKNOWN else f" {str(per.label).lower()}"
    return f"A copay: {dollars(told.copay)}{often}."


def _coinsurance(told: BenefitLevel) -> str:
    part = told.coinsurance
    return f"Of the rest you pay {part}% (coinsurance)." if part else ""


def _maximum(check: BenefitCheck) -> str:
    if check.maximum is None:
        return ""
    paid = check.maximum_met
    met = "" if paid is None else f", of which you have paid {dollars(paid)}"
    return f"In a year you pay at most {dollars(check.maximum)}{met}. Then the plan pays all."


def _rules(told: BenefitLevel) -> tuple[str, ...]:
    limit = f"The plan named a limit: {told.limit}. What goes beyond it is yours to pay."
    approve = "Your plan has to approve this care beforehand. We ask for that with you."
    return (
        limit if told.limit else "",
        approve if told.authorization == YesNo.YES else "",
    )


def _without(costs: Costs, unit: str) -> str:
    if costs.rate is None:
        return "We have not set our own price for this kind of care yet. Ask us for it."
    full = dollars(costs.rate.amount)
    return f"{words.span(costs.without).capitalize()} in all. Our price is {full} a {unit}."


def _sliding(costs: Costs) -> str:
    if costs.scale is None:
        return ""
    if costs.share is None or costs.income is None:
        return (
            "We have a sliding fee: with less income you pay less. Tell us how many people you"
            " live with and what you have in a year, if you want to use it."
        )
    people = filters.counted(costs.income.household, "person", "people")
    return (
        f"By our sliding fee you pay {costs.share}% of our price: {people} in your household,"
        f" {dollars(costs.income.yearly_income)} a year, as you told us."
    )


def _house(costs: Costs) -> tuple[str, ...]:
    if costs.house is None:
        return ()
    one = costs.house
    found = (
        one.address,
        one.phone,
        f"National provider identifier {one.npi}" if one.npi else "",
        f"Tax number {one.tax_number}" if one.tax_number else "",
    )
    return tuple(said for said in found if said)


def _missing(costs: Costs) -> tuple[str, ...]:
    """What an estimate must carry and does not yet, for staff."""
    found = []
    if costs.rate is None:
        found.append("the house’s rate for this level")
    if costs.house is None or not costs.house.npi:
        found.append("the house’s national provider identifier")
    if costs.house is None or not costs.house.tax_number:
        found.append("the house’s tax number")
    if costs.house is None or not costs.house.address:
        found.append("the house’s address")
    return tuple(found)
