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
from handrail.core.needs import Need
from handrail.core.placement.conditions import holds
from handrail.core.placement.criteria import (
    FACTS,
    SEVERITIES,
    CriteriaSet,
    Rule,
    population_known,
)
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
    AtLeast,
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

ASSESSED = tuple(area.value for area in Area if area is not Area.PERSON)
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
        self.findings = with_parts_answered(findings, criteria.catalogue)
        self.criteria = criteria
        self.care = criteria.care
        self._vocabulary = criteria.vocabulary
        self._said: dict[str, Evidence] = {}
        self._resting: dict[Rule, tuple[Evidence, ...]] = {}
        self.reading = reading = criteria.reader.read(self.findings)
        # Each way to take open answers is no worse than the next: what is not true at the worst
        # is not true at all, so each list is looked for in the one before it.
        self.live = criteria.index.true_of(reading.possible)
        self.highest = _still_true(self.live, reading.highest, reading.possible)
        self.fired = _still_true(self.highest, reading.careful, reading.highest)
        lowest = _still_true(self.fired, reading.lowest, reading.careful)
        self.certain = _still_true(lowest, reading.certain, reading.lowest)
        self.certain_needs = _needs_of(tuple(self.certain))
        self.careful_needs = _needs_of(tuple(self.fired))
        self.low_needs = _needs_of(tuple(lowest))
        self.high_needs = _needs_of(tuple(self.highest))

    def recommend(self, without: tuple[str, ...]) -> Recommendation:
        care, criteria = self.care, self.criteria
        careful = _placed(self.careful_needs, care)
        low, high = _placed(self.low_needs, care), _placed(self.high_needs, care)
        outside = self._outside()
        settled = self._settled(low, high) and not outside
        at_least = settled and _only_for_now(self.careful_needs, care)
        single = settled and not at_least
        would_change = () if outside else self._would_change(settled=settled)
        needs = self._needs(outside=bool(outside))
        return Recommendation(
            criteria=(criteria.id, criteria.version),
            outside=outside,
            emergency=self._emergency(),
            acute=careful.acute if settled else low.acute,
            level=careful.level if single else None,
            at_least=self._at_least(careful.level, needs) if at_least else None,
            lowest=None if outside else End(low.acute, low.level, low.packages),
            highest=None if outside else End(high.acute, high.level, high.packages),
            provisional=bool(would_change),
            packages=careful.packages if settled else (),
            supply=self._supply(careful, without) if settled and without else None,
            areas=self._areas(),
            needs=needs,
            possible_needs=tuple(
                [code for code in care.needs if code in self.high_needs - self.careful_needs]
            ),
            levels=() if outside else _verdicts(self.low_needs, self.high_needs, care),
            pathway=_pathway(careful.acute, careful.level, care) if single else (),
            would_change=would_change,
            offers=self._offers(),
            requirements=tuple([self._requirement(rule) for rule in criteria.requirements]),
            flags=tuple(
                [
                    Note(rule.id, self._because(rule), rule.plain, rule.source)
                    for rule in criteria.flags
                    if holds(rule.masks, self.reading.careful)
                ]
            ),
            findings=dict(self.given),  # kept as they are now, to be made again later
            care=care,
        )

    def _settled(self, low: Placement, high: Placement) -> bool:
        """Whether the open safety questions, at their best and worst, lead to the same place."""
        return (
            low.level == high.level
            and low.acute == high.acute
            and (EMERGENCY_RESPONSE in self.low_needs) == (EMERGENCY_RESPONSE in self.high_needs)
        )

    def _outside(self) -> str:
        population = self.criteria.population
        if population.excludes(self._answer("age"), self._answer("age_group")):
            return population.outside
        return ""

    def _at_least(self, level: str, needs: Iterable[NeedFound]) -> AtLeast:
        """The level below which nobody goes before an assessment, and why."""
        reasons = [need for need in needs if self.care.needs[need.code].until_assessed]
        return AtLeast(
            level,
            _unique(because for need in reasons for because in need.because),
            _unique(plain for need in reasons for plain in need.plain),
        )

    def _emergency(self) -> Emergency | None:
        if EMERGENCY_RESPONSE not in self.careful_needs:
            return None
        rules = [rule for rule in self.fired if EMERGENCY_RESPONSE in rule.needs]
        return Emergency(
            tuple([self._because(rule) for rule in rules]),
            tuple([rule.plain for rule in rules]),
            self._evidence(rules),
        )

    def _needs(self, *, outside: bool) -> tuple[NeedFound, ...]:
        """The needs found, most pressing first; outside the population only the acute ones."""
        rules_of: dict[str, list[Rule]] = {}
        for rule in self.fired:
            for code in rule.needs:
                rules_of.setdefault(code, []).append(rule)
        return tuple(
            [
                self._need(need, rules_of[code])
                for code, need in self.care.needs.items()
                if code in rules_of and (need.acute or not outside)
            ]
        )

    def _need(self, need: Need, rules: list[Rule]) -> NeedFound:
        areas, because, plain, sources = _reasons(tuple(rules))
        if any(rule.names_facts for rule in rules):
            because = _unique([self._because(rule) for rule in rules])
        return NeedFound(
            need.code,
            need.name,
            need.leaves_out,
            need.acute,
            need.floor,
            areas,
            because,
            plain,
            sources,
            self._evidence(rules),
        )

    def _because(self, rule: Rule) -> str:
        """A rule's reason for clinicians, with the facts that made it true where it names them."""
        if not rule.names_facts:
            return rule.because
        facts = "; ".join([each.says for each in self._rests_on(rule)])
        return rule.because.replace(FACTS, facts)

    def _areas(self) -> tuple[AreaFound, ...]:
        by_area: dict[str, list[Rule]] = {area: [] for area in ASSESSED}
        worst = dict.fromkeys(ASSESSED, 0)
        for rule in self.fired:
            if rule.severity:
                by_area[rule.area].append(rule)
                worst[rule.area] = max(worst[rule.area], rule.severity)
        still_open = {rule.area for rule in self.highest if rule.severity > worst.get(rule.area, 9)}
        return tuple(
            [
                AreaFound(area, SEVERITIES[worst[area]], self._evidence(rules), area in still_open)
                for area, rules in by_area.items()
            ]
        )

    def _evidence(self, rules: Sequence[Rule]) -> tuple[Evidence, ...]:
        """The answers that made some rules true, each once."""
        if len(rules) == 1:
            return self._rests_on(rules[0])
        found = {each.finding: each for rule in rules for each in self._rests_on(rule)}
        return tuple(found.values())

    def _rests_on(self, rule: Rule) -> tuple[Evidence, ...]:
        """The answers that made one rule true, by every way of it that holds."""
        resting = self._resting.get(rule)
        if resting is None:
            facts, reached = self.reading.careful, 0
            for mask, reach in rule.ways:
                if mask & facts == mask:
                    reached |= reach
            codes = self._vocabulary.findings(reached & facts)
            resting = self._resting[rule] = tuple([self._says(code) for code in codes])
        return resting

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

    def _would_change(self, *, settled: bool) -> tuple[WouldChange, ...]:
        """The open findings of every undecided rule whose needs are not provided already.

        First what matters most: while there is a range, the safety questions that decide it; then
        questions in areas where something was found; and among those the ones that need the fewest
        other answers and could change the most: an acute place, the level, what comes with it.
        """
        hanging: dict[str, int] = {}
        change_of: dict[str, str] = {}
        if not population_known(self._answer("age"), self._answer("age_group")):
            hanging["age"], change_of["age"] = 0, _LEVEL
        for (_, effect, _, _), codes, needs in self._undecided():
            for code in codes:
                if code in hanging:
                    hanging[code] |= needs
                else:
                    hanging[code], change_of[code] = needs, CHANGES[effect]
        catalogue, troubled = self.criteria.catalogue, {rule.area for rule in self.fired}
        if troubled & _OF_USE:
            troubled |= _OF_USE
        place = {
            code: 0
            if catalogue[code].safety_critical and not settled
            else 1 + 2 * (catalogue[code].area.value not in troubled) + catalogue[code].rare
            for code in hanging
        }
        return tuple(
            [
                self._what_hangs_on(code, hanging[code], change_of[code])
                for code in sorted(hanging, key=place.__getitem__)
            ]
        )

    def _undecided(self) -> list[tuple[tuple[int, int, int, int], tuple[str, ...], int]]:
        """Rules that open answers decide and whose needs matter: place in line, findings, needs."""
        effects, reading = _effects(self.certain_needs, self.care), self.reading
        certain = {rule.place for rule in self.certain}
        undecided = []
        if reading.possible != reading.certain:
            for rule in self.live:
                told = [effects[need] for need in rule.needs if need in effects]
                if told and rule.place not in certain:
                    effect, pressing, _ = min(told)
                    needs = sum([bit for _, _, bit in told])
                    for missing, codes in self._open_findings(rule):
                        undecided.append(((missing, effect, pressing, rule.place), codes, needs))
        undecided.sort()
        return undecided

    def _what_hangs_on(self, code: str, needs: int, change: str) -> WouldChange:
        definition = self.criteria.catalogue[code]
        answer = self._answer(code)
        return WouldChange(
            code,
            definition.question,
            answer.value if isinstance(answer, Open) else "",
            definition.safety_critical,
            _listed(needs, self.care),
            change,
        )

    def _answer(self, code: str) -> Answer:
        finding = self.findings.get(code)
        return finding.answer if finding else Open.NOT_ASKED

    def _open_findings(self, rule: Rule) -> Iterable[tuple[int, tuple[str, ...]]]:
        """The findings whose answers could make a rule true, by how many of them it would take."""
        possible, certain = self.reading.possible, self.reading.certain
        reached: dict[int, int] = {}
        for mask, reach in rule.ways:
            if mask & possible == mask:
                missing = (mask & ~certain).bit_count()
                reached[missing] = reached.get(missing, 0) | reach
        still_open = possible & ~certain
        for missing, bits in reached.items():
            yield missing, self._vocabulary.findings(bits & still_open)

    def _supply(self, careful: Placement, without: tuple[str, ...]) -> Supply:
        """The same level with the facets there are, and the needs that are then left open."""
        needs, care = self.careful_needs, self.care
        packages = packages_at(careful.level, needs, careful.acute, care, without=without)
        return Supply(without, packages, unmet(needs, careful.acute, packages[0], care))

    def _offers(self) -> tuple[Note, ...]:
        return tuple(
            [
                Note(rule.id, self._because(rule), rule.plain, rule.source, offers=rule.offers)
                for rule in self.fired
                if rule.offers
            ]
        )

    def _requirement(self, rule: Rule) -> Note:
        if holds(rule.masks, self.reading.certain):
            status = "not met"
        elif holds(rule.masks, self.reading.possible):
            status = "open"
        else:
            status = "met"
        return Note(rule.id, rule.because, rule.plain, rule.source, status=status)


