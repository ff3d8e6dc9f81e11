"""The sheet of a screening call: answers as texts by field, and how each instrument stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from handrail.core import check as checks
from handrail.core.check import Answers, Choice
from handrail.core.instruments import Instrument, Score, score_answers
from handrail.core.instruments.questionnaire import Item as Row
from handrail.core.instruments.questionnaire import Option
from handrail.core.screening.script import Item, Kind, Opening, ScreeningError, Script

WORDS = ".words"
"""Ends the name of the field with the words that go with an answer: "thoughts.words"."""

OPEN_KEYS = (checks.REFUSED, checks.UNKNOWN)
LONGEST_WORDS = 2_000


class Who(Enum):
    """Who said an answer."""

    PERSON = "person"
    CALLER = "caller"
    CHECK = "check"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Said:
    """One field as it stands: its text, and who said it.

    The text of a choice is its keys with a space between them; of a number its digits; "refused"
    and "unknown" stand for themselves; nothing means not asked.
    """

    text: str
    who: Who = Who.PERSON


Sheet: TypeAlias = Mapping[str, Said]
"""What was answered so far, by field: a slug, "slug.words" or "slug/question of an instrument"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question of an instrument as it stands; `needed` while it still wants an answer."""

    row: Row
    field: str
    text: str
    shown: bool
    needed: bool


# ---- what is on the sheet ------------------------------------------------------------------------


def read_text(script: Script, field: str, text: str) -> str:
    """The text of a field as it is kept. Raises ScreeningError for a field or answer unknown."""
    text = text.strip()
    if field.endswith(WORDS):
        script.item(field.removesuffix(WORDS))
        return _short_enough(text)
    slug, _, link = field.partition("/")
    item = script.item(slug)
    if bool(link) != (item.kind is Kind.INSTRUMENT):
        raise ScreeningError(f"{field}: there is no such question")
    if not text:
        return ""
    if item.instrument:
        return _instrument_text(item.instrument, link, text)
    if item.kind is Kind.WORDS:
        return _short_enough(text)
    if item.kind is Kind.NUMBER:
        return _number_text(item, text)
    return _choice_text(item, text)


def _short_enough(text: str) -> str:
    if len(text) > LONGEST_WORDS:
        raise ScreeningError(f"This is too long: at most {LONGEST_WORDS} letters.")
    return text


def _number_text(item: Item, text: str) -> str:
    if text in OPEN_KEYS:
        return text
    if not text.isascii() or not text.isdigit() or not item.minimum <= int(text) <= item.maximum:
        raise ScreeningError(f"Write a whole number from {item.minimum} to {item.maximum}.")
    return str(int(text))


def _choice_text(item: Item, text: str) -> str:
    keys = set(text.split())
    known = [choice.key for choice in item.question.choices]
    allowed = [*known, *([checks.NONE] if item.kind is Kind.SEVERAL else []), *OPEN_KEYS]
    if not keys <= set(allowed):
        raise ScreeningError("Choose one of the answers that stand there.")
    alone = {checks.NONE, *OPEN_KEYS} if item.kind is Kind.SEVERAL else set(allowed)
    if len(keys) > 1 and keys & alone:
        raise ScreeningError("These answers cannot stand together. Choose one.")
    return " ".join(key for key in allowed if key in keys)


def _instrument_text(instrument: Instrument, link: str, text: str) -> str:
    row = next((row for row in instrument.answerable if row.link_id == link), None)
    if row is None:
        raise ScreeningError(f"{instrument.title}: there is no question {link}")
    if text not in {value for value, _ in answers_of(row)} | set(OPEN_KEYS):
        raise ScreeningError("Choose one of the answers that stand there.")
    return text


def answers_of(row: Row) -> tuple[tuple[str, str], ...]:
    """What a question of an instrument takes: the text that is kept, and the instrument's words."""
    if row.options:
        return tuple((_kept(option), option.label) for option in row.options)
    low, high = row.bounds or (0, 10)
    return tuple((str(number), str(number)) for number in range(int(low), int(high) + 1))


def _kept(option: Option) -> str:
    return option.code if option.value is None else str(option.value)


def text_of(sheet: Sheet, field: str) -> str:
    """The text of a field as it stands; empty when it was not asked."""
    said = sheet.get(field)
    return said.text if said else ""


def chosen(script: Script, sheet: Sheet) -> Answers:
    """The choices made so far, as the rules of the check read them."""
    found = ((item.slug, tuple(text_of(sheet, item.slug).split())) for item in _choices(script))
    return {slug: keys for slug, keys in found if keys}


