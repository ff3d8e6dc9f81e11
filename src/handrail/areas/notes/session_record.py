"""One session with everything its board and notes are made of, in a fixed number of queries.

Nothing is decided here: rows become what core/notes and core/course decide by.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from handrail.areas.clients.models import Client
from handrail.areas.enrollment.course_records import attendance_facts, seen_of
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import DraftField, Note
from handrail.areas.organizations.models import Membership
from handrail.areas.outreach.models import Outreach
from handrail.areas.plans.models import Goal
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import MakeUp, Session
from handrail.core.course.attendance import Attendance as Attended
from handrail.core.course.attendance import Status, attend
from handrail.core.course.roster import MakeUp as MakeUpFacts
from handrail.core.course.roster import Place, roster
from handrail.core.course.schedule import Modality
from handrail.core.course.schedule import Session as SessionFacts
from handrail.core.course.session_states import State
from handrail.core.notes.checklist import Point, RiskDue, open_points, risk_due
from handrail.core.notes.content import (
    GroupContent,
    IndividualContent,
    SharedPart,
    for_one,
    read_canonical,
    texts,
)
from handrail.core.notes.copy_check import Alike, alike_pairs, copied_from_last_time
from handrail.core.notes.names import Mention, Named, mentions_in
from handrail.core.text import words_of
from handrail.data import course_rules, note_rules

T = TypeVar("T", Flag, Goal)

OWN_FIELDS = ("words", "goal", "risk", "plan", "outreach", "modality", "place")
"""What can be written for one person."""

SEGMENT = "segment:"
"""How the field of a shared part begins; its index follows."""

_RISKS = {FlagKind.SUICIDE: "suicide", FlagKind.OVERDOSE: "overdose"}
_NOT_THERE = [one.value for one in Status if one.is_absence]


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier session of a person: the day, how it ended, and whether it was an absence."""

    local_date: date
    status: Status


@dataclass(frozen=True, slots=True)
class Evening:
    """A session and its people. Everything by client's id.

    `attendances` holds a row for everyone; people on the roster who have none yet stand there
    with one that is not stored (version 0). `drafts` are by client (None: shared) and field.
    """

    session: Session
    facts: SessionFacts
    attendances: Mapping[UUID, Attendance]
    drafts: Mapping[tuple[UUID | None, str], DraftField]
    goals: Mapping[UUID, tuple[Goal, ...]]
    notes: Mapping[UUID, Note]
    flags: Mapping[UUID, tuple[Flag, ...]]
    past: Mapping[UUID, tuple[Past, ...]]
    earlier_words: Mapping[UUID, str]
    last_risk: Mapping[UUID, tuple[date, datetime]]
    outreach: Mapping[UUID, Outreach]
    others: tuple[Named, ...]
    staff: tuple[Named, ...]
    late_after: int

    def draft(self, client_id: UUID | None, name: str) -> str:
        """What is written in a field so far, trimmed."""
        found = self.drafts.get((client_id, name))
        return found.text.strip() if found else ""


def read_evening(session: Session) -> Evening:
    """Read everything about a session that its board and notes are made of."""
    attendances = _attendances(session)
    clients = list(attendances)
    episodes = [one.episode_id for one in attendances.values()]
    return Evening(
        session=session,
        facts=facts.session_facts(session),
        attendances=attendances,
        drafts={(one.client_id, one.field): one for one in session.drafts.all()},
        goals=_goals(episodes),
        notes={one.client_id: one for one in session.notes.exclude(state="voided")},
        flags=_flags(clients),
        past=_past(session, clients),
        earlier_words=_earlier_words(session, clients),
        last_risk=_last_risk(session, episodes),
        outreach={
            one.client_id: one
            for one in session.outreach.prefetch_related("attempts")  # shown in absence notes
        },
        others=others_of(session, [one.client for one in attendances.values()]),
        staff=staff_of(session.organization_id),
        late_after=course_rules().late_after,
    )


def attended(evening: Evening, row: Attendance) -> Attended:
    """Status and minutes of someone: as closing decided, or as it would decide now."""
    if not row.status:
        return attend(
            str(row.client_id),
            evening.facts,
            Place(row.place),
            seen_of(row),
            late_after=evening.late_after,
        )
    return attendance_facts(row)


