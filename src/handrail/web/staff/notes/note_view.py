"""How a signed note looks, wherever it is read: its own page, the queue, the chart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.notes.models import NoteState
from handrail.areas.notes.selectors.notes import AddendumView, NoteView
from handrail.core.course.local_time import utc_of
from handrail.core.course.schedule import Modality
from handrail.core.notes.content import GroupContent, IndividualContent, modality_of
from handrail.web.kit import filters

HASH_SHOWN = 12
"""How many letters of a fingerprint tell two notes apart for the eye."""
_MODALITY = {Modality.ROOM: "in the room", Modality.ONLINE: "online", Modality.MIXED: "mixed"}


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a note: its label and its text. `own` are the words about the person."""

    label: str
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """Something added later, and whether it is still as it was signed."""

    text: str
    signed: str
    intact: bool


@dataclass(frozen=True, slots=True)
class Face:
    """One note in words. `mark` and `state` say where it stands; `whole` that nothing changed."""

    note_id: UUID
    client_id: UUID
    session_id: UUID | None
    client: str
    session: str
    day: str
    mark: str
    state: str
    void: str
    there: str
    own: tuple[Said, ...]
    shared: tuple[Said, ...]
    signed: str
    co_signed: str
    co_signature_due: bool
    locked: str
    fingerprint: str
    whole: bool
    added: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class EveningOfNotes:
    """Notes of one session whose shared part is the same: it is read once."""

    title: str
    shared: tuple[Said, ...]
    notes: tuple[Face, ...]


def face(note: NoteView) -> Face:
    """A note in words."""
    group, person = note.content.group, note.content.individual
    mark, state = _state(note)
    return Face(
        note_id=note.id,
        client_id=note.client_id,
        session_id=note.session_id,
        client=note.client_name,
        session=_session(group),
        day=filters.day(note.local_date),
        mark=mark,
        state=state,
        void=_act("Voided", note.voided_by, note.voided_at, note.zone, note.void_reason),
        there=_there(group, person),
        own=_own(person),
        shared=_shared(group),
        signed=_act("Signed", note.signed_name, note.signed_at, note.zone),
        co_signed=_act("Co-signed", note.co_signed_name, note.co_signed_at, note.zone),
        co_signature_due=note.needs_co_signature and note.state == NoteState.SIGNED,
        locked=_act("Locked", note.locked_by, note.locked_at, note.zone),
        fingerprint=note.content_hash[:HASH_SHOWN],
        whole=note.intact,
        added=tuple(_added(one, note.zone) for one in note.addenda),
    )


def by_evening(notes: tuple[NoteView, ...]) -> tuple[EveningOfNotes, ...]:
    """Notes by session; a shared part that was changed between two signatures stands anew."""
    found = []
    for (_, group), some in groupby(notes, key=lambda one: (one.session_id, one.content.group)):
        title = f"{_session(group)}, {filters.day(group.local_date)}"
        found.append(EveningOfNotes(title, _shared(group), tuple(face(one) for one in some)))
    return tuple(found)


def _state(note: NoteView) -> tuple[str, str]:
    if note.state == NoteState.VOIDED:
        return "watch", "Void"
    if not note.intact:
        return "risk", "Changed since signing"
    if note.state == NoteState.SIGNED and note.needs_co_signature:
        return "wait", "Waits for a co-signature"
    return "ok", str(note.state.label)


def _session(group: GroupContent) -> str:
    return f"{group.track}, session {group.number}"


def _there(group: GroupContent, person: IndividualContent) -> str:
    """Attended, 6 pm to 9 pm, in the room: 180 minutes, 165 of them therapeutic."""
    if person.is_absence or person.status is None or group.start is None:
        said = person.status.value if person.status else "not marked"
        return f"{said[0].upper()}{said[1:]}."
    begins = utc_of(group.local_date, group.start, group.zone)
    first = _wall(begins + timedelta(minutes=person.arrived or 0), group.zone)
    last = _wall(begins + timedelta(minutes=person.left or 0), group.zone)
    way = modality_of(group, person)
    where = ", ".join(
        part for part in (_MODALITY[way] if way else "", group.place, person.place) if part
    )
    minutes = f"{person.attended_minutes} minutes, {person.therapeutic_minutes} of them therapeutic"
    status = person.status.value
    return f"{status[0].upper()}{status[1:]}, {first} to {last}, {where}: {minutes}."


def _wall(at: datetime, zone: str) -> str:
    return filters.short_time(at, zone)


def _own(person: IndividualContent) -> tuple[Said, ...]:
    parts = (
        Said("Own words", person.words, own=True),
        Said("Goal", person.goal),
        Said("Risk", person.risk),
        Said("Plan", person.plan),
        Said("Outreach", person.outreach),
    )
    return tuple(one for one in parts if one.text)


def _shared(group: GroupContent) -> tuple[Said, ...]:
    topics = Said("Topics", ", ".join(group.topics))
    parts = (topics, *(Said(one.segment, one.text) for one in group.shared))
    return tuple(one for one in parts if one.text)


def _act(word: str, who: str, at: datetime | None, zone: str, why: str = "") -> str:
    if at is None:
        return ""
    reason = f": {why}" if why else ""
    return f"{word} by {who}, {filters.moment(at, zone)}{reason}"


def _added(one: AddendumView, zone: str) -> Added:
    at = one.signed_at.astimezone(ZoneInfo(zone))
    return Added(one.text, _act("Added", one.signed_name, at, zone), one.intact)
