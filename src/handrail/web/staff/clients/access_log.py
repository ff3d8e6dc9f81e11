"""Who has looked: everything the audit trail says about one client."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.core.access import Action
from handrail.core.text import whole_number
from handrail.foundation import clock
from handrail.foundation.audit import selectors as audit_selectors
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.audit.views import WORDS
from handrail.web.staff.clients.chart import ChartFrame, chart_frame


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the trail: when, who, and what they did."""

    when: str
    who: str
    did: str


@dataclass(frozen=True, slots=True)
class LookedPage:
    """One page of the trail about a client."""

    chart: ChartFrame
    lines: tuple[Line, ...]
    older: str
    zone: str
    demo: str

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def looked(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Who read and who changed this chart, newest first. Looking here is one of them."""
    zone = request.rules.zone
    framed = chart_frame(request, client_id, "staff:chart_looked")
    before = request.GET.get("before", "")
    found, older = audit_selectors.entries_about(
        trail.subject("client", client_id),
        before=whole_number(before),
    )
    page = LookedPage(
        chart=framed,
        lines=tuple(
            Line(
                filters.moment(one.recorded_at, zone),
                one.actor_name,
                WORDS.get(one.action, one.action),
            )
            for one in found
        ),
        older=f"?before={older}" if older else "",
        zone=zone,
        demo=filters.moment(clock.now(), zone) if clock.is_another() else "",
    )
    return render(request, "staff/clients/access_log.jinja", {"page": page})
