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
from handrail.areas.consents.models import Disclosure, How
from handrail.core.access import Action, can_access
from handrail.core.consents import ConsentKind, Purpose
from handrail.core.disclosure import ExceptionKind
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.consents import words
from handrail.web.staff.consents.forms import LetOutForm, exception_form

_BY_ORDER = {"court_order", "research", "audit"}
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
class FormPage:
    """A form beside a chart."""

    chart: ChartFrame
    form: Form

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@dataclass(frozen=True, slots=True)
class ExceptionPage(FormPage):
    """The form for one exception of the law, and the others."""

    kind: ExceptionKind
    about: str
    others: words.Choices


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


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.DISCLOSE)
def disclosure_new(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Let something leave: the gate decides, and it is accounted for; or why not."""
    framed = chart_frame(request, client_id, "staff:chart_consents")
    contacts = [(one.contact_id, one.name) for one in framed.contacts]
    form = LetOutForm(request.POST if request.method == "POST" else None, contact=contacts)
    by, at = request.actor, clock.now()
    if form.submit(services.disclose, client_id=client_id, by=by, at=at):
        messages.success(request, "It may leave, and it stands on the list of disclosures.")
        return redirect("staff:disclosure", disclosure_id=form.result.pk)
    page = FormPage(framed, form)
    return render(request, "staff/consents/let_out.jinja", {"page": page}, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.DISCLOSE_WITHOUT_CONSENT)
def disclosure_except(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Let something leave without a consent, where the law allows it, with what it asks for."""
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = ExceptionKind(asked) if asked in set(ExceptionKind) else _FIRST
    form = exception_form(kind, request.POST if request.method == "POST" else None)
    by, at = request.actor, clock.now()
    if form.submit(services.disclose, client_id=client_id, by=by, at=at):
        messages.success(request, "It is written down: to whom, by whom, when, and why.")
        return redirect("staff:disclosure", disclosure_id=form.result.pk)
    by_order = can_access(by, Action.DISCLOSE_BY_ORDER)
    page = ExceptionPage(
        chart=chart_frame(request, client_id, "staff:chart_consents"),
        kind=kind,
        about=ABOUT[kind],
        others=tuple(one for one in words.EXCEPTIONS if by_order or one[0] not in _BY_ORDER),
        form=form,
    )
    return render(request, "staff/consents/exception.jinja", {"page": page}, status=form.status)


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
