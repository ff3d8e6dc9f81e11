"""The demo's programs, tracks and sessions: tonight is always an evening of the evening track."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from handrail.areas.schedule import models
from handrail.core.course.schedule import (
    Closure,
    Modality,
    Session,
    Sessions,
    Track,
    Weekday,
    schedule,
)
from handrail.core.course.segments import Segments
from handrail.core.course.session_states import State
from handrail.core.course.templates import CourseTemplate
from handrail.data import course_templates
from handrail.demo.book import phrases
from handrail.demo.holidays import holidays
from handrail.demo.house import ZONE, House

PAST_DAYS, COMING_DAYS = 84, 77
_EVENINGS = {1: (0, 1, 3), 4: (0, 2, 4), 5: (1, 3, 5), 6: (1, 3, 6)}
_USUAL_EVENINGS = (0, 2, 3)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A track before it has sessions. `leaders` by the first part of their e-mail, signer first."""

    short: str
    name: str
    program: str
    template: str
    days: tuple[int, ...]
    start: time
    modality: Modality
    room: str
    leaders: tuple[str, ...]
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A track with its sessions on the calendar, those of the past first."""

    pattern: Pattern
    track: Track
    template: CourseTemplate
    sessions: Sessions
    held: Sessions
    rows: dict[int, models.Session] = field(repr=False)

    @property
    def key(self) -> UUID:
        """The key of the track's row."""
        return UUID(self.track.id)

    @property
    def tonight(self) -> Session:
        """The first session that has not ended."""
        return self.sessions[len(self.held)]


def alder_patterns(day: date) -> tuple[Pattern, ...]:
    """The tracks of Alder Street on an evening: two groups meet on it, one met the day before."""
    tonight = day.weekday()
    online = tuple(sorted((tonight - back) % 7 for back in (1, 3, 5)))
    iop, supportive = "Intensive outpatient (IOP)", "Supportive outpatient (SOP)"
    return (
        Pattern(
            "evening",
            "Evening IOP",
            iop,
            "iop",
            _EVENINGS.get(tonight, _USUAL_EVENINGS),
            time(18),
            Modality.ROOM,
            "Cedar Room",
            ("mara", "dev"),
        ),
        Pattern(
            "morning",
            "Morning IOP",
            iop,
            "iop",
            (0, 1, 3),
            time(9, 30),
            Modality.ROOM,
            "Cedar Room",
            ("carmen", "ruth"),
            12,
        ),
        Pattern(
            "online",
            "Online IOP",
            iop,
            "iop",
            online,
            time(18, 30),
            Modality.ONLINE,
            "",
            ("dev",),
            7,
        ),
        Pattern(
            "supportive",
            "Supportive group",
            supportive,
            "sop",
            (tonight,),
            time(17),
            Modality.ROOM,
            "Maple Room",
            ("ruth",),
        ),
    )


def harbor_patterns() -> tuple[Pattern, ...]:
    """The one track of Harbor Light."""
    return (
        Pattern(
            "harbor",
            "Day IOP",
            "Intensive outpatient",
            "iop",
            (0, 2, 4),
            time(10),
            Modality.ROOM,
            "Front Room",
            ("jonah",),
        ),
    )


def lay_out(
    house: House, patterns: Sequence[Pattern], *, past_days: int = PAST_DAYS
) -> dict[str, LaidOut]:
    """Put programs, tracks and sessions on the calendar, closed days included. By short name."""
    first = house.days_ago(past_days)
    closures = _closures(house, patterns, first)
    for name, template in dict.fromkeys((one.program, one.template) for one in patterns):
        house.rows.add(_program(house, name, course_templates()[template]))
    for one in closures:
        house.rows.add(_closure_row(house, one))
    return {one.short: _lay_out_one(house, one, first, closures) for one in patterns}


def _program(house: House, name: str, template: CourseTemplate) -> models.Program:
    return models.Program(
        id=house.key("program", name),
        organization_id=house.organization_id,
        name=name,
        level=template.level,
        template=template.id,
        sessions=template.sessions,
    )


