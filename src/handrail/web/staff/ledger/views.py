"""The tab Level of care: the ledger in one glance, positions added to it, and its client's view."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.coverage.selectors.coverage import payers, primary
from handrail.areas.ledger.selectors.ledger import Found, Ledger, ledger_of, position_of
from handrail.areas.ledger.services.positions import record_position, void_position
from handrail.areas.recommendations.models import Confirmation
from handrail.core.access import Action, Actor, can_access, is_clinician
from handrail.core.errors import Invalid
from handrail.core.ledger.positions import Party, judge, owes_reason, read_steps
from handrail.data import care_catalogue
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.against_flags import OpenRisk, open_risks
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import (
    NOTHING,
    Filled,
    filled,
    problems_of,
    some_day,
    with_problems,
)
from handrail.web.staff.ledger import steps_form
from handrail.web.staff.ledger.forms import VoidForm
from handrail.web.staff.ledger.picture import Picture, picture_of
from handrail.web.staff.ledger.view_models import (
    Glance,
    JudgedShown,
    Row,
    Word,
    glance_of,
    is_word_of,
    judged_shown,
    position_words,
    rows_of,
    voids_of,
    word_of,
)
from handrail.web.staff.recommendations.view_models import Shown, shown
from handrail.web.staff.recommendations.views import Kept, kept_line

POSITION_FIELDS = (
    "party",
    "payer",
    "holder",
    "reason",
    "evidence",
    "said_date",
    *steps_form.FIELDS,
)
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Payers:
    """The payers to choose from. `first` pays first for the client; `known`: a plan is on file."""

    all: Choices
    first: str
    known: bool
    may_record: bool


@dataclass(frozen=True, slots=True)
class VoidPage:
    """The question whether a position is to be voided, and why."""

    frame: Frame
    chart: ChartFrame
    position_id: UUID
    said: str
    form: VoidForm


@dataclass(frozen=True, slots=True)
class PositionForm:
    """The form of a position: what was typed, the choices, and how it is judged so far."""

    form: Filled
    parties: Choices
    common: Choices
    places: Choices
    facets: Choices
    judged: JudgedShown | None
    owes: str
    payers: Payers


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The whole ledger on one page.

    `confirm` is what the button says, empty where there is nothing to confirm; `found_first` when
    a clinician's word is the first thing asked of the person who looks.
    """

    frame: Frame
    chart: ChartFrame
    glance: Glance
    picture: Picture | None
    rows: tuple[Row, ...]
    standing_id: UUID | None
    shown: Shown | None
    word: Word | None
    words: tuple[Word, ...]
    kept: tuple[Kept, ...]
    confirm: str
    confirm_waits: bool
    found_first: bool
    risks: tuple[OpenRisk, ...]
    position: PositionForm
    voids: tuple[str, ...]
    may_make: bool
    may_record: bool
    may_agree: bool
    may_confirm: bool
    may_co_sign: bool


@dataclass(frozen=True, slots=True)
class ClientViewPage:
    """The ledger as the client sees it."""

    frame: Frame
    chart: ChartFrame
    glance: Glance
    picture: Picture | None
    rows: tuple[Row, ...]
    withheld: int


@dataclass(frozen=True, slots=True)
class PositionPage:
    """The form of a position by itself: where something is wrong, or without a script."""

    frame: Frame
    chart: ChartFrame
    position: PositionForm


