"""What every service of the ledger begins with: the client, the recommendation, the steps."""

import json
from collections.abc import Sequence
from uuid import UUID

from handrail.areas.clients.models import Client
from handrail.areas.recommendations import errors
from handrail.areas.recommendations.models import Recommendation
from handrail.areas.recommendations.selectors import answers_of
from handrail.core.access import NotHere
from handrail.core.findings import read_stated
from handrail.core.ledger.positions import Steps, read_steps
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation as Answer
from handrail.data import GENERAL_ADMISSION, care_catalogue, criteria_ids, criteria_set
from handrail.foundation.audit import trail


def standing(recommendation_id: UUID, client: Client) -> Recommendation:
    """The recommendation, when it is the newest that stands: an older one decides nothing more.

    Otherwise the floor could be agreed away by what was known before.
    """
    rows = Recommendation.objects.filter(client=client, voided_at__isnull=True)
    asked = Recommendation.objects.filter(client=client, pk=recommendation_id).first()
    if asked is None:
        raise NotHere
    if asked.voided_at:
        raise errors.Void
    newest = rows.order_by("-made_at", "-id").first()
    if newest != asked:
        raise errors.Outdated
    return asked


def answer_of(kept: Recommendation) -> Answer:
    """A kept recommendation, made again by the rules of its day."""
    return answers_of([kept])[kept.pk]


def beside(kept: Recommendation) -> tuple[Answer, ...]:
    """What the general admission set says of the same facts, where another set was used to admit:
    its floor counts too.
    """
    known = kept.criteria in criteria_ids()
    if kept.criteria == GENERAL_ADMISSION or not known:
        return ()
    if criteria_set(kept.criteria).purpose == "continued stay":
        return ()
    general = criteria_set(GENERAL_ADMISSION)
    return (recommend(read_stated(json.loads(kept.facts), general.catalogue), general),)


def steps_of(sequence: Sequence[str]) -> Steps:
    """Read what was chosen. Raises Invalid for what is no sequence."""
    return read_steps(sequence, care_catalogue())


def kept_as(steps: Steps) -> list[str]:
    """Steps as the tables keep them."""
    return [str(step) for step in steps]


def subjects(client_id: UUID, kind: str, key: object) -> list[str]:
    """What an entry of the trail is about."""
    return [trail.subject("client", client_id), trail.subject(kind, key)]
