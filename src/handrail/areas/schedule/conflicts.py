"""What takes people and rooms, gathered from every calendar here in a fixed number of queries.

The core decides from it (core/availability.py). No client is named in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection

from handrail.areas.organizations.models import Membership
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.schedule.busy import Window, taken_elsewhere
from handrail.areas.schedule.models import (
    Closure,
    Session,
    SessionFacilitator,
    TimeAway,
    WorkingHours,
)
from handrail.core.availability import (
    Busy,
    DatedHours,
    Hours,
    Span,
    WeeklyHours,
    What,
    reasons_against,
)
from handrail.core.course.local_time import utc_of
from handrail.core.course.schedule import Modality
from handrail.core.course.session_states import State

_DAY = timedelta(days=1)


@dataclass
class Occupied:
    """What is known of people (by membership) and rooms (by name) between two moments."""

    zone: str
    hours: dict[UUID, Hours] = field(default_factory=dict)
    people: dict[UUID, list[Busy]] = field(default_factory=lambda: defaultdict(list))
    rooms: dict[str, list[Busy]] = field(default_factory=lambda: defaultdict(list))
    closed: list[Busy] = field(default_factory=list)

    def against_person(
        self, membership_id: UUID, span: Span, *, apart_from: Collection[str] = ()
    ) -> tuple[Busy, ...]:
        """What stands against someone being there, leaving out the things with these keys."""
        busy = [one for one in self.people.get(membership_id, ()) if one.key not in apart_from]
        hours = self.hours.get(membership_id, Hours(self.zone))
        return reasons_against(span, hours, [*busy, *self.closed])

    def against_room(
        self, room: str, span: Span, *, apart_from: Collection[str] = ()
    ) -> tuple[Busy, ...]:
        """What stands against using a room."""
        busy = [one for one in self.rooms.get(room, ()) if one.key not in apart_from]
        return reasons_against(span, Hours(self.zone), [*busy, *self.closed])


def occupied(
    since: datetime,
    until: datetime,
    *,
    organization_id: UUID,
    people: Collection[UUID] = (),
    rooms: Collection[str] = (),
) -> Occupied:
    """Read what takes these people and rooms. Seven queries, however many they are."""
    found = Occupied(rules_of(organization_id).zone)
    first, last = since.date() - 2 * _DAY, until.date() + 2 * _DAY
    found.hours = _hours(people, first, last, found.zone)
    _away(found, people, since, until)
    _closed(found, first, last)
    _sessions(found, people, rooms, since, until)
    for one in taken_elsewhere(Window(since, until, frozenset(people), frozenset(rooms))):
        if one.person:
            found.people[one.person].append(one.busy)
        else:
            found.rooms[one.room].append(one.busy)
    return found


def hold(organization_id: UUID, names: Iterable[object]) -> None:
    """Hold people and rooms until the transaction ends: two screens that look at the same moment
    cannot both find them free.
    """
    with connection.cursor() as cursor:
        for one in sorted({str(name) for name in names if name}):
            cursor.execute(
                "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"free {organization_id} {one}"],
            )


def names_of(people: Collection[UUID], organization_id: UUID) -> dict[UUID, str]:
    """The names of colleagues by membership."""
    found = Membership.objects.filter(pk__in=people, organization_id=organization_id)
    return dict(found.values_list("pk", "user__name"))


# ---- reading -----------------------------------------------------------------------------------


def _hours(people: Collection[UUID], first: date, last: date, zone: str) -> dict[UUID, Hours]:
    weekly: dict[UUID, list[WeeklyHours]] = defaultdict(list)
    dated: dict[UUID, list[DatedHours]] = defaultdict(list)
    rows = WorkingHours.objects.filter(membership_id__in=people)
    for row in rows.order_by("weekday", "local_date", "start"):
        if row.local_date is not None:
            if first <= row.local_date <= last:
                dated[row.membership_id].append(
                    DatedHours(row.local_date, row.start, row.end, row.zone)
                )
        elif row.weekday is not None and row.start and row.end and row.from_date:
            weekly[row.membership_id].append(
                WeeklyHours(
                    row.weekday, row.start, row.end, row.zone, row.from_date, row.until_date
                )
            )
    return {one: Hours(zone, tuple(weekly[one]), tuple(dated[one])) for one in people}


def _away(found: Occupied, people: Collection[UUID], since: datetime, until: datetime) -> None:
    rows = TimeAway.objects.filter(
        membership_id__in=people, canceled_at__isnull=True, starts_at__lt=until, ends_at__gt=since
    )
    for row in rows:
        found.people[row.membership_id].append(
            Busy(Span(row.starts_at, row.ends_at), What.AWAY, row.why, f"away:{row.pk}")
        )


def _closed(found: Occupied, first: date, last: date) -> None:
    for row in Closure.objects.filter(local_date__range=(first, last)):
        begins = utc_of(row.local_date, time(), found.zone)
        ends = utc_of(row.local_date + _DAY, time(), found.zone)
        found.closed.append(Busy(Span(begins, ends), What.CLOSED, row.reason, f"closure:{row.pk}"))


def _sessions(
    found: Occupied,
    people: Collection[UUID],
    rooms: Collection[str],
    since: datetime,
    until: datetime,
) -> None:
    led = (
        SessionFacilitator.objects.filter(
            membership_id__in=people, session__starts_at__lt=until, session__ends_at__gt=since
        )
        .exclude(session__state=State.CANCELED.value)
        .select_related("session__track")
    )
    for one in led:
        found.people[one.membership_id].append(
            _session(one.session, f"leads {one.session.track.name}")
        )
    if not rooms:
        return
    held_there = (
        Session.objects.filter(room__in=rooms, starts_at__lt=until, ends_at__gt=since)
        .exclude(state=State.CANCELED.value)
        .exclude(modality=Modality.ONLINE.value)
        .select_related("track")
    )
    for session in held_there:
        found.rooms[session.room].append(
            _session(session, f"{session.track.name}, session {session.number}")
        )


def _session(row: Session, words: str) -> Busy:
    return Busy(Span(row.starts_at, row.ends_at), What.SESSION, words, f"session:{row.pk}")
