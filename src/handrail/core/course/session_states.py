"""What state a session is in, and what may be done to it then: one table."""

from collections.abc import Mapping
from enum import Enum

from handrail.core.course.errors import NotInThisState


class State(Enum):
    """Where a session stands, from the calendar to the last signature."""

    PLANNED = "planned"
    IN_PROGRESS = "in progress"
    TO_BE_SIGNED = "to be signed"
    CLOSED = "closed"
    CANCELED = "canceled"


class Act(Enum):
    """What people do to a session."""

    START = "start"
    CLOSE = "close attendance"
    REOPEN = "reopen attendance"
    SIGN_LAST = "sign the last note"
    VOID_NOTE = "void a note"
    MOVE = "move or change"
    CANCEL = "cancel"
    RESTORE = "restore"


TABLE: Mapping[State, Mapping[Act, State]] = {
    State.PLANNED: {
        Act.START: State.IN_PROGRESS,
        # The same session on another day: nothing is lost by moving.
        Act.MOVE: State.PLANNED,
        Act.CANCEL: State.CANCELED,
    },
    State.IN_PROGRESS: {
        Act.CLOSE: State.TO_BE_SIGNED,
        # A fire alarm in the first minutes. What was written stays with the session.
        Act.CANCEL: State.CANCELED,
        # Reopened for a correction when some notes were signed already.
        Act.VOID_NOTE: State.IN_PROGRESS,
    },
    State.TO_BE_SIGNED: {
        Act.SIGN_LAST: State.CLOSED,
        Act.REOPEN: State.IN_PROGRESS,
        Act.VOID_NOTE: State.TO_BE_SIGNED,
    },
    # Someone is without a valid note again, so the session waits for a signature again.
    State.CLOSED: {Act.VOID_NOTE: State.TO_BE_SIGNED},
    State.CANCELED: {Act.RESTORE: State.PLANNED},
}
"""From each state, what may be done and where it leads. What is not listed is refused."""

WHY_NOT: Mapping[State, str] = {
    State.PLANNED: "it has not begun",
    State.IN_PROGRESS: "it is in progress",
    State.TO_BE_SIGNED: "its attendance is closed and its notes wait for signatures",
    State.CLOSED: "it is closed and signed; add to a note, or void it with a reason",
    State.CANCELED: "it is canceled; restore it first",
}


def can(state: State, act: Act) -> bool:
    """Tell whether this may be done to a session in this state."""
    return act in TABLE[state]


def next_state(state: State, act: Act) -> State:
    """The state that an act leads to. Raises NotInThisState when it may not be."""
    if not can(state, act):
        raise NotInThisState(act, state)
    return TABLE[state][act]


def as_markdown() -> str:
    """The table as the documents show it, made from the table itself."""
    rows = [
        f"| {state.value} | {act.value} | {after.value} |"
        for state, acts in TABLE.items()
        for act, after in acts.items()
    ]
    return "\n".join(
        ["| a session that is | can be acted on: | and is then |", "|---|---|---|", *rows]
    )
