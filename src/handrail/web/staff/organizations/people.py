"""People who work here: who, in which roles, with which licenses; inviting, changing, ending."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.organizations import selectors, services
from handrail.areas.organizations.models import Credential, Invitation, Membership
from handrail.core.access import Action, Role, Subject, can_access
from handrail.foundation import clock
from handrail.integrations import mail
from handrail.web.staff import saying
from handrail.web.staff.frame import Frame, frame
from handrail.web.staff.gate import staff, still_me
from handrail.web.staff.request import StaffRequest


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role to choose, with what someone in it does."""

    value: str
    words: str
    does: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class LicenseLine:
    """A license on file: what, from whom, until when, and whether it needs looking at."""

    credential_id: UUID
    title: str
    short: str
    number: str
    issuer: str
    until: str
    mark: str
    mark_words: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list."""

    membership_id: UUID
    name: str
    roles: str
    licenses: tuple[LicenseLine, ...]
    ended: str


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One open invitation in the list."""

    invitation_id: UUID
    name: str
    email: str
    roles: str
    until: str
    expired: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everyone who works here, and who is invited."""

    frame: Frame
    people: tuple[PersonLine, ...]
    ended: tuple[PersonLine, ...]
    invitations: tuple[InvitationLine, ...]
    may_invite: bool


@dataclass(frozen=True, slots=True)
class InvitePage:
    """The form for inviting someone, as typed."""

    frame: Frame
    name: str
    email: str
    roles: tuple[RoleChoice, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """What happened after inviting; the link is shown in the demo alone."""

    frame: Frame
    email: str
    link: str


@dataclass(frozen=True, slots=True)
class LicenseForm:
    """A license as typed."""

    title: str = ""
    short: str = ""
    number: str = ""
    issuer: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: roles, licenses, access, and what of it the reader may change."""

    frame: Frame
    membership_id: UUID
    name: str
    email: str
    ended: str
    roles: tuple[RoleChoice, ...]
    licenses: tuple[LicenseLine, ...]
    form: LicenseForm
    may_change_roles: bool
    may_end: bool
    may_begin_again: bool
    may_record: bool
    is_me: bool
    problem: str = ""
    problem_at: str = ""


# ---- everyone ----------------------------------------------------------------------------------


