"""What is due for someone today: how urgent each thing is, and what comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

SOON = timedelta(hours=24)
"""What is due within this time is looked at today."""


class What(Enum):
    """What is due. The order is the one in which things with the same clock stand."""

    OUTREACH = "reach someone who was not there"
    FLAG = "look at an open concern again"
    SCREENING = "hold a screening that is booked today"
    CALL = "go on with a screening call"
    SAFETY_PLAN = "look at a safety plan again"
    NOTES = "sign the notes of a session"
    INQUIRY = "carry an inquiry on"
    ENDING = "plan the end of a course"
    AGREEMENT = "look at an agreement again, or call again after a refusal"
    CO_SIGN = "co-sign notes of others"
    FIRST_CONTACT = "get in touch with someone who was just admitted"
    WAITING = "get in touch with someone who waits for a seat"
    RETURN = "call about someone who was referred and is expected back"
    CONSENT = "renew a consent that runs out"
    CO_SIGN_RECOMMENDATION = "co-sign a word on a recommendation"
    ASSESSMENT = "sign an assessment, or co-sign one"
    LICENSE = "renew a license"


class Urgency(Enum):
    """How urgent something is: a life may depend on it, it cannot wait, or it has time."""

    RISK = "risk"
    WATCH = "watch"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. `key` tells things of one kind apart, always in the same order.

    `due_at` is when it has to be done, with its zone; None is as soon as can be. `life` says that
    the person has an open concern about suicide or an overdose; `settled` that what the clock asks
    for has happened, and only writing it down is left.
    """

    what: What
    key: str
    due_at: datetime | None
    life: bool = False
    settled: bool = False


def urgency(due: Due, now: datetime) -> Urgency:
    """How urgent something is now.

    With a life at stake, calling is urgent whatever the clock says, and a concern once its review
    is due. Nobody else's absence waits either; everything else is looked at a day before it is due.
    What is settled has time.
    """
    if due.settled:
        return Urgency.WAIT
    near = due.due_at is None or due.due_at <= now + SOON
    if due.life and (due.what is What.OUTREACH or near):
        return Urgency.RISK
    if due.what is What.OUTREACH or due.life or near:
        return Urgency.WATCH
    return Urgency.WAIT


def worst_first(dues: Iterable[Due], now: datetime) -> tuple[Due, ...]:
    """Everything due, the worst first: by urgency, then those nobody has reached, then lives, then
    the clock.

    Nothing is left out, and the same things always come in the same order.
    """
    return tuple(sorted(dues, key=lambda one: _rank(one, now)))


def _rank(due: Due, now: datetime) -> tuple[int, bool, bool, float, int, str]:
    return (
        list(Urgency).index(urgency(due, now)),
        due.what is not What.OUTREACH,
        not due.life,
        due.due_at.timestamp() if due.due_at else float("-inf"),
        list(What).index(due.what),
        due.key,
    )
