"""Open flags, and safety plans to review, as something due."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from handrail.areas.clients.models import Episode
from handrail.areas.safety.models import (
    Flag,
    FlagKind,
    SafetyPlan,
    SafetyPlanDeclined,
    SafetyPlanLook,
)
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action, Role
from handrail.data import deadlines

RISKS = (FlagKind.SUICIDE, FlagKind.OVERDOSE)
"""Flags about danger to life."""


class FlagReview(Kind):
    """An open flag: due on its review date, for its owner; supervisors see every one."""

    code = "flag"
    words = "Review an open flag"
    permissions = (Action.READ_CHART,)
    watchers = frozenset({Role.SUPERVISOR})
    safety = True
    marks_risk = True
    follows = {Flag: client_of}  # noqa: RUF012 (a table, never changed)

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """A risk flag shows from the moment it is raised, another from its review date on."""
        rows = Flag.objects.filter(organization_id=at.organization_id, closed_at__isnull=True)
        if scopes is not None:
            rows = rows.filter(client_id__in=scopes)
        return [_item(one, at) for one in rows if one.kind in RISKS or one.review_date]


def _item(row: Flag, at: Place) -> Item:
    day, risk = row.review_date, row.kind in RISKS
    since = row.opened_at if risk or day is None else at.begins(day)
    return Item(
        key=str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        owner_id=row.owner_id,
        due_at=at.ends(day) if day else None,
        visible_from=since,
        escalates_at=since,
        life=risk,
        facts={"kind": row.kind, "why": row.why, "review": day},
    )


# ---- safety plans --------------------------------------------------------------------------------


class SafetyPlanReview(Kind):
    """The safety plan of someone in care, from the day before its review, for its owner;
    supervisors see every one. With `declined`, someone to ask again.
    """

    code = "safety_plan"
    words = "Review a safety plan"
    permissions = (Action.READ_CHART,)
    watchers = frozenset({Role.SUPERVISOR})
    safety = True
    follows = {  # noqa: RUF012
        SafetyPlan: client_of,
        SafetyPlanLook: lambda rows: {one.plan.client_id for one in rows},
        SafetyPlanDeclined: client_of,
        Episode: client_of,
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """The newest plan or the newest refusal of each person, whichever is later."""
        found = (*_some(_plans(at), scopes), *_some(_asks(at), scopes))
        return [_plan_item(one, at) for one in found]


def _plans(at: Place) -> QuerySet[SafetyPlan]:
    newer = SafetyPlan.objects.filter(client=OuterRef("client"), number__gt=OuterRef("number"))
    looks = SafetyPlanLook.objects.filter(plan=OuterRef("pk")).order_by("-looked_at", "id")
    owner = Subquery(looks.values("owner_id")[:1], output_field=UUIDField())
    return (
        SafetyPlan.objects.filter(~Exists(newer), organization_id=at.organization_id)
        .defer("content")
        .annotate(
            on=Coalesce(Subquery(looks.values("next_look_date")[:1]), F("next_look_date")),
            whose=Coalesce(owner, F("owner_id"), output_field=UUIDField()),
        )
    )


def _asks(at: Place) -> QuerySet[SafetyPlanDeclined]:
    newer = SafetyPlanDeclined.objects.filter(
        client=OuterRef("client"), recorded_at__gt=OuterRef("recorded_at")
    )
    made = SafetyPlan.objects.filter(
        client=OuterRef("client"), signed_at__gt=OuterRef("recorded_at")
    )
    return SafetyPlanDeclined.objects.filter(
        ~Exists(newer), ~Exists(made), organization_id=at.organization_id
    ).annotate(on=F("ask_again_date"), whose=F("owner_id"))


def _some(found: QuerySet, scopes: Collection[UUID] | None) -> QuerySet:  # type: ignore[type-arg]
    in_care = Episode.objects.filter(client=OuterRef("client"), closed_date__isnull=True)
    rows = found.filter(Exists(in_care))
    return rows if scopes is None else rows.filter(client_id__in=scopes)


def _plan_item(row: SafetyPlan | SafetyPlanDeclined, at: Place) -> Item:
    read = vars(row)
    since = at.begins(read["on"] - deadlines().safety_plan_review)
    return Item(
        key=str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        owner_id=read["whose"],
        due_at=at.ends(read["on"]),
        visible_from=since,
        escalates_at=since,
        facts={"on": read["on"], "declined": isinstance(row, SafetyPlanDeclined)},
    )


KINDS = (FlagReview(), SafetyPlanReview())