_LEVEL = "level"
_OF_USE = {Area.USE.value, Area.WITHDRAWAL.value}


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))


def _still_true(rules: list[Rule], facts: int, before: int) -> list[Rule]:
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


@lru_cache(maxsize=4096)
def _needs_of(rules: tuple[Rule, ...]) -> frozenset[str]:
    return frozenset([need for rule in rules for need in rule.needs])


@lru_cache(maxsize=4096)
def _listed(needs: int, care: Care) -> tuple[str, ...]:
    """The codes of needs that are given as bits, in their order."""
    return tuple([code for place, code in enumerate(care.needs) if needs >> place & 1])


@lru_cache(maxsize=4096)
def _reasons(rules: tuple[Rule, ...]) -> tuple[tuple[str, ...], ...]:
    """The areas, the clinician's and the plain reasons and the sources of some rules."""
    return (
        _unique(rule.area for rule in rules),
        _unique(rule.because for rule in rules),
        _unique(rule.plain for rule in rules),
        _unique(f"{rule.source} [{rule.tag}]" for rule in rules),
    )


# Many people need the same things: these depend on nothing but needs and the catalogue.


@lru_cache(maxsize=4096)
def _placed(needs: frozenset[str], care: Care) -> Placement:
    return least_restrictive(needs, care)


@lru_cache(maxsize=4096)
def _only_for_now(needs: frozenset[str], care: Care) -> bool:
    """Whether the level is asked for only until someone has been assessed."""
    lasting = frozenset([code for code in needs if not care.needs[code].until_assessed])
    return _placed(lasting, care).level != _placed(needs, care).level


@lru_cache(maxsize=4096)
def _effects(needs: frozenset[str], care: Care) -> dict[str, tuple[int, int, int]]:
    """What each further need would change, how pressing it is, and its bit; none if provided."""
    sure = _placed(needs, care)
    left = {n for package in sure.packages for n in unmet(care.needs, sure.acute, package, care)}
    effects = {}
    for pressing, (code, need) in enumerate(care.needs.items()):
        away = need.first_place and need.first_place not in sure.acute
        if code in needs:
            continue
        if code == EMERGENCY_RESPONSE or away:
            effect = "acute"
        elif care.height_of(code) > care.spine.index(sure.level):
            effect = "level"
        elif code in left:
            effect = "facets"
        else:
            continue
        effects[code] = (CHANGES.index(effect), pressing, 1 << pressing)
    return effects


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
