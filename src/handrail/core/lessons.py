"""When the next lesson of a lesson a week is due: pure, of numbers and times alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

EVERY = timedelta(days=7)
"""From one lesson to the next."""

ANSWER_WITHIN = timedelta(days=2)
"""How long an address waits for its owner to say yes; then it is deleted."""


@dataclass(frozen=True, slots=True)
class Due:
    """A lesson, by its number from 1, and when it is to be sent."""

    number: int
    at: datetime


def next_lesson(last: int, at: datetime, *, lessons: int) -> Due | None:
    """The lesson after number `last`, which was done with at `at`; None after the last of all.

    0 stands for the letter that asks for a yes: the first lesson follows the yes at once. A lesson
    that could not be sent is not sent later, and after a stand-still they do not come in a heap.
    """
    if last >= lessons:
        return None
    return Due(last + 1, at if last == 0 else at + EVERY)
