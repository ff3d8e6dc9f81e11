"""What is agreed, and what cannot be: the floor is never agreed away.

An agreement says what is placed, which needs stay unmet and what stands in for each, who accepted
it and when it is looked at again. A need of the floor can only be gone without by an informed
refusal: what was explained, by whom, which physician knows, what is offered, when we call again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handrail.core.errors import Invalid, Several, raise_any
from handrail.core.ledger import errors
from handrail.core.ledger.errors import FloorUnmet
from handrail.core.ledger.positions import Party, Steps, asked_of, in_words
from handrail.core.placement.compare import compare
from handrail.core.placement.packages import unmet
from handrail.core.placement.recommendation import NeedFound, Recommendation

LOOKED_AT_WITHIN = timedelta(days=92)
CALLED_WITHIN = timedelta(days=14)
FEWEST_WORDS = 4
_ACCEPTS_FOR_THEM = {Party.CLIENT, Party.FAMILY}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a sequence leaves unmet, taken exactly as it is placed, with the facets named.

    `floor` and `other` are certain; `open_floor` are codes of floor needs that hang on a safety
    question nobody has answered yet.
    """

    floor: tuple[NeedFound, ...]
    other: tuple[NeedFound, ...]
    open_floor: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that an agreement leaves unmet, and what stands in for it."""

    need: str
    mitigation: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is placed, what stays unmet, who accepted it, and when it is looked at again."""

    steps: Steps
    unmet: tuple[Unmet, ...]
    accepted_by: tuple[Party, ...]
    agreed_date: date
    review_date: date


@dataclass(frozen=True, slots=True)
class Refusal:
    """A floor need refused by someone who knows what it means. `accepts` is what they will take.

    `needs` are the floor needs refused, `also_unmet` the others that are left out with them.
    """

    accepts: Steps
    needs: tuple[str, ...]
    also_unmet: tuple[str, ...]
    explained: str
    physician: str
    physician_told_at: datetime
    offered: str
    call_again_date: date


def left_out(recommendation: Recommendation, steps: Steps) -> LeftOut:
    """What a sequence, placed as it is written, leaves unmet of what was found."""
    care = recommendation.care
    asked = asked_of(steps, care)
    compared = compare(recommendation, asked)
    left = {need.code for need in compared.gives_up}
    left.update(unmet(recommendation.need_codes, asked.acute, asked.package, care))
    possible = unmet(recommendation.possible_needs, asked.acute, asked.package, care)
    may = {*possible, *compared.may_give_up}
    found = [need for need in recommendation.needs if need.code in left]
    return LeftOut(
        floor=tuple(need for need in found if need.floor),
        other=tuple(need for need in found if not need.floor),
        open_floor=tuple(c for c, need in care.needs.items() if need.floor and c in may - left),
    )


def agree(
    recommendation: Recommendation,
    *,
    steps: Steps,
    mitigations: Mapping[str, str],
    accepted_by: Collection[Party],
    agreed_date: date,
    review_date: date,
    beside: Sequence[Recommendation] = (),
) -> Agreement:
    """Make an agreement, or say why it cannot be one.

    `mitigations` are words by need; those for needs that are met are left aside. `beside` are
    answers of other criteria sets to the same facts: their floor counts too. Raises FloorUnmet
    where the floor would be left out, whatever was written, and Invalid for what is missing.
    """
    left = left_out(recommendation, steps)
    _check_floor((recommendation, *beside), steps)
    wrong: list[Invalid] = [
        errors.NothingStandsIn(need.name).at(f"need-{need.code}")
        for need in left.other
        if not mitigations.get(need.code, "").strip()
    ]
    if not _ACCEPTS_FOR_THEM & set(accepted_by):
        wrong.append(errors.NotAccepted())
    wrong += _wrong_day("review_date", review_date, agreed_date, LOOKED_AT_WITHIN)
    raise_any(wrong)
    return Agreement(
        steps=steps,
        unmet=tuple(Unmet(need.code, mitigations[need.code].strip()) for need in left.other),
        accepted_by=tuple(party for party in Party if party in accepted_by),
        agreed_date=agreed_date,
        review_date=review_date,
    )


def refuse(
    recommendation: Recommendation,
    *,
    accepts: Steps,
    explained: str,
    physician: str,
    physician_told_at: datetime | None,
    offered: str,
    call_again_date: date,
    on: date,
    beside: Sequence[Recommendation] = (),
) -> Refusal:
    """Record that someone goes without a need of the floor, knowing what it means.

    What they will accept is taken all the same: refusing the indicated level never means no care.
    Raises Invalid for what is missing, and where nothing of the floor is refused.
    """
    care = recommendation.care
    left = left_out(recommendation, accepts)
    needs = _floor_left((recommendation, *beside), accepts)
    wrong: list[Invalid] = []
    if not needs:
        wrong.append(errors.NothingRefused(in_words(accepts, care)))
    if len(explained.split()) < FEWEST_WORDS:
        wrong.append(errors.NotExplained())
    if not physician.strip():
        wrong.append(errors.PhysicianMissing())
    if len(offered.split()) < FEWEST_WORDS:
        wrong.append(errors.NothingOffered())
    wrong += _wrong_day("call_again_date", call_again_date, on, CALLED_WITHIN)
    if physician_told_at is None:
        raise Several([*wrong, errors.PhysicianNotTold()])
    raise_any(wrong)
    return Refusal(
        accepts=accepts,
        needs=needs,
        also_unmet=tuple(need.code for need in left.other),
        explained=explained.strip(),
        physician=physician.strip(),
        physician_told_at=physician_told_at,
        offered=offered.strip(),
        call_again_date=call_again_date,
    )


def check_override(recommendation: Recommendation, steps: Steps) -> None:
    """Whether a clinician may put this in the place of what was found: never below the floor.

    Raises FloorUnmet. What a level needs added to it is arranged later and not held against it.
    """
    asked = asked_of(steps, recommendation.care)
    compared = compare(recommendation, asked)
    lost = {need.code for need in compared.gives_up} | set(compared.may_give_up)
    needs = recommendation.care.needs
    floor = tuple(needs[code].name for code in needs if code in lost and needs[code].floor)
    if floor:
        raise FloorUnmet(floor)


def _check_floor(recommendations: Sequence[Recommendation], steps: Steps) -> None:
    needs = recommendations[0].care.needs
    sure = {need.code for one in recommendations for need in left_out(one, steps).floor}
    names = tuple(
        needs[code].name if code in sure else f"{needs[code].name} (a safety question is open)"
        for code in _floor_left(recommendations, steps)
    )
    if names:
        raise FloorUnmet(names)


def _floor_left(recommendations: Sequence[Recommendation], steps: Steps) -> tuple[str, ...]:
    """The needs of the floor that are left out for sure or perhaps, the most pressing first."""
    lefts = [left_out(one, steps) for one in recommendations]
    codes = {code for left in lefts for code in (*(n.code for n in left.floor), *left.open_floor)}
    return tuple(code for code in recommendations[0].care.needs if code in codes)


def _wrong_day(field: str, day: date, after: date, within: timedelta) -> list[Invalid]:
    if day <= after:
        return [errors.NotLater().at(field)]
    return [errors.TooFarAway(within.days).at(field)] if day > after + within else []
