"""Running a session: start, mark who is there, write, settle, who came unannounced.

Each function is one use case in one transaction with its audit entry. The session is held
meanwhile: of two people who write at once, the second sees what the first wrote, and no text is
lost. What cannot be raises a class of sessions.errors, or CourseError of the core.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from handrail.areas.clients.errors import NoOpenEpisode, PartUnknown
from handrail.areas.clients.models import Client, Episode
from handrail.areas.enrollment import course_records as enrollment_evenings
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes import session_record as evenings
from handrail.areas.notes.models import DraftField
from handrail.areas.outreach.services.outreach_tasks import follow_mark
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Session
from handrail.areas.schedule.services.holding import hold_session, record, something_new
from handrail.areas.sessions import errors
from handrail.areas.sessions.services.closing import (
    Closed,
    Reopened,
    close_attendance,
    reopen_attendance,
)
from handrail.areas.sessions.services.holding import hold_attendance, valid_note
from handrail.areas.sessions.services.rostering import store_roster
from handrail.areas.worklist.services import refresh_due
from handrail.core import drafts
from handrail.core.access import Action, Actor, NotHere
from handrail.core.course.attendance import Absent, Seen, attend
from handrail.core.course.roster import Place, Roster, conflicts
from handrail.core.course.session_states import Act, State, next_state
from handrail.core.drafts import Conflict, OtherText, Saved, Unchanged
from handrail.core.errors import raise_any, too_long
from handrail.core.text import as_typed
from handrail.foundation.audit import trail

__all__ = [
    "Arrived",
    "Closed",
    "Kept",
    "Marked",
    "MarkedMeanwhile",
    "NotTaken",
    "Reopened",
    "Started",
    "add_unannounced",
    "close_attendance",
    "mark_attendance",
    "reopen_attendance",
    "save_field",
    "settle_field",
    "start_session",
    "take_back_unannounced",
]


_EXCUSE_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Started:
    """The session has begun; `already` says that it had before."""

    already: bool
    version: int


@transaction.atomic
def start_session(*, session_id: UUID, by: Actor, at: datetime) -> Started:
    """Begin a session: everyone on the roster gets a record and is present until marked otherwise.

    A second time it changes nothing and says so.
    """
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    state = State(session.state)
    if state not in (State.PLANNED, State.CANCELED):
        return Started(already=True, version=session.board_version)
    session.state = next_state(state, Act.START).value
    session.started_at = at
    session.save(update_fields=["state", "started_at"])
    store_roster(session, by=by, at=at)
    record(session, act="start", by=by)
    if state is State.CANCELED:
        refresh_due(session, by=by, at=at)
    return Started(already=False, version=something_new(session))


# ---- who is there ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """How the person stands now; `version` is the next base version."""

    seen: Seen
    version: int


@dataclass(frozen=True, slots=True)
class MarkedMeanwhile:
    """Somebody else marked the person since; nothing was changed. `seen` is what they marked."""

    seen: Seen
    version: int
    by: str
    at: datetime


@transaction.atomic
def mark_attendance(
    *, session_id: UUID, client_id: UUID, seen: Seen, base_version: int, by: Actor, at: datetime
) -> Marked | MarkedMeanwhile:
    """Say that someone was there, from and until which minute, or was not, and with what excuse."""
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    if State(session.state) is not State.IN_PROGRESS:
        raise errors.CannotBeMarked(State(session.state))
    row = _row_of(session, client_id, by=by, at=at)
    if valid_note(session, client_id):
        raise errors.NoteSigned
    _check_seen(session, row, seen)
    now = enrollment_evenings.seen_of(row)
    if now == seen:
        return Marked(now, row.version)
    # Version 0 is what a board shows before the person's row is stored.
    if base_version not in (row.version, 0 if row.version == 1 else row.version):
        return MarkedMeanwhile(now, row.version, row.marked_by, row.marked_at)
    row.absent = isinstance(seen, Absent)
    row.excuse = seen.excuse.strip() if isinstance(seen, Absent) else ""
    row.arrived = 0 if isinstance(seen, Absent) else seen.arrived
    row.left = None if isinstance(seen, Absent) else seen.left
    row.version += 1
    row.marked_at, row.marked_by = at, by.name
    row.save()
    follow_mark(session, row, by=by, at=at)
    something_new(session)
    marked = "absent" if row.absent else "present"
    detail = {"marked": marked, "arrived": row.arrived, "left": row.left}
    record(session, act="mark", by=by, clients=(client_id,), detail=detail)
    return Marked(enrollment_evenings.seen_of(row), row.version)


def _row_of(session: Session, client_id: UUID, *, by: Actor, at: datetime) -> Attendance:
    row = hold_attendance(session, client_id)
    if row is None:
        # Someone enrolled or booked here since the session began.
        store_roster(session, by=by, at=at)
        row = hold_attendance(session, client_id)
    if row is None:
        raise NotHere
    return row


def _check_seen(session: Session, row: Attendance, seen: Seen) -> None:
    if isinstance(seen, Absent):
        if row.place == Place.UNANNOUNCED.value:
            raise errors.UnexpectedCannotBeAbsent
        raise_any(too_long({"excuse": seen.excuse.strip()}, {"excuse": _EXCUSE_AT_MOST}))
    attend(str(row.client_id), facts.session_facts(session), Place(row.place), seen)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Someone who was not expected is on the board. `must_not_meet` are people already there."""

    client_id: UUID
    already: bool
    must_not_meet: tuple[str, ...]


