"""One person on the board, closed and open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from handrail.areas.sessions.selectors.board import Board, Tile
from handrail.core.course.roster import Place
from handrail.core.course.schedule import Modality
from handrail.core.drafts import Field
from handrail.core.notes.board_order import RISKS
from handrail.core.notes.checklist import Point, PointKind
from handrail.web.staff.sessions import words
from handrail.web.staff.sessions.boxes import base_of, box, others, seen_base
from handrail.web.staff.sessions.pages import Box, Choice, Open, SeenView, TileView, Wrong
from handrail.web.staff.sessions.places import is_shared, own_key, shared_open
from handrail.web.staff.sessions.reaching import reach_of

_SIDE_BY_SIDE = 3
_WAYS = ((Modality.ROOM.value, "In the room"), (Modality.ONLINE.value, "Online"))
_SIMPLE = (
    PointKind.OWN_WORDS_MISSING,
    PointKind.GOAL_MISSING,
    PointKind.RISK_MISSING,
    PointKind.OUTREACH_MISSING,
    PointKind.PLACE_MISSING,
    PointKind.MODALITY_MISSING,
)


@dataclass(frozen=True, slots=True)
class Around:
    """What a tile is shown with. `texts` are everyone's own words by client, with the name they go
    by; `in_notes` what signed notes say of those who were not there; `wrong` minutes as typed.
    """

    now: datetime
    person: str
    texts: Mapping[str, tuple[str, str]]
    in_notes: Mapping[UUID, str]
    wrong: Mapping[UUID, Wrong]


def tile_view(board: Board, tile: Tile, around: Around) -> TileView:
    """One person, closed and open."""
    fields, empty, zone = tile.fields, Field(), board.zone
    own = fields.get("words", empty)
    key = f"{tile.client_id}:"
    risk_field = fields.get("risk", empty)
    risk = None
    if tile.risk_due or risk_field.text or risk_field.others:
        because = f", due ({tile.risk_due})" if tile.risk_due else ""
        risk = box(f"{key}risk", risk_field, zone, label=f"Risk statement{because}")
    whose = words.whose(tile)
    label = f"{words.when(board, around.now)}, in {whose} own words and yours"
    mark, said = words.attendance(board, tile)
    signed = ""
    if tile.note:
        when = words.at_time(tile.note.signed_at, zone)
        signed = f"Signed {when} by {tile.note.signed_name}"
    return TileView(
        id=tile.client_id,
        name=tile.name,
        called=words.short_name(tile),
        pronouns=tile.pronouns,
        whose=whose,
        done=words.of_planned(tile),
        risk=tile.risk_words,
        look="" if tile.risk_words else (tile.marks[0] if tile.marks else ""),
        also=_also(tile),
        last=tile.last_words,
        seen=_seen(board, tile, mark, said, around.wrong.get(tile.client_id)),
        can_take_back=tile.place is Place.UNANNOUNCED,
        goals=_goals(tile, zone, whose),
        way=_way(board, tile, zone),
        own=box(f"{key}words", own, zone, rows=4, label=label),
        risk_box=risk,
        plan=box(f"{key}plan", fields.get("plan", empty), zone, rows=1, label="Next"),
        place=_place(board, tile, around.now),
        outreach=box(
            f"{key}outreach", fields.get("outreach", empty), zone, rows=2,
            label="What is done about the absence",
            hint="Leave it empty: calls that are logged stand in the note by themselves.",
        ),
        open=_open_points(tile, own.text, around.texts),
        shared_open=shared_open(board, tile),
        reach=reach_of(board, tile, around.now, around.person),
        credit=tile.why if tile.status else "",
        short=words.credit(tile),
        complete=not tile.open_points,
        signed=signed,
        note_id=tile.note.id if tile.note else None,
        in_note=around.in_notes.get(tile.client_id, ""),
    )  # fmt: skip


def _also(tile: Tile) -> tuple[str, ...]:
    """The weightiest mark stands for itself, unless it only repeats the flag."""
    flags = {said for _, said in RISKS.values()}
    marks = tuple(one for one in tile.marks if one not in flags)
    rest = marks if tile.risk_words else tile.marks[1:]
    return rest + ((words.BESIDE[tile.place],) if tile.place in words.BESIDE else ())


def _way(board: Board, tile: Tile, zone: str) -> Choice | None:
    """In a mixed session it is asked for each person."""
    if board.modality is not Modality.MIXED:
        return None
    field = tile.fields.get("modality", Field())
    return Choice(
        key=f"{tile.client_id}:modality", base=base_of(field), legend="In the room or online?",
        chosen=field.text, choices=_WAYS, others=others(field, zone, _WAYS),
    )  # fmt: skip


def _place(board: Board, tile: Tile, now: datetime) -> Box | None:
    """Whoever is online says where, so that help can find them."""
    way = tile.fields.get("modality", Field()).text
    mixed = board.modality is Modality.MIXED and way == Modality.ONLINE.value
    if board.modality is not Modality.ONLINE and not mixed:
        return None
    label = f"Where {words.on_when(board, now)}, so that help finds them"
    field = tile.fields.get("place", Field())
    return box(f"{tile.client_id}:place", field, board.zone, rows=1, label=label)


def _seen(board: Board, tile: Tile, mark: str, said: str, wrong: Wrong | None) -> SeenView:
    left = "" if tile.left is None else str(tile.left)
    return SeenView(
        mark=mark,
        words=said,
        absent=tile.absent,
        excuse=tile.excuse,
        arrived=tile.arrived,
        left=left,
        base=seen_base(tile),
        came=words.time_at(board, tile.arrived),
        went=words.time_at(board, board.minutes if tile.left is None else tile.left),
        arrived_typed=wrong.arrived if wrong else str(tile.arrived),
        left_typed=wrong.left if wrong else left,
        arrived_wrong=wrong.arrived_words if wrong else "",
        left_wrong=wrong.left_words if wrong else "",
    )


def _goals(tile: Tile, zone: str, whose: str) -> Choice:
    field = tile.fields.get("goal", Field())
    choices = tuple((str(one.id), one.words) for one in tile.goals)
    chosen = field.text
    if chooses_itself(tile):
        chosen = choices[0][0]
    if chosen and choices and chosen not in dict(choices):
        choices = (*choices, (chosen, chosen))
    one = f"Goal, in {whose} words" if len(choices) == 1 else "Which goal was touched?"
    return Choice(
        key=f"{tile.client_id}:goal",
        base=base_of(field),
        legend=one if choices else "Goal",
        chosen=chosen,
        choices=choices,
        others=others(field, zone, choices),
    )


def chooses_itself(tile: Tile) -> bool:
    """Somebody with one goal touched that one, unless it was written otherwise: it is kept with
    the first words about them.
    """
    fields = tile.fields
    is_new = fields.get("goal", Field()).version == 0
    return is_new and len(tile.goals) == 1 and not fields.get("words", Field()).text.strip()


def asked_of(tile: Tile) -> tuple[Point, ...]:
    """What is asked of a person's own part; not what all notes share, nor what chooses itself."""
    return tuple(
        point
        for point in tile.open_points
        if not is_shared(point)
        and not (point.kind is PointKind.GOAL_MISSING and chooses_itself(tile))
    )


