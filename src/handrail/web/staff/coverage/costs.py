"""What it will cost you: one page for the person, which leaves only through the gate."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.charts.selectors import chart
from handrail.areas.clients.models import ListedKind
from handrail.areas.coverage.selectors.costs import Costs, costs_of
from handrail.core.access import Action, Actor, can_access
from handrail.core.costs import Course
from handrail.core.text import whole_number
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.coverage import fees
from handrail.web.staff.coverage.page import USUAL_LEVEL, address, usual_course
from handrail.web.staff.coverage.paper import CostsPaper, costs_paper

MOST_SESSIONS = 200


@dataclass(frozen=True, slots=True)
class CostsPage:
    """The page on the screen: what is asked for, what came out, and whether it may leave.

    `statement` and `scope` are there once it has passed the gate.
    """

    frame: Frame
    client_id: UUID
    back: str
    level: str
    sessions: int
    per_week: int
    levels: tuple[tuple[str, str], ...]
    paper: CostsPaper
    may_hand_over: bool
    statement: str = ""
    scope: str = ""


@require_safe
@staff(Action.SEE_COVERAGE)
def client_costs(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """What a course at a level would cost this person, on the screen."""
    return show(request, client_id, request.GET)


def show(
    request: StaffRequest,
    client_id: UUID,
    asked: QueryDict,
    *,
    statement: str = "",
    scope: str = "",
) -> HttpResponse:
    """The page, with statement and scope once it has passed the gate."""
    level, course = what_was_asked(asked)
    paper = paper_of(request, client_id, level, course)
    page = CostsPage(
        frame=frame(request, "What it will cost", here="staff:coverage"),
        client_id=client_id,
        back=address(client_id, request.actor),
        level=level,
        sessions=course.sessions,
        per_week=course.per_week,
        levels=fees.levels_with_rates(),
        paper=paper,
        may_hand_over=can_access(request.actor, Action.DISCLOSE),
        statement=statement,
        scope=scope,
    )
    return render(request, "staff/coverage/costs.jinja", {"page": page})


def what_was_asked(asked: QueryDict) -> tuple[str, Course]:
    """The level and the course that the address or the form names; the usual one otherwise."""
    levels = {code for code, _ in fees.levels_with_rates()}
    level = asked.get("level", "")
    level = level if level in levels else USUAL_LEVEL
    usual = usual_course(level)
    return level, Course(
        _number(asked.get("sessions", ""), usual.sessions, MOST_SESSIONS),
        _number(asked.get("per_week", ""), usual.per_week, 7),
    )


def paper_of(request: StaffRequest, client_id: UUID, level: str, course: Course) -> CostsPaper:
    """The page's words for this client. Looking is written down."""
    zone = request.rules.zone
    today = clock.today(zone)
    found = costs_of(client_id, level=level, course=course, by=request.actor, on=today)
    trail.record_read(
        by=request.actor,
        action=Action.SEE_COVERAGE,
        subjects=[trail.subject("client", client_id)],
    )
    return costs_paper(
        found,
        house=request.organization_name,
        day=today,
        zone=zone,
        diagnoses=_diagnoses(found, request.actor),
    )


def _diagnoses(costs: Costs, actor: Actor) -> tuple[str, ...]:
    """Codes of diagnoses that hold, for who may read the chart: an estimate carries them."""
    if not can_access(actor, Action.READ_CHART):
        return ()
    listed = chart.listed_now(costs.client.pk, kind=ListedKind.DIAGNOSIS, by=actor)
    return tuple(one.code for one in listed if one.code)


def _number(text: str, otherwise: int, most: int) -> int:
    number = whole_number(text)
    return number if number and number <= most else otherwise