def expected_rows(session: Session) -> list[Attendance]:
    """A row, not stored, for everyone on the computed roster: present until marked otherwise."""
    made_up = list(MakeUp.objects.filter(session=session, canceled_at__isnull=True))
    enrolled = list(
        facts.enrollments_with_facts().filter(
            Q(until_date__isnull=True) | Q(until_date__gte=session.local_date),
            track_id=session.track_id,
            from_date__lte=session.local_date,
        )
    )
    episodes = {str(one.client_id): one.episode_id for one in made_up}
    episodes |= {str(one.client_id): one.episode_id for one in enrolled}
    known = facts.session_facts(session)
    expected = roster(
        known,
        [facts.enrollment_facts(one) for one in enrolled],
        [MakeUpFacts(str(one.client_id), known.key) for one in made_up],
    )
    return [
        Attendance(
            organization_id=session.organization_id,
            session=session,
            client_id=UUID(person),
            episode_id=episodes[person],
            place=place.value,
            version=0,
        )
        for person, place in expected.places.items()
    ]


def _attendances(session: Session) -> dict[UUID, Attendance]:
    stored = {one.client_id: one for one in session.attendances.select_related("client")}
    if State(session.state) not in (State.PLANNED, State.IN_PROGRESS):
        return stored
    fresh = {one.client_id: one for one in expected_rows(session) if one.client_id not in stored}
    for client in Client.objects.filter(pk__in=fresh):
        fresh[client.pk].client = client
    return stored | fresh


# ---- what is known about them ------------------------------------------------------------------


def _goals(episodes: Collection[UUID]) -> dict[UUID, tuple[Goal, ...]]:
    found = Goal.objects.filter(episode_id__in=episodes).order_by("opened_date", "id")
    return _by_client(found)


def _flags(clients: Collection[UUID]) -> dict[UUID, tuple[Flag, ...]]:
    """Concerns of risk, closed ones too: that one was closed is a change as well."""
    return _by_client(
        Flag.objects.filter(client_id__in=clients, kind__in=list(_RISKS)).order_by("opened_at")
    )


def _by_client(rows: Iterable[T]) -> dict[UUID, tuple[T, ...]]:
    found = defaultdict[UUID, list[T]](list)
    for one in rows:
        found[one.client_id].append(one)
    return {client: tuple(theirs) for client, theirs in found.items()}


def _past(session: Session, clients: Collection[UUID]) -> dict[UUID, tuple[Past, ...]]:
    """Earlier sessions that are closed, the last first."""
    rows = (
        Attendance.objects.filter(client_id__in=clients, session__starts_at__lt=session.starts_at)
        .exclude(status="")
        .order_by("-session__starts_at")
        .values_list("client_id", "session__local_date", "status")
    )
    found: dict[UUID, list[Past]] = {}
    for client, day, status in rows:
        found.setdefault(client, []).append(Past(day, Status(status)))
    return {client: tuple(past) for client, past in found.items()}


def _earlier_words(session: Session, clients: Collection[UUID]) -> dict[UUID, str]:
    """What each person's last signed note says of them, for the check against copying."""
    last = (
        Note.objects.filter(client_id__in=clients, local_date__lte=session.local_date)
        .exclude(state="voided")
        .exclude(session=session)
        .order_by("client_id", "-local_date", "id")
        .distinct("client_id")
    )
    return {one.client_id: read_canonical(one.content).individual.words for one in last}


def _last_risk(session: Session, episodes: Collection[UUID]) -> dict[UUID, tuple[date, datetime]]:
    """The day of each person's last statement about risk in this course, and when it was signed."""
    rows = (
        Note.objects.filter(
            episode_id__in=episodes, has_risk_statement=True, local_date__lte=session.local_date
        )
        .exclude(state="voided")
        .exclude(session=session)
        .order_by()
        .values("client_id")
        .annotate(day=Max("local_date"), signed=Max("signed_at"))
    )
    return {row["client_id"]: (row["day"], row["signed"]) for row in rows}


# ---- names -------------------------------------------------------------------------------------


def named(client: Client) -> Named:
    """A client as the search for names knows one."""
    called = (client.called,) if client.called else ()
    return Named(str(client.pk), client.given_name, client.family_name, called)


def others_of(session: Session, there: Iterable[Client]) -> tuple[Named, ...]:
    """Everyone of the evening, and everyone in this track at present."""
    in_track = Client.objects.filter(
        Q(enrollments__until_date__isnull=True)
        | Q(enrollments__until_date__gte=session.local_date),
        enrollments__track_id=session.track_id,
    ).distinct()
    people = {one.pk: one for one in in_track} | {one.pk: one for one in there}
    return tuple(named(people[key]) for key in sorted(people))


