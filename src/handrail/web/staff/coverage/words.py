"""What plans say and what is open, in the words of the staff and of the person who pays."""

from handrail.areas.coverage.models import (
    BESIDE,
    BenefitCheck,
    BenefitLevel,
    CheckHow,
    CopayPer,
    DeclaredIncome,
    InNetwork,
)
from handrail.core.costs import Estimate, Open
from handrail.core.money import dollars
from handrail.data import care_catalogue
from handrail.web.kit import filters

ASK = {
    Open.COVERED: "Is this level of care covered?",
    Open.NETWORK: "Is this house in the plan’s network?",
    Open.COPAY: "What is the copay?",
    Open.COPAY_PER: "Is the copay due each visit, each day, each week, or once?",
    Open.COINSURANCE: "Is there coinsurance, and how much?",
    Open.DEDUCTIBLE_APPLIES: "Does the deductible apply to this level?",
    Open.DEDUCTIBLE: "How high is the deductible?",
    Open.DEDUCTIBLE_MET: "How much of the deductible is met?",
    Open.MAXIMUM: "What is the out-of-pocket maximum?",
    Open.MAXIMUM_MET: "How much of the maximum is met?",
    Open.ALLOWED: "What does the plan allow for one session?",
    Open.CHARGE: "No rate of the house is set for this level (Payers and fees).",
    Open.BEYOND: "Out of network: does the house ask for what the plan does not allow?",
    Open.SECOND_PLAN: "What does the second plan pay?",
}
"""What staff still have to ask, by point."""

PLAIN = {
    Open.COVERED: "whether your plan pays for this kind of care",
    Open.NETWORK: "whether your plan counts us as one of its own",
    Open.COPAY: "your copay",
    Open.COPAY_PER: "how often your copay is due",
    Open.COINSURANCE: "whether you pay a part of each bill after that (coinsurance)",
    Open.DEDUCTIBLE_APPLIES: "whether your deductible comes first for this kind of care",
    Open.DEDUCTIBLE: "how high your deductible is",
    Open.DEDUCTIBLE_MET: "how much of your deductible you have paid this year",
    Open.MAXIMUM: "the most your plan lets you pay in a year",
    Open.MAXIMUM_MET: "how much of that you have paid this year",
    Open.ALLOWED: "what your plan counts for one session",
    Open.CHARGE: "our own price for this kind of care",
    Open.BEYOND: "whether we ask you for what your plan does not count",
    Open.SECOND_PLAN: "what your second plan pays",
}
"""What is not known yet, to the person, to follow "We do not know yet"."""


def amount(cents: int | None) -> str:
    """$40, or that it was not said."""
    return "not said" if cents is None else dollars(cents)


def span(found: Estimate) -> str:
    """$960; between $480 and $1,920; at least $480, with no most known yet."""
    if found.is_exact:
        return dollars(found.low)
    if found.high is None:
        return f"at least {dollars(found.low)}; the most is not known yet"
    return f"between {dollars(found.low)} and {dollars(found.high)}"


def short_span(found: Estimate) -> str:
    """$960; $480 to $1,920; from $480."""
    if found.is_exact:
        return dollars(found.low)
    if found.high is None:
        return f"from {dollars(found.low)}"
    return f"{dollars(found.low)} to {dollars(found.high)}"


def copay(told: BenefitLevel) -> str:
    """$40 each visit."""
    if not told.copay or told.copay_per == CopayPer.UNKNOWN:
        return amount(told.copay)
    return f"{dollars(told.copay)} {CopayPer(told.copay_per).label.lower()}"


def who_said(check: BenefitCheck) -> str:
    """By phone with Dana, reference 4471, Fri, Nov 20, 2026, 10:15 am; checked by Ines."""
    how = CheckHow(check.how).label
    with_whom = f" with {check.representative}" if check.representative else ""
    reference = f", reference {check.reference}" if check.reference else ""
    when = filters.moment(check.checked_at)
    return f"{how}{with_whom}{reference}. {when}, by {check.checked_by}"


def network(check: BenefitCheck) -> str:
    """In network, Out of network, Not said."""
    return str(InNetwork(check.network).label)


def income(declared: DeclaredIncome | None) -> str:
    """$31,000 a year for 3 people, declared Nov 20, 2026."""
    if declared is None:
        return ""
    people = filters.counted(declared.household, "person", "people")
    shown = f" ({declared.shown_by})" if declared.shown_by else ""
    day = filters.plain_date(declared.declared_date)
    return f"{dollars(declared.yearly_income)} a year for {people}, declared {day}{shown}"


def met(whole: int | None, part: int | None) -> str:
    """$1,500, of which $400 is met."""
    if whole is None and part is None:
        return "not said"
    if whole == 0:
        return "none"
    done = "how much is met was not said" if part is None else f"{dollars(part)} of it met"
    return f"{amount(whole)}; {done}"


def item_name(item: str) -> str:
    """What a rate is for: a session at a level, or one of the other things."""
    if item in BESIDE:
        return BESIDE[item]
    care = care_catalogue()
    return f"{care.name(item)}, a {unit(item)}" if item in _known() else item


def unit(level: str) -> str:
    """What is counted at a level: a session, or a day where one stays overnight."""
    care = care_catalogue()
    if level in care.acute_places or level == "rtc":
        return "day"
    return "session"


def _known() -> frozenset[str]:
    care = care_catalogue()
    return frozenset({*care.levels, *care.acute_places})
