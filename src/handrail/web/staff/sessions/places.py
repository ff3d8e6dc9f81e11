"""Where something is still open: the part of a note, with the words a button to it carries."""

from dataclasses import replace

from handrail.areas.sessions.selectors.board import Board, SegmentView, Tile
from handrail.core.drafts import Field
from handrail.core.notes.checklist import Point, PointKind
from handrail.web.staff.sessions import words
from handrail.web.staff.sessions.pages import Where

NAMED = (PointKind.ANOTHERS_NAME, PointKind.MAYBE_A_NAME)
_OF_MINUTES = (PointKind.MINUTES_MISSING, PointKind.ATTENDANCE_NOT_MARKED)
_PARTS = {
    "words": "own words",
    "goal": "goal",
    "risk": "risk statement",
    "plan": "next",
    "place": "place",
    "outreach": "what is done about the absence",
}


def is_shared(point: Point) -> bool:
    """Whether it is about the note that all share, not about one person's part."""
    return point.is_shared or point.field.startswith("segment:")


def own_key(tile: Tile, point: Point) -> str:
    """The field of a person's own part that a point is about; empty when it has none."""
    field = "minutes" if point.kind in _OF_MINUTES else point.field
    if point.kind is PointKind.OUTREACH_MISSING and tile.outreach:
        field = "reach"
    return "" if field == "start" else f"{tile.client_id}:{field}"


def shared_open(board: Board, tile: Tile) -> tuple[Where, ...]:
    """Where the shared note holds up this person's note."""
    found = (shared_place(board, point) for point in tile.open_points if is_shared(point))
    return tuple(dict.fromkeys(replace(one, ask="") for one in found))


def shared_place(board: Board, point: Point) -> Where:
    """The part of the shared note a point is about, with the passage in question."""
    segment = _segment_of(board, point.field)
    if segment is None:
        return Where(f"Topic{_passage(point)}", "")
    ask = "" if point.blocks else point.key
    return Where(f"Shared note, {segment.name}{_passage(point)}", f"shared:{segment.field}", ask)


def _segment_of(board: Board, field: str) -> SegmentView | None:
    """A point counts the parts that are written, from one; a field in two texts names its own."""
    by_field = {one.field: one for one in board.segments}
    if field in by_field or not field.startswith("shared "):
        return by_field.get(field)
    written = [one for one in board.segments if board.shared.get(one.field, Field()).text.strip()]
    place = int(field.removeprefix("shared ")) - 1
    return written[place] if place < len(written) else None


def _passage(point: Point) -> str:
    if point.kind not in NAMED:
        return ""
    return f": “{point.words.partition('“')[2].partition('”')[0]}”"


def own_place(tile: Tile, point: Point) -> Where:
    """Where in a person's own part a point is mended."""
    name = words.short_name(tile)
    part = _PARTS.get(point.field, "") if point.kind in (*NAMED, PointKind.TWO_TEXTS) else ""
    said = f"{name}, {part}{_passage(point)}" if part else name
    return Where(said, own_key(tile, point))
