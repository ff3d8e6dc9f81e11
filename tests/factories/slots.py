"""Hours, time away, rooms, screening slots and bookings for tests."""

from datetime import date, time

from handrail.areas.programs.services import availability
from handrail.core.access import Actor
from tests.factories.programs import AT, NEW_YORK


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


def one_of_each(by: Actor, place) -> dict[str, object]:
    """Something for each kind of argument that an address of availability can take."""
    gone = away(by, place, date(2027, 5, 3))
    room = availability.record_room(name="Small room", capacity=4, by=by, at=AT)
    return {"time_away_id": gone.pk, "room_id": room.pk}
