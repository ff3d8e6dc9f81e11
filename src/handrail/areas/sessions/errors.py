"""What can stand against marking, adding or taking someone off on the board."""

from dataclasses import dataclass
from datetime import datetime

from handrail.core.course.session_states import State
from handrail.core.errors import Invalid


@dataclass(eq=False)
class NotRunning(Invalid):
    """A session takes this only while it is in progress."""

    state: State


class CannotBeMarked(NotRunning):
    """Attendance is marked only while the session is in progress."""


class CannotBeAdded(NotRunning):
    """People are added only while the session is in progress."""


class CannotBeTakenOff(NotRunning):
    """People are taken off only while the session is in progress."""


class NoteSigned(Invalid):
    """Their note is signed: their attendance stays as the note says."""


class UnexpectedCannotBeAbsent(Invalid):
    """Nobody expected them, so they cannot be absent."""


class ExpectedHere(Invalid):
    """They are expected, so they are marked absent and not taken off."""


class SignedCannotBeTakenOff(Invalid):
    """Their note is signed, so they stay on the board."""


class WrittenCannotBeTakenOff(Invalid):
    """Something is written for them, so they stay on the board."""


class SignedByItsMinutes(Invalid):
    """A session that ended early is not reopened while notes are signed by the minutes it had."""


class NobodyMeant(Invalid):
    """It is not said who is meant."""


class NotMinutes(Invalid):
    """What stands for minutes is no whole number."""


@dataclass(eq=False)
class NotBegunYet(Invalid):
    """Nobody is late, or leaves early, before the session begins."""

    begins: datetime
