"""What can be wrong with an answer in a screening call, a step in danger, or how the call ends."""

from dataclasses import dataclass

from handrail.core.errors import Invalid


class CallEnded(Invalid):
    """The call has ended before."""

    field = "screening"


class SpeakerUnknown(Invalid):
    """It is not said who is speaking."""

    field = "who"


@dataclass(eq=False)
class AnswerUnknown(Invalid):
    """An answer is not one that the script knows; `words` say what it takes."""

    words: str


class VoiceUnknown(Invalid):
    """It is not said who is on the line."""

    field = "voice"


class HoldsNoCalls(Invalid):
    """The colleague does not hold screening calls."""

    field = "to"


class DangerUnknown(Invalid):
    """It is not said what is wrong."""

    field = "kind"


class StepUnknown(Invalid):
    """It is not said what was done."""

    field = "step"


class AddressMissing(Invalid):
    """Somebody was sent to an address that is not written down."""

    field = "words"


class WhoWasToldMissing(Invalid):
    """Somebody was told, and it is not said who."""

    field = "words"


class EndNotChosen(Invalid):
    """It is not said how the call ends."""

    field = "outcome"


class WhereSentMissing(Invalid):
    """They were sent elsewhere, and it is not said where and why."""

    field = "words"


@dataclass(eq=False)
class OutsideTheCriteria(Invalid):
    """No level can be recommended by these criteria; `why` says what is outside of them."""

    why: str
    field = "outcome"


class NothingAnswered(Invalid):
    """No question is answered, so there is no result to keep."""

    field = "outcome"
