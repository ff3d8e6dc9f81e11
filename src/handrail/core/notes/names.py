"""Nobody else's name in a person's chart: finds the names of other people in a text.

`sure` mentions block a signature. Where a word may as well be no name ("Will called", "in May")
the mention is not sure, and a person says with one click which it is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace


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

    `ordinary` words (will, hope) are names only when capitalized or spoken with; `places` are
    places and months (Austin, May); after `before_a_person` words (with, told) comes a person;
    `particles` (de, van) are no names by themselves.
    """

    ordinary: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
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


def mentions(
    text: str,
    others: Iterable[Named],
    *,
    own: Named,
    staff: Collection[Named] = (),
    words: NameWords,
) -> tuple[Mention, ...]:
    """Every mention of the others, in the order of the text. One word may name two people.

    The chart's own person and staff may be named. A given name that someone shares with the
    person is the person's; one shared with staff is not sure.
    """
    raise NotImplementedError


def mentions_in(
    texts: Mapping[str, str],
    others: Collection[Named],
    *,
    own: Named,
    staff: Collection[Named] = (),
    words: NameWords,
) -> tuple[Mention, ...]:
    """The mentions in several fields, each with its field (see content.texts)."""
    return tuple(
        replace(mention, field=field)
        for field, text in texts.items()
        for mention in mentions(text, others, own=own, staff=staff, words=words)
    )
