"""What can be done about organizations and the people who work there.

Each function is one use case, in one transaction with its audit entry. `by` is who does it, `at`
when. They run inside an organization (`tenancy.within`), except where said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from handrail.areas.organizations.errors import (
    InvitationUnusable,
    NotAnEmail,
    PasswordWeak,
    PasswordWrong,
    RolesMissing,
    WorksHereAlready,
    ZoneUnknown,
)
from handrail.areas.organizations.models import (
    Credential,
    Invitation,
    Membership,
    Organization,
    OrganizationSettings,
    SecondFactor,
    StaffSession,
    User,
)
from handrail.areas.worklist.services import rebuild, refresh_due
from handrail.core.access import (
    Action,
    Actor,
    NotHere,
    Role,
    State,
    Subject,
    check_access,
    check_role_change,
    system_actor,
)
from handrail.core.errors import Invalid, Missing, NotAChoice, OutOfRange, raise_any, too_long
from handrail.foundation import tenancy
from handrail.foundation.audit import trail

INVITATION_LASTS = timedelta(days=7)
_SALT = "handrail.invitation"

IDLE_MINUTES = (5, 60)
"""After how few and how many minutes without use somebody is signed out."""
LONGEST_AFTER_HOURS = 200
LONGEST_NAME = 150
LONGEST_REASON = 300
LONGEST_OF_A_LICENSE = {"title": 120, "short": 20, "number": 60, "issuer": 120}
"""Characters that there is room for."""


# ---- organizations -----------------------------------------------------------------------------


def found_organization(
    *,
    name: str,
    zone: str,
    by_system: str,
    at: datetime,
    organization_id: UUID | None = None,
    second_factor: SecondFactor = SecondFactor.EVERYONE,
) -> Organization:
    """Begin an organization with its rules. Only a system actor can; opens its own transaction."""
    key = organization_id or uuid4()
    by = system_actor(by_system, key)
    check_access(by, Action.FOUND_ORGANIZATION)
    _check_zone(zone)
    with tenancy.within(key):
        made = Organization.objects.create(id=key, name=name, created_at=at)
        OrganizationSettings.objects.create(
            organization=made, zone=zone, second_factor=second_factor
        )
        trail.record(
            by=by,
            action=Action.FOUND_ORGANIZATION,
            subjects=[trail.subject("organization", key)],
        )
    return made


@transaction.atomic
def change_settings(
    *,
    zone: str,
    second_factor: str,
    idle_minutes: int,
    after_hours: str | None = None,
    by: Actor,
    at: datetime,
) -> OrganizationSettings:
    """Change the organization's rules: its time zone, who needs a second factor, idle sign-out,
    and whom clients reach when it is closed (None leaves that as it is).
    """
    check_access(by, Action.CHANGE_SETTINGS)
    _check_zone(zone)
    if second_factor not in SecondFactor.values:
        raise NotAChoice().at("second_factor")
    least, most = IDLE_MINUTES
    if not least <= idle_minutes <= most:
        raise OutOfRange(least, most).at("idle_minutes")
    raise_any(too_long({"after_hours": after_hours or ""}, {"after_hours": LONGEST_AFTER_HOURS}))
    rules = OrganizationSettings.objects.select_for_update().get(organization_id=by.organization_id)
    after: dict[str, object] = {
        "zone": zone,
        "second_factor": second_factor,
        "idle_minutes": idle_minutes,
    }
    if after_hours is not None:
        after["after_hours"] = " ".join(after_hours.split())
    changed = {
        field: [getattr(rules, field), value]
        for field, value in after.items()
        if getattr(rules, field) != value
    }
    if not changed:
        return rules
    for field, value in after.items():
        setattr(rules, field, value)
    rules.save()
    trail.record(
        by=by,
        action=Action.CHANGE_SETTINGS,
        subjects=[trail.subject("organization", by.organization_id)],
        detail={"changed": changed},
    )
    if "zone" in changed:  # every day begins and ends at another moment now
        rebuild(organization_id=by.organization_id, by_name=by.name, at=at)
    return rules


def switch_organization(*, user_id: UUID, organization_id: UUID, at: datetime) -> Actor:
    """Begin to work in another of one's organizations; its trail says so. Own transaction."""
    found = (
        Membership.objects.filter(
            user_id=user_id, organization_id=organization_id, deactivated_at__isnull=True
        )
        .select_related("user")
        .first()
    )
    if found is None:
        raise NotHere
    by = Actor(str(user_id), found.user.name, organization_id, found.role_set)
    with tenancy.within(organization_id):
        trail.record(
            by=by,
            action="organization.switch",
            subjects=[trail.subject("membership", found.id)],
        )
    return by


def _check_zone(zone: str) -> None:
    if zone not in available_timezones():
        raise ZoneUnknown


