"""A letter about a kept recommendation: for whom, in which words; then through the gate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from handrail.areas.charts import selectors as charts_selectors
from handrail.areas.consents import selectors as consents_selectors
from handrail.areas.consents import services
from handrail.areas.consents.errors import Uncovered
from handrail.areas.consents.models import Disclosure
from handrail.areas.recommendations.models import Confirmation
from handrail.areas.recommendations.selectors import Replay, replay, word_on
from handrail.core.access import Action
from handrail.core.disclosure import Covered
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.integrations import documents
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import Filled, filled, problems_of, with_problems
from handrail.web.staff.documents import recipients
from handrail.web.staff.documents.errors import RecommendationVoid
from handrail.web.staff.documents.recipients import Choices, as_file
from handrail.web.staff.documents.recommendation_letter import Voice, Word, blocks_of

FIELDS = ("voice", "to", "name", "purpose")


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The form: voice, recipient, purpose; and what the gate says to it, once asked."""

    frame: Frame
    chart: ChartFrame
    recommendation_id: UUID
    made: str
    voices: Choices
    to: Choices
    to_by_name: Choices
    named: tuple[str, ...]
    purposes: Choices
    form: Filled
    covered: str
    void: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.DISCLOSE)
def recommendation_letter(
    request: StaffRequest, client_id: UUID, recommendation_id: UUID
) -> HttpResponse:
    """Choose whom the letter is for; the gate decides; then it comes as a PDF, accounted for."""
    again = replay(recommendation_id, client_id=client_id, by=request.actor)
    if request.method != "POST":
        begun = Filled("letter", {"voice": _voice(request.GET.get("voice", "")).value})
        return _show(request, again, begun)
    form = filled(request.POST, FIELDS, key="letter")
    try:
        if again.kept.voided_at:
            raise RecommendationVoid
        if request.POST.get("do") == "look":
            return _show(request, again, form, covered=_look(request, client_id, form))
        made = _leave(request, again, form)
    except Uncovered as refused:
        problems = {"gate": sentence(refused)}
        return _show(request, again, with_problems(form, problems))
    except Invalid as wrong:
        return _show(request, again, with_problems(form, problems_of(wrong)))
    return as_file(_pdf(request, again, _voice(form.value("voice")), made))


def _leave(request: StaffRequest, again: Replay, form: Filled) -> Disclosure:
    voice = _voice(form.value("voice"))
    recipient = recipients.chosen(form, again.kept.client_id, request)
    return services.disclose(
        client_id=again.kept.client_id,
        recipient=recipient,
        purpose=recipients.purpose(form, recipient.kind),
        contents=voice.contents,
        what=f"Recommended level of care, {voice.words.lower()}",
        how="pdf",
        by=request.actor,
        at=clock.now(),
    )


def _look(request: StaffRequest, client_id: UUID, form: Filled) -> str:
    """What covers it, in words. Raises Uncovered when nothing does."""
    recipient = recipients.chosen(form, client_id, request)
    found = consents_selectors.may_disclose(
        client_id=client_id,
        recipient=recipient,
        purpose=recipients.purpose(form, recipient.kind),
        contents=_voice(form.value("voice")).contents,
        by=request.actor,
        on=clock.today(request.rules.zone),
    )
    if isinstance(found, Covered):
        return found.scope
    raise Uncovered(tuple(found.reasons), client_id)


def _pdf(request: StaffRequest, again: Replay, voice: Voice, made: Disclosure) -> bytes:
    client = charts_selectors.client(again.kept.client_id, by=request.actor)
    zone = request.rules.zone
    day = _said_day(again.kept.made_at, zone)
    to = made.recipient_name or "whom it concerns"
    return documents.document(
        title=voice.heading,
        subtitle=f"{client.full_name}, born {filters.plain_day(client.birth_date)}. For {to}."
        f" {request.organization_name}, {filters.plain_day(clock.today(zone))}.",
        house=request.organization_name,
        foot=request.organization_name,
        blocks=blocks_of(
            voice,
            again.answer,
            again.kept,
            day=day,
            word=_word(word_on(again.kept.pk, by=request.actor), zone, voice),
        ),
        terms=(made.statement, made.scope),
    )


def _word(row: Confirmation | None, zone: str, voice: Voice) -> Word | None:
    """What a clinician said since. Family is told what was decided, and not the reason's words."""
    if row is None:
        return None
    said = "" if voice is Voice.FAMILY else row.reason
    return Word(
        by=row.confirmed_by,
        day=_said_day(row.confirmed_at, zone),
        instead=tuple(row.sequence) if row.overrides else (),
        reason=said,
        needs_co_signature=row.needs_co_signature,
        co_signed=(
            f"{row.co_signed_by}, {_said_day(row.co_signed_at, zone)}" if row.co_signed_at else ""
        ),
    )


def _said_day(moment: datetime, zone: str) -> str:
    return filters.plain_day(moment.astimezone(ZoneInfo(zone)).date())


# ---- what was chosen ---------------------------------------------------------------------------


def _voice(text: str) -> Voice:
    return Voice(text) if text in set(Voice) else Voice.CLINICIAN


def _show(request: StaffRequest, again: Replay, form: Filled, *, covered: str = "") -> HttpResponse:
    client_id = again.kept.client_id
    chart = chart_frame(request, client_id, "staff:chart_level")
    page = LetterPage(
        frame=chart.frame,
        chart=chart,
        recommendation_id=again.kept.pk,
        made=f"{filters.moment(again.kept.made_at, request.rules.zone)} by {again.kept.made_by}",
        voices=tuple((one.value, one.words) for one in Voice),
        to=recipients.on_file(chart, request),
        to_by_name=recipients.BY_NAME,
        named=recipients.named(client_id, request),
        purposes=recipients.PURPOSES,
        form=form,
        covered=covered,
        void=again.kept.voided_at is not None,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/documents/recommendation.jinja", {"page": page}, status=status)
