"""What can be wrong with a position, and with when something was agreed."""

from dataclasses import dataclass

from handrail.core.errors import Invalid, Refused


class PartyNotChosen(Invalid):
    """It is not said whose view it is."""

    field = "party"


class OnlyFamilyIsWithheld(Invalid):
    """Only what family says can be withheld from the client."""

    field = "withheld_from_client"


class PayerUnknown(Invalid):
    """The payer is not on the list."""

    field = "payer"


@dataclass(eq=False)
class ReasonOwed(Invalid):
    """Whoever asks for less, or for more, than was found says why; `words` are the rule's."""

    words: str
    field = "reason"


class VoidedWithoutReason(Invalid):
    """It is not said what was wrong with a position."""

    field = "reason"


class PositionVoid(Refused):
    """The position was taken out before."""


class ToldInTheFuture(Invalid):
    """The moment at which the physician was told is still to come."""

    field = "physician_told"


class NothingRecommended(Refused):
    """An agreement needs a recommendation to agree against."""
