"""A small program for tests: tracks on the calendar, made-up clients with an episode of care."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from handrail.areas.clients import services as clients
from handrail.areas.clients.models import Client, Episode, LevelStay
from handrail.areas.enrollment.models import Attendance
from handrail.areas.enrollment.services import appointments, enrollment
from handrail.areas.plans.models import Goal
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Program, Session, Track
from handrail.areas.schedule.services import closed_days, planning
from handrail.core.access import Actor
from handrail.core.course.attendance import Absent, Present, attend, credit
from handrail.core.course.roster import Place
from handrail.core.course.schedule import Modality
from handrail.core.course.session_states import State
from handrail.core.course.weeks import Service
from handrail.data import course_rules, course_templates

NEW_YORK = "America/New_York"
TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
"""Tuesday, ten to six in the evening, the demo's clock."""
FIRST = date(2026, 11, 2)
TOPICS = ("Triggers", "Sleep", "Family", "Refusing")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
_NUMBERS = count(1)
_GIVEN = ("Ana", "Ben", "Cora", "Dele", "Ema", "Finn", "Gita", "Hugo", "Ivy", "Jo", "Kai", "Lena")
_FAMILY = ("Abbot", "Baker", "Castillo", "Dunn", "Engel", "Fox", "Garza", "Hale", "Iqbal", "Jones")


def a_program(by: Actor, *, template: str = "iop", name: str = "Evening program") -> Program:
    """A program with the shape of a template."""
    return planning.make_program(name=name, template=template, by=by, at=AT)


def a_track(
    by: Actor,
    program: Program,
    *,
    name: str = "Evening IOP",
    days=(MONDAY, WEDNESDAY, THURSDAY),
    start: time = time(18),
    room: str = "Room 1",
    first: date = FIRST,
    until: date = date(2026, 12, 31),
    topics=TOPICS,
    **more,
) -> Track:
    """A track with its sessions on the calendar."""
    track = planning.make_track(
        program_id=program.pk,
        name=name,
        days=days,
        start=start,
        zone=NEW_YORK,
        modality=Modality.ROOM if room else Modality.ONLINE,
        room=room,
        topics=topics,
        by=by,
        at=AT,
        **more,
    )
    planning.lay_out(track_id=track.pk, since=first, until=until, by=by, at=AT)
    return track


def a_client(
    by: Actor,
    *,
    name: str = "",
    level: str = "iop",
    opened: date = FIRST,
    week_rules=("nine-hours-attended",),
) -> Client:
    """A made-up person with an open episode at a level; without a level, no episode."""
    number = next(_NUMBERS)
    given, family = (
        name.split(" ", 1)
        if name
        else (_GIVEN[number % len(_GIVEN)], f"{_FAMILY[number % len(_FAMILY)]}{number}")
    )
    client = clients.record_client(
        given_name=given, family_name=family, birth_date=date(1985, 5, 17), by=by, at=AT
    )
    if level:
        episode = Episode.objects.create(
            organization_id=by.organization_id,
            client=client,
            opened_date=opened,
            opened_by=by.name,
            week_rules=list(week_rules),
        )
        LevelStay.objects.create(
            organization_id=by.organization_id,
            episode=episode,
            level=level,
            from_date=opened,
            recorded_by=by.name,
        )
    return client


def in_track(by: Actor, track: Track, client: Client, from_date: date = FIRST, **more):
    """Enroll someone."""
    return enrollment.enroll(
        client_id=client.pk, track_id=track.pk, from_date=from_date, by=by, at=AT, **more
    )


def must_not_meet(by: Actor, owner, client: Client, other) -> Flag:
    """A no-contact flag between a client and another client or a colleague's place."""
    is_client = isinstance(other, Client)
    return Flag.objects.create(
        organization_id=by.organization_id,
        client=client,
        kind=FlagKind.NO_CONTACT,
        why="former partners",
        owner=owner,
        other_client=other if is_client else None,
        other_colleague=None if is_client else other,
        opened_at=AT,
        opened_by=by.name,
    )


def session_on(track: Track, day: date) -> Session:
    """The session of a track on a day."""
    return Session.objects.get(track=track, local_date=day)


def hold(session: Session, client: Client, seen=None, *, place: Place = Place.ENROLLED):
    """As if the session had been held and closed, with this person there or not."""
    seen = seen or Present()
    row = facts.sessions_with_facts().get(pk=session.pk)
    known = facts.session_facts(row)
    ended = attend("x", known, place, seen, late_after=course_rules().late_after)
    counted = credit(ended, course_templates()["iop"].minimum)
    absent = isinstance(seen, Absent)
    made = Attendance.objects.create(
        organization_id=session.organization_id,
        session=session,
        client=client,
        episode=client.episodes.get(),
        place=place.value,
        absent=absent,
        excuse=seen.excuse if absent else "",
        arrived=0 if absent else seen.arrived,
        left=None if absent else seen.left,
        marked_at=AT,
        marked_by="Mara Whitfield",
        status=ended.status.value,
        scheduled=ended.minutes.scheduled,
        attended=ended.minutes.attended,
        therapeutic=ended.minutes.therapeutic,
        counts=counted.counts,
        shortfall=counted.shortfall,
        why=counted.why,
    )
    Session.objects.filter(pk=session.pk).update(
        state=State.CLOSED.value,
        started_at=session.starts_at,
        closed_at=session.starts_at + timedelta(hours=3),
    )
    return made


def one_of_each(by: Actor, colleague) -> dict[str, object]:
    """Something for each kind of argument that an address of groups can take."""
    track = a_track(by, a_program(by), until=date(2027, 2, 28))
    client = a_client(by)
    enrolled = in_track(by, track, client)
    paused = enrollment.pause(
        enrollment_id=enrolled.pk,
        from_date=date(2026, 12, 7),
        until_date=None,
        reason="away",
        by=by,
        at=AT,
    )
    morning = a_track(by, track.program, name="Morning IOP", start=time(9), room="Room 2")
    booked = enrollment.book_make_up(
        client_id=client.pk,
        session_id=session_on(morning, date(2026, 12, 2)).pk,
        by=by,
        at=AT,
    )
    hour = appointments.book_appointment(
        client_id=client.pk,
        service=Service.INDIVIDUAL,
        local_date=FIRST,
        start=time(13),
        minutes=50,
        zone=NEW_YORK,
        membership_id=colleague.pk,
        by=by,
        at=AT,
    )
    goal = Goal.objects.create(
        organization_id=by.organization_id,
        client=client,
        episode=client.episodes.get(),
        words="Sleep before midnight",
        opened_date=FIRST,
        opened_by=by.name,
    )
    closed = closed_days.close_day(
        local_date=date(2027, 2, 7), reason="Floor polished", by=by, at=AT
    )
    return {
        "closure_id": closed.pk,
        "make_up_id": booked.pk,
        "appointment_id": hour.pk,
        "goal_id": goal.pk,
        "track_id": track.pk,
        "session_id": session_on(track, date(2026, 11, 30)).pk,
        "enrollment_id": enrolled.pk,
        "pause_id": paused.pk,
        "client_id": client.pk,
    }
