"""Safety plans to be looked at again, and people to be asked again about one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from handrail.areas.organizations.models import Membership
from handrail.areas.safety.models import (
    Flag,
    FlagKind,
    SafetyPlan,
    SafetyPlanDeclined,
    SafetyPlanLook,
)
from handrail.core.access import Action, Actor, Role, can_access
from handrail.core.today import Due, What

OF_A_KIND = 12
AHEAD = timedelta(days=1)
RISKS = (FlagKind.SUICIDE, FlagKind.OVERDOSE)


@dataclass(frozen=True, slots=True)
class SafetyPlanDue:
    """A plan to look at again on a day, or with `declined` someone to be asked again."""

    due: Due
    client_id: UUID
    name: str
    on: date
    owner: str
    mine: bool
    declined: bool


def safety_plans_due(*, by: Actor, here: date, zone: str) -> list[SafetyPlanDue]:
    """What is due until tomorrow of those in care: the reader's own, or all of a supervisor's
    house. Two queries.
    """
    if not can_access(by, Action.READ_CHART):
        return []
    plans = [_row(one, by, zone, declined=False) for one in _plans(by, here + AHEAD)]
    asks = [_row(one, by, zone, declined=True) for one in _asks(by, here + AHEAD)]
    return [*plans, *asks][:OF_A_KIND]


def _plans(by: Actor, until: date) -> list[SafetyPlan]:
    newer = SafetyPlan.objects.filter(client=OuterRef("client"), number__gt=OuterRef("number"))
    looks = SafetyPlanLook.objects.filter(plan=OuterRef("pk")).order_by("-looked_at", "id")
    found = (
        SafetyPlan.objects.filter(organization_id=by.organization_id)
        .defer("content")
        .alias(superseded=Exists(newer))
        .filter(superseded=False, client__episodes__closed_date__isnull=True)
        .filter(client__episodes__isnull=False)
        .annotate(
            on=Coalesce(Subquery(looks.values("next_look_date")[:1]), F("next_look_date")),
            whose=Coalesce(
                Subquery(looks.values("owner_id")[:1], output_field=UUIDField()),
                F("owner_id"),
                output_field=UUIDField(),
            ),
            life=_at_risk(),
        )
        .filter(on__lte=until)
    )
    return _some(found, by)


def _asks(by: Actor, until: date) -> list[SafetyPlanDeclined]:
    newer = SafetyPlanDeclined.objects.filter(
        client=OuterRef("client"), recorded_at__gt=OuterRef("recorded_at")
    )
    made = SafetyPlan.objects.filter(
        client=OuterRef("client"), signed_at__gt=OuterRef("recorded_at")
    )
    found = (
        SafetyPlanDeclined.objects.filter(organization_id=by.organization_id)
        .filter(~Exists(newer), ~Exists(made))
        .filter(client__episodes__closed_date__isnull=True, client__episodes__isnull=False)
        .annotate(on=F("ask_again_date"), whose=F("owner_id"), life=_at_risk())
        .filter(on__lte=until)
    )
    return _some(found, by)


def _at_risk() -> Exists:
    return Exists(
        Flag.objects.filter(client=OuterRef("client"), closed_at__isnull=True, kind__in=RISKS)
    )


def _some(found: QuerySet, by: Actor) -> list:  # type: ignore[type-arg]
    if Role.SUPERVISOR not in by.roles:
        mine = Membership.objects.filter(user_id=by.id, organization_id=by.organization_id)
        found = found.filter(whose__in=mine.values("pk"))
    owner = Membership.objects.filter(pk=OuterRef("whose")).values("user__name")
    owner_user = Membership.objects.filter(pk=OuterRef("whose")).values("user_id")
    rows = found.select_related("client").annotate(
        owner_name=Subquery(owner[:1]), owner_user=Subquery(owner_user[:1])
    )
    return list(rows.order_by("on", "pk")[:OF_A_KIND])


def _row(
    row: SafetyPlan | SafetyPlanDeclined, by: Actor, zone: str, *, declined: bool
) -> SafetyPlanDue:
    read = vars(row)
    due_at = datetime.combine(read["on"], time(23, 59), ZoneInfo(zone))
    return SafetyPlanDue(
        due=Due(What.SAFETY_PLAN, str(row.pk), due_at, life=read["life"]),
        client_id=row.client_id,
        name=row.client.name,
        on=read["on"],
        owner=read["owner_name"],
        mine=str(read["owner_user"]) == by.id,
        declined=declined,
    )
