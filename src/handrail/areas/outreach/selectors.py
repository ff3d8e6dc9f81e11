"""Who is to be reached tonight, who is at most risk first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window

from handrail.areas.clients.models import Contact, MayKnow
from handrail.areas.enrollment.models import Attendance
from handrail.areas.outreach.models import (
    AttemptKind,
    AttemptResult,
    Outreach,
    OutreachAttempt,
    ReachedOutcome,
)
from handrail.areas.safety import to_core as facts
from handrail.areas.safety.models import Flag, FlagKind
from handrail.core.access import Action, Actor, check_access
from handrail.core.course.session_states import State

RISKS = (FlagKind.SUICIDE, FlagKind.OVERDOSE)
"""Concerns for which someone is called at once."""
AT_MOST = 100
"""How many people a page holds."""
CLOSED_AT_MOST = 20
"""How many of those closed on a day are shown."""
_ENDINGS = {
    (AttemptKind.CALL.value, AttemptResult.REACHED.value): ReachedOutcome.REACHED,
    (AttemptKind.TEXT.value, AttemptResult.REACHED.value): ReachedOutcome.REACHED,
    (AttemptKind.CONTACT_PERSON.value, AttemptResult.SAYS_SAFE.value): (
        ReachedOutcome.CONTACT_REACHED
    ),
    (AttemptKind.WELFARE_CHECK.value, AttemptResult.REACHED.value): ReachedOutcome.WELFARE_CHECK,
}
"""The attempts after which nobody else is called, and how outreach then ends. A contact person who
was reached and does not know how they are ends nothing.
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as the list shows it."""

    kind: str
    result: str
    words: str
    contact: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Reached:
    """When they were reached, or said to be safe, and the outcome that follows from it."""

    at: datetime
    outcome: ReachedOutcome


@dataclass(frozen=True, slots=True)
class MayCall:
    """A contact who may be called about an absence, and what the client lets them be told."""

    id: UUID
    name: str
    relationship: str
    phone: str
    may_know: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToReach:
    """Someone to be reached: by when, why, what was tried, which steps are left.

    `reached` is set once an attempt reached them: then no step is left, and it waits to be closed.
    `marked_at` is when they were marked as not here, None when they were there for a part of it;
    `meets_until` is set while the group still meets.
    """

    id: UUID
    client_id: UUID
    name: str
    pronouns: str
    phone: str
    flags: tuple[str, ...]
    session_id: UUID
    track_name: str
    local_date: date
    zone: str
    clock: str
    why: str
    marked_at: datetime | None
    meets_until: datetime | None
    opened_at: datetime
    due_at: datetime
    steps: tuple[str, ...]
    left: tuple[str, ...]
    reached: Reached | None
    attempts: tuple[Attempt, ...]
    contacts: tuple[MayCall, ...]

    @property
    def life(self) -> bool:
        """Whether there is an open concern about suicide or an overdose."""
        return not set(RISKS).isdisjoint(self.flags)


@dataclass(frozen=True, slots=True)
class ClosedOutreach:
    """Outreach that has ended: how, in whose words, when and by whom."""

    client_id: UUID
    name: str
    track_name: str
    local_date: date
    outcome: str
    words: str
    closed_at: datetime
    closed_by: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An attempt, or how outreach ended, as a fact with its time."""

    what: str
    words: str
    at: datetime
    by: str


def open_outreach(*, by: Actor) -> list[ToReach]:
    """Everyone still to be reached, as far as a page holds: people with an open concern of risk
    first, then by the clock; last those who were reached and wait to be closed. Five queries.
    """
    check_access(by, Action.SEE_OUTREACH)
    risk = Flag.objects.filter(
        client_id=OuterRef("client_id"), closed_at__isnull=True, kind__in=RISKS
    )
    rows = list(
        Outreach.objects.filter(closed_at__isnull=True, organization_id=by.organization_id)
        .annotate(
            life=Exists(risk),
            was_reached=was_reached(),
            marked_at=Subquery(_marked_absent().values("marked_at")[:1]),
        )
        .select_related("client", "session__track")
        .prefetch_related("attempts__contact")
        .order_by("was_reached", "-life", "due_at", "id")[:AT_MOST]
    )
    clients = [one.client_id for one in rows]
    flags, contacts = facts.open_flags(clients), contacts_to_call(clients)
    return [
        _to_reach(one, flags.get(str(one.client_id), ()), contacts.get(one.client_id, ()))
        for one in rows
    ]


def closed_on(day: date, zone: str, *, by: Actor) -> tuple[tuple[ClosedOutreach, ...], int]:
    """What was closed on a day at that place, the latest first, and how many more there are.

    Put away because of a wrong mark that was corrected, before anybody tried, is left out.
    """
    check_access(by, Action.SEE_OUTREACH)
    begins = datetime.combine(day, time(0), ZoneInfo(zone))
    tried = OutreachAttempt.objects.filter(outreach=OuterRef("pk"))
    rows = list(
        Outreach.objects.filter(
            ~Q(outcome=ReachedOutcome.OPENED_BY_MISTAKE) | Exists(tried),
            organization_id=by.organization_id,
            closed_at__gte=begins,
            closed_at__lt=begins + timedelta(days=1),
        )
        .annotate(in_all=Window(Count("pk")))
        .select_related("client", "session__track")
        .order_by("-closed_at", "id")[:CLOSED_AT_MOST]
    )
    shown = tuple(
        ClosedOutreach(
            client_id=one.client_id,
            name=one.client.name,
            track_name=one.session.track.name,
            local_date=one.session.local_date,
            outcome=one.get_outcome_display(),
            words=one.closing_words,
            closed_at=one.closed_at,
            closed_by=one.closed_by,
        )
        for one in rows
        if one.closed_at
    )
    return shown, vars(rows[0])["in_all"] - len(rows) if rows else 0


