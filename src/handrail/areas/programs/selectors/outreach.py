"""Who is to be reached tonight, who is at most risk first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from handrail.areas.clients.models import Contact, Flag, FlagKind, MayKnow
from handrail.areas.programs import facts
from handrail.areas.programs.models import Outreach, OutreachAttempt
from handrail.areas.programs.models.outreach import AttemptKind
from handrail.core.access import Action, Actor, check_access

RISKS = (FlagKind.SUICIDE, FlagKind.OVERDOSE)
"""Concerns for which someone is called at once."""
AT_MOST = 100
"""How many people a page holds."""


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
class MayCall:
    """A contact who may be called about an absence, and what the client lets them be told."""

    id: UUID
    name: str
    relationship: str
    phone: str
    may_know: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToReach:
    """Someone to be reached: by when, why, what was tried, which steps are left."""

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
    opened_at: datetime
    due_at: datetime
    steps: tuple[str, ...]
    left: tuple[str, ...]
    attempts: tuple[Attempt, ...]
    contacts: tuple[MayCall, ...]

    @property
    def life(self) -> bool:
        """Whether there is an open concern about suicide or an overdose."""
        return not set(RISKS).isdisjoint(self.flags)


def open_outreach(*, by: Actor) -> list[ToReach]:
    """Everyone still to be reached, as far as a page holds: people with an open concern of risk
    first, then by the clock. Five queries.
    """
    check_access(by, Action.SEE_OUTREACH)
    risk = Flag.objects.filter(
        client_id=OuterRef("client_id"), closed_at__isnull=True, kind__in=RISKS
    )
    rows = list(
        Outreach.objects.filter(closed_at__isnull=True, organization_id=by.organization_id)
        .annotate(life=Exists(risk))
        .select_related("client", "session__track")
        .prefetch_related("attempts__contact")
        .order_by("-life", "due_at", "id")[:AT_MOST]
    )
    clients = [one.client_id for one in rows]
    flags, contacts = facts.open_flags(clients), contacts_to_call(clients)
    return [
        _to_reach(one, flags.get(str(one.client_id), ()), contacts.get(one.client_id, ()))
        for one in rows
    ]


def steps_left(
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
    return Contact.objects.filter(call_if_missed=True, ended_at__isnull=True).order_by("name")


def contacts_to_call(clients: Collection[UUID]) -> Mapping[UUID, tuple[MayCall, ...]]:
    """The contacts who may be called about an absence, by client, in one query."""
    found: dict[UUID, tuple[MayCall, ...]] = {}
    for one in _may_be_called().filter(client_id__in=clients):
        known = tuple(str(MayKnow(know).label) for know in one.may_know)
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
        opened_at=row.opened_at,
        due_at=row.due_at,
        steps=tuple(row.steps),
        left=steps_left(row.steps, [one.kind for one in attempts], has_contact=bool(contacts)),
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
