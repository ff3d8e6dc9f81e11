"""Whoever is not here: whom to call, by when, what was tried, and how a call is written down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from handrail.areas.outreach.models import AttemptKind, AttemptResult
from handrail.areas.sessions.selectors.board import Board, Tile
from handrail.web.kit import filters

RESULTS = (
    (AttemptResult.NO_ANSWER.value, "No answer"),
    (AttemptResult.LEFT_MESSAGE.value, "Left a message that names nothing"),
    (AttemptResult.REACHED.value, "Reached"),
)
"""What comes of a call, as the board's buttons say it; the rest is on the outreach page."""
_AT_ONCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody who may be called: the person, or a contact with what they may be told.

    `way` is how an attempt is posted: "call", or "contact_person:<id>".
    """

    way: str
    name: str
    relationship: str
    phone: str
    tel: str
    may_know: str


@dataclass(frozen=True, slots=True)
class Reach:
    """That someone is to be reached. `attempt` names the next attempt: sent twice, written once."""

    outreach_id: UUID
    attempt: UUID
    mark: str
    clock: str
    why: str
    own: Callee
    contacts: tuple[Callee, ...]
    attempts: tuple[str, ...]
    is_open: bool


def reach_of(board: Board, tile: Tile, now: datetime, person: str) -> Reach | None:
    """What there is to do about an absence, for the facilitator `person`; None when nothing is."""
    found = tile.outreach
    if not tile.absent or found is None:
        return None
    return Reach(
        outreach_id=found.id,
        attempt=uuid5(found.id, f"{person} {len(found.attempts)}"),
        mark=_mark(tile, now),
        clock=_clock(board, tile, now),
        why=found.why,
        own=Callee(AttemptKind.CALL.value, tile.name, "", tile.phone, _tel(tile.phone), ""),
        contacts=tuple(
            Callee(
                f"{AttemptKind.CONTACT_PERSON.value}:{one.id}",
                one.name,
                one.relationship,
                one.phone,
                _tel(one.phone),
                "; ".join(one.may_know),
            )
            for one in tile.to_call
        ),
        attempts=found.attempts,
        is_open=not found.is_closed,
    )


def is_tried(tile: Tile) -> bool:
    """Whether an attempt is on record, or it is over."""
    return tile.outreach is not None and (bool(tile.outreach.attempts) or tile.outreach.is_closed)


def is_to_be_reached(tile: Tile) -> bool:
    """Whether somebody still has to reach this person."""
    return tile.absent and tile.outreach is not None and not tile.outreach.is_closed


def _mark(tile: Tile, now: datetime) -> str:
    if tile.outreach is None or tile.outreach.is_closed:
        return "ok"
    if tile.flags:
        return "risk"
    return "watch" if tile.outreach.due_at <= now else "wait"


def _clock(board: Board, tile: Tile, now: datetime) -> str:
    """Call now, due 6:24 pm; 1 attempt, not reached yet, due 6:24 pm."""
    found = tile.outreach
    if found is None or found.is_closed:
        return "Outreach is closed"
    due = _due(found.due_at, now, board.zone)
    was = "was due" if found.due_at <= now else "due"
    if found.attempts:
        return f"{filters.counted(len(found.attempts), 'attempt')}, still open, {was} {due}"
    soon = tile.flags or found.due_at - now <= _AT_ONCE
    return f"Call now, {was} {due}" if soon else f"Call by {due}"


def _due(due: datetime, now: datetime, zone: str) -> str:
    day, here = (one.astimezone(ZoneInfo(zone)).date() for one in (due, now))
    at = filters.short_time(due, zone)
    return at if day == here else f"{filters.short_day(day)}, {at}"


def _tel(phone: str) -> str:
    """A number as a telephone takes it."""
    return "".join(one for one in phone if one.isdigit() or one == "+")
