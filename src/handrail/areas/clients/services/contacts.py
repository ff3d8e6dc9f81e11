"""Family members and friends: who may be told what, and who may be called."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients import errors
from handrail.areas.clients.models import Contact, MayKnow, Relationship
from handrail.areas.clients.services.entering import (
    locked_client,
    one_line,
)
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import raise_any, too_long
from handrail.foundation.audit import trail

LONGEST = {"name": 150, "phone": 40}
_MAY_BE_CALLED = {MayKnow.ATTENDANCE, MayKnow.EMERGENCY}


@transaction.atomic
def record_contact(
    *,
    client_id: UUID,
    name: str,
    relationship: str,
    phone: str = "",
    may_know: Iterable[str] = (),
    call_if_missed: bool = False,
    by: Actor,
    at: datetime,
) -> Contact:
    """Put a contact on the chart, with what the client lets them be told.

    Called after an absence only when they may know of it, or in an emergency, and have a phone.
    """
    client = locked_client(client_id, by, Action.RECORD_CLIENT)
    typed = {"name": one_line(name), "phone": one_line(phone)}
    told = [one for one in MayKnow.values if one in set(may_know)]
    wrong = too_long(typed, LONGEST)
    if not typed["name"]:
        wrong.append(errors.ContactNameMissing())
    if relationship not in Relationship.values:
        wrong.append(errors.RelationshipNotChosen())
    if call_if_missed and not typed["phone"]:
        wrong.append(errors.NoNumberToCall())
    if call_if_missed and not _MAY_BE_CALLED & set(told):
        wrong.append(errors.MayNotHearOfIt())
    if MayKnow.EMERGENCY in told and len(told) > 1:
        wrong.append(errors.EmergencyStandsAlone())
    raise_any(wrong)
    made = Contact.objects.create(
        organization_id=by.organization_id,
        client=client,
        relationship=relationship,
        may_know=told,
        call_if_missed=call_if_missed,
        recorded_at=at,
        recorded_by=by.name,
        **typed,
    )
    _record("contact.record", made, by)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def end_contact(*, contact_id: UUID, by: Actor, at: datetime) -> Contact:
    """From now on this person is told nothing. Ending it again changes nothing."""
    check_access(by, Action.RECORD_CLIENT)
    found = (
        Contact.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=contact_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.ended_at is None:
        found.ended_at, found.ended_by = at, by.name
        found.save(update_fields=["ended_at", "ended_by"])
        _record("contact.end", found, by)
        refresh_due(found, by=by, at=at)
    return found


def _record(action: str, contact: Contact, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", contact.client_id),
            trail.subject("contact", contact.pk),
        ],
    )
