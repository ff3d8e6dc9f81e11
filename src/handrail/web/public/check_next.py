"""What to do with a result: today, questions still open, when to ask again, what to take along."""

from dataclasses import dataclass

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import (
    LATER,
    NONE,
    REFUSED,
    UNKNOWN,
    Voice,
    question_about,
    way,
    words,
)
from handrail.core.placement.compare import read_asked
from handrail.core.placement.recommendation import Recommendation, WouldChange
from handrail.web.public.check_help import help_in_case
from handrail.web.public.check_words import has_use, leaves_out, plain_words, question_address
from handrail.web.public.words import check_table, listed, private_check

MEDICAL = ("withdrawal_assessment", "withdrawal_care_24h", "withdrawal_care_ambulatory")


ALCOHOL_OR_SEDATIVES = frozenset(
    {
        "alcohol_heavy_most_days",
        "binge_drinking",
        "drinks_to_stop_shaking",
        "sedatives_daily",
        "sedatives_not_as_prescribed",
        "withdrawal_symptoms_now",
        "withdrawal_danger_signs_now",
    }
)
"""What says that a withdrawal is from alcohol or sedatives: that one is dangerous to stop."""


WITHOUT_OPIOIDS = frozenset({"alcohol", "cannabis", NONE})
"""Substances in which no opioid hides."""


@dataclass(frozen=True, slots=True)
class Today:
    """A box of a result: what to do today. `call` says when to call 911 instead."""

    kind: str
    title: str
    steps: tuple[str, ...]
    say: str
    call: str


@dataclass(frozen=True, slots=True)
class Change:
    """An open question, what hangs on it, and the screen where it can be answered."""

    ask: str
    about: tuple[str, ...]
    means: str
    safety: bool
    address: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Something less that can be asked for."""

    key: str
    words: str
    chosen: bool


def today_of(draft: Draft, found: Recommendation) -> tuple[Today, ...]:
    """What cannot wait for the level: protection from an overdose, a look before stopping."""
    if found.outside:
        return ()
    due = {"overdose": _overdose_today(draft, found), "withdrawal": _look_today(draft, found)}
    table, voice = check_table()["today"], draft.voice
    return tuple(
        Today(
            kind=kind,
            title=table[kind]["title"],
            steps=tuple(table[kind]["steps"][voice.value]),
            say=words(table[kind]["say"]).to(voice),
            call=table[kind]["call"],
        )
        for kind, is_due in due.items()
        if is_due
    )


def _overdose_today(draft: Draft, found: Recommendation) -> bool:
    """Opioids lately without medicine that holds, or an overdose with opioids perhaps in it."""
    said = draft.answers
    substances = set(said.get("substances", ()))
    if not substances or substances <= WITHOUT_OPIOIDS:
        return False
    if "yes" in said.get("overdose", ()):
        return True
    held = "yes" in said.get("medication", ())
    lately = "longer" not in said.get("last-use", ())
    return not held and (
        "overdose_prevention" in found.need_codes or ("opioids" in substances and lately)
    )


def _look_today(draft: Draft, found: Recommendation) -> bool:
    """Whether stopping alcohol or sedatives needs, or may need, a medical look first."""
    evidence = {
        one.finding for need in found.needs if need.code in MEDICAL for one in need.evidence
    }
    if evidence & ALCOHOL_OR_SEDATIVES:
        return True
    substances = set(draft.answers.get("substances", ()))
    may_be = substances & {"alcohol", "sedatives", UNKNOWN, REFUSED, LATER}
    return bool(may_be and set(found.possible_needs) & set(MEDICAL))


def changes_of(draft: Draft, found: Recommendation) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Open questions by screen, safety first; and those that only a professional can answer.

    A question still to come is not open yet: going on with the check asks it.
    """
    check, care = private_check(), found.care
    seen = {question.slug for question in way(check, draft.answers)} & set(draft.answers)
    by_screen: dict[str, list[WouldChange]] = {}
    for_professional = []
    for one in found.would_change:
        question = question_about(check, one.finding)
        if question and question.slug in seen:
            by_screen.setdefault(question.slug, []).append(one)
        elif not question:
            for_professional.append(one.question)
    changes = []
    for slug, open_ones in by_screen.items():
        question = check.question(slug)
        needs = dict.fromkeys(need for one in open_ones for need in one.needs)
        means = [leaves_out(code, found, draft.voice) for code in care.needs if code in needs]
        codes = {one.finding for one in open_ones}
        about = [
            choice.words.to(draft.voice)
            for choice in question.choices
            if question.several and codes & set(dict(choice.sets))
        ]
        changes.append(
            Change(
                ask=question.ask.to(draft.voice),
                about=tuple(about[:4]),
                means=listed(means[:2]) if means else "",
                safety=any(one.safety for one in open_ones),
                address=question_address(draft, slug),
            )
        )
    return tuple(changes), tuple(for_professional)


def ask_again_of(draft: Draft, found: Recommendation) -> tuple[str, ...]:
    """When to ask again; nothing that the page has just said."""
    said = {help.kind for help in help_in_case(draft)}
    said |= {box.kind for box in today_of(draft, found)}
    if set(found.need_codes) & {"home_away_from_use", "home_away_from_violence", "place_to_live"}:
        said.add("home")
    return tuple(
        words(row).to(draft.voice)
        for row in check_table()["ask_again"]
        if found.level in row.get("levels", (found.level,))
        and row.get("unless") not in said
        and (has_use(draft) or not row.get("use"))
    )


def notes_of(found: Recommendation, voice: Voice) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(plain_words(note.plain, voice) for note in (*found.offers, *found.flags))
    )


def take_along(draft: Draft, found: Recommendation) -> tuple[str, ...]:
    """Questions to take to a professional, for what was found."""
    needs = {*found.need_codes, *found.possible_needs}
    ends = (found.lowest, found.highest)
    levels = {found.level} if found.level else {end.level for end in ends if end}
    return tuple(
        row["text"]
        for row in check_table()["take_along"]
        if (has_use(draft) or not row.get("use"))
        and (
            not ("needs" in row or "levels" in row)
            or needs & set(row.get("needs", ()))
            or levels & set(row.get("levels", ()))
        )
    )


def wishes_shown(draft: Draft, chosen: str, *, found: Recommendation) -> tuple[Wish, ...]:
    """What can be asked for instead: for this voice and life, and no step above the fitting one."""
    voice = draft.voice
    return tuple(
        Wish(row["key"], words(row).to(voice), row["key"] == chosen)
        for row in check_table()["less"]
        if row.get("only", voice.value) == voice.value
        and (has_use(draft) or not row.get("use"))
        and (row["key"] == chosen or not _above(row["asked"], found))
    )


def _above(asked: str, found: Recommendation) -> bool:
    """Whether something asked for is more than any step that may fit."""
    if found.highest is None:
        return False
    wished, spine = read_asked(asked, found.care), found.care.spine
    height, fits = spine.index(wished.package.level), spine.index(found.highest.level)
    return height > fits or (height == fits and not set(wished.acute) <= set(found.highest.acute))
