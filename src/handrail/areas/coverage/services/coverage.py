"""A client's plans, what a plan said about its benefits, and what a household declared.

What was said is never changed: a later check follows an earlier one and names it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client
from handrail.areas.clients.services.entering import local_day, locked_client
from handrail.areas.coverage.errors import (
    AmountAndNone,
    EndsAlready,
    EndsBeforeItBegins,
    MoreMetThanThereIs,
    NotAnAmount,
    PlaceTaken,
    StillToCome,
    SubscriberUnnamed,
    VoidedAlready,
)
from handrail.areas.coverage.models import (
    BenefitCheck,
    BenefitLevel,
    CheckHow,
    CopayPer,
    Coverage,
    DeclaredIncome,
    InNetwork,
    Payer,
    Rank,
    Subscriber,
    YesNo,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import (
    Invalid,
    Missing,
    NotAChoice,
    OutOfRange,
    raise_any,
    too_long,
)
from handrail.core.money import MOST
from handrail.core.text import one_line, some_lines
from handrail.data import care_catalogue
from handrail.foundation.audit import trail

Answers = Mapping[str, tuple[str, Sequence[str]]]
LARGEST_HOUSEHOLD = 30
LONGEST = {
    "plan": 120,
    "member_id": 40,
    "group_number": 40,
    "subscriber_name": 160,
    "representative": 120,
    "reference": 80,
    "plan_year_begins": 40,
    "authorizes": 200,
    "claims_to": 200,
    "limit": 200,
    "shown_by": 200,
    "notes": 4_000,
    "reason": 300,
}


# ---- plans -------------------------------------------------------------------------------------


@transaction.atomic
def record_coverage(
    *,
    client_id: UUID,
    payer_id: UUID,
    rank: str = "primary",
    plan: str = "",
    member_id: str = "",
    group_number: str = "",
    subscriber: str = "self",
    subscriber_name: str = "",
    subscriber_birth_date: date | None = None,
    from_date: date | None = None,
    until_date: date | None = None,
    by: Actor,
    at: datetime,
    coverage_id: UUID | None = None,
) -> Coverage:
    """Put a plan on file as the card says it. One plan of each rank counts at a time.

    `coverage_id` is given only where it must come out the same.
    """
    client = locked_client(client_id, by, Action.RECORD_COVERAGE)
    typed = {
        "plan": one_line(plan),
        "member_id": one_line(member_id),
        "group_number": one_line(group_number),
        "subscriber_name": one_line(subscriber_name),
    }
    wrong = too_long(typed, LONGEST)
    payer = Payer.objects.filter(
        organization_id=by.organization_id, pk=payer_id, ended_at__isnull=True
    ).first()
    if payer is None:
        wrong.append(NotAChoice().at("payer"))
    if subscriber not in Subscriber.values:
        wrong.append(NotAChoice().at("subscriber"))
    elif subscriber != Subscriber.SELF and not typed["subscriber_name"]:
        wrong.append(SubscriberUnnamed())
    if subscriber_birth_date and subscriber_birth_date > local_day(at, by):
        wrong.append(StillToCome().at("subscriber_birth_date"))
    if from_date and until_date and until_date < from_date:
        wrong.append(EndsBeforeItBegins())
    if rank not in Rank.values:
        wrong.append(NotAChoice().at("rank"))
    elif same := _at_the_same_time(client, rank, from_date, until_date):
        wrong.append(PlaceTaken(same.payer.name, rank))
    raise_any(wrong)
    made = Coverage(
        organization_id=by.organization_id,
        client=client,
        payer=payer,
        rank=rank,
        subscriber=subscriber,
        subscriber_birth_date=subscriber_birth_date,
        from_date=from_date,
        until_date=until_date,
        recorded_at=at,
        recorded_by=by.name,
        **typed,
    )
    if coverage_id:
        made.pk = coverage_id
    made.save(force_insert=True)
    _record("coverage.record", made, by)
    return made


@transaction.atomic
def end_coverage(*, coverage_id: UUID, until_date: date, by: Actor, at: datetime) -> Coverage:
    """Say the last day a plan is in force. What was checked of it stays."""
    found = _locked(coverage_id, by)
    if found.until_date:
        raise EndsAlready(found.until_date)
    if found.from_date and until_date < found.from_date:
        raise EndsBeforeItBegins
    found.until_date = until_date
    found.save(update_fields=["until_date"])
    _record("coverage.end", found, by)
    return found


@transaction.atomic
def void_coverage(*, coverage_id: UUID, reason: str, by: Actor, at: datetime) -> Coverage:
    """Take back a plan that was never this client's; it stays on file as voided."""
    found = _locked(coverage_id, by)
    why = one_line(reason)
    if not why:
        raise Missing().at("reason")
    raise_any(too_long({"reason": why}, LONGEST))
    found.voided_at, found.voided_by, found.void_reason = at, by.name, why
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _record("coverage.void", found, by)
    return found


