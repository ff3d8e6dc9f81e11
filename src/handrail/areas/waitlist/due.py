"""People on the waiting list with whom somebody gets in touch.

Two items for one place on the list: the attempt that is due every so often, and, from the day on
which a seat is theirs to take, the seat. What the calendar says now decides from which day that is,
so no write is needed when the day comes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.enrollment import course_records
from handrail.areas.schedule import to_core
from handrail.areas.schedule.models import Enrollment, MakeUp, Pause, Session, Track
from handrail.areas.waitlist.models import WaitingAttempt, WaitingPlace
from handrail.areas.worklist.kinds import Item, Kind, Place
from handrail.core.access import Action
from handrail.core.course import schedule
from handrail.core.course.roster import free_seats, roster
from handrail.core.waiting import Waiting, in_order, interim_until, next_attempt, seats_for
from handrail.data import course_rules, waiting_rules


class WaitingAttemptDue(Kind):
    """Someone who waits: an attempt to reach them, or something to offer meanwhile."""

    code = "waiting"
    words = "Get in touch with someone on the waiting list"
    permissions = (Action.KEEP_WAITING_LIST, Action.READ_CHART)
    pool = True
    follows = {  # noqa: RUF012
        WaitingPlace: lambda rows: {one.program_id for one in rows},
        WaitingAttempt: lambda rows: {one.place.program_id for one in rows},
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """An offer from the day of asking; an attempt when the last one was long ago."""
        return [_attempt(one, at) for one in _places(at, scopes)]


class SeatToOffer(Kind):
    """Someone who waits and for whom there is a seat."""

    code = "waiting_seat"
    words = "Offer a seat to someone on the waiting list"
    permissions = (Action.KEEP_WAITING_LIST, Action.READ_CHART)
    pool = True
    covers = "waiting"
    follows = {  # noqa: RUF012
        WaitingPlace: lambda rows: {one.program_id for one in rows},
        WaitingAttempt: lambda rows: {one.place.program_id for one in rows},
        Track: lambda rows: {one.program_id for one in rows},
        Session: lambda rows: {one.track.program_id for one in rows},
        Enrollment: lambda rows: {one.track.program_id for one in rows},
        Pause: lambda rows: {one.enrollment.track.program_id for one in rows},
        MakeUp: lambda rows: {one.session.track.program_id for one in rows},
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """From the first day with a seat for them on the calendar, in the order of the list."""
        by_program: dict[UUID, list[WaitingPlace]] = defaultdict(list)
        for one in _places(at, scopes):
            by_program[one.program_id].append(one)
        seats = _seats(by_program)
        for program, places in by_program.items():
            yield from _offers(places, seats.get(program, ()), at)


def _places(at: Place, scopes: Collection[UUID] | None) -> list[WaitingPlace]:
    rows = WaitingPlace.objects.filter(organization_id=at.organization_id, ended_at__isnull=True)
    if scopes is not None:
        rows = rows.filter(program_id__in=scopes)
    return list(rows.select_related("program").prefetch_related("attempts"))


def _tried(row: WaitingPlace, at: Place) -> list[date]:
    zone = ZoneInfo(at.zone)
    return [one.attempted_at.astimezone(zone).date() for one in row.attempts.all()]


def _known(row: WaitingPlace) -> Waiting:
    track = str(row.track_id) if row.track_id else ""
    return Waiting(str(row.pk), row.priority, row.since, row.put_on_at, track)


def _attempt(row: WaitingPlace, at: Place) -> Item:
    rules = waiting_rules()
    offer = None if row.interim_at else interim_until(_known(row), rules)
    again = next_attempt(row.since, _tried(row, at), rules)
    day = again if offer is None else offer
    shows = again if offer is None else min(again, row.since)
    return Item(
        key=str(row.pk),
        scope=row.program_id,
        client_id=row.client_id,
        due_at=at.ends(day),
        visible_from=at.begins(shows),
        facts={"program": row.program.name, "interim": offer is not None, "day": day},
    )


# ---- seats -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seats:
    """How many seats a track has from each day on: the smallest of any session from then."""

    key: str
    name: str
    from_day: tuple[tuple[date, int | None], ...]

    def on(self, day: date) -> int | None:
        """The seats on a day; without a session to come there is none."""
        for last, seats in self.from_day:
            if day <= last:
                return seats
        return 0


def _seats(programs: Collection[UUID]) -> Mapping[UUID, Sequence[_Seats]]:
    """The seats of every track of these programs that goes on. A fixed number of queries."""
    if not programs:
        return {}
    tracks = list(
        to_core.tracks_with_facts()
        .filter(program_id__in=programs, ended_date__isnull=True)
        .order_by("name", "pk")
    )
    sessions: dict[UUID, list[Session]] = defaultdict(list)
    rows = to_core.sessions_with_facts().filter(track__in=tracks, state__in=course_records.AHEAD)
    for one in rows.order_by("local_date", "start", "id"):
        sessions[one.track_id].append(one)
    known = [one for found in sessions.values() for one in found]
    days = [one.local_date for one in known]
    members = (
        to_core.enrollments_between([one.pk for one in tracks], min(days), max(days))
        if days
        else ()
    )
    booked, limits = to_core.make_ups_of(known), course_rules().limits
    found: dict[UUID, list[_Seats]] = defaultdict(list)
    for track in tracks:
        free: list[tuple[date, int | None]] = []
        for each in schedule.in_order(to_core.session_facts(row) for row in sessions[track.pk]):
            free.append((each.local_date, free_seats(roster(each, members, booked), limits)))
        found[track.program_id].append(_Seats(str(track.pk), track.name, _from_each(free)))
    return found


def _from_each(free: Sequence[tuple[date, int | None]]) -> tuple[tuple[date, int | None], ...]:
    """From seats by session to the smallest number of any session from each day on."""
    found: list[tuple[date, int | None]] = []
    least: int | None = None
    for day, seats in reversed(free):
        least = seats if least is None else least if seats is None else min(least, seats)
        found.append((day, least))
    return tuple(reversed(found))


def _offers(places: Iterable[WaitingPlace], tracks: Sequence[_Seats], at: Place) -> Iterator[Item]:
    """Each place with the first day on which a seat is theirs."""
    rules = waiting_rules()
    rows = {str(one.pk): one for one in places}
    line = in_order((_known(one) for one in rows.values()), rules)
    names = {one.key: one.name for one in tracks}
    left = dict(rows)
    for since, last in _spans(tracks):
        offered = seats_for(line, {one.key: one.on(last) for one in tracks})
        for key, track in offered.items():
            row = left.pop(key, None)
            if row is not None:
                yield from _seat(row, track, names[track], since, _last_day(tracks), at)


def _spans(tracks: Iterable[_Seats]) -> Iterator[tuple[date | None, date]]:
    """The spans of days in which no number of seats changes: from the day after the one before
    (None: from ever) to a day with a session.
    """
    before: date | None = None
    for day in sorted({day for one in tracks for day, _ in one.from_day}):
        yield before, day
        before = day


def _last_day(tracks: Iterable[_Seats]) -> date:
    """The last day of the calendar: after it, no seat can be said to be free."""
    return max(day for one in tracks for day, _ in one.from_day)


def _seat(
    row: WaitingPlace, track: str, name: str, after: date | None, last: date, at: Place
) -> Iterator[Item]:
    again = next_attempt(row.since, _tried(row, at), waiting_rules(), has_seat=True)
    shows, until = at.begins(again), at.is_over(last)
    if after:
        shows = max(shows, at.is_over(after))
    if shows < until:
        yield Item(
            key=str(row.pk),
            scope=row.program_id,
            client_id=row.client_id,
            due_at=at.ends(again),
            visible_from=shows,
            visible_until=until,
            facts={"track": track, "name": name, "day": again},
        )


KINDS = (WaitingAttemptDue(), SeatToOffer())
