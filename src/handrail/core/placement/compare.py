"""Compare: what something else than the recommendation would give up, or that it is reasonable.

The family's question, the conversation with the client and the packet for the insurer are this
one function in different words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from handrail.core.levels import EMERGENCY_RESPONSE, Care
from handrail.core.placement.packages import Package, packages_at, unmet, unmet_at
from handrail.core.placement.recommendation import NeedFound, Recommendation

REASONABLE = "reasonable"
GIVES_UP = "gives_up"
OPEN = "open"
MORE_THAN_NEEDED = "more_than_needed"
OUTSIDE = "outside_population"


class AskedError(ValueError):
    """Something asked for that is not a level, an acute place or a facet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone asks for, as a sequence: "detox, then 30 days, then IOP".

    `package` is its highest level with the facets named; `levels` are its levels in their order.
    """

    acute: tuple[str, ...]
    package: Package
    steps: tuple[str, ...]
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is asked for, held against what is needed.

    `gives_up` are needs that are certain and would be left out, the floor first; `may_give_up`
    are codes of needs that hang on a safety question still open. `floor` are the needs among
    `gives_up` that nobody can agree away: going without is an informed refusal.
    `comes_with` are the facets that have to come with what is asked for, besides those that were
    named. `beyond` are levels and places asked for that nothing found asks for. For someone
    outside the population of the criteria set nothing is judged, only the floor is named.
    """

    asked: Asked
    verdict: str
    gives_up: tuple[NeedFound, ...]
    may_give_up: tuple[str, ...]
    floor: tuple[str, ...]
    comes_with: tuple[str, ...]
    beyond: tuple[str, ...]


def read_asked(text: str, care: Care) -> Asked:
    """Read "detox, iop+recovery_residence" into what it asks for.

    Steps are separated by commas, facets added with a plus sign. Of several levels one after the
    other the highest counts, and so does a step down that is too large. Raises AskedError.
    """
    steps = tuple(step.strip() for step in text.split(",") if step.strip())
    parts = [part.strip() for step in steps for part in step.split("+")]
    for part in parts or [""]:
        if part not in care.levels and part not in care.acute_places and part not in care.facets:
            known = ", ".join((*care.spine, *care.acute_places))
            raise AskedError(f"{part!r} is not a level of care; expected one of {known}")
    highest = (_highest(step.split("+"), care) for step in steps)
    levels = tuple(level for level in highest if level)
    level = max(levels, key=care.spine.index, default=care.spine[0])
    facets = [part for part in parts if part in care.facets and part not in levels]
    return Asked(
        acute=tuple(code for code in care.acute_places if code in parts),
        package=Package(level, tuple(code for code in care.facets if code in facets)),
        levels=levels,
        steps=steps,
    )


def _highest(parts: Sequence[str], care: Care) -> str:
    """The level of one step; meetings or a coach beside a higher level are facets of it."""
    levels = [part.strip() for part in parts if part.strip() in care.levels]
    return max(levels, key=care.spine.index, default="")


def compare(recommendation: Recommendation, asked: Asked) -> Comparison:
    """Say what is given up by what is asked for, or that it is reasonable.

    A level is taken with every facet that can be added to it, named or not: what has to be
    arranged is not held against it, but listed as what it has to come with.
    """
    care = recommendation.care
    sure, possible = _needs(recommendation)
    left = _left_out(sure, asked, care)
    gives_up = sorted(
        (need for need in recommendation.needs if need.code in left),
        key=lambda need: not need.floor,
    )
    may_give_up = tuple(code for code in _left_out(possible, asked, care) if code not in left)
    beyond = _beyond(recommendation, asked)
    if gives_up:
        verdict = GIVES_UP
    elif recommendation.outside:
        verdict = OUTSIDE
    elif may_give_up:
        verdict = OPEN
    else:
        verdict = MORE_THAN_NEEDED if beyond else REASONABLE
    floor = tuple(need.code for need in gives_up if need.floor)
    (package, *_) = packages_at(asked.package.level, sure, asked.acute, care)
    comes_with = tuple(code for code in package.facets if code not in asked.package.facets)
    return Comparison(asked, verdict, tuple(gives_up), may_give_up, floor, comes_with, beyond)


def _needs(recommendation: Recommendation) -> tuple[set[str], set[str]]:
    """The needs found, and those that open safety questions may add."""
    sure = set(recommendation.need_codes)
    return sure, sure | set(recommendation.possible_needs)


def _left_out(needs: set[str], asked: Asked, care: Care) -> Sequence[str]:
    left = unmet(needs, asked.acute, _with_everything(asked.package.level, care), care)
    after = _left_after(needs, asked, care)
    left = tuple(code for code in care.needs if code in left or code in after)
    emergency = care.needs[EMERGENCY_RESPONSE]
    if EMERGENCY_RESPONSE in needs and not set(emergency.places) & set(asked.acute):
        return (EMERGENCY_RESPONSE, *left)
    return left


def _left_after(needs: set[str], asked: Asked, care: Care) -> set[str]:
    """The needs left open by a step down that is larger than the usual one: rehab, then home.

    They are those that the usual next step would answer, and the step taken instead does not.
    """
    sustained = {code for code in needs if not care.needs[code].acute}
    left: set[str] = set()
    for before, after in pairwise(asked.levels):
        usual = care.levels[before].next[:1]
        if usual and care.spine.index(after) < care.spine.index(usual[0]):
            at_after = set(unmet_at(after, sustained, care))
            left |= at_after.difference(unmet_at(usual[0], sustained, care))
    return left


def _with_everything(level: str, care: Care) -> Package:
    height = care.spine.index(level)
    facets = (f for f in care.facets.values() if care.spine.index(f.available_from) <= height)
    return Package(level, tuple(facet.code for facet in facets))


def _beyond(recommendation: Recommendation, asked: Asked) -> tuple[str, ...]:
    highest = recommendation.highest
    if highest is None:
        return ()
    care = recommendation.care
    spine = care.spine
    called_for = set(highest.acute)
    if EMERGENCY_RESPONSE in _needs(recommendation)[1]:
        called_for.update(care.needs[EMERGENCY_RESPONSE].places)
    beyond = [code for code in asked.acute if code not in called_for]
    if spine.index(asked.package.level) > spine.index(highest.level):
        beyond.append(asked.package.level)
    return tuple(beyond)
