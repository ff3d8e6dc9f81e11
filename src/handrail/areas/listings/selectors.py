"""Reading the listed programs: those that fit what somebody looks for, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from handrail.areas.listings.models import Listing
from handrail.core import listings as core

AT_MOST = 2_000
"""How many rows of a wide search are looked at; a nearer search sees all of its own."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing with its distance in miles, if that is known, and the day it was made sure of."""

    id: UUID
    listing: core.Listing
    miles: float | None
    verified_date: date


def listed_programs(wanted: core.Wanted) -> list[Listed]:
    """The programs elsewhere that fit, the nearest first. Anybody may read them."""
    rows = {row.key: row for row in _rough(wanted)[:AT_MOST]}
    found = core.find((_listing(row) for row in rows.values()), wanted)
    return [
        Listed(rows[one.key].id, one, miles, rows[one.key].verified_date) for one, miles in found
    ]


def listed_languages() -> Sequence[str]:
    """The languages that any listing names, for the filter."""
    rows = Listing.objects.filter(ended_at__isnull=True).values_list("languages", flat=True)
    return sorted({language for languages in rows for language in languages})


def listings_version() -> str:
    """Changes whenever the listed programs do: they are only ever imported. One query."""
    rows = Listing.objects.aggregate(
        Count("id"), Count("ended_at"), Max("imported_at"), Max("ended_at"), Max("verified_date")
    )
    return repr(rows)


def listing(listing_id: UUID) -> Listed | None:
    """One listing, as somebody is referred to it."""
    row = Listing.objects.filter(pk=listing_id, ended_at__isnull=True).first()
    return Listed(row.id, _listing(row), None, row.verified_date) if row else None


def _rough(wanted: core.Wanted) -> QuerySet[Listing]:
    """What the database can leave out; `core.find` decides."""
    rows = Listing.objects.filter(ended_at__isnull=True).order_by("name", "key")
    if wanted.levels:
        rows = rows.filter(levels__overlap=sorted(wanted.levels))
    if wanted.insurance:
        rows = rows.filter(insurance__contains=[wanted.insurance])
    if wanted.near and wanted.miles is not None:
        rows = rows.filter(_square(wanted.near, wanted.miles))
    return rows


def _square(near: core.Place, miles: float) -> Q:
    """A square around a place that holds the circle of so many miles."""
    up = miles / 68.0
    along = up / max(0.05, cos(radians(near.latitude)))
    return Q(
        latitude__range=(near.latitude - up, near.latitude + up),
        longitude__range=(near.longitude - along, near.longitude + along),
    )


def _listing(row: Listing) -> core.Listing:
    known = row.latitude is not None and row.longitude is not None
    return core.Listing(
        key=row.key,
        name=row.name,
        street=row.street,
        city=row.city,
        state=row.state,
        zip_code=row.zip_code,
        phones=tuple(row.phones),
        website=row.website,
        at=core.Place(row.latitude or 0.0, row.longitude or 0.0) if known else None,
        levels=frozenset(row.levels),
        online=row.online,
        in_a_room=row.in_a_room,
        medication=row.medication,
        treats=frozenset(row.treats),
        insurance=frozenset(row.insurance),
        sliding_fee=row.sliding_fee,
        ages=frozenset(row.ages),
        languages=frozenset(row.languages),
    )
