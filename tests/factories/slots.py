"""Hours, time away, rooms, screening slots and bookings for tests."""

from datetime import date, time

from handrail.areas.booking.models import How
from handrail.areas.booking.services import bookings, publishing, slots
from handrail.areas.booking.tokens import SlotName, slot_token
from handrail.areas.schedule.models import Program
from handrail.areas.schedule.services import availability
from handrail.core.access import Actor
from tests.factories.programs import AT, NEW_YORK, TODAY


def hours(by: Actor, place, *days: int, start: time = time(9), end: time = time(17)):
    """Working hours on these days of the week, since the beginning of November."""
    return availability.set_weekly_hours(
        membership_id=place.pk,
        hours=[(day, start, end) for day in days or range(5)],
        zone=NEW_YORK,
        from_date=date(2026, 11, 1),
        by=by,
        at=AT,
    )


def away(by: Actor, place, first: date, last: date | None = None, **more):
    """Time away of somebody."""
    return availability.record_time_away(
        membership_id=place.pk,
        from_date=first,
        until_date=last or first,
        zone=NEW_YORK,
        by=by,
        at=AT,
        **more,
    )


def offer(by: Actor, place, *days: date, first=time(18), last=time(20), minutes=30, **more):
    """Slots of half an hour from six to eight in the evening, by phone."""
    given = {"how": How.PHONE} | more
    series = slots.Series(
        dates=days or (date(2026, 11, 25),), first=first, last=last, minutes=minutes, **given
    )
    return slots.offer_slots(membership_id=place.pk, series=series, by=by, at=AT).slots


def publish(by: Actor, program, **more):
    """The program as the public sees it."""
    said = publishing.Said(**({"phone": "(555) 555-0142", "zip_code": "43215"} | more))
    return publishing.publish_program(
        program_id=program.pk, said=said, verified_date=TODAY, by=by, at=AT
    )


def person(called="Jo", **more) -> bookings.Person:
    """Somebody with a phone."""
    return bookings.Person(called, **({"phone": "555-0155"} | more))


def token(published, slot) -> str:
    """The public address of an open time."""
    return slot_token(SlotName(slot.organization_id, slot.pk, published.pk))


def one_of_each(by: Actor, place) -> dict[str, object]:
    """Something for each kind of argument that an address of availability or slots can take."""
    gone = away(by, place, date(2027, 5, 3))
    room = availability.record_room(name="Small room", capacity=4, by=by, at=AT)
    first, second, *_ = offer(by, place, date(2026, 12, 29), first=time(7), last=time(9))
    booked = bookings.book(slot_id=first.pk, person=person(), by=by, at=AT)
    shown = publish(by, Program.objects.first())
    return {
        "time_away_id": gone.pk,
        "room_id": room.pk,
        "slot_id": second.pk,
        "booking_id": booked.pk,
        "program_id": shown.program_id,
        "published_id": shown.pk,
    }
