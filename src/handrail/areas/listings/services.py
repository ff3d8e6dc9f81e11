"""Bringing in the national locator's file of programs."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from handrail.areas.listings.models import Listing
from handrail.core import listings as core

_COLUMNS = (
    "name",
    "street",
    "city",
    "state",
    "zip_code",
    "phones",
    "website",
    "latitude",
    "longitude",
    "levels",
    "online",
    "in_a_room",
    "medication",
    "treats",
    "insurance",
    "sliding_fee",
    "ages",
    "languages",
    "verified_date",
    "imported_at",
    "ended_at",
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: listings kept, those no longer listed, and rows not read."""

    kept: int
    ended: int
    unread: tuple[core.Unread, ...]


@transaction.atomic
def import_listings(
    *, data: object, words: core.Words, verified_date: date, whole: bool, at: datetime
) -> Imported:
    """Bring in a locator's file: `data` is its parsed JSON, `verified_date` the day it is of.

    A listing that is there already is renewed. With `whole` the file is all there is: a listing
    that it does not name is no longer shown. Raises core.NotALocatorFile for another file, and
    changes nothing then.
    """
    found, unread = core.read_locator(data, words)
    rows = [_row(one, verified_date, at) for one in found]
    Listing.objects.bulk_create(
        rows,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=_COLUMNS,
    )
    gone = 0
    if whole:
        others = Listing.objects.filter(ended_at__isnull=True)
        gone = others.exclude(key__in=[one.key for one in found]).update(ended_at=at)
    return Imported(len(rows), gone, tuple(unread))


def _row(one: core.Listing, verified_date: date, at: datetime) -> Listing:
    return Listing(
        id=uuid5(NAMESPACE_URL, f"listing:{one.key}"),
        key=one.key[:80],
        name=one.name[:300],
        street=one.street[:200],
        city=one.city[:100],
        state=one.state[:40],
        zip_code=one.zip_code,
        phones=[number[:60] for number in one.phones],
        website=one.website if len(one.website) <= 300 else "",
        latitude=one.at.latitude if one.at else None,
        longitude=one.at.longitude if one.at else None,
        levels=sorted(one.levels),
        online=one.online,
        in_a_room=one.in_a_room,
        medication=one.medication,
        treats=sorted(one.treats),
        insurance=sorted(one.insurance),
        sliding_fee=one.sliding_fee,
        ages=sorted(one.ages),
        languages=sorted(one.languages),
        verified_date=verified_date,
        imported_at=at,
    )
