"""What is said when the board cannot take what was marked or pressed."""

from collections.abc import Callable

from handrail.areas.sessions import errors
from handrail.core.course.session_states import State
from handrail.web.kit.sentences import Sentences

_WHY = {
    State.PLANNED: "the session has not begun",
    State.TO_BE_SIGNED: "it is closed; reopen it to correct something",
    State.CLOSED: "it is closed and signed; void a note to correct something",
    State.CANCELED: "the session is canceled",
}


def _not_running(what: str) -> Callable[[errors.NotRunning], str]:
    return lambda error: f"{what}: {_WHY.get(error.state, 'it is in progress')}."


SENTENCES: Sentences = {
    errors.NotRunning: _not_running("This cannot be done"),
    errors.CannotBeMarked: _not_running("Attendance cannot be marked"),
    errors.CannotBeAdded: _not_running("Nobody can be added"),
    errors.CannotBeTakenOff: _not_running("Nobody can be taken off"),
    errors.NoteSigned: "Their note is signed. Void it first, then correct the attendance.",
    errors.UnexpectedCannotBeAbsent: (
        "Nobody expected them, so they cannot be absent: take them off instead."
    ),
    errors.ExpectedHere: "They are expected here. Mark them absent instead.",
    errors.SignedCannotBeTakenOff: "Their note is signed. Void it first.",
    errors.WrittenCannotBeTakenOff: (
        "Something is written for them. Empty it first, then take them off."
    ),
    errors.SignedByItsMinutes: (
        "This session ended early, and notes are signed by the minutes it had. Void those notes"
        " first; then open the attendance again."
    ),
    errors.NobodyMeant: "It was not said who is meant. Open the board anew.",
    errors.NotMinutes: "A whole number of minutes.",
    errors.NotBegunYet: "The session begins {begins:short_time}: nobody is late or leaves before.",
}
