"""The demo's accounts, for the sign-in page: there and nowhere else."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One demo account as the sign-in page lists it."""

    role: str
    name: str
    email: str
    remark: str = ""


def shown(request: HttpRequest) -> dict[str, object]:
    """What the sign-in page may show: nothing unless this is the demo."""
    if not settings.DEMO:
        return {"demo_accounts": (), "demo_password": ""}
    return {
        "demo_accounts": [DemoAccount(*one) for one in settings.DEMO_ACCOUNTS],
        "demo_password": settings.DEMO_PASSWORD,
    }
