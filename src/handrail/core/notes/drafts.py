"""A field of a draft that two people may write at once: no text is ever lost."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from handrail.core.notes.errors import VersionNeverWas


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the server holds it. Version 0 is empty and nobody's; `at` has its zone."""

    text: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The text is kept; `field` is now current."""

    field: Field


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The field already said this; nothing was written."""

    field: Field


@dataclass(frozen=True, slots=True)
class Conflict:
    """Someone else wrote meanwhile. Both texts are kept, and shown, until someone chooses.

    `version` is the current one, `theirs`, to be settled against.
    """

    version: int
    mine: str
    mine_by: str
    mine_at: datetime
    theirs: str
    theirs_by: str
    theirs_at: datetime | None


Outcome: TypeAlias = Saved | Unchanged | Conflict


def save(current: Field, *, base_version: int, text: str, by: str, at: datetime) -> Outcome:
    """Keep a text written on top of `base_version`, or say what stands against it.

    Raises VersionNeverWas for a version that never was.
    """
    if not 0 <= base_version <= current.version:
        raise VersionNeverWas(base_version, current.version)
    if text == current.text:
        return Unchanged(current)
    if base_version == current.version or _goes_on(current, text, by):
        return Saved(Field(text, current.version + 1, by, at))
    return Conflict(current.version, text, by, at, current.text, current.by, current.at)


def settle(current: Field, conflict: Conflict, *, text: str, by: str, at: datetime) -> Outcome:
    """End a conflict with the chosen text: mine, theirs, or both made into one.

    When the field has been written again since the two texts were shown, it is a new conflict.
    """
    return save(current, base_version=conflict.version, text=text, by=by, at=at)


def _goes_on(current: Field, text: str, by: str) -> bool:
    """Whether someone only goes on with their own text, whose receipt the network lost."""
    return by == current.by and current.text != "" and text.startswith(current.text)


def put_together(mine: str, theirs: str) -> str:
    """Two texts as one, without saying again what the first says already, sentence by sentence."""
    said = {_plain(one) for one in _sentences(mine)}
    sentences = _sentences(theirs)
    new = [one for one in sentences if _plain(one) not in said]
    if len(new) == len(sentences):
        new = [theirs.strip()] if theirs.strip() else []
    return "\n\n".join(one for one in (mine.strip(), " ".join(new)) if one)


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.!?…])\s+|\n+", text) if one.strip()]


def _plain(sentence: str) -> str:
    return " ".join(sentence.casefold().split()).rstrip(".!?…")
