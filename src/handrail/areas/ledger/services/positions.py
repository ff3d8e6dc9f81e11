"""Recording what someone asks for. A position is never edited; a new one follows it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from handrail.areas.clients.errors import BeforeBirth, DayToCome
from handrail.areas.clients.models import Client
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
)
from handrail.areas.coverage.models import Payer
from handrail.areas.ledger import errors
from handrail.areas.ledger.models import Position, PositionVoid
from handrail.areas.ledger.selectors.ledger import in_force_on
from handrail.areas.recommendations.services.standing import kept_as, steps_of, subjects
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import raise_any, too_long
from handrail.core.ledger.positions import Party, Steps, judge, owes_reason
from handrail.foundation.audit import trail

LONGEST_VOID = 300
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
    payer_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Position:
    """Keep what one party asks for, as it was said on a day; without `said_date` it is today.

    `payer_id` says which payer of the list it is; of another party it is left aside. A payer below
    what was found, and a clinician or a program beside it, owe a reason. Only what
    family says can be withheld from the client.
    """
    client = locked_client(client_id, by, Action.RECORD_POSITION)
    steps = steps_of(sequence)
    said = {"holder": one_line(holder), "reason": one_line(reason), "evidence": one_line(evidence)}
    day = said_date or local_day(at, by)
    wrong = too_long(said, LONGEST)
    if party not in {one.value for one in Party}:
        raise errors.PartyNotChosen
    if day > local_day(at, by):
        wrong.append(DayToCome().at("said_date"))
    elif day < client.birth_date:
        wrong.append(BeforeBirth().at("said_date"))
    if withheld_from_client and party != Party.FAMILY:
        wrong.append(errors.OnlyFamilyIsWithheld())
    payer = payer_id if party == Party.PAYER else None
    if payer and not Payer.objects.filter(organization_id=by.organization_id, pk=payer).exists():
        wrong.append(errors.PayerUnknown())
    owed = _reason_owed(client, Party(party), steps, day, by)
    if owed and not said["reason"]:
        wrong.append(errors.ReasonOwed(owed))
    raise_any(wrong)
    last = Position.objects.filter(client=client).aggregate(last=Max("number"))["last"] or 0
    made = Position.objects.create(
        organization_id=by.organization_id,
        client=client,
        number=last + 1,
        party=party,
        payer_id=payer,
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


@transaction.atomic
def void_position(*, position_id: UUID, reason: str, by: Actor, at: datetime) -> PositionVoid:
    """Take a position out of what is read, with the reason: it stands in the wrong chart.

    The row itself stays. Whoever asked for something else meanwhile did not make a mistake: then a
    new position follows. Raises errors.PositionVoid when it is void already.
    """
    check_access(by, Action.RECORD_POSITION)
    found = Position.objects.filter(organization_id=by.organization_id, pk=position_id).first()
    if found is None:
        raise NotHere
    locked_client(found.client_id, by, Action.RECORD_POSITION)
    said = one_line(reason)
    if not said:
        raise errors.VoidedWithoutReason
    raise_any(too_long({"reason": said}, {"reason": LONGEST_VOID}))
    if PositionVoid.objects.filter(position=found).exists():
        raise errors.PositionVoid
    made = PositionVoid.objects.create(
        organization_id=by.organization_id,
        position=found,
        reason=said,
        voided_at=at,
        voided_by=by.name,
    )
    trail.record(
        by=by,
        action="position.void",
        subjects=subjects(found.client_id, "position", found.pk),
    )
    return made


def _reason_owed(client: Client, party: Party, steps: Steps, day: date, by: Actor) -> str:
    found = in_force_on(client.pk, day, by=by)
    return owes_reason(party, judge(steps, found)) if found else ""
