"""Findings of the assessment: answered, corrected with a reason, and made into a recommendation."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from handrail.areas.assessment import services
from handrail.areas.assessment.models import AssessedFinding
from handrail.areas.assessment.selectors import assessments
from handrail.areas.assessment.services import Typed
from handrail.areas.charts import selectors
from handrail.areas.recommendations.services.recommendations import make_recommendation
from handrail.core.access import Action
from handrail.core.errors import Invalid
from handrail.core.findings import read_stated
from handrail.data import GENERAL_ADMISSION, criteria_set, findings_catalogue
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentences
from handrail.web.staff.assessment.page import TAB
from handrail.web.staff.clients.against_flags import OpenRisk, open_risks
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import problems_of
from handrail.web.staff.recommendations import findings_form

WHY = "why-"
"""What the name of a field begins with that says why an answer is corrected."""


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """The form of findings. `reasons` hold what was typed for corrections, by code; `asks` the
    codes whose correction needs a reason; `history` what an answer was before.
    """

    chart: ChartFrame
    parts: tuple[findings_form.Part, ...]
    reasons: Mapping[str, str]
    asks: frozenset[str]
    history: Mapping[str, tuple[str, ...]]
    risks: tuple[OpenRisk, ...]
    told: str
    ask_again: bool
    problem: str

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.ASSESS)
def findings(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The form. One button saves; the other makes a recommendation from what is saved."""
    selectors.client(client_id, by=request.actor)
    draft = assessments.draft_of(client_id, by=request.actor)
    if draft is None:
        messages.info(request, "No assessment is being written. Begin one first.")
        return redirect("staff:chart_assessment", client_id)
    known = assessments.findings_of(draft.pk, by=request.actor)
    if request.method != "POST":
        typed = findings_form.typed_from(assessments.read_findings(known))
        return _show(request, client_id, known, typed, {}, "")
    typed = {name: str(value) for name, value in request.POST.items()}
    return _save(request, client_id, known, typed)


def _save(
    request: StaffRequest,
    client_id: UUID,
    known: Mapping[str, tuple[AssessedFinding, ...]],
    typed: dict[str, str],
) -> HttpResponse:
    criteria = criteria_set(GENERAL_ADMISSION)
    stated, problems = findings_form.read(typed, criteria)
    if problems:
        said = "Some answers cannot be read; each says what it needs. Nothing was saved yet."
        return _show(request, client_id, known, typed, problems, said)
    try:
        services.record_findings(
            client_id=client_id,
            typed=_as_typed(stated, typed, known),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        said = "A correction needs its reason. Nothing was saved yet; everything typed is here."
        return _show(request, client_id, known, typed, problems_of(wrong), said)
    if typed.get("do") == "recommend":
        return _recommend(request, client_id, typed)
    messages.success(request, "The findings are saved.")
    return redirect("staff:chart_assessment", client_id)


def _as_typed(
    stated: Mapping[str, object],
    typed: Mapping[str, str],
    known: Mapping[str, tuple[AssessedFinding, ...]],
) -> dict[str, Typed]:
    """What was answered; an answer that is emptied is a correction to "not asked"."""
    found = {}
    for code, raw in stated.items():
        value = raw["value"] if isinstance(raw, dict) else raw
        evidence = str(raw.get("evidence", "")) if isinstance(raw, dict) else ""
        found[code] = Typed(value, evidence, typed.get(WHY + code, ""))
    for code in known:
        if code not in found and findings_form.ANSWER + code in typed:
            evidence = typed.get(findings_form.EVIDENCE + code, "")
            found[code] = Typed(None, evidence, typed.get(WHY + code, ""))
    return found


def _recommend(request: StaffRequest, client_id: UUID, typed: dict[str, str]) -> HttpResponse:
    """Make and keep a recommendation; what denies an open risk flag is said once before."""
    draft = assessments.draft_of(client_id, by=request.actor)
    known = assessments.findings_of(draft.pk, by=request.actor) if draft else {}
    chart = chart_frame(request, client_id, TAB)
    risks = open_risks(chart.flags, assessments.read_findings(known))
    told = " ".join(one.value for one in risks if one.denied)
    if told and told != typed.get("told", ""):
        said = "Saved, but no recommendation yet: an answer goes against an open flag. Read below."
        return _show(request, client_id, known, typed, {}, said, ask_again=True)
    try:
        made = make_recommendation(
            client_id=client_id,
            criteria_id=GENERAL_ADMISSION,
            stated=assessments.stated(known),
            why_now="assessment",
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        return _show(request, client_id, known, typed, {}, sentences(wrong))
    messages.success(request, "The findings are saved, and the recommendation is kept.")
    return redirect("staff:recommendation", client_id, made.pk)


def _show(
    request: StaffRequest,
    client_id: UUID,
    known: Mapping[str, tuple[AssessedFinding, ...]],
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    problem: str,
    *,
    ask_again: bool = False,
) -> HttpResponse:
    chart = chart_frame(request, client_id, TAB)
    risks = open_risks(chart.flags, assessments.read_findings(known))
    page = FindingsPage(
        chart=chart,
        parts=findings_form.parts(criteria_set(GENERAL_ADMISSION), typed, problems),
        reasons={
            name.removeprefix(WHY): text for name, text in typed.items() if name.startswith(WHY)
        },
        asks=frozenset(code for code in problems if code in known),
        history={code: _history(rows, request.rules.zone) for code, rows in known.items()},
        risks=risks,
        told=" ".join(one.value for one in risks if one.denied) if ask_again else "",
        ask_again=ask_again,
        problem=problem,
    )
    status = 400 if problem and not ask_again else 200
    return render(request, "staff/assessment/findings.jinja", {"page": page}, status=status)


def _history(rows: tuple[AssessedFinding, ...], zone: str) -> tuple[str, ...]:
    """What the answer was before each correction, and why it was corrected, newest first."""
    catalogue = findings_catalogue()
    said = []
    for newer, older in pairwise(rows):
        if not newer.is_correction:
            continue
        answer = read_stated({older.code: older.value[0]}, catalogue)[older.code].answer
        when = filters.moment(newer.recorded_at, zone)
        said.append(
            f"Before: {catalogue[older.code].say(answer)} ({older.recorded_by})."
            f" Corrected {when} by {newer.recorded_by}: {newer.reason}"
        )
    return tuple(said)
