"""What the board's page shows, made from the board that the programs area reads."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from handrail.areas.programs.selectors.board import Board, Field, SegmentView, Tile
from handrail.core.course.attendance import Absent, Present, Seen
from handrail.core.course.roster import Place
from handrail.core.course.schedule import Modality
from handrail.core.course.session_states import State
from handrail.core.notes.checklist import Point, PointKind
from handrail.web.staff.board import words
from handrail.web.staff.board.reaching import RESULTS, Reach, is_to_be_reached, is_tried, reach_of
from handrail.web.staff.frame import Frame

_SIDE_BY_SIDE = 3
_NAMED_AT_MOST = 4
_OF_MINUTES = (PointKind.MINUTES_MISSING, PointKind.ATTENDANCE_NOT_MARKED)
_WAYS = ((Modality.ROOM.value, "In the room"), (Modality.ONLINE.value, "Online"))


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody else wrote into the same field at the same time."""

    key: str
    text: str
    said: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Box:
    """A field to write in. `key` names it in the form; `base` is what it was written on."""

    key: str
    label: str
    hint: str
    text: str
    base: str
    rows: int
    saved: str
    others: tuple[Other, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field answered by one of a few: value and words of each. No choices: own words."""

    key: str
    base: str
    legend: str
    chosen: str
    choices: tuple[tuple[str, str], ...]
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """Minutes that cannot be, as typed, with what is wrong beside each."""

    client: UUID
    arrived: str
    left: str
    arrived_words: str
    left_words: str


@dataclass(frozen=True, slots=True)
class SeenView:
    """Someone's attendance as shown and as posted."""

    mark: str
    words: str
    absent: bool
    excuse: str
    arrived: int
    left: str
    base: str
    came: str
    went: str
    arrived_typed: str = ""
    left_typed: str = ""
    arrived_wrong: str = ""
    left_wrong: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """One thing still missing, in words; one that can be acknowledged has a key to do so.

    `simple` is what is only not written yet, and no news while the evening lasts.

    `jump` names the field to mend it in. `mine` and `theirs` are two texts too alike, each cut
    into what comes before, the passage that both share, and what comes after.
    """

    words: str
    blocks: bool
    simple: bool
    key: str
    jump: str
    mine: tuple[str, str, str] | None = None
    theirs: tuple[str, str, str] | None = None
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """A place where something is open: `key` names its field, `ask` the warning it may answer."""

    words: str
    key: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class TileView:
    """One person on the board, closed and open."""

    id: UUID
    name: str
    called: str
    pronouns: str
    whose: str
    done: str
    risk: str
    look: str
    also: tuple[str, ...]
    last: str
    seen: SeenView
    can_take_back: bool
    goals: Choice
    way: Choice | None
    own: Box
    risk_box: Box | None
    plan: Box
    place: Box | None
    outreach: Box
    open: tuple[Open, ...]
    shared_open: tuple[Where, ...]
    reach: Reach | None
    credit: str
    short: str
    complete: bool
    signed: str
    note_id: UUID | None
    in_note: str


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """One part of the evening: its place on the bar and its note, if it has one."""

    name: str
    minutes: int
    x: float
    width: float
    pause: bool
    now: bool
    box: Box | None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist before signing."""

    mark: str
    words: str
    count: str
    where: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class ToReach:
    """Somebody still to be reached when the evening is over."""

    outreach_id: UUID
    name: str
    at_risk: bool


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Someone found by name; `why_not` says why they cannot be added, empty when they can."""

    id: UUID
    name: str
    about: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page's script needs to know; goes into the page as JSON."""

    session: str
    person: str
    name: str
    key: str
    version: int
    now: int
    starts: int
    day: str
    minutes: int
    zone: str
    state: str
    changes: str
    save: str
    mark: str
    settle: str
    segments: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The whole board."""

    frame: Frame
    session_id: UUID
    title: str
    where: str
    time: str
    when: str
    on_when: str
    begun: bool
    begins: str
    opens: str
    opens_name: str
    runs: str
    then: str
    segments: tuple[SegmentLine, ...]
    hand: float
    past: float
    topics: str
    summary: str
    tiles: tuple[TileView, ...]
    checks: tuple[Check, ...]
    state: str
    planned: bool
    running: bool
    to_sign: bool
    done: bool
    canceled: bool
    may_run: bool
    may_sign: bool
    complete: int
    unsigned: int
    to_reach: tuple[ToReach, ...]
    why_not: str
    signs_as: str
    facts_json: Markup
    minutes: int
    version: int
    query: str = ""
    found: tuple[FoundLine, ...] | None = None
    arrive_problem: str = ""
    asks: str = ""
    results: tuple[tuple[str, str], ...] = RESULTS
    problem: str = ""


# ---- fields ------------------------------------------------------------------------------------


def fingerprint(text: str) -> str:
    """A short fingerprint of what a field said when it was shown: has it been touched since?"""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def base_of(field: Field) -> str:
    """What a field was written on: its version, and whether it was touched at all."""
    return f"{field.version}.{fingerprint(field.text)}"


def seen_base(tile: Tile) -> str:
    """What a mark was made on: its version, and what it said."""
    seen = Absent(tile.excuse) if tile.absent else Present(tile.arrived, tile.left)
    return f"{tile.attendance_version}.{fingerprint(said(seen))}"


def said(seen: Seen) -> str:
    """Attendance as the text its fingerprint is made of."""
    if isinstance(seen, Absent):
        return f"absent|{seen.excuse}"
    return f"{seen.arrived}|{'' if seen.left is None else seen.left}"


def _others(
    field: Field, zone: str, choices: tuple[tuple[str, str], ...] = ()
) -> tuple[Other, ...]:
    """Other texts; one that is a choice is said in the words of that choice."""
    known = dict(choices)
    return tuple(
        Other(one.key, one.text, known.get(one.text, one.text), one.by, words.at_time(one.at, zone))
        for one in field.others
    )


def _box(
    key: str, field: Field, zone: str, *, label: str, rows: int = 3, hint: str = "", about: str = ""
) -> Box:
    saved = f"{field.saved_by}, {words.at_time(field.saved_at, zone)}" if field.saved_at else ""
    return Box(
        key=key, label=label, hint=hint, text=field.text, base=base_of(field), rows=rows,
        saved=saved, others=_others(field, zone), about=about,
    )  # fmt: skip


# ---- people ------------------------------------------------------------------------------------


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
        risk = _box(f"{key}risk", risk_field, zone, label=f"Risk statement{because}")
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
        own=_box(f"{key}words", own, zone, rows=4, label=label),
        risk_box=risk,
        plan=_box(f"{key}plan", fields.get("plan", empty), zone, rows=1, label="Next"),
        place=_place(board, tile, around.now),
        outreach=_box(
            f"{key}outreach", fields.get("outreach", empty), zone, rows=2,
            label="What is done about the absence",
            hint="Leave it empty: calls that are logged stand in the note by themselves.",
        ),
        open=_open_points(tile, own.text, around.texts),
        shared_open=_shared_open(board, tile),
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
    marks = tuple(one for one in tile.marks if not one.endswith("flag is open"))
    rest = marks if tile.risk_words else tile.marks[1:]
    return rest + ((words.BESIDE[tile.place],) if tile.place in words.BESIDE else ())


def _way(board: Board, tile: Tile, zone: str) -> Choice | None:
    """In a mixed session it is asked for each person."""
    if board.modality is not Modality.MIXED:
        return None
    field = tile.fields.get("modality", Field())
    return Choice(
        key=f"{tile.client_id}:modality", base=base_of(field), legend="In the room or online?",
        chosen=field.text, choices=_WAYS, others=_others(field, zone, _WAYS),
    )  # fmt: skip


def _place(board: Board, tile: Tile, now: datetime) -> Box | None:
    """Whoever is online says where, so that help can find them."""
    way = tile.fields.get("modality", Field()).text
    mixed = board.modality is Modality.MIXED and way == Modality.ONLINE.value
    if board.modality is not Modality.ONLINE and not mixed:
        return None
    label = f"Where {words.on_when(board, now)}, so that help finds them"
    field = tile.fields.get("place", Field())
    return _box(f"{tile.client_id}:place", field, board.zone, rows=1, label=label)


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
    if _chooses_itself(tile):
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
        others=_others(field, zone, choices),
    )


def _chooses_itself(tile: Tile) -> bool:
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
        if not _is_shared(point)
        and not (point.kind is PointKind.GOAL_MISSING and _chooses_itself(tile))
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
    jump = _own_key(tile, point)
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


# ---- where something is open ------------------------------------------------------------------

_NAMED = (PointKind.ANOTHERS_NAME, PointKind.MAYBE_A_NAME)
_PARTS = {
    "words": "own words",
    "goal": "goal",
    "risk": "risk statement",
    "plan": "next",
    "place": "place",
    "outreach": "what is done about the absence",
}


def _is_shared(point: Point) -> bool:
    return point.is_shared or point.field.startswith("segment:")


def _own_key(tile: Tile, point: Point) -> str:
    field = "minutes" if point.kind in _OF_MINUTES else point.field
    if point.kind is PointKind.OUTREACH_MISSING and tile.outreach:
        field = "reach"
    return "" if field == "start" else f"{tile.client_id}:{field}"


def _shared_open(board: Board, tile: Tile) -> tuple[Where, ...]:
    """Where the shared note holds up this person's note."""
    found = (_shared_place(board, point) for point in tile.open_points if _is_shared(point))
    return tuple(dict.fromkeys(replace(one, ask="") for one in found))


def _shared_place(board: Board, point: Point) -> Where:
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
    if point.kind not in _NAMED:
        return ""
    return f": “{point.words.partition('“')[2].partition('”')[0]}”"


def _own_place(tile: Tile, point: Point) -> Where:
    name = words.short_name(tile)
    part = _PARTS.get(point.field, "") if point.kind in (*_NAMED, PointKind.TWO_TEXTS) else ""
    said = f"{name}, {part}{_passage(point)}" if part else name
    return Where(said, _own_key(tile, point))


# ---- the evening -------------------------------------------------------------------------------


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
    return _box(
        f"shared:{segment.field}",
        field,
        board.zone,
        label=f"{segment.name}, {words.time_at(board, segment.begins_minute)}",
        rows=3,
    )


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


_SIMPLE = (
    PointKind.OWN_WORDS_MISSING,
    PointKind.GOAL_MISSING,
    PointKind.RISK_MISSING,
    PointKind.OUTREACH_MISSING,
    PointKind.PLACE_MISSING,
    PointKind.MODALITY_MISSING,
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
    shared = _shared_places(board, kind)
    if not own and not shared and (kind not in _ALWAYS or not concerned):
        return None
    by_name = missing <= _NAMED_AT_MOST or kind in _NAMED
    places = (*shared, *(_own_place(tile, one) for tile, one in own if by_name))
    return Check(
        mark=mark if own or shared else "ok",
        words=said,
        count=f"{len(places)} to mend" if shared else _done_of(len(concerned), missing),
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
        _shared_place(board, point)
        for tile in board.tiles
        for point in tile.open_points
        if point.kind is kind and _is_shared(point)
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
