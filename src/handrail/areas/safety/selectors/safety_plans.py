"""Reading safety plans: the one that holds, its versions, the looks at it, and what is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from handrail.areas.clients.models import Client, Contact
from handrail.areas.organizations.models import Membership
from handrail.areas.safety.models import SafetyPlan, SafetyPlanDeclined, SafetyPlanLook
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.dates import read_day
from handrail.core.notes.content import content_hash
from handrail.core.safety_plan import (
    CONTACT,
    Held,
    MeansSaid,
    Naloxone,
    Person,
    Plan,
    lines,
    read_canonical,
)
from handrail.data import safety_plan_wording


@dataclass(frozen=True, slots=True)
class Version:
    """A signed version with what it says. `looks` are newest first; `untouched` says whether the
    text still has the fingerprint it was signed with.
    """

    row: SafetyPlan
    plan: Plan
    looks: tuple[SafetyPlanLook, ...]
    untouched: bool

    @property
    def next_look(self) -> date:
        """When it is looked at again: as the last look said, or else the plan."""
        return self.looks[0].next_look_date if self.looks else self.row.next_look_date

    @property
    def owner(self) -> Membership:
        """Who sees to that."""
        return self.looks[0].owner if self.looks else self.row.owner

    @property
    def gone_through_at(self) -> datetime:
        """When it was last gone through with the person."""
        return self.looks[0].looked_at if self.looks else self.row.signed_at


def safety_plan_of(client_id: UUID, *, by: Actor) -> Version | None:
    """The newest version of a client's safety plan; None when there is none. Two queries."""
    check_access(by, Action.READ_CHART)
    row = _plans(by).filter(client=client_id).order_by("-number").first()
    return _version(row) if row else None


def when_of_safety_plan(client_id: UUID, *, by: Actor) -> tuple[datetime, date] | None:
    """When the plan was last gone through, and when next; None without a plan. One query."""
    check_access(by, Action.READ_CHART)
    looks = SafetyPlanLook.objects.filter(plan=OuterRef("pk")).order_by("-looked_at", "id")
    return (
        SafetyPlan.objects.filter(organization_id=by.organization_id, client=client_id)
        .annotate(
            gone=Coalesce(Subquery(looks.values("looked_at")[:1]), F("signed_at")),
            following=Coalesce(Subquery(looks.values("next_look_date")[:1]), F("next_look_date")),
        )
        .order_by("-number")
        .values_list("gone", "following")
        .first()
    )


def safety_plan_version(client_id: UUID, plan_id: UUID, *, by: Actor) -> Version:
    """One version. Raises NotHere for one that is not this client's."""
    check_access(by, Action.READ_CHART)
    row = _plans(by).filter(client=client_id, pk=plan_id).first()
    if row is None:
        raise NotHere
    return _version(row)


def safety_plan_versions(client_id: UUID, *, by: Actor) -> tuple[SafetyPlan, ...]:
    """Every version, newest first, without its text."""
    check_access(by, Action.READ_CHART)
    return tuple(_plans(by).filter(client=client_id).defer("content").order_by("-number"))


def declined_of(client_id: UUID, *, by: Actor) -> tuple[SafetyPlanDeclined, ...]:
    """Each time the person would not make a plan, newest first."""
    check_access(by, Action.READ_CHART)
    rows = SafetyPlanDeclined.objects.filter(organization_id=by.organization_id, client=client_id)
    return tuple(rows.select_related("owner__user").order_by("-recorded_at", "id"))


def held(client_id: UUID, *, by: Actor) -> Held:
    """What the closing of a concern asks about the person's plan."""
    version = safety_plan_of(client_id, by=by)
    declined = declined_of(client_id, by=by)
    return Held(
        gone_through_at=version.gone_through_at if version else None,
        next_look=version.next_look if version else None,
        declined_at=declined[0].recorded_at if declined else None,
    )


def plan_from(texts: Mapping[str, str], client: Client, *, by: Actor) -> Plan:
    """The plan that the texts of a draft make, with the contacts and the owner as they are now."""
    wording = safety_plan_wording()
    return Plan(
        said={one.code: lines(texts.get(one.code, "")) for one in wording.parts},
        people=_people(texts, client),
        means=tuple(
            MeansSaid(one.code, texts.get(one.code, ""), _one(texts, f"{one.code}_agreed"))
            for one in wording.means
        ),
        naloxone=Naloxone(
            texts.get("naloxone", ""),
            read_day(texts.get("naloxone_date", "")),
            _one(texts, "naloxone_by"),
            _one(texts, "naloxone_shown"),
        ),
        after_hours=_one(texts, "after_hours"),
        next_look=read_day(texts.get("next_look", "")),
        owner=_owner(texts.get("owner", ""), by),
        agreed_name=_one(texts, "agreed_name"),
    )


def texts_of(version: Version, client: Client) -> dict[str, str]:
    """The texts with which a new version begins: what the last one says, to be gone through anew.

    Who agrees and when it is looked at again are asked anew.
    """
    plan = version.plan
    begun = {code: "\n".join(said) for code, said in plan.said.items()}
    begun |= {
        name: text
        for one in plan.means
        for name, text in ((one.code, one.answer), (f"{one.code}_agreed", one.agreed))
    }
    known = {(one.name, one.phone) for one in plan.people}
    for one in client.contacts.filter(ended_at__isnull=True):
        if (one.name, one.phone) in known:
            begun[f"{CONTACT}{one.pk}"] = "yes"
    given = plan.naloxone.given_date
    return begun | {
        "naloxone": plan.naloxone.answer,
        "naloxone_date": f"{given:%-m/%-d/%Y}" if given else "",
        "naloxone_by": plan.naloxone.by,
        "naloxone_shown": plan.naloxone.shown,
        "after_hours": plan.after_hours,
        "owner": str(version.owner.pk),
    }


def _plans(by: Actor) -> QuerySet[SafetyPlan]:
    return SafetyPlan.objects.filter(organization_id=by.organization_id).select_related(
        "owner__user"
    )


def _version(row: SafetyPlan) -> Version:
    looks = row.looks.select_related("owner__user").order_by("-looked_at", "id")
    return Version(
        row,
        read_canonical(row.content),
        tuple(looks),
        untouched=content_hash(row.content) == row.content_hash,
    )


def _people(texts: Mapping[str, str], client: Client) -> tuple[Person, ...]:
    chosen = {key.removeprefix(CONTACT) for key, text in texts.items() if _is_chosen(key, text)}
    if not chosen:
        return ()
    rows: list[Contact] = list(
        client.contacts.filter(pk__in=chosen, ended_at__isnull=True).order_by("recorded_at", "id")
    )
    return tuple(
        Person(one.name, str(one.get_relationship_display()).lower(), one.phone) for one in rows
    )


def _is_chosen(key: str, text: str) -> bool:
    return key.startswith(CONTACT) and text == "yes"


def _owner(key: str, by: Actor) -> str:
    try:
        found = Membership.objects.filter(
            pk=UUID(key), organization_id=by.organization_id, deactivated_at__isnull=True
        ).select_related("user")
    except ValueError:
        return ""
    return next((one.user.name for one in found), "")


def _one(texts: Mapping[str, str], name: str) -> str:
    return " ".join(texts.get(name, "").split())
