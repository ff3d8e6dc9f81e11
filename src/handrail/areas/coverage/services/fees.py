"""Payers, what the house asks for its care, its sliding fee, and how it stands on an estimate."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.coverage.errors import (
    LinesMissing,
    NotAnAmount,
    NpiNotTenDigits,
    PayerListedAlready,
    RateSetAlready,
    ScaleSetAlready,
    VoidedAlready,
)
from handrail.areas.coverage.models import (
    BESIDE,
    HouseOnPaper,
    HouseRate,
    Payer,
    PayerKind,
    SlidingScale,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.costs import Band, Scale, check_scale
from handrail.core.errors import Invalid, Missing, NotAChoice, OutOfRange, raise_any, too_long
from handrail.core.money import MOST
from handrail.core.text import one_line
from handrail.data import care_catalogue
from handrail.foundation.audit import trail

MOST_OF_IT = 366
"""Of one thing in a course: one each day of a year."""
_NPI = re.compile(r"[0-9]{10}")
LONGEST = {
    "name": 120,
    "phone": 40,
    "authorizes": 200,
    "payer_number": 40,
    "code": 20,
    "source": 200,
    "legal_name": 160,
    "address": 300,
    "npi": 10,
    "tax_number": 20,
    "reason": 300,
}


# ---- payers ------------------------------------------------------------------------------------


@transaction.atomic
def record_payer(
    *,
    name: str,
    kind: str,
    phone: str = "",
    authorizes: str = "",
    payer_number: str = "",
    by: Actor,
    at: datetime,
    payer_id: UUID | None = None,
) -> Payer:
    """Put a payer on the list. `payer_id` is given only where it must come out the same."""
    check_access(by, Action.SET_FEES)
    typed = _payer(name, phone, authorizes, payer_number)
    _check_payer(typed, kind, None, by)
    made = Payer(
        organization_id=by.organization_id, kind=kind, recorded_at=at, recorded_by=by.name, **typed
    )
    if payer_id:
        made.pk = payer_id
    made.save(force_insert=True)
    _record("payer.record", "payer", made.pk, by)
    return made


@transaction.atomic
def change_payer(
    *,
    payer_id: UUID,
    name: str,
    kind: str,
    phone: str = "",
    authorizes: str = "",
    payer_number: str = "",
    by: Actor,
    at: datetime,
) -> Payer:
    """Change how a payer is reached. Its name changes for every plan under it."""
    found = _locked_payer(payer_id, by)
    typed = _payer(name, phone, authorizes, payer_number)
    _check_payer(typed, kind, payer_id, by)
    after = {**typed, "kind": kind}
    changed = [field for field, value in after.items() if getattr(found, field) != value]
    if changed:
        for field in changed:
            setattr(found, field, after[field])
        found.save(update_fields=changed)
        _record("payer.change", "payer", found.pk, by)
    return found


@transaction.atomic
def end_payer(*, payer_id: UUID, by: Actor, at: datetime) -> Payer:
    """Take a payer off the list for new plans; plans on file keep it. Again changes nothing."""
    found = _locked_payer(payer_id, by)
    if found.ended_at is None:
        found.ended_at, found.ended_by = at, by.name
        found.save(update_fields=["ended_at", "ended_by"])
        _record("payer.end", "payer", found.pk, by)
    return found


def _payer(name: str, phone: str, authorizes: str, payer_number: str) -> dict[str, str]:
    return {
        "name": one_line(name),
        "phone": one_line(phone),
        "authorizes": one_line(authorizes),
        "payer_number": one_line(payer_number),
    }


def _check_payer(typed: dict[str, str], kind: str, payer_id: UUID | None, by: Actor) -> None:
    wrong = too_long(typed, LONGEST)
    if not typed["name"]:
        wrong.append(Missing().at("name"))
    if kind not in PayerKind.values:
        wrong.append(NotAChoice().at("kind"))
    same = Payer.objects.filter(
        organization_id=by.organization_id, name__iexact=typed["name"], ended_at__isnull=True
    )
    if payer_id:
        same = same.exclude(pk=payer_id)
    if typed["name"] and same.exists():
        wrong.append(PayerListedAlready())
    raise_any(wrong)


def _locked_payer(payer_id: UUID, by: Actor) -> Payer:
    check_access(by, Action.SET_FEES)
    found = (
        Payer.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=payer_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


# ---- rates and the sliding fee -----------------------------------------------------------------


@transaction.atomic
def set_rate(
    *,
    item: str,
    amount: int,
    from_date: date,
    code: str = "",
    count: int = 0,
    slides: bool = True,
    by: Actor,
    at: datetime,
) -> HouseRate:
    """Say what the house asks for something from a day on, in cents. Earlier rates stay.

    `item` is a level of care (one session or day of it) or one of `BESIDE`.
    """
    check_access(by, Action.SET_FEES)
    typed = {"code": one_line(code).upper()}
    wrong = too_long(typed, LONGEST)
    care = care_catalogue()
    if item not in {*care.levels, *care.acute_places, *BESIDE}:
        wrong.append(NotAChoice().at("item"))
    if not 0 <= amount <= MOST:
        wrong.append(NotAnAmount().at("amount"))
    if not 0 <= count <= MOST_OF_IT:
        wrong.append(OutOfRange(0, MOST_OF_IT).at("count"))
    mine = HouseRate.objects.filter(organization_id=by.organization_id, voided_at__isnull=True)
    if mine.filter(item=item, from_date=from_date).exists():
        wrong.append(RateSetAlready(from_date))
    raise_any(wrong)
    made = HouseRate.objects.create(
        organization_id=by.organization_id,
        item=item,
        amount=amount,
        count=count,
        slides=slides,
        from_date=from_date,
        recorded_at=at,
        recorded_by=by.name,
        **typed,
    )
    _record("fees.rate", "house_rate", made.pk, by)
    return made


@transaction.atomic
def set_scale(
    *,
    line_one: int,
    line_more: int,
    bands: Sequence[tuple[int, int]],
    source: str,
    from_date: date,
    by: Actor,
    at: datetime,
) -> SlidingScale:
    """Say the sliding fee from a day on: bands as (up to so many percent of the line, pays).

    `source` says where the line comes from. Earlier scales stay.
    """
    check_access(by, Action.SET_FEES)
    typed = {"source": one_line(source)}
    wrong = too_long(typed, LONGEST)
    if not typed["source"]:
        wrong.append(Missing().at("source"))
    if not (0 < line_one <= MOST and 0 <= line_more <= MOST):
        wrong.append(LinesMissing())
    else:
        try:
            check_scale(Scale(line_one, line_more, tuple(Band(*one) for one in bands)))
        except Invalid as found:
            wrong.append(found)
    mine = SlidingScale.objects.filter(organization_id=by.organization_id, voided_at__isnull=True)
    if mine.filter(from_date=from_date).exists():
        wrong.append(ScaleSetAlready(from_date))
    raise_any(wrong)
    made = SlidingScale.objects.create(
        organization_id=by.organization_id,
        line_one=line_one,
        line_more=line_more,
        limits=[limit for limit, _ in bands],
        pays=[pays for _, pays in bands],
        from_date=from_date,
        recorded_at=at,
        recorded_by=by.name,
        **typed,
    )
    _record("fees.scale", "sliding_scale", made.pk, by)
    return made


@transaction.atomic
def void_fee(*, kind: str, fee_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Take back a rate (`rate`) or a sliding fee (`scale`) set by mistake; it stays as voided."""
    check_access(by, Action.SET_FEES)
    table: type[HouseRate] | type[SlidingScale] = HouseRate if kind == "rate" else SlidingScale
    found = (
        table._default_manager.select_for_update()
        .filter(organization_id=by.organization_id, pk=fee_id)
        .first()
    )
    if found is None:
        raise NotHere
    why = one_line(reason)
    if found.voided_at:
        raise VoidedAlready(found.voided_by)
    if not why:
        raise Missing().at("reason")
    raise_any(too_long({"reason": why}, LONGEST))
    found.voided_at, found.voided_by, found.void_reason = at, by.name, why
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _record("fees.void", "house_rate" if kind == "rate" else "sliding_scale", found.pk, by)


@transaction.atomic
def set_house_on_paper(
    *,
    legal_name: str,
    address: str = "",
    phone: str = "",
    npi: str = "",
    tax_number: str = "",
    by: Actor,
    at: datetime,
) -> HouseOnPaper:
    """Say how the organization stands on an estimate: name in law, address, NPI, tax number."""
    check_access(by, Action.SET_FEES)
    typed = {
        "legal_name": one_line(legal_name),
        "address": one_line(address),
        "phone": one_line(phone),
        "npi": one_line(npi).replace(" ", ""),
        "tax_number": one_line(tax_number),
    }
    wrong = too_long(typed, LONGEST)
    if not typed["legal_name"]:
        wrong.append(Missing().at("legal_name"))
    if typed["npi"] and not _NPI.fullmatch(typed["npi"]):
        wrong.append(NpiNotTenDigits())
    raise_any(wrong)
    made, _ = HouseOnPaper.objects.update_or_create(
        organization_id=by.organization_id,
        defaults={**typed, "changed_at": at, "changed_by": by.name},
    )
    _record("fees.house", "organization", by.organization_id, by)
    return made


def _record(action: str, kind: str, key: UUID, by: Actor) -> None:
    trail.record(by=by, action=action, subjects=[trail.subject(kind, key)])
