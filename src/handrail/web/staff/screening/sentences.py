"""What is said when something in a screening call cannot be taken as it was entered."""

from handrail.areas.screening import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.CallEnded: "This call has ended already.",
    errors.SpeakerUnknown: "Say who is speaking.",
    errors.AnswerUnknown: "{words}",
    errors.VoiceUnknown: "Choose who is on the line.",
    errors.HoldsNoCalls: "Choose a colleague who holds screening calls.",
    errors.DangerUnknown: "Choose what is wrong.",
    errors.StepUnknown: "Choose what was done.",
    errors.AddressMissing: "Write the address.",
    errors.WhoWasToldMissing: "Write who was told.",
    errors.EndNotChosen: "Choose how the call ends.",
    errors.WhereSentMissing: "Say where they were sent, and why.",
    errors.OutsideTheCriteria: "No level can be recommended here: {why}",
    errors.NothingAnswered: "Answer at least one question before you keep a result.",
}
