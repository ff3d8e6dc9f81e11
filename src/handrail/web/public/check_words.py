"""Words that several pages of the check share: needs, rules and places in the reader's voice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from django.urls import reverse

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import LATER, NONE, Voice, way
from handrail.core.levels import Place
from handrail.core.placement.recommendation import Recommendation
from handrail.core.placement.rules import Rule
from handrail.web.public.words import (
    check_table,
    criteria_set,
    either,
    language,
    private_check,
    say,
)


def has_use(draft: Draft) -> bool:
    """Whether alcohol or drugs are in play, or may be: else no word about addiction belongs."""
    return draft.answers.get("substances", ()) != (NONE,)


def left(draft: Draft, how: str) -> tuple[str, ...]:
    """The questions left for later, or (with no word for how) those not seen yet."""
    left = (LATER,) if how else ()
    path = way(private_check(), draft.answers)
    return tuple(one.slug for one in path if draft.answers.get(one.slug, ()) == left)


def plain_words(plain: str, voice: Voice) -> str:
    """A rule's plain words, in the voice of the page."""
    if voice is Voice.ME:
        return plain
    return str(check_table()["someone_plain"].get(rules_by_plain(language())[plain].id, plain))


def leaves_out(code: str, found: Recommendation, voice: Voice) -> str:
    """What a need that is not met leaves out, in the voice of the page."""
    plain = found.care.needs[code].leaves_out
    return plain if voice is Voice.ME else check_table()["someone_leaves_out"].get(code, plain)


@cache
def rules_by_plain(language: str) -> dict[str, Rule]:
    """The rules of the public side, by their plain words in a language."""
    criteria = criteria_set()
    return {rule.plain: rule for rule in (*criteria.rules, *criteria.flags)}


def place_names(acute: Iterable[str]) -> tuple[str, ...]:
    """Acute places as they stand in a sentence: the two hospitals as one, and no crisis care beside
    a hospital for the mind, which is more of the same.
    """
    codes = tuple(acute)
    if "hospital_psychiatric" in codes:
        codes = tuple(code for code in codes if code != "crisis_observation")
    return tuple(dict.fromkeys(check_table()["first_names"][code] for code in codes))


def or_both(names: Sequence[str]) -> str:
    """Places to choose from, and that one of them may do for all."""
    if len(names) > 2:
        return say("{places} (one place may do all of it)", places=either(names))
    return say("{places} (one place may do both)", places=either(names)) if names[1:] else names[0]


def one_may_do(names: Sequence[str]) -> str:
    """The sentence that one place may do for several, or nothing."""
    if len(names) > 2:
        return say("One place may do all of it.")
    return say("One place may do both.") if names[1:] else ""


def as_said(level: Place, voice: Voice, *, plain: bool = False) -> Place:
    """A level in the voice of the page; `plain`: not a word of living at home and working."""
    table, code = check_table(), level.code
    if voice is Voice.SOMEONE:
        level = replace(
            level,
            week=table["someone_week"].get(code, level.week),
            costs_freedom=table["someone_freedom"].get(code, level.costs_freedom),
            hours=table["someone_hours"].get(code, level.hours),
        )
    return replace(level, week=table["plain_week"].get(code, level.week)) if plain else level


def question_address(draft: Draft, slug: str) -> str:
    """The screen of a question on this person's way."""
    slugs = [question.slug for question in way(private_check(), draft.answers)]
    return reverse("public:check_question", args=[slugs.index(slug) + 1])
