"""Signed notes: one, a person's, those that wait for a co-signature, and what nobody signed yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window

from handrail.areas.clients.models import Client
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import Addendum, Note, NoteState
from handrail.areas.schedule.models import Session
from handrail.core.access import Action, Actor, NotHere, Role, can_access, check_access
from handrail.core.course.session_states import State
from handrail.core.notes.content import (
    NoteContent,
    addendum_hash,
    content_hash,
    read_canonical,
)
from handrail.core.notes.signatures import Act

PAGE = 50


@dataclass(frozen=True, slots=True)
class AddendumView:
    """What was added later, with its own signature. `intact` as for a note."""

    id: UUID
    text: str
    signed_name: str
    signed_at: datetime
    intact: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A signed note. `intact` says that its content still has the fingerprint it was signed with.

    `acts` are what the reader may do to it now.
    """

    id: UUID
    client_id: UUID
    client_name: str
    session_id: UUID | None
    local_date: date
    zone: str
    content: NoteContent
    content_hash: str
    intact: bool
    state: NoteState
    needs_co_signature: bool
    has_risk_statement: bool
    signed_at: datetime
    signed_name: str
    co_signed_at: datetime | None
    co_signed_name: str
    locked_at: datetime | None
    locked_by: str
    voided_at: datetime | None
    voided_by: str
    void_reason: str
    addenda: tuple[AddendumView, ...]
    acts: frozenset[Act]


@dataclass(frozen=True, slots=True)
class NotePage:
    """Some notes of a person, the latest first. `before` asks for the next ones; empty: no more."""

    notes: tuple[NoteView, ...]
    before: str


@dataclass(frozen=True, slots=True)
class ToCoSign:
    """A note that waits for a supervisor."""

    id: UUID
    client_id: UUID
    client_name: str
    track_name: str
    local_date: date
    signed_name: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A session with people whose note nobody signed. `mine` when the reader leads it."""

    session_id: UUID
    track_name: str
    number: int
    local_date: date
    starts_at: datetime
    zone: str
    state: State
    mine: bool
    people: tuple[tuple[UUID, str], ...]


def note(note_id: UUID, *, by: Actor) -> NoteView:
    """One note with everything added to it. Raises NotHere for another organization's."""
    check_access(by, Action.READ_CHART)
    found = _notes(by).filter(pk=note_id).first()
    if found is None:
        raise NotHere
    return _view(found, by)


def notes_of(client_id: UUID, *, by: Actor, before: str | None = None) -> NotePage:
    """The notes of a person, the latest first, a page at a time however many there are."""
    check_access(by, Action.READ_CHART)
    found = _notes(by).filter(client_id=client_id)
    if before:
        day, key = _place(before)
        found = found.filter(Q(local_date__lt=day) | Q(local_date=day, pk__gt=key))
    rows = list(found.order_by("-local_date", "id")[: PAGE + 1])
    if not rows and not _is_here(client_id, by):
        raise NotHere
    more = f"{rows[PAGE - 1].local_date}.{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    return NotePage(tuple(_view(one, by) for one in rows[:PAGE]), more)


def _is_here(client_id: UUID, by: Actor) -> bool:
    return Client.objects.filter(pk=client_id, organization_id=by.organization_id).exists()


def noted_sessions(client_id: UUID, *, by: Actor) -> frozenset[UUID]:
    """The sessions for which this client has a signed note that is not void. One query."""
    check_access(by, Action.READ_CHART)
    rows = Note.objects.filter(client_id=client_id, organization_id=by.organization_id)
    valid = rows.exclude(state=NoteState.VOIDED).exclude(session=None)
    return frozenset(valid.order_by().values_list("session_id", flat=True))


def notes_between(
    client_id: UUID, *, by: Actor, from_day: date, until_day: date
) -> tuple[NoteView, ...]:
    """The notes of a person of these days, the first and the last with them; the earliest first."""
    check_access(by, Action.READ_CHART)
    found = _notes(by).filter(client_id=client_id, local_date__range=(from_day, until_day))
    return tuple(_view(one, by) for one in found.order_by("local_date", "id"))


def notes_chosen(client_id: UUID, note_ids: Collection[UUID], *, by: Actor) -> tuple[NoteView, ...]:
    """Those notes of a person, the earliest first. One of somebody else is not among them."""
    check_access(by, Action.READ_CHART)
    found = _notes(by).filter(client_id=client_id, pk__in=note_ids)
    return tuple(_view(one, by) for one in found.order_by("local_date", "id"))


def absences_as_signed(session_id: UUID, *, by: Actor) -> dict[UUID, str]:
    """What the signed notes of a session say of those who were not there, by client. One query."""
    check_access(by, Action.SEE_BOARD)
    rows = Note.objects.filter(
        session_id=session_id,
        organization_id=by.organization_id,
        # One filter, so that both are said of the same attendance.
        session__attendances__absent=True,
        session__attendances__client_id=F("client_id"),
    )
    found = rows.exclude(state=NoteState.VOIDED).values_list("client_id", "content")
    return {client: read_canonical(text).individual.outreach for client, text in found}


def waiting_notes(*, by: Actor, at_most: int) -> tuple[tuple[NoteView, ...], int]:
    """Notes of others that wait for a co-signature, in full, and how many there are in all.

    Those of one session stand together; the session that waits longest comes first.
    """
    check_access(by, Action.CO_SIGN_NOTE)
    waiting = _waiting(_notes(by), by)
    rows = waiting.order_by("session__starts_at", "session_id", "signed_at", "id")
    found = list(rows.annotate(in_all=Window(Count("pk")))[:at_most])
    return tuple(_view(one, by) for one in found), found[0].in_all if found else 0


