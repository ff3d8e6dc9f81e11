"""Lines of the script and the picture, as the page of the call shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handrail.areas.screening.models import ScreeningAnswer
from handrail.areas.screening.selectors.screening import Call
from handrail.core import drafts
from handrail.core.check import NONE, REFUSED, UNKNOWN, Voice
from handrail.core.instruments import Score
from handrail.core.screening.picture import Concern, is_answered, is_asked_here, is_safety
from handrail.core.screening.script import Item, Kind
from handrail.core.screening.sheet import (
    WORDS,
    Line,
    Who,
    answers_of,
    choices_shown,
    lines,
    way,
)
from handrail.data import screening_script, screening_table
from handrail.web.kit import filters
from handrail.web.staff.recommendations.view_models import AreaShown, Shown, shown

WHO_WORDS = {
    "person": "said by the person",
    "caller": "said by the caller",
    "check": "said in the self-check",
    "record": "from the inquiry",
}
KIND_WORDS = {
    "suicide": "thoughts of suicide",
    "overdose": "an overdose",
    "body": "danger to the body",
    "mind": "danger from the state of mind",
}
_SHOWN_OPEN = 6
_SHOWN_NEEDS = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be given, and the key that gives it."""

    value: str
    words: str
    key: str
    on: bool


@dataclass(frozen=True, slots=True)
class OtherText:
    """What a colleague wrote into the same field."""

    key: str
    text: str
    words: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the page: an answer, or the words that go with it. `base` is its version."""

    name: str
    id: str
    base: int
    text: str
    others: tuple[OtherText, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask: its words, its answers, and how it stands.

    `state` is open, done, refused, unknown or check (said in the private check, to be confirmed).
    """

    field: Field
    kind: str
    ask: str
    hint: str
    options: tuple[Option, ...]
    state: str
    said: str
    who: str
    words: Field | None
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Fold:
    """An instrument, or what is asked on occasion: one line of the script, folded when optional."""

    slug: str
    title: str
    asks: tuple[Ask, ...]
    folded: bool
    open: bool
    score: str
    note: str
    safety: bool
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of the call."""

    key: str
    number: int
    title: str
    short: str
    say: str
    why: str
    state: str
    left: int
    items: tuple[Fold, ...]
    to_confirm: int


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A safety question still to ask, and where it stands."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Need:
    """What care has to provide, and why."""

    name: str
    because: str
    acute: bool


@dataclass(frozen=True, slots=True)
class PictureShown:
    """The picture as it forms."""

    where: str
    single: bool
    provisional: bool
    standing: str
    settled: bool
    shown: Shown
    areas: tuple[AreaShown, ...]
    needs: tuple[Need, ...]
    more_needs: tuple[Need, ...]
    safety: tuple[ToAsk, ...]
    more_safety: int
    concerns: tuple[str, ...]
    scores: tuple[str, ...]
    answered: int
    left: int
    minutes_left: int
    outside: str


# ---- the questions -----------------------------------------------------------------------------


def parts_of(call: Call, now: datetime, zone: str) -> tuple[PartShown, ...]:
    """Every part with the lines that apply as things stand."""
    script = screening_script()
    asked = way(script, call.sheet)
    hints = {row["slug"]: row.get("hint", "") for row in screening_table()["question"]}
    made = []
    for number, (part, state, left) in enumerate(call.picture.progress.parts, start=1):
        items = [item for item in asked if item.question.part == part.key]
        made.append(
            PartShown(
                key=part.key,
                number=number,
                title=part.title,
                short=part.title.partition(",")[0],
                say=script.say[part.key],
                why=part.why,
                state=state,
                left=left,
                items=tuple(_fold(call, item, hints[item.slug], zone) for item in items),
                to_confirm=sum(
                    1
                    for item in items
                    if (said := call.sheet.get(item.slug)) and said.who is Who.CHECK
                ),
            )
        )
    return tuple(made)


def _fold(call: Call, item: Item, hint: str, zone: str) -> Fold:
    scored = call.picture.scores.get(item.slug)
    if item.kind is Kind.INSTRUMENT:
        asks = tuple(_line(call, line, zone) for line in lines(item, call.sheet) if line.shown)
        title = item.question.ask.me
    else:
        asks = (_ask(call, item, hint, zone),)
        title = item.question.ask.to(call.voice) if item.optional else ""
    here = is_asked_here(item, call.voice)
    note = ""
    if item.ask_self and call.voice.value == "someone":
        note = "Only for the person themself: ask when they are on the line."
    return Fold(
        slug=item.slug,
        title=title,
        asks=asks,
        folded=not here,
        open=any(ask.state != "open" for ask in asks),
        score=_score(scored),
        note=note,
        safety=is_safety(screening_script(), item) and not is_answered(item, call.sheet),
        flags=tuple(flag.clinician for flag in scored.flags if flag.urgent) if scored else (),
    )


def _score(scored: Score | None) -> str:
    if scored is None:
        return ""
    if scored.total is None:
        return f"{scored.answered} of {scored.expected} answered"
    band = f", {scored.band}" if scored.band else ""
    left = scored.expected - scored.answered
    return f"{scored.title} {scored.total}{band}" + (f" ({left} not answered)" if left else "")


def _line(call: Call, line: Line, zone: str) -> Ask:
    options = answers_of(line.row)
    keys = _keys([label for _, label in options], [value for value, _ in options])
    return _asked(
        call,
        line.field,
        "one",
        line.row.text,
        "",
        tuple(zip(options, keys, strict=True)),
        zone,
        needed=line.needed,
    )


def _ask(call: Call, item: Item, hint: str, zone: str) -> Ask:
    ask = item.question.ask.to(call.voice)
    options: Sequence[tuple[tuple[str, str], str]] = ()
    if item.kind in (Kind.ONE, Kind.SEVERAL):
        choices = choices_shown(screening_script(), item, call.sheet)
        pairs = [(one.key, one.words.to(call.voice)) for one in choices]
        if item.kind is Kind.SEVERAL:
            keys = [str(index) if index < 10 else "0" for index in range(1, len(pairs) + 1)]
            pairs.append((NONE, item.question.none_says))
            keys.append("n")
        else:
            keys = _keys([key for key, _ in pairs], [str(n) for n in range(1, len(pairs) + 1)])
        options = tuple(zip(pairs, keys, strict=True))
    return _asked(
        call, item.slug, item.kind.value, ask, hint, options, zone, item=item, needed=True
    )


def _keys(labels: Sequence[str], else_: Sequence[str]) -> list[str]:
    """y and n where the answers are yes and no; else what is given for each."""
    lower = [label.lower() for label in labels]
    if set(lower) == {"yes", "no"}:
        return [label[0] for label in lower]
    if lower.count("no") == 1 or lower.count("none") == 1:
        rest = iter(else_)
        return ["n" if label in ("no", "none") else next(rest) for label in lower]
    return [key if len(key) == 1 else "t" for key in else_]


def _asked(
    call: Call,
    name: str,
    kind: str,
    ask: str,
    hint: str,
    options: Sequence[tuple[tuple[str, str], str]],
    zone: str,
    *,
    needed: bool,
    item: Item | None = None,
) -> Ask:
    row = call.fields.get(name)
    text = row.text if row else ""
    chosen = set(text.split()) if kind != "words" else set()
    made = [Option(value, words, key, value in chosen) for (value, words), key in options]
    if kind not in ("words",):
        made += [
            Option(REFUSED, "Refused", "r", REFUSED in chosen),
            Option(UNKNOWN, "Does not know", "d", UNKNOWN in chosen),
        ]
    is_question = item is not None and kind != "words"
    return Ask(
        field=_field(name, row, {one.value: one.words for one in made}, zone),
        kind=kind,
        ask=ask,
        hint=hint,
        options=tuple(made),
        state=_state(text, row, needed=needed),
        said=", ".join(one.words for one in made if one.on) or text,
        who=_who(call, row) if row and text else "",
        words=_field(name + WORDS, call.fields.get(name + WORDS), {}, zone)
        if is_question
        else None,
        low=item.minimum if item else 0,
        high=item.maximum if item else 0,
    )


def _who(call: Call, row: ScreeningAnswer) -> str:
    """Who said it, where that does not go without saying."""
    goes_without = call.voice is Voice.ME and row.who == Who.PERSON.value
    return "" if goes_without else WHO_WORDS[row.who]


def _state(text: str, row: ScreeningAnswer | None, *, needed: bool) -> str:
    if not text or row is None:
        return "open" if needed else "free"
    if row.who == Who.CHECK.value:
        return "check"
    return text if text in (REFUSED, UNKNOWN) else "done"


def _field(name: str, row: ScreeningAnswer | None, words: Mapping[str, str], zone: str) -> Field:
    written = row.read() if row else drafts.Field()
    return Field(
        name=name,
        id=field_id(name),
        base=written.version,
        text=written.text,
        others=tuple(
            OtherText(
                key=one.key,
                text=one.text,
                words=", ".join(words.get(key, key) for key in one.text.split())
                if words
                else one.text,
                by=one.by,
                at=filters.clock_time(one.at, zone),
            )
            for one in written.others
        ),
    )


def field_id(name: str) -> str:
    """A field's name as it can stand in an id of the page."""
    return "q-" + name.replace("/", "-").replace(".", "-")


