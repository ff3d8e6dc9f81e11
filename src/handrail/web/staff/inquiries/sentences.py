"""What is said when something entered about an inquiry cannot be taken."""

from handrail.areas.inquiries import errors
from handrail.core import inquiries as core
from handrail.web.kit.sentences import Sentences
from handrail.web.staff.inquiries import fields

_NEEDED = {
    "given_name": "Ask for the given name: a chart is not opened without it.",
    "family_name": "Ask for the family name: a chart is not opened without it.",
    "birth_date": "Ask for the birth date: a chart is not opened without it.",
}


def _cannot(error: core.CannotNow) -> str:
    stage = error.stage
    return f"Cannot {error.act.value}: it is {stage.value} ({core.MEANS[stage]})."


def _leads_nowhere(error: core.NothingLeadsThere) -> str:
    stage, wanted = error.stage, error.wanted
    means = core.MEANS[stage]
    return f"It is {stage.value} ({means}) and cannot become {wanted.value} from there."


SENTENCES: Sentences = {
    errors.CallerUnnamed: "Enter the caller’s name, or “no name given”.",
    errors.NoWayToCallBack: (
        "Enter a number or an e-mail address to call back. If there is none, write “none”."
    ),
    errors.NotAnEmail: "Enter an e-mail address, for example name@example.org, or none.",
    errors.MandateByNobody: "Say who mandates it.",
    errors.BornLater: "This day is today or still to come. Check the year.",
    errors.BornTooLongAgo: "That is more than {years} years ago. Check the year.",
    errors.BeginsElsewhere: "An inquiry begins as new, reached or booked.",
    errors.NothingTold: "Write what was told.",
    errors.ToldByNobody: "Say who told it.",
    errors.NoNextStep: "Say what the next step is: an open inquiry always has one.",
    errors.NoDayForStep: "Choose the day of the next step.",
    errors.StepInThePast: "This day has passed. Choose today or a day to come.",
    errors.NobodyForStep: "Choose who takes the next step: someone who works with inquiries.",
    errors.StageUnknown: "Choose where it stands now.",
    errors.AdmittedWithoutChart: "Open a chart first: only a client can be admitted.",
    errors.ClosedUnexplained: "Say why it is closed, in at most {most} characters.",
    errors.GoOnThere: "This inquiry was merged into another: go on there.",
    errors.Ended: "This inquiry is {stage} already ({closed_by}).",
    errors.SameInquiry: "Choose another inquiry: this is the same one.",
    errors.NotMerged: "This inquiry is not merged into another.",
    errors.MergedAlready: "This inquiry was merged into another already.",
    errors.OtherHasEnded: "That inquiry has ended. Open it again first, or keep this one.",
    errors.TwoClients: "They belong to charts of two different clients.",
    errors.SeparatedUnexplained: (
        "Say why it is someone else after all, in at most {most} characters."
    ),
    errors.ChartOfAnother: "This inquiry has a chart already, of another client.",
    errors.LooksLikeAClient: (
        "Someone with a chart looks like the same person. Look at them first."
    ),
    errors.NeededForAChart: lambda error: _NEEDED[error.field],
    core.CannotNow: _cannot,
    core.NothingLeadsThere: _leads_nowhere,
    fields.OtherNotChosen: "Choose the other inquiry.",
}
