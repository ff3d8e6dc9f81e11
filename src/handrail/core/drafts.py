"""A text that two people may write at once: no word is ever lost.

Whatever is written and not signed yet goes by this one rule: parts of a group note, an assessment,
a safety plan, the answers of a call. Each text has a version; a save names the version that it was
written upon. What meets somebody else's text is kept beside it until a person chooses.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from handrail.core.errors import Invalid


@dataclass(eq=False)
class VersionNeverWas(Invalid):
    """A text was written upon a version that there never was."""

    version: int
    last: int


def text_key(text: str) -> str:
    """How a text that waits to be settled is named in a form."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class OtherText:
    """What somebody else wrote at the same time, until someone chooses. `at` has its zone."""

    text: str
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """How it is named in a form that settles it."""
        return text_key(self.text)


@dataclass(frozen=True, slots=True)
class Field:
    """A text as the server holds it. Version 0 is empty and nobody's; `at` has its zone."""

    text: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None
    others: tuple[OtherText, ...] = ()


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
    """Someone else wrote meanwhile. `field` is current, their text; `mine` waits beside it."""

    field: Field
    mine: OtherText


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
        return Saved(Field(text, current.version + 1, by, at, current.others))
    mine = OtherText(text, by, at)
    return Conflict(beside(current, mine), mine)


def settle(
    current: Field,
    *,
    base_version: int,
    text: str,
    seen: Collection[str],
    by: str,
    at: datetime,
) -> Outcome:
    """End a conflict with the chosen text, which replaces the other texts whose keys were `seen`.

    A text that came meanwhile stays; when the field itself was written again, it is a new conflict.
    """
    made = save(current, base_version=base_version, text=text, by=by, at=at)
    if isinstance(made, Conflict):
        return made
    others = tuple(one for one in made.field.others if one.key not in seen)
    return replace(made, field=replace(made.field, others=others))


def beside(current: Field, other: OtherText) -> Field:
    """Keep a text beside the field, once; someone's longer text takes the place of its own
    beginning. An empty text is none.
    """
    if not other.text.strip() or any(one.text == other.text for one in current.others):
        return current
    rest = [one for one in current.others if not _is_beginning(one, other)]
    return replace(current, others=(*rest, other))


def _is_beginning(one: OtherText, longer: OtherText) -> bool:
    return one.by == longer.by and longer.text.startswith(one.text)


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
