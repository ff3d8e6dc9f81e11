"""What a slice contributes to the worklist: a class for each kind of item.

A slice's `due.py` names its kinds in `KINDS` (foundation/seams.py). Nothing here knows a slice. How
an item is said, the slice's web part contributes: `web/staff/<slice>/due.py`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model

from handrail.core.access import Action, Actor, Role, can_access
from handrail.foundation.seams import contributions


@dataclass(frozen=True, slots=True)
class Place:
    """Where items are computed: an organization and the time zone its days go by."""

    organization_id: UUID
    zone: str

    def begins(self, day: date) -> datetime:
        """When a day begins there."""
        return datetime.combine(day, time(), ZoneInfo(self.zone))

    def ends(self, day: date) -> datetime:
        """The last minute of a day there: what is due on a day is due by then."""
        return datetime.combine(day, time(23, 59), ZoneInfo(self.zone))

    def is_over(self, day: date) -> datetime:
        """When the day after begins."""
        return self.begins(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, as the facts say it: no clock goes into it, so that it holds until a fact
    changes. Times say from when on it shows. See `models.WorkItem` for what each field means.
    """

    key: str
    scope: UUID
    due_at: datetime | None
    visible_from: datetime
    visible_until: datetime | None = None
    escalates_at: datetime | None = None
    client_id: UUID | None = None
    inquiry_id: UUID | None = None
    booking_id: UUID | None = None
    member_id: UUID | None = None
    owner_id: UUID | None = None
    audience: tuple[UUID, ...] = ()
    not_for: UUID | None = None
    life: bool = False
    settled: bool = False
    group: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


Scopes = Callable[[Sequence[Any]], Iterable[UUID]]
"""From changed rows of one table to the scopes that change with them."""


class Kind:
    """One kind of item. Subclasses say what follows from their own rows.

    Who sees it: everyone with all of `permissions` whom the item is for. That is its owner and its
    audience; with `pool`, everybody; from `escalates_at` on, `watchers`.
    `safety`: items of one person share a row and cannot be snoozed. `marks_risk`: an open item with
    `life` marks everything else about the person. `covers`: see `core.worklist.Due`.
    """

    code: ClassVar[str]
    """Stored with each row: never change it."""
    words: ClassVar[str]
    """What is to be done, as the list of kinds and the check say it."""
    permissions: ClassVar[tuple[Action, ...]]
    pool: ClassVar[bool] = False
    watchers: ClassVar[frozenset[Role]] = frozenset()
    audience_words: ClassVar[str] = "Group leaders"
    """Who an item's audience is, for those who are not among them."""
    about_nobody: ClassVar[bool] = False
    safety: ClassVar[bool] = False
    reach: ClassVar[bool] = False
    marks_risk: ClassVar[bool] = False
    covers: ClassVar[str] = ""
    reads: ClassVar[tuple[str, ...]] = ()
    """Columns a line needs beyond the item's own, as paths from WorkItem."""
    follows: ClassVar[Mapping[type[Model], Scopes]]
    """The rows an item is computed from, and which scopes change with such a row."""

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """The items that the facts ask for: of these scopes, or all of the organization."""
        raise NotImplementedError

    def may_see(self, actor: Actor) -> bool:
        """Whether someone's roles let them see items of this kind at all."""
        return all(can_access(actor, one) for one in self.permissions)

    def watches(self, actor: Actor) -> bool:
        """Whether someone sees what has escalated, whoever it is for."""
        return bool(self.watchers & actor.roles)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its code. Raises ValueError when two slices claim one code."""
    found: dict[str, Kind] = {}
    for one in contributions("due"):
        for kind in one.KINDS:
            if kind.code in found:
                raise ValueError(f"two kinds of due item are called {kind.code!r}")
            found[kind.code] = kind
    return found


def client_of(rows: Sequence[Any]) -> Iterable[UUID]:
    """The scopes of rows that are each about one client."""
    return {one.client_id for one in rows}


def itself(rows: Sequence[Any]) -> Iterable[UUID]:
    """The scopes of rows that are each their own."""
    return {one.pk for one in rows}
