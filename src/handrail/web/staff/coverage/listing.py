"""Coverage by client: for billing, without anything else of a chart."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.coverage.models import YesNo
from handrail.areas.coverage.selectors.coverage import CoverageLine, covered_clients
from handrail.core.access import Action
from handrail.core.text import whole_number
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.coverage.page import address

OLD_AFTER = 30
"""Days after which a check is called old: plans change with the month and the year. [C]"""


@dataclass(frozen=True, slots=True)
class Line:
    """One client: their first plan, and how it stands with the check."""

    client_id: UUID
    address: str
    name: str
    born: str
    payer: str
    member_id: str
    more: int
    mark: str
    checked: str


@dataclass(frozen=True, slots=True)
class CoverageListPage:
    """The list, a hundred at a time."""

    frame: Frame
    lines: tuple[Line, ...]
    only_unchecked: bool
    earlier: int
    later: int


@require_safe
@staff(Action.SEE_COVERAGE)
def coverage(request: StaffRequest) -> HttpResponse:
    """Those in care and those with a plan: who pays, and whether anybody has asked the plan."""
    number = _number(request.GET.get("page", ""))
    only = request.GET.get("show", "") == "unchecked"
    today = clock.today(request.rules.zone)
    found, more = covered_clients(by=request.actor, on=today, page=number, only_unchecked=only)
    trail.record_read(
        by=request.actor,
        action=Action.SEE_COVERAGE,
        subjects=[trail.subject("client", one.client_id) for one in found],
    )
    page = CoverageListPage(
        frame=frame(request, "Coverage", here="staff:coverage"),
        lines=tuple(_line(one, request, today) for one in found),
        only_unchecked=only,
        earlier=number - 1,
        later=number + 1 if more else 0,
    )
    return render(request, "staff/coverage/coverage.jinja", {"page": page})


def _line(one: CoverageLine, request: StaffRequest, today: date) -> Line:
    mark, checked = _stands(one, today)
    return Line(
        client_id=one.client_id,
        address=address(one.client_id, request.actor),
        name=one.name,
        born=filters.plain_day(one.born),
        payer=one.coverage.payer.name if one.coverage else "",
        member_id=one.coverage.member_id if one.coverage else "",
        more=max(0, one.plans - 1),
        mark=mark,
        checked=checked,
    )


def _stands(one: CoverageLine, today: date) -> tuple[str, str]:
    if one.coverage is None:
        return "wait", "No plan on file"
    if one.checked is None:
        return "watch", "Never checked"
    if one.checked.active == YesNo.NO:
        return "watch", "Not in force, the plan said"
    days = (today - one.checked.checked_at.date()).days
    day = filters.short_day(one.checked.checked_at.date())
    if days > OLD_AFTER:
        return "watch", f"Checked {day}, {days} days ago"
    return "ok", f"Checked {day}"


def _number(text: str) -> int:
    number = whole_number(text)
    return number if number and number < 10_000 else 1
