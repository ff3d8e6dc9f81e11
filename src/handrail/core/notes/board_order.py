"""In which order people stand on the session board: who needs an eye first, and why."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from handrail.core.text import plain_letters


class Rank(IntEnum):
    """The groups of tiles, the first on top."""

    SUICIDE_RISK = 0
    OVERDOSE_RISK = 1
    MISSED = 2
    ENDING_OR_NEW = 3
    EVERYONE = 4


RISKS: Mapping[str, tuple[Rank, str]] = {
    "suicide_risk": (Rank.SUICIDE_RISK, "Suicide flag is open"),
    "overdose_risk": (Rank.OVERDOSE_RISK, "Overdose flag is open"),
}
"""Flags about danger to life, with the place they give someone and what the tile says."""


@dataclass(frozen=True, slots=True)
class OnTheBoard:
    """What the order goes by, for one person on the roster.

    `flags` are open ones (suicide_risk, overdose_risk); `missed` sessions in a row up to now;
    `attended` sessions so far; `to_go` sessions including tonight's, None when no end is planned.
    """

    person: str
    name: str
    flags: Collection[str] = ()
    missed: int = 0
    attended: int = 0
    to_go: int | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One person's place on the board, with the reasons in words, the weightiest first."""

    person: str
    name: str
    rank: Rank
    reasons: tuple[str, ...]


def board_order(people: Iterable[OnTheBoard], *, ending_within: int) -> tuple[Tile, ...]:
    """Everyone once, risk first, then by name. `ending_within` sessions is about to end."""
    tiles = (_tile(one, ending_within) for one in people)
    return tuple(sorted(tiles, key=lambda t: (t.rank, plain_letters(t.name), t.name, t.person)))


def _tile(one: OnTheBoard, ending_within: int) -> Tile:
    reasons = tuple(_reasons(one, ending_within))
    rank = reasons[0][0] if reasons else Rank.EVERYONE
    return Tile(one.person, one.name, rank, tuple(words for _, words in reasons))


def _reasons(one: OnTheBoard, ending_within: int) -> Iterable[tuple[Rank, str]]:
    for kind, found in RISKS.items():
        if kind in one.flags:
            yield found
    if one.missed > 0:
        missed = "the last session" if one.missed == 1 else f"the last {one.missed} sessions"
        yield Rank.MISSED, f"Missed {missed}"
    if one.to_go is not None and one.to_go <= ending_within:
        yield Rank.ENDING_OR_NEW, _to_go(one.to_go)
    if one.attended == 0:
        yield Rank.ENDING_OR_NEW, "First session"


def _to_go(to_go: int) -> str:
    if to_go <= 0:
        return "Past the planned last session"
    return "Last planned session" if to_go == 1 else f"{to_go} sessions to go, tonight included"
