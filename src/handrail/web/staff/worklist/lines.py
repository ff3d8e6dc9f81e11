"""How a due item is said: what a slice's web part contributes for each of its kinds.

A slice's `web/staff/<slice>/due.py` names them in `LINES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from handrail.areas.worklist.selectors import Seen
from handrail.foundation.seams import submodules
from handrail.web import staff
from handrail.web.kit import filters


@dataclass(frozen=True, slots=True)
class Now:
    """The moment and the place that a line is said for."""

    at: datetime
    zone: str

    @property
    def today(self) -> date:
        """The calendar day there."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()

    def days_to(self, day: date) -> int:
        """How many days until a day, negative when it has passed."""
        return (day - self.today).days

    def until(self, day: date) -> str:
        """Today, tomorrow, in 12 days, 3 days ago."""
        return filters.until(self.days_to(day))

    def left(self, due_at: datetime | None) -> str:
        """3 h left; 2 days overdue."""
        return filters.time_left(due_at or self.at, self.at)


@dataclass(frozen=True, slots=True)
class Said:
    """One item in words: what, by when, and where it is done. `who` only where it is no person."""

    what: str
    when: str
    do: str
    place: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """How items of one kind are said: in a word, one by one, and several together.

    `together` gets how many and the first of them, and says "9 assessments to co-sign". `all_of`
    is the button and the address for working through them.
    """

    why: str
    say: Callable[[Seen, Now], Said]
    together: Callable[[int, Seen], str] | None = None
    all_of: Callable[[int], tuple[str, str]] | None = None


@cache
def lines() -> Mapping[str, Lines]:
    """How each kind is said, by its code."""
    found: dict[str, Lines] = {}
    for one in submodules(staff, "due"):
        found |= one.LINES
    return found


def day(facts: Mapping[str, Any], name: str) -> date:
    """A day among the facts of an item."""
    return date.fromisoformat(facts[name])


def moment(facts: Mapping[str, Any], name: str) -> datetime:
    """A moment among the facts of an item."""
    return datetime.fromisoformat(facts[name])


def optional_day(facts: Mapping[str, Any], name: str) -> date | None:
    """A day among the facts of an item, if there is one."""
    return date.fromisoformat(facts[name]) if facts[name] else None


def finished(words: str, longest: int = 160) -> str:
    """A reason as a sentence; a long one is cut, the rest is one click away."""
    if len(words) <= longest:
        return words if words.endswith((".", "!", "?")) else f"{words}."
    return f"{words[:longest].rsplit(' ', 1)[0]} …"
