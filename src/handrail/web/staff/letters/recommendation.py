"""A letter about a kept recommendation: for whom, in which words; then through the gate."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from handrail.areas.clients import selectors, services
from handrail.areas.clients.models import Disclosure
from handrail.areas.clients.services import Mistaken, Uncovered
from handrail.areas.placement.selectors.recommendations import Replay, replay
from handrail.core.access import Action
from handrail.core.consents import Purpose, Recipient, RecipientKind
from handrail.core.disclosure import Covered
from handrail.foundation import clock
from handrail.integrations import documents
from handrail.web.staff import saying
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.filled import Filled, filled, with_problems
from handrail.web.staff.frame import Frame
from handrail.web.staff.gate import staff
from handrail.web.staff.letters.voices import Voice, blocks_of
from handrail.web.staff.request import StaffRequest

FIELDS = ("voice", "to", "name", "purpose")
USUAL_PURPOSE = {
    RecipientKind.CLIENT: Purpose.AT_MY_REQUEST,
    RecipientKind.CONTACT: Purpose.FAMILY_SUPPORT,
    RecipientKind.PAYER: Purpose.PAYMENT,
    RecipientKind.TREATING_PROVIDER: Purpose.TREATMENT,
    RecipientKind.COURT_OR_SUPERVISION: Purpose.CRIMINAL_JUSTICE,
    RecipientKind.ATTORNEY: Purpose.LEGAL_PROCEEDING,
    RecipientKind.OTHER: Purpose.AT_MY_REQUEST,
}
"""What a letter to someone is usually for."""
_BY_NAME = (
    RecipientKind.TREATING_PROVIDER,
    RecipientKind.PAYER,
    RecipientKind.COURT_OR_SUPERVISION,
    RecipientKind.ATTORNEY,
    RecipientKind.OTHER,
)
Choices = tuple[tuple[str, str], ...]


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
            raise Mistaken({"gate": "This recommendation is void. Nothing of it leaves."})
        if request.POST.get("do") == "look":
            return _show(request, again, form, covered=_look(request, client_id, form))
        made = _leave(request, again, form)
    except Uncovered as refused:
        problems = {"gate": f"This may not leave. {refused}"}
        return _show(request, again, with_problems(form, problems))
    except Mistaken as wrong:
        return _show(request, again, with_problems(form, wrong.problems))
    return _file(_pdf(request, again, _voice(form.value("voice")), made))


def _leave(request: StaffRequest, again: Replay, form: Filled) -> Disclosure:
    voice = _voice(form.value("voice"))
    recipient = _recipient(form, again.kept.client_id, request)
    return services.disclose(
        client_id=again.kept.client_id,
        recipient=recipient,
        purpose=_purpose(form, recipient.kind),
        contents=voice.contents,
        what=f"Recommended level of care, {voice.words.lower()}",
        how="pdf",
        by=request.actor,
        at=clock.now(),
    )


def _look(request: StaffRequest, client_id: UUID, form: Filled) -> str:
    """What covers it, in words. Raises Mistaken with the reasons when nothing does."""
    recipient = _recipient(form, client_id, request)
    found = selectors.may_disclose(
        client_id=client_id,
        recipient=recipient,
        purpose=_purpose(form, recipient.kind),
        contents=_voice(form.value("voice")).contents,
        by=request.actor,
        on=clock.today(request.rules.zone),
    )
    if isinstance(found, Covered):
        return found.scope
    raise Mistaken({"gate": f"This may not leave. {' '.join(found.reasons)}"})


def _pdf(request: StaffRequest, again: Replay, voice: Voice, made: Disclosure) -> bytes:
    client = selectors.client(again.kept.client_id, by=request.actor)
    zone = request.rules.zone
    day = saying.plain_day(again.kept.made_at.astimezone(ZoneInfo(zone)).date())
    to = made.recipient_name or "whom it concerns"
    return documents.document(
        title=voice.heading,
        subtitle=f"{client.full_name}, born {saying.plain_day(client.birth_date)}. For {to}."
        f" {request.organization_name}, {saying.plain_day(clock.today(zone))}.",
        house=request.organization_name,
        foot=request.organization_name,
        blocks=blocks_of(voice, again.answer, again.kept, day=day),
        terms=(made.statement, made.scope),
    )


def _file(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    # The name of a file stands in folders and lists of downloads: it names nobody.
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer


# ---- what was chosen ---------------------------------------------------------------------------


def _voice(text: str) -> Voice:
    return Voice(text) if text in set(Voice) else Voice.CLINICIAN


def _recipient(form: Filled, client_id: UUID, request: StaffRequest) -> Recipient:
    """Whom it goes to: the client, a contact or payer on file, or someone by name."""
    kind, _, key = form.value("to").partition(":")
    if kind == RecipientKind.CLIENT:
        client = selectors.client(client_id, by=request.actor)
        return Recipient(RecipientKind.CLIENT, client.full_name)
    if kind == RecipientKind.CONTACT:
        contacts = selectors.summary(client_id, by=request.actor).contacts
        found = next((one for one in contacts if str(one.pk) == key), None)
        if found:
            return Recipient(RecipientKind.CONTACT, found.name, key)
    if kind == RecipientKind.PAYER and key:
        return Recipient(RecipientKind.PAYER, _payers(client_id, request).get(key, ""))
    if kind not in {str(one) for one in _BY_NAME}:
        raise Mistaken({"to": "Choose whom it is for."})
    if not form.value("name").strip():
        raise Mistaken({"name": "Enter the name of the person or place it goes to."})
    return Recipient(RecipientKind(kind), form.value("name"))


def _purpose(form: Filled, kind: RecipientKind) -> Purpose:
    text = form.value("purpose")
    return Purpose(text) if text in set(Purpose) else USUAL_PURPOSE[kind]


def _payers(client_id: UUID, request: StaffRequest) -> dict[str, str]:
    """The payers of the client's plans, by key."""
    today = clock.today(request.rules.zone)
    found = selectors.coverage_of(client_id, by=request.actor, on=today)
    return {str(one.coverage.payer_id): one.coverage.payer.name for one in found.held}


def _show(request: StaffRequest, again: Replay, form: Filled, *, covered: str = "") -> HttpResponse:
    client_id = again.kept.client_id
    chart = chart_frame(request, client_id, "staff:chart_level")
    payers = _payers(client_id, request)
    page = LetterPage(
        frame=chart.frame,
        chart=chart,
        recommendation_id=again.kept.pk,
        made=f"{saying.moment(again.kept.made_at, request.rules.zone)} by {again.kept.made_by}",
        voices=tuple((one.value, one.words) for one in Voice),
        to=(
            (RecipientKind.CLIENT.value, f"{chart.name}: their own copy"),
            *(
                (f"contact:{one.contact_id}", f"{one.name}, {one.relationship.lower()}")
                for one in chart.contacts
            ),
            *((f"payer:{key}", name) for key, name in payers.items()),
        ),
        to_by_name=tuple((one.value, one.words) for one in _BY_NAME),
        purposes=tuple((one.value, one.words) for one in dict.fromkeys(USUAL_PURPOSE.values())),
        form=form,
        covered=covered,
        void=again.kept.voided_at is not None,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/letters/recommendation.jinja", {"page": page}, status=status)
