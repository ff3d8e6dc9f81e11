"""Making a recommendation about a client and keeping it, so that it can be replayed later."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from uuid import UUID, uuid4

from django.db import transaction

from handrail.areas.clients.models import Client
from handrail.areas.recommendations import errors
from handrail.areas.recommendations.models import Recommendation, RuleText
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import raise_any, too_long
from handrail.core.findings import FindingError, as_stated, read_stated
from handrail.core.placement.criteria import CriteriaError
from handrail.core.placement.plain import canonical, fingerprint
from handrail.core.placement.recommend import recommend
from handrail.data import criteria_set, findings_catalogue, read_text
from handrail.foundation.audit import trail

LONGEST_REASON = 300
CATALOGUE, NEEDS, LEVELS = "findings.toml", "needs.toml", "levels.toml"


@transaction.atomic
def make_recommendation(
    *,
    client_id: UUID,
    criteria_id: str,
    stated: Mapping[str, object],
    by: Actor,
    at: datetime,
    why_now: str = "",
    recommendation_id: UUID | None = None,
) -> Recommendation:
    """Recommend a level of care from findings, and keep facts, rules and answer together.

    `stated` is an answer for each finding's code, or {"value": …, "evidence": …}. Raises Invalid
    for an unknown criteria set, a finding the catalogue does not allow, or no finding at all.
    `recommendation_id` is given only where it must come out the same.
    """
    check_access(by, Action.RECORD_RECOMMENDATION)
    if not Client.objects.filter(pk=client_id).exists():
        raise NotHere
    try:
        criteria = criteria_set(criteria_id)
        findings = read_stated(stated, findings_catalogue())
    except (CriteriaError, FindingError) as wrong:
        raise errors.Unreadable(str(wrong)) from wrong
    facts = as_stated(findings)
    if not facts:
        raise errors.NothingAnswered
    found = recommend(findings, criteria)
    answer = canonical(found)
    made = Recommendation.objects.create(
        id=recommendation_id or uuid4(),
        organization_id=by.organization_id,
        client_id=client_id,
        criteria=criteria.id,
        criteria_version=criteria.version,
        texts=keep_texts(criteria.id, organization_id=by.organization_id),
        facts=json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        answer=answer,
        answer_hash=fingerprint(answer),
        level=found.level or "",
        why_now=why_now.strip(),
        made_at=at,
        made_by=by.name,
    )
    trail.record(by=by, action=Action.RECORD_RECOMMENDATION, subjects=_subjects(made))
    return made


@transaction.atomic
def void_recommendation(
    *, recommendation_id: UUID, reason: str, by: Actor, at: datetime
) -> Recommendation:
    """Mark a recommendation as made by mistake. It stays readable, with the reason."""
    check_access(by, Action.RECORD_RECOMMENDATION)
    if not reason.strip():
        raise errors.VoidedWithoutReason
    raise_any(too_long({"reason": reason.strip()}, {"reason": LONGEST_REASON}))
    made = Recommendation.objects.select_for_update().filter(pk=recommendation_id).first()
    if made is None:
        raise NotHere
    if made.voided_at:
        raise errors.VoidAlready
    made.voided_at, made.voided_by, made.void_reason = at, by.name, reason.strip()
    made.save(update_fields=["voided_at", "voided_by", "void_reason"])
    trail.record(by=by, action="recommendation.void", subjects=_subjects(made))
    refresh_due(made, by=by, at=at)
    return made


def keep_texts(criteria_id: str, *, organization_id: UUID) -> dict[str, str]:
    """Keep the wording of the rules where it is new, and say which wording was used."""
    hashes = {}
    for name in (CATALOGUE, NEEDS, LEVELS, f"criteria/{criteria_id}.toml"):
        text, hashes[name] = _text_and_hash(name)
        RuleText.objects.get_or_create(
            organization_id=organization_id,
            name=name,
            sha256=hashes[name],
            defaults={"text": text},
        )
    return hashes


@cache
def _text_and_hash(name: str) -> tuple[str, str]:
    text = read_text(name)
    return text, fingerprint(text)


def _subjects(made: Recommendation) -> list[str]:
    return [trail.subject("client", made.client_id), trail.subject("recommendation", made.pk)]
