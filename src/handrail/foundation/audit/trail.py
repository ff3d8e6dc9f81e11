"""Writing the audit trail."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from handrail.core.access import Actor
from handrail.foundation.audit.models import AuditEntry, AuditSubject
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
    entry = AuditEntry(
        operation_id=_operation.get() or uuid4(),
        organization_id=by.organization_id,
        recorded_at=real_now(),
        actor_id=by.id,
        actor_name=by.name,
        action=str(action),
        subjects=sorted(set(subjects)),
        detail=dict(detail or {}),
    )
    entry.save(force_insert=True)
    AuditSubject.objects.bulk_create(
        AuditSubject(
            organization_id=entry.organization_id,
            subject=one,
            entry=entry,
            recorded_at=entry.recorded_at,
        )
        for one in entry.subjects
    )


def record_read(*, by: Actor, action: str, subjects: Iterable[str]) -> None:
    """Write that `by` looked at these, leaving out what the same person saw within five minutes.

    All subjects of one page go into one entry. A page that shows nothing new costs one query. Two
    pages opened at once wait for each other, so that neither misses what the other wrote.
    """
    asked = set(subjects)
    if not asked - _seen(by, action):
        return
    with transaction.atomic(savepoint=False):
        _one_at_a_time(by)
        fresh = asked - _seen(by, action)
        if fresh:
            record(by=by, action=action, subjects=fresh)


def subject(kind: str, key: object) -> str:
    """How the trail spells a thing: `subject("membership", id)`."""
    return f"{kind}:{key}"


def _seen(by: Actor, action: str) -> set[str]:
    """What this person looked at within the five minutes: by an index, whatever the trail holds."""
    recent = AuditEntry.objects.filter(
        organization_id=by.organization_id,
        actor_id=by.id,
        action=str(action),
        recorded_at__gt=real_now() - QUIET,
    ).values_list("subjects", flat=True)
    return {one for entry in recent for one in entry}


def _one_at_a_time(by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"read {by.organization_id} {by.id}"],
        )
