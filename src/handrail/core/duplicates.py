"""Whether two records may be about the same person, and why it looks so.

A machine only points: two people can share a name, a birthday and a telephone. Somebody looks at
both and decides. Names are compared as they are searched for: without accents, in any order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from handrail.core.name_search import name_words

DIGITS_COMPARED = 10
"""A number is compared by its last ten digits, so that +1 and 1 in front do not matter."""

FEWEST_DIGITS = 7
"""With fewer digits it is no number somebody could be called by."""


class Reason(Enum):
    """Why two records look like one person, in words for whoever decides."""

    BORN = "born on the same day"
    NAMES = "the same given and family name"
    SHARED_NAME = "a name in common"
    NEAR_NAME = "a name spelled almost the same"
    PHONE = "the same phone number"
    MAIL = "the same e-mail address"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person, to compare. Numbers and addresses as they were typed, or as
    `digits` and `mail` make them; those of someone who called for them count as theirs.
    """

    given: str = ""
    family: str = ""
    called: str = ""
    birth_date: date | None = None
    phones: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alike:
    """Two records look like one person: for these reasons, however much speaks against it.

    `birth_dates_differ`: both are known and not the same, so that it may well be someone else.
    """

    reasons: tuple[Reason, ...]
    birth_dates_differ: bool = False

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Sorts what looks most alike first."""
        first = min(list(Reason).index(one) for one in self.reasons)
        return (self.birth_dates_differ, -len(self.reasons), first)


def digits(phone: str) -> str:
    """The last ten digits of a phone number; empty when it has too few to be called."""
    found = "".join(re.findall(r"[0-9]", phone))
    return found[-DIGITS_COMPARED:] if len(found) >= FEWEST_DIGITS else ""


def mail(address: str) -> str:
    """An e-mail address for comparing: in small letters."""
    return address.strip().casefold()


def looks_alike(one: Known, other: Known) -> Alike | None:
    """Why these two may be the same person; None when nothing speaks for it.

    A name in common alone is not enough, nor is a birth date alone.
    """
    reasons = _reasons(one, other)
    if not reasons or reasons in ({Reason.BORN}, {Reason.SHARED_NAME}, {Reason.NEAR_NAME}):
        return None
    differ = bool(one.birth_date and other.birth_date and one.birth_date != other.birth_date)
    return Alike(tuple(reason for reason in Reason if reason in reasons), differ)


def split_name(name: str) -> tuple[str, str]:
    """A full name as given and family name: the last word is the family's. One word is given."""
    given, _, family = name.strip().rpartition(" ")
    return (given.strip(), family) if given else (family, "")


def _reasons(one: Known, other: Known) -> set[Reason]:
    found = set()
    if one.birth_date and one.birth_date == other.birth_date:
        found.add(Reason.BORN)
    if _calls(one) & _calls(other):
        found.add(Reason.PHONE)
    if _mails(one) & _mails(other):
        found.add(Reason.MAIL)
    by_name = _by_name(one, other)
    return found | {by_name} if by_name else found


def _by_name(one: Known, other: Known) -> Reason | None:
    mine, theirs = _names(one), _names(other)
    first_names = words_of_names(one.given, one.called) & words_of_names(other.given, other.called)
    if first_names and words_of_names(one.family) & words_of_names(other.family):
        return Reason.NAMES
    if mine & theirs:
        return Reason.SHARED_NAME
    if any(_nearly(a, b) for a in mine for b in theirs):
        return Reason.NEAR_NAME
    return None


def words_of_names(*names: str) -> frozenset[str]:
    """The words of names; a double name counts by each of its parts too."""
    return name_words((*names, *(name.replace("-", " ") for name in names)))


def _names(known: Known) -> frozenset[str]:
    return words_of_names(known.given, known.family, known.called)


def _calls(known: Known) -> frozenset[str]:
    return _without_none(digits(one) for one in known.phones)


def _mails(known: Known) -> frozenset[str]:
    return _without_none(mail(one) for one in known.mails)


def _without_none(values: Iterable[str]) -> frozenset[str]:
    return frozenset(one for one in values if one)


def _nearly(one: str, other: str) -> bool:
    """One letter changed, added, left out, or two neighbors swapped, in a word of four or more."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(long) - len(short) > 1:
        return False
    at = _first_difference(short, long)
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]


def _first_difference(short: str, long: str) -> int:
    pairs = enumerate(zip(short, long, strict=False))
    return next((at for at, (a, b) in pairs if a != b), len(short))
