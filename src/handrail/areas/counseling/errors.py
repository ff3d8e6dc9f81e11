"""What can be wrong with a counseling note."""

from handrail.core.errors import Invalid, Refused


class NothingWritten(Invalid):
    """There is no word in it to sign."""

    field = "text"


class NotYourNote(Refused):
    """Somebody else wrote it: only its author opens it."""
