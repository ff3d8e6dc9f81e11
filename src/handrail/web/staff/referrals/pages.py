"""The Referrals tab of a chart, one referral, and everyone who is expected back."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.referrals.selectors import referrals as selectors
from handrail.core.access import Action, can_access
from handrail.core.referrals import State
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.documents import recipients
from handrail.web.staff.referrals.forms import ReferForm, forms_of, refer_form
from handrail.web.staff.referrals.view_models import ReferralView, view


@dataclass(frozen=True, slots=True)
class ReferralsPage:
    """The Referrals tab: those there are, and the form for a new one."""

    chart: ChartFrame
    frame: Frame
    referrals: tuple[ReferralView, ...]
    may_refer: bool
    form: ReferForm
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """One referral, with what may be done about it."""

    chart: ChartFrame
    frame: Frame
    one: ReferralView
    may_refer: bool
    forms: Mapping[str, Form]
    posted: Form | None
    admits: bool
    still_here: bool


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """Everyone referred and expected back, the next return first."""

    frame: Frame
    referrals: tuple[ReferralView, ...]


@require_safe
@staff(Action.READ_CHART)
def chart_referrals(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The Referrals tab."""
    return show_tab(request, client_id, _again(request, client_id))


def _again(request: StaffRequest, client_id: UUID) -> ReferForm:
    """The form filled in from a referral that was stopped, with the same papers or with none."""
    asked = request.GET.get("again", "")
    same = (one for one in selectors.referrals_of(client_id, by=request.actor) if asked)
    before = next((one for one in same if str(one.referral.pk) == asked), None)
    if before is None:
        return refer_form(request.actor)
    one, papers = before.referral, before.disclosure
    same_papers = papers.contents if papers and "papers" in request.GET else ()
    initial = model_to_dict(one, ReferForm.base_fields) | {"contents": same_papers}
    return refer_form(request.actor, initial=initial)


def show_tab(request: StaffRequest, client_id: UUID, form: ReferForm) -> HttpResponse:
    """The tab, with the form as it was filled in."""
    chart = chart_frame(request, client_id, "staff:chart_referrals")
    found = selectors.referrals_of(client_id, by=request.actor)
    page = ReferralsPage(
        chart=chart,
        frame=chart.frame,
        referrals=tuple(view(one, chart.today, request.rules.zone) for one in found),
        may_refer=can_access(request.actor, Action.REFER),
        form=form,
        named=recipients.named(client_id, request),
    )
    return render(request, "staff/referrals/tab.jinja", {"page": page}, status=form.status)


@require_safe
@staff(Action.READ_CHART)
def referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """One referral."""
    return show_one(request, referral_id)


def show_one(request: StaffRequest, referral_id: UUID, posted: Form | None = None) -> HttpResponse:
    """One referral, with a form as it was filled in."""
    read = selectors.referral(referral_id, by=request.actor)
    chart = chart_frame(request, read.client.pk, "staff:chart_referrals")
    page = ReferralPage(
        chart=chart,
        frame=chart.frame,
        one=view(read, chart.today, request.rules.zone),
        may_refer=can_access(request.actor, Action.REFER),
        forms=forms_of(read, posted),
        posted=posted,
        admits=bool(chart.admits) and _comes_back(request, read),
        still_here=read.state is State.ADMITTED and bool(chart.level),
    )
    status = posted.status if posted else 200
    return render(request, "staff/referrals/one.jinja", {"page": page}, status=status)


def _comes_back(request: StaffRequest, read: selectors.ReferralRead) -> bool:
    back = selectors.referral_back(read.client.pk, by=request.actor)
    return back is not None and back.pk == read.referral.pk


@require_safe
@staff(Action.READ_CHART)
def expected(request: StaffRequest) -> HttpResponse:
    """Everyone who is expected back. Whose referrals are shown is written down."""
    found = selectors.expected_back(by=request.actor)
    if found:
        trail.record_read(
            by=request.actor,
            action=Action.READ_CHART,
            subjects=[trail.subject("client", one.client.pk) for one in found],
        )
    today = clock.today(request.rules.zone)
    page = ExpectedPage(
        frame=frame(request, "Expected back", here="staff:expected_back"),
        referrals=tuple(view(one, today, request.rules.zone) for one in found),
    )
    return render(request, "staff/referrals/expected.jinja", {"page": page})
