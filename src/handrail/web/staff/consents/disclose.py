"""What leaves a chart: letting something leave, without a consent where the law allows it, and the
list of what was told to whom.
"""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from handrail.areas.consents import selectors, services
from handrail.areas.consents.errors import PurposeNotChosen, Uncovered
from handrail.areas.consents.models import Disclosure, How
from handrail.core.access import Action, can_access
from handrail.core.consents import ConsentKind, Content, Purpose, Recipient, RecipientKind
from handrail.core.disclosure import Exception_, ExceptionKind
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import (
    NOTHING,
    Filled,
    filled,
    problems_of,
    some_day,
    with_problems,
)
from handrail.web.staff.consents import words

_BY_ORDER = {"court_order", "research", "audit"}
_TO: words.Choices = tuple(
    (one.value, one.words) for one in RecipientKind if one is not RecipientKind.CONTACT
)
ABOUT = {
    "medical_emergency": "Their life or health is in danger and they cannot consent. To emergency "
    "medical personnel, as much as they need. Written down at once.",
    "abuse_report": "A first report of child abuse or neglect that state law asks for. Who and "
    "where only: the records themselves stay protected.",
    "crime": "A crime here or against staff, or a threat of one, to the police. Who, where, and "
    "what happened.",
    "court_order": "A court order under 42 CFR part 2 together with a subpoena. A subpoena alone "
    "never releases anything.",
    "research": "Research under an agreement on file that still holds.",
    "audit": "Audit or evaluation under an agreement on file that still holds.",
}


@dataclass(frozen=True, slots=True)
class LetOutPage:
    """The form for letting something leave under a consent, or to the client themself."""

    chart: ChartFrame
    to: words.Choices
    contacts: words.Choices
    purposes: words.Choices
    contents: words.Choices
    how: words.Choices
    exceptions: words.Choices
    form: Filled

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class ExceptionPage:
    """The form for one exception of the law."""

    chart: ChartFrame
    kind: str
    title: str
    about: str
    to: words.Choices
    contents: words.Choices
    how: words.Choices
    others: words.Choices
    form: Filled

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class LeftLine:
    """One thing that left: when, by whom, to whom, what, for what, under what."""

    disclosure_id: UUID
    when: str
    by: str
    to: str
    what: str
    contents: str
    purpose: str
    under: str
    how: str


@dataclass(frozen=True, slots=True)
class AccountingPage:
    """The list of disclosures that a person may ask for."""

    chart: ChartFrame
    lines: tuple[LeftLine, ...]
    since: str
    made: str

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class LeftPage:
    """The sheet that goes along with what leaves: statement, scope, and what it was."""

    chart: ChartFrame
    line: LeftLine
    statement: str
    scope: str

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


_LET_OUT = ("to", "name", "contact", "purpose", "what", "how")
_EXCEPT = (
    "to", "name", "what", "how", "why", "works_at", "court", "order", "order_date", "subpoena",
    "agreement", "agreement_until",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.DISCLOSE)
