"""What can be wrong with what is entered about plans, benefits, income and fees."""

from dataclasses import dataclass
from datetime import date

from handrail.core.errors import Invalid


class SubscriberUnnamed(Invalid):
    """The plan is somebody else's, and it is not said whose."""

    field = "subscriber_name"


class StillToCome(Invalid):
    """A day on which something is said to have happened is still to come."""


class EndsBeforeItBegins(Invalid):
    """A plan would end before its first day."""

    field = "until_date"


@dataclass(eq=False)
class PlaceTaken(Invalid):
    """On one of these days another plan pays in the same place: first, second or third."""

    payer: str
    rank: str
    field = "rank"


@dataclass(eq=False)
class EndsAlready(Invalid):
    """The last day of the plan is on file."""

    until_date: date
    field = "until_date"


@dataclass(eq=False)
class VoidedAlready(Invalid):
    """Somebody has voided it."""

    voided_by: str


class NotAnAmount(Invalid):
    """It is less than nothing, or more than anybody ever pays."""


class AmountAndNone(Invalid):
    """It is said that there is no maximum, and what the maximum is."""

    field = "maximum"


class MoreMetThanThereIs(Invalid):
    """More of a deductible or maximum is met than there is of it."""


class PayerListedAlready(Invalid):
    """A payer of this name is on the list."""

    field = "name"


@dataclass(eq=False)
class RateSetAlready(Invalid):
    """There is a rate for the same thing from the same day."""

    from_date: date
    field = "from_date"


@dataclass(eq=False)
class ScaleSetAlready(Invalid):
    """There is a sliding fee from the same day."""

    from_date: date
    field = "from_date"


class LinesMissing(Invalid):
    """The sliding fee has no line of income that can be counted with."""

    field = "line_one"


class NpiNotTenDigits(Invalid):
    """A national provider identifier is ten digits."""

    field = "npi"
