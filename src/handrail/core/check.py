"""The private check: which question comes next, and which findings the answers say.

Pure: questions come as a table (data/check.toml), answers as keys of options. Nothing is kept here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from handrail.core.findings import (
    Answer,
    Catalogue,
    Definition,
    Finding,
    FindingError,
    Kind,
    Open,
    more_worrying,
)

UNKNOWN = "unknown"
REFUSED = "refused"
NONE = "none-of-these"
LATER = "later"

OPEN = (UNKNOWN, REFUSED)
"""The two answers that every question takes."""

SEPARATOR = "; "
"""What stands between several choices of one answer."""

SECONDS_A_QUESTION = 16
"""How long a question takes, for "about six minutes more"; an estimate, to be measured."""

Answers: TypeAlias = Mapping[str, tuple[str, ...]]
"""What was chosen so far: the slug of a question -> keys of its options."""


class CheckError(ValueError):
    """A check that cannot be asked; the message names the question."""


class AnswerError(ValueError):
    """An answer that cannot be taken; the message says in plain words what to do.

    `text` is the message with its `parts` left open, for whoever says it in another language.
    """

    def __init__(self, text: str, **parts: str) -> None:
        super().__init__(text.format(**parts))
        self.text, self.parts = text, parts


class Voice(Enum):
    """Whom the check is about: the person who answers, or someone they care about."""

    ME = "me"
    SOMEONE = "someone"


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence in the two voices."""

    me: str
    someone: str

    def to(self, voice: Voice) -> str:
        """The sentence for one of the voices."""
        return self.me if voice is Voice.ME else self.someone


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen, and what it says about the person.

    `was` are answers that say the same in the screening call, and in a check begun when more
    questions were asked.
    """

    key: str
    words: Words
    small: str = ""
    sets: tuple[tuple[str, Answer], ...] = ()
    alarm: str = ""
    only_if: tuple[str, str] | None = None
    ends: bool = False
    disorder: str = ""
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """An earlier question, and the choices there that open a later one."""

    question: str
    chose: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One screen of the check.

    `several` tells whether more than one choice can be ticked. `otherwise` is what is known when
    the question is skipped; `not_ticked` what it says of choices that were left unticked (for
    several, without it: no). `was` are earlier questions that have to be answered before their
    answers can stand for this one. `settled_by` are earlier questions that, answered with nothing
    but the choices named, leave nothing to ask here. `also_a_sign` are answers elsewhere that count
    as one sign more.
    """

    slug: str
    part: str
    several: bool
    ask: Words
    hint: Words
    choices: tuple[Choice, ...]
    gates: tuple[Gate, ...] = ()
    all_gates: bool = False
    settled_by: tuple[Gate, ...] = ()
    otherwise: tuple[tuple[str, Answer], ...] = ()
    not_ticked: tuple[tuple[str, Answer], ...] | None = None
    counts_toward: str = ""
    count_bands: tuple[tuple[int, str], ...] = ()
    also_a_sign: frozenset[str] = frozenset()
    none_says: str = ""
    open_says: tuple[tuple[str, str], ...] = ()
    was: tuple[str, ...] = ()

    @property
    def open_words(self) -> dict[str, str]:
        """The two answers that every question takes, as a person says them."""
        return dict(self.open_says)

    @property
    def codes(self) -> tuple[str, ...]:
        """The findings that this question can answer, each once."""
        return tuple(dict.fromkeys(code for choice in self.choices for code, _ in choice.sets))

    def choice(self, key: str) -> Choice | None:
        """The choice with a key, or None."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A group of questions, with the reason why they are asked."""

    key: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """All questions in the order they are asked."""

    version: str
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    catalogue: Catalogue

    def question(self, slug: str) -> Question:
        """A question by its slug. Raises CheckError."""
        for question in self.questions:
            if question.slug == slug:
                return question
        raise CheckError(f"question {slug}: there is none")

    def part(self, key: str) -> Part:
        """A part by its key."""
        return next(part for part in self.parts if part.key == key)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person is: each part as done, now or ahead; minutes to go, rounded up."""

    parts: tuple[tuple[Part, str], ...]
    number: int
    part_number: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a person chose, in the words they chose, and the question it answers."""

    slug: str
    ask: str
    words: str


