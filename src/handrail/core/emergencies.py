"""When something is wrong during a screening call: what to say, to whom, and which danger it is.

Pure: the words come as a table (data/screening.toml), the answers as the sheet of the call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handrail.core.check import Voice
from handrail.core.screening.picture import Picture
from handrail.core.screening.script import Item, ScreeningError, Script
from handrail.core.screening.sheet import Sheet, way


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call, and what it is for."""

    key: str
    name: str
    dial: str
    for_: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """One kind of danger: what to say by who is on the line, whom to call, what else to do.

    `say` is spoken word for word. Whoever calls for someone may be far from them, so that nothing
    said to the person themself is said to the caller.
    """

    kind: str
    title: str
    say: Mapping[Voice, tuple[str, ...]]
    numbers: tuple[Number, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrongNow:
    """The danger that cannot wait, and the fields of the call that it rests on."""

    kind: str
    fields: tuple[str, ...]


def read_emergencies(table: Mapping[str, Any]) -> tuple[Emergency, ...]:
    """Every kind of danger, in order. Raises ScreeningError where words or a number are missing."""
    numbers = {one.key: one for one in read_numbers(table)}
    return tuple(_emergency(row, numbers) for row in table["emergency"])


def read_numbers(table: Mapping[str, Any]) -> tuple[Number, ...]:
    """Every number to call, in order."""
    return tuple(
        Number(one["key"], one["name"], one["dial"], one["for"]) for one in table["number"]
    )


def _emergency(row: Mapping[str, Any], numbers: Mapping[str, Number]) -> Emergency:
    kind = row["kind"]
    say = {voice: tuple(row["say"].get(voice.value, ())) for voice in Voice}
    for voice, words in say.items():
        if not words:
            raise ScreeningError(f"emergency {kind}: nothing to say to “{voice.value}”")
    unknown = [key for key in row["call"] if key not in numbers]
    if unknown:
        raise ScreeningError(f"emergency {kind}: there is no number {unknown[0]}")
    called = tuple(numbers[key] for key in row["call"])
    return Emergency(kind, row["title"], say, called, tuple(row["also"]))


def wrong_now(script: Script, sheet: Sheet, picture: Picture) -> WrongNow | None:
    """The danger that the answers make an emergency now; None while they make none.

    A danger that only wants a closer look, as an overdose weeks ago, opens a task and is not one of
    these. Of several, one that was said comes before one that nobody would speak of.
    """
    found = picture.found.emergency
    if found is None:
        return None
    codes = {one.finding for one in found.evidence}
    slugs = {item.slug for item in way(script, sheet) if codes & _states(item, picture)}
    dangers = [one for one in picture.concerns if one.field in slugs]
    dangers.sort(key=lambda one: one.refused)  # what was said before what nobody would speak of
    fields = tuple(field for field in sheet if field.partition("/")[0] in slugs)
    return WrongNow(dangers[0].kind if dangers else "body", fields)


def _states(item: Item, picture: Picture) -> set[str]:
    """The findings that an item answers, by its choices or by its score."""
    scored = picture.scores.get(item.slug)
    return {*item.codes, *(scored.findings if scored else ())}
