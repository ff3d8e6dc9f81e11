"""Screening times take the colleague who offers them, and their room."""

from collections.abc import Iterator

from handrail.areas.booking.models import ScreeningSlot
from handrail.areas.schedule.busy import Taken, Window
from handrail.core.availability import Busy, Span, What


def busy(window: Window) -> Iterator[Taken]:
    """The screening times that are not withdrawn. One query."""
    rows = ScreeningSlot.objects.filter(
        withdrawn_at__isnull=True, starts_at__lt=window.until, ends_at__gt=window.since
    )
    for row in rows.order_by("starts_at", "id"):
        span, key = Span(row.starts_at, row.ends_at), f"slot:{row.pk}"
        if row.membership_id in window.people:
            said = Busy(span, What.SCREENING, "has a screening time", key)
            yield Taken(said, person=row.membership_id)
        if row.room and row.room in window.rooms:
            yield Taken(Busy(span, What.SCREENING, "a screening", key), room=row.room)
