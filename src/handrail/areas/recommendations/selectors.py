"""Reading recommendations that were kept, and replaying them by the rules of their day."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from handrail.areas.recommendations.models import Confirmation, Recommendation, RuleText
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.findings import read_catalogue, read_stated
from handrail.core.levels import read_care
from handrail.core.needs import read_needs
from handrail.core.placement.criteria import CriteriaSet, parse_criteria
from handrail.core.placement.plain import canonical, fingerprint
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation as Answer


@dataclass(frozen=True, slots=True)
class Replay:
    """A kept recommendation made again from its own facts and rules.

    `same` says whether the answer is the kept one to the character; `untouched` whether the kept
    answer still has the hash that it was kept with.
    """

    kept: Recommendation
    answer: Answer
    same: bool
    untouched: bool


def recommendations_of(client_id: UUID, *, by: Actor) -> list[Recommendation]:
    """A client's recommendations, newest first, void ones included."""
    check_access(by, Action.READ_CHART)
    return list(
        Recommendation.objects.filter(client_id=client_id)
        .defer("answer")
        .order_by("-made_at", "-id")
    )


def replay(recommendation_id: UUID, *, client_id: UUID, by: Actor) -> Replay:
    """Make a kept recommendation again. Raises NotHere for one that is not this client's."""
    check_access(by, Action.READ_CHART)
    kept = Recommendation.objects.filter(pk=recommendation_id, client_id=client_id).first()
    if kept is None:
        raise NotHere
    answer = answers_of([kept])[kept.pk]
    return Replay(
        kept,
        answer,
        same=canonical(answer) == kept.answer,
        untouched=fingerprint(kept.answer) == kept.answer_hash,
    )


def answers_of(kept: Sequence[Recommendation]) -> dict[UUID, Answer]:
    """Kept recommendations made again from their facts and rules, by key. One query."""
    hashes = {(name, sha) for one in kept for name, sha in one.texts.items()}
    texts = {
        (one.name, one.sha256): one.text
        for one in RuleText.objects.filter(sha256__in={sha for _, sha in hashes})
    }
    return {one.pk: _answer(one, texts) for one in kept}


def _answer(kept: Recommendation, texts: Mapping[tuple[str, str], str]) -> Answer:
    criteria = _criteria(
        tuple((name, texts[name, sha]) for name, sha in sorted(kept.texts.items()))
    )
    return recommend(read_stated(json.loads(kept.facts), criteria.catalogue), criteria)


@lru_cache(maxsize=8)
def _criteria(texts: tuple[tuple[str, str], ...]) -> CriteriaSet:
    by_name = dict(texts)
    catalogue = read_catalogue(tomllib.loads(by_name.pop("findings.toml"))["finding"])
    needs = read_needs(tomllib.loads(by_name.pop("needs.toml"))["need"])
    care = read_care(tomllib.loads(by_name.pop("levels.toml")), needs)
    ((name, text),) = by_name.items()
    return parse_criteria(text, source=name, catalogue=catalogue, care=care)


def word_on(recommendation_id: UUID, *, by: Actor) -> Confirmation | None:
    """A clinician's newest word on a recommendation: confirmed or overridden; None where none."""
    check_access(by, Action.READ_CHART)
    rows = Confirmation.objects.filter(recommendation_id=recommendation_id)
    return rows.order_by("-confirmed_at", "-id").first()
