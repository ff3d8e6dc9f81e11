"""Words in free text, compared without regard to case and accents: José, JOSE and josé are one."""

import re
import unicodedata
from dataclasses import dataclass

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
