"""The Family & friends course: eight lessons, one file for each lesson and language.

Long text of our own writing is read whole by whoever translates it, so it lies in files of its own
(en/ and es/) and not in the catalog. A test holds that both languages have the same parts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import ceil
from typing import Any

from handrail.data import read_table
from handrail.data.languages import ENGLISH

SLUGS = (
    "what-addiction-is",
    "levels-of-care",
    "when-they-want-less",
    "limits-and-money",
    "safety",
    "looking-after-yourself",
    "coming-home",
    "when-it-happens-again",
)
"""The lessons in the order of the course, by the end of their address."""

WORDS_A_MINUTE = 150
"""How fast a calm voice reads aloud."""

_CITED = re.compile(r"\s*\[([a-z0-9-]+)\]")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: its name beside the fact, the full title, the day it was read."""

    id: str
    name: str
    cited: str
    read: date


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and the source that stands behind it, if there is one."""

    text: str
    source: Source | None = None


Line = tuple[Piece, ...]
"""A paragraph, a list item or a sentence to say."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two lists that stand beside each other; one that `warns` is marked as such."""

    title: str
    points: tuple[Line, ...]
    warns: bool = False


@dataclass(frozen=True, slots=True)
class SlideStep:
    """A step of the slide: on which day, what was agreed, what it still has or what it gives up."""

    day: str
    words: str
    has: str = ""
    gives: str = ""


@dataclass(frozen=True, slots=True)
class See:
    """A page of this site to read on, by a short name that the public pages know."""

    page: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a lesson, in the order it is read. What is empty is not there.

    `hold` sets the part apart as the thing to hold on to; `numbered` makes the points steps.
    """

    title: str
    text: tuple[Line, ...]
    points: tuple[Line, ...]
    numbered: bool
    slide: tuple[SlideStep, ...]
    pair: tuple[Side, ...]
    say: tuple[Line, ...]
    then: tuple[Line, ...]
    watch: Line
    see: tuple[See, ...]
    hold: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A short story, told by somebody who is made up."""

    title: str
    teller: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to try: what to do, and lines to fill in that stay on the page."""

    title: str
    text: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson of about ten minutes. `minutes` is how long it takes to hear it read aloud."""

    slug: str
    number: int
    title: str
    lead: str
    story: Story
    parts: tuple[Part, ...]
    exercise: Exercise
    sources: tuple[Source, ...]
    minutes: int


@cache
def course(language: str = ENGLISH) -> tuple[Lesson, ...]:
    """Every lesson in a language, in order. Raises KeyError for a fact whose source is unknown."""
    return tuple(_lesson(number, slug, language) for number, slug in enumerate(SLUGS, 1))


@cache
def lesson(slug: str, language: str = ENGLISH) -> Lesson:
    """One lesson in a language. Raises KeyError for another slug."""
    return {one.slug: one for one in course(language)}[slug]


@cache
def sources() -> dict[str, Source]:
    """Every source of the course, by id."""
    rows = read_table("lessons/sources.toml")["source"]
    return {row["id"]: Source(**row) for row in rows}


def words_of(table: Any) -> Iterator[str]:
    """Every text of a lesson's file that readers see, in the order of the file."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, list):
        for one in table:
            yield from words_of(one)
    elif isinstance(table, dict):
        for key, one in table.items():
            yield from words_of(one) if key != "page" else ()


def _lesson(number: int, slug: str, language: str) -> Lesson:
    table = read_table(f"lessons/{language}/{slug}.toml")
    texts = list(words_of(table))
    cited = dict.fromkeys(id for text in texts for id in _CITED.findall(text))
    return Lesson(
        slug=slug,
        number=number,
        title=table["title"],
        lead=table["lead"],
        story=Story(**{**table["story"], "text": tuple(table["story"]["text"])}),
        parts=tuple(_part(**row) for row in table["part"]),
        exercise=Exercise(**{**table["exercise"], "fields": tuple(table["exercise"]["fields"])}),
        sources=tuple(sources()[id] for id in cited),
        minutes=ceil(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE),
    )


def _part(
    title: str,
    *,
    watch: str = "",
    numbered: bool = False,
    hold: bool = False,
    slide: tuple[dict[str, str], ...] = (),
    pair: tuple[dict[str, Any], ...] = (),
    see: tuple[dict[str, str], ...] = (),
    **lists: list[str],
) -> Part:
    """A part from its row in the file; a key that no part has is an error."""
    unknown = lists.keys() - {"text", "points", "say", "then"}
    if unknown:
        raise TypeError(f"the part {title!r} has no {', '.join(sorted(unknown))}")
    return Part(
        title=title,
        text=_lines(lists.get("text", ())),
        points=_lines(lists.get("points", ())),
        numbered=numbered,
        slide=tuple(SlideStep(**row) for row in slide),
        pair=tuple(Side(**{**row, "points": _lines(row["points"])}) for row in pair),
        say=_lines(lists.get("say", ())),
        then=_lines(lists.get("then", ())),
        watch=_line(watch),
        see=tuple(See(**row) for row in see),
        hold=hold,
    )


def _lines(texts: Any) -> tuple[Line, ...]:
    return tuple(_line(text) for text in texts)


def _line(text: str) -> Line:
    """A text cut where a source is named: "Most do [jones]. Some" is two pieces."""
    words = _CITED.split(text)
    ids = [*words[1::2], ""]
    found = (
        Piece(said, sources()[id] if id else None) for said, id in zip(words[::2], ids, strict=True)
    )
    return tuple(one for one in found if one.text)
