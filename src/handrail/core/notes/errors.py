"""What can stand against something about a note."""

from handrail.core.errors import Invalid, Refused


class NoteError(ValueError):
    """A rule about notes, or a signed text, that cannot be read; the message says why."""


class NotAsItStands(Refused):
    """A note does not take this as it stands, or not from this person."""


class CoSignFirst(NotAsItStands):
    """It is locked only once a supervisor has co-signed it."""


class NotTheLeader(NotAsItStands):
    """Whoever led a group signs its notes, or a supervisor with a reason."""


class OwnNote(NotAsItStands):
    """Nobody co-signs their own note."""


class NoValidLicense(NotAsItStands):
    """Co-signing needs a license that is valid on the day."""


class SigningUnexplained(Invalid):
    """A supervisor signs for a group they did not lead, and does not say why."""

    field = "reason"


class VoidUnexplained(Invalid):
    """It is not said why a note is void."""

    field = "reason"


class HalfACharacter(Invalid):
    """A text holds half a character, as a broken program leaves it."""