def _open_points(tile: Tile, own: str, texts: Mapping[str, tuple[str, str]]) -> tuple[Open, ...]:
    """Everything missing. A few texts too alike stand side by side; the rest are named in words."""
    shown, beside = [], 0
    for point in asked_of(tile):
        alike = point.kind is PointKind.ALIKE_ANOTHER
        shown.append(_open(tile, point, own, texts if beside < _SIDE_BY_SIDE else {}))
        beside += alike
    return tuple(shown)


def _open(tile: Tile, point: Point, own: str, texts: Mapping[str, tuple[str, str]]) -> Open:
    key = "" if point.blocks else point.key
    jump = own_key(tile, point)
    shown = Open(point.words, point.blocks, point.kind in _SIMPLE, key, jump)
    if point.kind is not PointKind.ALIKE_ANOTHER:
        return shown
    passage = point.words.partition("“")[2].removesuffix("”")
    _, other, _ = point.key.split(":", 2)
    name, text = texts.get(other, ("", ""))
    if not text:
        return shown
    return replace(shown, mine=cut(own, passage), theirs=cut(text, passage), whose=name)


def cut(text: str, passage: str) -> tuple[str, str, str]:
    """A text before, in and after a passage; the passage is empty when it is written otherwise."""
    at = text.casefold().find(passage.casefold()) if passage else -1
    if at < 0:
        return text, "", ""
    return text[:at], text[at : at + len(passage)], text[at + len(passage) :]
