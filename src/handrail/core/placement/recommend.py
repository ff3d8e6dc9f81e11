"""Recommend: the least restrictive care that provides every need, and why.

A person's findings are read once (conditions.Reading) and the rules of one criteria set are held
against that reading. Rules name needs; needs decide acute places, level and facets. While an open
safety question could still change where someone should be, the answer is a range and no level.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from handrail.core.findings import (
    NOT_MENTIONED,
    Answer,
    Area,
    Findings,
    Open,
    with_parts_answered,
)
from handrail.core.levels import EMERGENCY_RESPONSE, Care
from handrail.core.placement.conditions import holds
from handrail.core.placement.criteria import SEVERITIES, CriteriaSet, Rule, population_known
from handrail.core.placement.packages import (
    Placement,
    least_restrictive,
    packages_at,
    unmet,
)
from handrail.core.placement.recommendation import (
    ANOTHER_NEED,
    CHANGES,
    FALLS_SHORT,
    MEETS,
    MORE_THAN_NEEDED,
    AreaFound,
    Emergency,
    End,
    Evidence,
    NeedFound,
    Note,
    Recommendation,
    Supply,
    Verdict,
    WouldChange,
)

Item = TypeVar("Item")

ASSESSED = tuple(area for area in Area if area is not Area.PERSON)
"""The six areas of an assessment."""


def recommend(
    findings: Findings, criteria: CriteriaSet, *, without: Collection[str] = ()
) -> Recommendation:
    """Find the least restrictive care that meets a person's needs, by one criteria set.

    `findings` by code; codes left out count as not asked. `without` names facets that cannot be
    had: the recommendation stays, and what there is instead is added with its gaps.
    """
    return _Case(findings, criteria).recommend(tuple(sorted(without)))


class _Case:
    """One person held against one criteria set."""

    def __init__(self, findings: Findings, criteria: CriteriaSet) -> None:
        self.given = findings
        self.findings = findings = with_parts_answered(findings, criteria.catalogue)
        self.criteria = criteria
        self.care = criteria.care
        self._vocabulary = criteria.vocabulary
        self._said: dict[str, Evidence] = {}
        self._resting: dict[Rule, tuple[Evidence, ...]] = {}
        self.reading = reading = criteria.reader.read(findings)
        # What is not true at the worst is not true at all; few rules are left to look at.
        self.live = _true_of(criteria.rules, reading.possible)
        self.fired = self._true_at(reading.careful)
        certain = self._true_at(reading.certain)
        self.certain_needs = _needs_of(certain)
        self.careful_needs = _needs_of(self.fired)
        self.low_needs = _needs_of(self._true_at(reading.lowest))
        self.high_needs = _needs_of(self._true_at(reading.highest))
        self.undecided = [rule for rule in self.live if rule not in certain]

    def recommend(self, without: tuple[str, ...]) -> Recommendation:
        care, criteria = self.care, self.criteria
        careful = _placed(self.careful_needs, care)
        low, high = _placed(self.low_needs, care), _placed(self.high_needs, care)
        outside = self._outside()
        settled = self._settled(low, high) and not outside
        would_change = () if outside else self._would_change()
        return Recommendation(
            criteria=(criteria.id, criteria.version),
            outside=outside,
            emergency=self._emergency(),
            acute=careful.acute if settled else low.acute,
            level=careful.level if settled else None,
            lowest=None if outside else End(low.acute, low.level, low.packages),
            highest=None if outside else End(high.acute, high.level, high.packages),
            provisional=bool(would_change),
            packages=careful.packages if settled else (),
            supply=self._supply(careful, without) if settled and without else None,
            areas=self._areas(),
            needs=tuple(
                self._need(code)
                for code, need in care.needs.items()
                if code in self.careful_needs and (need.acute or not outside)
            ),
            possible_needs=tuple(
                code for code in care.needs if code in self.high_needs - self.careful_needs
            ),
            levels=() if outside else _verdicts(self.low_needs, self.high_needs, care),
            pathway=_pathway(careful.acute, careful.level, care) if settled else (),
            would_change=would_change,
            offers=self._offers(),
            requirements=tuple(self._requirement(rule) for rule in criteria.requirements),
            flags=tuple(
                Note(rule.id, rule.because, rule.plain, rule.source)
                for rule in criteria.flags
                if holds(rule.masks, self.reading.careful)
            ),
            findings=dict(self.given),  # kept as they are now, to be made again later
            care=care,
        )

    def _true_at(self, facts: int) -> list[Rule]:
        return self.live if facts == self.reading.possible else _true_of(self.live, facts)

    def _settled(self, low: Placement, high: Placement) -> bool:
        """Whether the open safety questions, at their best and worst, lead to the same place."""
        same_place = (low.acute, low.level) == (high.acute, high.level)
        emergencies = {EMERGENCY_RESPONSE in needs for needs in (self.low_needs, self.high_needs)}
        return same_place and len(emergencies) == 1

    def _outside(self) -> str:
        population = self.criteria.population
        if population.excludes(self._answer("age"), self._answer("age_group")):
            return population.outside
        return ""

    def _emergency(self) -> Emergency | None:
        rules = [rule for rule in self.fired if EMERGENCY_RESPONSE in rule.needs]
        if not rules:
            return None
        return Emergency(
            tuple(rule.because for rule in rules),
            tuple(rule.plain for rule in rules),
            self._evidence(rules),
        )

    def _need(self, code: str) -> NeedFound:
        need = self.care.needs[code]
        rules = tuple([rule for rule in self.fired if code in rule.needs])
        areas, because, plain, sources = _reasons(rules)
        return NeedFound(
            code=code,
            name=need.name,
            leaves_out=need.leaves_out,
            acute=need.acute,
            floor=need.floor,
            areas=areas,
            because=because,
            plain=plain,
            sources=sources,
            evidence=self._evidence(rules),
        )

    def _areas(self) -> tuple[AreaFound, ...]:
        by_area: dict[Area, list[Rule]] = {area: [] for area in ASSESSED}
        for rule in self.fired:
            if rule.severity:
                by_area[rule.area].append(rule)
        worst = {rule.area: rule.severity for rule in sorted(self.fired, key=_severity)}
        could_be = self._true_at(self.reading.highest)
        still_open = {rule.area for rule in could_be if rule.severity > worst.get(rule.area, 0)}
        return tuple(
            AreaFound(
                area.value,
                SEVERITIES[worst.get(area, 0)],
                self._evidence(rules),
                area in still_open,
            )
            for area, rules in by_area.items()
        )

    def _evidence(self, rules: Sequence[Rule]) -> tuple[Evidence, ...]:
        """The answers that made some rules true, each once."""
        if len(rules) == 1:
            return self._rests_on(rules[0])
        return tuple(
            {each.finding: each for rule in rules for each in self._rests_on(rule)}.values()
        )

    def _rests_on(self, rule: Rule) -> tuple[Evidence, ...]:
        """The answers that made one rule true, by every way of it that holds."""
        if rule not in self._resting:
            facts, reached = self.reading.careful, 0
            for mask, reach in rule.ways:
                if mask & facts == mask:
                    reached |= reach
            codes = self._vocabulary.findings(reached & facts)
            self._resting[rule] = tuple([self._says(code) for code in codes])
        return self._resting[rule]

    def _says(self, code: str) -> Evidence:
        said = self._said.get(code)
        if said is None:
            finding = self.findings.get(code)
            definition = self.criteria.catalogue[code]
            rests_on = finding.evidence if finding else ""
            if rests_on == NOT_MENTIONED:  # a silent record has not said no
                words = f"{definition.label}: {NOT_MENTIONED}"
            else:
                words = definition.say(self._answer(code))
            said = self._said[code] = Evidence(code, words, rests_on)
        return said

    def _would_change(self) -> tuple[WouldChange, ...]:
        """The open findings of every undecided rule whose needs are not provided already."""
        sure = _placed(self.certain_needs, self.care)
        further = _needs_of(self.undecided) - self.certain_needs
        provided = _provided(self.certain_needs, self.care)
        effects = {need: _effect(need, sure, self.care) for need in further - provided}
        hanging: dict[str, dict[str, None]] = {}
        for rule in self.undecided:
            needs = dict.fromkeys([need for need in rule.needs if effects.get(need)])
            for code in self._open_findings(rule) if needs else ():
                hanging.setdefault(code, {}).update(needs)
        if not population_known(self._answer("age"), self._answer("age_group")):
            hanging.setdefault("age", {})  # outside the population there would be no level
        found = []
        for code, needs in hanging.items():
            changes = min([CHANGES.index(effects[need]) for need in needs], default=1)
            found.append(self._what_hangs_on(code, tuple(needs), CHANGES[changes]))
        return tuple(sorted(found, key=lambda one: (not one.safety, CHANGES.index(one.changes))))

    def _answer(self, code: str) -> Answer:
        finding = self.findings.get(code)
        return finding.answer if finding else Open.NOT_ASKED

    def _open_findings(self, rule: Rule) -> tuple[str, ...]:
        """The findings whose answers are missing to decide a rule."""
        possible, reached = self.reading.possible, 0
        for mask, reach in rule.ways:
            if mask & possible == mask:
                reached |= reach
        return self._vocabulary.findings(reached & possible & ~self.reading.certain)

    def _what_hangs_on(self, code: str, needs: tuple[str, ...], changes: str) -> WouldChange:
        definition = self.criteria.catalogue[code]
        answer = self._answer(code)
        said = answer.value if isinstance(answer, Open) else ""
        return WouldChange(
            code, definition.question, said, definition.safety_critical, needs, changes
        )

    def _supply(self, careful: Placement, without: tuple[str, ...]) -> Supply:
        """The same level with the facets there are, and the needs that are then left open."""
        needs, care = self.careful_needs, self.care
        packages = packages_at(careful.level, needs, careful.acute, care, without=without)
        return Supply(without, packages, unmet(needs, careful.acute, packages[0], care))

    def _offers(self) -> tuple[Note, ...]:
        return tuple(
            Note(rule.id, rule.because, rule.plain, rule.source, offers=rule.offers)
            for rule in self.fired
            if rule.offers
        )

    def _requirement(self, rule: Rule) -> Note:
        if holds(rule.masks, self.reading.certain):
            status = "not met"
        elif holds(rule.masks, self.reading.possible):
            status = "open"
        else:
            status = "met"
        return Note(rule.id, rule.because, rule.plain, rule.source, status=status)


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))


def _true_of(rules: Iterable[Rule], facts: int) -> list[Rule]:
    """The rules that are true of a person: holds(), written out, for it runs most of all."""
    true = []
    for rule in rules:
        for mask in rule.masks:
            if mask & facts == mask:
                true.append(rule)
                break
    return true


def _needs_of(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset([need for rule in rules for need in rule.needs])


def _severity(rule: Rule) -> int:
    return rule.severity


@lru_cache(maxsize=4096)
def _reasons(rules: tuple[Rule, ...]) -> tuple[tuple[str, ...], ...]:
    """The areas, the clinician's and the plain reasons and the sources of some rules."""
    return (
        _unique(rule.area.value for rule in rules),
        _unique(rule.because for rule in rules),
        _unique(rule.plain for rule in rules),
        _unique(f"{rule.source} [{rule.tag}]" for rule in rules),
    )


