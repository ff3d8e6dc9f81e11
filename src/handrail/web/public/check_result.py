"""What a check's result says, in plain words: from a recommendation to a page.

Everything here is wording and order; what fits was decided by the core.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django.urls import reverse

from handrail.areas.placement.sealing import Draft
from handrail.core.check import (
    LATER,
    NONE,
    OPEN_WORDS,
    REFUSED,
    SEPARATOR,
    UNKNOWN,
    Said,
    Voice,
    question_about,
    said_about,
    way,
    words,
)
from handrail.core.findings import Finding, Kind, Open
from handrail.core.levels import EMERGENCY_RESPONSE, Place
from handrail.core.placement.compare import (
    read_asked,
)
from handrail.core.placement.criteria import Rule
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import (
    FALLS_SHORT,
    MEETS,
    NeedFound,
    Recommendation,
    Verdict,
    WouldChange,
)
from handrail.data import check_table, criteria_set, private_check
from handrail.web.public.check_help import Help, help_in_case
from handrail.web.public.check_stairs import stairs_of
from handrail.web.public.strip import Strip

FIRST_SHOWN = 8
"""How many open questions a result shows before the rest is folded away."""

REASONS_SHOWN = 4
"""How many reasons a result gives before the rest is folded away."""

QUOTES_SHOWN = 3
"""How many answers stand behind one reason; each answer is quoted once on the page."""

MEDICAL = ("withdrawal_assessment", "withdrawal_care_24h", "withdrawal_care_ambulatory")

PRESSING = (EMERGENCY_RESPONSE, "overdose_prevention")
"""Needs whose reasons are told first: a life hangs on them."""

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

NO_LOOK = frozenset({"motivational_counseling", "case_management"})
"""What can be added to no care at all without a closer look being meant."""


@dataclass(frozen=True, slots=True)
class Today:
    """A box of a result: what to do today. `call` says when to call 911 instead."""

    kind: str
    title: str
    steps: tuple[str, ...]
    say: str
    call: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The person's own answer; with its question, where the answer alone says too little."""

    ask: str
    words: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in a sentence, and the person's own answers behind it.

    `in_case`: a question was refused, and this holds in case it is so.
    """

    plain: str
    quotes: tuple[Quote, ...]
    in_case: bool


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
    first: str
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
    emergency: bool
    later_title: str
    helps: tuple[Help, ...]
    today: tuple[Today, ...]
    strips: tuple[Strip, Strip] | None
    reasons: tuple[Reason, ...]
    more_reasons: tuple[Reason, ...]
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
    unseen: int
    unseen_address: str
    criteria: str
    outside_steps: tuple[str, ...]


# ---- the result ------------------------------------------------------------------------------


def result_of(draft: Draft, found: Recommendation, *, at: datetime) -> Result:
    """Put a recommendation in words, for the person or for someone who cares about them."""
    voice = draft.voice
    helps = help_in_case(draft)
    today = _today(draft, found)
    emergency = not found.outside and any(help.sure for help in helps)
    headline, lead = headline_of(draft, found)
    if emergency:
        first = next(help for help in helps if help.sure)
        headline, lead = first.title, words(check_table()["emergency"]["lead"]).to(voice)
    changes, for_professional = _changes(draft, found)
    later, unseen = _left(draft, LATER), _left(draft, "")
    extras, choices = _extras(found, voice)
    reasons = _reasons(draft, found)
    by_code = {verdict.code: verdict for verdict in found.levels}
    return Result(
        voice=voice.value,
        answered=f"{at:%A, %B} {at.day}, {at.year}",
        standing=(
            "this cannot wait" if emergency else _standing(draft, found, answered=not changes)
        ),
        headline=headline,
        lead=lead,
        outside=found.outside,
        emergency=emergency,
        later_title=check_table()["emergency"]["later"],
        helps=helps,
        today=today,
        strips=None if found.outside else stairs_of(found),
        reasons=reasons[:REASONS_SHOWN],
        more_reasons=reasons[REASONS_SHOWN:],
        ends=_ends(found),
        first_rows=tuple(_first_rows(found)),
        rows=tuple(
            _row(found, by_code[code], voice) for code in reversed(found.care.spine) if by_code
        ),
        lower=found.level not in (None, found.care.spine[0]),
        extras=extras,
        choices=choices,
        changes=changes[:FIRST_SHOWN],
        more_changes=changes[FIRST_SHOWN:],
        for_professional=for_professional,
        ask_again=_ask_again(draft, found),
        notes=_notes(found, voice),
        pathway=_pathway(draft, found),
        take_along=take_along(draft, found),
        wishes=wishes_shown(draft, "", found=found),
        later=len(later),
        later_address=_address(draft, later[0]) if later else "",
        unseen=len(unseen),
        unseen_address=_address(draft, unseen[0]) if unseen else "",
        criteria=f"{criteria_set().title}, version {criteria_set().version}",
        outside_steps=tuple(check_table()["outside"]["steps"][voice.value]),
    )


def _left(draft: Draft, how: str) -> tuple[str, ...]:
    """The questions left for later, or (with no word for how) those not seen yet."""
    left = (LATER,) if how else ()
    path = way(private_check(), draft.answers)
    return tuple(one.slug for one in path if draft.answers.get(one.slug, ()) == left)


def has_use(draft: Draft) -> bool:
    """Whether alcohol or drugs are in play, or may be: else no word about addiction belongs."""
    return draft.answers.get("substances", ()) != (NONE,)


def _standing(draft: Draft, found: Recommendation, *, answered: bool) -> str:
    if _left(draft, ""):
        return "not finished yet"
    if found.level is None and not found.outside:
        return "safety questions are open"
    if not found.provisional:
        return "nothing open that could change it"
    return "every question answered" if answered else "some questions are open"


def headline_of(draft: Draft, found: Recommendation) -> tuple[str, str]:
    """The one line that says what fits, and the sentence below it."""
    table, voice = check_table(), draft.voice
    if found.outside:
        return words(table["outside"]["title"]).to(voice), table["outside"]["lead"]
    if found.level is None:
        return _range_headline(draft, found)
    row = next(row for row in table["headline"] if row["level"] == found.level)
    facets = set(found.packages[0].facets)
    if found.level == found.care.spine[0] and facets - NO_LOOK:
        row = table["closer_look"]
    headline = words(row).to(voice)
    if found.acute:
        headline = f"{_first(found.acute, voice)} Then {headline[0].lower()}{headline[1:]}"
    lead = words(row["lead"]).to(voice)
    return headline, f"After that, {lead[0].lower()}{lead[1:]}" if found.acute else lead


def _range_headline(draft: Draft, found: Recommendation) -> tuple[str, str]:
    """Without a level: someone medical looks where the open danger is one of withdrawal alone."""
    row, voice = check_table()["range"], draft.voice
    if _left(draft, ""):
        return row["safety"], words(row["early"]).to(voice)
    medical = any(box.kind == "withdrawal" for box in _today(draft, found))
    of_the_mind = any(help.kind == "mind" and not help.gentle for help in help_in_case(draft))
    what = "medical" if medical and not of_the_mind else "safety"
    return row[what], words(row["lead"]).to(voice)


def _first(acute: tuple[str, ...], voice: Voice) -> str:
    """What comes first, in one sentence; several places are often one."""
    names, first = _place_names(acute), check_table()["first"]
    if len(names) > 1:
        return f"First {' or '.join(names)}; one place may do {_all_of(names)}."
    if len(acute) > 1:
        return str(first["body_and_mind"])
    return str(first.get(f"{acute[0]}_{voice.value}", first[acute[0]]))


def _all_of(names: tuple[str, ...]) -> str:
    return "both" if len(names) == 2 else "all of it"


def _place_names(acute: Iterable[str]) -> tuple[str, ...]:
    """Acute places as they stand in a sentence, the two hospitals as one."""
    return tuple(dict.fromkeys(check_table()["first_names"][code] for code in acute))


# ---- today -------------------------------------------------------------------------------------


def _today(draft: Draft, found: Recommendation) -> tuple[Today, ...]:
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


# ---- why ---------------------------------------------------------------------------------------


def _reasons(draft: Draft, found: Recommendation) -> tuple[Reason, ...]:
    """Every reason once, with the answers behind it: what sets place and level first."""
    said = said_about(private_check(), draft.answers, draft.voice)
    care, facts = found.care, _plain_facts(found)
    height = max((care.height_of(need.code) for need in found.needs), default=0)

    def weight(need: NeedFound) -> int:
        if need.code in PRESSING or care.needs[need.code].first_place:
            return 0
        return 1 if care.height_of(need.code) == height and height else 2

    behind: dict[str, dict[str, None]] = {}
    for need in sorted(found.needs, key=weight):
        for plain in need.plain:
            behind.setdefault(plain, {}).update(dict.fromkeys(_behind(plain, need)))
    used: set[Quote] = set()
    reasons = []
    for plain, codes in behind.items():
        if not any(_spoken(found.findings.get(code)) for code in codes):
            continue
        quotes = [quote for quote in _quotes(codes, said) if quote not in used][:QUOTES_SHOWN]
        used.update(quotes)
        reasons.append(Reason(plain_words(plain, draft.voice), tuple(quotes), plain not in facts))
    return tuple(reasons)


def _plain_facts(found: Recommendation) -> set[str]:
    """The reasons that hold without counting what was refused as so."""
    answers = {
        code: replace(one, answer=Open.UNKNOWN) if one.answer is Open.REFUSED else one
        for code, one in found.findings.items()
    }
    needs = recommend(answers, criteria_set()).needs
    return {plain for need in needs for plain in need.plain}


def _spoken(finding: Finding | None) -> bool:
    """Whether the person said something about it, and be it that they would rather not."""
    return finding is not None and finding.answer not in (Open.UNKNOWN, Open.NOT_ASKED)


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


def plain_words(plain: str, voice: Voice) -> str:
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
            first=_or_both(_place_names(end.acute)),
            level=care.name(end.level),
            with_it=tuple(care.name(code) for code in end.packages[0].facets),
        )
        for title, end in zip(titles, (found.lowest, found.highest), strict=True)
    )


def _or_both(names: tuple[str, ...]) -> str:
    return (
        f"{' or '.join(names)} (one place may do {_all_of(names)})" if names[1:] else "".join(names)
    )


def _first_rows(found: Recommendation) -> Iterable[Row]:
    """The acute places that come first, or may: several in one row, for one may do for all."""
    if found.lowest is None or found.highest is None:
        return
    sure = [code for code in found.care.acute_places if code in found.lowest.acute]
    may = [code for code in found.care.acute_places if code in set(found.highest.acute) - set(sure)]
    for codes, kind, verdict in (
        (sure, "meets", "Comes first"),
        (may, "other", "Not known yet: may come first"),
    ):
        if codes:
            places = [found.care.acute_places[code] for code in codes]
            names = _place_names(codes)
            name = places[0].plain_name if len(codes) == 1 else _capital(" or ".join(names))
            detail = f"One place may do {_all_of(names)}. " if names[1:] else ""
            yield Row(name, places[0].hours, kind, verdict, f"{detail}{places[-1].week}")


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _row(found: Recommendation, verdict: Verdict, voice: Voice) -> Row:
    level = _as_said(found.care.levels[verdict.code], voice)
    small = " · ".join(part for part in (level.acronym, level.hours) if part)
    kind, says, detail = _says(found, verdict, level, voice)
    return Row(level.plain_name, small, kind, says, detail)


def _as_said(level: Place, voice: Voice) -> Place:
    """A level in the voice of the page."""
    if voice is Voice.ME:
        return level
    table, code = check_table(), level.code
    return replace(
        level,
        week=table["someone_week"].get(code, level.week),
        costs_freedom=table["someone_freedom"].get(code, level.costs_freedom),
        hours=table["someone_hours"].get(code, level.hours),
    )


def leaves_out(code: str, found: Recommendation, voice: Voice) -> str:
    """What a need that is not met leaves out, in the voice of the page."""
    plain = found.care.needs[code].leaves_out
    return plain if voice is Voice.ME else check_table()["someone_leaves_out"].get(code, plain)


def _says(
    found: Recommendation, verdict: Verdict, level: Place, voice: Voice
) -> tuple[str, str, str]:
    left_out = [leaves_out(code, found, voice) for code in verdict.unmet]
    if verdict.verdict == MEETS:
        return _meets(found, level)
    if verdict.verdict != FALLS_SHORT:
        return "more", "More than needed", level.costs_freedom
    also = f"Also {listed(left_out[1:])}." if left_out[1:] else ""
    first = _capital(
        f"{' or '.join(_place_names(found.acute))} first, whatever the step. "
        if found.acute
        else " "
    ).lstrip()
    if not verdict.settled:
        return "other", f"{first}Not known yet. It may leave out {left_out[0]}", also
    return "short", f"{first}{'Then it leaves' if first else 'Leaves'} out {left_out[0]}", also


def _meets(found: Recommendation, level: Place) -> tuple[str, str, str]:
    """The step that is enough; while safety is open it is not held out as the answer."""
    if found.level is not None:
        return (
            "meets",
            "Meets every need after that" if found.acute else "Meets every need",
            level.week,
        )
    same = found.lowest is not None and found.lowest.level == level.code
    return "other", "After that, most likely this" if same else "Enough in any case", level.week


def listed(items: list[str]) -> str:
    """Words in a row, as people say them: "a, b and c"."""
    if not items:
        return ""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _extras(
    found: Recommendation, voice: Voice
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, ...], ...]]:
    """What comes with the level, and where there is a choice, the choices.

    While there is no single level: what comes with it at both ends.
    """
    care, ends = found.care, [end for end in (found.lowest, found.highest) if end]
    packages = found.packages or tuple(package for end in ends for package in end.packages)
    if not packages:
        return (), ()
    common = [
        code for code in packages[0].facets if all(code in package.facets for package in packages)
    ]
    own = {} if voice is Voice.ME else check_table()["someone_facets"]
    extras = tuple(
        (care.facets[code].plain_name, own.get(code, care.facets[code].plain)) for code in common
    )
    differ = (
        tuple(care.name(code) for code in package.facets if code not in common)
        for package in found.packages
    )
    return extras, tuple(choice for choice in differ if choice)


def _changes(draft: Draft, found: Recommendation) -> tuple[tuple[Change, ...], tuple[str, ...]]:
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
                address=_address(draft, slug),
            )
        )
    return tuple(changes), tuple(for_professional)


def _address(draft: Draft, slug: str) -> str:
    slugs = [question.slug for question in way(private_check(), draft.answers)]
    return reverse("public:check_question", args=[slugs.index(slug) + 1])


def _ask_again(draft: Draft, found: Recommendation) -> tuple[str, ...]:
    """When to ask again; nothing that the page has just said."""
    said = {help.kind for help in help_in_case(draft)}
    said |= {box.kind for box in _today(draft, found)}
    if set(found.need_codes) & {"home_away_from_use", "home_away_from_violence", "place_to_live"}:
        said.add("home")
    return tuple(
        words(row).to(draft.voice)
        for row in check_table()["ask_again"]
        if found.level in row.get("levels", (found.level,))
        and row.get("unless") not in said
        and (has_use(draft) or not row.get("use"))
    )


def _pathway(draft: Draft, found: Recommendation) -> tuple[str, ...]:
    """The way down; meetings for recovery only where there is something to recover from."""
    first = [code for code in found.pathway if code in found.care.acute_places]
    steps = [step for step in found.pathway if step not in first]
    names = (_capital(_or_both(_place_names(first))),) if first[1:] else ()
    steps = steps if first[1:] else [*first, *steps]
    if not has_use(draft):
        parts = ([part for part in step.split("+") if part != "fellowship"] for step in steps)
        steps = ["+".join(part) for part in parts if part]
    return (*names, *(_step_name(step, found) for step in steps))


def _notes(found: Recommendation, voice: Voice) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(plain_words(note.plain, voice) for note in (*found.offers, *found.flags))
    )


def _step_name(step: str, found: Recommendation) -> str:
    names = [found.care.name(code) for code in step.split("+")]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1].lower()}"


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


# ---- what can be asked for instead -----------------------------------------------------------


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
