"""What can be wrong with a sequence, an agreement or an informed refusal."""

from dataclasses import dataclass

from handrail.core.errors import Invalid, Refused

# ---- a sequence --------------------------------------------------------------------------------


class NoSteps(Invalid):
    """Nothing is asked for; no care at all would be a step too."""

    field = "sequence"


@dataclass(eq=False)
class TooManySteps(Invalid):
    """More steps than can be kept."""

    most: int
    field = "sequence"


@dataclass(eq=False)
class StepUnknown(Invalid):
    """A step is no level, acute place or facet."""

    step: str
    field = "sequence"


class TwoPlacesInOneStep(Invalid):
    """One step is one place."""

    field = "sequence"


# ---- an agreement ------------------------------------------------------------------------------


@dataclass(eq=False)
class NothingStandsIn(Invalid):
    """A need is left unmet, and it is not said what stands in for it. `need` is its name."""

    need: str


class NotAccepted(Invalid):
    """Neither the client, nor family deciding for them, accepted it."""

    field = "accepted_by"


class NotLater(Invalid):
    """A day that has to come after another does not."""


@dataclass(eq=False)
class TooFarAway(Invalid):
    """A day is further away than the rules let it be."""

    days: int


@dataclass(eq=False)
class FloorUnmet(Refused):
    """Something of the floor would be left out: this cannot be agreed. `needs` are its names."""

    needs: tuple[str, ...]


# ---- an informed refusal -----------------------------------------------------------------------


@dataclass(eq=False)
class NothingRefused(Invalid):
    """What they accept leaves out nothing of the floor: it is an agreement."""

    accepts: str
    field = "sequence"


class NotExplained(Invalid):
    """It is not said what was explained."""

    field = "explained"


class PhysicianMissing(Invalid):
    """No physician is named."""

    field = "physician"


class PhysicianNotTold(Invalid):
    """It is not said when the physician was told."""

    field = "physician_told"


class NothingOffered(Invalid):
    """It is not said what is offered instead."""

    field = "offered"
