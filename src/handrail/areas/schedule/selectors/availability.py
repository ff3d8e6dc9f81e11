"""Who and which room is free, and why not: what every screen asks before it plans something."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from handrail.areas.organizations.models import Membership
from handrail.areas.schedule import conflicts as gathered
from handrail.areas.schedule.models import Room, Session, TimeAway, Track, WorkingHours
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.availability import (
    Busy,
    Hours,
    Span,
    What,
    clashes,
    free_time,
    reasons_against,
    working_on,
)
from handrail.core.course.local_time import utc_of

_DAY = timedelta(days=1)


# ---- the week of people and rooms --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DayOf:
    """One day of a person or a room: working time, what takes it, and what clashes.

    `known` says whether hours were typed in; otherwise the whole day counts as working time.
    """

    local_date: date
    whole: Span
    known: bool
    working: tuple[Span, ...]
    busy: tuple[Busy, ...]
    free: tuple[Span, ...]
    clashes: tuple[tuple[Busy, Busy], ...]
    outside: tuple[Busy, ...]


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """A colleague's week."""

    membership_id: UUID
    name: str
    days: tuple[DayOf, ...]


@dataclass(frozen=True, slots=True)
class RoomWeek:
    """A room's week. `room_id` None: sessions name it, and it is not on the list of rooms."""

    room_id: UUID | None
    name: str
    capacity: int | None
    days: tuple[DayOf, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The week of everybody who works here and of every room."""

    zone: str
    people: tuple[PersonWeek, ...]
    rooms: tuple[RoomWeek, ...]


def week(first: date, *, by: Actor) -> Week:
    """The seven days from `first`. A fixed number of queries."""
    check_access(by, Action.SEE_AVAILABILITY)
    names = _colleagues(by)
    rooms = {one.name: one for one in Room.objects.filter(ended_date__isnull=True)}
    used = _rooms_used(first)
    every_room = sorted(rooms.keys() | used)
    # A day more to either side: the house's own zone is known only then.
    since = datetime.combine(first - _DAY, time(), tzinfo=UTC)
    found = gathered.occupied(
        since,
        since + 10 * _DAY,
        organization_id=by.organization_id,
        people=list(names),
        rooms=every_room,
    )
    days = [first + timedelta(days=one) for one in range(7)]
    return Week(
        zone=found.zone,
        people=tuple(
            PersonWeek(
                key,
                name,
                tuple(_day_of(day, found, found.hours[key], found.people[key]) for day in days),
            )
            for key, name in names.items()
        ),
        rooms=tuple(
            RoomWeek(
                rooms[name].pk if name in rooms else None,
                name,
                rooms[name].capacity if name in rooms else None,
                tuple(_day_of(day, found, Hours(found.zone), found.rooms[name]) for day in days),
            )
            for name in every_room
        ),
    )


def _day_of(day: date, found: gathered.Occupied, hours: Hours, taken: list[Busy]) -> DayOf:
    whole = Span(utc_of(day, time(), found.zone), utc_of(day + _DAY, time(), found.zone))
    busy = tuple(
        sorted(
            (one for one in (*taken, *found.closed) if one.span.overlaps(whole)),
            key=lambda one: (one.span.since, one.span.until, one.key),
        )
    )
    firm = [one for one in busy if one.what.is_firm]
    return DayOf(
        local_date=day,
        whole=whole,
        known=hours.known_on(day),
        working=working_on(day, hours),
        busy=busy,
        free=free_time(whole, hours, busy),
        clashes=clashes(firm),
        outside=tuple(one for one in firm if _is_outside(one, hours, busy)),
    )


def _is_outside(one: Busy, hours: Hours, busy: tuple[Busy, ...]) -> bool:
    """Whether something is planned while its person does not work, or is away."""
    soft = [other for other in busy if not other.what.is_firm]
    against = {reason.what for reason in reasons_against(one.span, hours, soft)}
    return bool(against & {What.HOURS, What.AWAY})


def _rooms_used(first: date) -> set[str]:
    in_sessions = Session.objects.filter(local_date__range=(first, first + 6 * _DAY)).exclude(
        room=""
    )
    return set(in_sessions.order_by().values_list("room", flat=True).distinct())


# ---- one person --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HoursOf:
    """What is typed in for a colleague: hours of the week now and later, dates of their own, and
    time away that is not over.
    """

    membership_id: UUID
    name: str
    weekly: tuple[WorkingHours, ...]
    dated: tuple[WorkingHours, ...]
    away: tuple[TimeAway, ...]


def hours_of(membership_id: UUID, *, on: date, by: Actor) -> HoursOf:
    """A colleague's hours from a day on. Raises NotHere for anyone else's."""
    check_access(by, Action.SEE_AVAILABILITY)
    name = _colleagues(by).get(membership_id)
    if name is None:
        raise NotHere
    rows = list(
        WorkingHours.objects.filter(membership_id=membership_id).order_by(
            "from_date", "local_date", "weekday", "start"
        )
    )
    away = TimeAway.objects.filter(
        membership_id=membership_id, canceled_at__isnull=True, until_date__gte=on
    )
    return HoursOf(
        membership_id,
        name,
        tuple(
            one
            for one in rows
            if one.weekday is not None and (one.until_date is None or one.until_date >= on)
        ),
        tuple(one for one in rows if one.local_date is not None and one.local_date >= on),
        tuple(away.order_by("starts_at")),
    )


def rooms(*, by: Actor) -> tuple[Room, ...]:
    """The rooms there are now, by name."""
    check_access(by, Action.SEE_AVAILABILITY)
    return tuple(Room.objects.filter(ended_date__isnull=True).order_by("name"))


def room_names(*, by: Actor) -> tuple[str, ...]:
    """Rooms to choose from: those on the list, and those that tracks name."""
    check_access(by, Action.SEE_AVAILABILITY)
    listed = Room.objects.filter(ended_date__isnull=True).values_list("name", flat=True)
    named = Track.objects.filter(ended_date__isnull=True).exclude(room="")
    return tuple(sorted({*listed, *named.values_list("room", flat=True)}))


def _colleagues(by: Actor) -> dict[UUID, str]:
    found = Membership.objects.filter(
        organization_id=by.organization_id, deactivated_at__isnull=True
    )
    return dict(found.order_by("user__name").values_list("pk", "user__name"))
