"""The way in at the demo's houses: hours and rooms, times for a first talk, and who booked one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from handrail.areas.booking.models import How
from handrail.areas.booking.services import bookings, publishing, slots
from handrail.areas.booking.services.publishing import Said
from handrail.areas.schedule.models import Program, Room, TimeAway, WorkingHours
from handrail.core.access import Actor, system_actor
from handrail.core.course.local_time import utc_of
from handrail.demo.calendar import LaidOut
from handrail.demo.house import ZONE, House

_PUBLIC = "public booking"
_DAYS = 8
_KEYS = 60
_WEEK = range(7)


@dataclass(frozen=True, slots=True)
class _Offer:
    """Who offers times, on which days from tonight on, from when to when."""

    who: str
    ahead: tuple[int, ...]
    first: time
    last: time
    how: How
    room: str = ""


def open_doors(house: House, tracks: dict[str, LaidOut], by: Actor) -> None:
    """Alder Street: hours of those who work by them, two rooms, times tonight and this week, one
    booked for tonight and one for later. Dev is away on an evening on which he leads a group.
    """
    _set_hours(house, "ines", _WEEK, time(11), time(20))
    _set_hours(house, "mara", tracks["evening"].track.days, time(14), time(22))
    _set_hours(house, "dev", tracks["online"].track.days, time(15), time(22))
    next_led = next(
        one.local_date
        for one in tracks["online"].sessions
        if one.local_date > house.day + timedelta(days=5)
    )
    _away(house, "dev", next_led, "training")
    for name, capacity in (("Maple Room", 14), ("Cedar Room", 16), ("Small Room", 4)):
        house.rows.add(
            Room(
                id=house.key("room", name),
                organization_id=house.organization_id,
                name=name,
                capacity=capacity,
            )
        )
    house.rows.save()
    _publish(house, by)
    made = _offer(
        house,
        by,
        _Offer("ines", tuple(range(_DAYS)), time(18), time(20), How.PHONE),
        _Offer("ines", (1, 3), time(12), time(14), How.ROOM, "Small Room"),
    )
    people = (
        (made[0], bookings.Person("Renata", phone="(555) 555-0171", leave_message=False)),
        (made[5], bookings.Person("Mrs. Oyelaran", phone="(555) 555-0172", for_someone=True)),
    )
    for number, (slot, person) in enumerate(people):
        bookings.book(
            slot_id=slot,
            person=person,
            program_name="Intensive outpatient",
            by=system_actor(_PUBLIC, house.organization_id),
            at=house.now - timedelta(hours=2 + number),
            booking_id=house.key("booking", number),
            fresh_inquiry_id=house.key("booking", number, "inquiry"),
        )


def open_small_door(house: House, by: Actor) -> None:
    """Harbor Light: one program, and times by phone tomorrow."""
    _publish(house, by)
    _offer(house, by, _Offer("jonah", (1, 2, 4), time(14), time(16), How.PHONE))


# ---- in detail ---------------------------------------------------------------------------------


def _set_hours(house: House, who: str, days: Iterable[int], start: time, end: time) -> None:
    for day in sorted(int(one) for one in days):
        house.rows.add(
            WorkingHours(
                id=house.key("hours", who, day),
                organization_id=house.organization_id,
                membership_id=house.staff[who].membership_id,
                weekday=day,
                start=start,
                end=end,
                zone=ZONE,
                from_date=house.days_ago(120),
                recorded_at=house.at(house.days_ago(121), 10),
                recorded_by=house.staff["paul"].name,
            )
        )


def _away(house: House, who: str, day: date, why: str) -> None:
    house.rows.add(
        TimeAway(
            id=house.key("away", who),
            organization_id=house.organization_id,
            membership_id=house.staff[who].membership_id,
            from_date=day,
            until_date=day,
            zone=ZONE,
            starts_at=utc_of(day, time(), ZONE),
            ends_at=utc_of(day + timedelta(days=1), time(), ZONE),
            why=why,
            recorded_at=house.at(house.days_ago(6), 9),
            recorded_by=house.staff["paul"].name,
        )
    )


def _publish(house: House, by: Actor) -> None:
    alder = house.name.startswith("Alder")
    for program in Program.objects.order_by("name"):
        said = Said(
            phone="(555) 555-0142" if alder else "(555) 555-0163",
            about=(
                "Groups for people who go on living at home and working. Family is welcome from"
                " the second week."
                if alder
                else "A small house by the harbor, with groups in the morning."
            ),
            insurance=("Medicaid", "Medicare", "Most commercial plans", "Sliding fee")
            if alder
            else ("Medicaid", "Self-pay"),
            languages=("English", "Spanish") if alder else ("English",),
            ages_from=18,
            street="12 Alder Street" if alder else "4 Harbor Lane",
            city="Columbus" if alder else "Toledo",
            state="OH",
            zip_code="43215" if alder else "43604",
        )
        publishing.publish_program(
            program_id=program.pk,
            said=said,
            verified_date=house.days_ago(4 if alder else 26),
            by=by,
            at=house.now,
            published_id=house.key("published", program.name),
        )


def _offer(house: House, by: Actor, *offers: _Offer) -> list[UUID]:
    found: list[UUID] = []
    for number, one in enumerate(offers):
        series = slots.Series(
            dates=tuple(house.day + timedelta(days=day) for day in one.ahead),
            first=one.first,
            last=one.last,
            minutes=30,
            how=one.how,
            room=one.room,
        )
        done = slots.offer_slots(
            membership_id=house.staff[one.who].membership_id,
            series=series,
            by=by,
            at=house.now - timedelta(hours=6),
            keys=[house.key("slot", number, each) for each in range(_KEYS)],
        )
        found += [slot.pk for slot in done.slots]
    return found
