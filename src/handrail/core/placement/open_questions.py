"""Open questions: which of them could change a recommendation, those that matter most first."""

from collections.abc import Mapping
from functools import lru_cache

from handrail.core.findings import Answer, Area, Open
from handrail.core.levels import EMERGENCY_RESPONSE, Care
from handrail.core.placement.case import Case
from handrail.core.placement.conditions import Vocabulary
from handrail.core.placement.criteria import population_known
from handrail.core.placement.packages import Placement, codes_of, placed, provided
from handrail.core.placement.recommendation import CHANGES, WouldChange
from handrail.core.placement.rules import Rule

_OF_USE = {Area.USE.value, Area.WITHDRAWAL.value}

Undecided = tuple[int, int, int, int, tuple[str, ...], int]
"""How many answers it takes, the effect, how pressing, the rule's place; findings and needs."""


def would_change(case: Case, *, settled: bool) -> tuple[WouldChange, ...]:
    """The open findings of every undecided rule whose needs are not provided already.

    First what matters most: while there is a range, the safety questions that decide it; then
    questions in areas where something was found; and among those the ones that need the fewest
    other answers and could change the most: an acute place, the level, what comes with it.
    """
    hanging: dict[str, int] = {}
    effect_of: dict[str, int] = {}
    if _age_open(case):
        hanging["age"], effect_of["age"] = 0, CHANGES.index("level")
    for _, effect, _, _, codes, needs in _in_line(case):
        for code in codes:
            if code in hanging:
                hanging[code] |= needs
            else:
                hanging[code], effect_of[code] = needs, effect
    vocabulary, care = case.criteria.vocabulary, case.care
    ranks = _ranks(vocabulary, frozenset([rule.area for rule in case.fired]), settled=settled)
    return tuple(
        [
            _question(code, case.answer(code), hanging[code], effect_of[code], vocabulary, care)
            for code in sorted(hanging, key=ranks.__getitem__)
        ]
    )


def anything_open(case: Case) -> bool:
    """Whether there is any open question that could change the answer."""
    return _age_open(case) or bool(_undecided(case)[0])


def _age_open(case: Case) -> bool:
    """Whether it is not known that the set is for somebody of this age."""
    return not population_known(case.answer("age"), case.answer("age_group"))


def _undecided(case: Case) -> tuple[list[Rule], tuple[int, int, int]]:
    """Rules that open answers decide and whose needs matter, and what further needs change."""
    effects = _effects(placed(case.certain_needs, case.care), case.certain_needs, case.care)
    certain = set(case.certain)
    anything = effects[0] | effects[1] | effects[2]
    rules = [rule for rule in case.live if rule.need_bits & anything and rule not in certain]
    return rules, effects


def _in_line(case: Case) -> list[Undecided]:
    """Every way in which open answers decide something, the most telling first."""
    rules, effects = _undecided(case)
    possible, certain = case.reading.possible, case.reading.certain
    acute, level, facets = effects
    vocabulary = case.criteria.vocabulary
    line = []
    for rule in rules:
        needs = rule.need_bits & (acute | level | facets)
        effect = 0 if needs & acute else 1 if needs & level else 2
        told = needs & effects[effect]
        pressing = told & -told
        asking = _asking(rule, possible & rule.reads, certain & rule.reads, vocabulary)
        for missing, codes in asking:
            line.append((missing, effect, pressing, rule.place, codes, needs))
    line.sort()
    return line


@lru_cache(maxsize=16384)
def _asking(
    rule: Rule, possible: int, certain: int, vocabulary: Vocabulary
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The findings whose answers could make a rule true, by how many of them it would take."""
    reached: dict[int, int] = {}
    for mask, reach in rule.ways:
        if mask & possible == mask:
            missing = (mask & ~certain).bit_count()
            reached[missing] = reached.get(missing, 0) | reach
    still_open = possible & ~certain
    return tuple(
        [(missing, vocabulary.findings(bits & still_open)) for missing, bits in reached.items()]
    )


@lru_cache(maxsize=4096)
def _effects(sure: Placement, needs: int, care: Care) -> tuple[int, int, int]:
    """The further needs that would change the acute places, the level, and what comes with it."""
    left = 0
    for package in sure.packages:
        left |= ~provided(sure.acute, sure.level, package.facets, care)
    acute = care.bit_of[EMERGENCY_RESPONSE]
    for place, first in care.first_at.items():
        if place not in sure.acute:
            acute |= first
    level = care.above[care.spine.index(sure.level)] & ~acute
    return acute & ~needs, level & ~needs, left & ~(acute | level | needs)


@lru_cache(maxsize=512)
def _ranks(vocabulary: Vocabulary, found: frozenset[str], *, settled: bool) -> Mapping[str, int]:
    """Where each question stands in line, when something was found in some areas."""
    troubled = found | _OF_USE if found & _OF_USE else found
    return {
        code: 0
        if one.safety_critical and not settled
        else 1 + 2 * (one.area.value not in troubled) + one.rare
        for code, one in vocabulary.catalogue.items()
    }


@lru_cache(maxsize=16384)
def _question(
    code: str, answer: Answer, needs: int, effect: int, vocabulary: Vocabulary, care: Care
) -> WouldChange:
    definition = vocabulary.catalogue[code]
    return WouldChange(
        code,
        definition.question,
        answer.value if isinstance(answer, Open) else "",
        definition.safety_critical,
        codes_of(needs, care),
        CHANGES[effect],
    )
