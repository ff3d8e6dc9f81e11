"""Criteria sets: the rules that say which needs follow from which findings, as data.

A set is a TOML text. Its rules read findings; each says which needs follow, why in a clinician's
and in plain words, and where it comes from. Several sets stand side by side.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import Any

from handrail.core.findings import Area, Catalogue, Definition
from handrail.core.levels import Care
from handrail.core.placement.conditions import ConditionError, Masks, Vocabulary
from handrail.core.placement.reading import Reader
from handrail.core.placement.rules import FACTS, Rule, RuleIndex

SEVERITIES = ("none", "mild", "moderate", "severe", "emergency")
"""How serious an area is, least first."""

PURPOSES = ("admission", "continued stay", "transfer", "discharge", "certification")

TAGS = {"S": "seen in the source", "M": "from memory, to be verified", "C": "common practice"}
"""How sure we are of a rule's source."""


_TABLES = ("population", "terms", "rule", "requirement", "flag")


class CriteriaError(ValueError):
    """A criteria set that cannot be used; the message names file, rule and field."""


@dataclass(frozen=True, slots=True)
class Population:
    """Whom a criteria set is for. Ages are in whole years, both included."""

    age_min: int
    age_max: int
    of: tuple[str, ...]
    outside: str

    def excludes(self, age: object, group: object = None) -> bool:
        """Tell whether someone of a known age or age group is outside. Nobody unknown is."""
        if _is_number(age):
            return not self.age_min <= age < self.age_max + 1  # type: ignore[operator]
        youngest, oldest = _YEARS_OF.get(str(group), (0, 120))
        return oldest < self.age_min or youngest > self.age_max


_YEARS_OF = {
    "child": (0, 12),
    "adolescent": (13, 17),
    "young_adult": (18, 25),
    "adult": (18, 120),
    "over_65": (66, 120),
}


def population_known(age: object, group: object) -> bool:
    """Whether age or age group is known, so that it is settled who belongs to a population."""
    return _is_number(age) or str(group) in _YEARS_OF


def _is_number(age: object) -> bool:
    return isinstance(age, int | float) and not isinstance(age, bool)


@dataclass(frozen=True)
class CriteriaSet:
    """A set of criteria, checked and ready to be asked.

    `rules` decide needs. `requirements` are what a payer asks for besides a need, each fulfilled
    unless its condition holds. `flags` are shown beside an answer and change nothing.
    """

    id: str
    version: str
    title: str
    population: Population
    purpose: str
    source: str
    license: str
    rules: tuple[Rule, ...]
    index: RuleIndex
    requirements: tuple[Rule, ...]
    flags: tuple[Rule, ...]
    vocabulary: Vocabulary
    reader: Reader
    care: Care
    catalogue: Catalogue

    @cached_property
    def wholes(self) -> tuple[Definition, ...]:
        """The questions that finer questions together answer."""
        return tuple(one for one in self.catalogue.values() if one.parts)

    def without(self, rule_id: str) -> "CriteriaSet":
        """The same set without one rule, to see what hangs on it."""
        left = (rule for rule in self.rules if rule.id != rule_id)
        rules = tuple(replace(rule, place=place) for place, rule in enumerate(left))
        return replace(self, rules=rules, index=RuleIndex(rules, self.vocabulary))


