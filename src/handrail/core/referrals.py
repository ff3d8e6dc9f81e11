"""Referring someone to other care and expecting them back: what happens next, and who calls when.

A referral is never "done" when the papers are sent: it is done when the person is back in a chair
here, or when somebody has written down why not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Any

from handrail.core.errors import Refused


class State(StrEnum):
    """Where a referral stands. The value is stored: never change it."""

    PREPARED = "prepared"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    ADMITTED = "admitted"
    DECLINED = "declined"
    RETURNED = "returned"
    ENDED = "ended"


class Act(Enum):
    """What happens with a referral."""

    SEND = "send it"
    RECEIVE = "they have it"
    ACCEPT = "they will take the person"
    ADMIT = "the person is there"
    DECLINE = "they will not take the person"
    RETURN = "the person is back"
    END = "end it with a reason"


TABLE: Mapping[State, Mapping[Act, State]] = {
    State.PREPARED: {Act.SEND: State.SENT, Act.END: State.ENDED},
    State.SENT: {
        Act.RECEIVE: State.RECEIVED,
        # The other side often says only the last of these.
        Act.ACCEPT: State.ACCEPTED,
        Act.ADMIT: State.ADMITTED,
        Act.DECLINE: State.DECLINED,
        Act.END: State.ENDED,
    },
    State.RECEIVED: {
        Act.ACCEPT: State.ACCEPTED,
        Act.ADMIT: State.ADMITTED,
        Act.DECLINE: State.DECLINED,
        Act.END: State.ENDED,
    },
    State.ACCEPTED: {
        Act.ADMIT: State.ADMITTED,
        Act.DECLINE: State.DECLINED,
        Act.END: State.ENDED,
    },
    State.ADMITTED: {Act.RETURN: State.RETURNED, Act.END: State.ENDED},
    State.DECLINED: {},
    State.RETURNED: {},
    State.ENDED: {},
}
"""From each state, what may happen and where it leads. What is not listed is refused."""

MEANS: Mapping[State, str] = {
    State.PREPARED: "prepared, and not sent yet",
    State.SENT: "sent; we do not know whether they have it",
    State.RECEIVED: "they have it and have not answered",
    State.ACCEPTED: "they will take the person",
    State.ADMITTED: "the person is there and expected back",
    State.DECLINED: "they did not take the person",
    State.RETURNED: "the person is back",
    State.ENDED: "it ended without a return",
}
"""What each state means, for the person who reads it."""


_QUARTER = timedelta(days=90)


@dataclass(eq=False)
class DoesNotFit(Refused):
    """This cannot happen to a referral that stands where it stands."""

    state: State


@dataclass(frozen=True, slots=True)
class Reason:
    """Days to get in touch, and why on such a day."""

    days: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ContactRules:
    """When to get in touch about a referral; `every` and `missed_every` are numbers of days.

    `there_why` and `missed_why` say why then.
    """

    after_sending: Reason
    every: int
    there_why: str
    before_return: Reason
    at_return: Reason
    missed_every: int
    missed_why: str


@dataclass(frozen=True, slots=True, order=True)
class Touch:
    """A day on which somebody gets in touch, and what for."""

    on: date
    why: str


def read_contact_rules(table: Mapping[str, Any]) -> ContactRules:
    """The rules from the parsed data file."""
    return ContactRules(
        after_sending=_reason(table["after_sending"]),
        every=int(table["while_there"]["every"]),
        there_why=str(table["while_there"]["why"]),
        before_return=_reason(table["before_return"]),
        at_return=_reason(table["at_return"]),
        missed_every=int(table["missed_return"]["every"]),
        missed_why=str(table["missed_return"]["why"]),
    )


def next_state(state: State, act: Act) -> State:
    """Where an act leads. Raises DoesNotFit where it does not belong."""
    after = TABLE[state].get(act)
    if after is None:
        raise DoesNotFit(state)
    return after


def touches(
    state: State, since: date, expected_return: date | None, rules: ContactRules
) -> tuple[Touch, ...]:
    """The days on which somebody gets in touch from now on, in order, each day once.

    `since` is the day on which the referral came to this state. On one day the later reason holds:
    the return matters more than the weekly call. An ended referral has none.
    """
    by_day: dict[date, str] = {}
    if state in (State.SENT, State.RECEIVED, State.ACCEPTED):
        by_day |= _from(since, rules.after_sending)
    if state is State.ADMITTED:
        by_day |= _while_there(since, expected_return, rules)
        if expected_return:
            by_day |= {
                day: why
                for day, why in _until(expected_return, rules.before_return).items()
                if day > since
            }
            expected = max(expected_return, since)
            calls = _from(expected, rules.at_return)
            by_day |= calls
            by_day |= _every(rules.missed_every, max(calls), expected + _QUARTER, rules.missed_why)
    return tuple(sorted(Touch(day, why) for day, why in by_day.items()))


def is_overdue(state: State, expected_return: date | None, today: date) -> bool:
    """Whether someone who is expected back has not come."""
    return state is State.ADMITTED and expected_return is not None and expected_return < today


def _reason(row: Mapping[str, Any]) -> Reason:
    return Reason(tuple(row["days"]), str(row["why"]))


def _from(day: date, reason: Reason) -> dict[date, str]:
    return {day + timedelta(days=days): reason.why for days in reason.days}


def _until(day: date, reason: Reason) -> dict[date, str]:
    return {day - timedelta(days=days): reason.why for days in reason.days}


def _while_there(since: date, until: date | None, rules: ContactRules) -> dict[date, str]:
    """Every so many days until the return; without a day of return, for a quarter of a year."""
    return _every(rules.every, since, until or since + _QUARTER, rules.there_why)


def _every(days: int, after: date, before: date, why: str) -> dict[date, str]:
    """Every so many days between two days, both left out."""
    found, day = {}, after + timedelta(days=days)
    while day < before:
        found[day] = why
        day += timedelta(days=days)
    return found
