"""The session board: one tile for each person, the shared parts, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from handrail.areas.enrollment.models import Attendance
from handrail.areas.enrollment.selectors.course import HowFar, how_far
from handrail.areas.notes import session_record as evenings
from handrail.areas.notes.models import DraftField, Note
from handrail.areas.notes.session_record import OWN_FIELDS, SEGMENT, Evening
from handrail.areas.organizations.models import Membership
from handrail.areas.outreach.models import ReachedOutcome
from handrail.areas.outreach.selectors import MayCall, contacts_to_call
from handrail.areas.safety.models import Flag
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Session
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.course.roster import Place
from handrail.core.course.schedule import Modality
from handrail.core.course.session_states import State
from handrail.core.drafts import Field
from handrail.core.notes.board_order import OnTheBoard, board_order
from handrail.core.notes.checklist import Point
from handrail.data import note_rules


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """One of the person's open goals. The goal field holds the ids of those touched tonight."""

    id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class SignedNote:
    """The note that is signed for this person and session."""

    id: UUID
    state: str
    signed_name: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class OutreachNow:
    """That someone is to be called, and what was tried so far, a line each."""

    id: UUID
    due_at: datetime
    why: str
    attempts: tuple[str, ...]
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """One person on the board. `attendance_version` 0: on the roster, nothing stored yet.

    `flags` are kinds of open concerns; `risk_words` why each is open; `marks` the reasons for the
    place in the order; `last_words` how the last session ended; `risk_due` why a statement about
    risk is needed tonight, or empty. `left` None is to the end.
    """

    client_id: UUID
    name: str
    called: str
    initials: str
    pronouns: str
    place: Place
    flags: tuple[str, ...]
    risk_words: str
    done: int
    planned: int
    last_words: str
    marks: tuple[str, ...]
    goals: tuple[GoalChoice, ...]
    absent: bool
    excuse: str
    arrived: int
    left: int | None
    attendance_version: int
    fields: Mapping[str, Field]
    risk_due: str
    open_points: tuple[Point, ...]
    note: SignedNote | None
    status: str
    shortfall: int
    why: str
    phone: str
    to_call: tuple[MayCall, ...]
    outreach: OutreachNow | None


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One part of the session. `field` is the name of its shared text."""

    index: int
    name: str
    kind: str
    minutes: int
    begins_minute: int
    field: str


@dataclass(frozen=True, slots=True)
class Board:
    """A session as its facilitators see it. Tiles stand risk first. `leads`: the reader does."""

    session_id: UUID
    track_name: str
    track_id: UUID
    program_name: str
    number: int
    local_date: date
    start: time
    zone: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    modality: Modality
    room: str
    state: State
    segments: tuple[SegmentView, ...]
    topics: tuple[str, ...]
    facilitators: tuple[str, ...]
    leads: bool
    shared: Mapping[str, Field]
    tiles: tuple[Tile, ...]
    version: int
    started_at: datetime | None
    closed_at: datetime | None
    late_after: int


def board(session_id: UUID, *, by: Actor) -> Board:
    """The board of a session. Raises NotHere for another organization's."""
    check_access(by, Action.SEE_BOARD)
    found = facts.sessions_with_facts().filter(pk=session_id, organization_id=by.organization_id)
    session = found.first()
    if session is None:
        raise NotHere
    evening = evenings.read_evening(session)
    leaders = _facilitators(evening)
    return Board(
        session_id=session.pk,
        track_name=session.track.name,
        track_id=session.track_id,
        program_name=session.track.program.name,
        number=session.number,
        local_date=session.local_date,
        start=session.start,
        zone=session.zone,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        minutes=evening.facts.minutes,
        modality=evening.facts.modality,
        room=session.room,
        state=evening.facts.state,
        segments=_segments(evening),
        topics=tuple(session.topics),
        facilitators=tuple(leaders.values()),
        leads=by.id in leaders,
        shared={
            f"{SEGMENT}{index}": _field(evening.drafts.get((None, f"{SEGMENT}{index}")))
            for index in range(len(evening.facts.segments))
        },
        tiles=_tiles(evening),
        version=session.board_version,
        started_at=session.started_at,
        closed_at=session.closed_at,
        late_after=evening.late_after,
    )


def board_version(session_id: UUID, *, by: Actor) -> int:
    """A number that grows with everything saved on the board."""
    check_access(by, Action.SEE_BOARD)
    found = Session.objects.filter(pk=session_id, organization_id=by.organization_id)
    version = found.values_list("board_version", flat=True).first()
    if version is None:
        raise NotHere
    return version


# ---- parts of the page -------------------------------------------------------------------------


