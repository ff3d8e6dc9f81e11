"""Flags: what everyone who meets a client must know, who owns it, and how it is closed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.models import Client
from handrail.areas.clients.services.entering import (
    different_words,
    local_day,
    locked_client,
    one_line,
    said_day,
    some_lines,
)
from handrail.areas.organizations.models import Membership
from handrail.areas.safety import errors
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.safety.selectors import safety_plans as safety
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, can_access, check_access
from handrail.core.errors import Invalid, raise_any, too_long
from handrail.core.safety_plan import Standing, standing
from handrail.foundation.audit import trail

LONGEST_WHY = 500
LONGEST_FORMULATION = 4_000
FEWEST_WORDS = 5
"""Different words a formulation has at least: more than "ok", "resolved" or a held-down key."""

RISKS = frozenset({FlagKind.SUICIDE, FlagKind.OVERDOSE})
"""Flags about danger to life. They close only upon a safety plan that is up to date, or upon the
recorded reason why there is none.
"""


@transaction.atomic
def raise_flag(
    *,
    client_id: UUID,
    kind: str,
    why: str,
    owner_id: UUID,
    review_date: date | None = None,
    other_client_id: UUID | None = None,
    other_colleague_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Flag:
    """Raise a flag that someone owns, with the day it is looked at again.

    `owner_id` and `other_colleague_id` are memberships. A no-contact flag names one other client
    or one colleague; a risk flag names nobody, and one of each kind is open at a time.
    Raises NotHere when the client or the other is of another organization.
    """
    client = locked_client(client_id, by, Action.RAISE_FLAG)
    words = one_line(why)
    wrong = too_long({"why": words}, {"why": LONGEST_WHY})
    wrong += _with_whom(kind, client, other_client_id, other_colleague_id)
    if kind not in FlagKind.values:
        wrong.append(errors.FlagKindNotChosen())
    if not words:
        wrong.append(errors.FlagWithoutWhy())
    if not may_own(owner_id, by):
        wrong.append(errors.OwnerCannotOwn())
    if review_date and review_date < local_day(at, by):
        wrong.append(errors.ReviewInThePast())
    raise_any(wrong)
    _check_not_raised(client, kind, other_client_id, other_colleague_id)
    made = Flag.objects.create(
        organization_id=by.organization_id,
        client=client,
        kind=kind,
        why=words,
        owner_id=owner_id,
        review_date=review_date,
        other_client_id=other_client_id,
        other_colleague_id=other_colleague_id,
        opened_at=at,
        opened_by=by.name,
    )
    _record(Action.RAISE_FLAG, made, by)
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def close_flag(*, flag_id: UUID, formulation: str, by: Actor, at: datetime) -> Flag:
    """Close a flag on a clinician's grounds: what changed, and why it no longer holds.

    A risk flag needs a safety plan that was gone through since it was raised and is not overdue
    for a look, or the recorded reason why the person would not make one; which of them it was
    stands after the formulation. Errors: PlanInTheWay for that; FlagClosed when it is.
    """
    check_access(by, Action.CLOSE_FLAG)
    found = (
        Flag.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=flag_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.closed_at:
        raise errors.FlagClosed(found.closed_by, found.closed_at)
    words = some_lines(formulation)
    wrong = too_long({"formulation": words}, {"formulation": LONGEST_FORMULATION})
    if different_words(words) < FEWEST_WORDS:
        wrong.append(errors.FormulationTooThin())
    how = _how_with_a_plan(found, by, at) if found.kind in RISKS else None
    if how and not how.lets_close:
        wrong.append(errors.PlanInTheWay(how))
    raise_any(wrong)
    if how:
        words = f"{words}\n\n{_said_of_the_plan(found, how, by)}"
    found.closed_at, found.closed_by, found.formulation = at, by.name, words
    found.save(update_fields=["closed_at", "closed_by", "formulation"])
    _record(Action.CLOSE_FLAG, found, by)
    refresh_due(found, by=by, at=at)
    return found


def _how_with_a_plan(flag: Flag, by: Actor, at: datetime) -> Standing:
    held = safety.held(flag.client_id, by=by)
    return standing(held, since=flag.opened_at, today=local_day(at, by))


def _said_of_the_plan(flag: Flag, how: Standing, by: Actor) -> str:
    """Upon which plan it was closed, or why there is none."""
    version = safety.safety_plan_of(flag.client_id, by=by)
    if how is Standing.CURRENT and version:
        day = said_day(local_day(version.gone_through_at, by))
        number, next_look = version.row.number, said_day(version.next_look)
        return f"Safety plan, version {number}: gone through on {day}, next look {next_look}."
    declined = safety.declined_of(flag.client_id, by=by)[0]
    day = said_day(local_day(declined.recorded_at, by))
    return f"No safety plan; declined on {day}: {declined.reason} Instead: {declined.instead}"


def _with_whom(
    kind: str, client: Client, other_client_id: UUID | None, other_colleague_id: UUID | None
) -> list[Invalid]:
    named = [one for one in (other_client_id, other_colleague_id) if one]
    if kind == FlagKind.NO_CONTACT and len(named) != 1:
        return [errors.NobodyToAvoid()]
    if kind != FlagKind.NO_CONTACT and named:
        return [errors.OnlyNoContactNamesSomeone()]
    if other_client_id == client.pk:
        return [errors.OtherIsTheClient()]
    in_organization = {"organization_id": client.organization_id}
    if (
        other_client_id
        and not Client.objects.filter(pk=other_client_id, **in_organization).exists()
    ):
        raise NotHere
    if other_colleague_id and not _works_here(other_colleague_id, client):
        raise NotHere
    return []


def _works_here(membership_id: UUID, client: Client) -> bool:
    return Membership.objects.filter(
        pk=membership_id, organization_id=client.organization_id
    ).exists()


def may_own(membership_id: UUID, by: Actor) -> bool:
    """Whether this is an active colleague whose role raises flags: they can own one, and a plan."""
    found = Membership.objects.filter(
        pk=membership_id, organization_id=by.organization_id, deactivated_at__isnull=True
    ).first()
    if found is None:
        return False
    owner = Actor(str(found.user_id), "", found.organization_id, found.role_set)
    return can_access(owner, Action.RAISE_FLAG)


def _check_not_raised(
    client: Client, kind: str, other_client_id: UUID | None, other_colleague_id: UUID | None
) -> None:
    same = client.flags.filter(
        kind=kind,
        closed_at__isnull=True,
        other_client_id=other_client_id,
        other_colleague_id=other_colleague_id,
    )
    if same.exists():
        raise errors.FlagOpenAlready


def _record(action: Action, flag: Flag, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[trail.subject("client", flag.client_id), trail.subject("flag", flag.pk)],
    )
