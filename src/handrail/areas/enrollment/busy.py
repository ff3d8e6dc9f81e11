"""Individual and family hours take the colleague who holds them."""

from collections.abc import Iterator
from datetime import timedelta

from handrail.areas.enrollment.course_records import appointment_time
from handrail.areas.enrollment.models import Appointment
from handrail.areas.schedule.busy import Taken, Window
from handrail.core.availability import Busy, Span, What

_AROUND = timedelta(days=2)
"""Hours are kept by local date: a day is at most this far from its moments in UTC."""


def busy(window: Window) -> Iterator[Taken]:
    """The hours of these people that were not canceled. One query."""
    dates = (window.since.date() - _AROUND, window.until.date() + _AROUND)
    rows = Appointment.objects.filter(membership_id__in=window.people, local_date__range=dates)
    for row in rows.exclude(held=False):
        span = Span(*appointment_time(row))
        said = Busy(span, What.APPOINTMENT, "has another hour", f"appointment:{row.pk}")
        yield Taken(said, person=row.membership_id)
