"""The page on which someone is admitted, and where the first days are written down."""

from datetime import time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from handrail.areas.admission import selectors, services
from handrail.areas.schedule.errors import AskFirst
from handrail.areas.schedule.models import Enrollment
from handrail.core.access import Action
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.admission.page import page_of
from handrail.web.staff.admission.wanted import MeetingHalfGiven, TrackNotChosen, Wanted, read
from handrail.web.staff.clients.forms import NOTHING, Filled, filled, some_day, with_problems
from handrail.web.staff.schedule.words import clock_time

_TYPED = (
    *("reason", "inquiry_id", "referral_id"),
    *("meeting_date", "meeting_time", "meeting_with"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.ADMIT)
def admit(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """What is open, which track fits, the course laid out; posted, the admission."""
    today = clock.today(request.rules.zone)
    found = selectors.ready(client_id, by=request.actor, today=today)
    typed = request.POST if request.method == "POST" else request.GET
    wanted = read(typed, today=today, language=found.client.language)
    if request.method != "POST":
        return _show(request, found, wanted, NOTHING)
    form = filled(request.POST, _TYPED, key="admit")
    try:
        made = _admit(request, found, wanted, form)
    except AskFirst as asked:
        form = with_problems(form, _problems(asked))
        return _show(request, found, wanted, form, asked=asked)
    except Invalid as wrong:
        return _show(request, found, wanted, with_problems(form, _problems(wrong)))
    messages.success(request, f"{found.client.name} is admitted. {_first_session(request, made)}")
    return redirect(f"{reverse('staff:admit', args=[client_id])}#first-days")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.ADMIT)
def log_first_contact(request: StaffRequest, first_contact_id: UUID) -> HttpResponse:
    """Write down what was heard in the first days."""
    client_id = selectors.whose_first_contact(first_contact_id, by=request.actor)
    place = f"{reverse('staff:admit', args=[client_id])}#first-days"
    if request.method != "POST":
        return redirect(place)
    form = filled(request.POST, ("words",), key=f"contact-{first_contact_id}")
    try:
        services.log_first_contact(
            first_contact_id=first_contact_id,
            words=form.value("words"),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as wrong:
        today = clock.today(request.rules.zone)
        found = selectors.ready(client_id, by=request.actor, today=today)
        wanted = read(request.GET, today=today, language=found.client.language)
        return _show(request, found, wanted, with_problems(form, _problems(wrong)))
    messages.success(request, "It is written down.")
    return redirect(place)


def _first_session(request: StaffRequest, made: Enrollment) -> str:
    """When they come first, as far as it is on the calendar."""
    laid = selectors.lay_out(
        made.track_id, from_date=made.from_date, days=made.days, busy=(), by=request.actor
    )
    if not laid.days:
        return "No session is on the calendar yet. The first days are below."
    first = laid.days[0]
    when = f"{filters.day(first.local_date)} at {clock_time(first.start)}"
    return f"The first session: {when}. The first days are below."


def _admit(
    request: StaffRequest, found: selectors.Ready, wanted: Wanted, form: Filled
) -> Enrollment:
    if wanted.track_id is None:
        raise TrackNotChosen
    if wanted.problem:
        raise wanted.problem
    return services.admit(
        client_id=found.client.pk,
        track_id=wanted.track_id,
        from_date=wanted.from_date,
        days=wanted.days,
        reason=form.value("reason"),
        confirmed=request.POST.get("confirmed", ""),
        inquiry_id=_key(form.value("inquiry_id")),
        referral_id=_key(form.value("referral_id")),
        meeting=_meeting(form),
        by=request.actor,
        at=clock.now(),
    )


def _meeting(form: Filled) -> services.Meeting | None:
    """The first hour with a counselor, once any part of it was typed."""
    day, typed = some_day(form, "meeting_date"), form.value("meeting_time").strip()
    who = _key(form.value("meeting_with"))
    if not (day or typed or who):
        return None
    try:
        starts = time.fromisoformat(typed)
    except ValueError:
        starts = None
    if day is None or starts is None or who is None:
        raise MeetingHalfGiven
    return services.Meeting(day, starts, who)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _problems(wrong: Invalid) -> dict[str, str]:
    if isinstance(wrong, AskFirst):
        return {"confirmed": "Look at what is still open, and say that it is meant."}
    return {one.field or "track": sentence(one) for one in wrong.errors}


def _show(
    request: StaffRequest,
    found: selectors.Ready,
    wanted: Wanted,
    form: Filled,
    asked: AskFirst | None = None,
) -> HttpResponse:
    page = page_of(request, found, wanted, form, asked)
    status = 400 if form.problems else 200
    return render(request, "staff/admission/admit.jinja", {"page": page}, status=status)
