"""Programs, tracks and their sessions: planning, closing days, moving and canceling.

The core decides what the calendar looks like afterwards; here it is read, locked and written.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, connection, transaction

from handrail.areas.organizations.models import Membership
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.organizations.services import Mistaken
from handrail.areas.programs import facts, gathering, saying
from handrail.areas.programs.models import (
    Closure,
    Program,
    Session,
    SessionFacilitator,
    Track,
    TrackFacilitator,
)
from handrail.areas.programs.models.notes import NoteState
from handrail.areas.programs.services.availability import Wanted, questions_about
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.availability import Span
from handrail.core.availability import What as Busy
from handrail.core.course import schedule, schedule_changes
from handrail.core.course.errors import CourseError
from handrail.core.course.local_time import check_zone
from handrail.core.course.roster import conflicts, roster, size_limit
from handrail.core.course.schedule import Modality
from handrail.core.course.schedule_changes import Change
from handrail.core.course.segments import Segments, length, read_segments
from handrail.core.course.session_states import State
from handrail.data import course_rules, course_templates
from handrail.foundation import clock
from handrail.foundation.audit import trail

_ONE_AT_A_TIME = "track_one_session_at_a_time, room_one_session_at_a_time"
_Decide = Callable[[schedule.Track, schedule.Sessions], schedule.Sessions]


# ---- programs and tracks -----------------------------------------------------------------------


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
        raise Mistaken("Choose the shape of the course from the list.")
    if not name.strip():
        raise Mistaken("Enter the name of the program.")
    if Program.objects.filter(name=name.strip()).exists():
        raise Mistaken(f"There is a program called {name.strip()} already.")
    made = Program.objects.create(
        id=program_id or uuid4(),
        organization_id=by.organization_id,
        name=name.strip(),
        level=shape.level,
        template=shape.id,
        sessions=shape.sessions if sessions is None else max(1, sessions),
    )
    _record(by, "program", made.id)
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
    asked about first: `saying.ask`.
    """
    check_access(by, Action.PLAN_GROUPS)
    program = Program.objects.filter(pk=program_id).first()
    if program is None:
        raise NotHere
    if not name.strip():
        raise Mistaken("Enter the name of the track.")
    if Track.objects.filter(name=name.strip()).exists():
        raise Mistaken(f"There is a track called {name.strip()} already.")
    _check_place(modality, room)
    with saying.as_mistaken():
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
        segments=_segment_rows(parts),
        topics=[one.strip() for one in topics if one.strip()],
    )
    if not row.days:
        raise Mistaken("Choose at least one day of the week.")
    saying.ask(_past_midnight(start, parts), confirmed)
    row.save(force_insert=True)
    _set_track_facilitators(row, facilitators)
    with saying.as_mistaken():
        facts.track_facts(facts.tracks_with_facts().get(pk=row.pk))
    _record(by, "track", row.id)
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
    row = _lock_track(track_id)
    if row.ended_date:
        raise Mistaken(f"{row.name} has ended on {saying.day(row.ended_date)}.")
    first = since or _calendar_ends(row) or clock.today(row.zone)
    if until < first:
        raise Mistaken(f"The last day comes before the first, {saying.day(first)}.")
    if (until - first).days > 800:
        raise Mistaken("Plan two years at most at a time.")
    closures = _closures()

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        return schedule.extend(track, sessions, first, until, closures)

    return _change_calendar(row, decide, by=by, at=at, asking=_Asking(hours=False))


# ---- closed days -------------------------------------------------------------------------------


SOON = timedelta(hours=24)
"""People who come within this time may be on their way: a day this near is asked about."""