# ---- invitations -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and the word for its link, which is not stored anywhere."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(*, email: str, name: str, roles: Iterable[Role], by: Actor, at: datetime) -> Invited:
    """Open the door for one person. The caller sends the link; an older open one is replaced."""
    check_access(by, Action.INVITE)
    given = _some_roles(roles)
    check_role_change(by, before=(), after=given, other_administrators=1)
    address = email.strip().lower()
    wrong: list[Invalid] = too_long({"name": name.strip()}, {"name": LONGEST_NAME})
    if not name.strip():
        wrong.append(Missing().at("name"))
    if not _is_email(address):
        wrong.append(NotAnEmail())
    elif _works_here(address, by.organization_id):
        wrong.append(WorksHereAlready())
    raise_any(wrong)
    _cancel_open(address, by=by, at=at)
    made = Invitation.objects.create(
        organization_id=by.organization_id,
        email=address,
        name=name.strip(),
        roles=sorted(given),
        created_at=at,
        invited_by=by.name,
        expires_at=at + INVITATION_LASTS,
    )
    trail.record(
        by=by,
        action=Action.INVITE,
        subjects=[trail.subject("invitation", made.id)],
        detail={"roles": sorted(given)},
    )
    return Invited(made, signing.dumps([str(by.organization_id), str(made.id)], salt=_SALT))


@transaction.atomic
def cancel_invitation(*, invitation_id: UUID, by: Actor, at: datetime) -> Invitation:
    """Close a door nobody has gone through yet."""
    found = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if found is None:
        raise NotHere
    check_access(by, Action.CANCEL_INVITATION, Subject(found.organization_id, found.state(at)))
    _cancel(found, by=by, at=at)
    return found


def read_invitation(token: str, *, at: datetime) -> tuple[Invitation, bool] | None:
    """The open invitation behind a link, and whether its e-mail signs someone in already.

    None when the link is not ours, used, canceled or out of date: the visitor is told no more.
    Opens its own transaction, since the visitor has no organization yet.
    """
    try:
        organization_id, key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    with tenancy.within(UUID(organization_id)):
        found = (
            Invitation.objects.select_related("organization")
            .filter(pk=key, organization_id=organization_id)
            .first()
        )
        if found is None or found.state(at) is not State.OPEN:
            return None
        return found, User.objects.filter(email=found.email).exists()


def accept_invitation(*, token: str, password: str, at: datetime) -> Membership:
    """Take the place one was invited to. Opens its own transaction.

    Someone new chooses a password; someone who signs in already proves it with theirs.
    Errors: InvitationUnusable; PasswordWrong; PasswordWeak.
    """
    try:
        organization_id, key = signing.loads(token, salt=_SALT)
    except signing.BadSignature as wrong:
        raise InvitationUnusable from wrong
    with tenancy.within(UUID(organization_id)):
        found = Invitation.objects.select_for_update().filter(pk=key).first()
        if found is None or found.state(at) is not State.OPEN:
            raise InvitationUnusable
        user = _known_or_new_user(found, password, at)
        made = Membership.objects.create(
            organization_id=found.organization_id,
            user=user,
            roles=found.roles,
            created_at=at,
        )
        found.accepted_at = at
        found.save(update_fields=["accepted_at"])
        trail.record(
            by=Actor(str(user.id), user.name, found.organization_id, made.role_set),
            action="people.accept_invitation",
            subjects=[
                trail.subject("invitation", found.id),
                trail.subject("membership", made.id),
            ],
        )
    return made


def _known_or_new_user(found: Invitation, password: str, at: datetime) -> User:
    user = User.objects.filter(email=found.email).first()
    if user:
        if not user.check_password(password):
            raise PasswordWrong
        return user
    user = User(email=found.email, name=found.name, created_at=at)
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        raise PasswordWeak(tuple(wrong.messages)) from wrong
    user.set_password(password)
    user.save(force_insert=True)
    # Who opened the link has shown that the address is theirs.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _works_here(email: str, organization_id: UUID) -> bool:
    return Membership.objects.filter(user__email=email, organization_id=organization_id).exists()


def _cancel_open(email: str, *, by: Actor, at: datetime) -> None:
    open_ones = Invitation.objects.select_for_update().filter(
        email=email, accepted_at__isnull=True, canceled_at__isnull=True
    )
    for one in open_ones:
        _cancel(one, by=by, at=at)


