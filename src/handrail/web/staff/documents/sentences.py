"""What is said when a letter cannot be made as it was asked for."""

from handrail.web.kit.sentences import Sentences
from handrail.web.staff.documents import errors

SENTENCES: Sentences = {
    errors.NobodyChosen: "Choose whom it is for.",
    errors.NameMissing: "Enter the name of the person or place it goes to.",
    errors.RecommendationVoid: "This recommendation is void. Nothing of it leaves.",
    errors.EndsBeforeItBegins: "The last day is before the first.",
    errors.NothingOfThis: "There is nothing of this in these days. Choose something.",
}
