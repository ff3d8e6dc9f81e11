"""What is said when a recommendation cannot be made, or a clinician's word on it not be kept."""

from handrail.areas.recommendations import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.Unreadable: "{words}",
    errors.NothingAnswered: "Answer at least one question before you keep a recommendation.",
    errors.VoidedWithoutReason: "Say why it is void: the reason stays with it.",
    errors.VoidAlready: "It is void already.",
    errors.Void: "This recommendation is void. Make a new one.",
    errors.Outdated: "A newer recommendation stands. Open it and go on from there.",
    errors.OnlyTheLeast: (
        "This is the least until an assessment is done. Assess, then confirm a level."
    ),
    errors.NoSingleLevel: (
        "No single level can be confirmed yet: answer the open safety questions."
    ),
    errors.ConfirmedAlready: "{confirmed_by} has confirmed this already.",
    errors.ReasonNotChosen: "Choose a reason from the list.",
    errors.OverrideUnexplained: "Say why, in your own words.",
    errors.NeedsNoCoSignature: "This needs no co-signature.",
    errors.CoSignedAlready: "{co_signed_by} has co-signed this already.",
}
