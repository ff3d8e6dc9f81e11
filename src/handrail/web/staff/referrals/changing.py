"""What is done about referrals: prepare, send, write down what was heard, end."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from handrail.areas.charts import selectors as clients
from handrail.areas.clients.services.entering import Mistaken
from handrail.areas.referrals import services
from handrail.areas.referrals.selectors import referrals as selectors
from handrail.core.access import Action, Refused
from handrail.core.consents import Content
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.clients.forms import (
    Filled,
    filled,
    needed_day,
    problems_of,
    some_day,
    with_problems,
)
from handrail.web.staff.referrals import pages
from handrail.web.staff.referrals.papers import papers_of
from handrail.web.staff.referrals.view_models import left_today

_View = Callable[..., HttpResponse]
_FIELDS = (
    "level",
    "to_name",
    "to_phone",
    "to_fax",
    "why",
    "owner",
    "expected_return_date",
    "back_to",
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.REFER)
def refer(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Prepare a referral."""
    client = clients.client(client_id, by=request.actor)
    if request.method != "POST":
        return redirect("staff:chart_referrals", client.pk)
    form = filled(request.POST, _FIELDS, several=("contents",), key="refer")
    try:
        made = services.refer(
            client_id=client_id,
            level=form.value("level"),
            to_name=form.value("to_name"),
            to_phone=form.value("to_phone"),
            to_fax=form.value("to_fax"),
            why=form.value("why"),
            owner_id=_key(form, "owner"),
            contents=_contents(form),
            expected_return_date=some_day(form, "expected_return_date"),
            back_to=form.value("back_to"),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        return pages.show_tab(request, client_id, with_problems(form, problems_of(wrong)))
    except Refused as refused:
        # Nothing typed is lost: a consent can be taken in another tab, and this sent again.
        return pages.show_tab(
            request, client_id, with_problems(form, {"contents": sentence(refused)})
        )
    messages.success(request, "The referral is prepared. Nothing has left yet.")
    return redirect("staff:referral", made.pk)


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
    form = filled(request.POST, ("how",), key="send")

    def change() -> None:
        sent = services.send_referral(
            referral_id=referral_id, how=form.value("how"), by=request.actor, at=clock.now()
        )
        left = "It is sent" if sent.disclosure_id else "It is noted"
        messages.success(request, f"{left}. The days to ask about it are below and on Today.")

    return _do(request, referral_id, form, change)


@_one(Action.REFER)
def paper(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """The papers of a referral that has been sent, as a file."""
    read = selectors.referral(referral_id, by=request.actor)
    if read.disclosure is None or read.disclosure.state != "sent":
        raise Refused("There are no papers that have left. Send the referral first.")
    zone = request.rules.zone
    if not left_today(read, clock.today(zone), zone):
        raise Refused(
            "These papers left on another day, and the chart says more by now. "
            "Refer again, or use Print or send: each is accounted for."
        )
    answer = HttpResponse(papers_of(request, read), content_type="application/pdf")
    # The name of a file stands in folders and lists of downloads: it names nobody.
    answer["Content-Disposition"] = 'attachment; filename="referral.pdf"'
    return answer


@_one(Action.REFER)
def hear(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Write down what was heard."""
    fields = ("state", "on_date", "said_by", "words", "expected_return_date")
    form = filled(request.POST, fields, key="hear")

    def change() -> None:
        services.hear(
            referral_id=referral_id,
            state=form.value("state"),
            on_date=needed_day(form, "on_date"),
            said_by=form.value("said_by"),
            words=form.value("words"),
            expected_return_date=some_day(form, "expected_return_date"),
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, "It is written down.")

    return _do(request, referral_id, form, change)


@_one(Action.REFER)
def expect_back(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Another day of return."""
    form = filled(request.POST, ("expected_return_date", "words"), key="expect_back")

    def change() -> None:
        services.expect_back(
            referral_id=referral_id,
            expected_return_date=needed_day(form, "expected_return_date"),
            words=form.value("words"),
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, "The day of return is changed, and the days to call with it.")

    return _do(request, referral_id, form, change)


@_one(Action.REFER)
def end(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """End it with a reason."""
    form = filled(request.POST, ("why",), key="end")

    def change() -> None:
        services.end_referral(
            referral_id=referral_id, why=form.value("why"), by=request.actor, at=clock.now()
        )
        messages.success(request, "The referral is ended.")

    return _do(request, referral_id, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.REFER)
def touch(request: StaffRequest, touch_id: UUID) -> HttpResponse:
    """Write down what was heard on one of the days to get in touch."""
    referral_id = selectors.referral_of_touch(touch_id, by=request.actor)
    if request.method != "POST":
        return redirect("staff:referral", referral_id)
    form = filled(request.POST, ("words",), key=f"touch {touch_id}")

    def change() -> None:
        services.log_touch(
            touch_id=touch_id, words=form.value("words"), by=request.actor, at=clock.now()
        )
        messages.success(request, "It is written down.")

    return _do(request, referral_id, form, change)


def _do(
    request: StaffRequest, referral_id: UUID, form: Filled, change: Callable[[], None]
) -> HttpResponse:
    """Do it and come back, or show the page with what is wrong and everything typed."""
    try:
        change()
    except Invalid as wrong:
        return pages.show_one(request, referral_id, with_problems(form, problems_of(wrong)))
    except Refused as refused:
        return pages.show_one(request, referral_id, with_problems(form, {"": sentence(refused)}))
    return redirect("staff:referral", referral_id)


def _contents(form: Filled) -> tuple[Content, ...]:
    known = {one.value: one for one in Content}
    return tuple(known[one] for one in form.chosen.get("contents", ()) if one in known)


def _key(form: Filled, name: str) -> UUID:
    try:
        return UUID(form.value(name))
    except ValueError as wrong:
        raise Mistaken({name: "Choose who keeps track of it."}) from wrong