@transaction.atomic
def add_unannounced(*, session_id: UUID, client_id: UUID, by: Actor, at: datetime) -> Arrived:
    """Put someone on the board who came without being expected."""
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    if State(session.state) is not State.IN_PROGRESS:
        raise errors.CannotBeAdded(State(session.state))
    if hold_attendance(session, client_id):
        return Arrived(client_id, already=True, must_not_meet=())
    episode = _open_episode(client_id, by)
    session.attendances.create(
        organization_id=session.organization_id,
        client_id=client_id,
        episode=episode,
        place=Place.UNANNOUNCED.value,
        arrived=_minute(session, at),
        marked_at=at,
        marked_by=by.name,
    )
    something_new(session)
    record(session, act="add unannounced", by=by, clients=(client_id,))
    return Arrived(client_id, already=False, must_not_meet=_must_not_meet(session, client_id))


@transaction.atomic
def take_back_unannounced(*, session_id: UUID, client_id: UUID, by: Actor, at: datetime) -> None:
    """Take someone off the board who was put there by mistake. Twice is harmless."""
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    row = hold_attendance(session, client_id)
    if row is None:
        return
    if row.place != Place.UNANNOUNCED.value:
        raise errors.ExpectedHere
    if State(session.state) is not State.IN_PROGRESS:
        raise errors.CannotBeTakenOff(State(session.state))
    if valid_note(session, client_id):
        raise errors.SignedCannotBeTakenOff
    written = session.drafts.filter(client_id=client_id)
    if any(one.text.strip() or one.other_texts for one in written):
        raise errors.WrittenCannotBeTakenOff
    written.delete()
    row.delete()
    something_new(session)
    record(session, act="take back unannounced", by=by, clients=(client_id,))


