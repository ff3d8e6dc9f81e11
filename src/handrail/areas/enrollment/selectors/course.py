"""One client's course: progress, weeks against payers' rules, topics, sessions, hours, goals."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from handrail.areas.clients.models import Client, Episode
from handrail.areas.enrollment import course_records as gathering
from handrail.areas.enrollment.course_records import CourseRows
from handrail.areas.enrollment.models import Appointment, Attendance
from handrail.areas.plans.models import Goal
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Enrollment, Session
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course import schedule
from handrail.core.course.attendance import Status
from handrail.core.course.progress import Progress, Standing, standing
from handrail.core.course.roster import Place
from handrail.core.course.schedule import SessionKey, Sessions
from handrail.core.course.session_states import State
from handrail.core.course.topics import Coverage, coverage, topics_met
from handrail.core.course.weeks import (
    Hour,
    Service,
    WeekAgainstRule,
    appointment,
    group_hour,
    hold_week_against,
    week_of,
)
from handrail.data import course_rules
from handrail.foundation import clock

WEEKS_BACK = 5
"""How many weeks before this one are held against the rules."""


@dataclass(frozen=True, slots=True)
class CourseSession:
    """One session of a client's course: decided, or to come.

    `status` is None until its attendance is closed. Minutes; `shortfall` is what was missing for
    it to count, `billable` None when no payer's minimum is known.
    """

    session_id: UUID
    track_id: UUID
    track: str
    number: int
    local_date: date
    start: str
    place: Place
    state: State
    topics: tuple[str, ...]
    status: Status | None = None
    scheduled: int = 0
    attended: int = 0
    therapeutic: int = 0
    counts: bool = False
    shortfall: int = 0
    billable: bool | None = None
    why: str = ""
    make_up_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """A coming session that carries a missing topic."""

    session_id: UUID
    track: str
    number: int
    local_date: date


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the curriculum: met, booked or missing, and where it comes next."""

    name: str
    state: str
    carried_by: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the client: minutes, and how it stands against each rule of its payer."""

    first: date
    last: date
    is_now: bool
    scheduled: int
    attended: int
    therapeutic: int
    against: tuple[WeekAgainstRule, ...]


@dataclass(frozen=True, slots=True)
class HourLine:
    """An individual or family hour. `held` is None until someone says whether it took place."""

    appointment_id: UUID
    service: Service
    local_date: date
    start: str
    minutes: int
    with_whom: str
    held: bool | None
    has_begun: bool


@dataclass(frozen=True, slots=True)
class GoalLine:
    """What the client works toward, and how it ended when it has."""

    goal_id: UUID
    words: str
    opened_date: date
    met_date: date | None
    dropped_date: date | None


@dataclass(frozen=True, slots=True)
class PauseLine:
    """Days away, without an end until there is one."""

    pause_id: UUID
    from_date: date
    until_date: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class MembershipLine:
    """A membership in a track, with its pauses."""

    enrollment_id: UUID
    track_id: UUID
    track: str
    from_date: date
    until_date: date | None
    days: tuple[int, ...]
    end_reason: str
    pauses: tuple[PauseLine, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything the Course tab says. `track` is the current one, empty without a membership.

    `coming` are the sessions of the course, `beyond` those on the calendar after its planned
    number; `until_date` is where the current membership ends.
    """

    client_id: UUID
    has_open_episode: bool
    level: str
    track_id: UUID | None
    track: str
    until_date: date | None
    progress: Progress
    standing: Standing
    memberships: tuple[MembershipLine, ...]
    sessions: tuple[CourseSession, ...]
    coming: tuple[CourseSession, ...]
    beyond: tuple[CourseSession, ...]
    weeks: tuple[Week, ...]
    topics: tuple[Topic, ...]
    hours: tuple[HourLine, ...]
    goals: tuple[GoalLine, ...]

    @property
    def missing_topics(self) -> tuple[str, ...]:
        """The topics that neither were met nor come on a session the client is expected at."""
        return tuple(one.name for one in self.topics if one.state == "missing")


# ---- many at once ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HowFar:
    """How many sessions of a course counted, and how many it has."""

    done: int
    planned: int

    @property
    def to_go(self) -> int:
        """How many sessions are still to count."""
        return max(0, self.planned - self.done)


def how_far(client_ids: Collection[UUID], *, upto: datetime | None = None) -> Mapping[str, HowFar]:
    """How far each client's course is ("14 of 24"), by the text of the id: what counted, in
    sessions that began by `upto`. One query. The caller has checked access; who has no episode is
    left out.
    """
    program = "enrollments__track__program__"
    now: dict[UUID, tuple[UUID, HowFar]] = {}
    for client, episode, planned, from_date, until, done in (
        Episode.objects.filter(client_id__in=client_ids)
        .order_by(  # as `gathering.course_rows`: null, still open, sorts last
            "opened_date", "closed_date", "enrollments__from_date", "enrollments__enrolled_at"
        )
        .values_list(
            "client_id",
            "pk",
            program + "sessions",
            "enrollments__from_date",
            "enrollments__until_date",
            _counted(level=OuterRef(program + "level"), upto=upto),
        )
    ):
        with_days = from_date is not None and (until is None or until >= from_date)
        if with_days:
            now[client] = (episode, HowFar(done or 0, planned))
        elif now.get(client, (None,))[0] != episode:
            now[client] = (episode, HowFar(0, 0))
    return {str(client): far for client, (_, far) in now.items()}


