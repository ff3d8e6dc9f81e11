"""Reading the worklist: what is due for someone, in one query, and whether it is true."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from handrail.areas.worklist.items import as_computed, difference, place_of, row_of
from handrail.areas.worklist.kinds import Kind, kinds
from handrail.areas.worklist.models import WorkItem
from handrail.core.access import Action, Actor, NotHere, Role, can_access
from handrail.core.worklist import Due
from handrail.foundation.audit import trail

AT_MOST = 300
"""More items than this nobody works through in a day; those with the earliest clock are read."""


class View(Enum):
    """Whose items: one's own, everybody's, those nobody owns, those put off."""

    MINE = "mine"
    TEAM = "team"
    UNASSIGNED = "unassigned"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Seen:
    """One item as someone sees it. `read` holds the columns that its kind asks for, by path.

    `owner` is who does it now: whom it is assigned to, else whose it is by the facts, else in a
    word its audience; empty when it is anybody's. `mine`: the reader is among those.
    """

    id: UUID
    kind: Kind
    due: Due
    client_id: UUID | None
    inquiry_id: UUID | None
    booking_id: UUID | None
    member_id: UUID | None
    about: str
    not_for: UUID | None
    owner_id: UUID | None
    owner: str
    mine: bool
    assigned: bool
    escalated: bool
    snoozed_until: datetime | None
    snooze_reason: str
    facts: Mapping[str, Any]
    read: Mapping[str, Any]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everyone in care or asking for it whom showing this item names, for the trail."""
        return tuple(
            trail.subject(kind, key)
            for kind, key in (
                ("client", self.client_id),
                ("inquiry", self.inquiry_id),
                ("booking", self.booking_id),
            )
            if key
        )


@dataclass(frozen=True, slots=True)
class DueNow:
    """What is due in one view, how many in each, and whether there is more than is shown."""

    items: tuple[Seen, ...]
    counts: Mapping[View, int]
    more: int


def due_now(*, by: Actor, at: datetime, view: View = View.MINE, also: Iterable[str] = ()) -> DueNow:
    """What is due, and the entry in the trail that it was read: whoever asks for the items names
    the people they are about. `also` are the subjects that the same page names besides.

    Whatever the data, one query; for who oversees, one more for how many there are in each view.
    """
    seen = [one for one in kinds().values() if one.may_see(by)]
    found = _shown(by, at, seen)
    if can_access(by, Action.OVERSEE_WORK):
        counts = _counted(found, by, at, seen)
        rows = _read(found.filter(_of(view, by, at, seen)), seen)
    else:
        # What is theirs is little: read once, snoozed or not, it says both numbers as well.
        theirs = _read(found.filter(_is_for(by, at, seen)), seen)
        split: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for one in theirs:
            split[bool(one["snoozed_until"] and one["snoozed_until"] > at)].append(one)
        rows = split[view is View.SNOOZED]
        counts = {View.MINE: len(split[False]), View.SNOOZED: len(split[True])}
    items = tuple(_seen(one, by, at) for one in rows)
    named = {*also, *(subject for one in items for subject in one.subjects)}
    trail.record_read(by=by, action=Action.READ_CHART, subjects=named)
    return DueNow(items=items, counts=counts, more=max(0, counts[view] - len(items)))


def _counted(
    found: QuerySet[WorkItem], by: Actor, at: datetime, seen: Collection[Kind]
) -> dict[View, int]:
    counted = found.aggregate(**{one.value: Count("pk", _of(one, by, at, seen)) for one in View})
    return {one: counted[one.value] for one in View}


def items_of(item_ids: Collection[UUID], *, by: Actor, at: datetime) -> tuple[Seen, ...]:
    """Those of these items that someone may assign and put off, with the entry in the trail.

    Raises NotHere unless all of them are there.
    """
    seen = [one for one in kinds().values() if one.may_see(by)]
    asked = set(item_ids)
    items = tuple(_seen(one, by, at) for one in _read(for_whom(asked, by=by, at=at), seen))
    if not asked or len(items) != len(asked):
        raise NotHere
    named = {subject for one in items for subject in one.subjects}
    trail.record_read(by=by, action=Action.READ_CHART, subjects=named)
    return items