@require_safe
@staff(Action.READ_CHART)
def chart_level(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Who asked for what, what is indicated and what is in place."""
    chart = chart_frame(request, client_id, "staff:chart_level")
    ledger = ledger_of(client_id, by=request.actor, today=chart.today)
    actor, zone, standing = request.actor, request.rules.zone, ledger.standing
    word = standing.confirmation if standing else None
    page = LedgerPage(
        frame=chart.frame,
        chart=chart,
        glance=glance_of(ledger, zone),
        picture=_picture(ledger),
        rows=rows_of(ledger, zone),
        standing_id=standing.row.pk if standing else None,
        shown=shown(standing.answer) if standing else None,
        word=word_of(word, zone, actor.id) if word else None,
        words=tuple(word_of(one, zone, actor.id) for one in ledger.confirmations),
        kept=tuple(
            kept_line(one, zone)
            for one in sorted(
                (*(one.row for one in ledger.found), *ledger.void),
                key=lambda one: one.made_at,
                reverse=True,
            )
        ),
        confirm=_to_confirm(standing, actor),
        confirm_waits=not is_clinician(actor),
        found_first=_waits_for(standing, actor),
        risks=open_risks(chart.flags, standing.answer.findings if standing else {}),
        position=position_form(NOTHING, ledger, _payers(request, client_id)),
        voids=voids_of(ledger, zone),
        may_make=can_access(actor, Action.RECORD_RECOMMENDATION),
        may_record=can_access(actor, Action.RECORD_POSITION),
        may_agree=can_access(actor, Action.AGREE),
        may_confirm=can_access(actor, Action.CONFIRM_RECOMMENDATION),
        may_co_sign=can_access(actor, Action.CO_SIGN_RECOMMENDATION),
    )
    return render(request, "staff/ledger/ledger.jinja", {"page": page})


def _to_confirm(standing: Found | None, actor: Actor) -> str:
    """What the button says that confirms what stands; nothing when that is done already."""
    if standing is None or standing.answer.level is None:
        return ""
    word = standing.confirmation
    if word is None:
        return "Confirm it"
    if word.overrides:
        return "Confirm what was found after all"
    # A clinician need not wait until someone else's word is co-signed; who may co-sign does that.
    own_word = is_clinician(actor) and not can_access(actor, Action.CO_SIGN_RECOMMENDATION)
    return "Confirm it" if _waits(word) and own_word and not is_word_of(word, actor.id) else ""


def _waits(word: Confirmation) -> bool:
    return word.needs_co_signature and not word.co_signed_at


def _waits_for(standing: Found | None, actor: Actor) -> bool:
    """Whether what was found waits for this person: to confirm, to settle or to co-sign it."""
    if standing is None or not is_clinician(actor):
        return False
    word = standing.confirmation
    if word is None:
        return can_access(actor, Action.CONFIRM_RECOMMENDATION)
    return _waits(word) and can_access(actor, Action.CO_SIGN_RECOMMENDATION)


@require_safe
@staff(Action.READ_CHART)
def client_view(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The ledger without what family asked to hold back: to look at together."""
    chart = chart_frame(request, client_id, "staff:chart_level")
    ledger = ledger_of(client_id, by=request.actor, today=chart.today, for_client=True)
    page = ClientViewPage(
        frame=chart.frame,
        chart=chart,
        glance=glance_of(ledger, request.rules.zone),
        picture=_picture(ledger),
        rows=rows_of(ledger, request.rules.zone),
        withheld=ledger.withheld,
    )
    return render(request, "staff/ledger/client_view.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_POSITION)
def position_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Add a position. One button shows what it gives up, the other keeps it."""
    chart = chart_frame(request, client_id, "staff:chart_level")
    ledger = ledger_of(client_id, by=request.actor, today=chart.today)
    form = filled(request.POST, POSITION_FIELDS, several=(steps_form.WITH, "withheld"))
    if request.method == "POST" and request.POST.get("do") != "look":
        try:
            record_position(
                client_id=client_id,
                party=form.value("party"),
                holder=form.value("holder"),
                sequence=steps_form.sequence_of(form),
                reason=form.value("reason"),
                evidence=form.value("evidence"),
                said_date=some_day(form, "said_date"),
                withheld_from_client=form.has("withheld", "yes"),
                payer_id=_key(form.value("payer")),
                by=request.actor,
                at=clock.now(),
            )
        except Invalid as wrong:
            form = with_problems(form, problems_of(wrong))
        else:
            messages.success(request, "The position is in the ledger.")
            return redirect("staff:chart_level", client_id)
    page = PositionPage(
        chart.frame, chart, position_form(form, ledger, _payers(request, client_id))
    )
    answer = render(request, "staff/ledger/position.jinja", {"page": page})
    answer.status_code = 400 if form.problems else 200
    return answer


def position_form(form: Filled, ledger: Ledger, payers: Payers) -> PositionForm:
    """The form with how it is judged so far."""
    judged, owes = None, ""
    standing = ledger.standing
    try:
        steps = read_steps(steps_form.sequence_of(form), care_catalogue())
    except Invalid:
        steps = ()
    if steps and standing:
        found = judge(steps, standing.answer)
        judged = judged_shown(steps, found)
        if form.value("party") in set(Party):
            owes = owes_reason(Party(form.value("party")), found)
    return PositionForm(
        form=form,
        parties=tuple((one.value, one.words) for one in Party),
        common=steps_form.common(),
        places=steps_form.places(),
        facets=steps_form.facets(),
        judged=judged,
        owes=owes,
        payers=payers,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_POSITION)
def position_void(request: StaffRequest, position_id: UUID) -> HttpResponse:
    """Take a position out that was entered by mistake, with the reason."""
    found = position_of(position_id, by=request.actor)
    chart = chart_frame(request, found.client_id, "staff:chart_level")
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.submit(void_position, position_id=position_id, by=request.actor, at=clock.now()):
        messages.success(request, "The position is void. The picture leaves it out.")
        return redirect("staff:chart_level", found.client_id)
    page = VoidPage(chart.frame, chart, position_id, position_words(found), form)
    return render(request, "staff/ledger/void.jinja", {"page": page}, status=form.status)


def _payers(request: StaffRequest, client_id: UUID) -> Payers:
    """The payers of the list; the one that pays first for the client is chosen already."""
    actor = request.actor
    if not can_access(actor, Action.SEE_COVERAGE):
        return Payers((), "", known=False, may_record=False)
    first = primary(client_id, by=actor)
    return Payers(
        all=tuple((str(one.pk), one.name) for one in payers(by=actor)),
        first=str(first.payer_id) if first else "",
        known=first is not None,
        may_record=can_access(actor, Action.RECORD_COVERAGE),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _picture(ledger: Ledger) -> Picture | None:
    story = ledger.story
    empty = not (story.lines or story.agreed or story.indicated)
    return None if empty else picture_of(story, care_catalogue())
