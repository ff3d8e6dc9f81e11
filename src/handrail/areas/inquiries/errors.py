"""What can be wrong with what is entered about an inquiry, by the field that it is about."""

from dataclasses import dataclass

from handrail.core.errors import Invalid

# ---- who asks, and about whom ------------------------------------------------------------------


class CallerUnnamed(Invalid):
    """Neither a name nor that none was given."""

    field = "caller_name"


class NoWayToCallBack(Invalid):
    """Neither a number nor an e-mail address."""

    field = "caller_phone"


class NotAnEmail(Invalid):
    """This is no e-mail address."""


class MandateByNobody(Invalid):
    """A mandate without the court, board or agency that gives it."""

    field = "mandated_by"


class BornLater(Invalid):
    """The birth date is today or still to come."""

    field = "birth_date"


@dataclass(eq=False)
class BornTooLongAgo(Invalid):
    """Nobody is as old as that."""

    years: int
    field = "birth_date"


class BeginsElsewhere(Invalid):
    """An inquiry does not begin at this stage."""

    field = "stage"


class NothingTold(Invalid):
    """Nothing was written of what was told in confidence."""

    field = "words"


class ToldByNobody(Invalid):
    """It is not said who told it, or in too many words."""

    field = "told_by"


# ---- the next step -----------------------------------------------------------------------------


class NoNextStep(Invalid):
    """An open inquiry always has a next step."""

    field = "next_step"


class NoDayForStep(Invalid):
    """The next step has no day."""

    field = "next_step_date"


class StepInThePast(Invalid):
    """The day of the next step has passed."""

    field = "next_step_date"


class NobodyForStep(Invalid):
    """Nobody takes the next step, or someone who does not work with inquiries."""

    field = "owner"


class StageUnknown(Invalid):
    """The stage is none that somebody can set by hand."""

    field = "stage"


class AdmittedWithoutChart(Invalid):
    """Only a client with a chart can be admitted."""

    field = "stage"


@dataclass(eq=False)
class ClosedUnexplained(Invalid):
    """It is not said why an inquiry is closed, or in too many words."""

    most: int
    field = "why"


# ---- merged, ended, with a chart ---------------------------------------------------------------


class GoOnThere(Invalid):
    """The inquiry was merged into another."""

    field = "inquiry"


@dataclass(eq=False)
class Ended(Invalid):
    """The inquiry has ended: how, and by whom."""

    stage: str
    closed_by: str
    field = "inquiry"


class SameInquiry(Invalid):
    """An inquiry is not merged into itself."""

    field = "into"


class NotMerged(Invalid):
    """It is not merged into another."""

    field = "inquiry"


class MergedAlready(Invalid):
    """Somebody has merged it into another."""

    field = "inquiry"


class OtherHasEnded(Invalid):
    """The inquiry to go on with has ended."""

    field = "into"


class TwoClients(Invalid):
    """Both have charts, of two different clients."""

    field = "into"


@dataclass(eq=False)
class SeparatedUnexplained(Invalid):
    """It is not said why it is someone else after all, or in too many words."""

    most: int
    field = "why"


class ChartOfAnother(Invalid):
    """The inquiry has a chart, of another client."""

    field = "client"


class LooksLikeAClient(Invalid):
    """Someone with a chart looks like the same person."""

    field = "client"


class NeededForAChart(Invalid):
    """A chart is not opened without both names and the birth date; `field` says what is missing."""
