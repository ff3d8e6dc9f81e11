"""Why something about a referral is not done, or cannot be entered."""

from handrail.core.errors import Invalid, Refused


class ReturnIsOver(Invalid):
    """Someone would be expected back on a day that is over."""

    field = "expected_return_date"


class ReturnUnknown(Invalid):
    """Nobody is at other care without a day on which they are expected back."""

    field = "expected_return_date"


class HeardInTheFuture(Invalid):
    """Nothing is heard on a day to come."""

    field = "on_date"


class HeardBeforeTheLast(Invalid):
    """What is heard follows what was heard before."""

    field = "on_date"


class DeclinedWithoutWhy(Invalid):
    """The next place will ask why the last one declined."""

    field = "words"


class ReferralIsOver(Refused):
    """Nothing changes about a referral that is over."""


class WrittenDownAlready(Refused):
    """Somebody has written down what was heard on this day."""


class NothingLeft(Refused):
    """There are no papers that have left."""


class LeftAnotherDay(Refused):
    """The papers left on an earlier day, and the chart says more by now."""
