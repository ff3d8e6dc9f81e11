"""The small stairs over a result: which level fits, which are more, which leave something out.

The numbers here are lengths on the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handrail.web.public.stairs import Text

Kind = Literal["meets", "short", "more", "range"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A level on the strip: its short name, how it answers, and a word under the name."""

    name: str
    kind: Kind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell's place on the drawing."""

    x: float
    y: float
    width: float
    height: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Strip:
    """Small stairs ready to draw; `label` says the same in words."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    texts: tuple[Text, ...]
    rail: str
    label: str


def wide_strip(down: Sequence[Cell], beside: Sequence[Cell], *, label: str) -> Strip:
    """The strip for a wide screen. `down` runs from the most to the least restrictive level;
    `beside` are the acute places that matter, drawn before a gap."""
    floor, rise, gap = 136.0, 9.0, 5.0
    aside = max([122.0, *(9.5 * len(cell.name) + 16 for cell in beside)])
    total = 888.0 + len(beside) * (aside - 10)
    left = 1 + len(beside) * (aside + gap) + (18 if beside else 0)
    run = (total - left + gap) / len(down)
    boxes = [
        Box(1 + i * (aside + gap), 44, aside, floor - 44, c.kind) for i, c in enumerate(beside)
    ]
    for index, cell in enumerate(down):
        y = 44 + rise * index
        boxes.append(Box(left + run * index, y, run - gap, floor - y, cell.kind))
    end = total - 26
    fall = 14 + rise * (len(down) - 1)
    return Strip(
        width=int(total) + 18,
        height=140,
        boxes=tuple(boxes),
        texts=_texts((*beside, *down), boxes),
        rail=f"M{left + 2:.1f} 14L{end:g} {fall:g}c12 3 25 4 25 13 0 8-11 9-13 3-1-4 4-6 6-3",
        label=label,
    )


def tall_strip(down: Sequence[Cell], beside: Sequence[Cell], *, label: str) -> Strip:
    """The strip for a phone: a level is a line, the rail runs down at the left."""
    step, height, indent, right = 33, 30, 7, 334
    boxes = [Box(22, 4 + step * i, right - 22, height, cell.kind) for i, cell in enumerate(beside)]
    top = 4 + step * len(beside) + (10 if beside else 0)
    for index, cell in enumerate(down):
        x = 22 + indent * index
        boxes.append(Box(x, top + step * index, right - x, height, cell.kind))
    last = boxes[-1]
    return Strip(
        width=336,
        height=int(last.y + height + 6),
        boxes=tuple(boxes),
        texts=_lines((*beside, *down), boxes),
        rail=f"M5 {top}L{last.x - 16:g} {last.y:g}c2 11 5 17 10 17 6 0 6-8 1-8",
        label=label,
    )


def _texts(cells: Sequence[Cell], boxes: Sequence[Box]) -> tuple[Text, ...]:
    texts = []
    for cell, box in zip(cells, boxes, strict=True):
        # The lowest step is too flat for a second line.
        lines = [cell.name, cell.note][: 1 if box.height < 44 else 2]
        for index, words in enumerate(filter(None, lines)):
            y = box.y + (min(23, box.height - 9) if index == 0 else 42)
            texts.append(Text(box.x + 8, y, _kind(cell, index), words))
    return tuple(texts)


def _lines(cells: Sequence[Cell], boxes: Sequence[Box]) -> tuple[Text, ...]:
    return tuple(
        Text(box.x + 10, box.y + 20, _kind(cell, 0), cell.name, cell.note)
        for cell, box in zip(cells, boxes, strict=True)
    )


def _kind(cell: Cell, line: int) -> str:
    on = " strip-on" if cell.kind == "meets" else ""
    return ("name" if line == 0 else "note") + on
