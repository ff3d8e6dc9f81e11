"""An evening track of an imaginary program, its people, and random ones like it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from handrail.core.course.attendance import Credit
from handrail.core.course.enrollment import Enrollment, Pause
from handrail.core.course.roster import Place, roster
from handrail.core.course.schedule import (
    Closure,
    Session,
    Track,
    Weekday,
    schedule,
    schedule_course,
)
from handrail.core.course.session_states import State
from handrail.data import course_rules, course_templates

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = Weekday
NEW_YORK, SYDNEY, UTC_ZONE = "America/New_York", "Australia/Sydney", "UTC"
IOP = course_templates()["iop"]
RULES = course_rules()
NOVEMBER_2 = date(2026, 11, 2)
THANKSGIVING = Closure(date(2026, 11, 26), "Thanksgiving")

EVENING = Track(
    id="evening",
    level="iop",
    zone=NEW_YORK,
    days=frozenset({MONDAY, WEDNESDAY, THURSDAY}),
    start=time(18, 0),
    segments=IOP.segments,
    facilitators=("dana",),
    topics=("triggers", "sleep", "family", "refusing"),
)
MORNING = replace(EVENING, id="morning", start=time(9, 0), facilitators=("lee",))

COURSE = schedule_course(EVENING, NOVEMBER_2, 24, [THANKSGIVING])
"""Eight weeks of Monday, Wednesday and Thursday evenings, without Thanksgiving Day."""


def at(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)


def running(session: Session) -> Session:
    """The same session, in progress."""
    return replace(session, state=State.IN_PROGRESS)


def expected(*people: str, session: Session = COURSE[0]):
    """The roster of a session in progress with these people enrolled."""
    members = [Enrollment(person, session.track, session.local_date) for person in people]
    return roster(running(session), members)


def credited(session: Session, person: str = "ana", *, place=Place.ENROLLED, counts=True) -> Credit:
    """That a session counted for someone, or did not."""
    return Credit(person, session.key, place, counts, 0 if counts else 150, None, 0, "")


# ---- random ones -----------------------------------------------------------------------------

ZONES = st.sampled_from([NEW_YORK, SYDNEY, UTC_ZONE, "America/Santiago", "Asia/Kathmandu"])
DAYS = st.frozensets(st.sampled_from(Weekday), min_size=1)
DATES = st.dates(date(2026, 9, 1), date(2027, 4, 30))


@st.composite
def tracks(draw) -> Track:
    """A track on any days at any time of day, in zones north and south."""
    start = draw(st.times().map(lambda one: one.replace(second=0, microsecond=0)))
    return replace(EVENING, zone=draw(ZONES), days=draw(DAYS), start=start)


@st.composite
def schedules(draw):
    """A track, a range of dates, closures without a given date, and the sessions they make."""
    track, first = draw(tracks()), draw(DATES)
    last = first + timedelta(days=draw(st.integers(0, 60)))
    days = draw(st.sets(st.dates(first, last), max_size=4))
    closures = [Closure(day, "closed") for day in days]
    return track, first, last, closures, schedule(track, first, last, closures)


@st.composite
def memberships(draw) -> Enrollment:
    """Some membership in the evening track."""
    first = draw(st.dates(date(2026, 10, 20), date(2026, 12, 20)))
    last = draw(st.none() | st.dates(first, date(2027, 1, 31)))
    away = draw(st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 20)))
    return Enrollment(
        person=draw(st.sampled_from(["ana", "ben", "cho", "dee", "eli"])),
        track="evening",
        from_date=first,
        until_date=last,
        days=draw(st.sampled_from([frozenset(), frozenset({MONDAY}), frozenset({WEDNESDAY})])),
        pauses=(Pause(away, away + timedelta(days=7)),) if away else (),
    )
