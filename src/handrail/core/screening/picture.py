"""What the answers of a screening call say so far, and what is still to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.core import check as checks
from handrail.core.check import Part, Voice
from handrail.core.findings import Answer, Definition, Finding, Open, more_worrying
from handrail.core.instruments import Score
from handrail.core.placement.criteria import CriteriaSet
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.core.screening.script import Item, Kind, Script
from handrail.core.screening.sheet import (
    OPEN_KEYS,
    WORDS,
    Sheet,
    Who,
    chosen,
    lines,
    score,
    scores,
    text_of,
    way,
)

SECONDS_AN_ITEM = 12
"""How long one question takes on the phone, for "about four minutes more"; an estimate."""

SUICIDE = "suicide"

SAID_BY = {
    Who.PERSON: "Said by the person.",
    Who.CALLER: "Said by the caller.",
    Who.CHECK: "Said in the self-check.",
    Who.RECORD: "From the inquiry.",
}
"""Stands after the words that a finding rests on."""


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


# ---- what the answers say ------------------------------------------------------------------------


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
    words = text_of(sheet, slug + WORDS)
    said = sheet.get(slug)
    return (f" {SAID_BY[said.who]}" if said else "") + (f" Words: “{words}”" if words else "")


def _of_item(item: Item, sheet: Sheet, catalogue: Mapping[str, Definition]) -> list[Finding]:
    """What a number or an instrument states."""
    if item.kind is Kind.NUMBER and text_of(sheet, item.slug):
        text = text_of(sheet, item.slug)
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


# ---- what is still to ask ------------------------------------------------------------------------


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