def _segments(evening: Evening) -> tuple[SegmentView, ...]:
    made, begins = [], 0
    for index, one in enumerate(evening.facts.segments):
        made.append(
            SegmentView(index, one.name, one.kind.value, one.minutes, begins, f"{SEGMENT}{index}")
        )
        begins += one.minutes
    return tuple(made)


def _facilitators(evening: Evening) -> dict[str, str]:
    """Names of those who lead, by the id of the person."""
    rows = Membership.objects.filter(
        pk__in=evening.facts.facilitators, organization_id=evening.session.organization_id
    )
    named = rows.order_by("user__name").values_list("user_id", "user__name")
    return {str(user): name for user, name in named}


def _field(row: DraftField | None) -> Field:
    return row.read() if row else Field()


def _tiles(evening: Evening) -> tuple[Tile, ...]:
    courses = how_far(evening.attendances, upto=evening.session.starts_at)
    points = evenings.points_of(evening, {})
    to_call = contacts_to_call([key for key, row in evening.attendances.items() if row.absent])
    order = board_order(
        (_on_the_board(evening, key, courses.get(str(key))) for key in evening.attendances),
        ending_within=note_rules().ending_within,
    )
    return tuple(
        _tile(
            evening,
            evening.attendances[UUID(one.person)],
            courses.get(one.person),
            one.reasons,
            points[UUID(one.person)],
            to_call.get(UUID(one.person), ()),
        )
        for one in order
    )


def _on_the_board(evening: Evening, client_id: UUID, course: HowFar | None) -> OnTheBoard:
    missed = 0
    for one in evening.past.get(client_id, ()):
        if not one.status.is_absence:
            break
        missed += 1
    tonight = int(evening.attendances[client_id].counts)
    return OnTheBoard(
        person=str(client_id),
        name=evening.attendances[client_id].client.name,
        flags=tuple(one.kind for one in _open_flags(evening, client_id)),
        missed=missed,
        # Closing counts tonight: on tonight's own board it is still to go.
        attended=course.done - tonight if course else 0,
        to_go=course.to_go + tonight if course else None,
    )


def _open_flags(evening: Evening, client_id: UUID) -> tuple[Flag, ...]:
    """The concerns that are open; once every note is signed, those that were open at its end."""
    flags = evening.flags.get(client_id, ())
    if evening.facts.state is not State.CLOSED:
        return tuple(one for one in flags if one.closed_at is None)
    end = evening.session.closed_at or evening.session.ends_at
    begun = (one for one in flags if one.opened_at <= end)
    return tuple(one for one in begun if one.closed_at is None or one.closed_at > end)


def _tile(
    evening: Evening,
    row: Attendance,
    course: HowFar | None,
    marks: tuple[str, ...],
    points: tuple[Point, ...],
    to_call: tuple[MayCall, ...],
) -> Tile:
    client, key = row.client, row.client_id
    due = evenings.risk_due_of(evening, key)
    flags = _open_flags(evening, key)
    return Tile(
        client_id=key,
        name=client.name,
        called=client.called or client.given_name,
        initials=client.initials,
        pronouns=client.pronouns,
        place=Place(row.place),
        flags=tuple(one.kind for one in flags),
        risk_words="; ".join(one.why for one in flags),
        done=course.done if course else 0,
        planned=course.planned if course else 0,
        last_words=_last_words(evening, key),
        marks=marks,
        goals=tuple(
            GoalChoice(one.pk, one.words)
            for one in evening.goals.get(key, ())
            if one.met_date is None and one.dropped_date is None
        ),
        absent=row.absent,
        excuse=row.excuse,
        arrived=row.arrived,
        left=row.left,
        attendance_version=row.version,
        fields={name: _field(evening.drafts.get((key, name))) for name in OWN_FIELDS},
        risk_due=due.words if due and not row.absent else "",
        open_points=points,
        note=_signed(evening.notes.get(key)),
        status=row.status,
        shortfall=row.shortfall,
        why=row.why,
        phone=client.phone,
        to_call=to_call,
        outreach=_outreach(evening, key),
    )


def _outreach(evening: Evening, client_id: UUID) -> OutreachNow | None:
    row = evening.outreach.get(client_id)
    if row is None or row.outcome == ReachedOutcome.OPENED_BY_MISTAKE:
        return None
    tried = tuple(evenings.tries(evening, client_id).splitlines())
    return OutreachNow(row.pk, row.due_at, row.why, tried, row.closed_at is not None)


def _last_words(evening: Evening, client_id: UUID) -> str:
    past = evening.past.get(client_id, ())
    return f"{past[0].local_date:%a, %b %-d}: {past[0].status.value}" if past else ""


def _signed(note: Note | None) -> SignedNote | None:
    if note is None:
        return None
    return SignedNote(note.pk, note.state, note.signed_name, note.signed_at)
