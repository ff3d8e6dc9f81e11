"""Who would meet in the coming sessions although they must not, and what can be done about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from handrail.areas.clients.models import Client
from handrail.areas.enrollment import course_records as gathering
from handrail.areas.organizations.models import Membership
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Enrollment, MakeUp, Session
from handrail.core.access import Action, Actor, check_access
from handrail.core.course.roster import Conflict, conflicts, roster


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people who would meet in a track although they must not. For staff eyes only.

    `leads` says that the other one is a colleague who leads there. `next_date` is the first
    session at which both would be, `sessions` how many there are.
    """

    client_id: UUID
    client: str
    other: str
    leads: bool
    track_id: UUID
    track: str
    next_date: date
    sessions: int


def meetings(
    *, by: Actor, at: datetime, client_id: UUID | None = None, track_id: UUID | None = None
) -> tuple[Meeting, ...]:
    """Everyone who would meet in a session to come although they must not, soonest first.

    Of one client or of one track when it is given. A fixed number of queries.
    """
    check_access(by, Action.RAISE_FLAG)
    flags = Flag.objects.filter(kind=FlagKind.NO_CONTACT, closed_at__isnull=True)
    if client_id:
        flags = flags.filter(Q(client_id=client_id) | Q(other_client_id=client_id))
    concerned = {
        key for pair in flags.values_list("client_id", "other_client_id") for key in pair if key
    }
    if not concerned:
        return ()
    rows = _sessions(concerned, track_id, at)
    found = _conflicts(rows, concerned)
    names = _names(one for together in found.values() for one, _ in together)
    return tuple(_meeting(together, names) for together in found.values())


def _sessions(people: set[UUID], track_id: UUID | None, at: datetime) -> list[Session]:
    """The sessions to come at which any of these people could be, soonest first."""
    tracks = Enrollment.objects.filter(client_id__in=people).values("track_id")
    booked = MakeUp.objects.filter(client_id__in=people, canceled_at__isnull=True)
    rows = facts.sessions_with_facts().filter(
        Q(track_id__in=tracks) | Q(pk__in=booked.values("session_id")),
        ends_at__gt=at,
        state__in=gathering.AHEAD,
    )
    if track_id:
        rows = rows.filter(track_id=track_id)
    return list(rows.order_by("starts_at", "id"))


def _conflicts(
    rows: list[Session], people: set[UUID]
) -> dict[tuple[UUID, frozenset[str]], list[tuple[Conflict, Session]]]:
    """For each track and two people, where they would meet; each two once."""
    if not rows:
        return {}
    tracks, dates = {one.track_id for one in rows}, [one.local_date for one in rows]
    members = facts.enrollments_between(tracks, min(dates), max(dates))
    booked, pairs = facts.make_ups_of(rows), safety_facts.no_contact_pairs(people)
    found: dict[tuple[UUID, frozenset[str]], list[tuple[Conflict, Session]]] = {}
    for row in rows:
        expected = roster(facts.session_facts(row), members, booked)
        once = {
            frozenset((one.person, one.partner)): one
            for person in expected.people
            for one in conflicts(person, [expected], pairs)
        }
        for two, one in once.items():
            found.setdefault((row.track_id, two), []).append((one, row))
    return found


def _names(found: Iterable[Conflict]) -> Mapping[str, str]:
    keys = {key for one in found for key in (one.person, one.partner)}
    if not keys:
        return {}
    names = {str(one.pk): one.name for one in Client.objects.filter(pk__in=keys)}
    places = Membership.objects.filter(pk__in=keys - set(names)).select_related("user")
    return names | {str(one.pk): one.user.name for one in places}


def _meeting(together: list[tuple[Conflict, Session]], names: Mapping[str, str]) -> Meeting:
    one, first = together[0]
    return Meeting(
        client_id=UUID(one.person),
        client=names.get(one.person, ""),
        other=names.get(one.partner, ""),
        leads=one.partner in facts.session_facts(first).facilitators,
        track_id=first.track_id,
        track=first.track.name,
        next_date=first.local_date,
        sessions=len(together),
    )