@transaction.atomic
def close_day(
    *,
    local_date: date,
    reason: str,
    by: Actor,
    at: datetime,
    instead_date: date | None = None,
    confirmed: str = "",
) -> Closure:
    """Close the house for a day: its sessions move to the day given, or to the end of their
    track. None is dropped; one that has begun stays where it is.

    Today, and a day with a session within 24 hours, is asked about first: `saying.ask`.
    """
    check_access(by, Action.PLAN_GROUPS)
    if not reason.strip():
        raise Mistaken("Say why the house is closed; people will read it.")
    if instead_date == local_date:
        raise Mistaken("Choose another day instead of the closed one.")
    today = _today(by, at)
    if local_date < today:
        raise Mistaken(f"{saying.day(local_date)} is over; its sessions stay where they were.")
    if instead_date and instead_date < today:
        raise Mistaken(f"{saying.day(instead_date)} is over; choose a day to come instead.")
    rows = _lock_tracks()
    if Closure.objects.filter(local_date=local_date).exists():
        raise Mistaken(f"{saying.day(local_date)} is closed already.")
    saying.ask(_taken_away(local_date, at), confirmed)
    made = Closure.objects.create(
        organization_id=by.organization_id,
        local_date=local_date,
        reason=reason.strip(),
        instead_date=instead_date,
        recorded_at=at,
        recorded_by=by.name,
    )
    closures = _closures()

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        return schedule.apply_closures(track, sessions, closures)

    _record(by, "closure", made.id)
    for row in rows:
        _change_calendar(row, decide, by=by, at=at)
    return made


@dataclass(frozen=True, slots=True)
class Reopened:
    """A day that is open again: the sessions that are back on it, and why others are not."""

    local_date: date
    back: tuple[UUID, ...]
    stay: tuple[str, ...]


@transaction.atomic
def reopen_day(*, closure_id: UUID, by: Actor, at: datetime) -> Reopened:
    """Open a closed day again. Its sessions go back where that is still possible; the others stay
    where they are, and the answer says why.
    """
    check_access(by, Action.PLAN_GROUPS)
    rows = _lock_tracks()
    closure = Closure.objects.select_for_update().filter(pk=closure_id).first()
    if closure is None:
        raise NotHere
    day = closure.local_date
    if day < _today(by, at):
        raise Mistaken(f"{saying.day(day)} is over; it cannot be opened again.")
    trail.record(
        by=by,
        action=Action.PLAN_GROUPS,
        subjects=[trail.subject("closure", closure.pk)],
        detail={"what": "open again", "day": day.isoformat(), "closed for": closure.reason},
    )
    closure.delete()
    back: list[UUID] = []
    stay: list[str] = []
    for row in rows:
        try:
            with transaction.atomic():
                came, stayed = _bring_back(row, day, by=by, at=at)
        except Mistaken as why:
            stay.append(f"{row.name} stays where it is: {why}")
        else:
            back += came
            stay += stayed
    return Reopened(day, tuple(back), tuple(stay))


def _bring_back(row: Track, day: date, *, by: Actor, at: datetime) -> tuple[list[UUID], list[str]]:
    """Bring a track's sessions back to a day: which came, and which stay, in words."""
    found: list[schedule_changes.Reopened] = []

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        found.append(schedule_changes.reopen_day(sessions, day))
        if any(one.starts_at <= at for one in found[0].back):
            raise CourseError("its time has passed")
        return found[0].sessions

    _change_calendar(row, decide, by=by, at=at)
    for one in found[0].back:
        _check_seats_of(row, one)
    stay = [
        f"{row.name}, session {one.number}, stays on {saying.day(one.local_date)}"
        for one in found[0].stay
    ]
    return [_session_id(row, one.number) for one in found[0].back], stay


def _check_seats_of(row: Track, one: schedule.Session) -> None:
    """People may have been enrolled for days on which there was no session then."""
    session = facts.sessions_with_facts().get(pk=_session_id(row, one.number))
    there, limit = len(facts.roster_of(session).places), size_limit(one, course_rules().limits)
    if limit is not None and there > limit:
        raise Mistaken(f"{there} people would come on that day, and there are {limit} seats.")


