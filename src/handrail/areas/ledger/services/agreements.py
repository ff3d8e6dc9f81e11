"""Recording what was agreed, and what was refused by someone who knows what it means."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.errors import DayToCome
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
)
from handrail.areas.ledger import errors
from handrail.areas.ledger.models import Agreement, InformedRefusal, UnmetNeed
from handrail.areas.recommendations.services.standing import (
    answer_of,
    beside,
    kept_as,
    standing,
    steps_of,
    subjects,
)
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor
from handrail.core.errors import raise_any, too_long
from handrail.core.ledger.agreements import agree as agreed
from handrail.core.ledger.agreements import refuse
from handrail.core.ledger.positions import Party, point
from handrail.data import care_catalogue
from handrail.foundation.audit import trail

LONGEST_MITIGATION = 300
LONGEST = {"explained": 1000, "physician": 200, "offered": 1000, "explained_by": 250, "words": 300}


@transaction.atomic
def agree(
    *,
    client_id: UUID,
    recommendation_id: UUID,
    sequence: Sequence[str],
    unmet: Iterable[Mapping[str, str]] = (),
    accepted_by: Collection[str],
    review_date: date,
    agreed_date: date | None = None,
    words: str = "",
    by: Actor,
    at: datetime,
) -> Agreement:
    """Keep what is placed, with the needs left unmet and what stands in for each.

    `unmet` are {"need": code, "mitigation": words}. Raises FloorUnmet where the floor would be
    left out: then an informed refusal is recorded instead.
    """
    client = locked_client(client_id, by, Action.AGREE)
    kept = standing(recommendation_id, client)
    steps, day = steps_of(sequence), agreed_date or local_day(at, by)
    if day > local_day(at, by):
        raise DayToCome().at("agreed_date")
    mitigations = {one["need"]: one_line(one["mitigation"]) for one in unmet}
    texts = {f"need-{need}": said for need, said in mitigations.items()}
    most = dict.fromkeys(texts, LONGEST_MITIGATION) | LONGEST
    raise_any(too_long(texts | {"words": one_line(words)}, most))
    made = agreed(
        answer_of(kept),
        steps=steps,
        mitigations=mitigations,
        accepted_by=[Party(one) for one in accepted_by if one in set(Party)],
        agreed_date=day,
        review_date=review_date,
        beside=beside(kept),
    )
    row = Agreement.objects.create(
        organization_id=by.organization_id,
        client=client,
        recommendation=kept,
        sequence=kept_as(made.steps),
        level=point(made.steps, care_catalogue()),
        accepted_by=list(made.accepted_by),
        words=one_line(words),
        agreed_date=made.agreed_date,
        review_date=made.review_date,
        recorded_at=at,
        recorded_by=by.name,
    )
    UnmetNeed.objects.bulk_create(
        UnmetNeed(
            organization_id=by.organization_id,
            agreement=row,
            need=one.need,
            mitigation=one.mitigation,
        )
        for one in made.unmet
    )
    trail.record(by=by, action=Action.AGREE, subjects=subjects(client.pk, "agreement", row.pk))
    refresh_due(row, by=by, at=at)
    return row


@transaction.atomic
def record_refusal(
    *,
    client_id: UUID,
    recommendation_id: UUID,
    sequence: Sequence[str],
    explained: str,
    explained_by: str = "",
    physician: str,
    physician_told_at: datetime | None,
    offered: str,
    call_again_date: date,
    by: Actor,
    at: datetime,
) -> InformedRefusal:
    """Keep that someone goes without a need of the floor, knowing what it means.

    `sequence` is what they accept all the same ("none" for nothing); without `explained_by` it
    was the one who records it.
    """
    client = locked_client(client_id, by, Action.AGREE)
    kept = standing(recommendation_id, client)
    said = {
        "explained": one_line(explained),
        "explained_by": one_line(explained_by) or by.name,
        "physician": one_line(physician),
        "offered": one_line(offered),
    }
    raise_any(too_long(said, LONGEST))
    if physician_told_at and physician_told_at > at:
        raise errors.ToldInTheFuture
    today = local_day(at, by)
    made = refuse(
        answer_of(kept),
        accepts=steps_of(sequence),
        explained=said["explained"],
        physician=said["physician"],
        physician_told_at=physician_told_at,
        offered=said["offered"],
        call_again_date=call_again_date,
        on=today,
        beside=beside(kept),
    )
    row = InformedRefusal.objects.create(
        organization_id=by.organization_id,
        client=client,
        recommendation=kept,
        sequence=kept_as(made.accepts),
        needs=list(made.needs),
        also_unmet=list(made.also_unmet),
        explained=made.explained,
        explained_by=said["explained_by"],
        physician=made.physician,
        physician_told_at=made.physician_told_at,
        offered=made.offered,
        refused_date=today,
        call_again_date=made.call_again_date,
        recorded_at=at,
        recorded_by=by.name,
    )
    trail.record(
        by=by, action="refusal.record", subjects=subjects(client.pk, "informed_refusal", row.pk)
    )
    refresh_due(row, by=by, at=at)
    return row
