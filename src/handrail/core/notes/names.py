"""Nobody else's name in a person's chart: finds the names of other people in a text.

`sure` mentions block a signature. Where a word may as well be no name ("Will called", "in May")
the mention is not sure, and a person says with one click which it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from handrail.core.text import Word, words_of

_LONGEST_ABBREVIATION = 3
_SHORTEST_NAME_IN_SMALL_LETTERS = 3
_SHORTEST_SPLIT = 3

# What may stand inside one name: "Mary Ann", "Smith-Jones", "O'Brien", "Turner, Will".
_INSIDE = re.compile(r"(?:[^\S\n]|['’.,‐‑–-]){1,3}")
_POSSESSIVE = re.compile(r"['’](?:s\b|(?!\w))", re.IGNORECASE)
# "Hope House", "May 3": the word belongs to what follows.
_GOES_ON = re.compile(r"[^\S\n]+[A-Z0-9]")
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
    (Austin, April) are asked about however they are written; after `before_a_person` words (with,
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
    """All names by their letters written as one word; `own` and `allowed` are letters as well.

    `own` are the names of `person`, whose chart is looked at. `allowed` may be written too, but
    when someone else bears such a name, a person has to say who is meant.
    """

    names: Mapping[str, tuple[_Name, ...]]
    person: str
    own: frozenset[str]
    allowed: frozenset[str]
    longest: int
    words: NameWords

    def others(self, letters: str) -> Iterator[_Name]:
        same = self.names.get(letters, ())
        return (name for name in same if name.person != self.person)


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
    person is the person's; one shared with staff, or with the person's family name, is not sure.
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
    index = _in_chart_of(own, _index((own, *others), staff, words))
    return _find_in(texts, index)


def mentions_for_everyone(
    notes: Mapping[str, Mapping[str, str]],
    people: Iterable[Named],
    *,
    staff: Iterable[Named] = (),
    words: NameWords,
) -> dict[str, tuple[Mention, ...]]:
    """The mentions in everyone's note at once, by person; `notes` are texts by person and field.

    `people` holds at least everyone whose note it is. Raises KeyError for someone it does not.
    """
    by_person = {one.person: one for one in people}
    index = _index(by_person.values(), staff, words)
    return {
        person: _find_in(texts, _in_chart_of(by_person[person], index))
        for person, texts in notes.items()
    }


# ---- which names are looked for ----------------------------------------------------------------


def _index(people: Iterable[Named], staff: Iterable[Named], words: NameWords) -> _Index:
    staff_names = dict(_all_names(staff, words))
    found: dict[str, dict[str, _Name]] = {}
    for letters, name in _all_names(people, words):
        # The full name comes first, and says more than a part that reads the same.
        found.setdefault(letters, {}).setdefault(name.person, name)
    everyone = (*(n for same in found.values() for n in same.values()), *staff_names.values())
    return _Index(
        names={letters: tuple(same.values()) for letters, same in found.items()},
        person="",
        own=frozenset(),
        allowed=frozenset(staff_names),
        # One more than the longest name, for names written apart: "Mary Ann" for Maryann.
        longest=max((name.words for name in everyone), default=0) + 1,
        words=words,
    )


def _in_chart_of(own: Named, index: _Index) -> _Index:
    every = _letters(own, index.words)
    called = _letters(replace(own, family=""), index.words)
    family = _letters(Named(own.person, own.family), index.words) - called
    return replace(index, person=own.person, own=every - family, allowed=index.allowed | family)


def _letters(person: Named, words: NameWords) -> frozenset[str]:
    return frozenset(letters for letters, _ in _names(person, words))


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


def _find_in(texts: Mapping[str, str], index: _Index) -> tuple[Mention, ...]:
    return tuple(mention for field, text in texts.items() for mention in _find(text, field, index))


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
    names = [name for name in index.others(letters) if _fits(name, span)]
    found = [(name, _weigh(name, span, index)) for name in names]
    if not names and len(span.words) == 1 and letters.endswith("s"):
        # "Jordans plan", without the apostrophe.
        found = [(name, False) for name in index.others(letters[:-1]) if not name.is_ordinary]
    made = tuple(
        Mention(span.written, name.person, span.start, span.end, sure, field)
        for name, sure in found
        if sure is not None
    )
    return bool(made) or letters in index.allowed, made


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
    if sure and (written_apart or span.letters in index.allowed):
        return False
    return sure


def _weigh_ordinary(name: _Name, span: _Span, words: NameWords) -> bool | None:
    capital = span.written[0].isupper()
    if name.is_full:
        return capital
    spoken_with = span.before in words.before_a_person or _is_possessive(span)
    if capital and spoken_with and _stands_alone(span) and not span.text.isupper():
        return True
    # Where nothing is in capitals, small letters say nothing.
    could_be = capital or spoken_with or span.letters in words.doubtful or span.text.islower()
    return False if could_be else None


def _is_abbreviation(name: _Name, span: _Span) -> bool:
    """ED is the emergency department before it is Ed, unless everything is in capitals."""
    if len(span.letters) < _SHORTEST_NAME_IN_SMALL_LETTERS and span.written.islower():
        return True
    short = len(span.letters) <= _LONGEST_ABBREVIATION and span.written.isupper()
    return short and not name.in_capitals and not span.text.isupper()


def _is_possessive(span: _Span) -> bool:
    return _POSSESSIVE.match(span.text, span.end) is not None


def _stands_alone(span: _Span) -> bool:
    """Whether the capital is the word's own: no sentence begins with it, no title goes on."""
    begins = _BEFORE_A_SENTENCE.search(span.text[: span.start])
    return not begins and not _GOES_ON.match(span.text, span.end)