def _counted(*, level: OuterRef, upto: datetime | None) -> Subquery:
    """How many sessions of a level counted in an episode."""
    begun = Q() if upto is None else Q(session__starts_at__lte=upto)
    rows = Attendance.objects.filter(
        begun, episode=OuterRef("pk"), session__track__program__level=level, counts=True
    ).exclude(status="")
    many = rows.order_by().values("episode").annotate(many=Count("pk"))
    return Subquery(many.values("many"))


@dataclass(frozen=True, slots=True)
class Member:
    """Where someone of a track's roster stands, and which topics they would miss."""

    progress: Progress
    missing: tuple[str, ...]


def members(client_ids: Collection[UUID], curriculum: Sequence[str]) -> Mapping[str, Member]:
    """Progress and missing topics of the people of a track, by the text of the id."""
    courses = gathering.course_rows(client_ids)
    ahead = [known for _, known in gathering.sessions_ahead(courses.values()).values()]
    found = {}
    for key, course in courses.items():
        coming = coming_in(course, ahead)
        stands = gathering.progress_of(course, coming)
        own, _ = gathering.to_the_end(course, coming, stands)
        found[str(key)] = Member(stands, coverage(curriculum, _met(course), own, ()).missing)
    return found


# ---- one client --------------------------------------------------------------------------------


def course_of(client_id: UUID, *, by: Actor, today: date, at: datetime | None = None) -> Course:
    """Everything about one client's course. Raises NotHere for anyone else's client."""
    check_access(by, Action.READ_CHART)
    at = at or clock.now()
    course = gathering.course_rows([client_id]).get(client_id)
    if course is None:
        if not Client.objects.filter(pk=client_id).exists():
            raise NotHere
        return _no_course(client_id)
    ahead = gathering.sessions_ahead([course])
    coming = coming_in(course, [known for _, known in ahead.values()])
    current = course.current
    appointments = list(
        Appointment.objects.filter(episode=course.episode)
        .select_related("membership__user")
        .order_by("local_date", "start")
    )
    goals = list(Goal.objects.filter(episode=course.episode).order_by("opened_date", "id"))
    stands = gathering.progress_of(course, coming)
    own, beyond = gathering.to_the_end(course, coming, stands)
    return Course(
        client_id=client_id,
        has_open_episode=course.episode.closed_date is None,
        level=course.level,
        track_id=current.track_id if current else None,
        track=current.track.name if current else "",
        until_date=current.until_date if current else None,
        progress=stands,
        standing=standing(stands, [bool(one.met_date) for one in goals if not one.dropped_date]),
        memberships=tuple(_membership(one) for one in course.enrollments),
        sessions=tuple(_decided(one) for one in course.attendances),
        coming=tuple(_to_come(course, *ahead[one.key]) for one in own),
        beyond=tuple(_to_come(course, *ahead[one.key]) for one in beyond),
        weeks=tuple(_weeks(course, own, ahead, appointments, today, stands)),
        topics=_topics(course, own, at),
        hours=tuple(_hour(one, at) for one in appointments),
        goals=tuple(
            GoalLine(one.pk, one.words, one.opened_date, one.met_date, one.dropped_date)
            for one in goals
        ),
    )


def _no_course(client_id: UUID) -> Course:
    nothing = Progress(0, 0, 0, 0, 0, 0, None, 0)
    return Course(
        client_id=client_id,
        has_open_episode=False,
        level="",
        track_id=None,
        track="",
        until_date=None,
        progress=nothing,
        standing=Standing.UNDER_WAY,
        memberships=(),
        sessions=(),
        coming=(),
        beyond=(),
        weeks=(),
        topics=(),
        hours=(),
        goals=(),
    )


def coming_in(course: CourseRows, ahead: Iterable[schedule.Session]) -> Sessions:
    """What is still ahead; after the episode has ended, nothing is."""
    return () if course.episode.closed_date else gathering.coming_of(course, ahead)


def _membership(row: Enrollment) -> MembershipLine:
    return MembershipLine(
        enrollment_id=row.pk,
        track_id=row.track_id,
        track=row.track.name,
        from_date=row.from_date,
        until_date=row.until_date,
        days=tuple(row.days),
        end_reason=row.end_reason,
        pauses=tuple(
            PauseLine(one.pk, one.from_date, one.until_date, one.reason)
            for one in sorted(row.pauses.all(), key=lambda one: one.from_date)
        ),
    )


