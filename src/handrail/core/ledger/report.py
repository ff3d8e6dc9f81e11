"""Agreed against indicated, counted: for a director who wants to know who pulls which way.

Groups of fewer than five people are never shown by themselves: they are counted together, with as
many of the next smallest as it takes, so that nobody can be worked out from the total.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SMALL = 5
TOGETHER = "Smaller groups together"


@dataclass(frozen=True, slots=True)
class Case:
    """One agreement beside what was indicated for the person. Heights on the stairs, 0 lowest.

    `payer`, `source` and `program` are names, empty when there is none. `clinician_above` and
    `program_above` say whether they asked for more than was found; `ours` whether this house
    offers the level that was indicated; `here` whether the person ended in one of its programs.
    """

    indicated: int
    agreed: int
    payer: str = ""
    source: str = ""
    program: str = ""
    clinician_above: bool = False
    program_above: bool = False
    ours: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people of a group were agreed to less, as indicated, and more."""

    words: str
    people: int
    less: int
    same: int
    more: int


@dataclass(frozen=True, slots=True)
class Questioned:
    """How often something happened, out of how many; `times` is None when they are too few."""

    times: int | None
    of: int


def counted(cases: Iterable[Case], words: str) -> Counted:
    """Count some cases as one group."""
    found = list(cases)
    less = sum(one.agreed < one.indicated for one in found)
    more = sum(one.agreed > one.indicated for one in found)
    return Counted(words, len(found), less, len(found) - less - more, more)


def grouped(pairs: Sequence[tuple[str, Case]]) -> tuple[Counted, ...]:
    """Count cases by group, the largest first; small groups together, or not at all."""
    groups: dict[str, list[Case]] = {}
    for words, case in pairs:
        groups.setdefault(words, []).append(case)
    ranked = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    shown = [one for one in ranked if len(one[1]) >= SMALL]
    small = [case for _, cases in ranked if len(cases) < SMALL for case in cases]
    while shown and 0 < len(small) < SMALL:
        small += shown.pop()[1]
    rows = [counted(cases, words) for words, cases in shown]
    return (*rows, counted(small, TOGETHER)) if len(small) >= SMALL else tuple(rows)


def questioned(happened: Sequence[bool]) -> Questioned:
    """How often something happened; nothing is said of fewer than five people."""
    few = len(happened) < SMALL
    return Questioned(None if few else sum(happened), len(happened))
