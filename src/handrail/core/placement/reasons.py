"""Reasons: why a person needs what they need, with the answers that each reason rests on.

A reason depends on nothing but a rule and the answers behind it, and many people give the same;
so it is made once and remembered. Where a file quotes someone, it is made anew and forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from handrail.core.findings import NOT_MENTIONED, Answer, Area, Definition, Finding, Open
from handrail.core.levels import EMERGENCY_RESPONSE, Care
from handrail.core.placement.case import Case
from handrail.core.placement.conditions import Vocabulary
from handrail.core.placement.criteria import SEVERITIES
from handrail.core.placement.open_questions import would_change
from handrail.core.placement.recommendation import (
    AreaFound,
    Emergency,
    Evidence,
    NeedFound,
    Note,
    WouldChange,
)
from handrail.core.placement.rules import FACTS, Rule

Item = TypeVar("Item")

ASSESSED = tuple(area.value for area in Area if area is not Area.PERSON)
"""The six areas of an assessment."""


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """A rule that is true of somebody, its reason for clinicians, and the answers behind it."""

    rule: Rule
    because: str
    evidence: tuple[Evidence, ...]


class Reasons:
    """Every reason in one case, found when asked for, and then once.

    Someone `outside` the population has only acute needs; `settled` is said of the place.
    """

    def __init__(self, case: Case, *, settled: bool, outside: bool) -> None:
        self._case = case
        self._settled = settled
        self._outside = outside
        self._known: dict[Rule, Reason] = {}
        self._quoting = False

    def of(self, rule: Rule) -> Reason:
        """Why a rule is true: the answers that made it so, by every way of it that holds."""
        reason = self._known.get(rule)
        if reason is None:
            reason = self._known[rule] = self._find(rule)
        return reason

    @cached_property
    def needs(self) -> tuple[NeedFound, ...]:
        """The needs found, most pressing first."""
        care = self._case.care
        reasons_of: dict[str, list[Reason]] = {}
        for rule in self._case.fired:
            reason = self.of(rule)
            for code in rule.needs:
                reasons_of.setdefault(code, []).append(reason)
        found = _need_found.__wrapped__ if self._quoting else _need_found
        return tuple(
            [
                found(code, tuple(reasons_of[code]), care)
                for code, need in care.needs.items()
                if code in reasons_of and (need.acute or not self._outside)
            ]
        )

    @cached_property
    def areas(self) -> tuple[AreaFound, ...]:
        """How serious each area is; open where a safety question could still make it worse."""
        reasons_of: dict[str, list[Reason]] = {area: [] for area in ASSESSED}
        worst = dict.fromkeys(ASSESSED, 0)
        for rule in self._case.fired:
            if rule.severity:
                reasons_of[rule.area].append(self.of(rule))
                worst[rule.area] = max(worst[rule.area], rule.severity)
        still_open = {
            rule.area for rule in self._case.highest if rule.severity > worst.get(rule.area, 9)
        }
        found = _area_found.__wrapped__ if self._quoting else _area_found
        return tuple(
            [
                found(area, worst[area], tuple(reasons), still_open=area in still_open)
                for area, reasons in reasons_of.items()
            ]
        )

    @cached_property
    def would_change(self) -> tuple[WouldChange, ...]:
        """The open questions that could change the answer, those that matter most first."""
        return () if self._outside else would_change(self._case, settled=self._settled)

    def emergency(self) -> Emergency | None:
        """Why something cannot wait, if anything."""
        rules = [rule for rule in self._case.fired if EMERGENCY_RESPONSE in rule.needs]
        if not rules:
            return None
        reasons = [self.of(rule) for rule in rules]
        return Emergency(
            tuple([reason.because for reason in reasons]),
            tuple([rule.plain for rule in rules]),
            _evidence(reasons),
        )

    def note(self, rule: Rule) -> Note:
        """A rule that is told beside the answer."""
        because = self.of(rule).because if rule.names_facts else rule.because
        return Note(rule.id, because, rule.plain, rule.source, offers=rule.offers)

    def _find(self, rule: Rule) -> Reason:
        case = self._case
        vocabulary = case.criteria.vocabulary
        codes = _rests_on(rule, case.reading.careful & rule.reads, vocabulary)
        behind = [case.findings.get(code, _NOT_ASKED) for code in codes]
        answers = tuple([one.answer for one in behind])
        quotes = tuple([one.evidence for one in behind])
        if any(quotes):
            self._quoting = True
            return _reason.__wrapped__(rule, codes, answers, quotes, vocabulary)
        return _reason(rule, codes, answers, quotes, vocabulary)


_NOT_ASKED = Finding("", Open.NOT_ASKED)


@lru_cache(maxsize=16384)
def _rests_on(rule: Rule, facts: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The codes of the findings behind every way of a rule that holds."""
    reached = 0
    for mask, reach in rule.ways:
        if mask & facts == mask:
            reached |= reach
    return vocabulary.findings(reached & facts)


@lru_cache(maxsize=16384)
def _reason(
    rule: Rule,
    codes: tuple[str, ...],
    answers: tuple[Answer, ...],
    quotes: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Reason:
    evidence = tuple(
        [
            _says(vocabulary.catalogue[code], answer, quote)
            for code, answer, quote in zip(codes, answers, quotes, strict=True)
        ]
    )
    because = rule.because
    if rule.names_facts:
        because = because.replace(FACTS, "; ".join([each.says for each in evidence]))
    return Reason(rule, because, evidence)


def _says(definition: Definition, answer: Answer, quote: str) -> Evidence:
    if quote == NOT_MENTIONED:  # a silent record has not said no
        return Evidence(definition.code, f"{definition.label}: {NOT_MENTIONED}", quote)
    return Evidence(definition.code, definition.say(answer), quote)


@lru_cache(maxsize=16384)
def _need_found(code: str, reasons: tuple[Reason, ...], care: Care) -> NeedFound:
    need, rules = care.needs[code], [reason.rule for reason in reasons]
    return NeedFound(
        need.code,
        need.name,
        need.leaves_out,
        need.acute,
        need.floor,
        _unique([rule.area for rule in rules]),
        _unique([reason.because for reason in reasons]),
        _unique([rule.plain for rule in rules]),
        _unique([f"{rule.source} [{rule.tag}]" for rule in rules]),
        _evidence(reasons),
    )


@lru_cache(maxsize=16384)
def _area_found(
    area: str, severity: int, reasons: tuple[Reason, ...], *, still_open: bool
) -> AreaFound:
    return AreaFound(area, SEVERITIES[severity], _evidence(reasons), still_open)


def _evidence(reasons: Sequence[Reason]) -> tuple[Evidence, ...]:
    """The answers that some reasons rest on, each once."""
    found = {each.finding: each for reason in reasons for each in reason.evidence}
    return tuple(found.values())


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
