"""Today: the groups in three stacks, and what is due for the reader, worst first.

A fixed number of queries, whatever the data; every list is bounded and says how many there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handrail.areas.schedule.models import Closure
from handrail.areas.sessions.selectors.groups_today import (
    SHOWN,
    DayCount,
    GroupsOfTheDay,
    Running,
    Stack,
    T,
    ToBeSigned,
    Upcoming,
)
from handrail.areas.today.selectors.due import DueFor, Row
from handrail.core.access import Action, Actor, can_access, check_access
from handrail.core.today import Urgency, What, urgency, worst_first


@dataclass(frozen=True, slots=True)
class Today:
    """The day: its groups, closed days of the coming week, and what is due, worst first.

    `sees_groups` False is for those whose work has no groups. `count` says where the groups of
    today stand; `more` counts what is due and not in `rows`, by kind.
    """

    sees_groups: bool
    upcoming: Stack[Upcoming]
    running: Stack[Running]
    to_be_signed: Stack[ToBeSigned]
    count: DayCount
    closed: tuple[Closure, ...]
    rows: tuple[Row, ...]
    more: Mapping[What, int]
    at: datetime

    def urgency_of(self, row: Row) -> Urgency:
        """How urgent one thing is at the moment that this was read."""
        return urgency(row.due, self.at)


def today(*, by: Actor, at: datetime, zone: str) -> Today:
    """Read the day of one person."""
    check_access(by, Action.SEE_TODAY)
    here = at.astimezone(ZoneInfo(zone)).date()
    groups = GroupsOfTheDay(by, at, here) if can_access(by, Action.SEE_BOARD) else None
    due = DueFor(by, at, zone, groups.signing if groups else ())
    return Today(
        sees_groups=groups is not None,
        upcoming=_stack(groups.upcoming if groups else ()),
        running=_stack(groups.running if groups else ()),
        to_be_signed=_stack(groups.signing if groups else ()),
        count=groups.counted(here) if groups else DayCount(),
        closed=_closed(here) if groups else (),
        rows=_in_order(due.rows, at),
        more=due.more,
        at=at,
    )


def _in_order(rows: Iterable[Row], at: datetime) -> tuple[Row, ...]:
    by_due = {(one.due.what, one.due.key): one for one in rows}
    return tuple(
        by_due[one.what, one.key] for one in worst_first((row.due for row in by_due.values()), at)
    )


def _stack(groups: Sequence[T]) -> Stack[T]:
    return Stack(tuple(groups[:SHOWN]), len(groups))


def _closed(here: date) -> tuple[Closure, ...]:
    week = (here, here + timedelta(days=6))
    return tuple(Closure.objects.filter(local_date__range=week).order_by("local_date"))
