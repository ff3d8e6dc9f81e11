"""The script of the screening call: what is asked, in which order, and what an answer may be.

Pure: it comes as a table (data/screening.toml). Its questions follow the rules of the private
check (core.check); numbers, free words and instruments are added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from handrail.core import check as checks
from handrail.core.check import Check, Part, Question
from handrail.core.findings import Definition, FindingError
from handrail.core.instruments import Instrument


class ScreeningError(ValueError):
    """An answer that cannot be taken, or a script that cannot be asked; says what was expected."""


class Kind(Enum):
    """What an item of the script takes."""

    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"
    WORDS = "words"
    INSTRUMENT = "instrument"


@dataclass(frozen=True, slots=True)
class Opening:
    """A shorter instrument whose questions come first; from `goes_on_at` on the rest is asked."""

    instrument: Instrument
    items: Mapping[str, str]
    goes_on_at: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the script. `question` carries its part, its words and when it applies."""

    question: Question
    kind: Kind
    optional: bool = False
    ask_self: bool = False
    code: str = ""
    minimum: int = 0
    maximum: int = 0
    instrument: Instrument | None = None
    opens_with: Opening | None = None
    alarm_if_refused: str = ""

    @property
    def slug(self) -> str:
        """The name of the question, and of its field."""
        return self.question.slug

    @property
    def codes(self) -> tuple[str, ...]:
        """The findings that it can answer."""
        return (self.code,) if self.code else self.question.codes


@dataclass(frozen=True, slots=True)
class Script:
    """Everything asked in a screening call, in order."""

    version: str
    check: Check
    items: tuple[Item, ...]
    say: Mapping[str, str]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the call, safety first."""
        return self.check.parts

    def item(self, slug: str) -> Item:
        """An item by its slug. Raises ScreeningError."""
        for one in self.items:
            if one.slug == slug:
                return one
        raise ScreeningError(f"question {slug}: there is none")


def read_script(
    table: Mapping[str, Any],
    catalogue: Mapping[str, Definition],
    instruments: Mapping[str, Instrument],
) -> Script:
    """Read the script from its table and check that each line can be asked and understood.

    Raises ScreeningError, naming the question and what is wrong with it.
    """
    rows = [_as_check_row(row) for row in table["question"]]
    try:
        check = checks.read_check({**table, "question": rows}, catalogue)
    except checks.CheckError as wrong:
        raise ScreeningError(str(wrong)) from wrong
    items = []
    for question, row in zip(check.questions, table["question"], strict=True):
        try:
            items.append(_item(question, row, catalogue, instruments))
        except (KeyError, ValueError) as wrong:
            raise ScreeningError(f"question {question.slug}: {wrong}") from wrong
    say = {row["key"]: row["say"] for row in table["part"]}
    return Script(table["version"], check, tuple(items), say)


def _as_check_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    if row.get("kind") in ("one", "several"):
        return row
    return {**row, "kind": "one", "option": ()}


def _item(
    question: Question,
    row: Mapping[str, Any],
    catalogue: Mapping[str, Definition],
    instruments: Mapping[str, Instrument],
) -> Item:
    kind = Kind(row["kind"])
    code = row["code"] if kind is Kind.NUMBER else ""
    if code and (code not in catalogue or catalogue[code].type != "number"):
        raise FindingError(f"finding {code} is not a number of the catalogue")
    return Item(
        question=question,
        kind=kind,
        optional=row.get("optional", False),
        ask_self=row.get("ask_self", False),
        code=code,
        minimum=row.get("min", 0),
        maximum=row.get("max", 0),
        instrument=instruments[row["instrument"]] if kind is Kind.INSTRUMENT else None,
        opens_with=_opening(row.get("opens_with"), instruments),
        alarm_if_refused=row.get("alarm_if_refused", ""),
    )


def _opening(
    row: Mapping[str, Any] | None, instruments: Mapping[str, Instrument]
) -> Opening | None:
    if row is None:
        return None
    return Opening(instruments[row["instrument"]], row["items"], row["goes_on_at"])