def for_whom(item_ids: Collection[UUID], *, by: Actor, at: datetime) -> QuerySet[WorkItem]:
    """Those of these items that someone may assign and put off."""
    seen = [one for one in kinds().values() if one.may_see(by)]
    found = WorkItem.objects.filter(
        organization_id=by.organization_id,
        closed_at__isnull=True,
        kind__in=[one.code for one in seen],
        pk__in=item_ids,
    )
    if can_access(by, Action.OVERSEE_WORK):
        return found
    return found.filter(_is_for(by, at, seen))


def _shown(by: Actor, at: datetime, seen: Iterable[Kind]) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(
        Q(visible_until__isnull=True) | Q(visible_until__gt=at),
        Q(not_for__isnull=True) | ~Q(not_for=by.id),
        organization_id=by.organization_id,
        closed_at__isnull=True,
        kind__in=[one.code for one in seen],
        visible_from__lte=at,
    )


def _is_for(by: Actor, at: datetime, seen: Collection[Kind]) -> Q:
    """Assigned to them; or to nobody, and theirs by the facts; or escalated to their role."""
    theirs = (
        Q(owner__user_id=by.id)
        | Q(audience__contains=[by.id])
        | Q(kind__in=[one.code for one in seen if one.pool])
    )
    escalated = Q(kind__in=[one.code for one in seen if one.watches(by)], escalates_at__lte=at)
    return Q(assigned_to__user_id=by.id) | (Q(assigned_to__isnull=True) & theirs) | escalated


def _of(view: View, by: Actor, at: datetime, seen: Collection[Kind]) -> Q:
    snoozed = Q(snoozed_until__isnull=False, snoozed_until__gt=at)
    if view is View.SNOOZED:
        return snoozed
    awake = ~snoozed
    if view is View.MINE:
        return awake & _is_for(by, at, seen)
    if view is View.UNASSIGNED:
        return awake & Q(assigned_to__isnull=True, owner__isnull=True, audience=[])
    return awake


_NAMES = {
    "client": ("client__given_name", "client__called", "client__family_name"),
    "inquiry": (
        "inquiry__given_name",
        "inquiry__family_name",
        "inquiry__called",
        "inquiry__caller_name",
    ),
    "booking": ("booking__called",),
    "member": ("member__user__name",),
}
_OWN = (
    "id",
    "kind",
    "key",
    "client_id",
    "inquiry_id",
    "booking_id",
    "member_id",
    "not_for",
    "audience",
    "owner_id",
    "owner__user_id",
    "owner__user__name",
    "assigned_to_id",
    "assigned_to__user_id",
    "assigned_to__user__name",
    "due_at",
    "escalates_at",
    "life",
    "settled",
    "group",
    "facts",
    "snoozed_until",
    "snooze_reason",
    "at_risk",
)


def _read(found: QuerySet[WorkItem], seen: Iterable[Kind]) -> list[dict[str, Any]]:
    risky = [one.code for one in kinds().values() if one.marks_risk]
    risk = WorkItem.objects.filter(
        client_id=OuterRef("client_id"), kind__in=risky, closed_at__isnull=True, life=True
    )
    paths = {path for one in seen for path in one.reads}
    names = {name for group in _NAMES.values() for name in group}
    rows = (
        found.annotate(at_risk=Exists(risk))
        .order_by("settled", "-life", F("due_at").asc(nulls_first=True), "kind", "key")
        .values(*_OWN, *names, *paths)
    )
    return list(rows[:AT_MOST])