# ---- the picture -------------------------------------------------------------------------------


def picture_of(call: Call) -> PictureShown:
    """The picture as it stands."""
    found = call.picture.found
    made = shown(found)
    needs = tuple(Need(one.name, " ".join(one.because), one.acute) for one in found.needs)
    safety = [
        ToAsk(_first_field(call, item), item.question.ask.to(call.voice))
        for item in call.picture.open_safety
    ]
    progress = call.picture.progress
    return PictureShown(
        where=made.where,
        single=made.single,
        provisional=made.provisional,
        standing=_standing(call),
        settled=_settled(call),
        shown=made,
        areas=made.areas,
        needs=needs[:_SHOWN_NEEDS],
        more_needs=needs[_SHOWN_NEEDS:],
        safety=tuple(safety[:_SHOWN_OPEN]),
        more_safety=max(0, len(safety) - _SHOWN_OPEN),
        concerns=_concerns(call.picture.concerns),
        scores=tuple(filter(None, (_score(one) for one in call.picture.scores.values()))),
        answered=progress.answered,
        left=progress.left,
        minutes_left=progress.minutes_left,
        outside=found.outside,
    )


def _first_field(call: Call, item: Item) -> str:
    first = lines(item, call.sheet)
    return field_id(first[0].field if first else item.slug)


def _standing(call: Call) -> str:
    """Whether this can be relied on yet."""
    if call.picture.found.outside:
        return "No level here"
    if call.picture.found.at_least:
        return "At least this, until someone has been assessed"
    if call.picture.found.level is None:
        return "A range, until safety is answered"
    return "Settled by the answers so far" if _settled(call) else "Provisional"


def _settled(call: Call) -> bool:
    found = call.picture.found
    least = found.outside or found.at_least
    return not least and found.level is not None and not found.provisional


def _concerns(found: Sequence[Concern]) -> tuple[str, ...]:
    """Each danger once, with what was said."""
    words: dict[str, str] = {}
    for one in found:
        words.setdefault(one.kind, one.words)
    return tuple(f"{KIND_WORDS[kind].capitalize()}. {said}" for kind, said in words.items())
