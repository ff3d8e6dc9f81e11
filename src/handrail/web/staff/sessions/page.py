"""The board's page for the person who asks: what they may do, and what the script needs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from markupsafe import Markup

from handrail.areas.charts.selectors.search import Found
from handrail.areas.notes.selectors import notes, signer
from handrail.areas.sessions.selectors.board import Board, Tile
from handrail.core.access import Action, Role, can_access
from handrail.core.course.session_states import State
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.drafts import draft_key
from handrail.web.kit.page import frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.sessions import words
from handrail.web.staff.sessions.evening import checks, segment_lines, still_to_reach, why_not_yet
from handrail.web.staff.sessions.pages import BoardPage, Facts, FoundLine, Wrong
from handrail.web.staff.sessions.tiles import Around, tile_view

NEXT_OPEN = "open"
"""In place of a person's id: whoever comes first with something open."""
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def board_page(
    request: StaffRequest,
    found: Board,
    *,
    problem: str = "",
    query: str = "",
    found_people: tuple[FoundLine, ...] | None = None,
    arrive_problem: str = "",
    ends_at: datetime | None = None,
    wrong: Iterable[Wrong] = (),
    opens: str = "",
) -> BoardPage:
    """Everything the board shows to this person now."""
    now = clock.now()
    texts = {
        str(tile.client_id): (words.short_name(tile), tile.fields["words"].text)
        for tile in found.tiles
    }
    around = Around(
        now=now,
        person=request.actor.id,
        texts=texts,
        in_notes=_in_notes(request, found),
        wrong={one.client: one for one in wrong},
    )
    unsigned = [tile for tile in found.tiles if tile.note is None]
    complete = sum(not tile.open_points for tile in unsigned)
    runs, then = words.runs_now(found, now)
    hand = round(1200 * (now - found.starts_at).total_seconds() / 60 / found.minutes, 1)
    hand = max(0.0, min(1200.0, hand))
    opened = _opened(found, opens)
    return BoardPage(
        frame=frame(request, words.title(found), here="staff:groups"),
        session_id=found.session_id,
        title=words.title(found),
        where=words.where(found),
        time=filters.clock_time(now, found.zone),
        when=words.when(found, now),
        on_when=words.on_when(found, now),
        begun=now >= found.starts_at,
        begins=words.short_time(found.starts_at, found.zone),
        opens=str(opened.client_id) if opened else "",
        opens_name=words.short_name(opened) if opened else "",
        runs=runs,
        then=then,
        segments=segment_lines(found, now),
        hand=hand,
        past=max(0.0, hand - 1),
        topics=", ".join(found.topics),
        summary=words.summary(found),
        tiles=tuple(tile_view(found, tile, around) for tile in found.tiles),
        checks=checks(found),
        state=found.state.value,
        planned=found.state is State.PLANNED,
        running=found.state is State.IN_PROGRESS,
        to_sign=found.state is State.TO_BE_SIGNED,
        done=found.state is State.CLOSED,
        canceled=found.state is State.CANCELED,
        may_run=can_access(request.actor, Action.RUN_SESSION),
        may_sign=_may_sign(request, found),
        asks_reason=not found.leads,
        complete=complete,
        unsigned=len(unsigned),
        to_reach=still_to_reach(found),
        why_not=why_not_yet(found, complete, len(unsigned)),
        signs_as=_signs_as(request, found, now),
        facts_json=_as_json(_facts(request, found, now)),
        minutes=found.minutes,
        version=found.version,
        query=query,
        found=found_people,
        arrive_problem=arrive_problem,
        asks=words.asks_to_close(found, now, ends_at) if ends_at else "",
        problem=problem,
    )


def about(one: Found) -> str:
    """Enough to tell two people of one name apart."""
    parts = [f"born {filters.day(one.birth_date)}" if one.birth_date else "", one.pronouns]
    return " · ".join(part for part in parts if part)


def _opened(found: Board, asked: str) -> Tile | None:
    """Whom the address asks to open: someone by id, or whoever comes first with something open."""
    if asked == NEXT_OPEN:
        return next((tile for tile in found.tiles if tile.note is None and tile.open_points), None)
    return next((tile for tile in found.tiles if asked == str(tile.client_id)), None)


def _in_notes(request: StaffRequest, found: Board) -> Mapping[UUID, str]:
    """Of whoever was not there the signed note says what was done; nothing else shows it here."""
    if not any(tile.absent and tile.note for tile in found.tiles):
        return {}
    return notes.absences_as_signed(found.session_id, by=request.actor)


def _may_sign(request: StaffRequest, found: Board) -> bool:
    """Whoever leads the group signs for it, or a supervisor, who says why."""
    supervises = Role.SUPERVISOR in request.actor.roles
    return can_access(request.actor, Action.SIGN_NOTE) and (found.leads or supervises)


def _signs_as(request: StaffRequest, found: Board, now: datetime) -> str:
    """As whom this person signs, and whether that is enough."""
    if found.state in (State.PLANNED, State.CLOSED, State.CANCELED):
        return ""
    if not _may_sign(request, found):
        return "Whoever led this group signs its notes, or a supervisor."
    today = now.astimezone(ZoneInfo(found.zone)).date()
    held = signer.signs_as(by=request.actor, on=today)
    if held.needs_co_signature:
        none = "" if held.has_letters else " No license of yours is valid today."
        return f"You sign as {held.line}; needs a co-signature.{none}"
    until = f" (license until {filters.plain_date(held.until)})" if held.until else ""
    return f"You sign as {held.line}{until}."


def _facts(request: StaffRequest, found: Board, now: datetime) -> Facts:
    def to(name: str) -> str:
        return reverse(f"staff:board_{name}", kwargs={"session_id": found.session_id})

    return Facts(
        session=str(found.session_id),
        person=request.actor.id,
        name=request.actor.name,
        key=draft_key(request),
        version=found.version,
        now=int(now.timestamp() * 1000),
        starts=int(found.starts_at.timestamp() * 1000),
        day=words.other_day(found, now),
        minutes=found.minutes,
        zone=found.zone,
        state=found.state.value,
        changes=to("changes"),
        save=to("save"),
        mark=to("mark"),
        settle=to("settle"),
        segments=tuple((one.name, one.begins_minute, one.minutes) for one in found.segments),
    )


def _as_json(facts: Facts) -> Markup:
    """Safe inside a script element: nothing in it can end that element."""
    return Markup(json.dumps(asdict(facts)).translate(_UNSAFE))  # noqa: S704 - escaped here