def disclosure_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Let something leave: the gate decides, and it is accounted for; or why not."""
    if request.method != "POST":
        return _show_let_out(request, client_id, NOTHING)
    form = filled(request.POST, _LET_OUT, several=("contents",))
    try:
        made = services.disclose(
            client_id=client_id,
            recipient=_recipient(form),
            purpose=_purpose(form),
            contents=_contents(form),
            what=form.value("what"),
            how=form.value("how"),
            by=request.actor,
            at=clock.now(),
        )
    except Uncovered as refused:
        problems = {"gate": sentence(refused)}
        return _show_let_out(request, client_id, with_problems(form, problems))
    except Invalid as wrong:
        return _show_let_out(request, client_id, with_problems(form, problems_of(wrong)))
    messages.success(request, "It may leave, and it stands on the list of disclosures.")
    return redirect("staff:disclosure", disclosure_id=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.DISCLOSE_WITHOUT_CONSENT)
def disclosure_except(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Let something leave without a consent, where the law allows it, with what it asks for."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    exception = ExceptionKind(kind) if kind in set(ExceptionKind) else _FIRST
    if request.method != "POST":
        return _show_exception(request, client_id, exception, NOTHING)
    form = filled(request.POST, _EXCEPT, several=("contents",))
    try:
        made = services.disclose(
            client_id=client_id,
            recipient=Recipient(_kind(form.value("to")), form.value("name")),
            purpose=exception.purpose,
            contents=_contents(form),
            what=form.value("what"),
            how=form.value("how"),
            exception=Exception_(
                exception,
                why=form.value("why"),
                works_at=form.value("works_at"),
                court=form.value("court"),
                order=form.value("order"),
                order_date=some_day(form, "order_date"),
                subpoena=form.value("subpoena"),
                agreement=form.value("agreement"),
                agreement_until=some_day(form, "agreement_until"),
            ),
            by=request.actor,
            at=clock.now(),
        )
    except Uncovered as refused:
        problems = {"gate": sentence(refused)}
        return _show_exception(request, client_id, exception, with_problems(form, problems))
    except Invalid as wrong:
        return _show_exception(
            request, client_id, exception, with_problems(form, problems_of(wrong))
        )
    messages.success(request, "It is written down: to whom, by whom, when, and why.")
    return redirect("staff:disclosure", disclosure_id=made.pk)


_FIRST = ExceptionKind.MEDICAL_EMERGENCY


@require_http_methods(["POST"])
@staff(Action.DISCLOSE)
def disclosure_send(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """Let what waits leave, if the gate still lets it."""
    how = request.POST.get("how", "")
    made = services.send_queued(
        disclosure_id=disclosure_id,
        how=how if how in How.values else How.PRINTED,
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, "It may leave, and it stands on the list of disclosures.")
    return redirect("staff:disclosure", disclosure_id=made.pk)


@require_safe
@staff(Action.READ_CHART)
def disclosure(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """The sheet to go along with something that left."""
    row = selectors.disclosure(disclosure_id, by=request.actor)
    page = LeftPage(
        chart=chart_frame(request, row.client_id, "staff:chart_consents"),
        line=_line(row, request.rules.zone),
        statement=row.statement,
        scope=row.scope,
    )
    return render(request, "staff/consents/left.jinja", {"page": page})


@require_safe
@staff(Action.READ_CHART)
def disclosures(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """What was told to whom in the last three years, for the person who asks."""
    now, zone = clock.now(), request.rules.zone
    framed = chart_frame(request, client_id, "staff:chart_consents")
    found = selectors.accounting(client_id, by=request.actor, at=now)
    page = AccountingPage(
        chart=framed,
        lines=tuple(_line(one, zone) for one in found),
        since=filters.plain_date((now - selectors.ACCOUNTED).date()),
        made=filters.moment(now, zone),
    )
    return render(request, "staff/consents/accounting.jinja", {"page": page})


# ---- showing -----------------------------------------------------------------------------------


def _show_let_out(request: StaffRequest, client_id: UUID, form: Filled) -> HttpResponse:
    framed = chart_frame(request, client_id, "staff:chart_consents")
    page = LetOutPage(
        chart=framed,
        to=_TO,
        contacts=tuple((str(one.contact_id), one.name) for one in framed.contacts),
        purposes=words.ANY_PURPOSE,
        contents=(*words.THEIR_CONTENTS, _NOTES),
        how=words.HOW,
        exceptions=words.EXCEPTIONS,
        form=form,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/consents/let_out.jinja", {"page": page}, status=status)


_NOTES = (Content.COUNSELING_NOTES.value, "Counseling notes that are kept apart from the record")


def _show_exception(
    request: StaffRequest, client_id: UUID, kind: ExceptionKind, form: Filled
) -> HttpResponse:
    actor = request.actor
    by_order = can_access(actor, Action.DISCLOSE_BY_ORDER)
    page = ExceptionPage(
        chart=chart_frame(request, client_id, "staff:chart_consents"),
        kind=kind.value,
        title=kind.words,
        about=ABOUT[kind],
        to=tuple((one.value, one.words) for one in RecipientKind if one in kind.recipients),
        contents=tuple(one for one in words.THEIR_CONTENTS if Content(one[0]) in kind.contents),
        how=words.HOW,
        others=tuple(one for one in words.EXCEPTIONS if by_order or one[0] not in _BY_ORDER),
        form=form,
    )
    status = 400 if form.problems else 200
    return render(request, "staff/consents/exception.jinja", {"page": page}, status=status)


def _line(row: Disclosure, zone: str) -> LeftLine:
    under = "Their own record"
    if row.consent:
        under = f"Consent: {ConsentKind(row.consent.kind).words}"
    elif row.exception:
        under = f"Without a consent: {ExceptionKind(row.exception).words}"
    details = "; ".join(str(one) for one in row.details.values())
    return LeftLine(
        disclosure_id=row.pk,
        when=filters.moment(row.left_at, zone) if row.left_at else "",
        by=row.left_by,
        to=row.recipient_name,
        what=row.what,
        contents=words.told(row.contents),
        purpose=Purpose(row.purpose).words,
        under=f"{under} ({details})" if details else under,
        how=str(How(row.how).label) if row.how else "",
    )


# ---- what was chosen ---------------------------------------------------------------------------


def _recipient(form: Filled) -> Recipient:
    """A contact when one was chosen, otherwise who was typed."""
    key = form.value("contact")
    try:
        return Recipient(RecipientKind.CONTACT, "", str(UUID(key)))
    except ValueError:
        return Recipient(_kind(form.value("to")), form.value("name"))


def _kind(text: str) -> RecipientKind:
    return RecipientKind(text) if text in set(RecipientKind) else RecipientKind.OTHER


def _purpose(form: Filled) -> Purpose:
    text = form.value("purpose")
    if text not in set(Purpose):
        raise PurposeNotChosen
    return Purpose(text)


def _contents(form: Filled) -> frozenset[Content]:
    return frozenset(Content(one) for one in form.chosen["contents"] if one in set(Content))
