"""How many questions of the private check are still to come: at least, and at most.

Pure. Both numbers hold whatever is answered, so that "about eight more" is never a promise broken.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.core.check import (
    LATER,
    NONE,
    Answers,
    Check,
    Part,
    Question,
    choices_shown,
    way,
)


@dataclass(frozen=True, slots=True)
class ToCome:
    """Questions still to come: the fewest and the most, and the most of each part."""

    fewest: int
    most: int
    parts: tuple[tuple[Part, int], ...]


def to_come(check: Check, answers: Answers) -> ToCome:
    """The questions not yet answered, on the shortest and on the longest way from here."""
    longest = _unanswered(check, answers)
    return ToCome(
        fewest=_fewest(check, answers),
        most=len(longest),
        parts=tuple((part, sum(one.part == part.key for one in longest)) for part in check.parts),
    )


def _unanswered(check: Check, answers: Answers) -> tuple[Question, ...]:
    """What is not answered opens every question behind it, so no way is longer than this one."""
    return tuple(one for one in way(check, answers) if one.slug not in answers)


def _fewest(check: Check, answers: Answers) -> int:
    """Answer on with what closes most; what ends the check is not counted on."""
    given: dict[str, tuple[str, ...]] = dict(answers)
    while left := _unanswered(check, given):
        given[left[0].slug] = _shortest(check, given, left[0])
    return len(given) - len(answers)


def _shortest(
    check: Check, given: Mapping[str, tuple[str, ...]], asked: Question
) -> tuple[str, ...]:
    if asked.several:
        return (NONE,)
    keys = [one.key for one in choices_shown(asked, given) if not one.ends]
    return min(
        ((key,) for key in keys or [LATER]),
        key=lambda answer: len(way(check, {**given, asked.slug: answer})),
    )
