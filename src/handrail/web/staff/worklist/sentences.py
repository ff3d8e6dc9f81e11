"""What is said when an item of the worklist cannot be assigned or put off as it was asked."""

from handrail.areas.worklist import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.NotAssignable: "Their role cannot do this. Choose someone else.",
    errors.SafetyWaitsForNobody: (
        "What is about someone’s safety cannot be snoozed. Assign it instead."
    ),
    errors.SnoozeUnexplained: "Say why it can wait: who reads the list next will ask.",
    errors.SnoozedIntoThePast: "Choose a day after today.",
    errors.SnoozedTooFar: "Choose a day within the next {days} days.",
    errors.NoDayToWaitFor: "Choose a day.",
}
