"""What can be wrong with a consent, a notice, a restriction, or with something that is to leave."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.core.consents import Ended
from handrail.core.errors import Invalid, Refused
from handrail.foundation.audit import trail

# ---- a consent ---------------------------------------------------------------------------------


class KindNotChosen(Invalid):
    """It is not said what the consent is for."""

    field = "kind"


@dataclass(eq=False)
class NotReady(Invalid):
    """Something is missing in it, or does not go together: it cannot be signed as it stands."""

    lacks: str


class RecipientsNotReady(NotReady):
    """It does not say to whom, by name."""

    field = "recipients"


class ContentsNotReady(NotReady):
    """It does not say what may be told."""

    field = "contents"


class EndNotReady(NotReady):
    """It does not say until when."""

    field = "expires"


class NotAskedAlone(NotReady):
    """The client was not asked alone whether they want this."""

    field = "asked_alone"


class ExpiresInThePast(Invalid):
    """The last day of the consent has passed."""

    field = "expires"


@dataclass(eq=False)
class SignedAlready(Invalid):
    """Somebody signed it before."""

    signed_at: datetime
    field = "signed"


class PutAwayUnsigned(Invalid):
    """It was put away before anyone signed it."""

    field = "signed"


class ExpiredUnsigned(Invalid):
    """It ran out before it was signed."""

    field = "signed"


class SignerMissing(Invalid):
    """The name of who signs is missing."""

    field = "name"


@dataclass(eq=False)
class SignerNotTheClient(Invalid):
    """The name is not the client's, and it is not said why someone else may sign."""

    client_name: str
    field = "name"


class SignedNowhere(Invalid):
    """It is not said how and where it is signed."""

    field = "how"


class NotDrawn(Invalid):
    """The field for a drawn signature is empty."""

    field = "strokes"


class DrawingUnreadable(Invalid):
    """The drawing is none, or has too many points."""

    field = "strokes"


class NeverSigned(Invalid):
    """It was never signed, so it cannot be renewed."""

    field = "consent"


@dataclass(eq=False)
class NotRenewable(Invalid):
    """It has ended in a way that cannot be renewed."""

    ended: Ended
    field = "consent"


class UnsignedCannotEnd(Invalid):
    """It was never signed: it can only be put away."""

    field = "consent"


class SignedCannotBePutAway(Invalid):
    """It was signed: only the client can take it back."""

    field = "consent"


@dataclass(eq=False)
class EndedAlready(Invalid):
    """The consent has ended before."""

    ended: Ended
    field = "consent"


class EndNotChosen(Invalid):
    """It is not said why the consent ends."""

    field = "ended"


class EndUnexplained(Invalid):
    """It is not said what happened."""

    field = "why"


class HowNotSaid(Invalid):
    """It is not said how they took it back."""

    field = "said_how"


@dataclass(eq=False)
class TakenBackAlready(Refused):
    """It has ended: there is nothing to take back."""

    ended: Ended


@dataclass(eq=False)
class NotYetTakenBack(Refused):
    """By its own terms it can be taken back only from a day on (42 CFR 2.35)."""

    not_before: date


# ---- the notice, and restrictions --------------------------------------------------------------


class VersionTaken(Invalid):
    """A version of the notice is never changed: the same words under another name are a new one."""

    field = "version"


class NoticeUnsigned(Invalid):
    """The notice is neither signed nor is it said why not."""

    field = "signed_name"


class RestrictedFromNobody(Invalid):
    """It is not said whom it is to be kept from."""

    field = "recipient_kind"


class NothingAsked(Invalid):
    """It is not written down what the client asked."""

    field = "asked"


class AnswerNotChosen(Invalid):
    """It is not said whether the program agrees."""

    field = "answer"


class MustAgree(Invalid):
    """Paid in full out of pocket, the law has the program agree (45 CFR 164.522(a)(1)(vi))."""

    field = "answer"


class DeclinedWithoutReason(Invalid):
    """A request was declined and it is not said why."""

    field = "answer_why"


# ---- what leaves -------------------------------------------------------------------------------


@dataclass(eq=False)
class Uncovered(Refused):
    """Nothing covers it: it does not leave. `reasons` are sentences of the rules."""

    reasons: tuple[str, ...]
    client_id: UUID

    @property
    def subjects(self) -> tuple[str, ...]:
        """The chart, for the trail."""
        return (trail.subject("client", self.client_id),)


class WayNotSaid(Invalid):
    """It is not said which way it leaves."""

    field = "how"


class WhatNotSaid(Invalid):
    """It is not said what leaves."""

    field = "what"


class StopUnexplained(Invalid):
    """It is not said why it stops."""

    field = "why"


@dataclass(eq=False)
class ExceptionLacks(Invalid):
    """An exception lacks something for this to leave under it; `words` are the rule's."""

    words: str


@dataclass(eq=False)
class Stopped(Refused):
    """It was stopped before it left."""

    why: str


class LeftAlready(Refused):
    """It has left before."""
