"""Text as people type it: made fit to be kept, and compared without regard to case and accents."""

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = re.compile(r"[0-9]{1,15}")
"""Decimal digits alone, and so few that any column holds the number."""


def visible(text: str) -> str:
    """Text without direction marks and zero-width characters: they change what a name looks like
    and are nowhere to be seen.
    """
    return "".join(ch for ch in text if unicodedata.category(ch) != "Cf")


def one_line(text: str) -> str:
    """Text of one line: no control characters, nothing unseen, single spaces."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in visible(text)).split())


def some_lines(text: str) -> str:
    """Text of several lines, without other control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(ch for ch in line if ch.isprintable() or ch == "\t") for line in lines)
    return "\n".join(line.rstrip() for line in kept).strip()


def as_typed(text: str) -> str:
    """Text as it was typed, with one kind of line end, and without what no database takes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return plain.encode("utf-8", "replace").decode("utf-8")


def whole_number(text: str) -> int | None:
    """A whole number as typed: 7, 1,250. None for anything else.

    Python reads more as a number than people type: digits of other scripts, and so many of them
    that it refuses with an error of its own.
    """
    plain = text.strip().replace(",", "")
    return int(plain) if _NUMBER.fullmatch(plain) else None


# ---- comparing ----------------------------------------------------------------------------------

# Letters that Unicode does not take apart, though people type them plain.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its plain letters, and from and to which character of the text it stands."""

    letters: str
    start: int
    end: int


def plain_letters(text: str) -> str:
    """Text in small letters without accents, for comparing and sorting: "Łucja Øst" "lucja ost"."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(ch for ch in apart if not _is_unseen(ch)).translate(_PLAIN)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in order. Apostrophes and hyphens end a word: "O'Brien" is two."""
    if text.isascii():
        return tuple(
            Word(found.group().lower(), found.start(), found.end())
            for found in _WORD.finditer(text)
        )
    plain: list[str] = []
    origin: list[int] = []
    for i, character in enumerate(text):
        letters = plain_letters(character)
        plain.append(letters)
        origin.extend([i] * len(letters))
    return tuple(
        Word(found.group(), origin[found.start()], _end(text, origin[found.end() - 1]))
        for found in _WORD.finditer("".join(plain))
    )


def _is_unseen(character: str) -> bool:
    """Accents standing by themselves, and marks without a shape such as a soft hyphen."""
    return unicodedata.combining(character) != 0 or unicodedata.category(character) == "Cf"


def _end(text: str, last: int) -> int:
    """Where a word ends whose last letter stands here: its accents belong to it."""
    end = last + 1
    while end < len(text) and _is_unseen(text[end]):
        end += 1
    return end
