"""What can be done with an inquiry: each view does one thing and comes back to the page."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from handrail.areas.inquiries import services
from handrail.areas.inquiries.selectors import inquiries as selectors
from handrail.core.access import Action
from handrail.core.errors import Invalid
from handrail.core.inquiries import Stage
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.forms import Filled, filled, problems_of, with_problems
from handrail.web.staff.inquiries import fields, words
from handrail.web.staff.inquiries.detail import show

_View = Callable[[StaffRequest, UUID], HttpResponse]


def _posted(action: Action) -> Callable[[_View], Callable[..., HttpResponse]]:
    """Make a view one that changes an inquiry; opened without a form it leads to its page."""

    def wrap(view: _View) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @staff(action)
        @wraps(view)
        def wrapped(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
            found = selectors.inquiry(inquiry_id, by=request.actor)
            if request.method == "POST":
                return view(request, found.pk)
            return redirect("staff:inquiry", inquiry_id=found.pk)

        return wrapped

    return wrap


@_posted(Action.TAKE_INQUIRY)
def change(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Change what is known of the caller and the person."""
    form = filled(request.POST, fields.DETAILS, key="details")

    def do() -> None:
        services.change_inquiry(
            inquiry_id=inquiry_id,
            **fields.details_of(form),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, inquiry_id, form, do, "The details are changed.", "details")


@_posted(Action.TAKE_INQUIRY)
def attempt(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Log that somebody tried to reach them, and what comes next."""
    form = filled(request.POST, ("how", "result", "words", *fields.STEP), key="attempt")

    def do() -> None:
        services.log_attempt(
            inquiry_id=inquiry_id,
            how=form.value("how"),
            result=form.value("result"),
            words=form.value("words"),
            next_step=form.value("next_step"),
            next_step_date=fields.step_day(form, clock.today(request.rules.zone)),
            owner_id=fields.owner_of(form),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, inquiry_id, form, do, "It is written down.", "next")


@_posted(Action.TAKE_INQUIRY)
def carry_on(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Say where it stands, the next step and whose it is; a closed one opens again."""
    form = filled(request.POST, ("stage", "words", *fields.STEP), key="carry")

    def do() -> None:
        services.carry_on(
            inquiry_id=inquiry_id,
            stage=form.value("stage"),
            words=form.value("words"),
            next_step=form.value("next_step"),
            next_step_date=fields.step_day(form, clock.today(request.rules.zone)),
            owner_id=fields.owner_of(form),
            by=request.actor,
            at=clock.now(),
        )

    stage = form.value("stage")
    said = words.stage(stage) if stage in set(Stage) else ""
    return _do(request, inquiry_id, form, do, f"It stands at “{said}” now.", "next")


@_posted(Action.TAKE_INQUIRY)
def confide(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Write down what somebody told in confidence."""
    form = filled(request.POST, ("words", "told_by", "kept_from"), key="confide")

    def do() -> None:
        services.confide(
            inquiry_id=inquiry_id,
            words=form.value("words"),
            told_by=form.value("told_by"),
            kept_from=form.value("kept_from"),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, inquiry_id, form, do, "It is kept apart, in confidence.", "told")


@_posted(Action.RECORD_CLIENT)
def chart(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Open a chart, or attach the chart of a client chosen on purpose."""
    form = filled(request.POST, ("client", "nobody_alike"), key="chart")

    def do() -> None:
        services.open_chart(
            inquiry_id=inquiry_id,
            client_id=_key(form.value("client")),
            nobody_alike=bool(form.value("nobody_alike")),
            by=request.actor,
            at=clock.now(),
        )

    attached = bool(form.value("client"))
    done = "This inquiry belongs to that chart now." if attached else "The chart is opened."
    return _do(request, inquiry_id, form, do, done, "chart")


@_posted(Action.MERGE_INQUIRY)
def merge(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Merge this inquiry into another, or the other into this, as the button says."""
    form = filled(request.POST, ("into", "from"), key="merge")
    into, away = _key(form.value("into")), _key(form.value("from"))
    stays = into or inquiry_id

    def do() -> None:
        if into is None and away is None:
            raise fields.OtherNotChosen
        services.merge_inquiries(
            inquiry_id=inquiry_id if into else away or inquiry_id,
            into_id=stays,
            by=request.actor,
            at=clock.now(),
        )

    done = "They are merged. Both stay readable, and it can be undone on the merged one."
    return _do(request, inquiry_id, form, do, done, "", then=stays)


@_posted(Action.MERGE_INQUIRY)
def separate(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Take a merged inquiry out again."""
    form = filled(request.POST, ("why", *fields.STEP), key="separate")

    def do() -> None:
        services.separate_inquiry(
            inquiry_id=inquiry_id,
            why=form.value("why"),
            next_step=form.value("next_step"),
            next_step_date=fields.step_day(form, clock.today(request.rules.zone)),
            owner_id=fields.owner_of(form),
            by=request.actor,
            at=clock.now(),
        )

    return _do(request, inquiry_id, form, do, "It stands by itself again.", "next")


@_posted(Action.TAKE_INQUIRY)
def close(request: StaffRequest, inquiry_id: UUID) -> HttpResponse:
    """Close an inquiry with a reason."""
    form = filled(request.POST, ("why",), key="close")

    def do() -> None:
        services.close_inquiry(
            inquiry_id=inquiry_id, why=form.value("why"), by=request.actor, at=clock.now()
        )

    return _do(request, inquiry_id, form, do, "The inquiry is closed.", "")


def _do(
    request: StaffRequest,
    inquiry_id: UUID,
    form: Filled,
    do: Callable[[], None],
    done: str,
    part: str,
    *,
    then: UUID | None = None,
) -> HttpResponse:
    """Do it and come back to that part of the page; or show what is wrong and keep the words."""
    try:
        with transaction.atomic():
            do()
    except Invalid as wrong:
        return show(request, inquiry_id, with_problems(form, problems_of(wrong)))
    messages.success(request, done)
    place = f"#{part}" if part else ""
    return redirect(f"{reverse('staff:inquiry', args=[then or inquiry_id])}{place}")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
