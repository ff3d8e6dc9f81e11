"""Why a result says what it says: each reason once, with the person's own answers behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import SEPARATOR, Said, said_about
from handrail.core.findings import Finding, Kind, Open
from handrail.core.levels import EMERGENCY_RESPONSE
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import NeedFound, Recommendation
from handrail.web.public.check_words import plain_words, rules_by_plain
from handrail.web.public.words import criteria_set, language, private_check

QUOTES_SHOWN = 3
"""How many answers stand behind one reason; each answer is quoted once on the page."""


PRESSING = (EMERGENCY_RESPONSE, "overdose_prevention")
"""Needs whose reasons are told first: a life hangs on them."""


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


def reasons_of(draft: Draft, found: Recommendation) -> tuple[Reason, ...]:
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


def _behind(plain: str, need: NeedFound) -> tuple[str, ...]:
    """The findings that this very reason rests on."""
    rule = rules_by_plain(language())[plain]
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
            alone = alone and answer not in question.open_words.values()
            quotes[Quote("" if alone else said[code].ask, answer)] = None
    return tuple(quotes)
