"""On how many days someone was at a session in the stay that is open."""

from uuid import UUID

from handrail.areas.enrollment.models import Attendance
from handrail.core.access import Action, Actor, check_access


def session_days(client_id: UUID, *, by: Actor) -> int:
    """Days of sessions that the client was at since the open episode began. One query."""
    check_access(by, Action.READ_CHART)
    rows = Attendance.objects.filter(
        organization_id=by.organization_id,
        client=client_id,
        absent=False,
        episode__closed_date__isnull=True,
    ).exclude(session__state__in=("planned", "canceled"))
    return rows.order_by().values("session__local_date").distinct().count()
