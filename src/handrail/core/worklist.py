"""What is due: how urgent each item is, what belongs in one row, and what comes first.

An item is one thing to do about one person (a flag to review, a note to co-sign). A row is one
decision: it holds one item, all safety items of one person, or items of one kind that are worked
through together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

SOON = timedelta(hours=24)
"""What is due within this time needs attention today."""
THIS_WEEK = timedelta(days=7)
"""What is due within this time stands under "This week"."""

SNOOZE_AT_MOST = timedelta(days=14)
"""An item can be put off this far, so that nothing is forgotten by snoozing it."""


class Urgency(Enum):
    """How urgent something is: a life may depend on it, it cannot wait, or it has time."""

    RISK = "risk"
    WATCH = "watch"
    WAIT = "wait"


class Section(Enum):
    """The parts of the list, the worst first."""

    SAFETY = "safety"
    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Due:
    """One item. `kind` is a code, `key` tells items of one kind apart.

    `due_at` is when it has to be done, with its zone; None is as soon as possible. `person` is whom
    it is about, empty for nobody. `life`: the person has an open flag about suicide or overdose, or
    goes without care they need to be safe. `reach`: someone was missing and has to be reached, so
    the clock does not matter. `settled`: what the clock asks for has happened, and only writing it
    down is left. Items with the same `group` are worked through together. `covers` is the kind that
    this item makes unnecessary for the same person; with `keep` an item is never made unnecessary.
    """

    kind: str
    key: str
    due_at: datetime | None
    person: str = ""
    safety: bool = False
    life: bool = False
    reach: bool = False
    settled: bool = False
    group: str = ""
    covers: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: its items, the worst first, and the part of the list it stands in."""

    items: tuple[Due, ...]
    section: Section
    urgency: Urgency

    @property
    def head(self) -> Due:
        """The worst item: the row stands where it stands."""
        return self.items[0]


def urgency(due: Due, now: datetime) -> Urgency:
    """How urgent an item is now.

    With a life at stake, reaching someone is urgent whatever the clock says, and a flag once its
    review is near. Nobody else's absence waits either; everything else needs attention a day before
    it is due. What is settled has time.
    """
    if due.settled:
        return Urgency.WAIT
    near = due.due_at is None or due.due_at <= now + SOON
    if due.life and (due.reach or near):
        return Urgency.RISK
    if due.reach or due.life or near:
        return Urgency.WATCH
    return Urgency.WAIT


def worst_first(dues: Iterable[Due], now: datetime) -> tuple[Due, ...]:
    """Every item, the worst first: by urgency, then those nobody has reached, then lives, then the
    clock. Nothing is left out, and the same items always come in the same order.
    """
    return tuple(sorted(dues, key=lambda one: _rank(one, now)))


def rows_of(dues: Iterable[Due], now: datetime) -> tuple[Row, ...]:
    """The list as it is shown: each item in exactly one row, the worst section and row first.

    An item that another one about the same person makes unnecessary is left out.
    """
    together: dict[tuple[str, ...], list[Due]] = defaultdict(list)
    for one in worst_first(_needed(list(dues)), now):
        together[_belongs_to(one)].append(one)
    rows = [_row(found, now) for found in together.values()]
    order = list(Section)
    return tuple(sorted(rows, key=lambda row: (order.index(row.section), _rank(row.head, now))))


def can_snooze(due: Due) -> bool:
    """Whether an item may be put off. What is about someone's safety may not."""
    return not (due.safety or due.life)


def _needed(dues: Sequence[Due]) -> Iterable[Due]:
    covered = {(one.covers, one.person) for one in dues if one.covers and one.person}
    return (one for one in dues if one.keep or one.life or (one.kind, one.person) not in covered)


def _belongs_to(due: Due) -> tuple[str, ...]:
    """Items with the same answer share a row."""
    if due.safety and due.person:
        return ("safety", due.person)
    if due.group:
        return ("group", due.kind, due.group)
    return ("item", due.kind, due.key)


def _row(items: Sequence[Due], now: datetime) -> Row:
    return Row(tuple(items), _section(items[0], now), urgency(items[0], now))


def _section(due: Due, now: datetime) -> Section:
    if (due.safety or due.life) and not due.settled:
        return Section.SAFETY
    if due.due_at is None:
        return Section.THIS_WEEK
    if due.due_at < now:
        return Section.OVERDUE
    return Section.THIS_WEEK if due.due_at <= now + THIS_WEEK else Section.LATER


def _rank(due: Due, now: datetime) -> tuple[int, bool, bool, float, str, str]:
    return (
        list(Urgency).index(urgency(due, now)),
        not due.reach,
        not due.life,
        due.due_at.timestamp() if due.due_at else float("-inf"),
        due.kind,
        due.key,
    )
