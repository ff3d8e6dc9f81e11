"""Reading the audit trail."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handrail.foundation.audit.models import AuditEntry, AuditSubject

PAGE = 50


def entries(
    *,
    actor_id: str = "",
    action: str = "",
    day: date | None = None,
    zone: str = "UTC",
    before: int | None = None,
) -> tuple[list[AuditEntry], int | None]:
    """A page of the trail, newest first, and where the next one begins (None: there is none).

    `day` is a calendar day at `zone`. `before` is the key a page ended with, so that a page
    costs the same however far back it is.
    """
    found = AuditEntry.objects.order_by("-id")
    if actor_id:
        found = found.filter(actor_id=actor_id)
    if action:
        found = found.filter(action=action)
    if day:
        begins = datetime.combine(day, time(), ZoneInfo(zone))
        ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
        found = found.filter(recorded_at__gte=begins, recorded_at__lt=ends)
    if before:
        found = found.filter(id__lt=before)
    return _page(list(found[: PAGE + 1]))


def entries_about(
    subject: str, *, before: int | None = None
) -> tuple[list[AuditEntry], int | None]:
    """A page of what was done to one thing and who looked at it, newest first.

    `subject` is spelled as `trail.subject("client", id)` spells it; the rest is as in `entries`.
    """
    found = AuditSubject.objects.filter(subject=subject).order_by("-entry_id")
    if before:
        found = found.filter(entry_id__lt=before)
    return _page([one.entry for one in found.select_related("entry")[: PAGE + 1]])


def _page(found: list[AuditEntry]) -> tuple[list[AuditEntry], int | None]:
    more = len(found) > PAGE
    return found[:PAGE], found[PAGE - 1].pk if more else None
