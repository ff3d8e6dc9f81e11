"""Finding a person by the beginnings of their names, whatever the accents, order or spelling."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.core.text import words_of

LONGEST = 80
"""Words are kept and looked for up to this many letters."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_AMERICAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NAMED = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
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


def read_day(text: str) -> date | None:
    """A day as people type it: 1990-05-03, 5/3/1990, 5.3.1990, May 3, 1990. None for none."""
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
    elif american := _AMERICAN.fullmatch(text):
        month, day, year = american.groups()
    elif named := _NAMED.fullmatch(text):
        month, day, year = named.groups()
    elif day_first := _DAY_FIRST.fullmatch(text):
        day, month, year = day_first.groups()
    else:
        return None
    try:
        return date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _month(text: str) -> int:
    """The number of a month as written: 5, May, Sept. 0, which is no month, for anything else."""
    if text.isdecimal():
        return int(text)
    found = [at for at, name in enumerate(_MONTHS, 1) if name.startswith(text.lower())]
    return found[0] if found else 0


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
