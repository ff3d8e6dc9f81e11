"""What can be wrong with a flag, or with a safety plan."""

from dataclasses import dataclass
from datetime import datetime

from handrail.core.errors import Invalid
from handrail.core.safety_plan import LookDay, Standing

# ---- flags -------------------------------------------------------------------------------------


class FlagKindNotChosen(Invalid):
    """It is not said what the flag is about."""

    field = "kind"


class FlagOpenAlready(Invalid):
    """The same flag is open."""

    field = "kind"


class FlagWithoutWhy(Invalid):
    """It is not said why the flag is raised."""

    field = "why"


class OwnerCannotOwn(Invalid):
    """The owner does not work here, or does not care for clients."""

    field = "owner"


class ReviewInThePast(Invalid):
    """The day on which the flag is looked at again has passed."""

    field = "review_date"


class NobodyToAvoid(Invalid):
    """A no-contact flag names one other client or one colleague."""

    field = "other"


class OnlyNoContactNamesSomeone(Invalid):
    """Another kind of flag names someone else."""

    field = "other"


class OtherIsTheClient(Invalid):
    """A no-contact flag names the client themself."""

    field = "other"


@dataclass(eq=False)
class OtherUnclear(Invalid):
    """What was typed about the other client finds nobody, or several people."""

    nobody: bool
    field = "other"


@dataclass(eq=False)
class FlagClosed(Invalid):
    """The flag was closed before."""

    closed_by: str
    closed_at: datetime
    field = "flag"


class FormulationTooThin(Invalid):
    """A formulation says too little to close a flag upon."""

    field = "formulation"


@dataclass(eq=False)
class PlanInTheWay(Invalid):
    """A concern about danger to life is not closed as it stands with the safety plan."""

    how: Standing
    field = "safety_plan"


# ---- the safety plan ---------------------------------------------------------------------------


class NothingToSign(Invalid):
    """Nothing is written that could be signed."""

    field = "plan"


@dataclass(eq=False)
class PartNotDone(Invalid):
    """A part of the plan stands between it and a signature; `words` are the rule's."""

    words: str


class TwoTextsAtOnce(Invalid):
    """Two people wrote one part, and nobody has chosen."""


class NobodySeesToIt(Invalid):
    """Whoever sees to the next step does not work here, or does not care for clients."""

    field = "owner"


class NoPlanYet(Invalid):
    """There is no safety plan to go through again."""

    field = "plan"


class LookUnexplained(Invalid):
    """It is not said how it stands with the plan."""

    field = "words"


@dataclass(eq=False)
class NextLookWrong(Invalid):
    """The day of the next look cannot be."""

    wrong: LookDay
    within_days: int
    field = "next_look"


class DeclinedWithoutReason(Invalid):
    """It is not said why there is no plan."""

    field = "reason"


class NothingInstead(Invalid):
    """It is not said what was done for their safety instead."""

    field = "instead"


@dataclass(eq=False)
class AskAgainWrong(Invalid):
    """The day on which they are asked again cannot be."""

    wrong: LookDay
    within_days: int
    field = "ask_again"