def _taken_away(day: date, at: datetime) -> str:
    """The question about a closed day that takes sessions of the next hours away."""
    rows = list(
        facts.sessions_with_facts()
        .select_related("track")
        .filter(local_date=day, state=State.PLANNED.value)
        .order_by("starts_at", "id")
    )
    if not any(one.starts_at < at + SOON for one in rows):
        return ""
    said = "; ".join(
        f"{one.track.name} at {saying.clock_time(one.start)},"
        f" {saying.people(len(facts.roster_of(one).places))} expected"
        for one in rows
    )
    return f"Closing {saying.day(day)} takes away {said}. Close it all the same?"


def _today(by: Actor, at: datetime) -> date:
    return gathering.local_day(at, rules_of(by.organization_id).zone)


# ---- one session, or one and all later ---------------------------------------------------------


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
    day is asked about first: `saying.ask`.
    """
    check_access(by, Action.PLAN_GROUPS)
    row, track = _lock_session(session_id)
    if not reason.strip():
        raise Mistaken("Say why it changes; people will read it.")
    question = ""
    if start and start != row.start:
        question = _past_midnight(start, read_segments(row.segments))
    new_room = row.room if room is None else room.strip()
    _check_place(modality or Modality(row.modality), new_room)
    if local_date and Closure.objects.filter(local_date=local_date).exists():
        raise Mistaken(f"The house is closed on {saying.day(local_date)}.")
    change = Change(
        reason=reason.strip(),
        local_date=local_date,
        start=start,
        modality=modality,
        room=new_room,
        facilitators=None
        if facilitators is None
        else _colleagues(facilitators, by.organization_id),
        topics=None if topics is None else tuple(one.strip() for one in topics if one.strip()),
    )
    key = (str(row.track_id), row.number)

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        changed = schedule_changes.change_this(sessions, key, change)
        if schedule_changes.find(changed, key).starts_at < at:
            raise CourseError("that time has passed; choose one that is to come")
        return changed

    _change_calendar(track, decide, by=by, at=at, asking=_Asking(question, confirmed))
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
    first, and so is a group that would end on the next day: `saying.ask`.
    """
    check_access(by, Action.PLAN_GROUPS)
    row, track = _lock_session(session_id)
    if days is not None:
        track.days = sorted({int(one) for one in days})
    if not track.days:
        raise Mistaken("Choose at least one day of the week.")
    questions = [
        _past_midnight(start, read_segments(track.segments))
        if start and start != track.start
        else "",
        _moved_by_hand(track, row),
    ]
    question = " ".join(one for one in questions if one)
    track.start = start or track.start
    track.modality = (modality or Modality(track.modality)).value
    track.room = track.room if room is None else room.strip()
    _check_place(Modality(track.modality), track.room)
    track.save()
    if facilitators is not None:
        _set_track_facilitators(track, facilitators)
    key = (str(row.track_id), row.number)
    closures = _closures()

    def decide(track: schedule.Track, sessions: schedule.Sessions) -> schedule.Sessions:
        return schedule_changes.change_this_and_later(track, sessions, key, closures)

    _change_calendar(track, decide, by=by, at=at, asking=_Asking(question, confirmed))
    return track


def _past_midnight(start: time, parts: Segments) -> str:
    """The question about a group that ends on the day after it begins; empty when it does not."""
    begins = datetime.combine(date.min, start)
    ends = begins + timedelta(minutes=length(parts))
    if ends <= datetime.combine(date.min + timedelta(days=1), time()):
        return ""
    return (
        f"It begins at {saying.clock_time(start)} and ends at {saying.clock_time(ends.time())} the"
        " next day. Is that meant?"
    )


def _moved_by_hand(track: Track, row: Session) -> str:
    """The question about later sessions that a new pattern would take from where they were put."""
    rows = facts.sessions_with_facts().filter(track=track)
    known = [facts.session_facts(one) for one in rows]
    moved = schedule_changes.moved_by_hand(known, (str(track.pk), row.number))
    if not moved:
        return ""
    said = ", ".join(f"no. {one.number} on {saying.day(one.local_date)}" for one in moved)
    return f"Moved by hand before, these follow the new pattern too: {said}. Is that meant?"


