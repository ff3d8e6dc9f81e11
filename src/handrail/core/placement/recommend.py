"""Recommend: the least restrictive care that provides every need, and why.

A person's findings are read once (reading.Reading) and the rules of one criteria set are held
against that reading (case.Case). Rules name needs; needs decide acute places, level and facets.
While an open safety question could still change where someone should be, the answer is a range
and no level.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from handrail.core.findings import Findings
from handrail.core.levels import EMERGENCY_RESPONSE, Care
from handrail.core.placement.case import Case
from handrail.core.placement.conditions import holds
from handrail.core.placement.criteria import CriteriaSet
from handrail.core.placement.open_questions import anything_open
from handrail.core.placement.packages import codes_of, packages_at, placed, unmet
from handrail.core.placement.reasons import Reasons
from handrail.core.placement.recommendation import (
    ANOTHER_NEED,
    FALLS_SHORT,
    MEETS,
    MORE_THAN_NEEDED,
    AtLeast,
    End,
    NeedFound,
    Note,
    Recommendation,
    Supply,
    Verdict,
)
from handrail.core.placement.rules import Rule


def recommend(
    findings: Findings, criteria: CriteriaSet, *, without: Collection[str] = ()
) -> Recommendation:
    """Find the least restrictive care that meets a person's needs, by one criteria set.

    `findings` by code; codes left out count as not asked. `without` names facets that cannot be
    had: the recommendation stays, and what there is instead is added with its gaps.
    """
    case = Case(dict(findings), criteria)  # kept as they are now, to be made again later
    care, careful, low, high = case.care, case.careful, case.low, case.high
    outside = _outside(case)
    settled = _settled(case) and not outside
    at_least = settled and _only_for_now(case.careful_needs, care)
    single = settled and not at_least
    reasons = Reasons(case, settled=settled, outside=bool(outside))
    needs = case.careful_needs & care.acute_needs if outside else case.careful_needs
    return Recommendation(
        criteria=(criteria.id, criteria.version),
        outside=outside,
        emergency=reasons.emergency(),
        acute=careful.acute if settled else low.acute,
        level=careful.level if single else None,
        at_least=_at_least(careful.level, reasons.needs, care) if at_least else None,
        lowest=None if outside else End(low.acute, low.level, low.packages),
        highest=None if outside else End(high.acute, high.level, high.packages),
        provisional=not outside and anything_open(case),
        packages=careful.packages if settled else (),
        supply=_supply(case, tuple(sorted(without))) if settled and without else None,
        need_codes=codes_of(needs, care),
        possible_needs=codes_of(case.high_needs & ~case.careful_needs, care),
        levels=() if outside else _verdicts(case.low_needs, case.high_needs, care),
        pathway=_pathway(careful.acute, careful.level, care) if single else (),
        offers=tuple([reasons.note(rule) for rule in case.fired if rule.offers]),
        requirements=tuple([_requirement(rule, case) for rule in criteria.requirements]),
        flags=tuple(
            [
                reasons.note(rule)
                for rule in criteria.flags
                if holds(rule.masks, case.reading.careful)
            ]
        ),
        findings=case.given,
        care=care,
        why=reasons,
    )


def _settled(case: Case) -> bool:
    """Whether the open safety questions, at their best and worst, lead to the same place."""
    low, high = case.low, case.high
    emergency = case.care.bit_of[EMERGENCY_RESPONSE]
    return (
        low.level == high.level
        and low.acute == high.acute
        and case.low_needs & emergency == case.high_needs & emergency
    )


def _outside(case: Case) -> str:
    population = case.criteria.population
    if population.excludes(case.answer("age"), case.answer("age_group")):
        return population.outside
    return ""


def _at_least(level: str, needs: Iterable[NeedFound], care: Care) -> AtLeast:
    """The level below which nobody goes before an assessment, and why."""
    reasons = [need for need in needs if care.needs[need.code].until_assessed]
    because = dict.fromkeys([because for need in reasons for because in need.because])
    plain = dict.fromkeys([plain for need in reasons for plain in need.plain])
    return AtLeast(level, tuple(because), tuple(plain))


def _supply(case: Case, without: tuple[str, ...]) -> Supply:
    """The same level with the facets there are, and the needs that are then left open."""
    careful, care = case.careful, case.care
    needs = codes_of(case.careful_needs, care)
    packages = packages_at(careful.level, needs, careful.acute, care, without=without)
    return Supply(without, packages, unmet(needs, careful.acute, packages[0], care))


def _requirement(rule: Rule, case: Case) -> Note:
    if holds(rule.masks, case.reading.certain):
        status = "not met"
    elif holds(rule.masks, case.reading.possible):
        status = "open"
    else:
        status = "met"
    return Note(rule.id, rule.because, rule.plain, rule.source, status=status)


# Many people need the same things: these depend on nothing but needs and the catalogue.


@lru_cache(maxsize=4096)
def _only_for_now(needs: int, care: Care) -> bool:
    """Whether the level is asked for only until someone has been assessed."""
    lasting = needs & ~care.bits([code for code, need in care.needs.items() if need.until_assessed])
    return placed(lasting, care).level != placed(needs, care).level


@lru_cache(maxsize=4096)
def _verdicts(low: int, high: int, care: Care) -> tuple[Verdict, ...]:
    """Judge every level and acute place, least restrictive first, acute places last."""
    lowest, highest = placed(low, care), placed(high, care)
    bottom, top = care.spine.index(lowest.level), care.spine.index(highest.level)
    verdicts = []
    for height, code in enumerate(care.spine):
        if height < top:
            settled = height < bottom
            left_out = codes_of((low if settled else high) & care.above[height], care)
            verdicts.append(Verdict(code, FALLS_SHORT, left_out, settled))
        elif height == top:
            verdicts.append(Verdict(code, MEETS, (), bottom == top))
        else:
            verdicts.append(Verdict(code, MORE_THAN_NEEDED, (), True))
    for code in care.acute_places:
        needed = code in highest.acute
        settled = (code in lowest.acute) == needed
        verdicts.append(Verdict(code, MEETS if needed else ANOTHER_NEED, (), settled))
    return tuple(verdicts)


@lru_cache(maxsize=4096)
def _pathway(acute: tuple[str, ...], level: str, care: Care) -> tuple[str, ...]:
    """The way down from here: acute places, the level, then the usual steps below it."""
    steps, following = [*acute, level], care.levels[level].next
    while following:
        steps.append("+".join(following))
        following = care.levels[following[0]].next if len(following) == 1 else ()
    return tuple(steps)
