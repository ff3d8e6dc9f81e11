"""Why somebody is not admitted, or the first days cannot be written down."""

from dataclasses import dataclass
from datetime import date, time

from handrail.core.admission import Point
from handrail.core.errors import Invalid, Unconfirmed


@dataclass(eq=False)
class InTheWay(Invalid):
    """Something has to be done before anybody is admitted."""

    point: Point


class InCareAlready(Invalid):
    """They have an episode of care: a transfer is needed."""

    field = "client"


@dataclass(eq=False)
class LevelUnexplained(Invalid):
    """Another level of care was found for them, and it is not said why it is this one."""

    level: str
    field = "reason"


class InquiryOfAnother(Invalid):
    """The inquiry is about someone else, or it has ended."""

    field = "inquiry_id"


class NotExpectedFromThere(Invalid):
    """The referral is not the one they are expected back from."""

    field = "referral_id"


@dataclass(eq=False)
class WrittenDownAlready(Invalid):
    """Somebody has written down what was heard."""

    done_by: str


class NothingHeard(Invalid):
    """It is not said what was heard in the first days."""

    field = "words"


@dataclass(eq=False)
class StillOpen(Unconfirmed):
    """Something on the list is open, and they can be admitted all the same."""

    points: tuple[str, ...]


@dataclass(eq=False)
class FirstSessionBegan(Unconfirmed):
    """The first session of their course has begun."""

    local_date: date
    start: time
