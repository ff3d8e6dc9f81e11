"""The groups of the day in three stacks: upcoming, in progress, to be signed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from handrail.areas.clients.models import Client
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import DraftField, Note, NoteState
from handrail.areas.outreach.selectors import RISKS
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Enrollment, Session, SessionFacilitator
from handrail.core.access import Action, Actor, Role, can_access
from handrail.core.course.attendance import Status
from handrail.core.course.roster import MakeUp, Roster, roster
from handrail.core.course.schedule import Modality
from handrail.core.course.segments import Segments, read_segments
from handrail.core.course.session_states import State
from handrail.data import course_rules, note_rules

SHOWN = 8
"""How many groups a stack shows."""
NOT_STARTED_FOR = timedelta(days=14)
"""How long a session that nobody started stays in sight."""
_AT_MOST = 200
_SEES_EVERY_GROUP = frozenset(
    {Role.SUPERVISOR, Role.PROGRAM_DIRECTOR, Role.MEDICAL_DIRECTOR, Role.INTAKE_COORDINATOR}
)

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


def sees_every_group(by: Actor) -> bool:
    """Whether Today shows the groups of everyone, or only those that the reader leads."""
    return not _SEES_EVERY_GROUP.isdisjoint(by.roles)


# ---- reading -----------------------------------------------------------------------------------


class GroupsOfTheDay:
    """The groups that the reader sees today, read once."""

    def __init__(self, by: Actor, at: datetime, here: date) -> None:
        self.at = at
        rows = list(_sessions(by, here)[:_AT_MOST])
        planned = [one for one in rows if one.state == State.PLANNED.value]
        running = [one for one in rows if one.state == State.IN_PROGRESS.value]
        signing = [one for one in rows if one.state == State.TO_BE_SIGNED.value]
        rosters, starting = _rosters(planned)
        self._held = [one.local_date for one in rows if one.state == State.CLOSED.value]
        there = _attendances([*running, *signing])
        at_risk = _at_risk([*_people_of(rosters.values()), *_marked(running, there)])
        flagged = _short_names(at_risk) if can_access(by, Action.READ_CHART) else at_risk
        self.upcoming = [
            self._upcoming(one, rosters[one.pk], starting.get(one.pk, ()), flagged)
            for one in planned
        ]
        self.running = [self._running(one, there.get(one.pk, ()), flagged) for one in running]
        signed, written = _signed_and_written(signing)
        self.signing = [
            _to_be_signed(one, there.get(one.pk, ()), signed, written) for one in signing
        ]

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
        self, row: Session, expected: Roster, starting: Collection[str], flagged: Mapping[str, str]
    ) -> Upcoming:
        return Upcoming(
            meeting=_meeting(row),
            people=len(expected.places),
            starting=tuple(starting),
            at_risk=_those_at_risk(expected.places, flagged),
            should_have_begun=row.starts_at < self.at,
            not_started=row.ends_at <= self.at,
        )

    def _running(
        self, row: Session, there: Sequence[Attendance], flagged: Mapping[str, str]
    ) -> Running:
        minute = int((self.at - row.starts_at).total_seconds() // 60)
        name, left = _segment_at(read_segments(row.segments), minute)
        late_after = course_rules().late_after
        came = [one for one in there if not one.absent]
        return Running(
            meeting=_meeting(row),
            people=len(there),
            here=sum(one.left is None or one.left > minute for one in came),
            late=tuple(one.arrived for one in came if one.arrived > late_after),
            at_risk=_those_at_risk([str(one.client_id) for one in there], flagged),
            segment=name,
            minutes_left=left,
        )


def _sessions(by: Actor, here: date) -> QuerySet[Session]:
    """What is planned today, or was and nobody started it; what is open whenever it was held; and
    what was held and signed today.
    """
    led = SessionFacilitator.objects.select_related("membership__user").order_by(
        "membership__user__name"
    )
    mine = SessionFacilitator.objects.filter(
        session=OuterRef("pk"), membership__user_id=by.id
    ).values("pk")
    found = (
        Session.objects.filter(
            Q(state=State.PLANNED.value, local_date__range=(here - NOT_STARTED_FOR, here))
            | Q(state__in=[State.IN_PROGRESS.value, State.TO_BE_SIGNED.value])
            | Q(state=State.CLOSED.value, local_date=here),
            organization_id=by.organization_id,
        )
        .annotate(mine=Exists(mine))
        .select_related("track__program")
        .prefetch_related(Prefetch("facilitators", led))
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
        facilitators=tuple(one.membership.user.name for one in row.facilitators.all()),
        mine=vars(row)["mine"],  # annotated by _sessions
    )


def _rosters(planned: Sequence[Session]) -> tuple[dict[UUID, Roster], dict[UUID, list[str]]]:
    """Who is expected at each session, and the names of those who come for the first time."""
    if not planned:
        return {}, {}
    days = [one.local_date for one in planned]
    enrollments = facts.enrollments_between({one.track_id for one in planned}, min(days), max(days))
    booked = facts.make_ups_of(planned)
    made = {one.pk: roster(facts.session_facts(one), enrollments, booked) for one in planned}
    return made, _starting(made, planned, booked)


def _starting(
    rosters: Mapping[UUID, Roster], planned: Sequence[Session], booked: Sequence[MakeUp]
) -> dict[UUID, list[str]]:
    """Those whose track has not expected them on any day before this session."""
    others = {(one.person, one.session) for one in booked}
    first: dict[tuple[str, str], date] = {
        (str(row["client_id"]), str(row["track_id"])): row["first"]
        for row in Enrollment.objects.filter(
            track_id__in={one.track_id for one in planned},
            client_id__in=set(_people_of(rosters.values())),
        )
        .filter(Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")))
        .order_by()
        .values("client_id", "track_id")
        .annotate(first=Min("from_date"))
    }
    before = _day_before(planned)
    new = {
        one.pk: [
            person
            for person in rosters[one.pk].places
            if (person, rosters[one.pk].session.key) not in others
            and before.get(one.track_id)
            and first.get((person, str(one.track_id)), date.min) > before[one.track_id]
        ]
        for one in planned
    }
    names = _short_names(person for people in new.values() for person in people)
    return {key: [names[one] for one in people] for key, people in new.items()}


def _day_before(planned: Sequence[Session]) -> dict[UUID, date]:
    """The day on which each track last met before these sessions; none when it only begins."""
    earliest: dict[UUID, date] = {}
    for one in planned:
        earliest[one.track_id] = min(earliest.get(one.track_id, date.max), one.local_date)
    rows = (
        Session.objects.filter(track_id__in=earliest, local_date__lt=max(earliest.values()))
        .exclude(state=State.CANCELED.value)
        .order_by("track_id", "-local_date")
    )
    found: dict[UUID, date] = {}
    for track_id, day in rows.distinct("track_id").values_list("track_id", "local_date"):
        found[track_id] = day
    return found


def _attendances(rows: Sequence[Session]) -> dict[UUID, list[Attendance]]:
    found: dict[UUID, list[Attendance]] = {}
    there = Attendance.objects.filter(session_id__in=[one.pk for one in rows])
    for one in there.select_related("client").order_by("client__given_name", "client_id"):
        found.setdefault(one.session_id, []).append(one)
    return found


def _people_of(rosters: Iterable[Roster]) -> list[str]:
    return [person for one in rosters for person in one.places]


def _marked(rows: Sequence[Session], there: Mapping[UUID, Sequence[Attendance]]) -> list[str]:
    return [str(one.client_id) for row in rows for one in there.get(row.pk, ())]


def _at_risk(people: Collection[str]) -> Mapping[str, str]:
    """Those of these people about whom there is an open concern of risk, each without a name."""
    flags = safety_facts.open_flags(people)
    return {key: "" for key, kinds in flags.items() if not set(RISKS).isdisjoint(kinds)}


def _those_at_risk(people: Iterable[str], flagged: Mapping[str, str]) -> AtRisk:
    found = sorted((flagged[one], one) for one in people if one in flagged)
    return AtRisk(
        number=len(found),
        clients=tuple(UUID(key) for name, key in found if name),
        names=tuple(name for name, _ in found if name),
    )


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


def _signed_and_written(
    signing: Sequence[Session],
) -> tuple[set[tuple[UUID, UUID]], set[tuple[UUID, UUID]]]:
    """Session and client of every valid note, and of everyone whose own words are begun."""
    keys = [one.pk for one in signing]
    notes = Note.objects.filter(session_id__in=keys).exclude(state=NoteState.VOIDED)
    words = DraftField.objects.filter(session_id__in=keys, field="words").exclude(text="")
    return (
        {(one[0], one[1]) for one in notes.values_list("session_id", "client_id") if one[0]},
        {(one[0], one[1]) for one in words.values_list("session_id", "client_id") if one[1]},
    )


def _to_be_signed(
    row: Session,
    there: Sequence[Attendance],
    signed: Collection[tuple[UUID, UUID]],
    written: Collection[tuple[UUID, UUID]],
) -> ToBeSigned:
    open_ones = [one for one in there if (row.pk, one.client_id) not in signed]
    return ToBeSigned(
        meeting=_meeting(row),
        people=len(there),
        signed=len(there) - len(open_ones),
        without_words=tuple(
            _short(one.client)
            for one in open_ones
            if (row.pk, one.client_id) not in written and not _was_absent(one)
        ),
        due_at=row.ends_at + note_rules().sign_within,
    )


def _was_absent(row: Attendance) -> bool:
    return row.absent or (bool(row.status) and Status(row.status).is_absence)


def _short_names(people: Iterable[str]) -> dict[str, str]:
    return {str(one.pk): _short(one) for one in Client.objects.filter(pk__in=set(people))}


def _short(client: Client) -> str:
    """First name and initial: enough for those who know them."""
    return f"{client.called or client.given_name} {client.family_name[0]}."
