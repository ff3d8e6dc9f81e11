"""Programs and tracks: made, and laid out on the calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.schedule import errors
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Program, Track
from handrail.areas.schedule.services.timetable import (
    Asking,
    calendar_ends,
    change_calendar,
    check_place,
    known_closures,
    lock_track,
    past_midnight,
    record,
    segment_rows,
    set_track_facilitators,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course import schedule
from handrail.core.course.local_time import check_zone
from handrail.core.course.schedule import Modality
from handrail.core.course.segments import Segments
from handrail.data import course_templates
from handrail.foundation import clock


@transaction.atomic
def make_program(
    *,
    name: str,
    template: str,
    by: Actor,
    at: datetime,
    sessions: int | None = None,
    program_id: UUID | None = None,
) -> Program:
    """Begin to offer a level of care, with the shape of its course; sessions are the template's
    unless said otherwise.
    """
    check_access(by, Action.PLAN_GROUPS)
    shape = course_templates().get(template)
    if shape is None:
        raise errors.TemplateUnknown
    if not name.strip():
        raise errors.ProgramUnnamed
    if Program.objects.filter(name=name.strip()).exists():
        raise errors.ProgramNameTaken(name.strip())
    made = Program.objects.create(
        id=program_id or uuid4(),
        organization_id=by.organization_id,
        name=name.strip(),
        level=shape.level,
        template=shape.id,
        sessions=shape.sessions if sessions is None else max(1, sessions),
    )
    record(by, "program", made.id)
    return made


@transaction.atomic
def make_track(
    *,
    program_id: UUID,
    name: str,
    days: Iterable[int],
    start: time,
    zone: str,
    by: Actor,
    at: datetime,
    modality: Modality = Modality.ROOM,
    room: str = "",
    seats: int | None = None,
    segments: Segments | None = None,
    topics: Sequence[str] = (),
    facilitators: Iterable[UUID] = (),
    confirmed: str = "",
    track_id: UUID | None = None,
) -> Track:
    """Plan a group that meets every week on these days. Its parts are the program's template's
    unless given. It has no sessions until `lay_out`. A group that would end on the next day is
    asked about first: AskFirst.
    """
    check_access(by, Action.PLAN_GROUPS)
    program = Program.objects.filter(pk=program_id).first()
    if program is None:
        raise NotHere
    if not name.strip():
        raise errors.TrackUnnamed
    if Track.objects.filter(name=name.strip()).exists():
        raise errors.TrackNameTaken(name.strip())
    check_place(modality, room)
    check_zone(zone)
    parts = segments or course_templates()[program.template].segments
    row = Track(
        id=track_id or uuid4(),
        organization_id=by.organization_id,
        program=program,
        name=name.strip(),
        days=sorted({int(one) for one in days}),
        start=start,
        zone=zone,
        modality=modality.value,
        room=room.strip(),
        seats=seats,
        segments=segment_rows(parts),
        topics=[one.strip() for one in topics if one.strip()],
    )
    if not row.days:
        raise errors.NoDayOfTheWeek
    errors.ask(past_midnight(start, parts), confirmed=confirmed)
    row.save(force_insert=True)
    set_track_facilitators(row, facilitators)
    facts.track_facts(facts.tracks_with_facts().get(pk=row.pk))
    record(by, "track", row.id)
    return row


@transaction.atomic
def lay_out(
    *, track_id: UUID, until: date, by: Actor, at: datetime, since: date | None = None
) -> int:
    """Put a track's sessions on the calendar, up to and with a day; say how many are new.

    From `since`, or where the calendar ends now, or today. Days that have had their session get
    no second one, so doing it twice adds nothing. Closed days move their session.
    """
    check_access(by, Action.PLAN_GROUPS)
    row = lock_track(track_id)
    if row.ended_date:
        raise errors.TrackEnded(row.name, row.ended_date)
    first = since or calendar_ends(row) or clock.today(row.zone)
    if until < first:
        raise errors.LastBeforeCalendar(first)
    if (until - first).days > 800:
        raise errors.OverTwoYears
    closures = known_closures()

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        return schedule.extend(track, sessions, first, until, closures)

    return change_calendar(row, decide, by=by, at=at, asking=Asking(hours=False))