def _at_the_same_time(
    client: Client, rank: str, begins: date | None, ends: date | None
) -> Coverage | None:
    """A plan of the same rank on a day of these. A day not said reaches as far as it can, but
    what follows a plan that has a last day is meant from the day after.
    """
    for one in client.coverages.filter(rank=rank, voided_at__isnull=True).select_related("payer"):
        last = one.until_date or date.max
        starts = begins or (last + timedelta(days=1) if one.until_date else date.min)
        if starts <= last and (one.from_date or date.min) <= (ends or date.max):
            return one
    return None


def _locked(coverage_id: UUID, by: Actor) -> Coverage:
    check_access(by, Action.RECORD_COVERAGE)
    found = (
        Coverage.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=coverage_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.voided_at:
        raise VoidedAlready(found.voided_by)
    return found


# ---- benefit checks ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LevelTold:
    """What the plan said about one level of care. None: it was not said; amounts in cents."""

    level: str
    covered: str = "unknown"
    authorization: str = "unknown"
    copay: int | None = None
    copay_per: str = "unknown"
    coinsurance: int | None = None
    deductible_applies: str = "unknown"
    allowed: int | None = None
    limit: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything at all was said."""
        return self != LevelTold(self.level)


@dataclass(frozen=True, slots=True)
class PlanTold:
    """What the plan said that holds for all levels. None: it was not said; amounts in cents."""

    active: str = "unknown"
    network: str = "unknown"
    plan_year_begins: str = ""
    deductible: int | None = None
    deductible_met: int | None = None
    maximum: int | None = None
    maximum_met: int | None = None
    no_maximum: bool = False
    authorizes: str = ""
    claims_to: str = ""


@transaction.atomic
def record_benefit_check(
    *,
    coverage_id: UUID,
    how: str = "phone",
    representative: str = "",
    reference: str = "",
    checked_at: datetime | None = None,
    plan: PlanTold = PlanTold(),
    levels: Sequence[LevelTold] = (),
    notes: str = "",
    goes_on_from_id: UUID | None = None,
    by: Actor,
    at: datetime,
    check_id: UUID | None = None,
) -> BenefitCheck:
    """Keep what a plan said, with its gaps: a call that breaks off after two answers is kept too.

    Only what cannot be is refused. `goes_on_from_id` names the check that this one continues.
    """
    coverage = _locked(coverage_id, by)
    typed = {
        "representative": one_line(representative),
        "reference": one_line(reference),
        "plan_year_begins": one_line(plan.plan_year_begins),
        "authorizes": one_line(plan.authorizes),
        "claims_to": one_line(plan.claims_to),
        "notes": some_lines(notes),
    }
    said = tuple(one for one in levels if one.says_something)
    wrong = too_long(typed, LONGEST) + _wrong_with_check(how, checked_at or at, plan, at)
    for one in said:
        wrong += _wrong_with_level(one)
    raise_any(wrong)
    made = BenefitCheck(
        organization_id=by.organization_id,
        coverage=coverage,
        goes_on_from=_earlier(goes_on_from_id, coverage),
        how=how,
        checked_at=checked_at or at,
        checked_by=by.name,
        active=plan.active,
        network=plan.network,
        deductible=plan.deductible,
        deductible_met=plan.deductible_met,
        maximum=plan.maximum,
        maximum_met=plan.maximum_met,
        no_maximum=plan.no_maximum,
        **typed,
    )
    if check_id:
        made.pk = check_id
    made.save(force_insert=True)
    BenefitLevel.objects.bulk_create(_level_row(made, one) for one in said)
    trail.record(
        by=by,
        action="coverage.check",
        subjects=[
            trail.subject("client", coverage.client_id),
            trail.subject("coverage", coverage.pk),
            trail.subject("benefit_check", made.pk),
        ],
    )
    return made


def _level_row(check: BenefitCheck, one: LevelTold) -> BenefitLevel:
    return BenefitLevel(
        organization_id=check.organization_id,
        benefit_check=check,
        level=one.level,
        covered=one.covered,
        authorization=one.authorization,
        copay=one.copay,
        copay_per=one.copay_per,
        coinsurance=one.coinsurance,
        deductible_applies=one.deductible_applies,
        allowed=one.allowed,
        limit=one_line(one.limit),
    )


def _earlier(check_id: UUID | None, coverage: Coverage) -> BenefitCheck | None:
    if check_id is None:
        return None
    found = coverage.checks.filter(pk=check_id).first()
    if found is None:
        raise NotHere
    return found


def _wrong_with_check(how: str, when: datetime, plan: PlanTold, at: datetime) -> list[Invalid]:
    answers: Answers = {
        "how": (how, CheckHow.values),
        "active": (plan.active, YesNo.values),
        "network": (plan.network, InNetwork.values),
    }
    wrong = _not_choices(answers)
    if when > at + timedelta(minutes=1):
        wrong.append(StillToCome().at("checked_on"))
    if plan.no_maximum and (plan.maximum is not None or plan.maximum_met is not None):
        wrong.append(AmountAndNone())
    return wrong + _wrong_amounts(plan)


def _not_choices(answers: Answers) -> list[Invalid]:
    return [
        NotAChoice().at(name)
        for name, (value, possible) in answers.items()
        if value not in possible
    ]


def _not_amounts(amounts: Mapping[str, int | None]) -> list[Invalid]:
    return [
        NotAnAmount().at(name)
        for name, value in amounts.items()
        if value is not None and not 0 <= value <= MOST
    ]


def _wrong_amounts(plan: PlanTold) -> list[Invalid]:
    pairs = {"deductible": plan.deductible, "maximum": plan.maximum}
    met = {"deductible_met": plan.deductible_met, "maximum_met": plan.maximum_met}
    wrong = _not_amounts(pairs | met)
    for whole, part in zip(pairs, met, strict=True):
        of, done = pairs[whole], met[part]
        if of is not None and done is not None and done > of:
            wrong.append(MoreMetThanThereIs().at(part))
    return wrong


def _wrong_with_level(one: LevelTold) -> list[Invalid]:
    """What is wrong, by the field of the form: `iop-copay`."""
    care = care_catalogue()
    answers: Answers = {
        "covered": (one.covered, YesNo.values),
        "authorization": (one.authorization, YesNo.values),
        "deductible_applies": (one.deductible_applies, YesNo.values),
        "copay_per": (one.copay_per, CopayPer.values),
    }
    wrong = _not_choices(answers) + _not_amounts({"copay": one.copay, "allowed": one.allowed})
    if one.level not in {*care.levels, *care.acute_places}:
        wrong.append(NotAChoice().at("covered"))
    if one.coinsurance is not None and not 0 <= one.coinsurance <= 100:
        wrong.append(OutOfRange(0, 100).at("coinsurance"))
    wrong += too_long({"limit": one_line(one.limit)}, LONGEST)
    return [found.at(f"{one.level}-{found.field}") for found in wrong]


# ---- what a household declared -----------------------------------------------------------------


@transaction.atomic
def declare_income(
    *,
    client_id: UUID,
    household: int,
    yearly_income: int,
    declared_date: date,
    shown_by: str = "",
    by: Actor,
    at: datetime,
) -> DeclaredIncome:
    """Keep what the person declared of their household, for the sliding fee. Income in cents."""
    client = locked_client(client_id, by, Action.RECORD_COVERAGE)
    shown = one_line(shown_by)
    wrong = too_long({"shown_by": shown}, LONGEST) + _not_amounts({"yearly_income": yearly_income})
    if not 1 <= household <= LARGEST_HOUSEHOLD:
        wrong.append(OutOfRange(1, LARGEST_HOUSEHOLD).at("household"))
    if declared_date > local_day(at, by):
        wrong.append(StillToCome().at("declared_date"))
    raise_any(wrong)
    made = DeclaredIncome.objects.create(
        organization_id=by.organization_id,
        client=client,
        household=household,
        yearly_income=yearly_income,
        declared_date=declared_date,
        shown_by=shown,
        recorded_at=at,
        recorded_by=by.name,
    )
    trail.record(
        by=by,
        action="coverage.income",
        subjects=[
            trail.subject("client", client.pk),
            trail.subject("declared_income", made.pk),
        ],
    )
    return made


def _record(action: str, coverage: Coverage, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", coverage.client_id),
            trail.subject("coverage", coverage.pk),
        ],
    )
