"""What a check's result says, in plain words: from a recommendation to a page.

Everything here is wording and order; what fits was decided by the core.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.urls import reverse

from handrail.areas.placement.sealing import Draft
from handrail.core.check import (
    OPEN_WORDS,
    SEPARATOR,
    Said,
    Voice,
    alarms,
    findings_from,
    left_for_later,
    question_about,
    said_about,
    way,
    words,
)
from handrail.core.findings import Kind, Open
from handrail.core.levels import EMERGENCY_RESPONSE, Place
from handrail.core.placement.compare import GIVES_UP, MORE_THAN_NEEDED, OPEN, compare, read_asked
from handrail.core.placement.criteria import Rule
from handrail.core.placement.recommend import (
    FALLS_SHORT,
    MEETS,
    NeedFound,
    Recommendation,
    Verdict,
    WouldChange,
    recommend,
)
from handrail.data import check_table, criteria_set, private_check
from handrail.web.public.strip import Cell, Strip, tall_strip, wide_strip
from handrail.web.public.strip import Kind as CellKind

FIRST_SHOWN = 8
"""How many open questions a result shows before the rest is folded away."""

QUOTES_SHOWN = 3
"""How many answers stand behind one reason; each answer is quoted once on the page."""

MEDICAL = ("withdrawal_assessment", "withdrawal_care_24h", "withdrawal_care_ambulatory")


@dataclass(frozen=True, slots=True)
class Help:
    """What to do at once for one kind of danger.

    `sure`: an answer says it is so. `gentle`: it deserves help today and is no emergency.
    """

    kind: str
    key: str
    title: str
    say: str
    steps: tuple[str, ...]
    sure: bool
    gentle: bool


@dataclass(frozen=True, slots=True)
class Today:
    """The one box of a result: what to do today."""

    body: str
    say: str
    worse: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The person's own answer; with its question, where the answer alone says too little."""

    ask: str
    words: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in a sentence, and the person's own answers behind it."""

    plain: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A level of care and how it answers: kind is meets, short, more, other or range."""

    name: str
    small: str
    kind: str
    verdict: str
    detail: str


@dataclass(frozen=True, slots=True)
class EndOfRange:
    """One end of a range in words."""

    title: str
    first: tuple[str, ...]
    level: str
    with_it: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a result page says, in the order it says it."""

    voice: str
    answered: str
    standing: str
    headline: str
    lead: str
    outside: str
    helps: tuple[Help, ...]
    today: Today | None
    strips: tuple[Strip, Strip] | None
    reasons: tuple[Reason, ...]
    ends: tuple[EndOfRange, ...]
    first_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    lower: bool
    extras: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, ...], ...]
    changes: tuple[Change, ...]
    more_changes: tuple[Change, ...]
    for_professional: tuple[str, ...]
    ask_again: tuple[str, ...]
    notes: tuple[str, ...]
    pathway: tuple[str, ...]
    take_along: tuple[str, ...]
    wishes: tuple[Wish, ...]
    later: int
    later_address: str
    change_address: str
    criteria: str
    outside_steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A need that would be left out, in plain words; of the floor: it is not up for bargaining."""

    leaves_out: str
    why: str
    floor: bool


@dataclass(frozen=True, slots=True)
class Less:
    """What someone would rather have, held against what is needed."""

    voice: str
    wishes: tuple[Wish, ...]
    asked: str
    kind: str
    verdict: str
    explained: str
    given_up: tuple[GivenUp, ...]
    may_give_up: tuple[str, ...]
    say: str
    not_to_argue: tuple[str, ...]
    helps: tuple[Help, ...]
    fits: str


def place(draft: Draft) -> Recommendation:
    """Where the needs that the answers tell of would be met."""
    return recommend(findings_from(private_check(), draft.answers, draft.voice), criteria_set())


# ---- help at once ----------------------------------------------------------------------------


def help_needed(draft: Draft) -> tuple[Help, ...]:
    """The help to show for the answers so far, bodies first."""
    check = private_check()
    findings = findings_from(check, draft.answers, draft.voice)
    emergency = recommend(findings, criteria_set()).emergency
    raised = dict.fromkeys(alarms(check, draft.answers), "gentle")
    for evidence in emergency.evidence if emergency else ():
        definition = check.catalogue[evidence.finding]
        if definition.kind is not Kind.DANGER:
            continue
        kind = "mind" if definition.area.value == "mind" else "body"
        known = not isinstance(findings[evidence.finding].answer, Open)
        if known or raised.get(kind) != "sure":
            raised[kind] = "sure" if known else "unsure"
    return tuple(_help(row, raised[row["kind"]], draft.voice) for row in _rows("alarm", raised))


def _rows(table: str, kinds: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    return (row for row in check_table()[table] if row["kind"] in kinds)


def _help(row: Mapping[str, Any], how: str, voice: Voice) -> Help:
    return Help(
        kind=row["kind"],
        key=f"{row['kind']}-{how}",
        title=words(row["title" if how == "sure" else how]).to(voice),
        say=words(row["say"]).to(voice),
        steps=tuple(row["steps"][voice.value]),
        sure=how == "sure",
        gentle=how == "gentle",
    )


# ---- the result ------------------------------------------------------------------------------


def result_of(draft: Draft, found: Recommendation, *, at: datetime) -> Result:
    """Put a recommendation in words, for the person or for someone who cares about them."""
    check, voice = private_check(), draft.voice
    headline, lead = _headline(found, voice)
    changes, for_professional = _changes(draft, found)
    later = left_for_later(check, draft.answers)
    extras, choices = _extras(found)
    by_code = {verdict.code: verdict for verdict in found.levels}
    return Result(
        voice=voice.value,
        answered=f"{at:%A, %B} {at.day}",
        standing=_standing(found),
        headline=headline,
        lead=lead,
        outside=found.outside,
        helps=help_needed(draft),
        today=_today(found, voice),
        strips=None if found.outside else _strips(found),
        reasons=_reasons(draft, found),
        ends=_ends(found),
        first_rows=tuple(_first_rows(found)),
        rows=tuple(_row(found, by_code[code]) for code in reversed(found.care.spine) if by_code),
        lower=found.level not in (None, found.care.spine[0]),
        extras=extras,
        choices=choices,
        changes=changes[:FIRST_SHOWN],
        more_changes=changes[FIRST_SHOWN:],
        for_professional=for_professional,
        ask_again=_for_level("ask_again", found, voice),
        notes=_notes(found, voice),
        pathway=tuple(_step_name(step, found) for step in found.pathway),
        take_along=_take_along(found),
        wishes=_wishes(voice, ""),
        later=len(later),
        later_address=_address(draft, later[0].slug) if later else "",
        change_address=reverse("public:check_question", args=[1]),
        criteria=f"{criteria_set().title}, version {criteria_set().version}",
        outside_steps=tuple(check_table()["outside"]["steps"][voice.value]),
    )


def _standing(found: Recommendation) -> str:
    if found.level is None and not found.outside:
        return "safety questions are open"
    return "some questions are open" if found.provisional else "nothing open that could change it"


def _headline(found: Recommendation, voice: Voice) -> tuple[str, str]:
    table = check_table()
    if found.outside:
        return words(table["outside"]["title"]).to(voice), table["outside"]["lead"]
    if found.level is None:
        needs = {*found.need_codes, *found.possible_needs}
        what = "medical" if needs & set(MEDICAL) else "safety"
        return table["range"][what], words(table["range"]["lead"]).to(voice)
    row = next(row for row in table["headline"] if row["level"] == found.level)
    if found.level == found.care.spine[0] and found.packages[0].facets:
        row = table["closer_look"]
    headline = words(row).to(voice)
    if found.acute:
        first = table["first"]
        before = first.get(f"{found.acute[0]}_{voice.value}", first[found.acute[0]])
        headline = f"{before} Then {headline[0].lower()}{headline[1:]}"
    lead = words(row["lead"]).to(voice)
    return headline, f"After that, {lead[0].lower()}{lead[1:]}" if found.acute else lead


def _today(found: Recommendation, voice: Voice) -> Today | None:
    """The medical look that comes before the level, when withdrawal may need one."""
    if found.outside or not {*found.need_codes, *found.possible_needs} & set(MEDICAL):
        return None
    table = check_table()["today"]
    return Today(words(table["body"]).to(voice), words(table["say"]).to(voice), table["worse"])


def _reasons(draft: Draft, found: Recommendation) -> tuple[Reason, ...]:
    """Every reason once, with the answers behind it: what sets place and level first."""
    said = said_about(private_check(), draft.answers, draft.voice)
    care = found.care
    height = max((care.height_of(need.code) for need in found.needs), default=0)

    def weight(need: NeedFound) -> int:
        if need.code == EMERGENCY_RESPONSE or care.needs[need.code].first_place:
            return 0
        return 1 if care.height_of(need.code) == height and height else 2

    behind: dict[str, dict[str, None]] = {}
    for need in sorted(found.needs, key=weight):
        for plain in need.plain:
            behind.setdefault(plain, {}).update(dict.fromkeys(_behind(plain, need)))
    used: set[Quote] = set()
    reasons = []
    for plain, codes in behind.items():
        quotes = [quote for quote in _quotes(codes, said) if quote not in used][:QUOTES_SHOWN]
        used.update(quotes)
        reasons.append(Reason(_plain(plain, draft.voice), tuple(quotes)))
    return tuple(reasons)


@cache
def _rules_by_plain() -> dict[str, Rule]:
    criteria = criteria_set()
    return {rule.plain: rule for rule in (*criteria.rules, *criteria.flags)}


def _behind(plain: str, need: NeedFound) -> tuple[str, ...]:
    """The findings that this very reason rests on."""
    rule = _rules_by_plain()[plain]
    reached = 0
    for _, reach in rule.ways:
        reached |= reach
    asked = set(criteria_set().vocabulary.findings(reached))
    return tuple(one.finding for one in need.evidence if one.finding in asked)


def _quotes(codes: Iterable[str], said: Mapping[str, Said]) -> tuple[Quote, ...]:
    """The answers behind a reason: dangers first, since they say more than what is missing."""
    check = private_check()
    known = [code for code in codes if code in said]
    known.sort(key=lambda code: check.catalogue[code].kind is not Kind.DANGER)
    quotes: dict[Quote, None] = {}
    for code in known:
        question = check.question(said[code].slug)
        for answer in said[code].words.split(SEPARATOR):
            alone = question.several and answer != question.none_says
            alone = alone and answer not in OPEN_WORDS.values()
            quotes[Quote("" if alone else said[code].ask, answer)] = None
    return tuple(quotes)


def _plain(plain: str, voice: Voice) -> str:
    """A rule's plain words, in the voice of the page."""
    if voice is Voice.ME:
        return plain
    return str(check_table()["someone_plain"].get(_rules_by_plain()[plain].id, plain))


