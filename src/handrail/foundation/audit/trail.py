"""Writing the audit trail."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from handrail.core.access import Actor
from handrail.foundation.audit.models import AuditEntry
from handrail.foundation.clock import real_now

QUIET = timedelta(minutes=5)
"""Looking at the same thing again within this time is not written again."""

_operation: ContextVar[UUID | None] = ContextVar("operation", default=None)


@contextmanager
def operation() -> Iterator[UUID]:
    """Give everything recorded inside one common id: one click, one operation."""
    fresh = _operation.get() or uuid4()
    token = _operation.set(fresh)
    try:
        yield fresh
    finally:
        _operation.reset(token)


def record(
    *,
    by: Actor,
    action: str,
    subjects: Iterable[str] = (),
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write that `by` did `action`, in the transaction that does it.

    `subjects` name what it was done to, as `subject("membership", id)` spells it. `detail` holds
    old and new values of settings and roles, never a client's words.
    """
    AuditEntry(
        operation_id=_operation.get() or uuid4(),
        organization_id=by.organization_id,
        recorded_at=real_now(),
        actor_id=by.id,
        actor_name=by.name,
        action=str(action),
        subjects=sorted(set(subjects)),
        detail=dict(detail or {}),
    ).save(force_insert=True)


def record_read(*, by: Actor, action: str, subjects: Iterable[str]) -> None:
    """Write that `by` looked at these, leaving out what the same person saw within five minutes.

    All subjects of one page go into one entry. Two pages opened at once wait for each other, so
    that neither misses what the other wrote.
    """
    with transaction.atomic():
        _one_at_a_time(by)
        recent = AuditEntry.objects.filter(
            organization_id=by.organization_id,
            actor_id=by.id,
            action=str(action),
            recorded_at__gt=real_now() - QUIET,
        ).values_list("subjects", flat=True)
        seen = {one for entry in recent for one in entry}
        fresh = set(subjects) - seen
        if fresh:
            record(by=by, action=action, subjects=fresh)


def subject(kind: str, key: object) -> str:
    """How the trail spells a thing: `subject("membership", id)`."""
    return f"{kind}:{key}"


def _one_at_a_time(by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"read {by.organization_id} {by.id}"],
        )
