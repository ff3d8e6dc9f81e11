"""From rows to what the core decides by: tracks, sessions, enrollments, make-ups, no-contact pairs.

A client is known to the core by the text of its id, a colleague by that of the membership.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from handrail.areas.schedule.models import Enrollment, MakeUp, Session, Track
from handrail.core.course import enrollment as enrollment_core
from handrail.core.course import roster as roster_core
from handrail.core.course import schedule
from handrail.core.course.schedule import HowMoved, Modality, Moved, Weekday
from handrail.core.course.segments import read_segments
from handrail.core.course.session_states import State


def sessions_with_facts() -> QuerySet[Session]:
    """Sessions with everything `session_facts` reads, in a fixed number of queries."""
    return Session.objects.select_related("track__program").prefetch_related("facilitators")


def tracks_with_facts() -> QuerySet[Track]:
    """Tracks with everything `track_facts` reads."""
    return Track.objects.select_related("program").prefetch_related("facilitators")


def track_facts(row: Track) -> schedule.Track:
    """A track as the core knows it."""
    return schedule.Track(
        id=str(row.pk),
        level=row.program.level,
        zone=row.zone,
        days=frozenset(Weekday(day) for day in row.days),
        start=row.start,
        segments=read_segments(row.segments),
        modality=Modality(row.modality),
        room=row.room,
        seats=row.seats,
        facilitators=tuple(sorted(str(one.membership_id) for one in row.facilitators.all())),
        topics=tuple(row.topics),
    )


def session_facts(row: Session) -> schedule.Session:
    """A session as the core knows it."""
    leaders = sorted(str(one.membership_id) for one in row.facilitators.all())
    return _session(row, tuple(leaders))


def facts_without_leaders(row: Session) -> schedule.Session:
    """A session as the core knows it but for who leads it, which is not read."""
    return _session(row, ())


def _session(row: Session, facilitators: tuple[str, ...]) -> schedule.Session:
    moved = (
        Moved(row.moved_from_date, HowMoved(row.moved_how), row.moved_reason)
        if row.moved_from_date
        else None
    )
    return schedule.Session(
        track=str(row.track_id),
        number=row.number,
        level=row.track.program.level,
        local_date=row.local_date,
        start=row.start,
        zone=row.zone,
        segments=read_segments(row.segments),
        modality=Modality(row.modality),
        room=row.room,
        seats=row.seats,
        facilitators=facilitators,
        topics=tuple(row.topics),
        moved=moved,
        state=State(row.state),
    )


def enrollments_with_facts() -> QuerySet[Enrollment]:
    """Enrollments with everything `enrollment_facts` reads."""
    return Enrollment.objects.prefetch_related("pauses")


def enrollment_facts(row: Enrollment) -> enrollment_core.Enrollment:
    """A membership in a track as the core knows it."""
    return enrollment_core.Enrollment(
        person=str(row.client_id),
        track=str(row.track_id),
        from_date=row.from_date,
        until_date=row.until_date,
        days=frozenset(Weekday(day) for day in row.days),
        pauses=tuple(
            enrollment_core.Pause(one.from_date, one.until_date, one.reason)
            for one in row.pauses.all()
        ),
    )


def enrollments_between(
    track_ids: Iterable[UUID], first: date, last: date
) -> tuple[enrollment_core.Enrollment, ...]:
    """Everyone whose membership in one of these tracks touches these days."""
    found = enrollments_with_facts().filter(
        Q(until_date__isnull=True) | Q(until_date__gte=first),
        track_id__in=list(track_ids),
        from_date__lte=last,
    )
    return tuple(enrollment_facts(one) for one in found)


def make_ups_of(sessions: Iterable[Session]) -> tuple[roster_core.MakeUp, ...]:
    """Who makes up in these sessions."""
    keys = {one.pk: (str(one.track_id), one.number) for one in sessions}
    found = MakeUp.objects.filter(session_id__in=keys, canceled_at__isnull=True)
    return tuple(roster_core.MakeUp(str(one.client_id), keys[one.session_id]) for one in found)


def roster_of(session: Session) -> roster_core.Roster:
    """Who is expected at a session, computed from memberships and make-ups."""
    facts = session_facts(session)
    enrollments = enrollments_between([session.track_id], session.local_date, session.local_date)
    return roster_core.roster(facts, enrollments, make_ups_of([session]))


def local_day(at: datetime, zone: str) -> date:
    """The day it is at a place."""
    return at.astimezone(ZoneInfo(zone)).date()