def to_co_sign(*, by: Actor) -> list[ToCoSign]:
    """Notes of others that wait for a co-signature, the one that waits longest first."""
    check_access(by, Action.CO_SIGN_NOTE)
    found = Note.objects.filter(organization_id=by.organization_id)
    rows = (
        _waiting(found, by).select_related("client", "session__track").order_by("signed_at", "id")
    )
    return [
        ToCoSign(
            id=one.pk,
            client_id=one.client_id,
            client_name=one.client.name,
            track_name=one.session.track.name if one.session else "",
            local_date=one.local_date,
            signed_name=one.signed_name,
            signed_at=one.signed_at,
        )
        for one in rows
    ]


def unsigned(*, by: Actor) -> list[Unsigned]:
    """Sessions that were held and wait for signatures, the oldest first, with who is missing."""
    check_access(by, Action.SIGN_NOTE)
    rows = (
        Session.objects.filter(organization_id=by.organization_id, state=State.TO_BE_SIGNED.value)
        .select_related("track")
        .prefetch_related("facilitators__membership")
        .order_by("starts_at", "id")
    )
    sessions = list(rows)
    missing = _missing(sessions)
    return [
        Unsigned(
            session_id=one.pk,
            track_name=one.track.name,
            number=one.number,
            local_date=one.local_date,
            starts_at=one.starts_at,
            zone=one.zone,
            state=State(one.state),
            mine=any(str(who.membership.user_id) == by.id for who in one.facilitators.all()),
            people=tuple(missing.get(one.pk, ())),
        )
        for one in sessions
    ]


def _missing(sessions: list[Session]) -> dict[UUID, list[tuple[UUID, str]]]:
    keys = [one.pk for one in sessions]
    signed = set(
        Note.objects.filter(session_id__in=keys)
        .exclude(state=NoteState.VOIDED)
        .values_list("session_id", "client_id")
    )
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    rows = Attendance.objects.filter(session_id__in=keys).select_related("client")
    for row in rows.order_by("client__family_name", "client__given_name", "client_id"):
        if (row.session_id, row.client_id) not in signed:
            found.setdefault(row.session_id, []).append((row.client_id, row.client.name))
    return found


# ---- from row to view --------------------------------------------------------------------------


def _notes(by: Actor) -> QuerySet[Note]:
    return (
        Note.objects.filter(organization_id=by.organization_id)
        .select_related("client", "session", "signed_by")
        .prefetch_related("addenda")
    )


def _waiting(rows: QuerySet[Note], by: Actor) -> QuerySet[Note]:
    """Those that wait for a co-signature this person may give: nobody co-signs their own."""
    return rows.filter(needs_co_signature=True, state=NoteState.SIGNED).exclude(
        signed_by__user_id=by.id
    )


def _place(before: str) -> tuple[date, UUID]:
    day, _, key = before.partition(".")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError as wrong:
        raise NotHere from wrong


def _view(row: Note, by: Actor) -> NoteView:
    content = read_canonical(row.content)
    return NoteView(
        id=row.pk,
        client_id=row.client_id,
        client_name=row.client.name,
        session_id=row.session_id,
        local_date=row.local_date,
        zone=content.group.zone or (row.session.zone if row.session else "UTC"),
        content=content,
        content_hash=row.content_hash,
        intact=content_hash(row.content) == row.content_hash,
        state=NoteState(row.state),
        needs_co_signature=row.needs_co_signature,
        has_risk_statement=row.has_risk_statement,
        signed_at=row.signed_at,
        signed_name=row.signed_name,
        co_signed_at=row.co_signed_at,
        co_signed_name=row.co_signed_name,
        locked_at=row.locked_at,
        locked_by=row.locked_by,
        voided_at=row.voided_at,
        voided_by=row.voided_by,
        void_reason=row.void_reason,
        addenda=tuple(
            _addendum(one, row.content_hash)
            for one in sorted(row.addenda.all(), key=lambda one: one.signed_at)
        ),
        acts=_acts(row, by),
    )


def _addendum(row: Addendum, note_hash: str) -> AddendumView:
    intact = addendum_hash(note_hash, row.text) == row.content_hash
    return AddendumView(row.pk, row.text, row.signed_name, row.signed_at, intact)


def _acts(row: Note, by: Actor) -> frozenset[Act]:
    """What the reader may do, as services/notes would decide; a license is looked at only there."""
    own = str(row.signed_by.user_id) == by.id
    waits = row.needs_co_signature and row.state == NoteState.SIGNED
    possible = {
        Act.CO_SIGN: row.state == NoteState.SIGNED
        and not own
        and can_access(by, Action.CO_SIGN_NOTE),
        Act.LOCK: row.state in (NoteState.SIGNED, NoteState.CO_SIGNED)
        and not waits
        and can_access(by, Action.LOCK_NOTE),
        Act.ADD: row.state != NoteState.VOIDED and can_access(by, Action.ADD_ADDENDUM),
        Act.VOID: row.state != NoteState.VOIDED
        and can_access(by, Action.VOID_NOTE)
        and (own or Role.SUPERVISOR in by.roles),
    }
    return frozenset(act for act, may in possible.items() if may)