def _decided(row: Attendance) -> CourseSession:
    session = row.session
    return CourseSession(
        session_id=session.pk,
        track_id=session.track_id,
        track=session.track.name,
        number=session.number,
        local_date=session.local_date,
        start=f"{session.start:%H:%M}",
        place=Place(row.place),
        state=State(session.state),
        topics=tuple(session.topics),
        status=Status(row.status),
        scheduled=row.scheduled,
        attended=row.attended,
        therapeutic=row.therapeutic,
        counts=row.counts,
        shortfall=row.shortfall,
        billable=row.billable,
        why=row.why,
    )


def _to_come(course: CourseRows, row: Session, known: schedule.Session) -> CourseSession:
    booked = {one.session_id: one.pk for one in course.make_ups}
    own = any(facts.enrollment_facts(one).expects(known) for one in course.enrollments)
    return CourseSession(
        session_id=row.pk,
        track_id=row.track_id,
        track=row.track.name,
        number=row.number,
        local_date=row.local_date,
        start=f"{row.start:%H:%M}",
        place=Place.ENROLLED if own else Place.MAKE_UP,
        state=State(row.state),
        topics=tuple(row.topics),
        make_up_id=booked.get(row.pk),
    )


# ---- topics ------------------------------------------------------------------------------------


def _met(course: CourseRows) -> frozenset[str]:
    met: frozenset[str] = frozenset()
    for one in course.attendances:
        if Status(one.status).is_absence or met.issuperset(one.session.topics):
            continue
        there, session = gathering.attendance_facts(one), facts.facts_without_leaders(one.session)
        met |= topics_met([there], {session.key: session}, percent=course_rules().topic_percent)
    return met


def _topics(course: CourseRows, coming: Sessions, at: datetime) -> tuple[Topic, ...]:
    if course.current is None:
        return ()
    rows = gathering.sessions_between(at, at + gathering.MAKE_UPS_WITHIN).prefetch_related(None)
    level = {
        (str(one.track_id), one.number): one
        for one in rows.filter(track__program__level=course.level, state=State.PLANNED.value)
    }
    curriculum = course.current.track.topics
    all_coming = [facts.facts_without_leaders(one) for one in level.values()]
    covered = coverage(curriculum, _met(course), coming, all_coming)
    return tuple(_topic(one, covered, level) for one in dict.fromkeys(curriculum))


def _topic(name: str, covered: Coverage, rows: Mapping[SessionKey, Session]) -> Topic:
    if name in covered.met:
        return Topic(name, "met")
    if name in covered.booked:
        return Topic(name, "booked")
    carriers = (rows[one.key] for one in covered.carried_by[name])
    return Topic(
        name,
        "missing",
        tuple(Carrier(one.pk, one.track.name, one.number, one.local_date) for one in carriers),
    )


# ---- weeks -------------------------------------------------------------------------------------


def _weeks(
    course: CourseRows,
    coming: Sessions,
    ahead: Mapping[SessionKey, tuple[Session, schedule.Session]],
    appointments: Iterable[Appointment],
    today: date,
    stands: Progress,
) -> Iterable[Week]:
    """Weeks of the course: none is promised after its last day, or once all sessions are done."""
    now = week_of(today)
    since = now[0] - timedelta(weeks=WEEKS_BACK)
    decided = (one for one in course.attendances if one.session.local_date >= since)
    hours = [
        *(_group_hour_of(one) for one in decided),
        *(replace(group_hour(one), name=ahead[one.key][0].track.name) for one in coming),
        *(_appointment_hour(one) for one in appointments),
    ]
    rules = [
        course_rules().week_rules[one]
        for one in course.episode.week_rules
        if one in course_rules().week_rules
    ]
    closed = course.episode.closed_date
    ends = stands.projected_last_day or (today if course.planned and not stands.to_go else None)
    for shift in range(-WEEKS_BACK, 2):
        first = now[0] + timedelta(weeks=shift)
        last = first + timedelta(days=6)
        if last < course.episode.opened_date or (closed and closed < first):
            continue
        if shift > 0 and ends and ends < first:
            continue
        here = [one for one in hours if first <= one.local_date <= last]
        yield Week(
            first=first,
            last=last,
            is_now=shift == 0,
            scheduled=sum(one.minutes.scheduled for one in here),
            attended=sum(one.minutes.attended for one in here if one.decided),
            therapeutic=sum(one.minutes.therapeutic for one in here if one.decided),
            against=tuple(hold_week_against(one, hours, (first, last), today) for one in rules),
        )


def _group_hour_of(row: Attendance) -> Hour:
    known = gathering.attendance_facts(row)
    return Hour(row.session.local_date, Service.GROUP, row.session.track.name, known.minutes, True)


def _appointment_hour(row: Appointment) -> Hour:
    attended = None if row.held is None else (row.minutes if row.held else 0)
    return appointment(row.local_date, Service(row.service), row.minutes, attended)


def _hour(row: Appointment, at: datetime) -> HourLine:
    return HourLine(
        appointment_id=row.pk,
        service=Service(row.service),
        local_date=row.local_date,
        start=f"{row.start:%H:%M}",
        minutes=row.minutes,
        with_whom=row.membership.user.name,
        held=row.held,
        has_begun=gathering.appointment_time(row)[0] <= at,
    )
