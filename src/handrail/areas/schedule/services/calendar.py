"""One session, or one and all later: moved, given to others, canceled, restored."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from handrail.areas.schedule import errors
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Closure, Session, Track
from handrail.areas.schedule.services.timetable import (
    Asking,
    change_calendar,
    check_place,
    colleagues,
    known_closures,
    lock_session,
    past_midnight,
    set_track_facilitators,
)
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, check_access
from handrail.core.course import schedule, schedule_changes
from handrail.core.course.schedule import Modality
from handrail.core.course.schedule_changes import Change
from handrail.core.course.segments import read_segments


@transaction.atomic
def change_session(
    *,
    session_id: UUID,
    reason: str,
    by: Actor,
    at: datetime,
    local_date: date | None = None,
    start: time | None = None,
    modality: Modality | None = None,
    room: str | None = None,
    facilitators: Iterable[UUID] | None = None,
    topics: Sequence[str] | None = None,
    confirmed: str = "",
) -> Session:
    """Change one planned session; what is None stays as it was. One that would end on the next
    day is asked about first: AskFirst.
    """
    check_access(by, Action.PLAN_GROUPS)
    row, track = lock_session(session_id)
    if not reason.strip():
        raise errors.ChangeUnexplained
    question = None
    if start and start != row.start:
        question = past_midnight(start, read_segments(row.segments))
    new_room = row.room if room is None else room.strip()
    check_place(modality or Modality(row.modality), new_room)
    if local_date and Closure.objects.filter(local_date=local_date).exists():
        raise errors.DayClosed(local_date)
    change = Change(
        reason=reason.strip(),
        local_date=local_date,
        start=start,
        modality=modality,
        room=new_room,
        facilitators=None if facilitators is None else colleagues(facilitators, by.organization_id),
        topics=None if topics is None else tuple(one.strip() for one in topics if one.strip()),
    )
    key = (str(row.track_id), row.number)

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        changed = schedule_changes.change_this(sessions, key, change)
        if schedule_changes.find(changed, key).starts_at < at:
            raise errors.TimePassed
        return changed

    change_calendar(track, decide, by=by, at=at, asking=Asking((question,), confirmed))
    row.refresh_from_db()
    return row


@transaction.atomic
def change_session_and_later(
    *,
    session_id: UUID,
    by: Actor,
    at: datetime,
    days: Iterable[int] | None = None,
    start: time | None = None,
    modality: Modality | None = None,
    room: str | None = None,
    facilitators: Iterable[UUID] | None = None,
    confirmed: str = "",
) -> Track:
    """Give a track another pattern from this session on. Each later session keeps its number,
    topics and people; none is dropped or added.

    Later sessions that someone has moved by hand follow the pattern too. That is asked about
    first, and so is a group that would end on the next day: AskFirst.
    """
    check_access(by, Action.PLAN_GROUPS)
    row, track = lock_session(session_id)
    if days is not None:
        track.days = sorted({int(one) for one in days})
    if not track.days:
        raise errors.NoDayOfTheWeek
    late = start and start != track.start and past_midnight(start, read_segments(track.segments))
    questions = (late or None, _moved_by_hand(track, row))
    track.start = start or track.start
    track.modality = (modality or Modality(track.modality)).value
    track.room = track.room if room is None else room.strip()
    check_place(Modality(track.modality), track.room)
    track.save()
    if facilitators is not None:
        set_track_facilitators(track, facilitators)
    key = (str(row.track_id), row.number)
    closures = known_closures()

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        return schedule_changes.change_this_and_later(track, sessions, key, closures)

    change_calendar(track, decide, by=by, at=at, asking=Asking(questions, confirmed))
    refresh_due(track, by=by, at=at)
    return track


def _moved_by_hand(track: Track, row: Session) -> errors.FollowToo | None:
    """The question about later sessions that a new pattern would take from where they were put."""
    rows = facts.sessions_with_facts().filter(track=track)
    known = [facts.session_facts(one) for one in rows]
    moved = schedule_changes.moved_by_hand(known, (str(track.pk), row.number))
    return errors.FollowToo(tuple((one.number, one.local_date) for one in moved)) if moved else None


@transaction.atomic
def cancel_session(*, session_id: UUID, reason: str, by: Actor, at: datetime) -> Session:
    """Cancel one session with a reason. It stays on the calendar and counts for nobody."""
    check_access(by, Action.PLAN_GROUPS)
    row, track = lock_session(session_id)
    if not reason.strip():
        raise errors.CancelUnexplained
    if row.notes.exclude(state="voided").exists():
        raise errors.NotesSigned
    key = (str(row.track_id), row.number)
    change_calendar(track, lambda _, all_: schedule_changes.cancel(all_, key), by=by, at=at)
    row.refresh_from_db()
    row.canceled_reason = reason.strip()
    row.save(update_fields=["canceled_reason"])
    return row


@transaction.atomic
def restore_session(*, session_id: UUID, by: Actor, at: datetime) -> Session:
    """Take a cancellation back, unless its time or room has been given away."""
    check_access(by, Action.PLAN_GROUPS)
    row, track = lock_session(session_id)
    key = (str(row.track_id), row.number)
    change_calendar(
        track,
        lambda _, all_: schedule_changes.restore(all_, key),
        by=by,
        at=at,
        asking=Asking(hours=False),
    )
    row.refresh_from_db()
    row.canceled_reason, row.started_at = "", None
    row.save(update_fields=["canceled_reason", "started_at"])
    return row
