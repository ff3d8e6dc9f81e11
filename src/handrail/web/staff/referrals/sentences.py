"""What is said when something about a referral is not done, or cannot be entered."""

from handrail.areas.referrals import errors
from handrail.core.referrals import MEANS, DoesNotFit
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.ReturnIsOver: "This day is over. Say when they are expected.",
    errors.ReturnUnknown: ("Say when they are expected back. If nobody knows, a day to ask again."),
    errors.HeardInTheFuture: "This day is still to come.",
    errors.HeardBeforeTheLast: "This is before what was heard last.",
    errors.DeclinedWithoutWhy: "Say why they declined: the next place will ask.",
    errors.ReferralIsOver: "This referral is over.",
    errors.WrittenDownAlready: "Somebody has written this down already.",
    errors.NothingLeft: "There are no papers that have left. Send the referral first.",
    errors.LeftAnotherDay: (
        "These papers left on another day, and the chart says more by now. "
        "Refer again, or use Print or send: each is accounted for."
    ),
    DoesNotFit: lambda error: f"This does not fit: {MEANS[error.state]}.",
}
