"""Booked screenings of the day that nobody has marked yet."""

from collections.abc import Collection, Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.booking.models import Booking, BookingState, ScreeningSlot
from handrail.areas.worklist.kinds import Item, Kind, Place, itself
from handrail.core.access import Action, Role


class ScreeningToday(Kind):
    """A booked screening, on its day, for whoever holds it; intake sees every one."""

    code = "screening"
    words = "Hold a screening that is booked today"
    permissions = (Action.BOOK_SCREENING,)
    watchers = frozenset({Role.INTAKE_COORDINATOR})
    covers = "inquiry"
    reads = ("booking__phone", "booking__email", "booking__leave_message")
    follows = {  # noqa: RUF012
        Booking: lambda rows: {one.slot_id for one in rows},
        ScreeningSlot: itself,
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """It stands for the inquiry it came from."""
        rows = Booking.objects.filter(
            organization_id=at.organization_id,
            state=BookingState.BOOKED,
            slot__withdrawn_at__isnull=True,
        )
        if scopes is not None:
            rows = rows.filter(slot_id__in=scopes)
        return [_item(one, at) for one in rows.select_related("slot")]


def _item(row: Booking, at: Place) -> Item:
    slot = row.slot
    day = slot.starts_at.astimezone(ZoneInfo(at.zone)).date()
    return Item(
        key=str(slot.pk),
        scope=slot.pk,
        booking_id=row.pk,
        inquiry_id=row.inquiry_id,
        owner_id=slot.membership_id,
        due_at=slot.starts_at,
        visible_from=at.begins(day),
        visible_until=at.is_over(day),
        escalates_at=at.begins(day),
        facts={
            "starts": slot.starts_at,
            "ends": slot.ends_at,
            "zone": slot.zone,
            "minutes": slot.minutes,
            "how": slot.how,
            "room": slot.room,
        },
    )


KINDS = (ScreeningToday(),)
