"""From draft to lock: what may be done to a note, by whom, and the letters behind the name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from handrail.core.errors import raise_any, too_long
from handrail.core.notes import errors


class State(Enum):
    """Where a note stands between the first word and the lock."""

    DRAFT = "a draft"
    SIGNED = "signed"
    CO_SIGNED = "co-signed"
    LOCKED = "locked"
    VOID = "void"


class Act(Enum):
    """What people do to a note. Each is recorded by itself: who, when, and the content's hash."""

    WRITE = "write"
    SIGN = "sign"
    CO_SIGN = "co-sign"
    LOCK = "lock"
    ADD = "add an addendum"
    VOID = "void, with a reason"


TABLE: Mapping[State, Mapping[Act, State]] = {
    State.DRAFT: {Act.WRITE: State.DRAFT, Act.SIGN: State.SIGNED},
    State.SIGNED: {
        Act.CO_SIGN: State.CO_SIGNED,
        # Only where no co-signature is needed.
        Act.LOCK: State.LOCKED,
        Act.ADD: State.SIGNED,
        Act.VOID: State.VOID,
    },
    State.CO_SIGNED: {Act.LOCK: State.LOCKED, Act.ADD: State.CO_SIGNED, Act.VOID: State.VOID},
    State.LOCKED: {Act.ADD: State.LOCKED, Act.VOID: State.VOID},
    State.VOID: {},
}
"""From each state, what may be done and where it leads. What is not listed is refused."""

WHY_NOT: Mapping[State, str] = {
    State.DRAFT: "it is a draft and nobody has signed it",
    State.SIGNED: "it is signed; corrections are addenda",
    State.CO_SIGNED: "it is co-signed; corrections are addenda",
    State.LOCKED: "it is locked; corrections are addenda",
    State.VOID: "it is void and stays as it was; write a new note",
}


@dataclass(frozen=True, slots=True)
class Credential:
    """A license or certificate as far as a signature goes. `letters` such as LCSW.

    `expires` is the last valid day; None never ends. Voided ones are not passed in.
    """

    letters: str
    expires: date | None = None

    def is_valid(self, on: date) -> bool:
        """Whether it holds on this day, its last day included."""
        return self.expires is None or on <= self.expires


@dataclass(eq=False)
class NotInThisState(errors.NotAsItStands):
    """A note in this state does not take this."""

    act: Act
    state: State


def can(state: State, act: Act) -> bool:
    """Tell whether this may be done to a note in this state."""
    return act in TABLE[state]


def next_state(state: State, act: Act, *, co_signature_needed: bool = False) -> State:
    """The state that an act leads to. Raises NotAsItStands when it may not be."""
    if not can(state, act):
        raise NotInThisState(act, state)
    if state is State.SIGNED and act is Act.LOCK and co_signature_needed:
        raise errors.CoSignFirst
    return TABLE[state][act]


def check_reason(reason: str) -> str:
    """The reason for voiding, trimmed. Raises VoidUnexplained when there is none."""
    if not reason.strip():
        raise errors.VoidUnexplained
    return reason.strip()


def may_begin_another(states: Iterable[State]) -> bool:
    """Whether a note may be written where these stand already: only when all of them are void."""
    return all(state is State.VOID for state in states)


def valid_letters(credentials: Iterable[Credential], *, on: date) -> tuple[str, ...]:
    """The letters that hold on a day, in the order given, each once."""
    return tuple(dict.fromkeys(c.letters for c in credentials if c.letters and c.is_valid(on)))


LONGEST_REASON = 120
"""Letters of a reason that stands in a signature line, which has 250 for all of it."""


def check_signer(*, leads: bool, supervises: bool, reason: str) -> str:
    """Who signs the notes of a group: whoever led it, or a supervisor who says why.

    Returns what the signature line says beside the name: nothing for who led it.
    Raises NotTheLeader, SigningUnexplained, TooLong.
    """
    if leads:
        return ""
    if not supervises:
        raise errors.NotTheLeader
    said = " ".join(reason.split())
    if not said:
        raise errors.SigningUnexplained
    raise_any(too_long({"reason": said}, {"reason": LONGEST_REASON}))
    return f", who did not lead this group: {said}"


def signature_line(name: str, credentials: Iterable[Credential], *, on: date) -> str:
    """How a signer stands on the note: "Dana Whitfield, LCSW, LCADC"."""
    return ", ".join((name, *valid_letters(credentials, on=on)))


def needs_co_signature(
    credentials: Iterable[Credential], *, on: date, sign_alone: Collection[str]
) -> bool:
    """Whether a supervisor has to co-sign: no license that signs alone is valid on this day.

    `sign_alone` are the letters of such licenses: data of the state and program, not of this code.
    """
    alone = {_bare(letters) for letters in sign_alone}
    return all(_bare(held) not in alone for held in valid_letters(credentials, on=on))


def check_co_signer(
    *,
    author: str,
    co_signer: str,
    credentials: Iterable[Credential],
    on: date,
    sign_alone: Collection[str],
) -> None:
    """Whether this person may co-sign that person's note. Raises OwnNote, NoValidLicense."""
    if author == co_signer:
        raise errors.OwnNote
    if needs_co_signature(credentials, on=on, sign_alone=sign_alone):
        raise errors.NoValidLicense


def as_markdown() -> str:
    """The table as the documents show it, made from the table itself."""
    rows = [
        f"| {state.value} | {act.value} | {after.value} |"
        for state, acts in TABLE.items()
        for act, after in acts.items()
    ]
    return "\n".join(["| a note that is | one can: | and it is then |", "|---|---|---|", *rows])


def _bare(letters: str) -> str:
    """Letters as compared: "L.C.S.W." and "lcsw" are one."""
    return "".join(character for character in letters.casefold() if character.isalnum())
