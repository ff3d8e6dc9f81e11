"""Rules: when something is so of a person, which needs follow, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.core.placement.conditions import Masks, Vocabulary, holds

FACTS = "{facts}"
"""Stands in a rule's reason where the facts that made the rule true are named."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """When something is so, which needs follow, and why.

    `place` is its place in the set. `because` is for clinicians, `plain` for the person and the
    family. `offers` are things that are offered whatever the level; `because` and `plain` explain
    them too. `masks` are the ways in which the condition is true; `ways` has each with all the
    concerns that it asks about; `reads` are all bits that decide about the rule; `need_bits` are
    its needs as one number. A reason that `names_facts` holds FACTS, so that of several clauses
    only those that held are said.
    """

    id: str
    place: int
    area: str
    masks: Masks
    ways: tuple[tuple[int, int], ...]
    reads: int
    when: str
    needs: tuple[str, ...]
    need_bits: int
    offers: tuple[str, ...]
    severity: int
    because: str
    plain: str
    source: str
    tag: str
    names_facts: bool


class RuleIndex:
    """Finds the rules that are true of a person without looking at each of them.

    Every way in which a rule is true stands under one concern that it needs; only ways under
    concerns that a person has are looked at. Where a person has most of them, all are.
    """

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._under: dict[int, list[tuple[int, int]]] = {}
        for rule in rules:
            for mask in rule.masks:
                bit = vocabulary.rarest(mask)
                self._under.setdefault(bit, []).append((mask, rule.place))
        self._bits = sum(self._under)
        self._many = len(self._under) // 3

    def true_of(self, facts: int) -> list[Rule]:
        """The rules that are true, in their order."""
        rules = self._rules
        left = facts & self._bits
        if left.bit_count() > self._many:
            return [rule for rule in rules if holds(rule.masks, facts)]
        true = set()
        while left:
            bit = left & -left
            left ^= bit
            for mask, place in self._under[bit]:
                if mask & facts == mask:
                    true.add(place)
        return [rules[place] for place in sorted(true)]


def needs_of(rules: Sequence[Rule]) -> int:
    """The needs that follow from some rules, as one number."""
    needs = 0
    for rule in rules:
        needs |= rule.need_bits
    return needs


def still_true(rules: list[Rule], facts: int, before: int) -> list[Rule]:
    """The rules of a list that stay true when fewer facts are; holds(), written out for speed."""
    if facts == before:
        return rules
    true = []
    for rule in rules:
        for mask in rule.masks:
            if mask & facts == mask:
                true.append(rule)
                break
    return true