# Many people need the same things: these depend on nothing but needs and the catalogue.


@lru_cache(maxsize=4096)
def _placed(needs: frozenset[str], care: Care) -> Placement:
    return least_restrictive(needs, care)


@lru_cache(maxsize=4096)
def _provided(needs: frozenset[str], care: Care) -> frozenset[str]:
    """Every need that could be added to these and would change nothing."""
    placed = _placed(needs, care)
    left = {
        n for package in placed.packages for n in unmet(care.needs, placed.acute, package, care)
    }
    return frozenset(
        code
        for code, need in care.needs.items()
        if code not in left
        and code != EMERGENCY_RESPONSE
        and care.height_of(code) <= care.spine.index(placed.level)
        and (not need.first_place or need.first_place in placed.acute)
    )


def _effect(need: str, sure: Placement, care: Care) -> str:
    """What a further need would change that is not provided already."""
    place = care.needs[need].first_place
    if need == EMERGENCY_RESPONSE or (place and place not in sure.acute):
        return "acute"
    return "level" if care.height_of(need) > care.spine.index(sure.level) else "facets"


@lru_cache(maxsize=4096)
def _verdicts(low: frozenset[str], high: frozenset[str], care: Care) -> tuple[Verdict, ...]:
    """Judge every level and acute place, least restrictive first, acute places last."""
    lowest, highest = _placed(low, care), _placed(high, care)
    bottom, top = care.spine.index(lowest.level), care.spine.index(highest.level)
    verdicts = []
    for height, code in enumerate(care.spine):
        if height < top:
            settled = height < bottom
            left_out = unmet_at(code, low if settled else high, care)
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


def unmet_at(level: str, needs: Collection[str], care: Care) -> tuple[str, ...]:
    """The needs that a level leaves out even with every facet that can be added to it."""
    height = care.spine.index(level)
    return tuple(code for code in care.needs if code in needs and care.height_of(code) > height)


@lru_cache(maxsize=4096)
def _pathway(acute: tuple[str, ...], level: str, care: Care) -> tuple[str, ...]:
    """The way down from here: acute places, the level, then the usual steps below it."""
    steps, following = [*acute, level], care.levels[level].next
    while following:
        steps.append("+".join(following))
        following = care.levels[following[0]].next if len(following) == 1 else ()
    return tuple(steps)
