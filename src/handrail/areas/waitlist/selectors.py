"""The waiting lists in their order: why there, since when, what is free, and what is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.clients.models import Client
from handrail.areas.enrollment.selectors.seats import seats_free
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Program, Track
from handrail.areas.waitlist.models import WaitingAttempt, WaitingPlace
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.waiting import (
    Priority,
    Waiting,
    admit_until,
    in_order,
    interim_until,
    next_attempt,
    seats_for,
)
from handrail.data import waiting_rules


@dataclass(frozen=True, slots=True)
class Line:
    """Someone on a list. `number` is their place in it, `seat` the track in which one is free for
    them. `interim_due` is the last day to offer something, None once offered or not needed.
    """

    place: WaitingPlace
    client: Client
    group: Priority
    number: int
    days: int
    attempts: tuple[WaitingAttempt, ...]
    next_on: date
    seat: Track | None
    interim_due: date | None
    admit_by: date | None


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The list of one program, the first first, and the tracks with their free seats (None: no
    limit).
    """

    program: Program
    lines: tuple[Line, ...]
    free: tuple[tuple[Track, int | None], ...]


def waiting_lists(*, by: Actor, today: date) -> tuple[WaitingList, ...]:
    """Every list on which someone waits, by the program's name. A fixed number of queries."""
    check_access(by, Action.KEEP_WAITING_LIST)
    rows = (
        WaitingPlace.objects.filter(organization_id=by.organization_id, ended_at__isnull=True)
        .select_related("client", "program", "track")
        .prefetch_related("attempts")
    )
    by_program: dict[UUID, list[WaitingPlace]] = defaultdict(list)
    for one in rows:
        by_program[one.program_id].append(one)
    if not by_program:
        return ()
    tracks = list(
        facts.tracks_with_facts()
        .filter(program_id__in=by_program, ended_date__isnull=True)
        .order_by("name", "pk")
    )
    free = seats_free(tracks, from_date=today, by=by)
    zone = rules_of(by.organization_id).zone
    found = [_list(places, tracks, free, today, zone) for places in by_program.values()]
    return tuple(sorted(found, key=lambda one: (one.program.name.casefold(), str(one.program.pk))))


def _list(
    places: Iterable[WaitingPlace],
    tracks: Iterable[Track],
    free: Mapping[UUID, int | None],
    today: date,
    zone: str,
) -> WaitingList:
    rules, rows = waiting_rules(), {str(one.pk): one for one in places}
    program = next(iter(rows.values())).program
    own = {str(one.pk): one for one in tracks if one.program_id == program.pk}
    line = in_order((_facts(one) for one in rows.values()), rules)
    seats = seats_for(line, {key: free[one.pk] for key, one in own.items()})
    return WaitingList(
        program=program,
        lines=tuple(
            _line(number, known, rows[known.key], own.get(seats.get(known.key, "")), today, zone)
            for number, known in enumerate(line, start=1)
        ),
        free=tuple((one, free[one.pk]) for one in own.values()),
    )


def _line(
    number: int, known: Waiting, row: WaitingPlace, seat: Track | None, today: date, zone: str
) -> Line:
    rules = waiting_rules()
    tried = sorted(row.attempts.all(), key=lambda one: (one.attempted_at, str(one.pk)))
    days = [one.attempted_at.astimezone(ZoneInfo(zone)).date() for one in tried]
    offered = row.interim_at is not None
    return Line(
        place=row,
        client=row.client,
        group=rules.priority(row.priority),
        number=number,
        days=max(0, (today - row.since).days),
        attempts=tuple(tried),
        next_on=next_attempt(row.since, days, rules, has_seat=seat is not None),
        seat=seat,
        interim_due=None if offered else interim_until(known, rules),
        admit_by=admit_until(known, rules, interim_offered=offered),
    )


def _facts(row: WaitingPlace) -> Waiting:
    track = str(row.track_id) if row.track_id else ""
    return Waiting(str(row.pk), row.priority, row.since, row.put_on_at, track)


def must_be_listed(waiting_id: UUID, *, by: Actor) -> None:
    """Raise NotHere unless it is somebody's place on a list of this organization."""
    check_access(by, Action.KEEP_WAITING_LIST)
    places = WaitingPlace.objects.filter(organization_id=by.organization_id, pk=waiting_id)
    if not places.exists():
        raise NotHere


def waits_for(client_id: UUID, *, by: Actor) -> tuple[WaitingPlace, ...]:
    """The lists on which someone stands now, by the program's name."""
    check_access(by, Action.READ_CHART)
    rows = WaitingPlace.objects.filter(
        organization_id=by.organization_id, client_id=client_id, ended_at__isnull=True
    )
    return tuple(rows.select_related("program", "track").order_by("program__name", "pk"))


@dataclass(frozen=True, slots=True)
class Choices:
    """For whom a place is asked, and which programs and tracks there are to wait for."""

    client: Client
    programs: tuple[Program, ...]
    tracks: tuple[Track, ...]


def to_wait_for(client_id: UUID, *, by: Actor) -> Choices:
    """What someone can wait for. Raises NotHere for anyone else's client."""
    check_access(by, Action.KEEP_WAITING_LIST)
    client = Client.objects.filter(organization_id=by.organization_id, pk=client_id).first()
    if client is None:
        raise NotHere
    programs = Program.objects.filter(
        organization_id=by.organization_id, ended_date__isnull=True
    ).order_by("name", "pk")
    tracks = Track.objects.filter(
        organization_id=by.organization_id, ended_date__isnull=True
    ).order_by("name", "pk")
    return Choices(client, tuple(programs), tuple(tracks))
