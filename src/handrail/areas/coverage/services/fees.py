"""Payers, what the house asks for its care, its sliding fee, and how it stands on an estimate."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.services.entering import Mistaken, check_lengths, one_line, said_day
from handrail.areas.coverage.models import (
    BESIDE,
    HouseOnPaper,
    HouseRate,
    Payer,
    PayerKind,
    SlidingScale,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.costs import Band, CostError, Scale, check_scale
from handrail.core.money import MOST
from handrail.data import care_catalogue
from handrail.foundation.audit import trail

_NPI = re.compile(r"[0-9]{10}")
_LONGEST = {
    "name": 120,
    "phone": 40,
    "authorizes": 200,
    "payer_number": 40,
    "code": 20,
    "source": 200,
    "legal_name": 160,
    "address": 300,
    "tax_number": 20,
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
    problems = check_lengths(typed, _LONGEST)
    if not typed["name"]:
        problems["name"] = "Enter the payer’s name."
    if kind not in PayerKind.values:
        problems["kind"] = "Choose what kind of payer it is."
    same = Payer.objects.filter(
        organization_id=by.organization_id, name__iexact=typed["name"], ended_at__isnull=True
    )
    if payer_id:
        same = same.exclude(pk=payer_id)
    if typed["name"] and same.exists():
        problems["name"] = "A payer of this name is on the list already."
    if problems:
        raise Mistaken(problems)


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
    problems = check_lengths(typed, _LONGEST)
    care = care_catalogue()
    if item not in {*care.levels, *care.acute_places, *BESIDE}:
        problems["item"] = "Choose what the rate is for."
    if not 0 <= amount <= MOST:
        problems["amount"] = "Enter an amount of nothing or more."
    if not 0 <= count <= 366:
        problems["count"] = "Enter how many of it a course usually has, 0 to 366."
    mine = HouseRate.objects.filter(organization_id=by.organization_id, voided_at__isnull=True)
    if mine.filter(item=item, from_date=from_date).exists():
        problems["from_date"] = (
            f"A rate from {said_day(from_date)} is set already. Void it first, or choose another"
            " day."
        )
    if problems:
        raise Mistaken(problems)
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
    problems = check_lengths(typed, _LONGEST)
    if not typed["source"]:
        problems["source"] = "Say where the line comes from, and of which year."
    if not (0 < line_one <= MOST and 0 <= line_more <= MOST):
        problems["line_one"] = "Enter the yearly line for one person and for each further one."
    else:
        try:
            check_scale(Scale(line_one, line_more, tuple(Band(*one) for one in bands)))
        except CostError as wrong:
            problems["bands"] = str(wrong)
    mine = SlidingScale.objects.filter(organization_id=by.organization_id, voided_at__isnull=True)
    if mine.filter(from_date=from_date).exists():
        problems["from_date"] = f"A sliding fee from {said_day(from_date)} is set already."
    if problems:
        raise Mistaken(problems)
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
        raise Mistaken({"reason": f"This is voided already, by {found.voided_by}."})
    if not why or len(why) > 300:
        raise Mistaken({"reason": "Say why it is voided, in at most 300 letters."})
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
    problems = check_lengths(typed, _LONGEST)
    if not typed["legal_name"]:
        problems["legal_name"] = "Enter the name under which the house bills."
    if typed["npi"] and not _NPI.fullmatch(typed["npi"]):
        problems["npi"] = "A national provider identifier is ten digits."
    if problems:
        raise Mistaken(problems)
    made, _ = HouseOnPaper.objects.update_or_create(
        organization_id=by.organization_id,
        defaults={**typed, "changed_at": at, "changed_by": by.name},
    )
    _record("fees.house", "organization", by.organization_id, by)
    return made


def _record(action: str, kind: str, key: UUID, by: Actor) -> None:
    trail.record(by=by, action=action, subjects=[trail.subject(kind, key)])
