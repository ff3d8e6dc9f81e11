"""What can be wrong with what is entered about somebody who waits for a seat."""

from dataclasses import dataclass

from handrail.core.errors import Invalid


@dataclass(eq=False)
class AtThisLevelAlready(Invalid):
    """They are in care at the level of this program: a transfer is needed, not a place in line."""

    level: str
    field = "program"


@dataclass(eq=False)
class OnThisListAlready(Invalid):
    """They wait for this program already."""

    program: str
    field = "program"


class TrackOfAnotherProgram(Invalid):
    """The track they wish for is of another program, or it has ended."""

    field = "track"


class AskedInTheFuture(Invalid):
    """Nobody waits from a day to come."""

    field = "since"


class AttemptLoggedElsewhere(Invalid):
    """The page was used for an attempt about somebody else."""

    field = "outcome"


class NothingOffered(Invalid):
    """Neither a service from the list nor anything else was named."""

    field = "interim"


class EndsByAdmission(Invalid):
    """Admitting somebody takes them off the list by itself."""

    field = "how"


class NeverTried(Invalid):
    """Nobody is taken off as not reached without an attempt on record."""

    field = "how"


@dataclass(eq=False)
class OffTheListAlready(Invalid):
    """Somebody else has taken them off the list."""

    ended_by: str
