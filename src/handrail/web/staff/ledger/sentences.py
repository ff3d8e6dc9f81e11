"""What is said when a position, an agreement or a refusal cannot be taken as it was entered."""

from handrail.areas.ledger import errors
from handrail.core.ledger import errors as core
from handrail.web.kit.sentences import Sentences


def _floor(error: core.FloorUnmet) -> str:
    return (
        f"This leaves out what cannot be agreed away: {'; '.join(error.needs)}. Someone may refuse"
        " it, knowing what it means: record an informed refusal, and offer what they will accept."
        " If it is behind them, make a new recommendation from what is known now."
    )


SENTENCES: Sentences = {
    errors.NothingRecommended: (
        "Nothing was recommended yet: an agreement needs something to agree against."
    ),
    core.NoSteps: "Choose at least one step; “on my own” is one too.",
    core.TooManySteps: "At most {most} steps can be kept.",
    core.StepUnknown: "“{step}” is no level, acute place or facet.",
    core.TwoPlacesInOneStep: "One step is one place. Put the other into the next step.",
    core.NothingStandsIn: "Say what stands in for this: {need}.",
    core.NotAccepted: (
        "An agreement is one that the client, or family deciding for them, accepted. Until then"
        " it is a position."
    ),
    core.NotLater: "Choose a day after this one.",
    core.TooFarAway: "This is too far away: {days} days at most.",
    core.FloorUnmet: _floor,
    core.NothingRefused: "{accepts} leaves out nothing of the floor: record an agreement.",
    core.NotExplained: "Write what was explained: the danger, and what the care would do.",
    core.PhysicianMissing: "Name the physician who was told.",
    core.PhysicianNotTold: "When was the physician told? Tell one before you go on.",
    core.NothingOffered: "Write what is offered instead. There is always something.",
    errors.PartyNotChosen: "Choose whose view this is.",
    errors.OnlyFamilyIsWithheld: "Only what family says can be withheld.",
    errors.PayerUnknown: "Choose a payer of the list, or leave it open.",
    errors.ReasonOwed: "{words}",
    errors.VoidedWithoutReason: "Say what was wrong.",
    errors.PositionVoid: "This position is void already.",
    errors.ToldInTheFuture: "This moment is still to come. Tell a physician first.",
}
