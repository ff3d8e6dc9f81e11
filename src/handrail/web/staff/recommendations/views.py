"""Level of care in the chart: recommendations made from findings, kept, and replayed."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.recommendations.models import Recommendation
from handrail.areas.recommendations.selectors import recommendations_of, replay
from handrail.areas.recommendations.services.recommendations import (
    make_recommendation,
    void_recommendation,
)
from handrail.core.access import Action, can_access
from handrail.core.errors import Invalid
from handrail.core.findings import read_stated
from handrail.core.placement.recommend import recommend
from handrail.data import (
    GENERAL_ADMISSION,
    care_catalogue,
    criteria_ids,
    criteria_set,
    findings_catalogue,
)
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentences
from handrail.web.staff.clients.against_flags import OpenRisk, open_risks
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.recommendations import findings_form
from handrail.web.staff.recommendations.forms import VoidForm
from handrail.web.staff.recommendations.view_models import Shown, shown


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the list of recommendations."""

    recommendation_id: UUID
    when: str
    by: str
    criteria: str
    level: str
    why_now: str
    void: str


@dataclass(frozen=True, slots=True)
class LevelPage:
    """One recommendation in full, and the list of all of them."""

    frame: Frame
    chart: ChartFrame
    kept: tuple[Kept, ...]
    one: Kept
    shown: Shown
    same: bool
    untouched: bool
    may_make: bool
    may_write: bool
    void: VoidForm
    risks: tuple[OpenRisk, ...]


@dataclass(frozen=True, slots=True)
class MakingPage:
    """The form of findings, with the picture that they give so far."""

    frame: Frame
    chart: ChartFrame
    criteria: str
    sets: tuple[tuple[str, str], ...]
    parts: tuple[findings_form.Part, ...]
    why_now: str
    shown: Shown | None
    begun_with: str
    problem: str
    nothing_answered: bool
    risks: tuple[OpenRisk, ...]
    told: str
    ask_again: bool


@require_safe
@staff(Action.READ_CHART)
def recommendation(request: StaffRequest, client_id: UUID, recommendation_id: UUID) -> HttpResponse:
    """One kept recommendation in full, made again by the rules of its day."""
    return _page(request, client_id, recommendation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_RECOMMENDATION)
def recommendation_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The form of findings. One button shows what follows, the other keeps it.

    What denies an open risk flag is said once before it is kept; pressed again, it is kept so.
    """
    typed, begun_with = _typed(request, client_id)
    criteria = criteria_set(_known(typed.get("criteria", "")))
    stated, problems = findings_form.read(typed, criteria)
    problem = "Some answers cannot be read; each says what it needs." if problems else ""
    chart = chart_frame(request, client_id, "staff:chart_level")
    known = read_stated(stated, criteria.catalogue)
    risks = open_risks(chart.flags, known)
    told = " ".join(one.value for one in risks if one.denied)
    ask_again = typed.get("do") == "keep" and not problems and told != typed.get("told", "")
    ask_again = ask_again and bool(told)
    if typed.get("do") == "keep" and not problems and not ask_again:
        try:
            made = make_recommendation(
                client_id=client_id,
                criteria_id=criteria.id,
                stated=stated,
                why_now=typed.get("why_now", "")[:300],
                by=request.actor,
                at=clock.now(),
            )
        except Invalid as wrong:
            problem = sentences(wrong)
        else:
            return redirect("staff:recommendation", client_id, made.pk)
    page = MakingPage(
        frame=chart.frame,
        chart=chart,
        criteria=criteria.id,
        sets=tuple((one, criteria_set(one).title) for one in criteria_ids()),
        parts=findings_form.parts(criteria, typed, problems),
        why_now=typed.get("why_now", ""),
        shown=shown(recommend(known, criteria)) if known else None,
        begun_with=begun_with,
        problem=problem,
        nothing_answered=typed.get("do") == "look" and not stated and not problems,
        risks=risks,
        told=told,
        ask_again=ask_again,
    )
    answer = render(request, "staff/recommendations/recommendation_new.jinja", {"page": page})
    answer.status_code = 400 if problem else 200
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_RECOMMENDATION)
def recommendation_void(
    request: StaffRequest, client_id: UUID, recommendation_id: UUID
) -> HttpResponse:
    """Void one that was made by mistake. Opened by itself, it leads to the recommendation."""
    # Read first: one that is another client's is not here, whatever the form says.
    replay(recommendation_id, client_id=client_id, by=request.actor)
    if request.method != "POST":
        return redirect("staff:recommendation", client_id, recommendation_id)
    form, by, at = VoidForm(request.POST), request.actor, clock.now()
    if not form.submit(void_recommendation, recommendation_id=recommendation_id, by=by, at=at):
        return _page(request, client_id, recommendation_id, form)
    return redirect("staff:recommendation", client_id, recommendation_id)


def _page(
    request: StaffRequest, client_id: UUID, chosen: UUID, posted: VoidForm | None = None
) -> HttpResponse:
    chart = chart_frame(request, client_id, "staff:chart_level")
    found = recommendations_of(client_id, by=request.actor)
    kept = tuple(kept_line(one, request.rules.zone) for one in found)
    again = replay(chosen, client_id=client_id, by=request.actor)
    page = LevelPage(
        frame=chart.frame,
        chart=chart,
        kept=kept,
        one=next(one for one in kept if one.recommendation_id == chosen),
        shown=shown(again.answer),
        same=again.same,
        untouched=again.untouched,
        may_make=can_access(request.actor, Action.RECORD_RECOMMENDATION),
        may_write=can_access(request.actor, Action.DISCLOSE),
        void=posted or VoidForm(),
        risks=open_risks(chart.flags, again.answer.findings),
    )
    status = posted.status if posted else 200
    return render(request, "staff/recommendations/level.jinja", {"page": page}, status=status)


def kept_line(one: Recommendation, zone: str) -> Kept:
    """A kept recommendation as one line of the list."""
    return Kept(
        recommendation_id=one.pk,
        when=filters.moment(one.made_at, zone),
        by=one.made_by,
        criteria=one.criteria.replace("-", " "),
        level=care_catalogue().name(one.level) if one.level else "a range",
        why_now=one.why_now,
        void=f"Void: {one.void_reason} ({one.voided_by})" if one.voided_at else "",
    )


def _typed(request: StaffRequest, client_id: UUID) -> tuple[dict[str, str], str]:
    """What the form holds: what was posted, or the newest findings kept, with their day."""
    posted: QueryDict = request.POST
    if request.method == "POST":
        return {key: str(value) for key, value in posted.items()}, ""
    begun: dict[str, str] = {"criteria": request.GET.get("criteria", "")}
    valid = (one for one in recommendations_of(client_id, by=request.actor) if not one.voided_at)
    newest = next(valid, None)
    if newest is None:
        return begun, ""
    known = read_stated(json.loads(newest.facts), findings_catalogue())
    day = filters.moment(newest.made_at, request.rules.zone)
    return begun | findings_form.typed_from(known), f"{day}, {newest.made_by}"


def _known(criteria_id: str) -> str:
    return criteria_id if criteria_id in criteria_ids() else GENERAL_ADMISSION