def parse_criteria(text: str, *, source: str, catalogue: Catalogue, care: Care) -> CriteriaSet:
    """Read a criteria set from its TOML text; `source` is the name of the file.

    Raises CriteriaError, naming file, rule and field.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise CriteriaError(f"{source}: {wrong}") from wrong
    return read_criteria(tables, source=source, catalogue=catalogue, care=care)


def read_criteria(
    tables: Mapping[str, Any], *, source: str, catalogue: Catalogue, care: Care
) -> CriteriaSet:
    """Read a criteria set from its tables; `source` is the name of their file.

    Raises CriteriaError, naming file, rule and field.
    """
    return _Parser(source, catalogue, care).read(tables)


class _Parser:
    """Reads the tables of one file, and knows what to call each place in it."""

    def __init__(self, source: str, catalogue: Catalogue, care: Care) -> None:
        self.source = source
        self.catalogue = catalogue
        self.care = care
        self.vocabulary = Vocabulary(catalogue)

    def read(self, tables: Mapping[str, Any]) -> CriteriaSet:
        head = {
            name: self._text(tables, name, "the head")
            for name in ("id", "version", "title", "purpose", "source", "license")
        }
        self._one_of(head["purpose"], PURPOSES, "the head", "purpose")
        for field in set(tables) - {*head, *_TABLES}:
            raise self._wrong("the head", field, "not a field of a criteria set")
        self._terms(self._table(tables, "terms"))
        rules = self._rules(tables, "rule")
        requirements = self._rules(tables, "requirement")
        flags = self._rules(tables, "flag")
        if not rules:
            raise self._wrong("the head", "rule", "expected at least one [[rule]]")
        return CriteriaSet(
            **head,
            population=self._population(self._table(tables, "population")),
            rules=rules,
            index=RuleIndex(rules, self.vocabulary),
            requirements=requirements,
            flags=flags,
            vocabulary=self.vocabulary,
            reader=Reader(self.vocabulary),
            care=self.care,
            catalogue=self.catalogue,
        )

    def _terms(self, terms: Mapping[str, Any]) -> None:
        for name in terms:
            condition = self._text(terms, name, "the terms")
            try:
                self.vocabulary.add_term(name, condition)
            except ConditionError as wrong:
                raise self._wrong("the terms", name, str(wrong)) from wrong

    def _population(self, table: Mapping[str, Any]) -> Population:
        where = "the population"
        youngest, oldest = (self._years(table, name, where) for name in ("age_min", "age_max"))
        if youngest > oldest:
            raise self._wrong(where, "age_max", f"expected {youngest} or more")
        of = self._codes(table, "of", where, ("addiction", "mental health"))
        return Population(youngest, oldest, of, self._text(table, "outside", where))

    def _rules(self, tables: Mapping[str, Any], kind: str) -> tuple[Rule, ...]:
        rows = tables.get(kind, [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise self._wrong("the head", kind, f"expected tables, each under [[{kind}]]")
        rules = tuple(self._rule(row, kind, place) for place, row in enumerate(rows))
        ids = [rule.id for rule in rules]
        for twice in {id for id in ids if ids.count(id) > 1}:
            raise self._wrong(f"{kind} {twice}", "id", "used twice")
        return rules

    def _rule(self, row: Mapping[str, Any], kind: str, place: int) -> Rule:
        where = f"{kind} {row.get('id', 'without an id')}"
        expected = {"id", "area", "when", "needs", "offers", "severity"}
        expected |= {"because", "plain", "source", "tag"}
        for field in set(row) - expected:
            raise self._wrong(where, field, "not a field of a rule")
        words = {
            name: self._text(row, name, where) for name in ("id", "because", "plain", "source")
        }
        when = self._text(row, "when", where)
        masks = self._condition(when, where)
        ways = tuple((mask, self.vocabulary.reach(mask)) for mask in masks)
        needs = self._codes(row, "needs", where, tuple(self.care.needs))
        return Rule(
            **words,
            place=place,
            area=self._one_of(row.get("area"), [a.value for a in Area], where, "area"),
            when=when,
            masks=masks,
            ways=ways,
            reads=reduce(or_, [mask | reach for mask, reach in ways], 0),
            needs=needs,
            need_bits=self.care.bits(needs),
            offers=self._codes(row, "offers", where, (*self.care.levels, *self.care.facets)),
            severity=SEVERITIES.index(
                self._one_of(row.get("severity", "none"), SEVERITIES, where, "severity")
            ),
            tag=self._one_of(row.get("tag"), tuple(TAGS), where, "tag"),
            names_facts=FACTS in words["because"],
        )

    def _condition(self, when: str, where: str) -> Masks:
        try:
            return self.vocabulary.read(when)
        except ConditionError as wrong:
            raise self._wrong(where, "when", str(wrong)) from wrong

    def _codes(
        self, row: Mapping[str, Any], field: str, where: str, allowed: Sequence[str]
    ) -> tuple[str, ...]:
        codes = row.get(field, [])
        if not isinstance(codes, list):
            raise self._wrong(where, field, "expected a list of codes")
        return tuple(self._one_of(code, allowed, where, field) for code in codes)

    def _table(self, tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        table = tables.get(name, {})
        if not isinstance(table, Mapping):
            raise self._wrong("the head", name, f"expected a table, under [{name}]")
        return table

    def _years(self, table: Mapping[str, Any], field: str, where: str) -> int:
        age = table.get(field)
        if not isinstance(age, int) or isinstance(age, bool):
            raise self._wrong(where, field, "expected whole years")
        return age

    def _text(self, table: Mapping[str, Any], field: str, where: str) -> str:
        value = table.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(where, field, "expected a text")
        return " ".join(value.split())

    def _one_of(self, value: object, allowed: Sequence[str], where: str, field: str) -> str:
        if value not in allowed:
            raise self._wrong(where, field, f"got {value!r}, expected one of {', '.join(allowed)}")
        return str(value)

    def _wrong(self, where: str, field: str, message: str) -> CriteriaError:
        return CriteriaError(f"{self.source}: {where}: {field}: {message}")
