"""Levels of care, the acute places beside them and the facets added to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from handrail.core.needs import Need

Row = TypeVar("Row")

EMERGENCY_RESPONSE = "emergency_response"
"""The need that no place answers: it is shown before everything else, as what to do now."""


class CareError(ValueError):
    """A catalogue of care that does not hold together; the message names the row."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a week somewhere is like: a level of care, or an acute place beside the levels.

    `provides` lists the codes of the needs it answers by itself; `next` the levels that people
    usually step down to. Hours are hours a week.
    """

    code: str
    name: str
    plain_name: str
    hours: str
    week: str
    who_is_there: str
    costs_money: str
    costs_time: str
    costs_freedom: str
    acronym: str = ""
    nights: str = "there"
    hours_min: int = 168
    hours_max: int = 168
    provides: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    cross_references: tuple[Mapping[str, str], ...] = ()

    @property
    def short_name(self) -> str:
        """The name people use in a table: IOP, PHP, Counseling."""
        return self.acronym or self.plain_name


@dataclass(frozen=True, slots=True)
class Facet:
    """Something added to a level: medication, a recovery residence, a part for family.

    `burden` is control by night, rules of the place, hours a week and freedom lost, 0 for none.
    """

    code: str
    name: str
    plain_name: str
    plain: str
    provides: tuple[str, ...]
    available_from: str
    burden: tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Care:
    """Everything that can be recommended, checked to hold together.

    The needs that levels and facets answer are nested along the spine: what can be had at one
    level can be had at every level above it. So the lowest level that covers a person's needs
    is unique, and adding a need never lowers it.
    """

    needs: Mapping[str, Need]
    levels: Mapping[str, Place]
    acute_places: Mapping[str, Place]
    facets: Mapping[str, Facet]

    @cached_property
    def spine(self) -> tuple[str, ...]:
        """The codes of the levels, least restrictive first."""
        return tuple(self.levels)

    @cached_property
    def _heights(self) -> Mapping[str, int]:
        return {code: self._lowest_height(code) for code in self.needs}

    def height_of(self, need: str) -> int:
        """How high on the spine the lowest level stands that answers a need, 0 for the lowest."""
        return self._heights[need]

    @cached_property
    def bit_of(self) -> Mapping[str, int]:
        """One bit for each need, so that many needs are one number; the most pressing is lowest."""
        return {code: 1 << place for place, code in enumerate(self.needs)}

    def bits(self, needs: Iterable[str]) -> int:
        """Needs as one number."""
        found = 0
        for code in needs:
            found |= self.bit_of[code]
        return found

    @cached_property
    def acute_needs(self) -> int:
        """The needs that end in days, as one number."""
        return self.bits(code for code, need in self.needs.items() if need.acute)

    @cached_property
    def above(self) -> tuple[int, ...]:
        """For each level, from the lowest: the needs that it leaves out whatever is added to it."""
        heights = self._heights.items()
        return tuple(
            self.bits(code for code, lowest in heights if lowest > height)
            for height in range(len(self.spine))
        )

    @cached_property
    def first_at(self) -> Mapping[str, int]:
        """For each acute place: the needs that it answers first."""
        return {
            place: self.bits(code for code, need in self.needs.items() if need.first_place == place)
            for place in self.acute_places
        }

    def facets_for(self, need: str, level: str) -> tuple[Facet, ...]:
        """The facets which answer a need and can be added at a level."""
        height = self.spine.index(level)
        return tuple(
            facet
            for facet in self.facets.values()
            if need in facet.provides and self.spine.index(facet.available_from) <= height
        )

    def _lowest_height(self, need: str) -> int:
        """Find the lowest level where a need is answered, and check that those above do too."""
        if self.needs[need].first_place or need == EMERGENCY_RESPONSE:
            return 0
        answered = [
            need in level.provides or bool(self.facets_for(need, code))
            for code, level in self.levels.items()
        ]
        if True not in answered:
            raise CareError(f"need {need}: no level, facet or acute place provides it")
        lowest = answered.index(True)
        if not all(answered[lowest:]):
            above = self.spine[lowest + answered[lowest:].index(False)]
            raise CareError(f"need {need}: provided at {self.spine[lowest]} but not at {above}")
        return lowest

    def name(self, code: str) -> str:
        """The plain name of a level, acute place or facet."""
        found = self.levels.get(code) or self.acute_places.get(code) or self.facets[code]
        return found.plain_name


def read_care(
    catalogue: Mapping[str, Iterable[Mapping[str, Any]]], needs: Mapping[str, Need]
) -> Care:
    """Read the catalogue of care and check that its levels are nested.

    Raises CareError, naming the level, facet or need that does not fit.
    """
    care = Care(
        needs=needs,
        levels={row["code"]: _read(Place, row) for row in catalogue["level"]},
        acute_places={row["code"]: _read(Place, row) for row in catalogue["acute_place"]},
        facets={row["code"]: _read(Facet, row) for row in catalogue["facet"]},
    )
    rows: list[Place | Facet] = [*care.levels.values(), *care.facets.values()]
    for row in rows:
        for need_provided in row.provides:
            if need_provided not in needs:
                raise CareError(f"{row.code}: provides {need_provided}, which is not a need")
    for facet in care.facets.values():
        if facet.available_from not in care.levels:
            raise CareError(f"{facet.code}: available from {facet.available_from}, not a level")
    for code, need in needs.items():
        for place in need.places:
            if place not in care.acute_places:
                raise CareError(f"need {code}: {place} is not an acute place")
    for code in needs:
        care.height_of(code)  # a gap along the spine is found when loading, not when asked
    return care


def _read(kind: type[Row], row: Mapping[str, Any]) -> Row:
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    try:
        return kind(**fields)
    except TypeError as wrong:
        raise CareError(f"{row.get('code')}: {wrong}") from wrong
