"""Working hours, time away and rooms; and the one check that everything planned goes through."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from handrail.areas.organizations.models import Membership
from handrail.areas.schedule import conflicts as occupied
from handrail.areas.schedule import errors
from handrail.areas.schedule.models import Room, TimeAway, WorkingHours
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.availability import Hours, Span, What
from handrail.core.course.local_time import check_zone, utc_of
from handrail.core.errors import Invalid
from handrail.foundation.audit import trail

_DAY = timedelta(days=1)
Stretch = tuple[time, time]


# ---- the one check -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Someone, or a room, wanted for a span of time."""

    span: Span
    membership_id: UUID | None = None
    room: str = ""


def check_free(
    wanted: Sequence[Wanted],
    *,
    by: Actor,
    confirmed: str = "",
    apart_from: Collection[What] = (),
    moving: Collection[str] = (),
) -> None:
    """Let people and rooms be planned only where they are free, and hold them until it is written.

    Being in two places at once is refused: PersonTaken, RoomTaken. Time away and hours outside the
    working day are asked about first (AskFirst), since people do trade evenings. `apart_from`
    leaves out reasons that the caller decides about itself; `moving` names what is planned anew,
    for example "slot:<id>", so that it does not stand in its own way.
    """
    asked = question_about(wanted, by=by, apart_from=apart_from, moving=moving)
    errors.ask(asked, confirmed=confirmed)


def question_about(
    wanted: Sequence[Wanted],
    *,
    by: Actor,
    apart_from: Collection[What] = (),
    moving: Collection[str] = (),
) -> errors.NotFreeThen | None:
    """What would be asked about these first, to be asked together with something else. Raises
    PersonTaken or RoomTaken where someone or a room would be taken twice.
    """
    if not wanted:
        return None
    firm, soft = _against(wanted, by, apart_from, moving)
    if firm:
        raise firm[0]
    return errors.NotFreeThen(tuple(soft[:3])) if soft else None


def _against(
    wanted: Sequence[Wanted], by: Actor, apart_from: Collection[What], moving: Collection[str]
) -> tuple[list[Invalid], list[Invalid]]:
    people = {one.membership_id for one in wanted if one.membership_id}
    rooms = {one.room for one in wanted if one.room}
    occupied.hold(by.organization_id, [*people, *rooms])
    found = occupied.occupied(
        min(one.span.since for one in wanted),
        max(one.span.until for one in wanted),
        organization_id=by.organization_id,
        people=people,
        rooms=rooms,
    )
    names = occupied.names_of(people, by.organization_id)
    firm: dict[str, Invalid] = {}
    soft: dict[str, Invalid] = {}
    for one in wanted:
        for wrong in _reasons(one, found, names, moving):
            what = wrong.reason.what
            if what not in apart_from:
                # A closed house is no question either: somebody has to open it first.
                hard = what.is_firm or what is What.CLOSED
                (firm if hard else soft).setdefault(str(wrong), wrong)
    return list(firm.values()), list(soft.values())


def _reasons(
    one: Wanted, found: occupied.Occupied, names: dict[UUID, str], moving: Collection[str]
) -> Iterator[errors.PersonTaken | errors.RoomTaken]:
    if one.membership_id:
        hours = found.hours.get(one.membership_id, Hours(found.zone))
        for reason in found.against_person(one.membership_id, one.span, apart_from=moving):
            yield errors.PersonTaken(names[one.membership_id], reason, hours)
    if one.room:
        for reason in found.against_room(one.room, one.span, apart_from=moving):
            yield errors.RoomTaken(one.room, reason, found.zone)


# ---- hours -------------------------------------------------------------------------------------


