"""Today: what is due for me."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.organizations import selectors
from handrail.areas.organizations.models import Credential
from handrail.core.access import Action
from handrail.foundation import clock
from handrail.web.staff import saying
from handrail.web.staff.frame import Frame, frame
from handrail.web.staff.gate import staff
from handrail.web.staff.request import StaffRequest

LOOK_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: its mark, who it is about, what, by when, and where it is done."""

    mark: str
    why: str
    who: str
    what: str
    when: str
    membership_id: UUID


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The day and what is due."""

    frame: Frame
    now: str
    due: tuple[Due, ...]


@require_safe
@staff(Action.SEE_TODAY)
def today(request: StaffRequest) -> HttpResponse:
    """The first page after signing in."""
    actor, zone = request.actor, request.rules.zone
    here = clock.today(zone)
    running_out = selectors.credentials_running_out(by=actor, until=here + LOOK_AHEAD)
    page = TodayPage(
        frame=frame(request, "Today", here="staff:today"),
        now=saying.long_moment(clock.now(), zone),
        due=tuple(_due(one, here) for one in running_out),
    )
    return render(request, "staff/today.jinja", {"page": page})


def _due(credential: Credential, here: date) -> Due:
    days = credential.days_left(here) or 0  # never None: the selector asks for days alone
    ran_out = days < 0
    return Due(
        mark="risk" if ran_out else "watch" if days <= 30 else "wait",
        why="Ran out" if ran_out else "License",
        who=credential.membership.user.name,
        what=f"{credential.title}, {credential.issuer}",
        when=f"{saying.day(here + timedelta(days=days))} ({saying.until(days)})",
        membership_id=credential.membership_id,
    )
