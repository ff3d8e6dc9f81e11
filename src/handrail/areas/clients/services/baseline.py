"""The medical baseline, and the professionals outside: recorded, never rewritten."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients import errors
from handrail.areas.clients.models import (
    BaselineEntry,
    OutsideProfessional,
    ProfessionalKind,
)
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import raise_any, too_long
from handrail.data import assessment_wording
from handrail.foundation.audit import trail

LONGEST = {"name": 150, "place": 200, "phone": 40, "by_whom": 200, "detail": 300}


@transaction.atomic
def record_baseline(
    *,
    client_id: UUID,
    kind: str,
    state: str,
    on_date: date,
    by_whom: str = "",
    detail: str = "",
    by: Actor,
    at: datetime,
) -> BaselineEntry:
    """Say how one thing of the medical baseline stands, and who asked (the actor, unless named).

    The newest entry of a kind holds; the earlier ones stay.
    """
    client = locked_client(client_id, by, Action.RECORD_CLIENT)
    item = next((one for one in assessment_wording().baseline if one.kind == kind), None)
    typed = {"by_whom": one_line(by_whom) or by.name, "detail": one_line(detail)}
    wrong = too_long(typed, LONGEST)
    if item is None:
        wrong.append(errors.SubjectNotChosen())
    elif state not in dict(item.states):
        wrong.append(errors.StateNotChosen())
    if on_date > local_day(at, by):
        wrong.append(errors.DayToCome().at("on_date"))
    elif on_date < client.birth_date:
        wrong.append(errors.BeforeBirth().at("on_date"))
    raise_any(wrong)
    made = BaselineEntry.objects.create(
        organization_id=by.organization_id,
        client=client,
        kind=kind,
        state=state,
        on_date=on_date,
        recorded_at=at,
        recorded_by=by.name,
        **typed,
    )
    _record("baseline.record", client.pk, by)
    return made


@transaction.atomic
def record_professional(
    *,
    client_id: UUID,
    kind: str,
    name: str,
    place: str = "",
    phone: str = "",
    by: Actor,
    at: datetime,
) -> OutsideProfessional:
    """Put a professional outside on the chart. They may be told what a consent covers, no more."""
    client = locked_client(client_id, by, Action.RECORD_CLIENT)
    typed = {"name": one_line(name), "place": one_line(place), "phone": one_line(phone)}
    wrong = too_long(typed, LONGEST)
    if kind not in ProfessionalKind.values:
        wrong.append(errors.ProfessionNotChosen())
    if not typed["name"]:
        wrong.append(errors.ProfessionalNameMissing())
    raise_any(wrong)
    made = OutsideProfessional.objects.create(
        organization_id=by.organization_id,
        client=client,
        kind=kind,
        recorded_at=at,
        recorded_by=by.name,
        **typed,
    )
    _record("professional.record", client.pk, by)
    return made


@transaction.atomic
def end_professional(*, professional_id: UUID, by: Actor, at: datetime) -> OutsideProfessional:
    """They no longer treat the client. The entry stays, as ended."""
    check_access(by, Action.RECORD_CLIENT)
    found = (
        OutsideProfessional.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=professional_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.ended_at:
        raise errors.TreatmentEndedAlready(found.ended_by, found.ended_at)
    found.ended_at, found.ended_by = at, by.name
    found.save(update_fields=["ended_at", "ended_by"])
    _record("professional.end", found.client_id, by)
    return found


def _record(action: str, client_id: UUID, by: Actor) -> None:
    trail.record(by=by, action=action, subjects=[trail.subject("client", client_id)])