def _seen(row: dict[str, Any], by: Actor, at: datetime) -> Seen:
    kind = kinds()[row["kind"]]
    does = "assigned_to" if row["assigned_to_id"] else "owner"
    escalates = row["escalates_at"]
    return Seen(
        id=row["id"],
        kind=kind,
        due=_due(row, kind),
        client_id=row["client_id"],
        inquiry_id=row["inquiry_id"],
        booking_id=row["booking_id"],
        member_id=row["member_id"],
        about=_about(row),
        not_for=row["not_for"],
        owner_id=row[f"{does}_id"],
        owner=_whose(row, does, kind),
        mine=_is_mine(row, does, by),
        assigned=bool(row["assigned_to_id"]),
        escalated=escalates is not None and escalates <= at,
        snoozed_until=row["snoozed_until"],
        snooze_reason=row["snooze_reason"],
        facts=row["facts"],
        read=row,
    )


def _whose(row: dict[str, Any], does: str, kind: Kind) -> str:
    name = row[f"{does}__user__name"] or ""
    return name or (kind.audience_words if row["audience"] else "")


def _is_mine(row: dict[str, Any], does: str, by: Actor) -> bool:
    if row[f"{does}_id"]:
        return str(row[f"{does}__user_id"]) == by.id
    return by.id in {str(one) for one in row["audience"]}


def _due(row: dict[str, Any], kind: Kind) -> Due:
    # Where somebody is at risk, that holds for everything about their safety, whoever sees it.
    life = row["life"] or (row["at_risk"] and (kind.safety or kind.reach))
    return Due(
        kind=kind.code,
        key=row["key"],
        due_at=row["due_at"],
        person=str(row["client_id"] or row["inquiry_id"] or row["booking_id"] or ""),
        safety=kind.safety,
        life=life,
        reach=kind.reach,
        settled=row["settled"],
        group=row["group"],
        covers=kind.covers,
        keep=bool(row["facts"].get("keep")),
    )


def _about(row: dict[str, Any]) -> str:
    """The name of whom it is about, as that person is called."""
    if row["client_id"]:
        return f"{row['client__called'] or row['client__given_name']} {row['client__family_name']}"
    if row["inquiry_id"]:
        first = row["inquiry__called"] or row["inquiry__given_name"]
        return f"{first} {row['inquiry__family_name']}".strip() or row["inquiry__caller_name"]
    return row["booking__called"] or row["member__user__name"] or ""


# ---- whom an item can be given to --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who works here, as an actor: what they may do decides what they can be given."""

    membership_id: UUID
    name: str
    actor: Actor


def colleagues(*, by: Actor) -> tuple[Colleague, ...]:
    """Everyone who works here now, by name."""
    members: Any = WorkItem._meta.get_field("owner").related_model
    rows = members.objects.filter(
        organization_id=by.organization_id, deactivated_at__isnull=True
    ).order_by("user__name", "pk")
    return tuple(
        Colleague(
            key,
            name,
            Actor(str(user), name, by.organization_id, frozenset(Role(one) for one in roles)),
        )
        for key, name, user, roles in rows.values_list("pk", "user__name", "user_id", "roles")
    )


# ---- whether it is true ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """An item on which the worklist and the facts disagree. `what` is missing, left over, or the
    names of the columns that differ.
    """

    kind: str
    key: str
    what: str


def differences(organization_id: UUID) -> tuple[Difference, ...]:
    """Everything in which the worklist is not what the facts say. Runs inside the organization."""
    place = place_of(organization_id)
    rows = WorkItem.objects.filter(organization_id=organization_id, closed_at__isnull=True)
    written = {(one.kind, one.key): row_of(one) for one in rows}
    found = []
    for code, kind in kinds().items():
        for item in kind.items(place):
            row = written.pop((code, item.key), None)
            if row is None:
                found.append(Difference(code, item.key, "missing"))
            elif fields := difference(as_computed(kind, item), row):
                found.append(Difference(code, item.key, ", ".join(fields)))
    found.extend(Difference(code, key, "left over") for code, key in written)
    return tuple(sorted(found, key=lambda one: (one.kind, one.key)))
