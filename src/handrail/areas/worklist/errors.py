"""Why an item of the worklist is not assigned, or not put off."""

from dataclasses import dataclass

from handrail.core.errors import Invalid


@dataclass(eq=False)
class NotAssignable(Invalid):
    """This colleague's role cannot do it; `kind` is what was to be assigned."""

    kind: str
    field = "owner"


class SafetyWaitsForNobody(Invalid):
    """What is about someone's safety cannot be snoozed."""

    field = "day"


class SnoozeUnexplained(Invalid):
    """It is not said why it can wait."""

    field = "reason"


class SnoozedIntoThePast(Invalid):
    """The day is today, or has passed."""

    field = "day"


@dataclass(eq=False)
class SnoozedTooFar(Invalid):
    """The day is further ahead than anything may wait."""

    days: int
    field = "day"


class NoDayToWaitFor(Invalid):
    """It is not said until when it can wait."""

    field = "day"