# ---- the way through -------------------------------------------------------------------------


def way(check: Check, answers: Answers) -> tuple[Question, ...]:
    """The questions that a person is asked, as far as the answers so far can tell.

    A question is skipped only when known answers say that it does not apply.
    """
    return tuple(_walk(check, answers))


def _walk(check: Check, answers: Answers) -> Iterator[Question]:
    asked: set[str] = set()
    for question in check.questions:
        if not _applies(question, answers, asked):
            continue
        asked.add(question.slug)
        yield question
        chosen = (question.choice(key) for key in answers.get(question.slug, ()))
        if any(choice and choice.ends for choice in chosen):
            return


def _applies(question: Question, answers: Answers, asked: set[str]) -> bool:
    if question.settled_by and all(_settles(gate, answers, asked) for gate in question.settled_by):
        return False
    if not question.gates:
        return True
    opens = (_opens(gate, answers, asked) for gate in question.gates)
    return all(opens) if question.all_gates else any(opens)


def _settles(gate: Gate, answers: Answers, asked: set[str]) -> bool:
    """Whether a question was answered with nothing but the choices named, or was not asked."""
    if gate.question not in asked:
        return True
    return set(answers.get(gate.question, (LATER,))) <= gate.chose | {NONE}


def _opens(gate: Gate, answers: Answers, asked: set[str]) -> bool:
    if gate.question not in asked:
        return False
    chosen = set(answers.get(gate.question, ())) or {LATER}
    return bool(chosen & (gate.chose | {UNKNOWN, REFUSED, LATER}))


def next_question(check: Check, answers: Answers, after: str = "") -> Question | None:
    """The question to show next: the first without an answer, then those left for later.

    None when nothing is left to ask after `after` (a slug).
    """
    path = way(check, answers)
    for question in path:
        if question.slug not in answers:
            return question
    slugs = [question.slug for question in path]
    start = slugs.index(after) + 1 if after in slugs else 0
    return next((one for one in path[start:] if answers[one.slug] == (LATER,)), None)


def previous_question(check: Check, answers: Answers, before: str) -> Question | None:
    """The question before another on this person's way, or None at the start."""
    path = way(check, answers)
    slugs = [question.slug for question in path]
    at = slugs.index(before) if before in slugs else len(slugs)
    return path[at - 1] if at else None


def left_for_later(check: Check, answers: Answers) -> tuple[Question, ...]:
    """The questions on the way that still have no answer."""
    return tuple(one for one in way(check, answers) if answers.get(one.slug, (LATER,)) == (LATER,))