def _ends(found: Recommendation) -> tuple[EndOfRange, ...]:
    if found.level is not None or found.lowest is None or found.highest is None:
        return ()
    titles = ("If all of it turns out well", "If any of it does not")
    care = found.care
    return tuple(
        EndOfRange(
            title=title,
            first=tuple(care.name(code) for code in end.acute),
            level=care.name(end.level),
            with_it=tuple(care.name(code) for code in end.packages[0].facets),
        )
        for title, end in zip(titles, (found.lowest, found.highest), strict=True)
    )


def _first_rows(found: Recommendation) -> Iterable[Row]:
    """The acute places that come first, or may."""
    if found.lowest is None or found.highest is None:
        return
    for code, acute in found.care.acute_places.items():
        if code in found.highest.acute:
            sure = code in found.lowest.acute
            verdict = "Comes first" if sure else "Not known yet: may come first"
            kind = "meets" if sure else "other"
            yield Row(acute.plain_name, acute.hours, kind, verdict, acute.week)


def _row(found: Recommendation, verdict: Verdict) -> Row:
    level = found.care.levels[verdict.code]
    small = " · ".join(part for part in (level.acronym, level.hours) if part)
    kind, says, detail = _says(found, verdict, level)
    return Row(level.plain_name, small, kind, says, detail)


