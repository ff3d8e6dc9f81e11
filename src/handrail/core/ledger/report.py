"""Agreed against indicated, counted: for a director who wants to know who pulls which way.

Every number is shown as it is, small ones too: whoever sees the report may read every chart in it,
and an outcome that few people had is the one to look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


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
    """How often something happened, out of how many."""

    times: int
    of: int


def counted(cases: Iterable[Case], words: str) -> Counted:
    """Count some cases as one group."""
    found = list(cases)
    less = sum(one.agreed < one.indicated for one in found)
    more = sum(one.agreed > one.indicated for one in found)
    return Counted(words, len(found), less, len(found) - less - more, more)


def grouped(pairs: Sequence[tuple[str, Case]]) -> tuple[Counted, ...]:
    """Count cases by group, the largest first."""
    groups: dict[str, list[Case]] = {}
    for words, case in pairs:
        groups.setdefault(words, []).append(case)
    ranked = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(counted(cases, words) for words, cases in ranked)


def questioned(happened: Sequence[bool]) -> Questioned:
    """How often something happened."""
    return Questioned(sum(happened), len(happened))
