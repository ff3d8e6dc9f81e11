"""What can be wrong with an assessment, its findings, or an addendum to it."""

from dataclasses import dataclass

from handrail.core.errors import Invalid, Refused


class NoneWritten(Invalid):
    """No assessment is being written."""

    field = "assessment"


@dataclass(eq=False)
class FindingUnreadable(Invalid):
    """An answer is not as the catalogue has it; `words` say what was expected."""

    words: str


class CorrectedWithoutReason(Invalid):
    """An answer is corrected, and it is not said why."""


@dataclass(eq=False)
class PartNotDone(Invalid):
    """A part stands between the assessment and a signature; `words` are the rule's."""

    words: str


class TwoTextsAtOnce(Invalid):
    """Two people wrote one part, and nobody has chosen."""


class NothingAdded(Invalid):
    """There is too little in an addendum."""

    field = "text"


class NotYoursToVoid(Refused):
    """Only the author or a supervisor voids an assessment."""


class VoidedWithoutReason(Invalid):
    """It is not said why an assessment or a result is void."""

    field = "reason"


@dataclass(eq=False)
class ResultVoid(Invalid):
    """The result was voided before."""

    voided_by: str
    field = "reason"


class NoButton(Invalid):
    """It is not said what is to be recorded, or which one is meant."""
