"""The pages a client sees: a consent to read and sign, a notice, and a copy to keep.

They stand alone on the screen, without menu, chart or anyone's name but the client's. Opened for
someone who is here, the screen shows nothing else until it is handed back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.charts import selectors as charts_selectors
from handrail.areas.consents import selectors as consents_selectors
from handrail.areas.consents import services
from handrail.areas.consents.models import Consent, SignedWhere
from handrail.areas.consents.selectors.consents import OnFile
from handrail.core.access import Action, can_access
from handrail.core.consents import ConsentKind, cannot_take_back
from handrail.data import consent_wording
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.client_signing_mode import Waiting, beside, hand_over
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.consents import forms, words
from handrail.web.staff.consents.view_models import (
    ConsentLine,
    consent_line,
    is_prepared,
    signed_words,
    today_of,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A text as the client reads it: its title and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SigningPage:
    """What is handed to the client. `signed` is empty until they did; `papers` come next."""

    paper: Paper
    client_name: str
    organization: str
    consent_id: UUID
    client_id: UUID
    signed: str
    drawn: str
    papers: tuple[Waiting, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The notice as it is handed to the client."""

    paper: Paper
    client_name: str
    organization: str
    client_id: UUID
    form: Form


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """One consent for those who work here: its text, its signature and what can be done."""

    chart: ChartFrame
    line: ConsentLine
    paper: Paper
    text_sha256: str
    drawn: str
    is_signed: bool
    is_over: bool
    barred: str
    ended: str
    may_record: bool
    may_revoke: bool
    forms: Mapping[str, Form]
    posted: Form | None

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def consent(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """One consent, with what can be done with it."""
    return show(request, consent_id)


_DONE_WITH_IT = (
    forms.PaperForm,
    forms.PutAwayForm,
    forms.RevokeForm,
    forms.EndForm,
    forms.RenewForm,
)


def show(request: StaffRequest, consent_id: UUID, posted: Form | None = None) -> HttpResponse:
    """One consent, with a form that has something wrong in it (or none)."""
    actor, today = request.actor, today_of(request)
    one = consents_selectors.consent(consent_id, by=actor, on=today)
    row = one.row
    page = ConsentPage(
        chart=chart_frame(request, row.client_id, "staff:chart_consents"),
        line=consent_line(one, today),
        paper=_paper(row.text),
        text_sha256=row.text_sha256,
        drawn=words.path_of(row.drawn),
        is_signed=row.signed_at is not None,
        is_over=row.ended_at is not None,
        barred=cannot_take_back(one.consent, today) if not row.ended_at else "",
        ended=_ended_words(row),
        may_record=can_access(actor, Action.RECORD_CONSENT),
        may_revoke=can_access(actor, Action.REVOKE_CONSENT),
        forms={kind.key: kind().unless(posted) for kind in _DONE_WITH_IT},
        posted=posted,
    )
    status = posted.status if posted else 200
    return render(request, "staff/consents/consent.jinja", {"page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_CONSENT)
def consent_sign(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The client reads the exact text and signs; afterwards it says thank you."""
    one = consents_selectors.consent(consent_id, by=request.actor, on=today_of(request))
    _looked(request, one.row.client_id)
    if one.row.signed_at is None and _is_here(request):
        hand_over(request, _papers(request, one.row.client_id))
    if request.method != "POST" or one.row.signed_at:
        return _show_signing(request, one, forms.SignForm(initial={"where": _where(request)}))
    form, by, at = forms.SignForm(request.POST), request.actor, clock.now()
    if not form.submit(services.sign_consent, consent_id=consent_id, by=by, at=at):
        return _show_signing(request, one, form)
    return redirect("staff:consent_sign", consent_id=consent_id)


@require_POST
@staff(Action.RECORD_CONSENT)
def consent_paper(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """Keep that a consent was signed on paper."""
    form, by, at = forms.PaperForm(request.POST), request.actor, clock.now()
    if not form.submit(services.sign_consent, consent_id=consent_id, by=by, at=at):
        return show(request, consent_id, form)
    messages.success(request, "The signature on paper is recorded. Keep the paper on file.")
    return redirect("staff:chart_consents", client_id=form.result.client_id)


@require_safe
@staff(Action.READ_CHART)
def consent_copy(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """A copy for the client to keep, made for paper."""
    one = consents_selectors.consent(consent_id, by=request.actor, on=today_of(request))
    _looked(request, one.row.client_id)
    return render(
        request, "staff/consents/copy.jinja", {"page": _signing(request, one, forms.SignForm())}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.RECORD_CONSENT)
def notice_give(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The notice about confidentiality: acknowledged, or why it was not signed."""
    form = forms.NoticeForm(request.POST if request.method == "POST" else None)
    if not form.submit(services.give_notice, client_id=client_id, by=request.actor, at=clock.now()):
        return _show_notice(request, client_id, form)
    messages.success(request, "It is recorded that the notice was given.")
    return redirect("staff:chart_consents", client_id=client_id)


def _show_notice(request: StaffRequest, client_id: UUID, form: Form) -> HttpResponse:
    client = charts_selectors.client(client_id, by=request.actor)
    _looked(request, client_id)
    hand_over(request, _papers(request, client_id))
    shipped = consent_wording().notice
    kept = consents_selectors.published_notice(by=request.actor)
    page = NoticePage(
        paper=_paper(f"{shipped.title}\n\n{kept.text if kept else shipped.text}"),
        client_name=client.full_name,
        organization=request.organization_name,
        client_id=client_id,
        form=form,
    )
    return render(request, "staff/consents/notice.jinja", {"page": page}, status=form.status)


def _show_signing(request: StaffRequest, one: OnFile, form: Form) -> HttpResponse:
    page = _signing(request, one, form)
    return render(request, "staff/consents/sign.jinja", {"page": page}, status=form.status)


def _signing(request: StaffRequest, one: OnFile, form: Form) -> SigningPage:
    return SigningPage(
        paper=_paper(one.row.text),
        client_name=one.row.client_name,
        organization=one.row.discloser,
        consent_id=one.row.pk,
        client_id=one.row.client_id,
        signed=signed_words(one.row),
        drawn=words.path_of(one.row.drawn),
        papers=beside(request),
        form=form,
    )


def _papers(request: StaffRequest, client_id: UUID) -> tuple[Waiting, ...]:
    """What waits to be signed by this client: the notice first, then in the order of preparing."""
    actor = request.actor
    found = consents_selectors.consents_of(client_id, by=actor, on=today_of(request))
    waiting = [
        Waiting(reverse("staff:consent_sign", args=[one.row.pk]), ConsentKind(one.row.kind).words)
        for one in reversed(found)
        if is_prepared(one.row)
    ]
    if not consents_selectors.notices_of(client_id, by=actor):
        notice = reverse("staff:notice_give", args=[client_id])
        waiting.insert(0, Waiting(notice, "Notice about confidentiality"))
    return tuple(waiting)


def _where(request: StaffRequest) -> str:
    asked = request.GET.get("where", "")
    return asked if asked in SignedWhere.values else SignedWhere.HERE


def _is_here(request: StaffRequest) -> bool:
    """Whether the screen goes into the client's hands; by video it stays where it is."""
    asked = request.GET.get("where") or request.POST.get("where") or SignedWhere.HERE
    return asked == SignedWhere.HERE


def _paper(text: str) -> Paper:
    title, *paragraphs = text.split("\n\n")
    return Paper(title, tuple(paragraphs))


def _ended_words(row: Consent) -> str:
    if not row.ended_date:
        return ""
    how = f", {dict(words.SAID_HOW).get(row.ended_how, '').lower()}" if row.ended_how else ""
    why = f": {row.ended_why}" if row.ended_why else ""
    return f"{filters.plain_date(row.ended_date)}, recorded by {row.ended_by}{how}{why}"


def _looked(request: StaffRequest, client_id: UUID) -> None:
    trail.record_read(
        by=request.actor,
        action=Action.READ_CHART,
        subjects=[trail.subject("client", client_id)],
    )
