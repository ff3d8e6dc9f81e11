"""What to do with a result: today, questions still open, when to ask again, what to take along."""

from dataclasses import dataclass

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import Check, Voice, question_about, way, words
from handrail.core.check_advice import TODAY, behind, decided
from handrail.core.findings import Area
from handrail.core.placement.compare import read_asked
from handrail.core.placement.recommendation import Recommendation, WouldChange
from handrail.data import check_advice
from handrail.web.public.check_help import help_in_case
from handrail.web.public.check_words import has_use, leaves_out, plain_words, question_address
from handrail.web.public.words import check_table, listed, private_check

BECAUSE_SHOWN = 3
"""How many of the person's own answers stand behind what is for today."""


@dataclass(frozen=True, slots=True)
class Today:
    """A box of a result: what to do today; `first` says it in the headline.

    `because` are the person's own words behind it. `night` is what to do when offices are closed.
    `call` says when to call 911 instead; `gentle`: it is for today, but nothing to be afraid of.
    """

    kind: str
    title: str
    first: str
    because: tuple[str, ...]
    night: str
    steps: tuple[str, ...]
    say: str
    call: str
    gentle: bool


@dataclass(frozen=True, slots=True)
class Change:
    """An open question, what hangs on it, and the screen where it can be answered.

    `weight` is how far it could move the answer: what a life may hang on first.
    """

    ask: str
    about: tuple[str, ...]
    means: str
    safety: bool
    weight: tuple[bool, int]
    address: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Something less that can be asked for."""

    key: str
    words: str
    chosen: bool


def decisions_of(draft: Draft, found: Recommendation, *, certain: bool = False) -> frozenset[str]:
    """What the core decided to advise, by name."""
    return decided(check_advice(), private_check(), draft.answers, found, certain=certain)


def because_of(draft: Draft, found: Recommendation, name: str) -> tuple[str, ...]:
    """The person's own words behind a decision; with the question where they say little alone."""
    choices = behind(check_advice(), name, private_check(), draft.answers, found)
    voice = draft.voice
    said = (
        choice.words.to(voice)
        if question.several
        else f"{question.ask.to(voice)} {choice.words.to(voice)}"
        for question, choice in choices
    )
    return tuple(dict.fromkeys(said))[:BECAUSE_SHOWN]


def today_of(draft: Draft, found: Recommendation, *, certain: bool = False) -> tuple[Today, ...]:
    """What cannot wait for the level: protection from an overdose, a look before stopping.

    `certain`: only what rests on nothing that is still open.
    """
    if found.outside:
        return ()
    table, voice = check_table()["today"], draft.voice
    taken = decisions_of(draft, found, certain=certain)
    night = check_table()["night"]
    return tuple(
        Today(
            kind=kind,
            title=words(table[kind]["title"]).to(voice),
            first=words(table[kind]["first"]).to(voice),
            because=because_of(draft, found, kind),
            night=words(night.get(kind, night["general"])).to(voice),
            steps=(
                *(table["soon"]["steps"][voice.value] if _soon(kind, taken) else ()),
                *table[kind]["steps"][voice.value],
            ),
            say=words(table[kind]["say"]).to(voice),
            call=table[kind]["call"],
            gentle=kind in ("taper", "gambling"),
        )
        for kind in TODAY
        if kind in taken
    )


def _soon(kind: str, taken: frozenset[str]) -> bool:
    return "taper-soon" in taken and kind in ("taper", "withdrawal")


def _apart_from_use(check: Check, one: WouldChange) -> bool:
    """Nobody without any use is asked about a sober house or a drug."""
    return check.catalogue[one.finding].area not in (Area.USE, Area.WITHDRAWAL, Area.SURROUNDINGS)


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
        elif not question and (has_use(draft) or _apart_from_use(check, one)):
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
                weight=(
                    any(one.safety for one in open_ones),
                    max((care.height_of(need) for need in needs), default=0),
                ),
                address=question_address(draft, slug),
            )
        )
    changes.sort(key=lambda one: one.weight, reverse=True)
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
    needs = {*found.need_codes, *found.possible_needs} - left_unsaid(draft, found)
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


def left_unsaid(draft: Draft, found: Recommendation) -> frozenset[str]:
    """Needs and facets that this person is not told of, although the rules name them: medicine
    where none helps, family sessions where somebody is hurt or afraid.
    """
    taken = decisions_of(draft, found)
    unsaid: set[str] = set()
    if "no-medicine" in taken:
        unsaid.add("medication_for_addiction")
    if "apart" in taken:
        unsaid |= {"family_work", "family_program"}
    if "taper" in taken:
        unsaid.add("ambulatory_withdrawal_management")
    return frozenset(unsaid)


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
