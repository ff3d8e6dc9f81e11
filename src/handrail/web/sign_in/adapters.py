"""What allauth asks us about signing in."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.areas.organizations import selectors
from handrail.areas.organizations.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up but by invitation, and no way in for someone whose every place has ended."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Say so, after the right password, when this person no longer works anywhere here."""
        if not selectors.places_of(user.pk):
            return render(request, "account/account_inactive.html", status=403)
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def add_message(self, *arguments: Any, **more: Any) -> None:
        """No "successfully signed in": the page that opens says it."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of authenticator apps encrypted, so that a copied database opens nothing.

    The key comes from HANDRAIL_SECRET_KEY: with another key, second factors are set up anew.
    """

    def encrypt(self, text: str) -> str:
        """What is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What the authenticator app knows."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """One may always remove a factor: the gate asks for a new one where the rule wants it."""
        return True

    def get_totp_label(self, user: User) -> str:
        """What the authenticator app lists it as."""
        return user.email


def _box() -> Fernet:
    digest = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
