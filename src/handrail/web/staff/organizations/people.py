"""People who work here: who, in which roles, with which licenses; inviting, changing, ending."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.organizations import selectors, services
from handrail.core.access import Action, Role, can_access
from handrail.foundation import clock
from handrail.integrations import mail
from handrail.web.kit import forms
from handrail.web.kit.access import staff, still_me
from handrail.web.kit.page import show
from handrail.web.kit.request import StaffRequest

ROLES = [(one, format_html("<b>{}.</b> {}", one.words, one.does)) for one in Role]
NO_ROLE = "Choose at least one role: without one a person can do nothing here."


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    name = forms.Text(
        "Name",
        max_length=services.LONGEST_NAME,
        help_text="As it should stand on notes.",
        missing="Enter the person’s name.",
    )
    email = forms.Email("Work e-mail")
    roles = forms.Many("Roles: choose all that apply", ROLES, read=Role, missing=NO_ROLE)


class RolesForm(forms.Form):
    """Somebody's roles."""

    key = "roles"
    roles = forms.Many("Choose all that apply", ROLES, read=Role, missing=NO_ROLE)


class LicenseForm(forms.Form):
    """A license or certificate, as it stands on paper."""

    key = "license"
    _most = services.LONGEST_OF_A_LICENSE
    title = forms.Text(
        "What it is called",
        max_length=_most["title"],
        help_text="For example: Licensed Professional Counselor",
    )
    short = forms.Text(
        "Letters behind the name",
        max_length=_most["short"],
        required=False,
        help_text="For example: LPC",
    )
    issuer = forms.Text("Issued by", max_length=_most["issuer"])
    number = forms.Text("Number", max_length=_most["number"], required=False)
    expires_date = forms.Day(
        "Expires on", calendar=True, required=False, help_text="Leave empty when it has no end."
    )


class AccessForm(forms.Form):
    """The button that ends access or gives it again."""

    key = "access"


# ---- everyone ----------------------------------------------------------------------------------


@require_safe
@staff(Action.SEE_PEOPLE)
def everyone(request: StaffRequest) -> HttpResponse:
    """List who works here."""
    found = selectors.people(by=request.actor)
    may_invite = can_access(request.actor, Action.INVITE)
    return show(
        request,
        "staff/organizations/people.jinja",
        "People",
        here="staff:people",
        people=[one for one in found if not one.deactivated_at],
        ended=[one for one in found if one.deactivated_at],
        invitations=selectors.open_invitations(by=request.actor) if may_invite else (),
        today=clock.today(request.rules.zone),
        now=clock.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.INVITE)
@still_me
def invite(request: StaffRequest) -> HttpResponse:
    """Invite someone by e-mail."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.submit(services.invite, by=request.actor, at=clock.now()):
        return _invited(request, form.result)
    return show(
        request,
        "staff/organizations/invite.jinja",
        "Invite someone",
        here="staff:people",
        status=form.status,
        form=form,
    )


def _invited(request: StaffRequest, invited: services.Invited) -> HttpResponse:
    link = request.build_absolute_uri(reverse("join", args=[invited.token]))
    email = invited.invitation.email
    # Only once the invitation is kept; a letter about one that was undone would open nothing.
    transaction.on_commit(partial(mail.send_invitation, to=email, link=link))
    return show(
        request,
        "staff/organizations/invited.jinja",
        "Invited",
        here="staff:people",
        email=email,
        link=link if settings.DEMO else "",
    )


@require_POST
@staff(Action.CANCEL_INVITATION)
def cancel_invitation(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Close an invitation nobody has used."""
    services.cancel_invitation(invitation_id=invitation_id, by=request.actor, at=clock.now())
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
    form = RolesForm(request.POST)
    return _change(request, membership_id, form, services.change_roles, "The roles are changed.")


@require_POST
@staff(Action.DEACTIVATE)
@still_me
def deactivate(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """End the person's access."""
    form = AccessForm(request.POST)
    done = "Access is ended, and so are the sessions that were open here."
    return _change(request, membership_id, form, services.deactivate, done)


@require_POST
@staff(Action.REACTIVATE)
@still_me
def reactivate(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Give the person access again."""
    form = AccessForm(request.POST)
    return _change(request, membership_id, form, services.reactivate, "Access is back.")


@require_POST
@staff(Action.RECORD_CREDENTIAL)
def license_(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Put a license on file."""
    form = LicenseForm(request.POST)
    done = "The license is on file."
    return _change(request, membership_id, form, services.record_credential, done)


@require_POST
@staff(Action.VOID_CREDENTIAL)
def void_license(request: StaffRequest, credential_id: UUID) -> HttpResponse:
    """Take back a license recorded by mistake."""
    found = services.void_credential(
        credential_id=credential_id,
        reason="Recorded by mistake",
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "The license is voided; it stays on file as such.")
    return redirect("staff:person", membership_id=found.membership_id)


def _change(
    request: StaffRequest,
    membership_id: UUID,
    form: forms.Form,
    service: Callable[..., object],
    done: str,
) -> HttpResponse:
    """Do it and come back, or show the person's page with what was wrong."""
    if form.submit(service, membership_id=membership_id, by=request.actor, at=clock.now()):
        messages.success(request, done)
        return redirect("staff:person", membership_id=membership_id)
    return _show_person(request, membership_id, form)


def _show_person(
    request: StaffRequest, membership_id: UUID, posted: forms.Form | None = None
) -> HttpResponse:
    found = selectors.person(membership_id, by=request.actor)
    on_page: list[forms.Form] = [
        RolesForm(initial={"roles": found.roles}),
        LicenseForm(),
        AccessForm(),
    ]
    shown = {one.key: one for one in on_page} | ({posted.key: posted} if posted else {})
    return show(
        request,
        "staff/organizations/person.jinja",
        found.user.name,
        here="staff:people",
        status=posted.status if posted else 200,
        person=found,
        forms=shown,
        today=clock.today(request.rules.zone),
    )
