"""Recording what someone asks for. A position is never edited; a new one follows it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from handrail.areas.clients.models import Client
from handrail.areas.clients.services import Mistaken
from handrail.areas.clients.services.entering import (
    check_lengths,
    local_day,
    locked_client,
    one_line,
)
from handrail.areas.placement.models import Position
from handrail.areas.placement.selectors.ledger import in_force_on
from handrail.areas.placement.services.ledger import kept_as, steps_of, subjects
from handrail.core.access import Action, Actor
from handrail.core.ledger.positions import Party, Steps, judge, owes_reason
from handrail.foundation.audit import trail

LONGEST = {"holder": 120, "reason": 500, "evidence": 300}


@transaction.atomic
def record_position(
    *,
    client_id: UUID,
    party: str,
    holder: str = "",
    sequence: Sequence[str],
    reason: str = "",
    evidence: str = "",
    said_date: date | None = None,
    withheld_from_client: bool = False,
    by: Actor,
    at: datetime,
) -> Position:
    """Keep what one party asks for, as it was said on a day; without `said_date` it is today.

    A payer below what was found, and a clinician or a program beside it, owe a reason. Only what
    family says can be withheld from the client. Raises Mistaken.
    """
    client = locked_client(client_id, by, Action.RECORD_POSITION)
    steps = steps_of(sequence)
    said = {"holder": one_line(holder), "reason": one_line(reason), "evidence": one_line(evidence)}
    day = said_date or local_day(at, by)
    problems = check_lengths(said, LONGEST)
    if party not in {one.value for one in Party}:
        raise Mistaken({"party": "Choose whose view this is."})
    if day > local_day(at, by):
        problems["said_date"] = "This day is still to come."
    elif day < client.birth_date:
        problems["said_date"] = "This is before the client was born."
    if withheld_from_client and party != Party.FAMILY:
        problems["withheld_from_client"] = "Only what family says can be withheld."
    owed = _reason_owed(client, Party(party), steps, day, by)
    if owed and not said["reason"]:
        problems["reason"] = owed
    if problems:
        raise Mistaken(problems)
    last = Position.objects.filter(client=client).aggregate(last=Max("number"))["last"] or 0
    made = Position.objects.create(
        organization_id=by.organization_id,
        client=client,
        number=last + 1,
        party=party,
        sequence=kept_as(steps),
        said_date=day,
        withheld_from_client=withheld_from_client,
        recorded_at=at,
        recorded_by=by.name,
        **said,
    )
    trail.record(
        by=by, action=Action.RECORD_POSITION, subjects=subjects(client.pk, "position", made.pk)
    )
    return made


def _reason_owed(client: Client, party: Party, steps: Steps, day: date, by: Actor) -> str:
    found = in_force_on(client.pk, day, by=by)
    return owes_reason(party, judge(steps, found)) if found else ""
