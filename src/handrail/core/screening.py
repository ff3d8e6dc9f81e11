"""The screening call: what is still to ask, what the answers say, and the picture they form.

Pure: the script comes as a table (data/screening.toml), answers as texts by field. The questions
follow the rules of the private check (core.check); numbers, free words and instruments are added.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from handrail.core import check as checks
from handrail.core.check import Answers, Check, Choice, Part, Question, Voice
from handrail.core.findings import Answer, Definition, Finding, FindingError, Open, more_worrying
from handrail.core.instruments import Instrument, Score, score_answers
from handrail.core.instruments.questionnaire import Item as Row
from handrail.core.instruments.questionnaire import Option
from handrail.core.placement.criteria import CriteriaSet
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation

WORDS = ".words"
"""Ends the name of the field with the words that go with an answer: "thoughts.words"."""

OPEN_KEYS = (checks.REFUSED, checks.UNKNOWN)
LONGEST_WORDS = 2_000
SECONDS_AN_ITEM = 12
"""How long one question takes on the phone, for "about four minutes more"; an estimate."""

SUICIDE = "suicide"


class ScreeningError(ValueError):
    """An answer that cannot be taken, or a script that cannot be asked; says what was expected."""


class Kind(Enum):
    """What an item of the script takes."""

    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"
    WORDS = "words"
    INSTRUMENT = "instrument"


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
class Opening:
    """A shorter instrument whose questions come first; from `goes_on_at` on the rest is asked."""

    instrument: Instrument
    items: Mapping[str, str]
    goes_on_at: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the script. `question` carries its part, its words and when it applies."""

    question: Question
    kind: Kind
    optional: bool = False
    ask_self: bool = False
    code: str = ""
    minimum: int = 0
    maximum: int = 0
    instrument: Instrument | None = None
    opens_with: Opening | None = None
    alarm_if_refused: str = ""

    @property
    def slug(self) -> str:
        """The name of the question, and of its field."""
        return self.question.slug

    @property
    def codes(self) -> tuple[str, ...]:
        """The findings that it can answer."""
        return (self.code,) if self.code else self.question.codes


