"""What allauth asks us about signing in."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.areas.organizations import selectors
from handrail.areas.organizations.models import User
from handrail.web.sign_in.attempts import Attempt, attempt_at, forget_attempts
from handrail.web.sign_in.known_device import remember_device


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up but by invitation, and no way in for someone whose every place has ended.

    Wrong passwords are counted by `attempts`; allauth makes an adapter anew for each request.
    """

    _attempt: Attempt | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Say so, after the right password, when this person no longer works anywhere here."""
        if not selectors.places_of(user.pk):
            return render(request, "account/account_inactive.html", status=403)
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """From now on this browser is known to be theirs."""
        answer: HttpResponse = super().post_login(request, user, **more)
        remember_device(request, answer, user)
        return answer

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try at a password; refuse it when there were too many wrong ones."""
        email = str(credentials.get("email", ""))
        attempt = attempt_at(request, email, self.get_client_ip(request))
        if not attempt.begin():
            raise self.validation_error("too_many_login_attempts")
        self._attempt = attempt

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person whose password this is, or None."""
        user: User | None = super().authenticate(request, **credentials)
        if user and self._attempt:
            self._attempt.was_right()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password."""
        if self._attempt:
            self._attempt.was_wrong()

    def set_password(self, user: User, password: str) -> None:
        """Set a new password; tries at the old one no longer count."""
        super().set_password(user, password)
        if self.request is not None:
            forget_attempts(self.request, user.email, self.get_client_ip(self.request))

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not again for a while after signing in: that showed who it is."""
        if self.request is not None:
            shown = get_authentication_records(self.request, self.request.user)
            if shown and time.time() - shown[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
                return False
        return bool(super().is_reauthentication_required(app=app, **more))

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
