"""Everything that a decision about people's courses looks at, read in a fixed number of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from handrail.areas.clients.models import Episode
from handrail.areas.enrollment.models import Appointment, Attendance
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Enrollment, MakeUp, Session
from handrail.core.course import enrollment as enrollment_core
from handrail.core.course import roster as roster_core
from handrail.core.course import schedule
from handrail.core.course.attendance import Absent, Credit, Present, Seen, Status
from handrail.core.course.attendance import Attendance as AttendanceFacts
from handrail.core.course.closing import until
from handrail.core.course.local_time import utc_of
from handrail.core.course.make_ups import Calendar
from handrail.core.course.progress import Progress, coming_sessions, progress
from handrail.core.course.roster import Place
from handrail.core.course.schedule import SessionKey, Sessions
from handrail.core.course.segments import Minutes
from handrail.core.course.session_states import State
from handrail.data import course_rules

AHEAD = (State.PLANNED.value, State.IN_PROGRESS.value)
MAKE_UPS_WITHIN = timedelta(days=42)
"""How far ahead a session to make up in is looked for."""


@dataclass
class CourseRows:
    """What is on record of one client's episode of care, newest membership last."""

    client_id: UUID
    episode: Episode
    enrollments: list[Enrollment] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    make_ups: list[MakeUp] = field(default_factory=list)

    @property
    def current(self) -> Enrollment | None:
        """The membership that the course is counted by: the newest one with a day of its own."""
        with_days = [
            one
            for one in self.enrollments
            if one.until_date is None or one.until_date >= one.from_date
        ]
        return with_days[-1] if with_days else None

    @property
    def level(self) -> str:
        """The level of care of the course; empty without a membership."""
        return self.current.track.program.level if self.current else ""

    @property
    def planned(self) -> int:
        """How many sessions the course has; 0 without a membership."""
        return self.current.track.program.sessions if self.current else 0

    def credits(self) -> list[Credit]:
        """What is decided at the level of the course, session by session."""
        return [
            credit_facts(one)
            for one in self.attendances
            if one.session.track.program.level == self.level
        ]

    def make_up_facts(self) -> list[roster_core.MakeUp]:
        """Where the client makes up, as the core knows it."""
        return [
            roster_core.MakeUp(str(self.client_id), (str(one.session.track_id), one.session.number))
            for one in self.make_ups
        ]


# ---- courses -----------------------------------------------------------------------------------


def course_rows(client_ids: Collection[UUID]) -> dict[UUID, CourseRows]:
    """The courses of clients: of the open episode, or of the last one. Six queries."""
    episodes: dict[UUID, Episode] = {}
    found = Episode.objects.filter(client_id__in=client_ids)
    for episode in found.order_by("opened_date", "closed_date"):  # null, still open, sorts last
        episodes[episode.client_id] = episode
    made = {key: CourseRows(key, episode) for key, episode in episodes.items()}
    by_episode = {one.episode.pk: one for one in made.values()}
    enrollments = facts.enrollments_with_facts().select_related("track__program")
    for row in enrollments.filter(episode_id__in=by_episode).order_by("from_date", "enrolled_at"):
        by_episode[row.episode_id].enrollments.append(row)
    # Prefetched, not joined: people of one group share its sessions, and each is read once.
    sessions = Prefetch("session", Session.objects.select_related("track__program"))
    attendances = Attendance.objects.exclude(status="").prefetch_related(sessions)
    for one in attendances.filter(episode_id__in=by_episode).order_by("session__starts_at"):
        by_episode[one.episode_id].attendances.append(one)
    booked = MakeUp.objects.filter(canceled_at__isnull=True).select_related("session__track")
    for make_up in booked.filter(episode_id__in=by_episode):
        by_episode[make_up.episode_id].make_ups.append(make_up)
    return made


def sessions_ahead(
    rows: Iterable[CourseRows],
) -> dict[SessionKey, tuple[Session, schedule.Session]]:
    """The sessions still ahead in which any of these courses could be, without who leads them.
    One query.
    """
    courses = list(rows)
    tracks = {one.track_id for course in courses for one in course.enrollments}
    booked = {one.session_id for course in courses for one in course.make_ups}
    found = Session.objects.select_related("track__program").filter(
        Q(track_id__in=tracks) | Q(pk__in=booked), state__in=AHEAD
    )
    return {
        (str(one.track_id), one.number): (one, facts.facts_without_leaders(one)) for one in found
    }


