"""The forms of an agreement and of an informed refusal: what is left unmet is shown as one goes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from handrail.areas.ledger.errors import NothingRecommended
from handrail.areas.ledger.models import Agreement
from handrail.areas.ledger.selectors.ledger import Found, Ledger, ledger_of
from handrail.areas.ledger.services.agreements import agree, record_refusal
from handrail.core.access import Action
from handrail.core.dates import YEARS
from handrail.core.errors import Invalid
from handrail.core.ledger.agreements import left_out
from handrail.core.ledger.errors import FloorUnmet
from handrail.core.ledger.positions import (
    Party,
    Steps,
    in_words,
    indicated_sequence,
    read_steps,
)
from handrail.core.placement import words
from handrail.data import care_catalogue
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import Filled, filled, needed_day, problems_of, with_problems
from handrail.web.staff.ledger import steps_form
from handrail.web.staff.ledger.view_models import LeftShown, day_after, floor_words

LOOK_AGAIN, CALL_AGAIN = 14, 1
"""In how many days one looks again, or calls again, unless something else is typed."""
NEED = "need-"
REFUSAL_FIELDS = (
    "explained",
    "explained_by",
    "physician",
    "physician_told",
    "offered",
    "call_again_date",
)
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AgreePage:
    """The form of an agreement. `floor` are needs that cannot be agreed away."""

    frame: Frame
    chart: ChartFrame
    indicated: str
    form: Filled
    asked: str
    places: Choices
    common: Choices
    facets: Choices
    parties: Choices
    left: tuple[LeftShown, ...]
    floor: tuple[str, ...]
    review: str


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """The form of an informed refusal. `floor` are the needs that are refused as it stands."""

    frame: Frame
    chart: ChartFrame
    indicated: str
    form: Filled
    asked: str
    places: Choices
    common: Choices
    facets: Choices
    floor: tuple[str, ...]
    call_again: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.AGREE)
def agreement_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Record what is agreed: what is placed, what stays unmet, who accepted it, until when."""
    chart, ledger, found = _standing(request, client_id)
    needs = tuple(f"{NEED}{code}" for code in care_catalogue().needs)
    fields = ("review_date", "words", *steps_form.FIELDS, *needs)
    form = filled(request.POST, fields, several=(steps_form.WITH, "accepted_by"))
    if request.method != "POST":
        form = _begun(ledger, found)
    floor: tuple[str, ...] = ()
    if request.method == "POST" and request.POST.get("do") != "look":
        try:
            agree(
                client_id=client_id,
                recommendation_id=found.row.pk,
                sequence=steps_form.sequence_of(form),
                unmet=[
                    {"need": name.removeprefix(NEED), "mitigation": form.value(name)}
                    for name in needs
                    if form.value(name).strip()
                ],
                accepted_by=form.chosen["accepted_by"],
                review_date=needed_day(form, "review_date"),
                words=form.value("words"),
                by=request.actor,
                at=clock.now(),
            )
        except FloorUnmet as refused:
            floor = refused.needs
        except Invalid as wrong:
            form = with_problems(form, problems_of(wrong))
        else:
            messages.success(request, "The agreement is in the ledger.")
            return redirect("staff:chart_level", client_id)
    page = _agree_page(chart, found, form, floor)
    answer = render(request, "staff/ledger/agree.jinja", {"page": page})
    answer.status_code = 400 if form.problems or floor else 200
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.AGREE)
def refusal_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Record that someone goes without a need of the floor, knowing what it means."""
    chart, _, found = _standing(request, client_id)
    fields = (*REFUSAL_FIELDS, *steps_form.FIELDS)
    form = filled(request.POST, fields, several=(steps_form.WITH,))
    zone = request.rules.zone
    if request.method == "POST" and request.POST.get("do") != "look":
        try:
            record_refusal(
                client_id=client_id,
                recommendation_id=found.row.pk,
                sequence=steps_form.sequence_of(form),
                explained=form.value("explained"),
                explained_by=form.value("explained_by"),
                physician=form.value("physician"),
                physician_told_at=_moment(form.value("physician_told"), zone),
                offered=form.value("offered"),
                call_again_date=needed_day(form, "call_again_date"),
                by=request.actor,
                at=clock.now(),
            )
        except Invalid as wrong:
            form = with_problems(form, problems_of(wrong))
        else:
            messages.success(request, "The informed refusal is in the ledger.")
            return redirect("staff:chart_level", client_id)
    steps = _steps(form)
    page = RefusalPage(
        frame=chart.frame,
        chart=chart,
        indicated=words.where(found.answer),
        form=form,
        asked=in_words(steps, care_catalogue()) if steps else "",
        places=steps_form.places(),
        common=steps_form.common(),
        facets=steps_form.facets(),
        floor=floor_words(left_out(found.answer, steps), care_catalogue()) if steps else (),
        call_again=day_after(chart.today, CALL_AGAIN),
    )
    answer = render(request, "staff/ledger/refusal.jinja", {"page": page})
    answer.status_code = 400 if form.problems else 200
    return answer


def _standing(request: StaffRequest, client_id: UUID) -> tuple[ChartFrame, Ledger, Found]:
    """The ledger and the recommendation that stands. Raises NothingRecommended."""
    chart = chart_frame(request, client_id, "staff:chart_level")
    ledger = ledger_of(client_id, by=request.actor, today=chart.today)
    if ledger.standing is None:
        raise NothingRecommended
    return chart, ledger, ledger.standing


def _begun(ledger: Ledger, found: Found) -> Filled:
    """An agreement begins with the last one, or with what is indicated."""
    placed = ledger.placed
    sequence = indicated_sequence(found.answer)
    if found.overridden:
        sequence = tuple(found.overridden.sequence)
    if isinstance(placed, Agreement) and placed.recommendation_id == found.row.pk:
        sequence = tuple(placed.sequence)
    if not sequence:
        return Filled()
    typed, chosen = steps_form.typed_from(sequence)
    if isinstance(placed, Agreement):
        typed |= {f"{NEED}{one.need}": one.mitigation for one in placed.unmet.all()}
    return Filled("", typed, chosen)


def _agree_page(chart: ChartFrame, found: Found, form: Filled, floor: tuple[str, ...]) -> AgreePage:
    steps, care = _steps(form), care_catalogue()
    left = left_out(found.answer, steps) if steps else None
    return AgreePage(
        frame=chart.frame,
        chart=chart,
        indicated=words.where(found.answer),
        form=form,
        asked=in_words(steps, care) if steps else "",
        places=steps_form.places(),
        common=steps_form.common(),
        facets=steps_form.facets(),
        parties=tuple((one.value, one.words) for one in Party),
        left=tuple(
            LeftShown(
                need.code,
                need.name,
                need.leaves_out,
                form.value(f"{NEED}{need.code}"),
                form.wrong(f"{NEED}{need.code}"),
            )
            for need in (left.other if left else ())
        ),
        floor=floor or (floor_words(left, care) if left else ()),
        review=day_after(chart.today, LOOK_AGAIN),
    )


def _steps(form: Filled) -> Steps:
    try:
        return read_steps(steps_form.sequence_of(form), care_catalogue())
    except Invalid:
        return ()


def _moment(text: str, zone: str) -> datetime | None:
    """What a field of day and time holds, at that place."""
    try:
        found = datetime.fromisoformat(text.strip()).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return found if found.year in YEARS else None
