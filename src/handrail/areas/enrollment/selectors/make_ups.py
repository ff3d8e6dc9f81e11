"""Where someone can make up a session, best first, and why the others do not fit."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.areas.clients.models import Client
from handrail.areas.clients.selectors import episodes
from handrail.areas.enrollment import course_records as gathering
from handrail.areas.enrollment.selectors.course import Course, course_of
from handrail.areas.schedule.models import MakeUp
from handrail.areas.schedule.selectors.week import SessionLine, session_lines, with_people
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course.make_ups import Objection, find_make_ups


@dataclass(frozen=True, slots=True)
class Option:
    """A session that fits, and the missing topics that it carries."""

    session: SessionLine
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A session that does not fit, and every reason why. Never says whom they would meet."""

    session: SessionLine
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """A make-up that is booked and to come."""

    make_up_id: UUID
    session: SessionLine


@dataclass(frozen=True, slots=True)
class MakeUps:
    """What can be made up where, what is booked, and the course that it is for."""

    client_id: UUID
    course: Course
    level: str
    options: tuple[Option, ...]
    refusals: tuple[Refusal, ...]
    booked: tuple[Booked, ...]


def make_up_options(client_id: UUID, *, by: Actor, at: datetime, today: date) -> MakeUps:
    """Look six weeks ahead, in every track. Sessions of another level are left out."""
    check_access(by, Action.SEE_GROUPS)
    if not Client.objects.filter(pk=client_id).exists():
        raise NotHere
    course = course_of(client_id, by=by, today=today, at=at)
    episode = episodes.open_episode(client_id)
    if episode is None:
        return MakeUps(client_id, course, "", (), (), ())
    level = episodes.level_of(episode)
    until = at + gathering.MAKE_UPS_WITHIN
    near = list(gathering.sessions_between(at, until))
    search = find_make_ups(
        str(client_id),
        level,
        gathering.search_calendar(client_id, near),
        after=at,
        busy=gathering.appointments_between(client_id, at.date(), until.date()),
        missing_topics=course.missing_topics,
    )
    lines = {
        (str(one.track_id), one.number): one
        for one in session_lines(list(with_people().filter(pk__in=[one.pk for one in near])))
    }
    by_session = {one.session_id: one for one in lines.values()}
    booked = MakeUp.objects.filter(
        client_id=client_id, canceled_at__isnull=True, session__starts_at__gt=at
    )
    return MakeUps(
        client_id=client_id,
        course=course,
        level=level,
        options=tuple(Option(lines[one.session.key], one.topics) for one in search.options),
        refusals=tuple(
            Refusal(lines[one.session.key], one.objections)
            for one in search.refusals
            if one.session.level == level and Objection.ALREADY_THERE not in one.objections
        ),
        booked=tuple(
            Booked(one.pk, by_session[one.session_id])
            for one in booked.order_by("session__starts_at")
            if one.session_id in by_session
        ),
    )
