"""What happened with a client in the programs: sessions, notes, memberships, outreach, goals.

Notes and sessions grow without end, so each kind is read no further than a page needs.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from handrail.areas.charts.selectors.happenings import Happening
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import Goal, Note
from handrail.areas.outreach.models import Outreach, OutreachAttempt
from handrail.areas.schedule.models import Enrollment, MakeUp, Pause
from handrail.core.access import Action, Actor, check_access


def happenings(
    client_id: UUID, *, by: Actor, zone: str, before: datetime | None, limit: int
) -> tuple[Happening, ...]:
    """The newest of each kind up to `before`, as many as `limit`, all together newest first.

    `what` is one of session, note_signed, note_co_signed, note_voided, enrolled, enrollment_ended,
    paused, make_up_booked, make_up_canceled, goal_set, goal_met, outreach_opened,
    outreach_attempt and outreach_closed. `of` is a status, a result or an outcome; for notes it
    is the key of the note. `zone` is the organization's.
    """
    check_access(by, Action.READ_CHART)
    local = ZoneInfo(zone)
    found = [
        *_sessions(client_id, before, limit),
        *_notes(client_id, before, limit),
        *_memberships(client_id, local),
        *_make_ups(client_id),
        *_goals(client_id, local),
        *_outreach(client_id, before, limit),
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.key), reverse=True))


def _sessions(client_id: UUID, before: datetime | None, limit: int) -> Iterator[Happening]:
    rows = Attendance.objects.filter(client_id=client_id).exclude(status="")
    if before:
        rows = rows.filter(session__ends_at__lte=before)
    for row in rows.select_related("session__track").order_by("-session__ends_at", "-id")[:limit]:
        session = row.session
        minutes = f", {row.attended} of {row.scheduled} minutes" if row.attended else ""
        said = f"{session.track.name}, session {session.number}{minutes}"
        key = f"session:{session.pk}"
        yield Happening(session.ends_at, key, "session", row.status, said, row.marked_by)


def _notes(client_id: UUID, before: datetime | None, limit: int) -> Iterator[Happening]:
    """Signed, co-signed and voided: three acts, each at its own time."""
    rows = Note.objects.filter(client_id=client_id).select_related("session__track")
    for row in _newest(rows, "signed_at", before, limit):
        yield _of_note(row, row.signed_at, "note_signed", "", row.signed_name)
    for row in _newest(rows.filter(co_signed_at__isnull=False), "co_signed_at", before, limit):
        yield _of_note(row, row.co_signed_at, "note_co_signed", "", row.co_signed_name)
    for row in _newest(rows.filter(voided_at__isnull=False), "voided_at", before, limit):
        yield _of_note(row, row.voided_at, "note_voided", row.void_reason, row.voided_by)


def _newest(
    rows: QuerySet[Note], column: str, before: datetime | None, limit: int
) -> QuerySet[Note]:
    if before:
        rows = rows.filter(**{f"{column}__lte": before})
    return rows.defer("content").order_by(f"-{column}", "-id")[:limit]


def _of_note(row: Note, at: datetime | None, what: str, words: str, by: str) -> Happening:
    track = f"{row.session.track.name}, session {row.session.number}" if row.session else ""
    said = "; ".join(one for one in (track, words) if one)
    assert at is not None  # noqa: S101 (the rows were asked for by it)
    return Happening(at, f"note:{row.pk}:{what}", what, str(row.pk), said, by)


def _memberships(client_id: UUID, zone: ZoneInfo) -> Iterator[Happening]:
    for row in Enrollment.objects.filter(client_id=client_id).select_related("track"):
        key = f"enrollment:{row.pk}"
        from_day = f"{row.track.name}, from {row.from_date:%b} {row.from_date.day}"
        yield Happening(row.enrolled_at, f"{key}:1", "enrolled", "", from_day, row.enrolled_by)
        if row.until_date:
            said = "; ".join(one for one in (row.track.name, row.end_reason) if one)
            yield Happening(
                _end_of(row.until_date, zone), f"{key}:9", "enrollment_ended", "", said,
                row.ended_by, whole_day=True,
            )  # fmt: skip
    for pause in Pause.objects.filter(enrollment__client_id=client_id):
        key = f"pause:{pause.pk}"
        yield Happening(pause.recorded_at, key, "paused", "", pause.reason, pause.recorded_by)


def _make_ups(client_id: UUID) -> Iterator[Happening]:
    for row in MakeUp.objects.filter(client_id=client_id).select_related("session__track"):
        day = row.session.local_date
        said = f"{row.session.track.name}, {day:%a, %b} {day.day}"
        key = f"make-up:{row.pk}"
        yield Happening(row.booked_at, f"{key}:1", "make_up_booked", "", said, row.booked_by)
        if row.canceled_at:
            at = row.canceled_at
            yield Happening(at, f"{key}:9", "make_up_canceled", "", said, row.canceled_by)


def _goals(client_id: UUID, zone: ZoneInfo) -> Iterator[Happening]:
    for row in Goal.objects.filter(client_id=client_id):
        key, opened = f"goal:{row.pk}", _end_of(row.opened_date, zone)
        yield Happening(
            opened, f"{key}:1", "goal_set", "", row.words, row.opened_by, whole_day=True
        )
        if row.met_date:
            met = _end_of(row.met_date, zone)
            yield Happening(
                met, f"{key}:9", "goal_met", "", row.words, row.ended_by, whole_day=True
            )


def _outreach(client_id: UUID, before: datetime | None, limit: int) -> Iterator[Happening]:
    opened = Outreach.objects.filter(client_id=client_id)
    tries = OutreachAttempt.objects.filter(outreach__client_id=client_id)
    if before:
        opened = opened.filter(opened_at__lte=before)
        tries = tries.filter(attempted_at__lte=before)
    for row in opened.order_by("-opened_at", "-id")[:limit]:
        key = f"outreach:{row.pk}"
        yield Happening(row.opened_at, f"{key}:1", "outreach_opened", "", row.why, "")
        if row.closed_at:
            said = row.closing_words
            yield Happening(
                row.closed_at, f"{key}:9", "outreach_closed", row.outcome, said, row.closed_by
            )
    for one in tries.order_by("-attempted_at", "-id")[:limit]:
        said = "; ".join(part for part in (one.get_result_display(), one.words) if part)
        key = f"outreach:{one.outreach_id}:5:{one.pk}"
        yield Happening(one.attempted_at, key, "outreach_attempt", one.kind, said, one.attempted_by)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """A day sorts behind everything that has a time on it."""
    return datetime.combine(day, time(23, 59, 59), zone)