def _lay_out_one(
    house: House, pattern: Pattern, first: date, closures: Iterable[Closure]
) -> LaidOut:
    template = course_templates()[pattern.template]
    track = Track(
        id=str(house.key("track", pattern.short)),
        level=template.level,
        zone=ZONE,
        days=frozenset(Weekday(day) for day in pattern.days),
        start=pattern.start,
        segments=template.segments,
        modality=pattern.modality,
        room=pattern.room,
        seats=pattern.seats,
        facilitators=tuple(sorted(str(house.staff[one].membership_id) for one in pattern.leaders)),
        topics=tuple(phrases()["topics"][pattern.template]),
    )
    sessions = schedule(track, first, house.day + timedelta(days=COMING_DAYS), closures)
    house.rows.add(_track_row(house, pattern, track))
    rows = {one.number: _session_row(house, pattern, one) for one in sessions}
    house.rows.add(*rows.values())
    for leader in pattern.leaders:
        place = house.staff[leader].membership_id
        house.rows.add(
            models.TrackFacilitator(
                organization_id=house.organization_id,
                track_id=UUID(track.id),
                membership_id=place,
            ),
            *(
                models.SessionFacilitator(
                    organization_id=house.organization_id, session_id=row.id, membership_id=place
                )
                for row in rows.values()
            ),
        )
    held = tuple(one for one in sessions if one.ends_at <= house.now)
    return LaidOut(pattern, track, template, sessions, held, rows)


def _track_row(house: House, pattern: Pattern, track: Track) -> models.Track:
    return models.Track(
        id=UUID(track.id),
        organization_id=house.organization_id,
        program_id=house.key("program", pattern.program),
        name=pattern.name,
        days=sorted(int(day) for day in track.days),
        start=track.start,
        zone=track.zone,
        modality=track.modality.value,
        room=track.room,
        seats=track.seats,
        segments=_plain(track.segments),
        topics=list(track.topics),
    )


def _session_row(house: House, pattern: Pattern, session: Session) -> models.Session:
    moved = session.moved
    return models.Session(
        id=house.key("session", pattern.short, session.number),
        organization_id=house.organization_id,
        track_id=UUID(session.track),
        number=session.number,
        local_date=session.local_date,
        start=session.start,
        zone=session.zone,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        modality=session.modality.value,
        room=session.room,
        seats=session.seats,
        segments=_plain(session.segments),
        topics=list(session.topics),
        moved_from_date=moved.from_date if moved else None,
        moved_how=moved.how.value if moved else "",
        moved_reason=moved.reason if moved else "",
        state=State.PLANNED.value,
    )


def _plain(segments: Segments) -> list[dict[str, object]]:
    return [asdict(one) | {"kind": one.kind.value} for one in segments]


def _closures(house: House, patterns: Sequence[Pattern], first: date) -> tuple[Closure, ...]:
    """Closed holidays; each is replaced by a day nearby that no track needs, when there is one.

    Tonight the house is open, whatever day it is.
    """
    closed = [
        one
        for one in holidays(first, house.day + timedelta(days=COMING_DAYS))
        if one[0] != house.day
    ]
    taken = {weekday for pattern in patterns for weekday in pattern.days}
    days = {day for day, _ in closed}
    return tuple(
        Closure(day, reason, _instead(day, taken, days | {house.day})) for day, reason in closed
    )


def _instead(day: date, taken: set[int], not_on: set[date]) -> date | None:
    near = (day + timedelta(days=days) for days in (1, 2, -1, -2, 3))
    return next((one for one in near if one.weekday() not in taken and one not in not_on), None)


def _closure_row(house: House, closure: Closure) -> models.Closure:
    return models.Closure(
        id=house.key("closure", closure.local_date),
        organization_id=house.organization_id,
        local_date=closure.local_date,
        reason=closure.reason,
        instead_date=closure.instead_date,
        recorded_at=house.at(house.days_ago(PAST_DAYS + 30), 11),
        recorded_by=house.staff["paul"].name,
    )
