"""What is said when something about a note cannot be."""


class NoteError(ValueError):
    """A note, a signature or a rule about them that cannot be; the message says why."""