@transaction.atomic
def cancel_session(*, session_id: UUID, reason: str, by: Actor, at: datetime) -> Session:
    """Cancel one session with a reason. It stays on the calendar and counts for nobody."""
    check_access(by, Action.PLAN_GROUPS)
    row, track = _lock_session(session_id)
    if not reason.strip():
        raise Mistaken("Say why it is canceled; people will read it.")
    if row.notes.exclude(state=NoteState.VOIDED).exists():
        raise Mistaken("Notes of this session are signed. Void them first, then cancel it.")
    key = (str(row.track_id), row.number)
    _change_calendar(track, lambda _, all_: schedule_changes.cancel(all_, key), by=by, at=at)
    row.refresh_from_db()
    row.canceled_reason = reason.strip()
    row.save(update_fields=["canceled_reason"])
    return row


@transaction.atomic
def restore_session(*, session_id: UUID, by: Actor, at: datetime) -> Session:
    """Take a cancellation back, unless its time or room has been given away."""
    check_access(by, Action.PLAN_GROUPS)
    row, track = _lock_session(session_id)
    key = (str(row.track_id), row.number)
    _change_calendar(
        track,
        lambda _, all_: schedule_changes.restore(all_, key),
        by=by,
        at=at,
        asking=_Asking(hours=False),
    )
    row.refresh_from_db()
    row.canceled_reason, row.started_at = "", None
    row.save(update_fields=["canceled_reason", "started_at"])
    return row


# ---- reading and locking -----------------------------------------------------------------------


def _lock_track(track_id: UUID) -> Track:
    row = Track.objects.select_for_update().filter(pk=track_id).first()
    if row is None:
        raise NotHere
    return row


def _lock_tracks() -> list[Track]:
    found = Track.objects.select_for_update().filter(ended_date__isnull=True)
    return list(found.order_by("id"))


def _lock_session(session_id: UUID) -> tuple[Session, Track]:
    """A session after its track: whoever changes or fills a calendar waits at the track."""
    track_id = Session.objects.filter(pk=session_id).values_list("track_id", flat=True).first()
    if track_id is None:
        raise NotHere
    track = _lock_track(track_id)
    return Session.objects.select_for_update().get(pk=session_id), track


def _calendar_ends(row: Track) -> date | None:
    last = Session.objects.filter(track=row).order_by("-local_date").first()
    return last.local_date if last else None


def _closures() -> tuple[schedule.Closure, ...]:
    return tuple(
        schedule.Closure(one.local_date, one.reason, one.instead_date)
        for one in Closure.objects.all()
    )


def _check_place(modality: Modality, room: str) -> None:
    if modality is not Modality.ONLINE and not room.strip():
        raise Mistaken("Say in which room they meet.")


def _colleagues(membership_ids: Iterable[UUID], organization_id: UUID) -> tuple[str, ...]:
    wanted = set(membership_ids)
    # The table of places is read before the organization is known: so it is named here.
    found = Membership.objects.filter(
        pk__in=wanted,
        organization_id=organization_id,
        deactivated_at__isnull=True,
    )
    if found.count() != len(wanted):
        raise Mistaken("Choose facilitators who work here now.")
    return tuple(sorted(str(one) for one in wanted))