@transaction.atomic
def set_weekly_hours(
    *,
    membership_id: UUID,
    hours: Iterable[tuple[int, time, time]],
    zone: str,
    from_date: date,
    by: Actor,
    at: datetime,
) -> list[WorkingHours]:
    """Say when a colleague works each week, from a day on: (weekday, start, end), 0 is Monday.

    What was in force before ends the day before. No hours at all: nothing is known, and any time
    will do.
    """
    check_access(by, Action.SET_AVAILABILITY)
    _colleague(membership_id, by)
    check_zone(zone)
    wanted = sorted(set(hours))
    _check_week(wanted)
    earlier = WorkingHours.objects.select_for_update().filter(
        membership_id=membership_id, weekday__isnull=False
    )
    earlier.filter(from_date__gte=from_date).delete()
    earlier.filter(until_date__isnull=True).update(until_date=from_date - _DAY)
    earlier.filter(until_date__gte=from_date).update(until_date=from_date - _DAY)
    made = WorkingHours.objects.bulk_create(
        WorkingHours(
            organization_id=by.organization_id,
            membership_id=membership_id,
            weekday=weekday,
            start=start,
            end=end,
            zone=zone,
            from_date=from_date,
            recorded_at=at,
            recorded_by=by.name,
        )
        for weekday, start, end in wanted
    )
    _record(by, "weekly hours", "membership", membership_id, day=from_date)
    return made


@transaction.atomic
def set_hours_of_date(
    *,
    membership_id: UUID,
    local_date: date,
    hours: Iterable[Stretch],
    zone: str,
    by: Actor,
    at: datetime,
) -> list[WorkingHours]:
    """Say when a colleague works on one date, in place of the week's hours; nothing: not here."""
    check_access(by, Action.SET_AVAILABILITY)
    _colleague(membership_id, by)
    check_zone(zone)
    wanted: list[Stretch] = sorted(set(hours))
    _check_week([(0, start, end) for start, end in wanted])
    _of_date(membership_id, local_date).delete()
    both: list[tuple[time | None, time | None]] = [*wanted] or [(None, None)]
    made = WorkingHours.objects.bulk_create(
        WorkingHours(
            organization_id=by.organization_id,
            membership_id=membership_id,
            local_date=local_date,
            start=start,
            end=end,
            zone=zone,
            recorded_at=at,
            recorded_by=by.name,
        )
        for start, end in both
    )
    _record(by, "hours of a date", "membership", membership_id, day=local_date)
    return made


@transaction.atomic
def forget_hours_of_date(*, membership_id: UUID, local_date: date, by: Actor, at: datetime) -> None:
    """Let the week's hours count on a date again."""
    check_access(by, Action.SET_AVAILABILITY)
    _colleague(membership_id, by)
    _of_date(membership_id, local_date).delete()
    _record(by, "the week's hours again", "membership", membership_id, day=local_date)


# ---- time away ---------------------------------------------------------------------------------


