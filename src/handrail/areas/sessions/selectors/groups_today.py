"""The groups of the day in three stacks (upcoming, in progress, to be signed), and closed days.

A fixed number of queries, whatever the data; every list is bounded and says how many there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from handrail.areas.clients.models import Client
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import DraftField, Note, NoteState
from handrail.areas.outreach.selectors import RISKS
from handrail.areas.safety.models import Flag
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.leads import sees_every_group
from handrail.areas.schedule.models import (
    Closure,
    Enrollment,
    MakeUp,
    Pause,
    Session,
    SessionFacilitator,
)
from handrail.core.access import Action, Actor, can_access, check_access
from handrail.core.course import enrollment
from handrail.core.course.attendance import Status
from handrail.core.course.schedule import Modality, Weekday
from handrail.core.course.segments import Segments, read_segments
from handrail.core.course.session_states import State
from handrail.data import course_rules, note_rules

SHOWN = 8
"""How many groups a stack shows."""
NOT_STARTED_FOR = timedelta(days=14)
"""How long a session that nobody started stays in sight."""
_AT_MOST = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is said of every group: when, where, who leads; `mine` when the reader does."""

    session_id: UUID
    track_name: str
    number: int
    local_date: date
    starts_at: datetime
    ends_at: datetime
    zone: str
    modality: Modality
    room: str
    facilitators: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class AtRisk:
    """People with an open concern of risk: how many, and who for those who may read charts."""

    number: int = 0
    clients: tuple[UUID, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many groups of a day stand where, and how many people those to come expect."""

    to_come: int = 0
    people_to_come: int = 0
    not_started: int = 0
    running: int = 0
    to_be_signed: int = 0
    held: int = 0

    @property
    def begun(self) -> int:
        """Those whose time has come, whatever became of them."""
        return self.not_started + self.running + self.to_be_signed + self.held

    @property
    def in_all(self) -> int:
        """All groups of the day."""
        return self.to_come + self.begun


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A group that has not begun. `starting` are names of people who come for the first time;
    `should_have_begun` says that its time has come, `not_started` that it has passed.
    """

    meeting: Meeting
    people: int
    starting: tuple[str, ...]
    at_risk: AtRisk
    should_have_begun: bool
    not_started: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A group that meets now. `late` are the minutes of those who came late.

    `segment` is empty when its time is over; `minutes_left` are those of the segment.
    """

    meeting: Meeting
    people: int
    here: int
    late: tuple[int, ...]
    at_risk: AtRisk
    segment: str
    minutes_left: int


@dataclass(frozen=True, slots=True)
class ToBeSigned:
    """A group whose notes wait. `without_words` are names of people who still need words."""

    meeting: Meeting
    people: int
    signed: int
    without_words: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Stack(Generic[T]):
    """Some groups, the reader's own first, and how many there are in all."""

    groups: tuple[T, ...] = ()
    in_all: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.in_all - len(self.groups)


@dataclass(frozen=True, slots=True)
class Today:
    """The groups of the day and the closed days of the coming week.

    `sees_groups` False is for those whose work has no groups. `count` says where the groups of
    today stand.
    """

    sees_groups: bool
    upcoming: Stack[Upcoming]
    running: Stack[Running]
    to_be_signed: Stack[ToBeSigned]
    count: DayCount
    closed: tuple[Closure, ...]


def today(*, by: Actor, at: datetime, zone: str) -> Today:
    """Read the groups of the day that someone sees."""
    check_access(by, Action.SEE_TODAY)
    here = at.astimezone(ZoneInfo(zone)).date()
    groups = GroupsOfTheDay(by, at, here) if can_access(by, Action.SEE_BOARD) else None
    return Today(
        sees_groups=groups is not None,
        upcoming=_stack(groups.upcoming if groups else ()),
        running=_stack(groups.running if groups else ()),
        to_be_signed=_stack(groups.signing if groups else ()),
        count=groups.counted(here) if groups else DayCount(),
        closed=_closed(here) if groups else (),
    )


def _stack(groups: Sequence[T]) -> Stack[T]:
    return Stack(tuple(groups[:SHOWN]), len(groups))


def _closed(here: date) -> tuple[Closure, ...]:
    week = (here, here + timedelta(days=6))
    return tuple(Closure.objects.filter(local_date__range=week).order_by("local_date"))


# ---- reading -----------------------------------------------------------------------------------


class GroupsOfTheDay:
    """The groups that the reader sees today, read once, in three queries."""

    def __init__(self, by: Actor, at: datetime, here: date) -> None:
        self.at = at
        self.names = can_access(by, Action.READ_CHART)
        rows = list(_sessions(by, here)[:_AT_MOST])
        planned = [one for one in rows if one.state == State.PLANNED.value]
        running = [one for one in rows if one.state == State.IN_PROGRESS.value]
        signing = [one for one in rows if one.state == State.TO_BE_SIGNED.value]
        self._held = [one.local_date for one in rows if one.state == State.CLOSED.value]
        members, there = _members(planned), _attendances([*running, *signing])
        starting = _starting(planned, members)
        self.upcoming = [
            self._upcoming(one, members.get(one.track_id, ()), starting.get(one.pk, ()))
            for one in planned
        ]
        self.running = [self._running(one, there.get(one.pk, ())) for one in running]
        self.signing = [_to_be_signed(one, there.get(one.pk, ())) for one in signing]

    def counted(self, day: date) -> DayCount:
        """Where the groups of a day stand."""
        planned = [one for one in self.upcoming if one.meeting.local_date == day]
        to_come = [one.people for one in planned if not one.not_started]
        return DayCount(
            to_come=len(to_come),
            people_to_come=sum(to_come),
            not_started=len(planned) - len(to_come),
            running=sum(one.meeting.local_date == day for one in self.running),
            to_be_signed=sum(one.meeting.local_date == day for one in self.signing),
            held=self._held.count(day),
        )

    def _upcoming(
        self, row: Session, members: Sequence["_Person"], starting: Sequence[str]
    ) -> Upcoming:
        there = {one.key: one for one in (*_expected(row, members), *_guests(row))}
        return Upcoming(
            meeting=_meeting(row),
            people=len(there),
            starting=tuple(starting),
            at_risk=self._those_at_risk(there.values()),
            should_have_begun=row.starts_at < self.at,
            not_started=row.ends_at <= self.at,
        )

    def _running(self, row: Session, there: Sequence[Attendance]) -> Running:
        minute = int((self.at - row.starts_at).total_seconds() // 60)
        name, left = _segment_at(read_segments(row.segments), minute)
        late_after = course_rules().late_after
        came = [one for one in there if not one.absent]
        people = [_Person(one.client_id, _short(one.client), vars(one)["risk"]) for one in there]
        return Running(
            meeting=_meeting(row),
            people=len(there),
            here=sum(one.left is None or one.left > minute for one in came),
            late=tuple(one.arrived for one in came if one.arrived > late_after),
            at_risk=self._those_at_risk(people),
            segment=name,
            minutes_left=left,
        )

    def _those_at_risk(self, people: Iterable["_Person"]) -> AtRisk:
        found = sorted((one.name, str(one.key), one.key) for one in people if one.risk)
        if not self.names:
            return AtRisk(number=len(found))
        return AtRisk(
            number=len(found),
            clients=tuple(key for _, _, key in found),
            names=tuple(name for name, _, _ in found),
        )


@dataclass(frozen=True, slots=True)
class _Person:
    """Someone who is expected: their membership where they have one, and since when they come."""

    key: UUID
    name: str
    risk: bool
    membership: enrollment.Enrollment | None = None
    first: date = date.min


def _at_risk() -> Exists:
    return Exists(
        Flag.objects.filter(client=OuterRef("client_id"), closed_at__isnull=True, kind__in=RISKS)
    )


def _sessions(by: Actor, here: date) -> QuerySet[Session]:
    """What is planned today, or was and nobody started it; what is open whenever it was held; and
    what was held and signed today. With who leads each, who makes up there, and when its track met
    before.
    """
    led = SessionFacilitator.objects.filter(session=OuterRef("pk"))
    mine = led.filter(membership__user_id=by.id)
    make_ups = MakeUp.objects.filter(session=OuterRef("pk"), canceled_at__isnull=True)
    guest = JSONObject(
        key="client_id",
        given="client__given_name",
        called="client__called",
        family="client__family_name",
        risk=_at_risk(),
    )
    before = (
        Session.objects.filter(track=OuterRef("track"), local_date__lt=OuterRef("local_date"))
        .exclude(state=State.CANCELED.value)
        .order_by("-local_date")
    )
    found = (
        Session.objects.filter(
            Q(state=State.PLANNED.value, local_date__range=(here - NOT_STARTED_FOR, here))
            | Q(state__in=[State.IN_PROGRESS.value, State.TO_BE_SIGNED.value])
            | Q(state=State.CLOSED.value, local_date=here),
            organization_id=by.organization_id,
        )
        .annotate(
            mine=Exists(mine),
            led_by=ArraySubquery(
                led.order_by("membership__user__name").values("membership__user__name")
            ),
            guests=ArraySubquery(make_ups.values(data=guest)),
            met_before=Subquery(before.values("local_date")[:1]),
        )
        .select_related("track__program")
        .order_by("-mine", "starts_at", "id")
    )
    return found if sees_every_group(by) else found.filter(mine=True)


def _meeting(row: Session) -> Meeting:
    return Meeting(
        session_id=row.pk,
        track_name=row.track.name,
        number=row.number,
        local_date=row.local_date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        modality=Modality(row.modality),
        room=row.room,
        facilitators=tuple(vars(row)["led_by"]),  # annotated by _sessions
        mine=vars(row)["mine"],
    )


# ---- who is expected ---------------------------------------------------------------------------


def _members(planned: Sequence[Session]) -> dict[UUID, list[_Person]]:
    """By track, everyone whose membership touches these days. One query."""
    if not planned:
        return {}
    days = [one.local_date for one in planned]
    same = (
        Enrollment.objects.filter(client=OuterRef("client"), track=OuterRef("track"))
        .filter(Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")))
        .order_by("from_date")
    )
    pauses = Pause.objects.filter(enrollment=OuterRef("pk"))
    rows = (
        Enrollment.objects.filter(
            Q(until_date__isnull=True) | Q(until_date__gte=min(days)),
            track__in={one.track_id for one in planned},
            from_date__lte=max(days),
        )
        .annotate(
            risk=_at_risk(),
            first=Subquery(same.values("from_date")[:1]),
            away=ArraySubquery(
                pauses.values(data=JSONObject(first="from_date", last="until_date"))
            ),
        )
        .select_related("client")
    )
    found: dict[UUID, list[_Person]] = {}
    for one in rows:
        found.setdefault(one.track_id, []).append(_person(one))
    return found


def _person(row: Enrollment) -> _Person:
    read = vars(row)
    known = enrollment.Enrollment(
        person=str(row.client_id),
        track=str(row.track_id),
        from_date=row.from_date,
        until_date=row.until_date,
        days=frozenset(Weekday(day) for day in row.days),
        pauses=tuple(
            enrollment.Pause(
                date.fromisoformat(one["first"]),
                date.fromisoformat(one["last"]) if one["last"] else None,
                "",
            )
            for one in read["away"]
        ),
    )
    first = read["first"] or date.min
    return _Person(row.client_id, _short(row.client), read["risk"], known, first)


def _expected(row: Session, members: Iterable[_Person]) -> Iterable[_Person]:
    known = facts.facts_without_leaders(row)
    return (one for one in members if one.membership and one.membership.expects(known))


def _guests(row: Session) -> Iterable[_Person]:
    """Those who make up a session there."""
    return (
        _Person(
            UUID(one["key"]), f"{one['called'] or one['given']} {one['family'][0]}.", one["risk"]
        )
        for one in vars(row)["guests"]
    )


def _starting(
    planned: Sequence[Session], members: Mapping[UUID, Sequence[_Person]]
) -> dict[UUID, list[str]]:
    """The names of those whose track has not expected them on any day before this session."""
    before: dict[UUID, date] = {}
    for one in sorted(planned, key=lambda row: row.local_date):
        met = vars(one)["met_before"]
        if met and one.track_id not in before:
            before[one.track_id] = met
    return {
        row.pk: [
            one.name
            for one in _expected(row, members.get(row.track_id, ()))
            if row.track_id in before and one.first > before[row.track_id]
        ]
        for row in planned
    }


# ---- who was there -----------------------------------------------------------------------------


def _attendances(rows: Sequence[Session]) -> dict[UUID, list[Attendance]]:
    """Everyone's row, with whether their note is signed and their own words are begun."""
    if not rows:
        return {}
    same = {"session": OuterRef("session"), "client": OuterRef("client")}
    notes = Note.objects.filter(**same).exclude(state=NoteState.VOIDED)
    words = DraftField.objects.filter(**same, field="words").exclude(text="")
    there = (
        Attendance.objects.filter(session__in=[one.pk for one in rows])
        .annotate(risk=_at_risk(), signed=Exists(notes), written=Exists(words))
        .select_related("client")
        .order_by("client__given_name", "client_id")
    )
    found: dict[UUID, list[Attendance]] = {}
    for one in there:
        found.setdefault(one.session_id, []).append(one)
    return found


def _segment_at(segments: Segments, minute: int) -> tuple[str, int]:
    """The part that runs at a minute of the session, and its minutes left; empty when it is over.

    Before its time the first part stands, with all its minutes.
    """
    begins = 0
    for one in segments:
        begins += one.minutes
        if minute < begins:
            return one.name, min(one.minutes, begins - minute)
    return "", 0


def _to_be_signed(row: Session, there: Sequence[Attendance]) -> ToBeSigned:
    open_ones = [one for one in there if not vars(one)["signed"]]
    return ToBeSigned(
        meeting=_meeting(row),
        people=len(there),
        signed=len(there) - len(open_ones),
        without_words=tuple(
            _short(one.client)
            for one in open_ones
            if not vars(one)["written"] and not _was_absent(one)
        ),
        due_at=row.ends_at + note_rules().sign_within,
    )


def _was_absent(row: Attendance) -> bool:
    return row.absent or (bool(row.status) and Status(row.status).is_absence)


def _short(client: Client) -> str:
    """First name and initial: enough for those who know them."""
    return f"{client.called or client.given_name} {client.family_name[0]}."
