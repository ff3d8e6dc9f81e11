"""What is said when something entered about the waiting list cannot be taken."""

from handrail.areas.waitlist import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.AtThisLevelAlready: (
        "They are in {level:level} already. Enroll or transfer them instead."
    ),
    errors.OnThisListAlready: "They are on the list of {program} already.",
    errors.TrackOfAnotherProgram: "This track is of another program, or it has ended.",
    errors.AskedInTheFuture: (
        "Nobody waits from a day to come. Enter the day on which they asked."
    ),
    errors.AttemptLoggedElsewhere: "Load the page again, and log it once more.",
    errors.NothingOffered: "Choose what was offered, or write it down.",
    errors.EndsByAdmission: "Admit them: that takes them off the list.",
    errors.NeverTried: "Nobody has tried to reach them yet. Log the attempts first.",
    errors.OffTheListAlready: "{ended_by} has taken them off the list already.",
}
