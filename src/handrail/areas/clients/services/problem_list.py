"""The lists of a chart: diagnoses, medicines and allergies."""

import re
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from handrail.areas.clients import errors
from handrail.areas.clients.models import Client, Listed, ListedKind, Severity
from handrail.areas.clients.services.entering import (
    local_day,
    locked_client,
    one_line,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import Invalid, raise_any, too_long
from handrail.foundation.audit import trail

NO_ALLERGIES = "No known allergies"
"""The entry which says that allergies were asked for and there are none."""

LONGEST_REASON = 300
LONGEST = {"name": 200, "code": 20, "detail": 200, "by_whom": 200}
# The shape of an ICD-10-CM code: a letter, a digit, a letter or digit, then up to four more.
_CODE = re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?")


@transaction.atomic
def record_listed(
    *,
    client_id: UUID,
    kind: str,
    name: str,
    code: str = "",
    severity: str = "",
    detail: str = "",
    by_whom: str = "",
    from_date: date | None = None,
    by: Actor,
    at: datetime,
) -> Listed:
    """Put a diagnosis, medicine or allergy on its list. Only a diagnosis has a code
    and a severity.

    A code stands on the list once while it holds; "No known allergies" stands there alone.
    """
    client = locked_client(client_id, by, Action.RECORD_CLIENT)
    typed = {
        "name": one_line(name),
        "code": one_line(code).upper(),
        "detail": one_line(detail),
        "by_whom": one_line(by_whom),
    }
    wrong = too_long(typed, LONGEST)
    if kind not in ListedKind.values:
        wrong.append(errors.ListNotChosen())
    if not typed["name"]:
        wrong.append(errors.NothingNamed())
    if typed["code"] and kind != ListedKind.DIAGNOSIS:
        wrong.append(errors.OnlyDiagnosesHaveCodes())
    elif typed["code"] and not _CODE.fullmatch(typed["code"]):
        wrong.append(errors.NotACode())
    elif typed["code"] and (same := _now(client, kind).filter(code=typed["code"]).first()):
        wrong.append(errors.CodeOnList(same.name))
    if severity and (kind != ListedKind.DIAGNOSIS or severity not in Severity.values):
        wrong.append(errors.OnlyDiagnosesAreSevere())
    if kind == ListedKind.ALLERGY and (other := _against_allergy(client, typed["name"])):
        wrong.append(other)
    if from_date:
        wrong += _wrong_day("from_date", from_date, client, local_day(at, by))
    raise_any(wrong)
    made = Listed.objects.create(
        organization_id=by.organization_id,
        client=client,
        kind=kind,
        severity=severity,
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
        raise errors.EntryVoided(found.voided_by, found.voided_at).at("until_date")
    if found.until_date:
        raise errors.EntryEnded(found.until_date)
    raise_any(_wrong_day("until_date", until_date, found.client, local_day(at, by)))
    if found.from_date and until_date < found.from_date:
        raise errors.EntryEndsBeforeItBegan
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
        raise errors.EntryVoided(found.voided_by, found.voided_at).at("reason")
    if not why:
        raise errors.VoidedWithoutReason
    raise_any(too_long({"reason": why}, {"reason": LONGEST_REASON}))
    found.voided_at, found.voided_by, found.void_reason = at, by.name, why
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _record("listed.void", found, by)
    return found


def _now(client: Client, kind: str) -> QuerySet[Listed]:
    return client.listed.filter(kind=kind, until_date__isnull=True, voided_at__isnull=True)


def _against_allergy(client: Client, name: str) -> Invalid | None:
    """What stands on the list that cannot be true beside this allergy."""
    none = name.casefold() == NO_ALLERGIES.casefold()
    held = _now(client, ListedKind.ALLERGY)
    denied = held.filter(name__iexact=NO_ALLERGIES).exists()
    if denied and none:
        return errors.OnListAlready(name)
    if denied:
        return errors.AllergiesDenied(NO_ALLERGIES)
    if none and (first := held.first()):
        return errors.AllergyOnList(first.name)
    return None


def _wrong_day(field: str, day: date, client: Client, today: date) -> list[Invalid]:
    if day > today:
        return [errors.DayToCome().at(field)]
    return [errors.BeforeBirth().at(field)] if day < client.birth_date else []


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
