"""An item as the facts compute it, and a row as it is written: in one shape, to be compared."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from handrail.areas.worklist.kinds import Item, Kind, Place
from handrail.areas.worklist.models import WorkItem

_COMPUTED = (
    "kind",
    "key",
    "scope",
    "client_id",
    "inquiry_id",
    "booking_id",
    "member_id",
    "about_nobody",
    "owner_id",
    "audience",
    "not_for",
    "due_at",
    "visible_from",
    "visible_until",
    "escalates_at",
    "life",
    "settled",
    "group",
    "facts",
)


def as_computed(kind: Kind, item: Item) -> dict[str, Any]:
    """The columns of an item, exactly as the database gives them back."""
    found = {name: getattr(item, name) for name in _COMPUTED if hasattr(item, name)}
    return found | {
        "kind": kind.code,
        "about_nobody": kind.about_nobody,
        "audience": sorted(set(item.audience), key=str),
        "facts": json.loads(json.dumps(dict(item.facts), default=str)),
    }


def row_of(row: WorkItem) -> dict[str, Any]:
    """The computed columns of a written row."""
    return {name: getattr(row, name) for name in _COMPUTED} | {
        "audience": sorted(row.audience, key=str)
    }


def computed_fields() -> list[str]:
    """The names of the columns that a refresh may change."""
    return [name.removesuffix("_id") for name in _COMPUTED if name not in ("kind", "key")]


def place_of(organization_id: UUID) -> Place:
    """The organization with the time zone that its days go by.

    Read through the relation: the worklist lies below every slice and imports none.
    """
    zone = "organization__organizationsettings__zone"
    organizations: Any = WorkItem._meta.get_field("organization").related_model
    found = organizations.objects.values_list(zone.partition("__")[2], flat=True)
    return Place(organization_id, found.get(pk=organization_id))


def difference(wanted: Mapping[str, Any], written: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the columns in which two disagree; values stay out, they may name people."""
    return tuple(name for name in _COMPUTED if wanted[name] != written[name])
