"""The course as a strip of cells: one for each planned session, and those that were missed."""

from dataclasses import dataclass

from handrail.core.course.progress import Progress

PITCH, SIZE, GAP = 9, 7, 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, and whether the session was done, made up, to go or missed."""

    x: int
    kind: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells from left to right, and what they say in words."""

    width: int
    height: int
    cells: tuple[Cell, ...]
    label: str


def draw_strip(stands: Progress) -> Strip:
    """Draw someone's course. The shape of a cell says what it is, not its color alone."""
    kinds = ["done"] * stands.attended + ["made-up"] * stands.made_up + ["to-go"] * stands.to_go
    cells = [Cell(index * PITCH, kind) for index, kind in enumerate(kinds)]
    begin = len(kinds) * PITCH + GAP
    cells += [Cell(begin + index * PITCH, "missed") for index in range(stands.missed)]
    width = cells[-1].x + SIZE + 1 if cells else 1
    return Strip(width, SIZE + 2, tuple(cells), in_words(stands))


def in_words(stands: Progress) -> str:
    """14 of 24: 12 attended, 2 made up, 3 missed, 10 to go."""
    parts = [
        f"{count} {what}"
        for count, what in (
            (stands.attended, "attended"),
            (stands.made_up, "made up"),
            (stands.missed, "missed"),
            (stands.to_go, "to go"),
            (stands.beyond, "beyond the plan"),
        )
        if count
    ]
    return f"{stands.done} of {stands.planned}" + (f": {', '.join(parts)}" if parts else "")
