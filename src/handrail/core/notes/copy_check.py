"""How alike two people's own words are, so that nobody's evening is told in someone else's.

The measure, in one sentence: of every three words in a row in the shorter text, how many stand
in the other text too? docs/explanation/notes-too-alike.md works it out with examples.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from handrail.core.text import Word, words_of

_IN_A_ROW = 3

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts too alike: of whom, how much, and the longest passage that both have.

    `other` is None when it is the same person's earlier note. `passage` is as `person` has it.
    """

    person: str
    other: str | None
    percent: int
    passage: str


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    words: tuple[Word, ...]
    places: Mapping[Shingle, tuple[int, ...]]


def alike_pairs(
    parts: Mapping[str, str],
    *,
    threshold_percent: int,
    at_least_words: int,
    leave_out: Collection[str] = (),
) -> tuple[Alike, ...]:
    """Every two people whose own words are too alike, the most alike first.

    `parts` are texts by person. `leave_out` are words that do not count: names and pronouns.
    Texts shorter than `at_least_words` are held against each other only word for word.
    """
    made = {person: _made(text, leave_out) for person, text in parts.items()}
    found = (
        _alike(one, other, made[one], made[other], threshold_percent, at_least_words)
        for one, other in combinations(sorted(made), 2)
    )
    return _most_alike_first(alike for alike in found if alike)


def copied_from_last_time(
    parts: Mapping[str, str],
    earlier: Mapping[str, str],
    *,
    threshold_percent: int,
    at_least_words: int,
    leave_out: Collection[str] = (),
) -> tuple[Alike, ...]:
    """Everyone whose own words are too like that person's earlier note, the most alike first."""
    found = (
        _alike(
            person,
            None,
            _made(parts[person], leave_out),
            _made(earlier[person], leave_out),
            threshold_percent,
            at_least_words,
        )
        for person in sorted(parts.keys() & earlier.keys())
    )
    return _most_alike_first(alike for alike in found if alike)


def percent_alike(one: str, other: str, *, leave_out: Collection[str] = ()) -> int:
    """How much of the shorter text stands in the other, from 0 to 100, rounded down."""
    shared, of = _overlap(_made(one, leave_out), _made(other, leave_out))
    return 100 * shared // of if of else 0


def _most_alike_first(found: Iterator[Alike]) -> tuple[Alike, ...]:
    return tuple(sorted(found, key=lambda alike: (-alike.percent, alike.person, alike.other or "")))


def _made(text: str, leave_out: Collection[str]) -> _Text:
    dropped = {word.letters for name in leave_out for word in words_of(name)}
    words = tuple(word for word in words_of(text) if word.letters not in dropped)
    places: dict[Shingle, list[int]] = {}
    for i in range(len(words) - _IN_A_ROW + 1):
        places.setdefault(_row(words, i, _IN_A_ROW), []).append(i)
    return _Text(text, words, {shingle: tuple(where) for shingle, where in places.items()})


def _row(words: tuple[Word, ...], start: int, length: int) -> Shingle:
    return tuple(word.letters for word in words[start : start + length])


def _overlap(one: _Text, other: _Text) -> tuple[int, int]:
    """How many rows of words both have, and how many the shorter has."""
    shared = len(one.places.keys() & other.places.keys())
    return shared, min(len(one.places), len(other.places))


def _alike(
    person: str,
    other: str | None,
    one: _Text,
    two: _Text,
    threshold_percent: int,
    at_least_words: int,
) -> Alike | None:
    if min(len(one.words), len(two.words)) < max(at_least_words, _IN_A_ROW):
        same = bool(one.words) and _all(one) == _all(two)
        return Alike(person, other, 100, one.text.strip()) if same else None
    shared, of = _overlap(one, two)
    if not shared or 100 * shared < threshold_percent * of:
        return None
    return Alike(person, other, 100 * shared // of, _longest_passage(one, two))


def _all(one: _Text) -> Shingle:
    return _row(one.words, 0, len(one.words))


def _longest_passage(one: _Text, two: _Text) -> str:
    """The longest run of words that both texts have, as the first one writes it."""
    start, length = max(_runs(one, two), key=lambda run: (run[1], -run[0]))
    return one.text[one.words[start].start : one.words[start + length - 1].end]


def _runs(one: _Text, two: _Text) -> Iterator[tuple[int, int]]:
    a, b = _all(one), _all(two)
    for shingle, starts in one.places.items():
        for i in starts:
            for j in two.places.get(shingle, ()):
                # A run is measured once, from its first word.
                if i and j and a[i - 1] == b[j - 1]:
                    continue
                length = _IN_A_ROW
                while a[i + length : i + length + 1] == b[j + length : j + length + 1] != ():
                    length += 1
                yield i, length