def _says(found: Recommendation, verdict: Verdict, level: Place) -> tuple[str, str, str]:
    left_out = [found.care.needs[code].leaves_out for code in verdict.unmet]
    if verdict.verdict == MEETS:
        return _meets(found, level)
    if verdict.verdict != FALLS_SHORT:
        return "more", "More than needed", level.costs_freedom
    also = f"Also {_listed(left_out[1:])}." if left_out[1:] else f"{level.week.split('.')[0]}."
    if not verdict.settled:
        return "other", f"Not known yet. It may leave out {left_out[0]}", also
    return "short", f"Leaves out {left_out[0]}", also


def _meets(found: Recommendation, level: Place) -> tuple[str, str, str]:
    """The step that is enough; while safety is open it is not held out as the answer."""
    if found.level is not None:
        return "meets", "Meets every need", level.week
    same = found.lowest is not None and found.lowest.level == level.code
    return "other", "After that, most likely this" if same else "Enough in any case", level.week


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _extras(
    found: Recommendation,
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, ...], ...]]:
    """What comes with the level, and where there is a choice, the choices."""
    care, packages = found.care, found.packages
    if not packages:
        return (), ()
    common = [
        code for code in packages[0].facets if all(code in package.facets for package in packages)
    ]
    extras = tuple((care.facets[code].plain_name, care.facets[code].plain) for code in common)
    differ = (
        tuple(care.name(code) for code in package.facets if code not in common)
        for package in packages
    )
    return extras, tuple(choice for choice in differ if choice)


