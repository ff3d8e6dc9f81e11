"""What takes people and rooms: the shape in which a slice says it, in a module named `busy`.

A contribution is a function `busy(window)` that yields `Taken`, in one query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast
from uuid import UUID

from handrail.core.availability import Busy
from handrail.foundation.seams import contributions


@dataclass(frozen=True, slots=True)
class Window:
    """Whom (memberships) and which rooms (names) are asked about, from when to when, in UTC."""

    since: datetime
    until: datetime
    people: frozenset[UUID]
    rooms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Taken:
    """A span in which a person or a room is taken; the one that is not meant is empty."""

    busy: Busy
    person: UUID | None = None
    room: str = ""


class Contribution(Protocol):
    """What a slice's module `busy` holds."""

    def busy(self, window: Window) -> Iterable[Taken]:
        """What this slice knows to take these people and rooms."""


def taken_elsewhere(window: Window) -> Iterator[Taken]:
    """What higher slices say: individual hours, screening times."""
    for one in contributions("busy"):
        if one.__name__ != __name__:
            yield from cast(Contribution, one).busy(window)
