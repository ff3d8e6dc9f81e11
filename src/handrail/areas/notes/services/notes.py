"""Signing, co-signing, locking, adding to and voiding notes: four acts and a way back.

Each is one transaction with its own audit entry. A batch of signatures is one transaction too:
either all that could be signed are, or none. A second click finds the work done and says so.
What cannot be raises a class of notes.errors, here or in the core.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from handrail.areas.notes import errors
from handrail.areas.notes import session_record as evenings
from handrail.areas.notes.models import Addendum, Note, NoteState
from handrail.areas.notes.session_record import Evening
from handrail.areas.organizations.models import Membership
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.organizations.signing import credentials_of, place_of
from handrail.areas.schedule.models import Session
from handrail.areas.schedule.services.holding import hold_session, something_new
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, Role, check_access
from handrail.core.course import session_states
from handrail.core.errors import raise_any, too_long
from handrail.core.notes import signatures
from handrail.core.notes.checklist import Point, mention_points
from handrail.core.notes.content import NoteContent, addendum_hash, canonical, content_hash, for_one
from handrail.data import note_rules
from handrail.foundation.audit import trail

STATES: Mapping[str, signatures.State] = {
    NoteState.SIGNED: signatures.State.SIGNED,
    NoteState.CO_SIGNED: signatures.State.CO_SIGNED,
    NoteState.LOCKED: signatures.State.LOCKED,
    NoteState.VOIDED: signatures.State.VOID,
}
"""The stored states of a note as the core knows them."""

_STORED = {state: stored for stored, state in STATES.items()}


# ---- signing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signed:
    """The person's note is signed; `already` says that it had been before."""

    client_id: UUID
    note_id: UUID
    already: bool
    needs_co_signature: bool


@dataclass(frozen=True, slots=True)
class NotSigned:
    """Nothing was signed for this person; `points` say what is open."""

    client_id: UUID
    points: tuple[Point, ...]


Outcome: TypeAlias = Signed | NotSigned


