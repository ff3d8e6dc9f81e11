"""The picture of the levels of care: stairs with a handrail, and the acute places beside them.

The numbers here are lengths on the drawing. What is drawn comes from the catalogue of care, so a
level that is added or renamed there is added or renamed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from handrail.core.levels import Place
from handrail.web.public.words import capital, say

ARTICLES = ("A", "Un", "Una")
"""What a drawn name leaves away, in each language."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words on a drawing: where it starts, its kind (name, note or hours), its words.

    `then` follows on the same line, as a note.
    """

    x: float
    y: float
    kind: str
    words: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Stairs ready to draw: SVG paths, words and what the picture shows in a sentence."""

    width: int
    height: int
    body: str
    tread: str
    posts: str
    rail: str
    texts: tuple[Text, ...]
    label: str
    shaded: str = ""
    beside: str = ""


def wide_stairs(down: Sequence[Place], beside: Sequence[Place], *, shade: str = "") -> Drawing:
    """Stairs for a wide screen, from the top step at the left to the bottom at the right.

    `down` are the levels from most to least restrictive; the step named by `shade` is tinted.
    """
    left, top, right, floor, rise, reach = 214.0, 128.0, 1150.0, 480.0, 37.0, 94.0
    run = (right - left) / len(down)
    corners = [(left + run * index, top + rise * index) for index in range(len(down))]
    treads = "".join(f"V{y:g}H{x + run:g}" for x, y in corners)
    last_x = corners[-1][0]
    posts = [(x + run * part, y) for x, y in corners for part in (0.25, 0.75)][:-1]

    def rail(x: float) -> float:
        return top - reach + (x - left) * rise / run

    end = last_x + run * 0.36
    texts: list[Text] = []
    for place, (x, y) in zip(down, corners, strict=True):
        texts += _step_texts(place, x + 11, y + 26)
        texts += _foot(place, x + 11, floor - 12)
    texts += _beside_texts(beside, 14, top + 26)
    chosen = [corner for place, corner in zip(down, corners, strict=True) if place.code == shade]
    return Drawing(
        width=1152,
        height=482,
        body=f"M{left:g} {floor:g}{treads}V{floor:g}Z",
        tread=f"M{left:g} {top:g}{treads[len(f'V{top:g}') :]}V{floor:g}",
        posts="".join(f"M{x:.1f} {y:g}V{rail(x):.1f}" for x, y in posts),
        rail=f"M{left - 18:g} {rail(left) - 2:.1f}Q{left - 2:g} {rail(left - 2):.1f} {left + 15:g} "
        f"{rail(left + 15):.1f}L{end:.1f} {rail(end):.1f}"
        "c25 8 58 8 59 34 .6 17-22 21-28 8-4-9 6-16 13-9",
        texts=tuple(texts),
        label=_label(down, beside),
        shaded="".join(f"M{x:g} {y:g}h{run:g}V{floor:g}h{-run:g}Z" for x, y in chosen),
        beside=f"M1 {top:g}H182V{floor:g}H1Z",
    )


def tall_stairs(down: Sequence[Place], beside: Sequence[Place]) -> Drawing:
    """Stairs for a phone: a step is a line of words, the rail runs down at the left."""
    step, indent, first = 62, 11, 24
    rows = [(first + indent * index, 56 + step * index) for index in range(len(down))]
    floor = rows[-1][1] + step
    treads = "".join(f"V{y}H{x + indent}" for x, y in rows[1:])
    bottom_x, bottom_y = rows[-1]
    texts: list[Text] = []
    for place, (x, y) in zip(down[:-1], rows, strict=False):
        texts += _row_texts(place, x + 44, y + 2)
    # The last step has no rail in front of it: its words stand on the floor, past the curl.
    texts += _row_texts(down[-1], bottom_x + 86, bottom_y + 24)
    return Drawing(
        width=343,
        height=floor + 4,
        body=f"M0 {rows[0][1]}H{rows[0][0] + indent}{treads}H343V{floor}H0Z",
        tread=f"M0 {rows[0][1]}H{rows[0][0] + indent}{treads}H343",
        posts="".join(f"M{x} {y}L{x + 19} {y - 15}" for x, y in rows),
        rail=f"M{rows[0][0] + 14} 20L{bottom_x + 22} {bottom_y - 2}"
        "c4 19 8 36 24 36 14 0 15-18 2-19-6 0-8 5-6 9",
        texts=tuple(texts),
        label=_label(down, beside),
    )


def _short(place: Place) -> str:
    """A level's name without its article."""
    first, _, rest = place.plain_name.partition(" ")
    return capital(rest if first in ARTICLES else place.plain_name)


def _row_texts(place: Place, x: float, y: float) -> list[Text]:
    name = place.acronym or _short(place)
    rest = place.plain_name if place.acronym else ""
    return [Text(x, y, "name", name, rest), Text(x, y + 20, "note", capital(place.hours))]


def _step_texts(place: Place, x: float, y: float) -> list[Text]:
    names = [place.acronym] if place.acronym else wrap(_short(place), 10, break_long_words=False)
    notes = wrap(place.plain_name, 14) if place.acronym else []
    lines = [("name", words) for words in names] + [("note", words) for words in notes]
    return [Text(x, y + 18 * index, kind, words) for index, (kind, words) in enumerate(lines)]


def _foot(place: Place, x: float, y: float) -> list[Text]:
    lines = wrap(place.hours, 13)
    top = y - 17 * (len(lines) - 1)
    return [Text(x, top + 17 * index, "hours", words) for index, words in enumerate(lines)]


def _beside_texts(beside: Sequence[Place], x: float, y: float) -> list[Text]:
    heading = [say("when it cannot wait,"), say("from any step,"), say("for days")]
    name, *more = wrap(say("Beside the stairs"), 17)
    texts = [Text(x, y, "name", name)]
    for line in more:
        y += 18
        texts.append(Text(x, y, "name", line))
    texts += [Text(x, y + 23 + 18 * index, "note", line) for index, line in enumerate(heading)]
    y += 23 + 18 * len(heading) + 20
    for place in beside:
        name, _, rest = place.plain_name.partition(", ")
        texts.append(Text(x, y, "name", name))
        texts.append(Text(x, y + 19, "note", rest or _after_comma(place.hours)))
        y += 50
    return texts


def _after_comma(hours: str) -> str:
    return hours.partition(", ")[2]


def _label(down: Sequence[Place], beside: Sequence[Place]) -> str:
    names = ", ".join(place.plain_name for place in beside)
    return say(
        "The levels of care, drawn as stairs with a handrail: {number} steps down from {top} to "
        "{bottom}. Beside the stairs: {places}. The words on this page say the same.",
        number=len(down),
        top=down[0].plain_name,
        bottom=down[-1].plain_name,
        places=names,
    )