def _minute(session: Session, at: datetime) -> int:
    """The minute of the session that it is now; before it begins the first, after it the last."""
    length = int((session.ends_at - session.starts_at).total_seconds() // 60)
    passed = int((at - session.starts_at).total_seconds() // 60)
    return max(0, min(passed, length - 1))


def _open_episode(client_id: UUID, by: Actor) -> Episode:
    client = Client.objects.filter(pk=client_id, organization_id=by.organization_id).first()
    if client is None:
        raise NotHere
    episode = client.episodes.filter(closed_date__isnull=True).first()
    if episode is None:
        raise NoOpenEpisode(client.name)
    return episode


def _must_not_meet(session: Session, client_id: UUID) -> tuple[str, ...]:
    there = {
        str(one.client_id): Place(one.place) for one in session.attendances.filter(absent=False)
    }
    met = Roster(facts.session_facts(session), there)
    found = conflicts(str(client_id), [met], safety_facts.no_contact_pairs([client_id]))
    partners = [one.partner for one in found]
    clients = Client.objects.filter(pk__in=partners)
    names = tuple(one.name for one in clients)
    staff = len(set(partners)) > len(names)
    return (*names, "someone who leads the session") if staff else names


# ---- what is written ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The text came too late for the draft; `words` say why. It is kept beside the field.

    With `note_id` it can become an addendum to that signed note.
    """

    words: str
    text: str
    note_id: UUID | None = None


Kept: TypeAlias = Saved | Unchanged | Conflict | NotTaken


@transaction.atomic
def save_field(
    *,
    session_id: UUID,
    client_id: UUID | None,
    field: str,
    text: str,
    base_version: int,
    by: Actor,
    at: datetime,
) -> Kept:
    """Keep what is written in one field: of the shared note (no client), or of one person.

    Nothing is lost: a text that meets someone else's, or comes after the signature, is kept
    beside the field until somebody settles it.
    """
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    _check_field(session, client_id, field)
    if client_id is not None:
        _row_of(session, client_id, by=by, at=at)
    row = _draft(session, client_id, field, at)
    text = as_typed(text)
    refused = _too_late(session, client_id, text)
    if refused:
        if text != row.text:
            row.write(drafts.beside(row.read(), OtherText(text, by.name, at)))
            _record_writing(session, client_id, by)
        return refused
    outcome = drafts.save(row.read(), base_version=base_version, text=text, by=by.name, at=at)
    if not isinstance(outcome, Unchanged):
        row.write(outcome.field)
        _record_writing(session, client_id, by)
    return outcome


@transaction.atomic
def settle_field(
    *,
    session_id: UUID,
    client_id: UUID | None,
    field: str,
    text: str,
    base_version: int,
    seen: Collection[str],
    by: Actor,
    at: datetime,
) -> Kept:
    """End a conflict with the chosen text, which replaces the other texts named by `seen`.

    `seen` are the keys (OtherText.key) of what was shown: a text that came meanwhile stays. When
    the field was written again since, it is a new conflict. After the signature the field stays
    as it was signed: then the same text only puts the others away.
    """
    session = hold_session(session_id, by=by, action=Action.RUN_SESSION)
    _check_field(session, client_id, field)
    row = _draft(session, client_id, field, at)
    text = as_typed(text)
    refused = _too_late(session, client_id, text)
    if refused and text != row.text:
        return refused
    outcome = drafts.settle(
        row.read(), base_version=base_version, text=text, seen=seen, by=by.name, at=at
    )
    row.write(outcome.field)
    something_new(session)
    record(session, act="settle", by=by, clients=(client_id,) if client_id else ())
    return outcome


def _check_field(session: Session, client_id: UUID | None, field: str) -> None:
    shared = {
        f"{evenings.SEGMENT}{index}" for index in range(len(facts.session_facts(session).segments))
    }
    if field not in (shared if client_id is None else evenings.OWN_FIELDS):
        raise PartUnknown().at(field)


def _too_late(session: Session, client_id: UUID | None, text: str) -> NotTaken | None:
    note = valid_note(session, client_id) if client_id else None
    if note:
        words = "This note is signed. Your text is kept; add it to the note as an addendum."
        return NotTaken(words, text, note.pk)
    if session.state == State.CLOSED.value:
        words = "Every note of this session is signed. Your text is kept beside the shared note."
        return NotTaken(words, text)
    if session.state == State.CANCELED.value:
        return NotTaken("This session is canceled. Your text is kept with it.", text)
    return None


def _draft(session: Session, client_id: UUID | None, field: str, at: datetime) -> DraftField:
    whose = Q(client_id=client_id) if client_id else Q(client__isnull=True)
    found = session.drafts.select_for_update().filter(whose, field=field).first()
    return found or DraftField(
        organization_id=session.organization_id,
        session=session,
        client_id=client_id,
        field=field,
        version=0,
        saved_at=at,
    )


def _record_writing(session: Session, client_id: UUID | None, by: Actor) -> None:
    """Other boards are told. The trail is told once in five minutes."""
    something_new(session)
    subjects = [trail.subject("session", session.pk)]
    if client_id:
        subjects.append(trail.subject("client", client_id))
    trail.record_read(by=by, action="session.write", subjects=subjects)
