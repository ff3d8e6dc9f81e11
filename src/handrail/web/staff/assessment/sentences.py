"""What is said when an assessment, or a result beside it, cannot be taken as it was entered."""

from handrail.areas.assessment import errors
from handrail.core import outside_results as results
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.NoneWritten: "No assessment is being written. It may be signed already.",
    errors.FindingUnreadable: "{words}",
    errors.CorrectedWithoutReason: (
        "Say why the answer is corrected. The earlier one stays beside it."
    ),
    errors.PartNotDone: "{words}",
    errors.TwoTextsAtOnce: "Two texts at once: choose one first.",
    errors.NothingAdded: "Write what is to be added.",
    errors.NotYoursToVoid: "Only the author or a supervisor can void this assessment.",
    errors.VoidedWithoutReason: "Say why it is void: the reason stays with it.",
    errors.ResultVoid: "It is void already ({voided_by}).",
    errors.NoButton: "It was not said what is meant. Open the page anew, and press its button.",
    results.InstrumentNotChosen: "Choose the instrument.",
    results.InstrumentUnnamed: "Name the instrument.",
    results.EditionMissing: ("Say which edition: the same result means another thing in the next."),
    results.EditionUnknown: lambda error: f"Choose the edition: {', '.join(error.editions)}.",
    results.ResultMissing: "Give the result.",
    results.MoreThanTheResult: (
        "Give the result alone, in at most {longest} characters: the instrument’s own text is not"
        " kept here."
    ),
    results.ScoreOutside: "A score goes from {least} to {most}.",
}