def staff_of(organization_id: UUID) -> tuple[Named, ...]:
    rows = Membership.objects.filter(organization_id=organization_id).values_list(
        "id", "user__name"
    )
    found = ((key, name.rpartition(" ")) for key, name in rows)
    return tuple(Named(str(key), given or family, family) for key, (given, _, family) in found)


class NearNames:
    """The search for other people's names in many texts, quick for those that name nobody.

    Whoever has no part of a name among the letters of a text is not named in it, so the search
    proper is left to the few who may be.
    """

    def __init__(self, others: Iterable[Named], staff: Iterable[Named]) -> None:
        self.others = [(one, _parts(one)) for one in others]
        self.staff = [(one, _parts(one)) for one in staff]
        self.letters: dict[str, str] = {}

    def mentions(self, fields: Mapping[str, str], *, own: Named) -> tuple[Mention, ...]:
        """Who else is named in these texts of one person."""
        letters = "".join(self._letters(text) for text in fields.values())
        near = [one for one in _near(self.others, letters) if one.person != own.person]
        if not near:
            return ()
        staff = _near(self.staff, letters)
        return mentions_in(fields, near, own=own, staff=staff, words=note_rules().name_words)

    def _letters(self, text: str) -> str:
        """The shared part is the same in everyone's note: its letters are taken once."""
        if text not in self.letters:
            self.letters[text] = "".join(word.letters for word in words_of(text))
        return self.letters[text]


def _near(people: Iterable[tuple[Named, tuple[str, ...]]], letters: str) -> list[Named]:
    return [one for one, parts in people if any(part in letters for part in parts)]


def _parts(person: Named) -> tuple[str, ...]:
    names = (person.given, person.family, *person.called)
    return tuple(word.letters for name in names for word in words_of(name))


# ---- what the notes say ------------------------------------------------------------------------


def group_content(evening: Evening) -> GroupContent:
    """What everyone's note says alike, as it is written now."""
    session, zone = evening.session, ZoneInfo(evening.session.zone)
    ended = session.ends_at
    if session.ended_minute:
        ended = session.starts_at + timedelta(minutes=session.ended_minute)
    return GroupContent(
        track=session.track.name,
        number=session.number,
        local_date=session.local_date,
        zone=session.zone,
        start=session.starts_at.astimezone(zone).time(),
        stop=ended.astimezone(zone).time(),
        modality=Modality(session.modality),
        place=session.room,
        topics=tuple(session.topics),
        shared=tuple(
            SharedPart(segment.name, text)
            for index, segment in enumerate(evening.facts.segments)
            if (text := evening.draft(None, f"{SEGMENT}{index}"))
        ),
    )


def individual_content(evening: Evening, row: Attendance) -> IndividualContent:
    """What one person's note says of that person alone, as it is written now."""
    there, key = attended(evening, row), row.client_id
    if there.status.is_absence:
        return IndividualContent(
            str(key),
            there.status,
            plan=evening.draft(key, "plan"),
            outreach=_outreach_words(evening, row),
        )
    return IndividualContent(
        client=str(key),
        status=there.status,
        words=evening.draft(key, "words"),
        goal=_goal_words(evening, key),
        risk=evening.draft(key, "risk"),
        plan=evening.draft(key, "plan"),
        arrived=there.arrived,
        left=there.left,
        attended_minutes=there.minutes.attended,
        therapeutic_minutes=there.minutes.therapeutic,
        modality=_modality(evening.draft(key, "modality")),
        place=evening.draft(key, "place"),
    )


def chosen_goals(text: str) -> tuple[UUID, ...]:
    """The goals that the text of a goal field names; nothing when it is in plain words."""
    try:
        return tuple(dict.fromkeys(UUID(one) for one in text.replace(",", " ").split()))
    except ValueError:
        return ()


def _goal_words(evening: Evening, client_id: UUID) -> str:
    text = evening.draft(client_id, "goal")
    chosen = chosen_goals(text)
    if not chosen:
        return text
    own = {goal.pk: goal.words for goal in evening.goals.get(client_id, ())}
    return "; ".join(own[key] for key in chosen if key in own)


def _modality(text: str) -> Modality | None:
    return Modality(text) if text in (Modality.ROOM.value, Modality.ONLINE.value) else None


