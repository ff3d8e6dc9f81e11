"""Confirming and overriding a recommendation, its co-signature, and criteria sets side by side."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.ledger.selectors.ledger import Found, confirmation_of, ledger_of
from handrail.areas.recommendations.services.confirmations import (
    co_sign,
    confirm_recommendation,
    override_recommendation,
)
from handrail.core.access import Action, NotHere
from handrail.core.errors import Invalid
from handrail.core.findings import read_stated
from handrail.core.ledger.errors import FloorUnmet
from handrail.core.placement import words
from handrail.core.placement.criteria import CriteriaSet
from handrail.core.placement.recommend import recommend
from handrail.core.placement.side_by_side import side_by_side
from handrail.data import care_catalogue, criteria_ids, criteria_set, ledger_rules
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import Filled, filled, problems_of, with_problems
from handrail.web.staff.ledger import steps_form

FIELDS = ("reason_code", "reason", *steps_form.FIELDS)
_STAYING = "continued stay"
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OverridePage:
    """The form of an override. `floor` are needs that it would leave out: then it cannot be."""

    frame: Frame
    chart: ChartFrame
    recommendation_id: UUID
    found: str
    form: Filled
    common: Choices
    places: Choices
    facets: Choices
    reasons: Choices
    floor: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetShown:
    """One criteria set's answer to the facts, and what it alone or not all of them find."""

    title: str
    purpose: str
    where: str
    only_here: tuple[str, ...]
    not_here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideBySidePage:
    """What several criteria sets say of the same facts."""

    frame: Frame
    chart: ChartFrame
    agree: bool
    sets: tuple[SetShown, ...]
    shared: tuple[str, ...]


@require_POST
@staff(Action.CONFIRM_RECOMMENDATION)
def confirm(request: StaffRequest, client_id: UUID, recommendation_id: UUID) -> HttpResponse:
    """Put a clinician's name to what was found."""
    made = confirm_recommendation(
        client_id=client_id,
        recommendation_id=recommendation_id,
        by=request.actor,
        at=clock.now(),
    )
    later = " It waits for a co-signature." if made.needs_co_signature else ""
    messages.success(request, f"The recommendation is confirmed.{later}")
    return redirect("staff:chart_level", client_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.CONFIRM_RECOMMENDATION)
def override(request: StaffRequest, client_id: UUID, recommendation_id: UUID) -> HttpResponse:
    """Put another level in the place of what was found, with a reason. Never below the floor."""
    chart = chart_frame(request, client_id, "staff:chart_level")
    found = _found(request, client_id, recommendation_id, chart)
    form = filled(request.POST, FIELDS, several=(steps_form.WITH,))
    floor: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            made = override_recommendation(
                client_id=client_id,
                recommendation_id=recommendation_id,
                sequence=steps_form.sequence_of(form),
                reason_code=form.value("reason_code"),
                reason=form.value("reason"),
                by=request.actor,
                at=clock.now(),
            )
        except FloorUnmet as refused:
            floor = refused.needs
        except Invalid as wrong:
            form = with_problems(form, problems_of(wrong))
        else:
            later = " It waits for a co-signature." if made.needs_co_signature else ""
            messages.success(request, f"The override is in the ledger, with its reason.{later}")
            return redirect("staff:chart_level", client_id)
    page = OverridePage(
        frame=chart.frame,
        chart=chart,
        recommendation_id=recommendation_id,
        found=words.where(found.answer),
        form=form,
        common=steps_form.common(),
        places=steps_form.places(),
        facets=steps_form.facets(),
        reasons=tuple((one.code, one.words) for one in ledger_rules().reasons_on(chart.today)),
        floor=floor,
    )
    answer = render(request, "staff/ledger/override.jinja", {"page": page})
    answer.status_code = 400 if form.problems or floor else 200
    return answer


@require_POST
@staff(Action.CO_SIGN_RECOMMENDATION)
def co_sign_confirmation(request: StaffRequest, confirmation_id: UUID) -> HttpResponse:
    """Put one's name under someone else's word on a recommendation."""
    row = confirmation_of(confirmation_id, by=request.actor)
    co_sign(confirmation_id=confirmation_id, by=request.actor, at=clock.now())
    messages.success(request, "Co-signed.")
    return redirect("staff:chart_level", row.client_id)


@require_safe
@staff(Action.READ_CHART)
def sets_side_by_side(
    request: StaffRequest, client_id: UUID, recommendation_id: UUID
) -> HttpResponse:
    """The same facts by every criteria set, and where they differ."""
    chart = chart_frame(request, client_id, "staff:chart_level")
    found = _found(request, client_id, recommendation_id, chart)
    stated = json.loads(found.row.facts)
    sets = _comparable(found.row.criteria)
    answers = [recommend(read_stated(stated, one.catalogue), one) for one in sets]
    both = side_by_side(answers)
    only = dict(both.needs_only_in)
    needs = care_catalogue().needs
    differing = {code for codes in only.values() for code in codes}
    page = SideBySidePage(
        frame=chart.frame,
        chart=chart,
        agree=both.agree,
        sets=tuple(
            SetShown(
                title=f"{one.title}, version {one.version}",
                purpose=one.purpose,
                where=words.where(answer),
                only_here=tuple(needs[code].name for code in only[one.id]),
                not_here=tuple(
                    need.name for code, need in needs.items() if code in differing - {*only[one.id]}
                ),
            )
            for one, answer in zip(sets, answers, strict=True)
        ),
        shared=tuple(needs[code].name for code in both.agreed_needs),
    )
    return render(request, "staff/ledger/side_by_side.jinja", {"page": page})


def _comparable(own: str) -> list[CriteriaSet]:
    """The sets that ask what this one asks. A set for staying on, held against the facts of an
    admission, finds nothing and would look as if no care were needed.
    """
    sets = [criteria_set(one) for one in criteria_ids()]
    stays = {one.id: one.purpose == _STAYING for one in sets}
    return [one for one in sets if one.id == own or not (stays[one.id] or stays.get(own))]


def _found(
    request: StaffRequest, client_id: UUID, recommendation_id: UUID, chart: ChartFrame
) -> Found:
    """One that stands, of this client. Raises NotHere."""
    ledger = ledger_of(client_id, by=request.actor, today=chart.today)
    for one in ledger.found:
        if one.row.pk == recommendation_id:
            return one
    raise NotHere
