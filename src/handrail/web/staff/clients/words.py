"""Levels and flags in the words and marks of the pages."""

from handrail.areas.safety.models import FlagKind
from handrail.data import care_catalogue

FLAG_MARKS = {FlagKind.SUICIDE: "risk", FlagKind.OVERDOSE: "risk", FlagKind.NO_CONTACT: "watch"}


def level_short(code: str) -> str:
    """IOP, PHP, Counseling; a code that is no level any more stays as it is."""
    level = care_catalogue().levels.get(code)
    return level.short_name if level else code


def level_long(code: str) -> str:
    """Intensive outpatient treatment."""
    level = care_catalogue().levels.get(code)
    return level.name if level else code


def levels() -> tuple[tuple[str, str], ...]:
    """Code and name of every level, from the least to the most restrictive."""
    return tuple((code, one.name) for code, one in care_catalogue().levels.items())


def flag_words(kind: str) -> str:
    """Suicide risk, Overdose risk, No contact."""
    return FlagKind(kind).label


def flag_mark(kind: str) -> str:
    """Which mark stands before it: risk or watch."""
    return FLAG_MARKS[FlagKind(kind)]
