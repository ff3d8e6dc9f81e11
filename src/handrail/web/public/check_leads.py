"""The lead of a result: what the level gives, and what this person's life asks."""

from collections.abc import Iterator
from typing import Any

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import on_the_way, words
from handrail.core.placement.recommendation import Recommendation
from handrail.web.public.check_words import has_use
from handrail.web.public.words import check_table, private_check

FACTS_SHOWN = 2
"""How many facts of a person's life stand in a lead; more are no longer read."""


def lead_of(draft: Draft, found: Recommendation, gives: str) -> str:
    """What the level gives, with the first facts of this person's life beside it."""
    facts = list(_facts(draft, found))[:FACTS_SHOWN]
    program = found.level not in (None, found.care.spine[0])
    if not facts and program:
        facts = [words(check_table()["no_fact"]).to(draft.voice)]
    return " ".join((gives, *facts))


def _facts(draft: Draft, found: Recommendation) -> Iterator[str]:
    answers = on_the_way(private_check(), draft.answers)
    said = {f"{slug}:{key}" for slug, keys in answers.items() for key in keys}
    for row in check_table()["fact"]:
        if said & set(row["said"]) and _at(row, found.level):
            yield words(row).to(draft.voice)


def _at(row: dict[str, Any], level: str | None) -> bool:
    return level in row.get("levels", (level,)) and level not in row.get("not_at", ())


def watch_of(draft: Draft, found: Recommendation) -> tuple[str, ...]:
    """What to watch where nothing is needed; empty where something is."""
    if found.level != found.care.spine[0]:
        return ()
    return tuple(
        words(row).to(draft.voice)
        for row in check_table()["watch"]
        if has_use(draft) or not row.get("use")
    )
