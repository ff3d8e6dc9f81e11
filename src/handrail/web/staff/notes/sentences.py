"""What is said when a note cannot be signed, voided or added to."""

from handrail.areas.notes import errors
from handrail.core.course import session_states
from handrail.core.drafts import VersionNeverWas
from handrail.core.notes import errors as core
from handrail.core.notes import signatures
from handrail.web.kit.sentences import Sentences


def _state(error: signatures.NotInThisState) -> str:
    return f"Cannot {error.act.value}: {signatures.WHY_NOT[error.state]}."


def _attendance(error: errors.AttendanceNotClosed) -> str:
    why = session_states.WHY_NOT[error.state]
    return f"Cannot sign: {why}; attendance is closed before signing."


SENTENCES: Sentences = {
    signatures.NotInThisState: _state,
    core.CoSignFirst: "Cannot lock: a supervisor has to co-sign it first.",
    core.NotTheLeader: "Whoever led this group signs its notes, or a supervisor with a reason.",
    core.OwnNote: "Nobody co-signs their own note; another supervisor has to.",
    core.NoValidLicense: (
        "Co-signing needs a license that is valid today; yours has none on file."
    ),
    core.NotAsItStands: "This cannot be done as the note stands.",
    core.SigningUnexplained: (
        "You did not lead this group. Say why you sign for it; the note will say so."
    ),
    core.VoidUnexplained: "Say why this note is void; the reason stays with it.",
    core.HalfACharacter: "The note holds half a character; delete it and type it again.",
    VersionNeverWas: "Version {version} never was; the last is {last}. Open the page anew.",
    errors.AttendanceNotClosed: _attendance,
    errors.NotYoursToVoid: "Only the author or a supervisor can void this note.",
    errors.NothingAdded: "Write what is to be added.",
}
