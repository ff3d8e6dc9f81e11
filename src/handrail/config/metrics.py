"""`/metrics`, for Prometheus: how the installation is, and nothing about any person."""

from collections.abc import Iterator
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

import handrail
from handrail.foundation import condition, disk
from handrail.foundation.clock import real_now

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")
TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for whoever has the token, or without one for this machine itself.

    To anyone else the page is not there.
    """
    if not _may_read(request):
        raise Http404
    lines = "".join(f"{line}\n" for line in _lines())
    return HttpResponse(lines, content_type=TYPE, headers={"Cache-Control": "no-store"})


def _may_read(request: HttpRequest) -> bool:
    token = settings.HANDRAIL_METRICS_TOKEN
    if token:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    # A proxy on this machine passes strangers on: then the address is its own, not theirs.
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _lines() -> Iterator[str]:
    yield from _gauge("handrail_disk_free_bytes", disk.bytes_free(settings.DATA))
    last = condition.last_backup()
    age = (real_now() - last).total_seconds() if last else None
    yield from _gauge("handrail_backup_age_seconds", age)
    try:
        counted = list(_from_database())
    except DatabaseError:
        yield from _gauge("handrail_database_up", 0)
        return
    yield from _gauge("handrail_database_up", 1)
    yield from counted


def _from_database() -> Iterator[str]:
    yield "# TYPE handrail_info gauge"
    about = f'version="{handrail.__version__}",postgresql="{condition.postgresql_version()}"'
    yield f"handrail_info{{{about}}} 1"
    yield from _gauge("handrail_signed_in_browsers", condition.signed_in_browsers())
    yield from _gauge(
        "handrail_clock_difference_seconds", condition.clock_difference().total_seconds()
    )
    if found := condition.jobs():
        yield "# TYPE handrail_jobs gauge"
        for state in ("waiting", "late", "running", "failed"):
            yield f'handrail_jobs{{state="{state}"}} {getattr(found, state)}'


def _gauge(name: str, value: float | None) -> Iterator[str]:
    if value is not None:
        yield f"# TYPE {name} gauge"
        yield f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
