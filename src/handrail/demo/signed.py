"""The notes of past sessions: written, hashed, signed and co-signed as the real ones are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.notes import models as notes_models
from handrail.areas.notes.models import NoteState
from handrail.areas.safety.models import FlagKind
from handrail.areas.schedule import models as schedule_models
from handrail.core.course.attendance import Attendance
from handrail.core.course.schedule import Modality
from handrail.core.course.segments import SegmentKind
from handrail.core.course.session_states import State
from handrail.core.notes.checklist import risk_due
from handrail.core.notes.content import (
    GroupContent,
    IndividualContent,
    NoteContent,
    SharedPart,
    canonical,
    content_hash,
)
from handrail.core.notes.signatures import needs_co_signature
from handrail.data import note_rules
from handrail.demo.calendar import LaidOut
from handrail.demo.charts import Chart
from handrail.demo.held import Held
from handrail.demo.house import ZONE, Colleague, House
from handrail.demo.words import Writer

_RISKS = {FlagKind.SUICIDE: "suicide", FlagKind.OVERDOSE: "overdose"}
_PLACES = ("At home, in the kitchen", "At home, door closed", "In the parked car outside work")
_UNTIL_SIGNED, _UNTIL_CO_SIGNED = timedelta(minutes=18), timedelta(hours=2, minutes=10)


@dataclass(slots=True)
class Desk:
    """Where a track's notes are written: who signs, who co-signs, what was said before.

    `since_risk` counts each person's sessions since the last statement about risk.
    """

    house: House
    track: LaidOut
    writer: Writer
    signer: Colleague
    co_signer: Colleague | None
    since_risk: dict[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> tuple[str, ...]:
        """The kinds of parts that are written about."""
        return tuple(one.name for one in self.track.template.segments)


def sign_sessions(
    house: House,
    track: LaidOut,
    sessions: Sequence[Held],
    *,
    unsigned: str = "",
    waiting: bool = False,
) -> None:
    """Write and sign every note of a track's past sessions.

    Of the last session the note of `unsigned` (a name) is a draft still; with `waiting` one note
    waits for its co-signature.
    """
    leaders = [house.staff[one] for one in track.pattern.leaders]
    writer = Writer(house.chance("words", track.pattern.short))
    desk = Desk(house, track, writer, leaders[0], leaders[1] if len(leaders) > 1 else None)
    for held in sessions:
        is_last = held is sessions[-1]
        group = _group_content(desk, held)
        writer.begin_evening()
        waits = waiting and is_last
        for i, attendance in enumerate(held.closing.attendances):
            chart = held.charts[attendance.person]
            own = _own_content(desk, held, chart, attendance)
            if is_last and chart.person.name == unsigned:
                _leave_draft(desk, held, chart, group, own)
                held.row.state = State.TO_BE_SIGNED.value
                continue
            row = _note(desk, held, chart, NoteContent(group, own), i)
            if row.needs_co_signature and not (waits and not attendance.status.is_absence):
                _co_sign(desk, row)
            elif row.needs_co_signature:
                waits = False
            house.rows.add(row)


# ---- what it says ------------------------------------------------------------------------------


def _group_content(desk: Desk, held: Held) -> GroupContent:
    session, zone = held.session, ZoneInfo(ZONE)
    return GroupContent(
        track=desk.track.pattern.name,
        number=session.number,
        local_date=session.local_date,
        zone=session.zone,
        start=session.starts_at.astimezone(zone).time(),
        stop=session.ends_at.astimezone(zone).time(),
        modality=session.modality,
        place=session.room,
        topics=session.topics,
        shared=tuple(
            SharedPart(one.name, desk.writer.shared(one.kind.value))
            for one in session.segments
            if one.kind is not SegmentKind.BREAK
        ),
    )


def _own_content(desk: Desk, held: Held, chart: Chart, attendance: Attendance) -> IndividualContent:
    person, writer = chart.person, desk.writer
    if attendance.status.is_absence:
        excuse = f"Excuse: {attendance.excuse}" if attendance.excuse else ""
        outreach = "\n".join(one for one in (excuse, held.calls[chart.id]) if one)
        return IndividualContent(
            chart.id, attendance.status, plan=writer.plan(person), outreach=outreach
        )
    online = held.session.modality is Modality.ONLINE
    number = held.session.number
    return IndividualContent(
        client=chart.id,
        status=attendance.status,
        words=writer.own_words(person),
        goal=person.goals[number % len(person.goals)],
        risk=_risk(desk, held, chart),
        plan=writer.plan(person),
        arrived=attendance.arrived,
        left=attendance.left,
        attended_minutes=attendance.minutes.attended,
        therapeutic_minutes=attendance.minutes.therapeutic,
        place=_PLACES[chart.client_id.int % len(_PLACES)] if online else "",
    )


def _risk(desk: Desk, held: Held, chart: Chart) -> str:
    """A statement about risk whenever one is due: by the same rule as on the board."""
    flags = [one for one in chart.flags_at(held.closing.closed_at) if one in _RISKS]
    since = desk.since_risk.get(chart.id)
    due = risk_due(
        changed=False,
        open_flags=[_RISKS[FlagKind(one)] for one in flags],
        sessions_since_last=None if since is None else since + 1,
        every=note_rules().risk_every,
    )
    desk.since_risk[chart.id] = 0 if due else (since or 0) + 1
    return desk.writer.risk(flags) if due else ""


# ---- what becomes of it ------------------------------------------------------------------------


def _note(desk: Desk, held: Held, chart: Chart, content: NoteContent, i: int) -> notes_models.Note:
    text, day = canonical(content), held.session.local_date
    return notes_models.Note(
        id=desk.house.key("note", held.row.pk, chart.person.name),
        organization_id=desk.house.organization_id,
        client_id=chart.client_id,
        episode_id=chart.episode_id,
        session_id=held.row.pk,
        local_date=day,
        content=text,
        content_hash=content_hash(text),
        has_risk_statement=bool(content.individual.risk),
        state=NoteState.SIGNED,
        needs_co_signature=needs_co_signature(
            desk.signer.credentials, on=day, sign_alone=note_rules().sign_alone
        ),
        signed_at=_signed_at(held, i),
        signed_by_id=desk.signer.membership_id,
        signed_name=desk.signer.signature(day),
    )


def _signed_at(held: Held, i: int) -> datetime:
    return held.closing.closed_at + _UNTIL_SIGNED + timedelta(seconds=7 * i)


def _co_sign(desk: Desk, row: notes_models.Note) -> None:
    if desk.co_signer is None:
        return
    row.state = NoteState.CO_SIGNED
    row.co_signed_at = row.signed_at + _UNTIL_CO_SIGNED
    row.co_signed_by_id = desk.co_signer.membership_id
    row.co_signed_name = desk.co_signer.signature(row.local_date)


def _leave_draft(
    desk: Desk, held: Held, chart: Chart, group: GroupContent, own: IndividualContent
) -> None:
    """The shared text is there, and the person's words; the goal and the plan are not."""
    texts = {part.segment: part.text for part in group.shared}
    parts = {
        f"segment:{i}": texts[one.name]
        for i, one in enumerate(held.session.segments)
        if one.name in texts
    }
    drafts = [(None, name, text) for name, text in parts.items()]
    for client_id, name, text in [*drafts, (chart.client_id, "words", own.words)]:
        desk.house.rows.add(
            draft_row(desk.house, held.row, client_id, name, text, desk.signer.name)
        )


def draft_row(
    house: House,
    session: schedule_models.Session,
    client_id: UUID | None,
    name: str,
    text: str,
    by: str,
) -> notes_models.DraftField:
    """One text of a board that is being written."""
    saved_at = min(house.now, session.ends_at)
    return notes_models.DraftField(
        organization_id=house.organization_id,
        session_id=session.pk,
        client_id=client_id,
        field=name,
        text=text,
        saved_at=saved_at,
        saved_by=by,
    )
