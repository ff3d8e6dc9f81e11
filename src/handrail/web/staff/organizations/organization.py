"""The organization's rules."""

from dataclasses import dataclass
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.organizations import services
from handrail.areas.organizations.models import SecondFactor
from handrail.core.access import Action, can_access
from handrail.foundation import clock
from handrail.web.staff.frame import Frame, frame
from handrail.web.staff.gate import staff, still_me
from handrail.web.staff.request import StaffRequest

ZONES = tuple(
    sorted(
        one
        for one in available_timezones()
        if one.startswith(("America/", "Pacific/")) or one in {"UTC", "Europe/London"}
    )
)


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """The rules as they are, or as just typed when something was wrong with them."""

    frame: Frame
    zone: str
    second_factor: str
    idle_minutes: str
    after_hours: str
    zones: tuple[str, ...]
    second_factors: tuple[tuple[str, str], ...]
    may_change: bool
    problem: str = ""


@require_safe
@staff(Action.SEE_SETTINGS)
def rules(request: StaffRequest) -> HttpResponse:
    """Show the rules."""
    now = request.rules
    return _show(request, now.zone, now.second_factor, str(now.idle_minutes), now.after_hours)


@require_POST
@staff(Action.CHANGE_SETTINGS)
@still_me
def change(request: StaffRequest) -> HttpResponse:
    """Change the rules."""
    zone = request.POST.get("zone", "")
    second_factor = request.POST.get("second_factor", "")
    minutes = request.POST.get("idle_minutes", "")
    after_hours = request.POST.get("after_hours", "")
    try:
        services.change_settings(
            zone=zone,
            second_factor=second_factor,
            idle_minutes=int(minutes) if minutes.isdecimal() else 0,
            after_hours=after_hours,
            by=request.actor,
            at=clock.now(),
        )
    except services.Mistaken as mistake:
        return _show(request, zone, second_factor, minutes, after_hours, str(mistake))
    messages.success(request, "The rules are changed. They hold from everyone’s next click on.")
    return redirect("staff:organization")


def _show(
    request: StaffRequest,
    zone: str,
    second_factor: str,
    minutes: str,
    after_hours: str,
    problem: str = "",
) -> HttpResponse:
    page = OrganizationPage(
        frame=frame(request, "Organization", here="staff:organization"),
        zone=zone,
        second_factor=second_factor,
        idle_minutes=minutes,
        after_hours=after_hours,
        zones=ZONES if zone in ZONES else (zone, *ZONES),
        second_factors=tuple((str(key), str(words)) for key, words in SecondFactor.choices),
        may_change=can_access(request.actor, Action.CHANGE_SETTINGS),
        problem=problem,
    )
    status = 400 if problem else 200
    return render(request, "staff/organizations/organization.jinja", {"page": page}, status=status)
