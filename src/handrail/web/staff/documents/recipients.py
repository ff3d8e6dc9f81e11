"""Whom a paper that leaves is for, and what for: chosen from those on file, or by name."""

from uuid import UUID

from django.http import HttpResponse

from handrail.areas.charts import selectors as charts_selectors
from handrail.areas.consents import selectors as consents_selectors
from handrail.areas.coverage import selectors as coverage_selectors
from handrail.core.consents import Purpose, Recipient, RecipientKind
from handrail.foundation import clock
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame
from handrail.web.staff.clients.forms import Filled
from handrail.web.staff.documents.errors import NameMissing, NobodyChosen

Choices = tuple[tuple[str, str], ...]

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
PURPOSES: Choices = tuple((one.value, one.words) for one in dict.fromkeys(USUAL_PURPOSE.values()))
BY_NAME: Choices = tuple(
    (one.value, one.words)
    for one in (
        RecipientKind.TREATING_PROVIDER,
        RecipientKind.PAYER,
        RecipientKind.COURT_OR_SUPERVISION,
        RecipientKind.ATTORNEY,
        RecipientKind.OTHER,
    )
)
"""Those who are not on file and are named by hand."""


def on_file(chart: ChartFrame, request: StaffRequest) -> Choices:
    """The client, their contacts and the payers of their plans."""
    payers = _payers(chart.client_id, request)
    return (
        (RecipientKind.CLIENT.value, f"{chart.name}: their own copy"),
        *(
            (f"contact:{one.contact_id}", f"{one.name}, {one.relationship.lower()}")
            for one in chart.contacts
        ),
        *((f"payer:{key}", name) for key, name in payers.items()),
    )


def named(client_id: UUID, request: StaffRequest) -> tuple[str, ...]:
    """Names that a consent in force has as they are written there: a paper must name them so."""
    today = clock.today(request.rules.zone)
    held = consents_selectors.consents_of(client_id, by=request.actor, on=today)
    names = (
        who.name
        for one in held
        if one.standing.holds
        for who in one.consent.named
        if who.kind.value in dict(BY_NAME)
    )
    return tuple(dict.fromkeys(name for name in names if name))


def chosen(form: Filled, client_id: UUID, request: StaffRequest) -> Recipient:
    """Whom it goes to: the client, a contact or payer on file, or someone by name.

    Raises NobodyChosen, NameMissing.
    """
    kind, _, key = form.value("to").partition(":")
    if kind == RecipientKind.CLIENT:
        client = charts_selectors.client(client_id, by=request.actor)
        return Recipient(RecipientKind.CLIENT, client.full_name)
    if kind == RecipientKind.CONTACT:
        contacts = charts_selectors.summary(client_id, by=request.actor).contacts
        found = next((one for one in contacts if str(one.pk) == key), None)
        if found:
            return Recipient(RecipientKind.CONTACT, found.name, key)
    if kind == RecipientKind.PAYER and key:
        return Recipient(RecipientKind.PAYER, _payers(client_id, request).get(key, ""))
    if kind not in dict(BY_NAME):
        raise NobodyChosen
    if not form.value("name").strip():
        raise NameMissing
    return Recipient(RecipientKind(kind), form.value("name"))


def purpose(form: Filled, kind: RecipientKind) -> Purpose:
    """What was chosen, or what is usual for them."""
    text = form.value("purpose")
    return Purpose(text) if text in set(Purpose) else USUAL_PURPOSE[kind]


def as_file(content: bytes) -> HttpResponse:
    """A PDF to keep. The name of a file stands in folders and lists: it names nobody."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer


def _payers(client_id: UUID, request: StaffRequest) -> dict[str, str]:
    """The payers of the client's plans, by key."""
    today = clock.today(request.rules.zone)
    found = coverage_selectors.coverage_of(client_id, by=request.actor, on=today)
    return {str(one.coverage.payer_id): one.coverage.payer.name for one in found.held}
