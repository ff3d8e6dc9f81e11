"""What is said when a consent, a notice or something that is to leave cannot be taken."""

from handrail.areas.consents import errors
from handrail.web.kit.sentences import Sentences


def _uncovered(error: errors.Uncovered) -> str:
    return " ".join(("This may not leave.", *error.reasons))


SENTENCES: Sentences = {
    errors.KindNotChosen: "Choose what the consent is for.",
    errors.NotReady: "This cannot be signed yet. As it stands, {lacks}.",
    errors.RecipientsNotReady: "Say to whom, by name. As it stands, {lacks}.",
    errors.ContentsNotReady: "Choose at least one thing that may be told. As it stands, {lacks}.",
    errors.EndNotReady: (
        "Say until when: a day that is still to come, or an event. As it stands, {lacks}."
    ),
    errors.NotAskedAlone: (
        "Ask the client alone first whether they want this. As it stands, {lacks}."
    ),
    errors.ExpiresInThePast: "This day has passed. Choose until when it holds.",
    errors.SignedAlready: "This was signed already, {signed_at:moment}.",
    errors.PutAwayUnsigned: "This was put away unsigned. Prepare it anew.",
    errors.ExpiredUnsigned: "This has run out before it was signed. Prepare it anew.",
    errors.SignerMissing: "Type the name of who signs.",
    errors.SignerNotTheClient: (
        "Type the name as the text has it: {client_name}. Someone who signs for them says why"
        " they may."
    ),
    errors.SignedNowhere: "Say how and where it is signed.",
    errors.NotDrawn: "Sign in the field, or choose to sign with the typed name alone.",
    errors.DrawingUnreadable: "The drawing could not be read. Draw it again.",
    errors.NeverSigned: "This was never signed. Have it signed, or prepare another.",
    errors.NotRenewable: lambda error: f"This consent {error.ended.words}. Prepare another.",
    errors.UnsignedCannotEnd: "This was never signed: put it away instead.",
    errors.SignedCannotBePutAway: "This was signed. The client can take it back.",
    errors.EndedAlready: lambda error: f"This consent {error.ended.words} already.",
    errors.EndNotChosen: "Choose why it ends.",
    errors.EndUnexplained: "Say what happened.",
    errors.HowNotSaid: "Say how they took it back.",
    errors.TakenBackAlready: lambda error: f"This consent {error.ended.words} already.",
    errors.NotYetTakenBack: (
        "By its own terms this consent can be taken back from {not_before:plain_date} on."
    ),
    errors.NoticeUnsigned: "Type the client’s name, or say why they did not sign.",
    errors.RestrictedFromNobody: "Choose whom it is to be kept from.",
    errors.NothingAsked: "Write down what the client asked.",
    errors.AnswerNotChosen: "Say what the answer is.",
    errors.MustAgree: "Paid in full out of pocket: the law has us agree.",
    errors.DeclinedWithoutReason: "Say why it is declined.",
    errors.Uncovered: _uncovered,
    errors.WayNotSaid: "Say which way it leaves.",
    errors.WhatNotSaid: "Say what it is.",
    errors.StopUnexplained: "Say why it stops.",
    errors.ExceptionLacks: "{words}",
    errors.Stopped: "This was stopped. {why}",
    errors.LeftAlready: "This has left already.",
}