def coming_of(course: CourseRows, sessions: Iterable[schedule.Session]) -> Sessions:
    """The sessions ahead at which the client is expected."""
    return coming_sessions(
        str(course.client_id),
        sessions,
        [facts.enrollment_facts(one) for one in course.enrollments],
        course.make_up_facts(),
        decided={credit.session for credit in course.credits()},
    )


def progress_of(course: CourseRows, coming: Sessions) -> Progress:
    """Where the course stands."""
    level = course.level
    return progress(course.planned, course.credits(), [one for one in coming if one.level == level])


def to_the_end(course: CourseRows, coming: Sessions, stands: Progress) -> tuple[Sessions, Sessions]:
    """What is coming of the course, and what is on the calendar after its planned number.

    Sessions at another level are no part of the number and stay where they are.
    """
    if not course.planned:
        return coming, ()
    own = [one for one in coming if one.level == course.level]
    after = {one.key for one in own[stands.to_go :]}
    return (
        tuple(one for one in coming if one.key not in after),
        tuple(one for one in coming if one.key in after),
    )


def credit_facts(row: Attendance) -> Credit:
    """What closing decided about one attendance, as the core knows it."""
    return Credit(
        person=str(row.client_id),
        session=(str(row.session.track_id), row.session.number),
        place=Place(row.place),
        counts=row.counts,
        shortfall=row.shortfall,
        billable=row.billable,
        billable_shortfall=0,
        why=row.why,
    )


def attendance_facts(row: Attendance) -> AttendanceFacts:
    """One closed attendance as the core knows it: nobody was there after the session had ended."""
    session, seen = row.session, seen_of(row)
    if session.ended_minute:
        seen = until(seen, session.ended_minute)
    there = seen if isinstance(seen, Present) else Present(0, 0)
    length = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return AttendanceFacts(
        person=str(row.client_id),
        session=(str(session.track_id), session.number),
        place=Place(row.place),
        status=Status(row.status),
        arrived=there.arrived,
        left=length if there.left is None else there.left,
        minutes=Minutes(row.scheduled, row.attended, row.therapeutic),
        excuse=row.excuse,
    )


# ---- someone who is to be placed ---------------------------------------------------------------


def search_calendar(client_id: UUID, sessions: Iterable[Session]) -> Calendar:
    """What a search among these sessions looks at: who is in them, and who must not meet the
    client. The client's own sessions have to be among them.
    """
    rows = list(sessions)
    known = tuple(facts.session_facts(one) for one in rows)
    dates = [one.local_date for one in known]
    enrollments: tuple[enrollment_core.Enrollment, ...] = ()
    if dates:
        tracks = {one.track_id for one in rows}
        enrollments = facts.enrollments_between(tracks, min(dates), max(dates))
    return Calendar(
        sessions=known,
        enrollments=enrollments,
        make_ups=facts.make_ups_of(rows),
        limits=course_rules().limits,
        pairs=safety_facts.no_contact_pairs([client_id]),
    )


def sessions_between(since: datetime, until: datetime) -> QuerySet[Session]:
    """Every session ahead, of any track, that touches this time."""
    found = facts.sessions_with_facts().filter(
        starts_at__lt=until, ends_at__gt=since, state__in=AHEAD
    )
    return found.order_by("starts_at", "id")


def appointments_between(
    client_id: UUID, first: date, last: date
) -> list[tuple[datetime, datetime]]:
    """When someone has an individual or family hour that has not been recorded yet, in UTC."""
    found = Appointment.objects.filter(
        client_id=client_id, local_date__range=(first, last), held__isnull=True
    )
    return [appointment_time(one) for one in found]


def appointment_time(row: Appointment) -> tuple[datetime, datetime]:
    """From when to when an hour is, in UTC."""
    begins = utc_of(row.local_date, row.start, row.zone)
    return begins, begins + timedelta(minutes=row.minutes)


# ---- who was there -----------------------------------------------------------------------------


def seen_of(row: Attendance) -> Seen:
    """What was marked for someone, as the core knows it."""
    return Absent(row.excuse) if row.absent else Present(row.arrived, row.left)