def _choices(script: Script) -> Iterator[Item]:
    return (one for one in script.items if one.kind in (Kind.ONE, Kind.SEVERAL))


def way(script: Script, sheet: Sheet) -> tuple[Item, ...]:
    """The items that apply, as far as the answers so far can tell."""
    asked = {question.slug for question in checks.way(script.check, chosen(script, sheet))}
    return tuple(item for item in script.items if item.slug in asked)


def choices_shown(script: Script, item: Item, sheet: Sheet) -> tuple[Choice, ...]:
    """The choices of an item that fit what was said before."""
    return checks.choices_shown(item.question, chosen(script, sheet))


SAME_HERE = {("body-now", "overdose"): "yes"}
"""Answers of the private check that stand in another one on the call, where yes or no is enough."""


def from_check(script: Script, answers: Answers) -> dict[str, str]:
    """The answers of a private check, in the call's words, as texts of this script, by slug.

    Only what someone knew is taken over: what was left, refused or not known there is asked anew,
    by a person this time. Ages are bands there and years here: those are asked anew as well.
    """
    taken = {}
    for item in _choices(script):
        keys = [SAME_HERE.get((item.slug, one), one) for one in answers.get(item.slug, ())]
        known = _known_here(item, keys)
        if known:
            taken[item.slug] = " ".join(known)
    return taken


def _known_here(item: Item, keys: list[str]) -> list[str]:
    """The choices of an item that are among the keys; of one that takes a single choice, the last.

    None of these is said there in its own words, where it has any.
    """
    choices = [one.key for one in item.question.choices]
    if item.kind is Kind.SEVERAL:
        return [checks.NONE] if checks.NONE in keys else [one for one in choices if one in keys]
    if checks.NONE in keys:
        return [one for one in ("none", "no") if one in choices]
    return [one for one in keys if one in choices][-1:]


# ---- instruments ---------------------------------------------------------------------------------


def lines(item: Item, sheet: Sheet) -> tuple[Line, ...]:
    """The questions of an instrument as they stand, with those that it leaves out not shown."""
    if item.instrument is None:
        return ()
    expected = {row.link_id for row in item.instrument.expected}
    left_out = _left_out(item, item.instrument, sheet)
    made = []
    for row in item.instrument.answerable:
        field = f"{item.slug}/{row.link_id}"
        text = text_of(sheet, field)
        is_out = row.link_id in left_out
        needed = not text and not is_out and row.link_id in expected
        made.append(Line(row, field, text, bool(text) or not is_out, needed))
    return tuple(made)


def _left_out(item: Item, instrument: Instrument, sheet: Sheet) -> set[str]:
    """The questions that the instrument itself, or its shorter form, does not ask here."""
    links = {row.link_id for row in instrument.answerable}
    if item.opens_with and not _goes_on(item, item.opens_with, sheet):
        return links - set(item.opens_with.items.values())
    given = _given(item, sheet)
    if not given:
        return set()
    found = score_answers(instrument, given)
    missing = {one.item for one in found.problems if one.kind == "missing"}
    return {row.link_id for row in instrument.expected} - missing


def _goes_on(item: Item, opening: Opening, sheet: Sheet) -> bool:
    """Whether the longer instrument is asked: from the shorter one's score on, or once begun."""
    begun = set(_given(item, sheet)) - set(opening.items.values())
    total = _score_first(item, opening, sheet).total
    return bool(begun) or (total is not None and total >= opening.goes_on_at)


def _score_first(item: Item, opening: Opening, sheet: Sheet) -> Score:
    given = _given(item, sheet)
    said = {short: given[link] for short, link in opening.items.items() if link in given}
    return score_answers(opening.instrument, said)


def _given(item: Item, sheet: Sheet) -> dict[str, int | str]:
    """The answers to an instrument as its scoring reads them."""
    rows = item.instrument.answerable if item.instrument else ()
    said = {row.link_id: text_of(sheet, f"{item.slug}/{row.link_id}") for row in rows}
    return {link: int(text) if text.isdigit() else text for link, text in said.items() if text}


def score(item: Item, sheet: Sheet) -> Score | None:
    """The score of an instrument as far as it was answered; None when it was not begun."""
    if item.instrument is None:
        return None
    given = _given(item, sheet)
    if not given:
        return None
    opening = item.opens_with
    if opening and set(given) <= set(opening.items.values()):
        return _score_first(item, opening, sheet)
    return score_answers(item.instrument, given)


def scores(script: Script, sheet: Sheet) -> dict[str, Score]:
    """Every instrument that was begun, scored, by the slug of its item."""
    found = ((item.slug, score(item, sheet)) for item in script.items)
    return {slug: one for slug, one in found if one}
