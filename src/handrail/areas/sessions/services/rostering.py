"""Everyone who is expected at a session has a record at it."""

from datetime import datetime

from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes import session_record as evening
from handrail.areas.schedule.models import Session
from handrail.core.access import Actor
from handrail.core.course.roster import Place


def store_roster(session: Session, *, by: Actor, at: datetime) -> None:
    """Give everyone on the computed roster a record; people who have one keep what was marked.

    Someone who came unannounced and was enrolled or booked meanwhile is now expected.
    """
    stored = {one.client_id: one for one in session.attendances.all()}
    fresh = []
    for row in evening.expected_rows(session):
        known = stored.get(row.client_id)
        if known is None:
            row.version, row.marked_at, row.marked_by = 1, at, by.name
            fresh.append(row)
        elif known.place == Place.UNANNOUNCED.value:
            known.place = row.place
            known.save(update_fields=["place"])
    Attendance.objects.bulk_create(fresh)