def since(
    session_id: UUID, client_id: UUID, moment: datetime, *, by: Actor
) -> tuple[Happened, ...]:
    """What was done to reach someone about one session after a moment, in the order of time."""
    check_access(by, Action.READ_CHART)
    row = (
        Outreach.objects.filter(
            organization_id=by.organization_id, session_id=session_id, client_id=client_id
        )
        .prefetch_related("attempts__contact")
        .first()
    )
    if row is None:
        return ()
    found = [
        Happened(
            f"{one.get_kind_display()}{f' ({one.contact.name})' if one.contact else ''}: "
            f"{one.get_result_display().lower()}",
            one.words,
            one.attempted_at,
            one.attempted_by,
        )
        for one in row.attempts.all()
    ]
    if row.closed_at:
        ended = f"Closed: {row.get_outcome_display().lower()}"
        found.append(Happened(ended, row.closing_words, row.closed_at, row.closed_by))
    return tuple(sorted((one for one in found if one.at > moment), key=lambda one: one.at))


def _marked_absent() -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        session_id=OuterRef("session_id"), client_id=OuterRef("client_id"), absent=True
    )


def _is_on(row: Outreach) -> bool:
    return row.session.state == State.IN_PROGRESS.value


def was_reached() -> Exists:
    """Whether an attempt of an outreach reached them, for the database to say."""
    which = Q()
    for kind, result in _ENDINGS:
        which |= Q(kind=kind, result=result)
    return Exists(OutreachAttempt.objects.filter(which, outreach=OuterRef("pk")))


def reached_by(attempts: Iterable[OutreachAttempt]) -> Reached | None:
    """The last attempt that reached them, or found someone who says that they are safe."""
    found = [one for one in attempts if (one.kind, one.result) in _ENDINGS]
    if not found:
        return None
    last = max(found, key=lambda one: one.attempted_at)
    return Reached(last.attempted_at, _ENDINGS[last.kind, last.result])


def steps_left(
    steps: Iterable[str], tried: Sequence[tuple[str, str]], *, has_contact: bool
) -> tuple[str, ...]:
    """The steps that are still asked for after these attempts, each a way and its result.

    None once somebody was reached: calling on would tell people what they need not know.
    """
    if any(one in _ENDINGS for one in tried):
        return ()
    return steps_not_taken(steps, {kind for kind, _ in tried}, has_contact=has_contact)


def steps_not_taken(
    steps: Iterable[str], taken: Collection[str], *, has_contact: bool
) -> tuple[str, ...]:
    """The steps of a clock nobody took yet. Without a contact who may be told, there is none to
    call.
    """
    return tuple(
        one
        for one in steps
        if one not in taken and (has_contact or one != AttemptKind.CONTACT_PERSON)
    )


def callable_contacts(client_id: UUID) -> list[Contact]:
    """The contacts of a client who may be called about an absence."""
    return list(_may_be_called().filter(client_id=client_id))


def _may_be_called() -> QuerySet[Contact]:
    """Someone who may be told only in an emergency is called when a life is at stake."""
    risk = Flag.objects.filter(
        client_id=OuterRef("client_id"), closed_at__isnull=True, kind__in=RISKS
    )
    found = Contact.objects.filter(call_if_missed=True, ended_at__isnull=True)
    told_of_absences = ~Q(may_know__contains=[MayKnow.EMERGENCY.value])
    return found.filter(told_of_absences | Q(Exists(risk))).order_by("name")


def contacts_to_call(clients: Collection[UUID]) -> Mapping[UUID, tuple[MayCall, ...]]:
    """The contacts who may be called about an absence, by client, in one query."""
    found: dict[UUID, tuple[MayCall, ...]] = {}
    for one in _may_be_called().filter(client_id__in=clients):
        known = tuple(str(know.label) for know in one.told)
        made = MayCall(one.pk, one.name, one.get_relationship_display(), one.phone, known)
        found[one.client_id] = (*found.get(one.client_id, ()), made)
    return found


def _to_reach(row: Outreach, flags: tuple[str, ...], contacts: tuple[MayCall, ...]) -> ToReach:
    attempts = sorted(row.attempts.all(), key=lambda one: (one.attempted_at, one.pk))
    return ToReach(
        id=row.pk,
        client_id=row.client_id,
        name=row.client.name,
        pronouns=row.client.pronouns,
        phone=row.client.phone,
        flags=flags,
        session_id=row.session_id,
        track_name=row.session.track.name,
        local_date=row.session.local_date,
        zone=row.session.zone,
        clock=row.clock,
        why=row.why,
        marked_at=vars(row)["marked_at"],  # annotated by open_outreach
        meets_until=row.session.ends_at if _is_on(row) else None,
        opened_at=row.opened_at,
        due_at=row.due_at,
        steps=tuple(row.steps),
        left=steps_left(
            row.steps,
            [(one.kind, one.result) for one in attempts],
            has_contact=bool(contacts),
        ),
        reached=reached_by(attempts),
        attempts=tuple(_attempt(one) for one in attempts),
        contacts=contacts,
    )


def _attempt(row: OutreachAttempt) -> Attempt:
    return Attempt(
        kind=row.get_kind_display(),
        result=row.get_result_display(),
        words=row.words,
        contact=row.contact.name if row.contact else "",
        at=row.attempted_at,
        by=row.attempted_by,
    )
