"""The evening as a whole: its parts, and what is still missing before signing."""

from datetime import datetime

from handrail.areas.sessions.selectors.board import Board, SegmentView, Tile
from handrail.core.course.session_states import State
from handrail.core.drafts import Field
from handrail.core.notes.checklist import PointKind
from handrail.web.staff.sessions import words
from handrail.web.staff.sessions.boxes import box
from handrail.web.staff.sessions.pages import Box, Check, SegmentLine, ToReach, Where
from handrail.web.staff.sessions.places import NAMED, is_shared, own_place, shared_place
from handrail.web.staff.sessions.reaching import is_to_be_reached, is_tried
from handrail.web.staff.sessions.tiles import asked_of, chooses_itself

_NAMED_AT_MOST = 4
_CHECKS = (
    (PointKind.TWO_TEXTS, "risk", "Two texts at once"),
    (PointKind.RISK_MISSING, "risk", "Risk statements"),
    (PointKind.OWN_WORDS_MISSING, "wait", "Own words"),
    (PointKind.GOAL_MISSING, "wait", "Goal touched"),
    (PointKind.ANOTHERS_NAME, "risk", "Nobody else’s name"),
    (PointKind.MAYBE_A_NAME, "wait", "Words that may be a name"),
    (PointKind.ALIKE_ANOTHER, "wait", "Own words not alike"),
    (PointKind.ALIKE_LAST_TIME, "wait", "Not as last time"),
    (PointKind.PLACE_MISSING, "wait", "Online place"),
    (PointKind.MODALITY_MISSING, "wait", "Room or online"),
    (PointKind.MINUTES_MISSING, "wait", "Minutes"),
    (PointKind.START_STOP_MISSING, "wait", "Start and stop"),
    (PointKind.ATTENDANCE_NOT_MARKED, "wait", "Attendance"),
)
_ALWAYS = (
    PointKind.RISK_MISSING,
    PointKind.OWN_WORDS_MISSING,
    PointKind.GOAL_MISSING,
)


def segment_lines(board: Board, now: datetime) -> tuple[SegmentLine, ...]:
    """The parts of the evening as a bar 1200 wide, each with its part of the shared note."""
    scale = 1200 / board.minutes
    running = words.segment_now(board, now)
    return tuple(
        SegmentLine(
            name=one.name,
            minutes=one.minutes,
            x=round(one.begins_minute * scale + 1, 1),
            width=round(one.minutes * scale - 3, 1),
            pause=words.is_pause(one),
            now=one is running,
            box=None if words.is_pause(one) else _shared_box(board, one),
        )
        for one in board.segments
    )


def _shared_box(board: Board, segment: SegmentView) -> Box:
    field = board.shared.get(segment.field, Field())
    return box(
        f"shared:{segment.field}",
        field,
        board.zone,
        label=f"{segment.name}, {words.time_at(board, segment.begins_minute)}",
        rows=3,
    )


def checks(board: Board) -> tuple[Check, ...]:
    """What is still missing before signing, what asks for something first; then what is done."""
    lines = [
        line
        for kind, mark, said in _CHECKS
        if (line := _check(board, kind, mark, said)) is not None
    ]
    if calls := _calls(board):
        lines.append(calls)
    return tuple(sorted(lines, key=lambda line: ("risk", "wait", "ok").index(line.mark)))


def _check(board: Board, kind: PointKind, mark: str, said: str) -> Check | None:
    concerned = [tile for tile in board.tiles if _concerns(kind, tile)]
    own = [(tile, one) for tile in concerned for one in asked_of(tile) if one.kind is kind]
    missing = len({tile.client_id for tile, _ in own})
    # A goal that will choose itself is touched once something is written, and not before.
    to_come = sum(kind is PointKind.GOAL_MISSING and chooses_itself(tile) for tile in concerned)
    shared = _shared_places(board, kind)
    if not own and not shared and (kind not in _ALWAYS or not concerned):
        return None
    by_name = missing <= _NAMED_AT_MOST or kind in NAMED
    places = (*shared, *(own_place(tile, one) for tile, one in own if by_name))
    return Check(
        mark=mark if own or shared or to_come else "ok",
        words=said,
        count=f"{len(places)} to mend" if shared else _done_of(len(concerned), missing + to_come),
        where=tuple(dict.fromkeys(places)),
    )


def _calls(board: Board) -> Check | None:
    """Outreach by attempts on record: nobody counts who was not tried."""
    concerned = [tile for tile in board.tiles if tile.absent and tile.outreach]
    if not concerned:
        return None
    missing = [tile for tile in concerned if not is_tried(tile)]
    risk = any(tile.flags for tile in missing)
    return Check(
        mark="risk" if risk else "wait" if missing else "ok",
        words="Outreach for who is not here",
        count=_done_of(len(concerned), len(missing)),
        where=tuple(_to_call(tile) for tile in missing),
    )


def _to_call(tile: Tile) -> Where:
    return Where(f"Call {words.short_name(tile)}", f"{tile.client_id}:reach")


def still_to_reach(board: Board) -> tuple[ToReach, ...]:
    """Whom somebody still has to reach, whoever is at risk first."""
    found = [
        ToReach(tile.outreach.id, words.short_name(tile), bool(tile.flags))
        for tile in board.tiles
        if is_to_be_reached(tile) and tile.outreach
    ]
    return tuple(sorted(found, key=lambda one: not one.at_risk))


def _done_of(concerned: int, missing: int) -> str:
    return f"{concerned - missing} of {concerned}"


def _shared_places(board: Board, kind: PointKind) -> tuple[Where, ...]:
    """Each place in the shared note once, however many notes it holds up."""
    found = (
        shared_place(board, point)
        for tile in board.tiles
        for point in tile.open_points
        if point.kind is kind and is_shared(point)
    )
    return tuple(dict.fromkeys(found))


def _concerns(kind: PointKind, tile: Tile) -> bool:
    if kind is PointKind.RISK_MISSING:
        return not tile.absent and bool(tile.risk_due)
    return not tile.absent


def why_not_yet(board: Board, complete: int, unsigned: int) -> str:
    """Why not everything can be signed yet, in words; empty when it can."""
    if board.state is State.PLANNED:
        return "Signing opens when the session was started and its attendance is closed."
    if board.state is State.IN_PROGRESS:
        ends = words.short_time(board.ends_at, board.zone)
        return f"Signing opens when attendance is closed; the session ends {ends}."
    rest = unsigned - complete
    if rest and not complete:
        return "Each draft says what is missing; nothing signs itself."
    if rest > 0:
        drafts = "The other one stays a draft" if rest == 1 else f"The {rest} others stay drafts"
        return f"{drafts}; nothing signs itself."
    return ""
