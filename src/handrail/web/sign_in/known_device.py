"""Browsers that someone has signed in from before: guesses made elsewhere do not lock them out.

A browser keeps one cookie: a random number of its own, and for each account that has signed in
there a mark. A mark is made from that number with the secret key: nobody can make one up, and it
does not say whose it is. It lets nobody in; it only counts wrong passwords apart from others'.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from handrail.areas.organizations.models import User

ACCOUNTS = 20
"""A shared computer remembers so many accounts; who has not signed in longest is forgotten."""
KEPT_SECONDS = 180 * 24 * 3600


def known_device(request: HttpRequest, user: User | None) -> str:
    """The number of this browser when `user` has signed in from it before, else ""."""
    device, marks = _read(request)
    if user is None or not device:
        return ""
    expected = _mark(device, user)
    return device if any(constant_time_compare(one, expected) for one in marks) else ""


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note in the browser that `user` has signed in from it."""
    device, marks = _read(request)
    device = device or secrets.token_urlsafe(16)
    mark = _mark(device, user)
    kept = [mark, *(one for one in marks if one != mark)][:ACCOUNTS]
    response.set_cookie(
        settings.DEVICE_COOKIE,
        ".".join([device, *kept]),
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=not settings.PLAIN_HTTP,
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    device, *marks = request.COOKIES.get(settings.DEVICE_COOKIE, "").split(".")
    return device, marks[:ACCOUNTS]


def _mark(device: str, user: User) -> str:
    made = salted_hmac("handrail.known_device", f"{device}:{user.pk}", algorithm="sha256")
    return made.hexdigest()[:32]
