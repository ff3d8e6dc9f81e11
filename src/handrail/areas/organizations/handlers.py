"""Writes signing in and out, and refusals at the door, into each organization's audit trail."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from handrail.areas.organizations.models import Membership, User
from handrail.core.access import Actor
from handrail.foundation import tenancy
from handrail.foundation.audit import trail


def listen() -> None:
    """Connect to what Django and allauth tell."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_failed)
    password_changed.connect(_password_changed)
    password_reset.connect(_password_changed)
    authenticator_added.connect(_factor_added)
    authenticator_removed.connect(_factor_removed)


def _signed_in(user: User, **more: Any) -> None:
    _record_everywhere(user, "sign_in")


def _signed_out(user: User | None, **more: Any) -> None:
    if user is not None:
        _record_everywhere(user, "sign_out")


def _failed(credentials: dict[str, Any], **more: Any) -> None:
    """An unknown e-mail belongs to no organization and is counted by the rate limit alone."""
    email = str(credentials.get("email") or credentials.get("username") or "").lower()
    user = User.objects.filter(email=email).first()
    if user is not None:
        _record_everywhere(user, "sign_in.failed")


def _password_changed(user: User, **more: Any) -> None:
    _record_everywhere(user, "password.change")


def _factor_added(user: User, authenticator: Any, **more: Any) -> None:
    _record_everywhere(user, "second_factor.add", kind=authenticator.type)


def _factor_removed(user: User, authenticator: Any, **more: Any) -> None:
    _record_everywhere(user, "second_factor.remove", kind=authenticator.type)


def _record_everywhere(user: User, action: str, **detail: object) -> None:
    """A sign-in concerns every organization the person has a place in."""
    with trail.operation():
        for place in Membership.objects.filter(user=user):
            by = Actor(str(user.id), user.name, place.organization_id, place.role_set)
            with tenancy.within(place.organization_id):
                trail.record(
                    by=by,
                    action=action,
                    subjects=[trail.subject("membership", place.id)],
                    detail=detail,
                )
