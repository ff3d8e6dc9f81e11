"""Keeping the worklist: refreshed from the facts by whoever changes them; assigned and snoozed.

A service that changes a fact ends with `refresh_due(row, by=by, at=at)`, in its transaction. Which
kinds follow from such a row, the kinds say themselves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from handrail.areas.worklist import errors
from handrail.areas.worklist.items import (
    as_computed,
    computed_fields,
    place_of,
    row_of,
)
from handrail.areas.worklist.kinds import Item, Kind, kinds
from handrail.areas.worklist.models import WorkItem
from handrail.areas.worklist.selectors import Colleague, colleagues, for_whom
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import raise_any, too_long
from handrail.core.worklist import SNOOZE_AT_MOST
from handrail.foundation.audit import trail

LONGEST_REASON = 200


# ---- following the facts -----------------------------------------------------------------------


def refresh_due(*changed: Model, by: Actor, at: datetime) -> None:
    """Bring every item that follows from these rows up to date, in the caller's transaction.

    The rows say what changed; the items are computed from what the database holds now, so call it
    last. A row that nothing follows from costs nothing.
    """
    rows: dict[type[Model], list[Model]] = defaultdict(list)
    for one in changed:
        rows[type(one)].append(one)
    scopes: dict[str, set[UUID]] = defaultdict(set)
    for kind in kinds().values():
        for table in rows.keys() & kind.follows.keys():
            scopes[kind.code].update(kind.follows[table](rows[table]))
    wanted = {code: found for code, found in scopes.items() if found}
    if wanted:
        _refresh(wanted, by.organization_id, by.name, at)


@transaction.atomic
def rebuild(*, organization_id: UUID, by_name: str, at: datetime) -> int:
    """Compute the whole worklist of the organization anew; how many rows that changed.

    For a load of rows that came by no service, and when a rule changed. Runs inside the
    organization (`tenancy.within`).
    """
    place = place_of(organization_id)
    rows = WorkItem.objects.filter(organization_id=organization_id, closed_at__isnull=True)
    written: dict[str, list[WorkItem]] = defaultdict(list)
    for one in rows.select_for_update():
        written[one.kind].append(one)
    changes = 0
    for code, kind in kinds().items():
        found = list(kind.items(place))
        changes += _write(kind, found, written.pop(code, []), organization_id, by_name, at)
    for gone in written.values():
        changes += _close(gone, by_name, at)
    return changes


def _refresh(
    scopes: Mapping[str, Collection[UUID]], organization_id: UUID, by_name: str, at: datetime
) -> None:
    _one_at_a_time(organization_id, scopes)
    place = place_of(organization_id)
    for code, found in scopes.items():
        kind = kinds()[code]
        rows = WorkItem.objects.filter(
            organization_id=organization_id, kind=code, scope__in=found, closed_at__isnull=True
        )
        items = list(kind.items(place, found))
        _write(kind, items, list(rows), organization_id, by_name, at)


def _one_at_a_time(organization_id: UUID, scopes: Mapping[str, Collection[UUID]]) -> None:
    """Two changes of one scope at once wait for each other, so that neither computes without the
    other's rows. Always in the same order, so that they do not wait for each other in a circle.
    """
    names = sorted(
        f"due {organization_id} {code} {scope}" for code, found in scopes.items() for scope in found
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(one, 0))"
            " from unnest(%s::text[]) with ordinality as t(one, place) order by place",
            [names],
        )


def _write(
    kind: Kind,
    items: Iterable[Item],
    rows: Iterable[WorkItem],
    organization_id: UUID,
    by_name: str,
    at: datetime,
) -> int:
    left = {one.key: one for one in rows}
    fresh, changed = [], []
    for item in items:
        row, wanted = left.pop(item.key, None), as_computed(kind, item)
        if row is None:
            fresh.append(WorkItem(organization_id=organization_id, opened_at=at, **wanted))
        elif row_of(row) != wanted:
            changed.append(_changed(row, wanted))
    WorkItem.objects.bulk_create(fresh)
    if changed:
        WorkItem.objects.bulk_update(
            changed, [*computed_fields(), "snoozed_until", "snooze_reason", "snoozed_by"]
        )
    return len(fresh) + len(changed) + _close(left.values(), by_name, at)


def _changed(row: WorkItem, wanted: Mapping[str, object]) -> WorkItem:
    """What is due earlier than before, or has become a danger, ends a snooze."""
    before_due, before_life = row.due_at, row.life
    for name, value in wanted.items():
        setattr(row, name, value)
    moved = row.due_at != before_due
    if moved or (row.life and not before_life):
        row.snoozed_until, row.snooze_reason, row.snoozed_by = None, "", ""
    return row


def _close(rows: Iterable[WorkItem], by_name: str, at: datetime) -> int:
    keys = [one.pk for one in rows]
    if not keys:
        return 0
    WorkItem.objects.filter(pk__in=keys).update(closed_at=at, closed_by=by_name)
    return len(keys)


# ---- what people do with it --------------------------------------------------------------------


@transaction.atomic
def assign(
    *, item_ids: Collection[UUID], to_id: UUID | None, by: Actor, at: datetime
) -> list[WorkItem]:
    """Give items to one colleague, whose role must be able to do each; None gives them back.

    Errors: NotHere for an item or a colleague that is not there, NotAssignable.
    """
    rows = _held(item_ids, by, at)
    if to_id is not None:
        colleague = _colleague(to_id, by)
        for one in rows:
            if not can_do(colleague, one.kind, one.not_for):
                raise errors.NotAssignable(one.kind)
    WorkItem.objects.filter(pk__in=[one.pk for one in rows]).update(
        assigned_to_id=to_id, assigned_by=by.name if to_id else ""
    )
    detail = {"assigned_to": str(to_id) if to_id else None}
    _record("due.assign", rows, by, detail)
    return rows


@transaction.atomic
def snooze(
    *, item_ids: Collection[UUID], until: datetime, reason: str, by: Actor, at: datetime
) -> list[WorkItem]:
    """Put items off until a day, with a reason. They come back on their own, or at once when what
    they follow from changes. Errors: NotHere; SafetyWaitsForNobody; by field, day and reason.
    """
    words = " ".join(reason.split())
    if not words:
        raise errors.SnoozeUnexplained
    raise_any(too_long({"reason": words}, {"reason": LONGEST_REASON}))
    if until <= at:
        raise errors.SnoozedIntoThePast
    if until > at + SNOOZE_AT_MOST:
        raise errors.SnoozedTooFar(SNOOZE_AT_MOST.days)
    rows = _held(item_ids, by, at)
    if any(kinds()[one.kind].safety or one.life for one in rows):
        raise errors.SafetyWaitsForNobody
    WorkItem.objects.filter(pk__in=[one.pk for one in rows]).update(
        snoozed_until=until, snooze_reason=words, snoozed_by=by.name
    )
    _record("due.snooze", rows, by, {"until": until.isoformat()})
    return rows


@transaction.atomic
def wake(*, item_ids: Collection[UUID], by: Actor, at: datetime) -> list[WorkItem]:
    """Bring snoozed items back at once."""
    rows = _held(item_ids, by, at)
    WorkItem.objects.filter(pk__in=[one.pk for one in rows]).update(
        snoozed_until=None, snooze_reason="", snoozed_by=""
    )
    _record("due.wake", rows, by, {})
    return rows


def can_do(colleague: Colleague, kind: str, not_for: UUID | None) -> bool:
    """Whether an item of this kind can be given to a colleague."""
    return kinds()[kind].may_see(colleague.actor) and str(not_for) != colleague.actor.id


def _held(item_ids: Collection[UUID], by: Actor, at: datetime) -> list[WorkItem]:
    """These items, locked; all of them, or NotHere."""
    check_access(by, Action.ASSIGN_WORK)
    asked = set(item_ids)
    rows = list(for_whom(asked, by=by, at=at).select_for_update(of=("self",)).order_by("pk"))
    if not asked or len(rows) != len(asked):
        raise NotHere
    return rows


def _colleague(membership_id: UUID, by: Actor) -> Colleague:
    for one in colleagues(by=by):
        if one.membership_id == membership_id:
            return one
    raise NotHere


def _record(action: str, rows: Iterable[WorkItem], by: Actor, detail: Mapping[str, object]) -> None:
    subjects = [
        trail.subject(kind, key)
        for one in rows
        for kind, key in (
            ("client", one.client_id),
            ("inquiry", one.inquiry_id),
            ("booking", one.booking_id),
            ("membership", one.member_id),
        )
        if key
    ]
    kinds_of = sorted({one.kind for one in rows})
    trail.record(by=by, action=action, subjects=subjects, detail={**detail, "kinds": kinds_of})
