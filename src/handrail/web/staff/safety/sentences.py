"""What is said when a flag or a safety plan cannot be taken as it was entered."""

from handrail.areas.safety import errors
from handrail.core.safety_plan import LookDay
from handrail.web.kit.sentences import Sentences


def _other(error: errors.OtherUnclear) -> str:
    found = "Nobody is" if error.nobody else "Several people are"
    return f"{found} found by this. Type both names and the birth date."


def _plan(error: errors.PlanInTheWay) -> str:
    return (
        f"{error.how.value.capitalize()}. Make one or go through it with the client first; if they"
        " would not, record that with the reason. Both are done on the Safety plan tab."
    )


def _ask_again(error: errors.AskAgainWrong) -> str:
    return {
        LookDay.MISSING: "Say when you ask again.",
        LookDay.NOT_LATER: "Ask again on a day after today.",
        LookDay.TOO_FAR: f"Ask again within {error.within_days} days.",
    }[error.wrong]


SENTENCES: Sentences = {
    errors.FlagKindNotChosen: "Choose what it is about.",
    errors.FlagOpenAlready: (
        "This flag is open already; nothing was added. Tell its owner what is new."
    ),
    errors.FlagWithoutWhy: "Say why.",
    errors.OwnerCannotOwn: "Choose an owner: someone who works here and cares for clients.",
    errors.ReviewInThePast: "This day has passed. Choose when it is looked at again.",
    errors.NobodyToAvoid: "Say whom they must not meet: one other client or one colleague.",
    errors.OnlyNoContactNamesSomeone: "Only a no-contact flag names someone else.",
    errors.OtherIsTheClient: "Choose someone else: this is the client themself.",
    errors.OtherUnclear: _other,
    errors.FlagClosed: "This flag is closed already: {closed_by}, {closed_at:moment}.",
    errors.FormulationTooThin: (
        "Write what changed, what protects the client now, and why this no longer holds."
    ),
    errors.PlanInTheWay: _plan,
    errors.NothingToSign: "There is nothing to sign. It may be signed already.",
    errors.PartNotDone: "{words}",
    errors.TwoTextsAtOnce: "Two texts at once: choose one first.",
    errors.NobodySeesToIt: "Choose someone who works here and cares for clients.",
    errors.NoPlanYet: "There is no safety plan yet. Write one first.",
    errors.LookUnexplained: "Say how it stands: what was used, and what still holds.",
    errors.NextLookWrong: lambda error: error.wrong.within(error.within_days),
    errors.DeclinedWithoutReason: "Say why there is no plan, in their words if they said.",
    errors.NothingInstead: "Say what was done for their safety instead.",
    errors.AskAgainWrong: _ask_again,
}
