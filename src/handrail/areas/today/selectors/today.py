"""Today's groups in three stacks, and the closed days of the coming week.

A fixed number of queries, whatever the data; every list is bounded and says how many there are.
"""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Today:
    """The groups of the day and the closed days of the coming week.

    `sees_groups` False is for those whose work has no groups. `count` says where the groups of
    today stand.
    """

    sees_groups: bool
    upcoming: Stack[Upcoming]
    running: Stack[Running]
    to_be_signed: Stack[ToBeSigned]
    count: DayCount
    closed: tuple[Closure, ...]


def today(*, by: Actor, at: datetime, zone: str) -> Today:
    """Read the groups of the day that someone sees."""
    check_access(by, Action.SEE_TODAY)
    here = at.astimezone(ZoneInfo(zone)).date()
    groups = GroupsOfTheDay(by, at, here) if can_access(by, Action.SEE_BOARD) else None
    return Today(
        sees_groups=groups is not None,
        upcoming=_stack(groups.upcoming if groups else ()),
        running=_stack(groups.running if groups else ()),
        to_be_signed=_stack(groups.signing if groups else ()),
        count=groups.counted(here) if groups else DayCount(),
        closed=_closed(here) if groups else (),
    )


def _stack(groups: Sequence[T]) -> Stack[T]:
    return Stack(tuple(groups[:SHOWN]), len(groups))


def _closed(here: date) -> tuple[Closure, ...]:
    week = (here, here + timedelta(days=6))
    return tuple(Closure.objects.filter(local_date__range=week).order_by("local_date"))
