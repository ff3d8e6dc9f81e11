"""What is said when something entered about a client cannot be taken."""

from handrail.areas.clients import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.DayToCome: "This day is still to come. Check the year.",
}
