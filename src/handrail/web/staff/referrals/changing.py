"""What is done about referrals: prepare, send, write down what was heard, end."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from handrail.areas.charts import selectors as clients
from handrail.areas.referrals import services
from handrail.areas.referrals.errors import LeftAnotherDay, NothingLeft
from handrail.areas.referrals.models import Referral
from handrail.areas.referrals.selectors import referrals as selectors
from handrail.core.access import Action, Refused
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.referrals import pages, words
from handrail.web.staff.referrals.forms import (
    EndForm,
    ExpectForm,
    HearForm,
    SendForm,
    TouchForm,
    refer_form,
)
from handrail.web.staff.referrals.papers import papers_of
from handrail.web.staff.referrals.view_models import left_today

_View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.REFER)
def refer(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Prepare a referral."""
    client = clients.client(client_id, by=request.actor)
    if request.method != "POST":
        return redirect("staff:chart_referrals", client.pk)
    form = refer_form(request.actor, request.POST)
    try:
        taken = form.submit(services.refer, client_id=client_id, by=request.actor, at=clock.now())
    except Refused as refused:
        # Nothing typed is lost: a consent can be taken in another tab, and this sent again.
        form.add_error("contents", sentence(refused))
        taken = False
    if not taken:
        return pages.show_tab(request, client_id, form)
    messages.success(request, "The referral is prepared. Nothing has left yet.")
    return redirect("staff:referral", form.result.pk)


def _one(action: Action) -> Callable[[_View], _View]:
    """A view that changes one referral; opened without a form it leads to the referral."""

    def wrap(view: _View) -> _View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @staff(action)
        @wraps(view)
        def wrapped(request: StaffRequest, referral_id: UUID) -> HttpResponse:
            selectors.whose_referral(referral_id, by=request.actor)
            if request.method != "POST":
                return redirect("staff:referral", referral_id)
            return view(request, referral_id)

        return wrapped

    return wrap


@_one(Action.REFER)
def send(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Send it: what goes along is handed out as a paper, with the statement and the scope."""
    form = SendForm(request.POST)
    return _do(request, referral_id, form, services.send_referral, _sent, referral_id=referral_id)


def _sent(referral: Referral) -> str:
    left = "It is sent" if referral.disclosure_id else "It is noted"
    return f"{left}. The days to ask about it are below and on Today."


@_one(Action.REFER)
def paper(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """The papers of a referral that has been sent, as a file."""
    read = selectors.referral(referral_id, by=request.actor)
    if read.disclosure is None or read.disclosure.state != "sent":
        raise NothingLeft
    zone = request.rules.zone
    if not left_today(read, clock.today(zone), zone):
        raise LeftAnotherDay
    answer = HttpResponse(papers_of(request, read), content_type="application/pdf")
    # The name of a file stands in folders and lists of downloads: it names nobody.
    answer["Content-Disposition"] = 'attachment; filename="referral.pdf"'
    return answer


@_one(Action.REFER)
def hear(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Write down what was heard."""
    read = selectors.referral(referral_id, by=request.actor)
    form = HearForm(request.POST, state=words.heard(read.state))
    done = "It is written down."
    return _do(request, referral_id, form, services.hear, done, referral_id=referral_id)


@_one(Action.REFER)
def expect_back(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Another day of return."""
    form = ExpectForm(request.POST)
    done = "The day of return is changed, and the days to call with it."
    return _do(request, referral_id, form, services.expect_back, done, referral_id=referral_id)


@_one(Action.REFER)
def end(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """End it with a reason."""
    form, done = EndForm(request.POST), "The referral is ended."
    return _do(request, referral_id, form, services.end_referral, done, referral_id=referral_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.REFER)
def touch(request: StaffRequest, touch_id: UUID) -> HttpResponse:
    """Write down what was heard on one of the days to get in touch."""
    referral_id = selectors.referral_of_touch(touch_id, by=request.actor)
    if request.method != "POST":
        return redirect("staff:referral", referral_id)
    form = TouchForm(request.POST, key=f"touch-{touch_id}")
    done = "It is written down."
    return _do(request, referral_id, form, services.log_touch, done, touch_id=touch_id)


def _do(
    request: StaffRequest,
    whose: UUID,
    form: Form,
    service: Callable[..., Any],
    done: str | Callable[[Any], str],
    **keys: UUID,
) -> HttpResponse:
    """Do it and come back, or show the page with what is wrong and everything typed."""
    try:
        taken = form.submit(service, **keys, by=request.actor, at=clock.now())
    except Refused as refused:
        form.add_error(None, sentence(refused))
        taken = False
    if not taken:
        return pages.show_one(request, whose, form)
    messages.success(request, done if isinstance(done, str) else done(form.result))
    return redirect("staff:referral", whose)