# ---- writing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked before a change, together with who is not free; and what was answered.

    `hours` False: a long plan, in which time away and working hours are not asked about.
    """

    question: str = ""
    confirmed: str = ""
    hours: bool = True


def _change_calendar(
    row: Track, decide: _Decide, *, by: Actor, at: datetime, asking: _Asking | None = None
) -> int:
    """Let the core decide about a locked track's sessions, and write what is different.

    With `asking` the people and rooms have to be free (services/availability.py). Closing and
    opening a day goes on without: the week of availability shows who is then planned twice.
    """
    rows = {
        (str(one.track_id), one.number): one
        for one in facts.sessions_with_facts().filter(track=row).select_for_update(of=("self",))
    }
    before = {key: facts.session_facts(one) for key, one in rows.items()}
    track = facts.track_facts(facts.tracks_with_facts().get(pk=row.pk))
    with saying.as_mistaken(row.name):
        after = decide(track, schedule.in_order(before.values()))
    changed = [one for one in after if before.get(one.key) != one]
    _check_nobody_meets(before, [one for one in changed if one.key in before])
    if asking:
        _ask_about(row, before, changed, asking, by)
    _write(row, rows, changed, by)
    if changed:
        trail.record(
            by=by,
            action=Action.PLAN_GROUPS,
            subjects=[
                trail.subject("track", row.pk),
                *(trail.subject("session", _session_id(row, one.number)) for one in changed[:50]),
            ],
            detail={"sessions": len(changed)},
        )
    return len(changed)


def _ask_about(
    row: Track,
    before: dict[schedule.SessionKey, schedule.Session],
    changed: Sequence[schedule.Session],
    asking: _Asking,
    by: Actor,
) -> None:
    """Refuse people and rooms that are taken; ask about hours in which someone does not work."""
    moving = [f"session:{_session_id(row, one.number)}" for one in changed]
    leaders, rooms = _wanted(before, changed)
    own_rules = {Busy.CLOSED} if asking.hours else {Busy.CLOSED, Busy.AWAY, Busy.HOURS}
    soft = questions_about(leaders, by=by, apart_from=own_rules, moving=moving)
    # Rooms among sessions are the database's rule, which lets a whole row move through itself.
    questions_about(rooms, by=by, apart_from={*own_rules, Busy.SESSION}, moving=moving)
    words = " ".join(one for one in (asking.question, soft) if one)
    saying.ask(words, asking.confirmed)


def _wanted(
    before: dict[schedule.SessionKey, schedule.Session],
    changed: Iterable[schedule.Session],
) -> tuple[list[Wanted], list[Wanted]]:
    """Whom, and which rooms, the changed sessions need at times at which they did not need them."""
    leaders, rooms = [], []
    for one in changed:
        if not one.is_ahead:
            continue
        was = before.get(one.key)
        span = Span(one.starts_at, one.ends_at)
        stays = (
            was is not None
            and was.is_ahead
            and (was.starts_at, was.ends_at) == (one.starts_at, one.ends_at)
        )
        known = set(was.facilitators) if was and stays else set()
        leaders += [Wanted(span, UUID(who)) for who in sorted({*one.facilitators} - known)]
        if one.room and not (was and stays and was.room == one.room):
            rooms.append(Wanted(span, room=one.room))
    return leaders, rooms


def _write(
    row: Track,
    rows: dict[schedule.SessionKey, Session],
    changed: Sequence[schedule.Session],
    by: Actor,
) -> None:
    fresh = [one for one in changed if one.key not in rows]
    known = [one for one in changed if one.key in rows]
    try:
        with transaction.atomic():
            made = [
                Session(
                    id=_session_id(row, one.number),
                    organization_id=by.organization_id,
                    track=row,
                    number=one.number,
                    segments=_segment_rows(one.segments),
                    **_columns(one),
                )
                for one in fresh
            ]
            Session.objects.bulk_create(made)
            for one in known:
                Session.objects.filter(pk=rows[one.key].pk).update(
                    segments=_segment_rows(one.segments), **_columns(one)
                )
            keys = {one.key: rows[one.key].pk for one in known}
            keys |= {one.key: _session_id(row, one.number) for one in fresh}
            _set_facilitators({keys[one.key]: one.facilitators for one in changed}, by)
            _no_two_at_once()
    except IntegrityError as taken:
        raise Mistaken(_who_is_there(row, changed)) from taken


def _columns(one: schedule.Session) -> dict[str, Any]:
    moved = one.moved
    return {
        "local_date": one.local_date,
        "start": one.start,
        "zone": one.zone,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "modality": one.modality.value,
        "room": one.room,
        "seats": one.seats,
        "topics": list(one.topics),
        "moved_from_date": moved.from_date if moved else None,
        "moved_how": moved.how.value if moved else "",
        "moved_reason": moved.reason if moved else "",
        "state": one.state.value,
    }


def _session_id(row: Track, number: int) -> UUID:
    """The key follows from track and number: the same plan has the same keys everywhere."""
    return uuid5(row.pk, str(number))


def _segment_rows(segments: Segments) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {
            "kind": one.kind.value,
            "name": one.name,
            "minutes": one.minutes,
            "therapeutic": one.therapeutic,
        }
        for one in segments
    ]
    read_segments(rows)
    return rows


def _set_facilitators(wanted: dict[UUID, tuple[str, ...]], by: Actor) -> None:
    SessionFacilitator.objects.filter(session_id__in=wanted).delete()
    SessionFacilitator.objects.bulk_create(
        SessionFacilitator(
            organization_id=by.organization_id, session_id=session, membership_id=one
        )
        for session, members in wanted.items()
        for one in members
    )


def _set_track_facilitators(row: Track, membership_ids: Iterable[UUID]) -> None:
    members = _colleagues(membership_ids, row.organization_id)
    row.facilitators.all().delete()
    TrackFacilitator.objects.bulk_create(
        TrackFacilitator(organization_id=row.organization_id, track=row, membership_id=one)
        for one in members
    )


def _no_two_at_once() -> None:
    """Have the database check now, so that the refusal belongs to this change and to nobody else.

    Until here the checks wait, since a whole row of sessions may move through one another.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints {_ONE_AT_A_TIME} immediate")
        cursor.execute(f"set constraints {_ONE_AT_A_TIME} deferred")


