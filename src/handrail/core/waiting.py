"""The waiting list: who comes first and why, for whom a free seat is, and when somebody calls.

Nobody is judged here. The group that someone belongs to and the day on which they asked say it all,
and both are shown beside the place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any


class WaitingRulesError(ValueError):
    """The rules of the waiting list make no sense; the message says what."""


@dataclass(frozen=True, slots=True)
class Priority:
    """A group of people, and why it stands where it stands.

    `interim`: whether something has to be offered while they wait. `within_days` and
    `at_most_days` are from asking to a seat, the second with interim services; None is no limit.
    """

    code: str
    words: str
    why: str
    interim: bool
    within_days: int | None = None
    at_most_days: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaitingRules:
    """The groups in their order, what is offered meanwhile (code and words), how often we call."""

    priorities: tuple[Priority, ...]
    interim_within: timedelta
    interim: tuple[tuple[str, str], ...]
    every_days: int
    with_a_seat_every_days: int

    def priority(self, code: str) -> Priority:
        """The group of that code; of a code that is not known any more, the last."""
        return next((one for one in self.priorities if one.code == code), self.priorities[-1])

    def rank(self, code: str) -> int:
        """Where a group stands, 0 is first."""
        return self.priorities.index(self.priority(code))


@dataclass(frozen=True, slots=True)
class Waiting:
    """One place on the list of one program.

    `since` is the day on which they asked; `put_on_at`, when it was written down, tells people of
    the same day apart. `track` is the key of the one track they wish for; empty is any.
    """

    key: str
    priority: str
    since: date
    put_on_at: datetime
    track: str = ""


def read_waiting(table: Mapping[str, Any]) -> WaitingRules:
    """The rules from the parsed data file. Raises WaitingRulesError for rules without sense."""
    found = WaitingRules(
        priorities=tuple(_priority(one) for one in table["priority"]),
        interim_within=timedelta(hours=int(table["interim"]["within_hours"])),
        interim=tuple((str(one["code"]), str(one["words"])) for one in table["interim"]["service"]),
        every_days=int(table["attempts"]["every_days"]),
        with_a_seat_every_days=int(table["attempts"]["with_a_seat_every_days"]),
    )
    codes = [one.code for one in found.priorities]
    if not codes or len(set(codes)) != len(codes):
        raise WaitingRulesError("every group of the waiting list stands in it once")
    if min(found.every_days, found.with_a_seat_every_days) < 1:
        raise WaitingRulesError("there is at least a day between two attempts")
    return found


def in_order(places: Iterable[Waiting], rules: WaitingRules) -> tuple[Waiting, ...]:
    """The list in its order: by group, then by the day on which they asked.

    The order does not depend on the order given, and nobody is overtaken inside a group.
    Source: 45 CFR 96.131(a).
    """
    return tuple(
        sorted(
            places,
            key=lambda one: (rules.rank(one.priority), one.since, one.put_on_at, one.key),
        )
    )


def seats_for(line: Sequence[Waiting], free: Mapping[str, int | None]) -> dict[str, str]:
    """For whom the free seats are: the key of the place, and of the track in which one is free.

    `free` is the number of seats by track; None is no limit. From the first of the line on, each
    takes a seat in the track they wish for, or in the one with the most; who wishes for a track
    that is full keeps their place, and the next is asked.
    """
    left = {key: _MANY if seats is None else seats for key, seats in free.items()}
    found: dict[str, str] = {}
    for one in line:
        fits = [key for key in sorted(left) if left[key] > 0 and one.track in ("", key)]
        if fits:
            chosen = max(fits, key=lambda key: left[key])
            left[chosen] -= 1
            found[one.key] = chosen
    return found


def next_attempt(
    since: date, tried: Iterable[date], rules: WaitingRules, *, has_seat: bool = False
) -> date:
    """The day on which somebody gets in touch: at once with a free seat, else every so often."""
    last = max(tried, default=None)
    if has_seat:
        return since if last is None else last + timedelta(days=rules.with_a_seat_every_days)
    return (last or since) + timedelta(days=rules.every_days)


def interim_until(place: Waiting, rules: WaitingRules) -> date | None:
    """The last day to offer something meanwhile; None where nothing has to be offered.

    Only the day of asking is known, so the clock begins with that day. Source: 45 CFR 96.126(b).
    """
    if not rules.priority(place.priority).interim:
        return None
    return place.since + rules.interim_within


def admit_until(place: Waiting, rules: WaitingRules, *, interim_offered: bool) -> date | None:
    """The last day to admit them; None where no limit is set. Source: 45 CFR 96.126(b)."""
    group = rules.priority(place.priority)
    days = group.at_most_days if interim_offered else group.within_days
    return None if days is None else place.since + timedelta(days=days)


_MANY = 10_000


def _priority(table: Mapping[str, Any]) -> Priority:
    return Priority(
        code=str(table["code"]),
        words=str(table["words"]),
        why=str(table["why"]),
        interim=bool(table["interim"]),
        within_days=table.get("within_days"),
        at_most_days=table.get("at_most_days"),
        note=str(table.get("note", "")),
    )