def _cancel(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    invitation.canceled_at, invitation.canceled_by = at, by.name
    invitation.save(update_fields=["canceled_at", "canceled_by"])
    trail.record(
        by=by,
        action=Action.CANCEL_INVITATION,
        subjects=[trail.subject("invitation", invitation.id)],
    )


# ---- people ------------------------------------------------------------------------------------


@transaction.atomic
def change_roles(
    *, membership_id: UUID, roles: Iterable[Role], by: Actor, at: datetime
) -> Membership:
    """Give someone other roles. They hold from the person's next click on."""
    found = _locked(membership_id, by)
    check_access(by, Action.CHANGE_ROLES, found.subject)
    before, after = found.role_set, _some_roles(roles)
    check_role_change(
        by, before=before, after=after, other_administrators=_other_administrators(found)
    )
    if before == after:
        return found
    found.roles = sorted(after)
    found.save(update_fields=["roles"])
    _record(found, Action.CHANGE_ROLES, by, {"roles": [sorted(before), sorted(after)]})
    return found


@transaction.atomic
def deactivate(*, membership_id: UUID, by: Actor, at: datetime) -> Membership:
    """End someone's access here. Their open sessions in this organization end at once."""
    found = _locked(membership_id, by)
    check_access(by, Action.DEACTIVATE, found.subject)
    if Role.ADMINISTRATOR in found.role_set:
        check_role_change(
            by,
            before=found.role_set,
            after=found.role_set - {Role.ADMINISTRATOR} or {Role.FACILITATOR},
            other_administrators=_other_administrators(found),
        )
    found.deactivated_at, found.deactivated_by = at, by.name
    found.save(update_fields=["deactivated_at", "deactivated_by"])
    ended, _ = StaffSession.objects.filter(
        user_id=found.user_id, organization_id=found.organization_id
    ).delete()
    _record(found, Action.DEACTIVATE, by, {"sessions_ended": ended})
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def reactivate(*, membership_id: UUID, by: Actor, at: datetime) -> Membership:
    """Give someone access again, with the roles they had."""
    found = _locked(membership_id, by)
    check_access(by, Action.REACTIVATE, found.subject)
    check_role_change(by, before=(), after=found.role_set, other_administrators=1)
    found.deactivated_at, found.deactivated_by = None, ""
    found.save(update_fields=["deactivated_at", "deactivated_by"])
    _record(found, Action.REACTIVATE, by, {"roles": found.roles})
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def record_credential(
    *,
    membership_id: UUID,
    title: str,
    short: str,
    number: str,
    issuer: str,
    expires_date: date | None,
    by: Actor,
    at: datetime,
) -> Credential:
    """Put a license or certificate on file, with the day it runs out (None: it does not)."""
    found = _locked(membership_id, by)
    check_access(by, Action.RECORD_CREDENTIAL, found.subject)
    texts = {"title": title, "short": short, "number": number, "issuer": issuer}
    texts = {name: text.strip() for name, text in texts.items()}
    wrong = too_long(texts, LONGEST_OF_A_LICENSE)
    wrong += [Missing().at(name) for name in ("title", "issuer") if not texts[name]]
    raise_any(wrong)
    made = Credential.objects.create(
        organization_id=found.organization_id,
        membership=found,
        **texts,
        expires_date=expires_date,
        recorded_at=at,
        recorded_by=by.name,
    )
    trail.record(
        by=by,
        action=Action.RECORD_CREDENTIAL,
        subjects=[
            trail.subject("membership", found.id),
            trail.subject("credential", made.id),
        ],
    )
    refresh_due(made, by=by, at=at)
    return made


@transaction.atomic
def void_credential(*, credential_id: UUID, reason: str, by: Actor, at: datetime) -> Credential:
    """Take back a license that was recorded by mistake; it stays on file as voided."""
    found = (
        Credential.objects.select_for_update(of=("self",))
        .select_related("membership")
        .filter(pk=credential_id)
        .first()
    )
    if found is None:
        raise NotHere
    about = str(found.membership.user_id)
    check_access(by, Action.VOID_CREDENTIAL, Subject(found.organization_id, found.state, about))
    if not reason.strip():
        raise Missing().at("reason")
    raise_any(too_long({"reason": reason.strip()}, {"reason": LONGEST_REASON}))
    found.voided_at, found.voided_by, found.void_reason = at, by.name, reason.strip()
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    trail.record(
        by=by,
        action=Action.VOID_CREDENTIAL,
        subjects=[
            trail.subject("membership", found.membership_id),
            trail.subject("credential", found.id),
        ],
        detail={"reason": found.void_reason},
    )
    refresh_due(found, by=by, at=at)
    return found


def _some_roles(roles: Iterable[Role]) -> frozenset[Role]:
    given = frozenset(roles)
    if not given:
        raise RolesMissing
    return given


def _locked(membership_id: UUID, by: Actor) -> Membership:
    """The membership, locked; memberships lie outside row-level security, so NotHere is ours."""
    found = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=membership_id, organization_id=by.organization_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def _other_administrators(membership: Membership) -> int:
    # Locked, so that two administrators cannot unmake each other at the same moment.
    others = Membership.objects.select_for_update().filter(
        organization_id=membership.organization_id,
        roles__contains=[Role.ADMINISTRATOR],
        deactivated_at__isnull=True,
    )
    return len(others.exclude(pk=membership.pk))


def _record(membership: Membership, action: Action, by: Actor, detail: dict[str, object]) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[trail.subject("membership", membership.id)],
        detail=detail,
    )