def _who_is_there(row: Track, changed: Iterable[schedule.Session]) -> str:
    for one in changed:
        if one.state is State.CANCELED or not one.room:
            continue
        other = (
            Session.objects.select_related("track")
            .filter(room=one.room, starts_at__lt=one.ends_at, ends_at__gt=one.starts_at)
            .exclude(state=State.CANCELED.value)
            .exclude(track=row)
            .first()
        )
        if other:
            return (
                f"{one.room} is taken on {saying.day(one.local_date)} at"
                f" {saying.clock_time(one.start)}: {other.track.name}, session {other.number},"
                " is there then. Choose another room or time."
            )
    return f"{row.name} would have two sessions at the same time. Choose another day or time."


def _check_nobody_meets(
    before: dict[schedule.SessionKey, schedule.Session], changed: Sequence[schedule.Session]
) -> None:
    """A session that moves or changes hands must not bring together who must not meet."""
    ahead = [one for one in changed if one.is_ahead]
    if not ahead:
        return
    track_id = UUID(ahead[0].track)
    dates = [day for one in ahead for day in (one.local_date, before[one.key].local_date)]
    members = facts.enrollments_between([track_id], min(dates), max(dates))
    numbers = [one.number for one in ahead]
    booked = facts.make_ups_of(Session.objects.filter(track_id=track_id, number__in=numbers))
    people = {one.person for one in members} | {one.person for one in booked}
    pairs = facts.no_contact_pairs(people)
    if not pairs:
        return
    for one in ahead:
        now, then = roster(one, members, booked), roster(before[one.key], members, booked)
        was = {(c.person, c.partner) for p in then.people for c in conflicts(p, [then], pairs)}
        new = [
            c
            for person in now.people
            for c in conflicts(person, [now], pairs)
            if (c.person, c.partner) not in was
        ]
        if new:
            raise Mistaken(saying.who_would_meet(new[:1]))


def _record(by: Actor, kind: str, key: UUID) -> None:
    trail.record(by=by, action=Action.PLAN_GROUPS, subjects=[trail.subject(kind, key)])
