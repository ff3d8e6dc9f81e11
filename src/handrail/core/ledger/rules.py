"""The dated lists of the ledger: reasons for an override, and what people commonly ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.core.ledger.positions import in_words, read_steps
from handrail.core.levels import Care


@dataclass(frozen=True, slots=True)
class OverrideReason:
    """A reason for which a clinician may put another level in the place of what was found.

    It can be chosen from `from_date` to `until_date`, the last day; None has no end.
    """

    code: str
    words: str
    from_date: date
    until_date: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it can be chosen on a day."""
        return self.from_date <= on and (self.until_date is None or on <= self.until_date)


@dataclass(frozen=True, slots=True)
class Common:
    """Something that people commonly ask for, in their words, as a sequence."""

    words: str
    sequence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """Everything that the ledger takes from its data file."""

    override_reasons: tuple[OverrideReason, ...]
    common: tuple[Common, ...]

    def reasons_on(self, day: date) -> tuple[OverrideReason, ...]:
        """The reasons that can be chosen on a day."""
        return tuple(one for one in self.override_reasons if one.holds(day))

    def reason_words(self, code: str) -> str:
        """A reason in words, also one that has ended; a code nobody knows stays as it is."""
        return next((one.words for one in self.override_reasons if one.code == code), code)


def read_ledger_rules(table: Mapping[str, Iterable[Mapping[str, Any]]], care: Care) -> LedgerRules:
    """Read the file. Raises ValueError naming the row that does not fit."""
    reasons = tuple(OverrideReason(**row) for row in table["override_reason"])
    codes = [one.code for one in reasons]
    for code in codes:
        if codes.count(code) > 1:
            raise ValueError(f"override reason {code!r}: written twice")
    common = tuple(Common(row["words"], tuple(row["sequence"])) for row in table["common"])
    for one in common:
        in_words(read_steps(one.sequence, care), care)  # what cannot be read is found on loading
    return LedgerRules(reasons, common)
