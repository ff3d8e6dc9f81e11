"""Why an attempt to reach someone is not written down, or outreach is not closed so."""

from dataclasses import dataclass

from handrail.core.errors import Invalid


class OutreachClosed(Invalid):
    """Nothing can be added to outreach that is closed."""


@dataclass(eq=False)
class ClosedAlready(Invalid):
    """Somebody has closed it, another way."""

    outcome: str


class AttemptUnknown(Invalid):
    """It is not said how somebody tried, or what came of it."""


@dataclass(eq=False)
class NoAnswerToThat(Invalid):
    """This cannot come of that way of trying."""

    result: str


class NotToBeCalled(Invalid):
    """Only a contact who may be told about a missed session is called."""


@dataclass(eq=False)
class StepsLeft(Invalid):
    """Nobody is given up before every step of the clock was taken."""

    steps: tuple[str, ...]


class OutcomeUnknown(Invalid):
    """It is not said how outreach ended."""


class WasAbsent(Invalid):
    """Attendance says that they were not there, so it was not opened by mistake."""


@dataclass(eq=False)
class BelongsInANote(Invalid):
    """So many words belong in a note."""

    most: int
