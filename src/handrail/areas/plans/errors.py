"""What can be wrong with a goal."""

from dataclasses import dataclass
from datetime import date

from handrail.core.errors import Invalid


class GoalMissing(Invalid):
    """There is no word of a goal."""

    field = "words"


@dataclass(eq=False)
class GoalTooLong(Invalid):
    """A goal does not fit on one line of the board."""

    most: int
    field = "words"


@dataclass(eq=False)
class GoalEnded(Invalid):
    """The goal was met or dropped before."""

    met: bool
    on: date


@dataclass(eq=False)
class GoalNotYetSet(Invalid):
    """A goal cannot end before it was set."""

    opened: date
