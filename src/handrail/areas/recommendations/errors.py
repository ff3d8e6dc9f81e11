"""What can stand against a recommendation, or against a clinician's word on one."""

from dataclasses import dataclass

from handrail.core.errors import Invalid, Refused


@dataclass(eq=False)
class Unreadable(Invalid):
    """The criteria set is not known, or a finding is not as the catalogue has it; `words` say
    which.
    """

    words: str


class NothingAnswered(Invalid):
    """There is no finding at all to recommend upon."""


class VoidedWithoutReason(Invalid):
    """It is not said why a recommendation is void."""

    field = "reason"


class VoidAlready(Refused):
    """The recommendation was voided before."""


class Void(Refused):
    """The recommendation is void: nothing more is decided upon it."""


class Outdated(Refused):
    """A newer recommendation stands."""


class OnlyTheLeast(Refused):
    """What was found is the least until an assessment is done: no level is confirmed upon it."""


class NoSingleLevel(Refused):
    """Safety questions are open, so no single level can be confirmed."""


@dataclass(eq=False)
class ConfirmedAlready(Refused):
    """A clinician has put their name to it before."""

    confirmed_by: str


class ReasonNotChosen(Invalid):
    """No reason was chosen from the list."""

    field = "reason_code"


class OverrideUnexplained(Invalid):
    """It is not said in words why another level is put in place."""

    field = "reason"


class NeedsNoCoSignature(Refused):
    """It stands by itself."""


@dataclass(eq=False)
class CoSignedAlready(Refused):
    """Somebody has co-signed it before."""

    co_signed_by: str
