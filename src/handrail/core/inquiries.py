"""Where an inquiry stands, from the first ring to a chair in the room: one table.

An inquiry that is open always has an owner and a next step with its day; what has ended says when,
by whom and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from handrail.core.errors import Invalid


class Stage(StrEnum):
    """Where an inquiry stands. The value is stored: never change it."""

    NEW = "new"
    REACHED = "reached"
    SCREENING = "screening"
    SCREENED = "screened"
    BOOKED = "booked"
    WAITING = "waiting"
    REFERRED = "referred"
    ADMITTED = "admitted"
    CLOSED = "closed"


class Act(Enum):
    """What people do with an inquiry."""

    TALK = "reach them"
    SCREEN = "start a screening call"
    FINISH = "finish the screening"
    BOOK = "book a time"
    WAIT = "put on the waiting list"
    REFER = "refer out and expect back"
    ADMIT = "admit"
    CLOSE = "close with a reason"
    MERGE = "merge into another inquiry"
    REOPEN = "open again"


@dataclass(eq=False)
class CannotNow(Invalid):
    """This cannot be done with an inquiry at this stage."""

    act: Act
    stage: Stage
    field = "stage"


@dataclass(eq=False)
class NothingLeadsThere(Invalid):
    """Nothing leads from this stage to the one wanted."""

    stage: Stage
    wanted: Stage
    field = "stage"


ENDED = frozenset({Stage.ADMITTED, Stage.CLOSED})
"""Nothing more is to be done; every other stage is open and has a next step."""

_FROM_ANYWHERE = {
    Act.SCREEN: Stage.SCREENING,
    # A time for the screening or for the first day: the next step says which.
    Act.BOOK: Stage.BOOKED,
    Act.WAIT: Stage.WAITING,
    Act.REFER: Stage.REFERRED,
    Act.ADMIT: Stage.ADMITTED,
    Act.CLOSE: Stage.CLOSED,
    Act.MERGE: Stage.CLOSED,
}

TABLE: Mapping[Stage, Mapping[Act, Stage]] = {
    Stage.NEW: {Act.TALK: Stage.REACHED, **_FROM_ANYWHERE},
    Stage.REACHED: {Act.TALK: Stage.REACHED, **_FROM_ANYWHERE},
    Stage.SCREENING: {
        # The call broke off, or has to go on another day: the answers so far stay.
        Act.TALK: Stage.REACHED,
        Act.FINISH: Stage.SCREENED,
        **_FROM_ANYWHERE,
    },
    Stage.SCREENED: {Act.TALK: Stage.SCREENED, **_FROM_ANYWHERE},
    # They did not come to what was booked, and are called again.
    Stage.BOOKED: {Act.TALK: Stage.REACHED, Act.FINISH: Stage.SCREENED, **_FROM_ANYWHERE},
    Stage.WAITING: {Act.TALK: Stage.WAITING, **_FROM_ANYWHERE},
    Stage.REFERRED: {Act.TALK: Stage.REFERRED, **_FROM_ANYWHERE},
    Stage.ADMITTED: {Act.MERGE: Stage.CLOSED},
    Stage.CLOSED: {Act.REOPEN: Stage.REACHED, Act.MERGE: Stage.CLOSED},
}
"""From each stage, what may be done and where it leads. What is not listed is refused."""

MEANS: Mapping[Stage, str] = {
    Stage.NEW: "somebody asked; nobody has talked with them yet",
    Stage.REACHED: "we have talked; the screening is still to come",
    Stage.SCREENING: "a screening call is under way",
    Stage.SCREENED: "the questions are answered; what follows is being settled",
    Stage.BOOKED: "a time is agreed, for the screening or the first day",
    Stage.WAITING: "on the waiting list, with a day when we call",
    Stage.REFERRED: "in other care first, and expected back",
    Stage.ADMITTED: "in care here",
    Stage.CLOSED: "ended, with a reason",
}
"""What it means that an inquiry stands there, in a few words."""

_TOWARD: Mapping[Stage, Act] = {
    Stage.REACHED: Act.TALK,
    Stage.SCREENING: Act.SCREEN,
    Stage.SCREENED: Act.FINISH,
    Stage.BOOKED: Act.BOOK,
    Stage.WAITING: Act.WAIT,
    Stage.REFERRED: Act.REFER,
    Stage.ADMITTED: Act.ADMIT,
    Stage.CLOSED: Act.CLOSE,
}


def can(stage: Stage, act: Act) -> bool:
    """Tell whether this may be done with an inquiry that stands there."""
    return act in TABLE[stage]


def next_stage(stage: Stage, act: Act) -> Stage:
    """The stage an act leads to. Raises CannotNow when it may not be."""
    if not can(stage, act):
        raise CannotNow(act, stage)
    return TABLE[stage][act]


def act_toward(stage: Stage, wanted: Stage) -> Act | None:
    """The act by which an inquiry comes to the stage wanted; None where it stands there already.

    Raises NothingLeadsThere.
    """
    if wanted is stage and stage not in ENDED:
        return None
    if stage is Stage.CLOSED and wanted is Stage.REACHED:
        return Act.REOPEN
    act = _TOWARD.get(wanted)
    if act is None or TABLE[stage].get(act) is not wanted:
        raise NothingLeadsThere(stage, wanted)
    return act


def stages_ahead(stage: Stage) -> tuple[Stage, ...]:
    """The open stages that someone may set by hand from there, the present one included."""
    return tuple(one for one in Stage if one not in ENDED and _leads(stage, one))


def _leads(stage: Stage, wanted: Stage) -> bool:
    try:
        act_toward(stage, wanted)
    except NothingLeadsThere:
        return False
    return True


def as_markdown() -> str:
    """The table as the documents show it, made from the table itself."""
    rows = [
        f"| {stage.value} | {act.value} | {after.value} |"
        for stage, acts in TABLE.items()
        for act, after in acts.items()
    ]
    return "\n".join(
        ["| an inquiry that is | can be acted on: | and is then |", "|---|---|---|", *rows]
    )
