"""Side by side: what several criteria sets say of the same person, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.core.placement.recommendation import End, Recommendation


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Agreement and difference between sets, each named by its id.

    They agree when all name the same acute places and the same level or range. `levels` and
    `acute` say what each set answers; `agreed_needs` all of them find; `needs_only_in` lists, by
    set, the needs that not all of them find.
    """

    agree: bool
    levels: tuple[tuple[str, str | None], ...]
    acute: tuple[tuple[str, tuple[str, ...]], ...]
    agreed_needs: tuple[str, ...]
    needs_only_in: tuple[tuple[str, tuple[str, ...]], ...]


def side_by_side(recommendations: Sequence[Recommendation]) -> SideBySide:
    """Hold the recommendations of several sets for one person beside each other."""
    found = {r.criteria[0]: set(r.need_codes) for r in recommendations}
    shared = set.intersection(*found.values()) if found else set()
    places = {(r.level, r.acute, _place(r.lowest), _place(r.highest)) for r in recommendations}
    return SideBySide(
        agree=len(places) <= 1,
        levels=tuple((r.criteria[0], r.level) for r in recommendations),
        acute=tuple((r.criteria[0], r.acute) for r in recommendations),
        agreed_needs=tuple(code for code in _in_order(recommendations) if code in shared),
        needs_only_in=tuple(
            (r.criteria[0], tuple(code for code in r.need_codes if code not in shared))
            for r in recommendations
        ),
    )


def _place(end: End | None) -> tuple[tuple[str, ...], str] | None:
    """An end of a range without its facets: needs that differ are told by themselves."""
    return (end.acute, end.level) if end else None


def _in_order(recommendations: Sequence[Recommendation]) -> tuple[str, ...]:
    """The needs that any set finds, most pressing first."""
    return tuple(dict.fromkeys(code for r in recommendations for code in r.need_codes))
