"""What can be wrong with the result of a licensed instrument, recorded as a fact.

A level without an edition means nothing: 2.5 is one thing in one edition and another in the next.
A long result would be the instrument's own text, which is not kept here.
"""

from dataclasses import dataclass

from handrail.core.assessment import Scheme
from handrail.core.errors import Invalid


class InstrumentNotChosen(Invalid):
    """It is not said which instrument it is of."""

    field = "scheme"


class InstrumentUnnamed(Invalid):
    """An instrument that is not on the list has no name."""

    field = "name"


class EditionMissing(Invalid):
    """It is not said which edition it belongs to."""

    field = "edition"


@dataclass(eq=False)
class EditionUnknown(Invalid):
    """The instrument has no such edition."""

    editions: tuple[str, ...]
    field = "edition"


class ResultMissing(Invalid):
    """There is no result."""

    field = "result"


@dataclass(eq=False)
class MoreThanTheResult(Invalid):
    """It is longer than a result: it may be the instrument's own text."""

    longest: int
    field = "result"


@dataclass(eq=False)
class ScoreOutside(Invalid):
    """The instrument gives no such score."""

    least: int
    most: int
    field = "result"


def wrong_result(scheme: Scheme, *, name: str, edition: str, result: str) -> list[Invalid]:
    """What is wrong with a result as typed; nothing when it can be recorded."""
    wrong: list[Invalid] = []
    if not scheme.editions and not name:
        wrong.append(InstrumentUnnamed())
    if not edition:
        wrong.append(EditionMissing())
    elif scheme.editions and edition not in scheme.editions:
        wrong.append(EditionUnknown(tuple(scheme.editions)))
    return [*wrong, *_wrong_words(scheme, result)]


def _wrong_words(scheme: Scheme, result: str) -> list[Invalid]:
    if not result:
        return [ResultMissing()]
    if len(result) > scheme.longest:
        return [MoreThanTheResult(scheme.longest)]
    if scheme.least is None or scheme.most is None or not result.isdecimal():
        return []
    outside = not scheme.least <= int(result) <= scheme.most
    return [ScoreOutside(scheme.least, scheme.most)] if outside else []
