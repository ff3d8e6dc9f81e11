"""Nobody else's name in a person's chart: finds the names of other people in a text.

`sure` mentions block a signature. Where a word may as well be no name ("Will called", "in May")
the mention is not sure, and a person says with one click which it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from handrail.core.notes.letters import Word, words_of

_LONGEST_ABBREVIATION = 3
_SHORTEST_SPLIT = 3

# What may stand inside one name: "Mary Ann", "Smith-Jones", "O'Brien", "Turner, Will".
_INSIDE = re.compile(r"[ '’.,-]{1,2}")
_POSSESSIVE = re.compile(r"['’](?:s\b|(?!\w))", re.IGNORECASE)
# A sentence begins after these, whatever quotes, brackets and spaces stand between.
_BEFORE_A_SENTENCE = re.compile(r"""(?:\A|[.!?:;…•\n])[\s"'“”‘’()\[\]*–—-]*\Z""")


@dataclass(frozen=True, slots=True)
class Named:
    """Someone and what they are called. `called` are other names in use: "Jo", "TJ"."""

    person: str
    given: str
    family: str = ""
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that need care because they are names and something else too; all of it data.

    `ordinary` words (will, hope) are names only when capitalized or spoken with; `doubtful` ones
    (Austin, May) are asked about however they are written; after `before_a_person` words (with,
    told) comes a person; `particles` (de, van) are no names by themselves.
    """

    ordinary: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    before_a_person: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone else's name at `text[start:end]` of a field; `name` is as the text has it."""

    name: str
    person: str
    start: int
    end: int
    sure: bool
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one person, as it is looked for."""

    person: str
    words: int
    is_full: bool
    is_ordinary: bool
    in_capitals: bool


@dataclass(frozen=True, slots=True)
class _Index:
    """All names by their letters written as one word; `own` and `staff` are letters as well."""

    names: Mapping[str, tuple[_Name, ...]]
    own: frozenset[str]
    staff: frozenset[str]
    longest: int
    words: NameWords


@dataclass(frozen=True, slots=True)
class _Span:
    """Some words of a text in a row, with the word before them."""

    text: str
    words: tuple[Word, ...]
    before: str

    @property
    def letters(self) -> str:
        return "".join(word.letters for word in self.words)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]


def mentions(
    text: str,
    others: Iterable[Named],
    *,
    own: Named,
    staff: Iterable[Named] = (),
    words: NameWords,
) -> tuple[Mention, ...]:
    """Every mention of the others, in the order of the text. One word may name two people.

    The chart's own person and staff may be named. A given name that someone shares with the
    person is the person's; one shared with staff is not sure.
    """
    return mentions_in({"": text}, others, own=own, staff=staff, words=words)


def mentions_in(
    texts: Mapping[str, str],
    others: Iterable[Named],
    *,
    own: Named,
    staff: Iterable[Named] = (),
    words: NameWords,
) -> tuple[Mention, ...]:
    """The mentions in several fields, each with its field (see content.texts)."""
    index = _index(others, own, staff, words)
    return tuple(mention for field, text in texts.items() for mention in _find(text, field, index))


# ---- which names are looked for ----------------------------------------------------------------


def _index(others: Iterable[Named], own: Named, staff: Iterable[Named], words: NameWords) -> _Index:
    own_names, staff_names = dict(_names(own, words)), dict(_all_names(staff, words))
    found: dict[str, dict[str, _Name]] = {}
    for letters, name in _all_names(others, words):
        # The full name comes first, and says more than a part that reads the same.
        found.setdefault(letters, {}).setdefault(name.person, name)
    everyone = (*(n for people in found.values() for n in people.values()), *own_names.values())
    longest = max((name.words for name in (*everyone, *staff_names.values())), default=0)
    return _Index(
        names={letters: tuple(people.values()) for letters, people in found.items()},
        own=frozenset(own_names),
        staff=frozenset(staff_names),
        # One more than the longest name, for names written apart: "Mary Ann" for Maryann.
        longest=longest + 1,
        words=words,
    )


def _all_names(people: Iterable[Named], words: NameWords) -> Iterator[tuple[str, _Name]]:
    for person in people:
        yield from _names(person, words)


def _names(person: Named, words: NameWords) -> Iterator[tuple[str, _Name]]:
    """Every way to call someone, full names first, each with its letters as one word."""
    given = (person.given, *person.called)
    full = [f"{one} {person.family}" for one in given] if person.family else []
    full += [f"{person.family} {one}" for one in given] if person.family else []
    parts = [word.letters for name in (person.given, person.family) for word in words_of(name)]
    whole = [*given, person.family]
    for text in (*full, *whole, *(one for one in parts if one not in words.particles)):
        made = words_of(text)
        letters = "".join(word.letters for word in made)
        # One letter is an initial and names nobody.
        if len(letters) > 1:
            yield (
                letters,
                _Name(
                    person=person.person,
                    words=len(made),
                    is_full=text in full,
                    is_ordinary=_is_ordinary(letters, made, words),
                    in_capitals=text.isupper(),
                ),
            )


def _is_ordinary(letters: str, made: Iterable[Word], words: NameWords) -> bool:
    either = words.ordinary | words.doubtful
    return letters in either or all(word.letters in either for word in made)


# ---- where they stand in a text ----------------------------------------------------------------


def _find(text: str, field: str, index: _Index) -> Iterator[Mention]:
    made = words_of(text)
    i = 0
    while i < len(made):
        # The longest first: "Maria Lopez" of the staff is not the client Maria.
        for span in _spans(text, made, i, index.longest):
            taken, found = _at(span, field, index)
            if taken:
                yield from found
                i += len(span.words)
                break
        else:
            i += 1


def _spans(text: str, made: tuple[Word, ...], i: int, longest: int) -> Iterator[_Span]:
    before = made[i - 1].letters if i else ""
    for length in range(min(longest, len(made) - i), 0, -1):
        row = made[i : i + length]
        gaps = (text[one.end : two.start] for one, two in pairwise(row))
        if all(_INSIDE.fullmatch(gap) for gap in gaps):
            yield _Span(text, row, before)


def _at(span: _Span, field: str, index: _Index) -> tuple[bool, tuple[Mention, ...]]:
    """Whether these words are a name at all, and the mentions of others that they are."""
    letters = span.letters
    if letters in index.own:
        return True, ()
    names = [name for name in index.names.get(letters, ()) if _fits(name, span)]
    found = [(name, _weigh(name, span, index)) for name in names]
    if not names and len(span.words) == 1 and letters.endswith("s"):
        # "Jordans plan", without the apostrophe.
        found = [(n, False) for n in index.names.get(letters[:-1], ()) if not n.is_ordinary]
    made = tuple(
        Mention(span.written, name.person, span.start, span.end, sure, field)
        for name, sure in found
        if sure is not None
    )
    return bool(made) or letters in index.staff, made


def _fits(name: _Name, span: _Span) -> bool:
    """Whether a name of so many words may be written in as many as these."""
    if name.words == 1 and len(span.words) > 1:
        apart = all(len(word.letters) >= _SHORTEST_SPLIT for word in span.words)
        return apart and len(span.words) == 2
    return len(span.words) <= name.words


def _weigh(name: _Name, span: _Span, index: _Index) -> bool | None:
    """Whether the mention is sure, not sure, or no mention at all (None)."""
    if name.is_ordinary:
        sure = _weigh_ordinary(name, span, index.words)
    else:
        sure = not _is_abbreviation(name, span)
    written_apart = len(span.words) > name.words
    if sure and (written_apart or span.letters in index.staff):
        return False
    return sure


def _weigh_ordinary(name: _Name, span: _Span, words: NameWords) -> bool | None:
    capital = span.written[0].isupper()
    if name.is_full:
        return capital
    spoken_with = span.before in words.before_a_person or _is_possessive(span)
    if capital and spoken_with and not _begins_a_sentence(span) and not span.text.isupper():
        return True
    # Where nothing is in capitals, small letters say nothing.
    could_be = capital or spoken_with or span.letters in words.doubtful or span.text.islower()
    return False if could_be else None


def _is_abbreviation(name: _Name, span: _Span) -> bool:
    """ED is the emergency department before it is Ed, unless everything is in capitals."""
    short = len(span.letters) <= _LONGEST_ABBREVIATION and span.written.isupper()
    return short and not name.in_capitals and not span.text.isupper()


def _is_possessive(span: _Span) -> bool:
    return _POSSESSIVE.match(span.text, span.end) is not None


def _begins_a_sentence(span: _Span) -> bool:
    return _BEFORE_A_SENTENCE.search(span.text[: span.start]) is not None
