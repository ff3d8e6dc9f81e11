"""Evaluation: how well placement does on decided cases, measured in both directions.

A decided case says that a level was necessary (affirmed) or that less than a level was enough
(an upper bound). A placement that is below an affirmed level is under-placed; one at or above the
level of an upper bound is over-placed. An answer that is a range or *at least* is neither: it is
counted by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from handrail.core.levels import Care
from handrail.core.placement.recommendation import Recommendation

AFFIRMED = "affirmed"
UPPER_BOUND = "upper_bound"

MATCH, UNDER, OVER, OPEN = "match", "under-placed", "over-placed", "range or at least"
JUDGEMENTS = (MATCH, UNDER, OVER, OPEN)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided case: its stratum, and the places that would be right.

    For an affirmed case `places` are those that meet what was found necessary, one of which must
    be among where the person is sent. For an upper bound they are those that are too much.
    """

    id: str
    stratum: str
    kind: str
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One placement of a decided case by one reader of its file."""

    case: Decided
    coder: str
    sent: tuple[str, ...]
    judgement: str


def places_of(found: Recommendation) -> tuple[str, ...]:
    """Everywhere a person is sent: acute places, then the level or the least that is known."""
    level = found.level or (found.at_least.level if found.at_least else "")
    return (*found.acute, level) if level else found.acute


def judge(case: Decided, found: Recommendation, coder: str = "") -> Judged:
    """Hold a placement against what was decided."""
    sent = places_of(found)
    there = bool(case.places & set(sent))
    if case.kind == AFFIRMED:
        judgement = MATCH if there else (UNDER if found.level else OPEN)
    else:
        judgement = OVER if there else (MATCH if sent else OPEN)
    return Judged(case, coder, sent, judgement)


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one stratum."""

    stratum: str
    count: int
    counts: Mapping[str, int]


def by_stratum(judged: Iterable[Judged]) -> tuple[Row, ...]:
    """Count the judgements of each stratum, and of all together, in the order they come."""
    rows: dict[str, dict[str, int]] = {}
    for one in judged:
        for stratum in (one.case.stratum, "all"):
            counts = rows.setdefault(stratum, dict.fromkeys(JUDGEMENTS, 0))
            counts[one.judgement] += 1
    total = rows.pop("all", None)
    if total is not None:
        rows["all"] = total
    return tuple(Row(stratum, sum(counts.values()), counts) for stratum, counts in rows.items())


def trivial(case: Decided, requested: str) -> str:
    """What the simplest rule would say: withdrawal care is necessary, anything else is not."""
    necessary = "withdrawal" in requested.lower()
    if case.kind == AFFIRMED:
        return MATCH if necessary else UNDER
    return OVER if necessary else MATCH


def intensity(found: Recommendation, care: Care) -> float:
    """How intensive a placement is, as one number: levels in their order, any acute place above."""
    if found.acute:
        return float(len(care.spine))
    level = found.level or (found.lowest.level if found.lowest else care.spine[0])
    return float(care.spine.index(level))


def icc(ratings: Sequence[Sequence[float]]) -> float:
    """Agreement of raters: intraclass correlation, two-way random, single rater, absolute (2,1).

    Each row holds the ratings of one case by every rater. 1 is perfect agreement.
    """
    cases, raters = len(ratings), len(ratings[0])
    grand = fmean(value for row in ratings for value in row)
    rows = [fmean(row) for row in ratings]
    columns = [fmean(column) for column in zip(*ratings, strict=True)]
    between = raters * sum((row - grand) ** 2 for row in rows) / (cases - 1)
    of_raters = cases * sum((column - grand) ** 2 for column in columns) / (raters - 1)
    residual = sum(
        (value - rows[i] - columns[j] + grand) ** 2
        for i, row in enumerate(ratings)
        for j, value in enumerate(row)
    ) / ((cases - 1) * (raters - 1))
    spread = between + (raters - 1) * residual + raters * (of_raters - residual) / cases
    return (between - residual) / spread if spread else 1.0
