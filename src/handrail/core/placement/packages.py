"""Packages: the acute places, the level and the facets that provide a set of needs."""

from collections.abc import Collection
from dataclasses import dataclass
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
    first_places = {care.needs[code].first_place for code in needs}
    acute = tuple(place for place in care.acute_places if place in first_places)
    level = care.spine[max((care.height_of(code) for code in needs), default=0)]
    return Placement(acute, level, packages_at(level, needs, acute, care))


def unmet(
    needs: Collection[str], acute: Collection[str], package: Package, care: Care
) -> tuple[str, ...]:
    """The needs that acute places and a package together leave out, most pressing first.

    An emergency response is not among them: no place provides it, it is what to do now.
    """
    provided = set(care.levels[package.level].provides)
    for facet in package.facets:
        provided.update(care.facets[facet].provides)
    return tuple(
        code
        for code, need in care.needs.items()
        if code in needs
        and code not in provided
        and code != EMERGENCY_RESPONSE
        and not set(need.places) & set(acute)
    )


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
