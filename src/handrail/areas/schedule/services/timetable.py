"""A track's sessions as rows: read and locked, changed as the core decides, written once.

Whoever changes or fills a calendar waits at its track.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, transaction

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.schedule import errors
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import (
    Closure,
    Session,
    SessionFacilitator,
    Track,
    TrackFacilitator,
)
from handrail.areas.schedule.services.availability import Wanted, question_about
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere
from handrail.core.availability import Span
from handrail.core.availability import What as Busy
from handrail.core.course import schedule
from handrail.core.course.roster import Conflict, conflicts, roster
from handrail.core.course.schedule import Modality
from handrail.core.course.segments import Segments, length, read_segments
from handrail.core.course.session_states import State
from handrail.core.errors import Invalid, Unconfirmed
from handrail.foundation.audit import trail

_ONE_AT_A_TIME = "track_one_session_at_a_time, room_one_session_at_a_time"
Decide = Callable[[schedule.Track, schedule.Sessions], schedule.Sessions]
"""What the core decides: the sessions as they are afterwards."""


def lock_track(track_id: UUID) -> Track:
    """A track, until the change is done; `NotHere` when there is none."""
    row = Track.objects.select_for_update().filter(pk=track_id).first()
    if row is None:
        raise NotHere
    return row


def lock_tracks() -> list[Track]:
    """All tracks that have not ended, in one order, so that two changes never wait crosswise."""
    found = Track.objects.select_for_update().filter(ended_date__isnull=True)
    return list(found.order_by("id"))


def lock_session(session_id: UUID) -> tuple[Session, Track]:
    """A session after its track: whoever changes or fills a calendar waits at the track."""
    track_id = Session.objects.filter(pk=session_id).values_list("track_id", flat=True).first()
    if track_id is None:
        raise NotHere
    track = lock_track(track_id)
    return Session.objects.select_for_update().get(pk=session_id), track


def calendar_ends(row: Track) -> date | None:
    """The day of a track's last session."""
    last = Session.objects.filter(track=row).order_by("-local_date").first()
    return last.local_date if last else None


def known_closures() -> tuple[schedule.Closure, ...]:
    """The days the house is closed, as the core knows them."""
    return tuple(
        schedule.Closure(one.local_date, one.reason, one.instead_date)
        for one in Closure.objects.all()
    )


def check_place(modality: Modality, room: str) -> None:
    """Refuse a group that meets in a room without saying which."""
    if modality is not Modality.ONLINE and not room.strip():
        raise errors.NoRoomNamed


def past_midnight(start: time, parts: Segments) -> errors.EndsNextDay | None:
    """The question about a group that ends on the day after it begins; None when it does not."""
    begins = datetime.combine(date.min, start)
    ends = begins + timedelta(minutes=length(parts))
    if ends <= datetime.combine(date.min + timedelta(days=1), time()):
        return None
    return errors.EndsNextDay(start, ends.time())


def colleagues(membership_ids: Iterable[UUID], organization_id: UUID) -> tuple[str, ...]:
    """Keys of people who work here now, in order; refused when someone does not."""
    wanted = set(membership_ids)
    # The table of places is read before the organization is known: so it is named here.
    found = Membership.objects.filter(
        pk__in=wanted,
        organization_id=organization_id,
        deactivated_at__isnull=True,
    )
    if found.count() != len(wanted):
        raise errors.NotColleagues
    return tuple(sorted(str(one) for one in wanted))


# ---- writing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked before a change, together with who is not free; and what was answered.

    `hours` False: a long plan, in which time away and working hours are not asked about.
    """

    questions: tuple[Unconfirmed | None, ...] = ()
    confirmed: str = ""
    hours: bool = True


def change_calendar(
    row: Track, decide: Decide, *, by: Actor, at: datetime, asking: Asking | None = None
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
    try:
        after = decide(track, schedule.in_order(before.values()))
    except Invalid as wrong:
        raise errors.InTrack(row.name, wrong) from wrong
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
                *(trail.subject("session", session_id_of(row, one.number)) for one in changed[:50]),
            ],
            detail={"sessions": len(changed)},
        )
        numbers = [one.number for one in changed]
        written = facts.sessions_with_facts().filter(track=row, number__in=numbers)
        refresh_due(*written, by=by, at=at)
    return len(changed)


def _ask_about(
    row: Track,
    before: dict[schedule.SessionKey, schedule.Session],
    changed: Sequence[schedule.Session],
    asking: Asking,
    by: Actor,
) -> None:
    """Refuse people and rooms that are taken; ask about hours in which someone does not work."""
    moving = [f"session:{session_id_of(row, one.number)}" for one in changed]
    leaders, rooms = _wanted(before, changed)
    own_rules = {Busy.CLOSED} if asking.hours else {Busy.CLOSED, Busy.AWAY, Busy.HOURS}
    soft = question_about(leaders, by=by, apart_from=own_rules, moving=moving)
    # Rooms among sessions are the database's rule, which lets a whole row move through itself.
    question_about(rooms, by=by, apart_from={*own_rules, Busy.SESSION}, moving=moving)
    errors.ask(*asking.questions, soft, confirmed=asking.confirmed)


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
                    id=session_id_of(row, one.number),
                    organization_id=by.organization_id,
                    track=row,
                    number=one.number,
                    segments=segment_rows(one.segments),
                    **_columns(one),
                )
                for one in fresh
            ]
            Session.objects.bulk_create(made)
            for one in known:
                Session.objects.filter(pk=rows[one.key].pk).update(
                    segments=segment_rows(one.segments), **_columns(one)
                )
            keys = {one.key: rows[one.key].pk for one in known}
            keys |= {one.key: session_id_of(row, one.number) for one in fresh}
            _set_facilitators({keys[one.key]: one.facilitators for one in changed}, by)
            _no_two_at_once()
    except IntegrityError as taken:
        raise _who_is_there(row, changed) from taken


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


def session_id_of(row: Track, number: int) -> UUID:
    """The key follows from track and number: the same plan has the same keys everywhere."""
    return uuid5(row.pk, str(number))


def segment_rows(segments: Segments) -> list[dict[str, object]]:
    """The parts of an evening as they are kept, and refused now if they could not be read."""
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


def set_track_facilitators(row: Track, membership_ids: Iterable[UUID]) -> None:
    """Give a track to these colleagues."""
    members = colleagues(membership_ids, row.organization_id)
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


def _who_is_there(row: Track, changed: Iterable[schedule.Session]) -> Invalid:
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
            return errors.RoomOfAnotherGroup(
                one.room, one.local_date, one.start, other.track.name, other.number
            )
    return errors.TwoAtOnce(row.name)


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
    pairs = safety_facts.no_contact_pairs(people)
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
            raise must_not_meet(new[:1])


def must_not_meet(found: Iterable[Conflict]) -> errors.MustNotMeet:
    """Who would meet although they must not, by name. For staff eyes only, never in a chart."""
    reasons = {(one.person, one.partner): one.reason for one in found}
    keys = {key for pair in reasons for key in pair}
    names = {str(one.pk): one.name for one in Client.objects.filter(pk__in=keys)}
    for place in Membership.objects.filter(pk__in=keys).select_related("user"):
        names[str(place.pk)] = place.user.name
    return errors.MustNotMeet(
        tuple((names[one], names[other], reason) for (one, other), reason in reasons.items())
    )


def record(by: Actor, kind: str, key: UUID) -> None:
    """Say in the audit trail that something of the calendar was planned."""
    trail.record(by=by, action=Action.PLAN_GROUPS, subjects=[trail.subject(kind, key)])