def _outreach_words(evening: Evening, row: Attendance) -> str:
    """What was done about an absence; nothing while a call is still owed.

    An excuse is enough for someone without an open concern of risk.
    """
    done = evening.draft(row.client_id, "outreach") or tries(evening, row.client_id)
    concern = any(one.closed_at is None for one in evening.flags.get(row.client_id, ()))
    if not done and (concern or not row.excuse):
        return ""
    excuse = f"Excuse: {row.excuse}" if row.excuse else ""
    return "\n".join(one for one in (excuse, done) if one)


def tries(evening: Evening, client_id: UUID) -> str:
    """The attempts on record, a line each, so that an absence needs no typing."""
    outreach = evening.outreach.get(client_id)
    if outreach is None:
        return ""
    zone = ZoneInfo(evening.session.zone)
    attempts = sorted(outreach.attempts.all(), key=lambda one: one.attempted_at)
    return "\n".join(
        f"{one.attempted_at.astimezone(zone):%b %-d, %-I:%M %p}: {one.get_kind_display()}."
        f" {one.get_result_display()}."
        for one in attempts
    )


# ---- what is still open ------------------------------------------------------------------------


def risk_due_of(evening: Evening, client_id: UUID) -> RiskDue | None:
    """Whether a statement about risk is due tonight for someone, and why."""
    flags = evening.flags.get(client_id, ())
    day, signed = evening.last_risk.get(client_id, (None, None))
    since = None if day is None else 1 + _attended_since(evening, client_id, day)
    return risk_due(
        changed=signed is not None and any(_changed_after(flag, signed) for flag in flags),
        open_flags=tuple(_RISKS[FlagKind(one.kind)] for one in flags if one.closed_at is None),
        sessions_since_last=since,
        every=note_rules().risk_every,
    )


def _attended_since(evening: Evening, client_id: UUID, day: date) -> int:
    past = evening.past.get(client_id, ())
    return sum(one.local_date > day and not one.status.is_absence for one in past)


def _changed_after(flag: Flag, moment: datetime) -> bool:
    return flag.opened_at > moment or (flag.closed_at is not None and flag.closed_at > moment)


def points_of(
    evening: Evening, acknowledged: Mapping[UUID, Collection[str]]
) -> dict[UUID, tuple[Point, ...]]:
    """What stands between each person's note and a signature; signed ones have nothing open."""
    own = {key: individual_content(evening, row) for key, row in evening.attendances.items()}
    alike = _alike(evening, own)
    names = {one.person: f"{one.given} {one.family}".strip() for one in evening.others}
    near = NearNames(evening.others, evening.staff)
    for_everyone = group_content(evening)
    points: dict[UUID, tuple[Point, ...]] = {}
    for key, content in own.items():
        group = for_one(for_everyone, content)
        points[key] = (
            ()
            if key in evening.notes
            else open_points(
                group,
                content,
                risk=risk_due_of(evening, key),
                alike=alike,
                mentions=near.mentions(
                    texts(group, content), own=named(evening.attendances[key].client)
                ),
                names=names,
                unsettled=_unsettled(evening, key, is_absence=content.is_absence),
                acknowledged=acknowledged.get(key, ()),
            )
        )
    return points


def _unsettled(evening: Evening, client_id: UUID, *, is_absence: bool) -> list[str]:
    """Fields of this note where somebody's text waits beside another, the shared ones included."""
    whose = (client_id,) if is_absence else (None, client_id)
    return sorted(
        name
        for (client, name), row in evening.drafts.items()
        if client in whose and row.other_texts
    )


def _alike(evening: Evening, own: Mapping[UUID, IndividualContent]) -> tuple[Alike, ...]:
    rules = note_rules()
    leave_out = rules.alike_leave_out | {
        name for one in evening.others for name in (one.given, one.family, *one.called)
    }
    words = {str(key): one.words for key, one in own.items() if one.words and not one.is_absence}
    earlier = {str(key): text for key, text in evening.earlier_words.items() if text}
    between = alike_pairs(
        words,
        threshold_percent=rules.alike_percent,
        at_least_words=rules.alike_at_least_words,
        leave_out=leave_out,
    )
    copied = copied_from_last_time(
        words,
        earlier,
        threshold_percent=rules.alike_percent,
        at_least_words=rules.alike_at_least_words,
        leave_out=leave_out,
    )
    return between + copied
