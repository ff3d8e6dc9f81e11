"""Finding a person by the beginnings of their names, whatever the accents, order or spelling."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.core.dates import read_day
from handrail.core.text import words_of

LONGEST = 80
"""Words are kept and looked for up to this many letters."""

_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Typed:
    """What someone typed to find a client: beginnings of name words, and a birth date if any."""

    words: tuple[str, ...] = ()
    birth_date: date | None = None


def name_words(names: Iterable[str]) -> frozenset[str]:
    """The words a person is found by; "O'Brien-Díaz" gives obriendiaz, briendiaz and diaz.

    So a name written with an apostrophe or a hyphen is found by each part and as one word.
    """
    found: set[str] = set()
    for piece in " ".join(names).split():
        parts = [one.letters for one in words_of(piece)]
        found.update("".join(parts[at:])[:LONGEST] for at in range(len(parts)))
    return frozenset(found)


def read_typed(text: str) -> Typed:
    """Take apart what was typed: "mar whit 5/3/1990". The last date that exists counts."""
    words: dict[str, None] = {}
    born: date | None = None
    for piece in text.split():
        day = read_day(piece)
        if day:
            born = day
        else:
            words.update((one.letters[:LONGEST], None) for one in words_of(piece))
    return Typed(_longest_of_each(words), born)


def end_of_range(prefix: str) -> str | None:
    """The first text after everything that begins with `prefix`, by code point: "mar" "mas".

    None when there is no such text. Together they make the range `word >= prefix and word < end`.
    """
    last = sys.maxunicode
    kept = prefix.rstrip(chr(last))
    if not kept:
        return None
    following = ord(kept[-1]) + 1
    # Surrogates are no characters: they cannot be stored, nor sent to the database.
    return kept[:-1] + chr(_SURROGATES.stop if following in _SURROGATES else following)


def _longest_of_each(words: Iterable[str]) -> tuple[str, ...]:
    """Longest first, since it narrows most; without those that another one implies."""
    kept: list[str] = []
    for word in sorted(words, key=lambda one: (-len(one), one)):
        if not any(other.startswith(word) for other in kept):
            kept.append(word)
    return tuple(kept)
