"""By when staff do what they owe, and how long before something ends they are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, Self


class DeadlinesError(ValueError):
    """The table of deadlines makes no sense; the message says what."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long after it began something is due (`co_sign`, `write_assessment`,
    `back_not_admitted`), or how long before its last day or its review it is shown (the others).
    """

    co_sign: timedelta
    write_assessment: timedelta
    consent_ends: timedelta
    agreement_review: timedelta
    mandate_ends: timedelta
    license_ends: timedelta
    safety_plan_review: timedelta
    back_not_admitted: timedelta

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Self:
        """From the shape of data/deadlines.toml. Raises DeadlinesError."""
        names = {one.name for one in fields(cls)}
        given = {name for name, value in table.items() if isinstance(value, Mapping)}
        if given != names:
            raise DeadlinesError(f"missing or unknown: {', '.join(sorted(given ^ names))}")
        return cls(**{name: _days(name, table[name]) for name in names})


def _days(name: str, row: Mapping[str, Any]) -> timedelta:
    days = row.get("days")
    if not isinstance(days, int) or not 0 < days < 366:
        raise DeadlinesError(f"{name}: days must be a whole number from 1 to 365")
    return timedelta(days=days)