@transaction.atomic
def sign_notes(
    *,
    session_id: UUID,
    client_ids: Iterable[UUID],
    acknowledged: Mapping[UUID, Collection[str]],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> tuple[Outcome, ...]:
    """Sign the notes of these people as far as they are complete, and say of each how it went.

    A supervisor who did not lead the group gives a `reason`, which stands in the signature.
    `acknowledged` holds, for each person, the keys of warnings the signer has looked at. When
    the last note is signed the session is closed.
    """
    session = hold_session(session_id, by=by, action=Action.SIGN_NOTE)
    place = place_of(by)
    _check_can_be_signed(session)
    beside = signatures.check_signer(
        leads=any(one.membership_id == place.pk for one in session.facilitators.all()),
        supervises=Role.SUPERVISOR in by.roles,
        reason=reason,
    )
    evening = evenings.read_evening(session)
    points = evenings.points_of(evening, acknowledged)
    wanted = tuple(dict.fromkeys(client_ids))
    if any(one not in evening.attendances for one in wanted):
        raise NotHere
    outcomes = tuple(
        _sign(evening, one, points[one], place, beside, by=by, at=at) for one in wanted
    )
    if any(isinstance(one, Signed) and not one.already for one in outcomes):
        close_when_all_are_signed(session)
        something_new(session)
        signed = [one.note_id for one in outcomes if isinstance(one, Signed)]
        refresh_due(session, *Note.objects.filter(pk__in=signed), by=by, at=at)
    return outcomes


def _check_can_be_signed(session: Session) -> None:
    state = session_states.State(session.state)
    if state not in (session_states.State.TO_BE_SIGNED, session_states.State.CLOSED):
        raise errors.AttendanceNotClosed(state)


def _sign(
    evening: Evening,
    client_id: UUID,
    points: tuple[Point, ...],
    place: Membership,
    beside: str,
    *,
    by: Actor,
    at: datetime,
) -> Outcome:
    known = evening.notes.get(client_id)
    if known:
        return Signed(client_id, known.pk, True, known.needs_co_signature)
    if points:
        return NotSigned(client_id, points)
    session, row = evening.session, evening.attendances[client_id]
    own = evenings.individual_content(evening, row)
    content = NoteContent(for_one(evenings.group_content(evening), own), own)
    text, on = canonical(content), at.astimezone(ZoneInfo(session.zone)).date()
    held = credentials_of(place)
    note = Note.objects.create(
        organization_id=session.organization_id,
        client_id=client_id,
        episode_id=row.episode_id,
        session=session,
        local_date=session.local_date,
        content=text,
        content_hash=content_hash(text),
        has_risk_statement=bool(content.individual.risk),
        needs_co_signature=signatures.needs_co_signature(
            held, on=on, sign_alone=note_rules().sign_alone
        ),
        signed_at=at,
        signed_by=place,
        signed_name=signatures.signature_line(place.user.name, held, on=on) + beside,
    )
    _record(note, Action.SIGN_NOTE, by)
    return Signed(client_id, note.pk, False, note.needs_co_signature)


def close_when_all_are_signed(session: Session) -> None:
    """The last signature closes the session; one that nobody came to has none to wait for."""
    signed = session.notes.exclude(state="voided").values("client_id")
    if session.attendances.exclude(client_id__in=signed).exists():
        return
    if session.state == session_states.State.TO_BE_SIGNED.value:
        session.state = session_states.next_state(
            session_states.State.TO_BE_SIGNED, session_states.Act.SIGN_LAST
        ).value
        session.save(update_fields=["state"])


# ---- after the signature -----------------------------------------------------------------------


@transaction.atomic
def co_sign(*, note_id: UUID, by: Actor, at: datetime) -> Note:
    """Put a supervisor's signature under someone else's note."""
    note = _hold_note(note_id, by=by, action=Action.CO_SIGN_NOTE)
    place = place_of(by)
    if note.state == NoteState.CO_SIGNED and note.co_signed_by_id == place.pk:
        return note
    state = signatures.next_state(STATES[note.state], signatures.Act.CO_SIGN)
    on, held = _day(note, at), credentials_of(place)
    signatures.check_co_signer(
        author=str(note.signed_by_id),
        co_signer=str(place.pk),
        credentials=held,
        on=on,
        sign_alone=note_rules().sign_alone,
    )
    note.state = _STORED[state]
    note.co_signed_at, note.co_signed_by = at, place
    note.co_signed_name = signatures.signature_line(place.user.name, held, on=on)
    note.save(update_fields=["state", "co_signed_at", "co_signed_by", "co_signed_name"])
    _record(note, Action.CO_SIGN_NOTE, by)
    refresh_due(note, by=by, at=at)
    return note


@transaction.atomic
def lock(*, note_id: UUID, by: Actor, at: datetime) -> Note:
    """Lock a note that has every signature it needs."""
    note = _hold_note(note_id, by=by, action=Action.LOCK_NOTE)
    if note.state == NoteState.LOCKED:
        return note
    state = signatures.next_state(
        STATES[note.state],
        signatures.Act.LOCK,
        co_signature_needed=note.needs_co_signature,
    )
    note.state, note.locked_at, note.locked_by = _STORED[state], at, by.name
    note.save(update_fields=["state", "locked_at", "locked_by"])
    _record(note, Action.LOCK_NOTE, by)
    refresh_due(note, by=by, at=at)
    return note


@transaction.atomic
def void_note(*, note_id: UUID, reason: str, by: Actor, at: datetime) -> Note:
    """Say that a note is not valid, and why. It stays readable; its drafts open again.

    Only its author or a supervisor can. The session waits for a signature again.
    """
    note = _hold_note(note_id, by=by, action=Action.VOID_NOTE)
    if str(note.signed_by.user_id) != by.id and Role.SUPERVISOR not in by.roles:
        raise errors.NotYoursToVoid
    if note.state == NoteState.VOIDED:
        return note
    state = signatures.next_state(STATES[note.state], signatures.Act.VOID)
    why = signatures.check_reason(reason)
    raise_any(too_long({"reason": why}, {"reason": _REASON_AT_MOST}))
    note.state, note.void_reason = _STORED[state], why
    note.voided_at, note.voided_by = at, by.name
    note.save(update_fields=["state", "void_reason", "voided_at", "voided_by"])
    if note.session:
        _wait_for_a_signature_again(note.session)
    _record(note, Action.VOID_NOTE, by)
    refresh_due(note, by=by, at=at)
    return note


def _wait_for_a_signature_again(session: Session) -> None:
    state = session_states.State(session.state)
    if session_states.can(state, session_states.Act.VOID_NOTE):
        session.state = session_states.next_state(state, session_states.Act.VOID_NOTE).value
        session.save(update_fields=["state"])
    something_new(session)


_REASON_AT_MOST = 300


# ---- addenda -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotAdded:
    """Nothing was added; `points` say whose name stands in the way."""

    points: tuple[Point, ...]


@transaction.atomic
def add_addendum(
    *, note_id: UUID, text: str, by: Actor, at: datetime, acknowledged: Collection[str] = ()
) -> Addendum | NotAdded:
    """Add to a signed note, with a signature of its own. The note stays as it was.

    A text that came too late for the draft is put away once it has become an addendum.
    """
    note = _hold_note(note_id, by=by, action=Action.ADD_ADDENDUM)
    place = place_of(by)
    signatures.next_state(STATES[note.state], signatures.Act.ADD)
    words = text.strip()
    if not words:
        raise errors.NothingAdded
    fingerprint = addendum_hash(note.content_hash, words)
    twice = note.addenda.filter(signed_by=place, content_hash=fingerprint).first()
    if twice:
        return twice
    open_points = tuple(
        one for one in _names_in(note, words) if one.blocks or one.key not in acknowledged
    )
    if open_points:
        return NotAdded(open_points)
    on, held = _day(note, at), credentials_of(place)
    made = Addendum.objects.create(
        organization_id=note.organization_id,
        note=note,
        text=words,
        content_hash=fingerprint,
        signed_at=at,
        signed_by=place,
        signed_name=signatures.signature_line(place.user.name, held, on=on),
    )
    _put_away(note, words)
    _record(note, Action.ADD_ADDENDUM, by)
    return made


def _names_in(note: Note, text: str) -> tuple[Point, ...]:
    if note.session is None:
        return ()
    there = [one.client for one in note.session.attendances.select_related("client")]
    others = evenings.others_of(note.session, there)
    near = evenings.NearNames(others, evenings.staff_of(note.organization_id))
    found = near.mentions({"": text}, own=evenings.named(note.client))
    names = {one.person: f"{one.given} {one.family}".strip() for one in others}
    return mention_points(found, names)


def _put_away(note: Note, text: str) -> None:
    if note.session is None:
        return
    for row in note.session.drafts.filter(client_id=note.client_id):
        rest = [one for one in row.other_texts if one["text"].strip() != text]
        if len(rest) < len(row.other_texts):
            row.other_texts = rest
            row.save(update_fields=["other_texts"])
            something_new(note.session)


# ---- holding and recording ---------------------------------------------------------------------


def _hold_note(note_id: UUID, *, by: Actor, action: Action) -> Note:
    """The note, held; its session before it, in the order in which signing holds them."""
    check_access(by, action)
    found = Note.objects.filter(pk=note_id, organization_id=by.organization_id)
    session_id = found.values_list("session_id", flat=True).first()
    session = hold_session(session_id, by=by, action=action) if session_id else None
    note = found.select_for_update(of=("self",)).select_related("signed_by__user", "client").first()
    if note is None:
        raise NotHere
    if session:
        note.session = session
    return note


def _day(note: Note, at: datetime) -> date:
    zone = note.session.zone if note.session else rules_of(note.organization_id).zone
    return at.astimezone(ZoneInfo(zone)).date()


def _record(note: Note, action: Action, by: Actor) -> None:
    subjects = [trail.subject("note", note.pk), trail.subject("client", note.client_id)]
    if note.session_id:
        subjects.append(trail.subject("session", note.session_id))
    trail.record(
        by=by,
        action=action,
        subjects=subjects,
        detail={"state": note.state, "content_hash": note.content_hash},
    )
