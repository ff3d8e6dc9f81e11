"""Agreed against indicated, counted: for a director who wants to know who pulls which way.

No number from one to four is shown, nor one that could be worked out from those that are:

- an outcome that few people had altogether is counted as "as indicated" everywhere in the report
  (`told_apart`), so that no column can be taken from another;
- a group that is small, or in which an outcome is, is counted together with the others, with as
  many of the smaller ones as it takes (`grouped`).

Nought is shown: it says of nobody that something happened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SMALL = 5
TOGETHER = "Others together"


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


@dataclass(frozen=True, slots=True)
class Apart:
    """Which outcomes are told apart from "as indicated" in the whole report."""

    less: bool = True
    more: bool = True


ALL_APART = Apart()


def told_apart(cases: Sequence[Case]) -> Apart:
    """Which outcomes enough people had to be shown; none when too few were left as indicated."""
    whole = counted(cases, "")
    apart = Apart(less=not _is_small(whole.less), more=not _is_small(whole.more))
    return Apart(less=False, more=False) if _is_small(counted(cases, "", apart).same) else apart


def counted(cases: Iterable[Case], words: str, apart: Apart = ALL_APART) -> Counted:
    """Count some cases as one group; outcomes that are not told apart count as the same."""
    found = list(cases)
    less = sum(one.agreed < one.indicated for one in found) if apart.less else 0
    more = sum(one.agreed > one.indicated for one in found) if apart.more else 0
    return Counted(words, len(found), less, len(found) - less - more, more)


def grouped(pairs: Sequence[tuple[str, Case]], apart: Apart = ALL_APART) -> tuple[Counted, ...]:
    """Count cases by group, the largest first; what would show someone together, or not at all."""
    groups: dict[str, list[Case]] = {}
    for words, case in pairs:
        groups.setdefault(words, []).append(case)
    ranked = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    shown = [one for one in ranked if not _shows_someone(one[1], apart)]
    others = [case for _, cases in ranked if _shows_someone(cases, apart) for case in cases]
    while shown and others and _shows_someone(others, apart):
        # The smallest that is enough, or else simply the smallest.
        enough = (one for one in reversed(shown) if not _shows_someone(others + one[1], apart))
        taken = next(enough, shown[-1])
        shown.remove(taken)
        others += taken[1]
    rows = tuple(counted(cases, words, apart) for words, cases in shown)
    if not others or _shows_someone(others, apart):
        return rows
    return (*rows, counted(others, TOGETHER, apart))


def questioned(happened: Sequence[bool]) -> Questioned:
    """How often something happened; not shown where it did, or did not, to one to four people."""
    times = sum(happened)
    shown = len(happened) >= SMALL and not _is_small(times) and not _is_small(len(happened) - times)
    return Questioned(times if shown else None, len(happened))


def _shows_someone(cases: Sequence[Case], apart: Apart) -> bool:
    one = counted(cases, "", apart)
    return one.people < SMALL or any(_is_small(part) for part in (one.less, one.same, one.more))


def _is_small(number: int) -> bool:
    return 0 < number < SMALL
