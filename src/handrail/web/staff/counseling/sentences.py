"""What is said when a counseling note cannot be kept or opened."""

from handrail.areas.counseling import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.NothingWritten: "Write something first.",
    errors.NotYourNote: "Only whoever wrote a counseling note can open it.",
}
