"""One track: its pattern, who leads it, what is to come, who belongs to it and how they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Prefetch, Q

from handrail.areas.enrollment.course_records import AHEAD
from handrail.areas.enrollment.selectors.course import Member, PauseLine, members
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Enrollment, Pause, Program, Track, TrackFacilitator
from handrail.areas.schedule.selectors.week import SessionLine, session_lines, with_people
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course.enrollment import Pause as PauseFacts
from handrail.core.course.progress import Progress
from handrail.core.course.schedule import Modality, Weekday
from handrail.core.course.segments import Segments
from handrail.core.course.session_states import State


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Someone who belongs to the track now or will. `away` is a pause that covers today."""

    enrollment_id: UUID
    client_id: UUID
    name: str
    from_date: date
    until_date: date | None
    days: tuple[Weekday, ...]
    away: PauseLine | None
    pauses: tuple[PauseLine, ...]
    progress: Progress
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track as its page shows it."""

    track_id: UUID
    name: str
    program: str
    program_sessions: int
    level: str
    days: tuple[Weekday, ...]
    start: time
    zone: str
    modality: Modality
    room: str
    seats: int | None
    segments: Segments
    topics: tuple[str, ...]
    facilitators: tuple[tuple[UUID, str], ...]
    coming: tuple[SessionLine, ...]
    roster: tuple[RosterLine, ...]
    ended_date: date | None
    planned_until: date | None


@dataclass(frozen=True, slots=True)
class TrackName:
    """A track to choose in a list."""

    track_id: UUID
    name: str
    program: str
    level: str


def track(track_id: UUID, *, by: Actor, today: date) -> TrackView:
    """One track with its coming sessions and its people. A fixed number of queries."""
    check_access(by, Action.SEE_GROUPS)
    led = Prefetch("facilitators", TrackFacilitator.objects.select_related("membership__user"))
    found = Track.objects.select_related("program").prefetch_related(led)
    row = found.filter(pk=track_id).first()
    if row is None:
        raise NotHere
    known = facts.track_facts(row)
    coming = list(
        with_people()
        .filter(Q(local_date__gte=today) | Q(state=State.IN_PROGRESS.value), track=row)
        .order_by("starts_at")
    )
    last = max((one.local_date for one in coming if one.state in AHEAD), default=None)
    return TrackView(
        track_id=row.pk,
        name=row.name,
        program=row.program.name,
        program_sessions=row.program.sessions,
        level=row.program.level,
        days=tuple(sorted(known.days)),
        start=row.start,
        zone=row.zone,
        modality=known.modality,
        room=row.room,
        seats=row.seats,
        segments=known.segments,
        topics=known.topics,
        facilitators=tuple(
            (one.membership_id, one.membership.user.name) for one in row.facilitators.all()
        ),
        coming=tuple(session_lines(coming)),
        roster=tuple(_roster(row, today)),
        ended_date=row.ended_date,
        planned_until=last,
    )


def tracks(*, by: Actor, level: str = "") -> list[TrackName]:
    """Tracks that go on, by name; of one level of care when it is given."""
    check_access(by, Action.SEE_GROUPS)
    found = Track.objects.filter(ended_date__isnull=True).select_related("program")
    return [
        TrackName(one.pk, one.name, one.program.name, one.program.level)
        for one in found.order_by("name")
        if level in ("", one.program.level)
    ]


def programs(*, by: Actor) -> list[Program]:
    """Programs that go on, by name."""
    check_access(by, Action.SEE_GROUPS)
    return list(Program.objects.filter(ended_date__isnull=True).order_by("name"))


def track_of_session(session_id: UUID, *, by: Actor) -> SessionLine:
    """One session as a line of its track. Raises NotHere for anyone else's."""
    check_access(by, Action.SEE_GROUPS)
    row = with_people().filter(pk=session_id).first()
    if row is None:
        raise NotHere
    return session_lines([row])[0]


def enrollment(enrollment_id: UUID, *, by: Actor) -> Enrollment:
    """One membership with its client and track. Raises NotHere for anyone else's."""
    check_access(by, Action.SEE_GROUPS)
    row = Enrollment.objects.select_related("client", "track__program").filter(pk=enrollment_id)
    found = row.first()
    if found is None:
        raise NotHere
    return found


def enrollment_of_pause(pause_id: UUID, *, by: Actor) -> Enrollment:
    """The membership that a pause belongs to. Raises NotHere for anyone else's."""
    check_access(by, Action.SEE_GROUPS)
    found = Pause.objects.filter(pk=pause_id).values_list("enrollment_id", flat=True).first()
    if found is None:
        raise NotHere
    return enrollment(found, by=by)


def pattern(track_id: UUID, *, by: Actor) -> Track:
    """A track's weekly pattern. Raises NotHere for anyone else's."""
    check_access(by, Action.SEE_GROUPS)
    found = Track.objects.filter(pk=track_id).first()
    if found is None:
        raise NotHere
    return found


def _roster(row: Track, today: date) -> Iterable[RosterLine]:
    rows = list(
        Enrollment.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=today), track=row)
        .select_related("client")
        .prefetch_related("pauses")
        .order_by("from_date", "client__family_name", "client__given_name", "id")
    )
    stand = members([one.client_id for one in rows], row.topics)
    nothing = Member(Progress(0, 0, 0, 0, 0, 0, None, 0), ())
    for one in rows:
        if one.until_date and one.until_date < one.from_date:
            continue  # replaced before it began
        stands = stand.get(str(one.client_id), nothing)
        pauses = tuple(
            PauseLine(p.pk, p.from_date, p.until_date, p.reason)
            for p in sorted(one.pauses.all(), key=lambda p: p.from_date)
        )
        covering = (p for p in pauses if PauseFacts(p.from_date, p.until_date).covers(today))
        yield RosterLine(
            enrollment_id=one.pk,
            client_id=one.client_id,
            name=one.client.name,
            from_date=one.from_date,
            until_date=one.until_date,
            days=tuple(Weekday(day) for day in one.days),
            away=next(covering, None),
            pauses=pauses,
            progress=stands.progress,
            missing=stands.missing,
        )