def progress(check: Check, answers: Answers, slug: str) -> Progress:
    """How far a person is at a question."""
    path = way(check, answers)
    question = check.question(slug)
    keys = [part.key for part in check.parts]
    here = keys.index(question.part)
    states = ("done" if at < here else "now" if at == here else "ahead" for at in range(len(keys)))
    to_go = sum(one.slug not in answers for one in path)
    return Progress(
        parts=tuple(zip(check.parts, states, strict=True)),
        number=[one.slug for one in path].index(slug) + 1,
        part_number=here + 1,
        minutes_left=-(-to_go * SECONDS_A_QUESTION // 60),
    )


def choices_shown(question: Question, answers: Answers) -> tuple[Choice, ...]:
    """The choices of a question that fit what was said before."""
    return tuple(choice for choice in question.choices if _shown(choice, answers))


def _shown(choice: Choice, answers: Answers) -> bool:
    if choice.only_if is None:
        return True
    question, key = choice.only_if
    said = set(answers.get(question, (LATER,)))
    return bool(said & {key, UNKNOWN, REFUSED, LATER})


# ---- taking an answer ------------------------------------------------------------------------


def take(question: Question, keys: Iterable[str], answers: Answers) -> tuple[str, ...]:
    """Check what was chosen on a screen and return it in order.

    Raises AnswerError when nothing was chosen, or things that cannot be said together.
    """
    shown = [choice.key for choice in choices_shown(question, answers)]
    allowed = [*shown, *([NONE] if question.several else []), UNKNOWN, REFUSED]
    chosen = tuple(key for key in allowed if key in set(keys))
    ticked = [key for key in chosen if key in shown]
    if not chosen:
        raise AnswerError("Please choose an answer. “I do not know” is one too.")
    if not question.several and len(chosen) > 1:
        raise AnswerError("Please choose one answer.")
    if NONE in chosen and len(chosen) > 1:
        raise AnswerError(
            "You chose “{none}” and something else. Which one is it?", none=question.none_says
        )
    if not ticked and len(chosen) > 1:
        raise AnswerError("Please choose one of the last two answers, not both.")
    return chosen


def on_the_way(check: Check, answers: Answers) -> Answers:
    """The answers that still count: those to questions on this person's way."""
    return {one.slug: answers[one.slug] for one in way(check, answers) if one.slug in answers}


# ---- what the answers say --------------------------------------------------------------------


def findings_from(check: Check, answers: Answers, voice: Voice) -> dict[str, Finding]:
    """The findings that the answers state, each with the question and the words chosen.

    A question left for later states nothing. A skipped one states what is known without it.
    """
    found: dict[str, Finding] = {}
    path = way(check, answers)
    for question in path:
        evidence = _evidence(question, answers, voice)
        for code, answer in _stated(check, question, answers).items():
            if not _stays(check.catalogue[code], found.get(code), answer):
                found[code] = Finding(code, answer, evidence)
    skipped = () if _ended(check, answers) else (one for one in check.questions if one not in path)
    for code, answer in (known for question in skipped for known in question.otherwise):
        # What somebody said themselves is never undone by a question that was not asked.
        if code not in found or isinstance(found[code].answer, Open):
            found[code] = Finding(code, answer, "follows from earlier answers")
    return found


def _stays(definition: Definition, before: Finding | None, answer: Answer) -> bool:
    """Whether a danger said earlier stands against what is said of it now."""
    return (
        before is not None
        and definition.kind is Kind.DANGER
        and not isinstance(before.answer, Open)
        and more_worrying(definition, answer, before.answer) != answer
    )


def said_about(check: Check, answers: Answers, voice: Voice) -> dict[str, Said]:
    """For each finding a person spoke to: the question and the words they chose."""
    said: dict[str, Said] = {}
    for question in way(check, answers):
        ask = question.ask.to(voice)
        for code in _stated(check, question, answers):
            words = _words(question, answers, voice, code)
            if words:
                said[code] = Said(question.slug, ask, words)
    return said


def words_chosen(question: Question, answers: Answers, voice: Voice) -> str:
    """All the words chosen on a screen; empty when it was left for later."""
    chosen = answers.get(question.slug, ())
    words = [one.words.to(voice) for one in question.choices if one.key in chosen]
    words += [question.none_says] if NONE in chosen else []
    words += [said for key, said in question.open_says if key in chosen]
    return SEPARATOR.join(words)


def question_about(check: Check, code: str) -> Question | None:
    """The question that asks for a finding, or None when a professional has to."""
    for question in check.questions:
        if code in question.codes or any(choice.disorder == code for choice in question.choices):
            return question
    return None


def _ended(check: Check, answers: Answers) -> bool:
    chosen = (
        question.choice(key)
        for question in check.questions
        for key in answers.get(question.slug, ())
    )
    return any(choice and choice.ends for choice in chosen)


def _stated(check: Check, question: Question, answers: Answers) -> dict[str, Answer]:
    chosen = answers.get(question.slug, (LATER,))
    if LATER in chosen:
        return {}
    ticked = [choice for choice in choices_shown(question, answers) if choice.key in chosen]
    stated = _of_ticked(ticked, check.catalogue)
    for code, answer in _of_the_rest(check, question, chosen, answers):
        stated.setdefault(code, answer)
    stated.update(_disorders_not_used(question, chosen))
    stated.update(_disorders_by_count(check, question, chosen, answers))
    return stated


def _of_ticked(ticked: Sequence[Choice], catalogue: Catalogue) -> dict[str, Answer]:
    stated: dict[str, Answer] = {}
    for choice in ticked:
        for code, answer in choice.sets:
            before = stated.get(code, answer)
            stated[code] = more_worrying(catalogue[code], before, answer)
    return stated


def _of_the_rest(
    check: Check, question: Question, chosen: tuple[str, ...], answers: Answers
) -> Iterable[tuple[str, Answer]]:
    """What is said of the codes that no ticked choice speaks to."""
    shown = [code for choice in choices_shown(question, answers) for code, _ in choice.sets]
    open_key = next((key for key in (REFUSED, UNKNOWN) if key in chosen), "")
    if open_key:
        return [(code, Open(open_key)) for code in shown]
    if question.not_ticked is not None:
        return question.not_ticked
    return [(code, check.catalogue[code].no) for code in shown] if question.several else []


def _disorders_not_used(question: Question, chosen: tuple[str, ...]) -> dict[str, Answer]:
    """Of a substance that is not taken there is no use disorder; open while it is not known."""
    open_key = next((key for key in (REFUSED, UNKNOWN) if key in chosen), "")
    rest: Answer = Open(open_key) if open_key else "none"
    taken = {choice.disorder for choice in question.choices if choice.key in chosen}
    codes = {choice.disorder for choice in question.choices} - taken - {""}
    return dict.fromkeys(sorted(codes), rest)


def _disorders_by_count(
    check: Check, question: Question, chosen: tuple[str, ...], answers: Answers
) -> dict[str, Answer]:
    """Grade the use by the number of its signs, for each substance that is taken."""
    if not question.counts_toward:
        return {}
    signs = sum(question.choice(key) is not None for key in chosen)
    signs += _withdrawal_counts(check, question, answers)
    band: Answer = [name for least, name in question.count_bands if signs >= least][-1]
    open_key = next((key for key in (REFUSED, UNKNOWN) if key in chosen), "")
    if open_key and signs < question.count_bands[1][0]:
        band = Open(open_key)
    substances = check.question(question.counts_toward)
    taken = answers.get(substances.slug, ())
    named = [choice for choice in substances.choices if choice.disorder]
    codes = [choice.disorder for choice in named if choice.key in taken]
    # Signs of a use that nobody named yet count as another drug's.
    return dict.fromkeys(codes or [named[-1].disorder], band)


def _withdrawal_counts(check: Check, question: Question, answers: Answers) -> bool:
    """Whether withdrawal is a sign too: not where a medicine is only taken as prescribed."""
    said = {f"{slug}:{key}" for slug, keys in on_the_way(check, answers).items() for key in keys}
    substances = set(answers.get("substances", ()))
    as_prescribed = "sedatives:prescribed" in said and substances <= {
        "sedatives",
        "cannabis",
        "shakes",
    }
    return bool(said & question.also_a_sign) and not as_prescribed


def _words(question: Question, answers: Answers, voice: Voice, code: str = "") -> str:
    """The words that were chosen; for one finding, those that speak to it."""
    chosen = answers.get(question.slug, ())
    ticked = [choice for choice in question.choices if choice.key in chosen]
    about = [choice for choice in ticked if code in dict(choice.sets)] or (
        ticked if question.counts_toward else []
    )
    words = [choice.words.to(voice) for choice in (about if code else ticked)]
    if not words:
        words = [said for key, said in question.open_says if key in chosen]
        words += [question.none_says for key in chosen if key == NONE]
    return SEPARATOR.join(words)


def _evidence(question: Question, answers: Answers, voice: Voice) -> str:
    return f"{question.ask.to(voice)} “{_words(question, answers, voice)}”"


# ---- reading ---------------------------------------------------------------------------------


def read_check(table: Mapping[str, Any], catalogue: Catalogue) -> Check:
    """Read the questions from their table and check that each can be asked and understood.

    Raises CheckError, naming the question and what is wrong with it.
    """
    parts = tuple(Part(row["key"], row["title"], row["why"]) for row in table["part"])
    questions: list[Question] = []
    for row in table["question"]:
        try:
            question = _question(row, table["open"], catalogue)
            _require_earlier(question, questions, parts)
        except (KeyError, TypeError, ValueError) as wrong:
            raise CheckError(f"question {row.get('slug', 'without a slug')}: {wrong}") from wrong
        questions.append(question)
    return Check(table["version"], parts, tuple(questions), catalogue)


def words(row: object) -> Words:
    """Read a sentence in two voices; a plain text holds for both."""
    if isinstance(row, str):
        return Words(row, row)
    if not isinstance(row, Mapping):
        raise ValueError("expected a text, or one for me and one for someone")
    return Words(row["me"], row.get("someone", row["me"]))


def _question(row: Mapping[str, Any], said: Mapping[str, str], catalogue: Catalogue) -> Question:
    if row["kind"] not in ("one", "several"):
        raise ValueError(f"kind {row['kind']!r} is neither one nor several")
    not_ticked = row.get("not_ticked")
    return Question(
        slug=row["slug"],
        part=row["part"],
        several=row["kind"] == "several",
        ask=words(row["ask"]),
        hint=words(row.get("hint", "")),
        choices=tuple(_choice(option, catalogue) for option in row["option"]),
        gates=_gates(row.get("asked_if", ())),
        all_gates=row.get("all_of", False),
        settled_by=_gates(row.get("settled_by", ())),
        otherwise=_sets(row.get("otherwise", {}), catalogue),
        not_ticked=None if not_ticked is None else _sets(not_ticked, catalogue),
        counts_toward=row.get("counts_toward", ""),
        count_bands=tuple((least, name) for least, name in row.get("count_bands", ())),
        also_a_sign=frozenset(row.get("also_a_sign", ())),
        none_says=row.get("none_says", said["none"]),
        open_says=((UNKNOWN, said[UNKNOWN]), (REFUSED, said[REFUSED])),
        was=tuple(row.get("was", ())),
    )


def _gates(rows: Iterable[Mapping[str, Any]]) -> tuple[Gate, ...]:
    return tuple(Gate(row["question"], frozenset(row["chose"])) for row in rows)


def _choice(row: Mapping[str, Any], catalogue: Catalogue) -> Choice:
    disorder = row.get("disorder", "")
    if row["key"] in (UNKNOWN, REFUSED, NONE, LATER):
        raise ValueError(f"option {row['key']} is there already")
    if disorder and disorder not in catalogue:
        raise ValueError(f"option {row['key']}: finding {disorder} is not in the catalogue")
    question, _, key = row.get("only_if", "").partition(":")
    return Choice(
        key=row["key"],
        words=words(row),
        small=row.get("small", ""),
        sets=_sets(row["set"], catalogue),
        alarm=row.get("alarm", ""),
        only_if=(question, key) if question else None,
        ends=row.get("ends", False),
        disorder=disorder,
        was=tuple(row.get("was", ())),
    )


def _sets(table: Mapping[str, object], catalogue: Catalogue) -> tuple[tuple[str, Answer], ...]:
    for code in table:
        if code not in catalogue:
            raise FindingError(f"finding {code} is not in the catalogue")
    return tuple((code, catalogue[code].read(value)) for code, value in table.items())


def _require_earlier(question: Question, earlier: list[Question], parts: tuple[Part, ...]) -> None:
    """Each part is known, each slug new, and gates look back, at choices that exist."""
    if question.part not in {part.key for part in parts}:
        raise ValueError(f"part {question.part} is not known")
    before = {one.slug: {choice.key for choice in one.choices} for one in earlier}
    if question.slug in before:
        raise ValueError("asked twice")
    asked: dict[str, set[str]] = {}
    for gate in (*question.gates, *question.settled_by):
        asked.setdefault(gate.question, set()).update(gate.chose)
    for sign in question.also_a_sign:
        slug, _, key = sign.partition(":")
        asked.setdefault(slug, set()).add(key)
    for choice in question.choices:
        if choice.only_if:
            asked.setdefault(choice.only_if[0], set()).add(choice.only_if[1])
    for slug, keys in asked.items():
        if not keys <= before.get(slug, set()):
            raise ValueError(f"depends on {slug}, which does not offer {', '.join(sorted(keys))}")