@transaction.atomic
def record_time_away(
    *,
    membership_id: UUID,
    from_date: date,
    until_date: date,
    zone: str,
    by: Actor,
    at: datetime,
    start: time | None = None,
    end: time | None = None,
    why: str = "",
    confirmed: str = "",
) -> TimeAway:
    """Say that a colleague is away: whole days, or hours of one day.

    What they are planned for in that time stays planned and is asked about first: somebody has to
    take it over.
    """
    check_access(by, Action.SET_AVAILABILITY)
    name = _colleague(membership_id, by)
    check_zone(zone)
    span = _away_span(from_date, until_date, start, end, zone)
    if span.until <= at:
        raise errors.TimeOver
    errors.ask(_planned_then(membership_id, name, span, by), confirmed=confirmed)
    made = TimeAway.objects.create(
        organization_id=by.organization_id,
        membership_id=membership_id,
        from_date=from_date,
        until_date=until_date,
        start=start,
        end=end,
        zone=zone,
        starts_at=span.since,
        ends_at=span.until,
        why=why.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    _record(by, "time away", "membership", membership_id, day=from_date)
    return made


@transaction.atomic
def cancel_time_away(*, time_away_id: UUID, by: Actor, at: datetime) -> TimeAway:
    """Take time away back: they are there after all."""
    check_access(by, Action.SET_AVAILABILITY)
    row = TimeAway.objects.select_for_update().filter(pk=time_away_id).first()
    if row is None:
        raise NotHere
    if row.canceled_at is None:
        row.canceled_at, row.canceled_by = at, by.name
        row.save(update_fields=["canceled_at", "canceled_by"])
        _record(by, "there after all", "membership", row.membership_id, day=row.from_date)
    return row


def _away_span(
    from_date: date, until_date: date, start: time | None, end: time | None, zone: str
) -> Span:
    if until_date < from_date:
        raise errors.LastBeforeFirst
    if (until_date - from_date).days > 366:
        raise errors.OverAYear
    if start is None and end is None:
        return Span(utc_of(from_date, time(), zone), utc_of(until_date + _DAY, time(), zone))
    if start is None or end is None:
        raise errors.HalfAStretch
    if from_date != until_date:
        raise errors.HoursOfSeveralDays
    if end <= start:
        raise errors.EndBeforeStart
    return Span(utc_of(from_date, start, zone), utc_of(from_date, end, zone))


def _planned_then(
    membership_id: UUID, name: str, span: Span, by: Actor
) -> errors.PlannedThen | None:
    """The question about what somebody is planned for while they would be away."""
    found = occupied.occupied(
        span.since, span.until, organization_id=by.organization_id, people=[membership_id]
    )
    hours = found.hours[membership_id]
    planned = [
        one for one in found.people[membership_id] if one.what.is_firm and one.span.overlaps(span)
    ]
    planned.sort(key=lambda one: one.span.since)
    taken = tuple(errors.PersonTaken(name, one, hours) for one in planned)
    return errors.PlannedThen(taken) if taken else None


# ---- rooms -------------------------------------------------------------------------------------


@transaction.atomic
def record_room(*, name: str, capacity: int | None, by: Actor, at: datetime) -> Room:
    """Put a room on the list, or change how many people it holds. One that was given up is back."""
    check_access(by, Action.SET_AVAILABILITY)
    words = " ".join(name.split())[:80]
    if not words:
        raise errors.RoomUnnamed
    if capacity is not None and capacity < 1:
        raise errors.RoomForNobody
    # Made by somebody else at this moment, Django reads that one and changes it.
    made, _ = Room.objects.update_or_create(
        organization_id=by.organization_id,
        name=words,
        defaults={"capacity": capacity, "ended_date": None},
    )
    _record(by, "room", "room", made.pk)
    return made


@transaction.atomic
def end_room(*, room_id: UUID, on_date: date, by: Actor, at: datetime) -> Room:
    """Take a room off the list. What is planned in it stays planned."""
    check_access(by, Action.SET_AVAILABILITY)
    row = Room.objects.select_for_update().filter(pk=room_id).first()
    if row is None:
        raise NotHere
    row.ended_date = on_date
    row.save(update_fields=["ended_date"])
    _record(by, "room ends", "room", row.pk)
    return row


# ---- small things ------------------------------------------------------------------------------


def _colleague(membership_id: UUID, by: Actor) -> str:
    """The name of someone who works here now. Raises NotHere."""
    found = Membership.objects.filter(
        pk=membership_id, organization_id=by.organization_id, deactivated_at__isnull=True
    )
    name = found.values_list("user__name", flat=True).first()
    if name is None:
        raise NotHere
    return name


def _check_week(wanted: Sequence[tuple[int, time, time]]) -> None:
    last: dict[int, time] = {}
    for weekday, start, end in wanted:
        if start == end:
            raise errors.NoTimeBetween
        if weekday in last and start < last[weekday]:
            raise errors.StretchesOverlap
        # One that goes past midnight has nothing after it on its day.
        last[weekday] = end if end > start else time.max


def _of_date(membership_id: UUID, local_date: date) -> QuerySet[WorkingHours]:
    return WorkingHours.objects.filter(membership_id=membership_id, local_date=local_date)


def _record(by: Actor, what: str, kind: str, key: UUID, *, day: date | None = None) -> None:
    trail.record(
        by=by,
        action=Action.SET_AVAILABILITY,
        subjects=[trail.subject(kind, key)],
        detail={"what": what} | ({"day": day.isoformat()} if day else {}),
    )
