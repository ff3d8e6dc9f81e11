"""The lists of a chart: diagnoses, medicines and allergies."""

import re
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Listed, ListedKind
from handrail.areas.clients.services.entering import (
    Mistaken,
    check_lengths,
    locked_client,
    one_line,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.foundation.audit import trail

_LONGEST = {"name": 200, "code": 20, "detail": 200, "by_whom": 200}
# The shape of an ICD-10-CM code: a letter, a digit, a letter or digit, then up to four more.
_CODE = re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?")


@transaction.atomic
def record_listed(
    *,
    client_id: UUID,
    kind: str,
    name: str,
    code: str = "",
    detail: str = "",
    by_whom: str = "",
    from_date: date | None = None,
    by: Actor,
    at: datetime,
) -> Listed:
    """Put a diagnosis, medicine or allergy on its list. Only a diagnosis has a code."""
    client = locked_client(client_id, by, Action.RECORD_CLIENT)
    typed = {
        "name": one_line(name),
        "code": one_line(code).upper(),
        "detail": one_line(detail),
        "by_whom": one_line(by_whom),
    }
    problems = check_lengths(typed, _LONGEST)
    if kind not in ListedKind.values:
        problems["kind"] = "Choose a diagnosis, a medicine or an allergy."
    if not typed["name"]:
        problems["name"] = "Enter what it is."
    if typed["code"] and kind != ListedKind.DIAGNOSIS:
        problems["code"] = "Only a diagnosis has a code."
    elif typed["code"] and not _CODE.fullmatch(typed["code"]):
        problems["code"] = "An ICD-10-CM code looks like F10.20. Check it, or leave it empty."
    if problems:
        raise Mistaken(problems)
    made = Listed.objects.create(
        organization_id=by.organization_id,
        client=client,
        kind=kind,
        from_date=from_date,
        recorded_at=at,
        recorded_by=by.name,
        **typed,
    )
    _record("listed.record", made, by)
    return made


@transaction.atomic
def end_listed(*, listed_id: UUID, until_date: date, by: Actor, at: datetime) -> Listed:
    """Say until when an entry held: a medicine stopped, a diagnosis resolved."""
    found = _locked(listed_id, by)
    if found.voided_at:
        raise Mistaken({"until_date": "This entry is voided; it has no end."})
    if found.until_date:
        raise Mistaken({"until_date": "This entry has ended already."})
    if found.from_date and until_date < found.from_date:
        raise Mistaken({"until_date": "It cannot end before it began."})
    found.until_date = until_date
    found.save(update_fields=["until_date"])
    _record("listed.end", found, by)
    return found


@transaction.atomic
def void_listed(*, listed_id: UUID, reason: str, by: Actor, at: datetime) -> Listed:
    """Take back an entry that never held; it stays on file as voided, with the reason."""
    found = _locked(listed_id, by)
    why = one_line(reason)
    if found.voided_at:
        raise Mistaken({"reason": "This entry is voided already."})
    if not why or len(why) > 300:
        raise Mistaken({"reason": "Say why it is voided, in at most 300 letters."})
    found.voided_at, found.voided_by, found.void_reason = at, by.name, why
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _record("listed.void", found, by)
    return found


def _locked(listed_id: UUID, by: Actor) -> Listed:
    check_access(by, Action.RECORD_CLIENT)
    found = (
        Listed.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=listed_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def _record(action: str, listed: Listed, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", listed.client_id),
            trail.subject("listed", listed.pk),
        ],
    )
