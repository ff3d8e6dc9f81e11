"""Packages: the acute places, the level and the facets that provide a set of needs."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from handrail.core.levels import EMERGENCY_RESPONSE, Care


@dataclass(frozen=True, slots=True)
class Package:
    """A level of care with what is added to it: IOP + medication + recovery residence."""

    level: str
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """The least restrictive care that provides a set of needs.

    `acute` are the acute places now, most pressing first; `packages` the choices at the level,
    none of which is a lighter form of another.
    """

    acute: tuple[str, ...]
    level: str
    packages: tuple[Package, ...]


def least_restrictive(needs: Collection[str], care: Care) -> Placement:
    """Find the least restrictive care that provides every need.

    Each acute need brings its first place, whatever other places would answer it too: so a
    further need never takes an acute place away. Levels are nested in what they provide, so the
    lowest sufficient one is the highest of those that the single needs ask for.
    """
    return placed(care.bits(needs), care)


@lru_cache(maxsize=4096)
def placed(needs: int, care: Care) -> Placement:
    """The least restrictive care for needs that are given as bits."""
    acute = tuple([place for place, first in care.first_at.items() if needs & first])
    height = 0
    while needs & care.above[height]:
        height += 1
    level = care.spine[height]
    missing = needs & ~provided(acute, level, (), care)
    return Placement(acute, level, _lightest(level, codes_of(missing, care), (), care))


@lru_cache(maxsize=4096)
def codes_of(needs: int, care: Care) -> tuple[str, ...]:
    """The codes of needs that are given as bits, most pressing first."""
    return tuple([code for code, bit in care.bit_of.items() if needs & bit])


@lru_cache(maxsize=4096)
def provided(acute: tuple[str, ...], level: str, facets: tuple[str, ...], care: Care) -> int:
    """The needs that acute places, a level and facets provide together, as bits.

    An emergency response is among them: no place provides it, it is what to do now.
    """
    answered = {EMERGENCY_RESPONSE, *care.levels[level].provides}
    for facet in facets:
        answered.update(care.facets[facet].provides)
    answered.update(code for code, need in care.needs.items() if set(need.places) & set(acute))
    return care.bits(answered)


def unmet(
    needs: Collection[str], acute: Collection[str], package: Package, care: Care
) -> tuple[str, ...]:
    """The needs that acute places and a package leave out, most pressing first."""
    there = provided(tuple(acute), package.level, package.facets, care)
    return codes_of(care.bits(needs) & ~there, care)


def unmet_at(level: str, needs: Collection[str], care: Care) -> tuple[str, ...]:
    """The needs that a level leaves out even with every facet that can be added to it."""
    return codes_of(care.bits(needs) & care.above[care.spine.index(level)], care)


def packages_at(
    level: str,
    needs: Collection[str],
    acute: Collection[str],
    care: Care,
    *,
    without: Collection[str] = (),
) -> tuple[Package, ...]:
    """Every lightest choice of facets that provides what a level itself does not.

    `without` names facets that cannot be had: another that answers the same need takes their
    place, and a need that nothing else answers is left open.
    """
    missing = unmet(needs, acute, Package(level), care)
    return _lightest(level, missing, tuple(without), care)


@lru_cache(maxsize=4096)
def _lightest(
    level: str, missing: tuple[str, ...], without: tuple[str, ...], care: Care
) -> tuple[Package, ...]:
    answers = (
        [facet.code for facet in care.facets_for(code, level) if facet.code not in without]
        for code in missing
    )
    choices = [codes for codes in answers if codes]
    packages = dict.fromkeys(
        Package(level, tuple(code for code in care.facets if code in chosen))
        for chosen in product(*choices)
    )
    return tuple(
        package
        for package in packages
        if not any(_lighter(other, package, care) for other in packages)
    )


def _lighter(one: Package, other: Package, care: Care) -> bool:
    """Tell whether one package asks no more than another in anything, and less in something."""
    if set(one.facets) < set(other.facets):
        return True
    burdens = _burden(one, care), _burden(other, care)
    return burdens[0] != burdens[1] and all(
        less <= more for less, more in zip(*burdens, strict=True)
    )


def _burden(package: Package, care: Care) -> tuple[int, ...]:
    """Control by night, rules of the place, hours a week and freedom lost, over all facets."""
    burdens = [care.facets[code].burden for code in package.facets]
    return tuple(sum(column) for column in zip(*burdens, strict=True)) or (0, 0, 0, 0)