def _changes(draft: Draft, found: Recommendation) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Open questions by screen, safety first; and those that only a professional can answer."""
    check, care = private_check(), found.care
    asked = {question.slug for question in way(check, draft.answers)}
    by_screen: dict[str, list[WouldChange]] = {}
    for_professional = []
    for one in found.would_change:
        question = question_about(check, one.finding)
        if question and question.slug in asked:
            by_screen.setdefault(question.slug, []).append(one)
        elif not question:
            for_professional.append(one.question)
    changes = []
    for slug, open_ones in by_screen.items():
        question = check.question(slug)
        needs = dict.fromkeys(need for one in open_ones for need in one.needs)
        means = [care.needs[code].leaves_out for code in care.needs if code in needs]
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
                means=_listed(means[:2]) if means else "",
                safety=any(one.safety for one in open_ones),
                address=_address(draft, slug),
            )
        )
    return tuple(changes), tuple(for_professional)


def _address(draft: Draft, slug: str) -> str:
    slugs = [question.slug for question in way(private_check(), draft.answers)]
    return reverse("public:check_question", args=[slugs.index(slug) + 1])


def _for_level(table: str, found: Recommendation, voice: Voice) -> tuple[str, ...]:
    rows = check_table()[table]
    return tuple(
        words(row).to(voice) for row in rows if found.level in row.get("levels", (found.level,))
    )


def _notes(found: Recommendation, voice: Voice) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(note.plain, voice) for note in (*found.offers, *found.flags)))


def _step_name(step: str, found: Recommendation) -> str:
    names = [found.care.name(code) for code in step.split("+")]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1].lower()}"


def _take_along(found: Recommendation) -> tuple[str, ...]:
    needs = {*found.need_codes, *found.possible_needs}
    ends = (found.lowest, found.highest)
    levels = {found.level} if found.level else {end.level for end in ends if end}
    return tuple(
        row["text"]
        for row in check_table()["take_along"]
        if not ("needs" in row or "levels" in row)
        or needs & set(row.get("needs", ()))
        or levels & set(row.get("levels", ()))
    )


# ---- the small stairs --------------------------------------------------------------------------

_SHORT_NAMES = {
    "hospital_medical": "Hospital",
    "hospital_psychiatric": "Hospital",
    "crisis_observation": "Crisis care",
}

_SAID: dict[CellKind, str] = {
    "more": "more than needed",
    "meets": "fits",
    "range": "possible, until the open questions are answered",
    "short": "leaves something out",
}


def _strips(found: Recommendation) -> tuple[Strip, Strip]:
    """The small stairs for a wide screen and for a phone; they say the same in a sentence."""
    care = found.care
    by_code = {verdict.code: verdict for verdict in found.levels}
    down = [_cell(care.levels[code], by_code[code], found) for code in reversed(care.spine)]
    beside = _beside(found)
    first = "".join(f"First, beside the stairs, {one.name}: {_SAID[one.kind]}. " for one in beside)
    groups = (
        (words, [cell.name for cell in down if cell.kind == kind]) for kind, words in _SAID.items()
    )
    said = ". ".join(f"{', '.join(names)}: {words}" for words, names in groups if names)
    label = f"The levels of care as steps. {first}{said}."
    return wide_strip(down, beside, label=label), tall_strip(down, beside, label=label)


def _cell(place: Place, verdict: Verdict, found: Recommendation) -> Cell:
    name = place.acronym or place.code.replace("_", " ").capitalize()
    if verdict.verdict == MEETS:
        return Cell(name, "meets", "fits") if found.level else Cell(name, "range", "perhaps")
    if verdict.verdict != FALLS_SHORT:
        return Cell(name, "more")
    return Cell(name, "short") if verdict.settled else Cell(name, "range", "perhaps")


def _beside(found: Recommendation) -> tuple[Cell, ...]:
    """The acute places that come first or may, the two hospitals as one."""
    if found.lowest is None or found.highest is None:
        return ()
    cells: dict[str, Cell] = {}
    for code in found.care.acute_places:
        if code in found.highest.acute:
            name = _SHORT_NAMES.get(code, found.care.name(code))
            sure = code in found.lowest.acute or cells.get(name, Cell("", "more")).kind == "meets"
            cells[name] = Cell(name, "meets", "first") if sure else Cell(name, "range", "perhaps")
    return tuple(cells.values())


# ---- less ------------------------------------------------------------------------------------


def wishes() -> tuple[str, ...]:
    """The keys of everything less that can be asked for."""
    return tuple(row["key"] for row in check_table()["less"])


def less_of(draft: Draft, found: Recommendation) -> Less:
    """Hold what someone would rather have against what is needed."""
    voice, table = draft.voice, check_table()
    wish = next((row for row in table["less"] if row["key"] == draft.less), None)
    kind, verdict, explained, say = "", "", "", ""
    given_up: tuple[GivenUp, ...] = ()
    may_give_up: tuple[str, ...] = ()
    if wish:
        compared = compare(found, read_asked(wish["asked"], found.care))
        given_up = _given_up(compared.gives_up, voice)
        may_give_up = tuple(found.care.needs[code].leaves_out for code in compared.may_give_up)
        kind = "floor" if compared.floor else compared.verdict
        verdict, explained = _VERDICTS[kind]
        codes = [need.code for need in compared.gives_up] or list(compared.may_give_up)
        say = _say(kind, codes, voice)
    headline, _ = _headline(found, voice)
    return Less(
        voice=voice.value,
        wishes=_wishes(voice, draft.less),
        asked=words(wish).to(voice) if wish else "",
        kind=kind,
        verdict=verdict,
        explained=explained,
        given_up=given_up,
        may_give_up=may_give_up,
        say=say,
        not_to_argue=tuple(row["text"] for row in table["not_to_argue"]),
        helps=help_needed(draft),
        fits=headline,
    )


def _given_up(needs: Iterable[NeedFound], voice: Voice) -> tuple[GivenUp, ...]:
    """Needs that are left out; those with the same reason stand together."""
    together: dict[tuple[str, bool], list[str]] = {}
    for need in needs:
        together.setdefault((_plain(need.plain[0], voice), need.floor), []).append(need.leaves_out)
    return tuple(GivenUp(_listed(left), why, floor) for (why, floor), left in together.items())


_VERDICTS = {
    "floor": (
        "This leaves out something that cannot wait",
        "Most things here can be talked over. What is marked below cannot be bargained away, by "
        "anyone: without it, a life may be in danger.",
    ),
    GIVES_UP: (
        "This would leave something out",
        "It is not nothing, and it may still be what happens. Here is what it gives up, so that "
        "the choice is made with open eyes.",
    ),
    OPEN: (
        "It may be enough, but nobody knows yet",
        "A safety question is still open. Until it is answered, this may leave out:",
    ),
    MORE_THAN_NEEDED: (
        "It is enough, and more than the answers ask for",
        "Nothing in the answers asks for this much. A lighter step gives more of the week back.",
    ),
    "reasonable": (
        "That is reasonable",
        "It leaves nothing out that the answers ask for. A yes to it may be the best next step.",
    ),
}


def _say(kind: str, needs: list[str], voice: Voice) -> str:
    table = check_table()
    if voice is Voice.ME:
        own = {"floor": "floor", GIVES_UP: "gives_up", OPEN: "floor"}
        return str(table["kitchen_me"][own.get(kind, "reasonable")])
    kitchen = table["kitchen"]
    if not needs:
        return str(kitchen["reasonable"])
    return str(next((kitchen[code] for code in needs if code in kitchen), kitchen["anything"]))


def _wishes(voice: Voice, chosen: str) -> tuple[Wish, ...]:
    return tuple(
        Wish(row["key"], words(row).to(voice), row["key"] == chosen)
        for row in check_table()["less"]
    )