@dataclass(frozen=True, slots=True)
class Script:
    """Everything asked in a screening call, in order."""

    version: str
    check: Check
    items: tuple[Item, ...]
    say: Mapping[str, str]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the call, safety first."""
        return self.check.parts

    def item(self, slug: str) -> Item:
        """An item by its slug. Raises ScreeningError."""
        for one in self.items:
            if one.slug == slug:
                return one
        raise ScreeningError(f"question {slug}: there is none")


@dataclass(frozen=True, slots=True)
class Line:
    """One question of an instrument as it stands; `needed` while it still wants an answer."""

    row: Row
    field: str
    text: str
    shown: bool
    needed: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """A danger that was said, or that somebody would not speak of."""

    kind: str
    field: str
    words: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the call is: each part as done, now or ahead, what is left, and minutes to go."""

    parts: tuple[tuple[Part, str, int], ...]
    answered: int
    left: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What the answers so far amount to.

    `open_safety` are the safety questions nobody has asked yet; as long as one of them could change
    where someone should be, `found` holds a range and no level. `next` is what to ask now.
    """

    found: Recommendation
    findings: Mapping[str, Finding]
    scores: Mapping[str, Score]
    concerns: tuple[Concern, ...]
    open_safety: tuple[Item, ...]
    open: tuple[Item, ...]
    progress: Progress
    next: Item | None


# ---- what is on the sheet ----------------------------------------------------------------------


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


def _text(sheet: Sheet, field: str) -> str:
    said = sheet.get(field)
    return said.text if said else ""


def chosen(script: Script, sheet: Sheet) -> Answers:
    """The choices made so far, as the rules of the check read them."""
    found = ((item.slug, tuple(_text(sheet, item.slug).split())) for item in _choices(script))
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


# ---- instruments -------------------------------------------------------------------------------


def lines(item: Item, sheet: Sheet) -> tuple[Line, ...]:
    """The questions of an instrument as they stand, with those that it leaves out not shown."""
    if item.instrument is None:
        return ()
    expected = {row.link_id for row in item.instrument.expected}
    left_out = _left_out(item, item.instrument, sheet)
    made = []
    for row in item.instrument.answerable:
        field = f"{item.slug}/{row.link_id}"
        text = _text(sheet, field)
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
    said = {row.link_id: _text(sheet, f"{item.slug}/{row.link_id}") for row in rows}
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


# ---- what the answers say ----------------------------------------------------------------------


def stated(script: Script, sheet: Sheet, voice: Voice) -> dict[str, Finding]:
    """The findings that the answers state, each with the question, the words and who said it.

    What was only said in the private check counts where it raises concern. A reassuring answer to
    a safety question stays open until somebody has confirmed it.
    """
    catalogue = script.check.catalogue
    found = _said(script, sheet, voice)
    sure = _said(script, {f: one for f, one in sheet.items() if one.who is not Who.CHECK}, voice)
    for code in [code for code in found if catalogue[code].safety_critical]:
        heard = sure.get(code) or Finding(code, Open.NOT_ASKED)
        if more_worrying(catalogue[code], heard.answer, found[code].answer) == heard.answer:
            found[code] = heard
    return {code: one for code, one in found.items() if one.answer is not Open.NOT_ASKED}


def _said(script: Script, sheet: Sheet, voice: Voice) -> dict[str, Finding]:
    answers = chosen(script, sheet)
    found = checks.findings_from(script.check, answers, voice)
    for code, said in checks.said_about(script.check, answers, voice).items():
        evidence = f"{said.ask} “{said.words}”{_by(sheet, said.slug)}"
        found[code] = Finding(code, found[code].answer, evidence)
    for item in script.items:
        for one in _of_item(item, sheet, script.check.catalogue):
            before = found.get(one.code)
            worse = before and more_worrying(
                script.check.catalogue[one.code], one.answer, before.answer
            )
            if before is None or worse == one.answer:
                found[one.code] = one
    return found


def _by(sheet: Sheet, slug: str) -> str:
    """Who said it, and the words that were written down with it."""
    words = _text(sheet, slug + WORDS)
    said = sheet.get(slug)
    return (f" {SAID_BY[said.who]}" if said else "") + (f" Words: “{words}”" if words else "")


SAID_BY = {
    Who.PERSON: "Said by the person.",
    Who.CALLER: "Said by the caller.",
    Who.CHECK: "Said in the self-check.",
    Who.RECORD: "From the inquiry.",
}
"""Stands after the words that a finding rests on."""


def _of_item(item: Item, sheet: Sheet, catalogue: Mapping[str, Definition]) -> list[Finding]:
    """What a number or an instrument states."""
    if item.kind is Kind.NUMBER and _text(sheet, item.slug):
        text = _text(sheet, item.slug)
        answer: Answer = Open(text) if text in OPEN_KEYS else int(text)
        return [Finding(item.code, answer, f"{item.question.ask.me}{_by(sheet, item.slug)}")]
    scored = score(item, sheet)
    if scored is None:
        return []
    who = {one.who for field, one in sheet.items() if field.startswith(f"{item.slug}/")}
    by = SAID_BY[min(who, key=lambda one: one.value)] if len(who) == 1 else ""
    return [
        Finding(code, catalogue[code].read(one.value), f"{one.evidence} {by}".strip())
        for code, one in scored.findings.items()
    ]


def concerns(script: Script, sheet: Sheet) -> tuple[Concern, ...]:
    """The dangers that were said or left unsaid: what opens a safety task, in order of asking."""
    answers = chosen(script, sheet)
    found: list[Concern] = []
    for item in way(script, sheet):
        found += _alarms(item, answers.get(item.slug, ()))
        scored = score(item, sheet)
        for flag in scored.flags if scored else ():
            if flag.urgent:
                words = f"{scored.title}: {flag.clinician}" if scored else ""
                found.append(Concern(SUICIDE, item.slug, words, "refused" in flag.code))
    return tuple(found)


def _alarms(item: Item, keys: Sequence[str]) -> list[Concern]:
    ask = item.question.ask.someone
    if checks.REFUSED in keys and item.alarm_if_refused:
        words = f"{ask} Would rather not say."
        return [Concern(item.alarm_if_refused, item.slug, words, refused=True)]
    return [
        Concern(choice.alarm, item.slug, f"{ask} {choice.words.someone}", refused=False)
        for choice in item.question.choices
        if choice.key in keys and choice.alarm
    ]


# ---- what is still to ask ----------------------------------------------------------------------


def is_answered(item: Item, sheet: Sheet) -> bool:
    """Whether an item was asked: answered, refused or not known; confirmed where it came from
    the private check.
    """
    if item.kind is Kind.INSTRUMENT:
        return not any(line.needed for line in lines(item, sheet))
    said = sheet.get(item.slug)
    return bool(said and said.text and said.who is not Who.CHECK)


def is_asked_here(item: Item, voice: Voice) -> bool:
    """Whether it belongs to this call: not folded, and not for the person alone to answer."""
    return not item.optional and not (item.ask_self and voice is Voice.SOMEONE)


def still_open(script: Script, sheet: Sheet, voice: Voice) -> tuple[Item, ...]:
    """The items nobody has asked yet, in the order of the script: safety comes first there."""
    return tuple(
        item
        for item in way(script, sheet)
        if is_asked_here(item, voice) and not is_answered(item, sheet)
    )


def is_safety(script: Script, item: Item) -> bool:
    """Whether one of its findings leaves only a range while it is open."""
    return any(script.check.catalogue[code].safety_critical for code in item.codes)


def progress(script: Script, sheet: Sheet, voice: Voice) -> Progress:
    """How far the call is."""
    on_way = [item for item in way(script, sheet) if is_asked_here(item, voice)]
    left = still_open(script, sheet, voice)
    open_in = {part.key: 0 for part in script.parts}
    for item in left:
        open_in[item.question.part] += 1
    here = next((key for key, count in open_in.items() if count), "")
    parts = tuple(
        (
            part,
            "now" if part.key == here else "ahead" if open_in[part.key] else "done",
            open_in[part.key],
        )
        for part in script.parts
    )
    return Progress(
        parts, len(on_way) - len(left), len(left), -(-len(left) * SECONDS_AN_ITEM // 60)
    )


def picture(script: Script, sheet: Sheet, voice: Voice, criteria: CriteriaSet) -> Picture:
    """What the answers so far amount to, and what to ask next."""
    findings = stated(script, sheet, voice)
    found = recommend(findings, criteria)
    left = still_open(script, sheet, voice)
    safety = tuple(item for item in left if is_safety(script, item))
    return Picture(
        found=found,
        findings=findings,
        scores=scores(script, sheet),
        concerns=concerns(script, sheet),
        open_safety=safety,
        open=left,
        progress=progress(script, sheet, voice),
        next=left[0] if left else None,
    )


# ---- taken over from the private check ---------------------------------------------------------


def from_check(script: Script, answers: Answers) -> dict[str, str]:
    """The answers of a private check as texts of this script, by slug.

    Only what someone knew is taken over: what was left, refused or not known there is asked anew,
    by a person this time. Ages are bands there and years here: those are asked anew as well.
    """
    taken = {}
    for item in _choices(script):
        keys = answers.get(item.slug, ())
        known = [one.key for one in item.question.choices if one.key in keys]
        if checks.NONE in keys and item.kind is Kind.SEVERAL:
            known = [checks.NONE]
        if known:
            taken[item.slug] = " ".join(known)
    return taken


# ---- reading the script ------------------------------------------------------------------------


def read_script(
    table: Mapping[str, Any],
    catalogue: Mapping[str, Definition],
    instruments: Mapping[str, Instrument],
) -> Script:
    """Read the script from its table and check that each line can be asked and understood.

    Raises ScreeningError, naming the question and what is wrong with it.
    """
    rows = [_as_check_row(row) for row in table["question"]]
    try:
        check = checks.read_check({**table, "question": rows}, catalogue)
    except checks.CheckError as wrong:
        raise ScreeningError(str(wrong)) from wrong
    items = []
    for question, row in zip(check.questions, table["question"], strict=True):
        try:
            items.append(_item(question, row, catalogue, instruments))
        except (KeyError, ValueError) as wrong:
            raise ScreeningError(f"question {question.slug}: {wrong}") from wrong
    say = {row["key"]: row["say"] for row in table["part"]}
    return Script(table["version"], check, tuple(items), say)


def _as_check_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    if row.get("kind") in ("one", "several"):
        return row
    return {**row, "kind": "one", "option": ()}


def _item(
    question: Question,
    row: Mapping[str, Any],
    catalogue: Mapping[str, Definition],
    instruments: Mapping[str, Instrument],
) -> Item:
    kind = Kind(row["kind"])
    code = row["code"] if kind is Kind.NUMBER else ""
    if code and (code not in catalogue or catalogue[code].type != "number"):
        raise FindingError(f"finding {code} is not a number of the catalogue")
    return Item(
        question=question,
        kind=kind,
        optional=row.get("optional", False),
        ask_self=row.get("ask_self", False),
        code=code,
        minimum=row.get("min", 0),
        maximum=row.get("max", 0),
        instrument=instruments[row["instrument"]] if kind is Kind.INSTRUMENT else None,
        opens_with=_opening(row.get("opens_with"), instruments),
        alarm_if_refused=row.get("alarm_if_refused", ""),
    )


def _opening(
    row: Mapping[str, Any] | None, instruments: Mapping[str, Instrument]
) -> Opening | None:
    if row is None:
        return None
    return Opening(instruments[row["instrument"]], row["items"], row["goes_on_at"])