@require_safe
@staff(Action.SEE_PEOPLE)
def everyone(request: StaffRequest) -> HttpResponse:
    """List who works here."""
    actor = request.actor
    zone = request.rules.zone
    lines = [_person_line(one, zone) for one in selectors.people(by=actor)]
    may_invite = can_access(actor, Action.INVITE)
    open_ones = selectors.open_invitations(by=actor) if may_invite else []
    page = PeoplePage(
        frame=frame(request, "People", here="staff:people"),
        people=tuple(one for one in lines if not one.ended),
        ended=tuple(one for one in lines if one.ended),
        invitations=tuple(_invitation_line(one, zone) for one in open_ones),
        may_invite=may_invite,
    )
    return render(request, "staff/organizations/people.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.INVITE)
@still_me
def invite(request: StaffRequest) -> HttpResponse:
    """Invite someone by e-mail."""
    name, email = request.POST.get("name", ""), request.POST.get("email", "")
    roles = _posted_roles(request)
    if request.method != "POST":
        return _show_invite(request, name, email, roles)
    try:
        invited = services.invite(
            email=email,
            name=name,
            roles=roles,
            by=request.actor,
            at=clock.now(),
        )
    except services.Mistaken as problem:
        return _show_invite(request, name, email, roles, str(problem))
    link = request.build_absolute_uri(reverse("join", args=[invited.token]))
    # Only once the invitation is kept; a letter about one that was undone would open nothing.
    transaction.on_commit(partial(mail.send_invitation, to=invited.invitation.email, link=link))
    page = InvitedPage(
        frame(request, "Invited", here="staff:people"),
        invited.invitation.email,
        link if settings.DEMO else "",
    )
    return render(request, "staff/organizations/invited.jinja", {"page": page})


def _show_invite(
    request: StaffRequest, name: str, email: str, roles: frozenset[Role], problem: str = ""
) -> HttpResponse:
    page = InvitePage(
        frame=frame(request, "Invite someone", here="staff:people"),
        name=name,
        email=email,
        roles=_choices(roles),
        problem=problem,
    )
    return render(
        request, "staff/organizations/invite.jinja", {"page": page}, status=400 if problem else 200
    )


@require_POST
@staff(Action.CANCEL_INVITATION)
def cancel_invitation(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Close an invitation nobody has used."""
    services.cancel_invitation(
        invitation_id=invitation_id,
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "The invitation is canceled; its link opens nothing now.")
    return redirect("staff:people")


# ---- one person --------------------------------------------------------------------------------


@require_safe
@staff(Action.SEE_PEOPLE)
def person(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Show one person."""
    return _show_person(request, membership_id)


@require_POST
@staff(Action.CHANGE_ROLES)
@still_me
def roles(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Give the person other roles."""
    change = partial(services.change_roles, roles=_posted_roles(request))
    return _change(request, membership_id, change, "The roles are changed.", at="roles")


@require_POST
@staff(Action.DEACTIVATE)
@still_me
def deactivate(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """End the person's access."""
    done = "Access is ended, and so are the sessions that were open here."
    return _change(request, membership_id, services.deactivate, done, at="access")


@require_POST
@staff(Action.REACTIVATE)
@still_me
def reactivate(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Give the person access again."""
    return _change(request, membership_id, services.reactivate, "Access is back.", at="access")


@require_POST
@staff(Action.RECORD_CREDENTIAL)
def license_(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Put a license on file."""
    typed = LicenseForm(
        **{key: request.POST.get(key, "")[:120] for key in LicenseForm.__dataclass_fields__}
    )
    try:
        expires_date = date.fromisoformat(typed.expires) if typed.expires else None
        services.record_credential(
            membership_id=membership_id,
            title=typed.title,
            short=typed.short[:20],
            number=typed.number[:60],
            issuer=typed.issuer,
            expires_date=expires_date,
            by=request.actor,
            at=clock.now(),
        )
    except services.Mistaken as problem:
        return _show_person(request, membership_id, str(problem), "license", typed)
    except ValueError:
        words = "That is not a day. Write it as 2027-06-30, or leave it empty."
        return _show_person(request, membership_id, words, "license", typed)
    messages.success(request, "The license is on file.")
    return redirect("staff:person", membership_id=membership_id)


@require_POST
@staff(Action.VOID_CREDENTIAL)
def void_license(request: StaffRequest, credential_id: UUID) -> HttpResponse:
    """Take back a license recorded by mistake."""
    found = services.void_credential(
        credential_id=credential_id,
        reason=request.POST.get("reason", "")[:300] or "Recorded by mistake",
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "The license is voided; it stays on file as such.")
    return redirect("staff:person", membership_id=found.membership_id)


def _change(
    request: StaffRequest,
    membership_id: UUID,
    service: Callable[..., Membership],
    done: str,
    *,
    at: str,
) -> HttpResponse:
    """Do it and come back, or show the person's page with what was wrong."""
    try:
        service(
            membership_id=membership_id,
            by=request.actor,
            at=clock.now(),
        )
    except services.Mistaken as problem:
        return _show_person(request, membership_id, str(problem), at)
    messages.success(request, done)
    return redirect("staff:person", membership_id=membership_id)


def _show_person(
    request: StaffRequest,
    membership_id: UUID,
    problem: str = "",
    problem_at: str = "",
    form: LicenseForm | None = None,
) -> HttpResponse:
    actor = request.actor
    zone = request.rules.zone
    found = selectors.person(membership_id, by=actor)
    about = Subject(found.organization_id, found.state, str(found.user_id))
    line = _person_line(found, zone)
    page = PersonPage(
        frame=frame(request, found.user.name, here="staff:people"),
        membership_id=found.pk,
        name=found.user.name,
        email=found.user.email,
        ended=line.ended,
        roles=_choices(found.role_set),
        licenses=line.licenses,
        form=form or LicenseForm(),
        may_change_roles=can_access(actor, Action.CHANGE_ROLES, about),
        may_end=can_access(actor, Action.DEACTIVATE, about),
        may_begin_again=can_access(actor, Action.REACTIVATE, about),
        may_record=can_access(actor, Action.RECORD_CREDENTIAL, about),
        is_me=str(found.user_id) == actor.id,
        problem=problem,
        problem_at=problem_at,
    )
    return render(
        request, "staff/organizations/person.jinja", {"page": page}, status=400 if problem else 200
    )


# ---- in words ----------------------------------------------------------------------------------


def _posted_roles(request: StaffRequest) -> frozenset[Role]:
    known = {str(role) for role in Role}
    return frozenset(Role(one) for one in request.POST.getlist("roles") if one in known)


def _choices(chosen: frozenset[Role]) -> tuple[RoleChoice, ...]:
    return tuple(RoleChoice(str(one), one.words, one.does, one in chosen) for one in Role)


def _said(roles: frozenset[Role]) -> str:
    return ", ".join(one.words for one in Role if one in roles)


def _person_line(found: Membership, zone: str) -> PersonLine:
    today = clock.today(zone)
    return PersonLine(
        membership_id=found.pk,
        name=found.user.name,
        roles=_said(found.role_set),
        licenses=tuple(_license_line(one, today) for one in found.credentials.all()),
        ended=saying.moment(found.deactivated_at, zone) if found.deactivated_at else "",
    )


def _license_line(found: Credential, today: date) -> LicenseLine:
    days = found.days_left(today)
    mark, words = "ok", "valid"
    if days is not None and days < 0:
        mark, words = "risk", f"ran out {saying.until(days)}"
    elif days is not None and days <= 60:
        mark, words = "watch", f"runs out {saying.until(days)}"
    return LicenseLine(
        credential_id=found.pk,
        title=found.title,
        short=found.short,
        number=found.number,
        issuer=found.issuer,
        until=saying.day(found.expires_date) if found.expires_date else "no end",
        mark=mark,
        mark_words=words,
    )


def _invitation_line(found: Invitation, zone: str) -> InvitationLine:
    now = clock.now()
    return InvitationLine(
        invitation_id=found.pk,
        name=found.name,
        email=found.email,
        roles=_said(frozenset(Role(one) for one in found.roles)),
        until=saying.moment(found.expires_at, zone),
        expired=now >= found.expires_at,
    )
