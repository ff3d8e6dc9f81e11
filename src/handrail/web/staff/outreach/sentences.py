"""What is said when an attempt to reach someone, or its end, cannot be taken."""

from handrail.areas.outreach import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.OutreachClosed: "This outreach is closed. Nothing can be added to it.",
    errors.ClosedAlready: "It is closed already: {outcome}.",
    errors.AttemptUnknown: "Choose how you tried, and what came of it.",
    errors.NoAnswerToThat: "“{result}” is no answer to that way of trying.",
    errors.NotToBeCalled: (
        "Choose a contact who may be told that they missed a session. Nobody else is called."
    ),
    errors.StepsLeft: lambda error: (
        f"Not every step was taken. Still to do: {', '.join(error.steps)}."
    ),
    errors.OutcomeUnknown: "Choose how it ended.",
    errors.WasAbsent: "Attendance says they were not there. Correct that on the board first.",
    errors.BelongsInANote: "At most {most} characters; the rest belongs in a note.",
}
