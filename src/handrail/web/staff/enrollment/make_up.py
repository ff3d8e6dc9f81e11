"""Finding a session in which someone can make up for one that was missed, and booking it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.enrollment.selectors.make_ups import make_up_options
from handrail.areas.enrollment.services import enrollment
from handrail.core.access import Action, can_access
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.enrollment.forms import MakeUpForm
from handrail.web.staff.schedule import words
from handrail.web.staff.schedule.week import Card, card

SHOWN = 12
"""How many sessions of each kind are listed at first sight."""


@dataclass(frozen=True, slots=True)
class OptionRow:
    """A session that fits, with the missing topics it carries."""

    session_id: UUID
    card: Card
    carries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """A session that does not fit, and why."""

    card: Card
    why: str


@dataclass(frozen=True, slots=True)
class BookedRow:
    """A booked make-up that can be given back."""

    make_up_id: UUID
    card: Card


@dataclass(frozen=True, slots=True)
class MakeUpPage:
    """Where a client can make up a session."""

    chart: ChartFrame
    client_id: UUID
    in_care: bool
    stands: str
    missing: tuple[str, ...]
    options: tuple[OptionRow, ...]
    refusals: tuple[RefusalRow, ...]
    booked: tuple[BookedRow, ...]
    may_book: bool
    posted: Form | None

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def finder(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Show the sessions that fit, best first, and why the others do not."""
    return _show(request, client_id)


@require_POST
@staff(Action.ENROLL)
def book(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Book one."""
    form, by, at = MakeUpForm(request.POST), request.actor, clock.now()
    said = {"client_id": client_id, "confirmed": form.confirmed, "by": by, "at": at}
    if not form.submit(enrollment.book_make_up, **said):
        return _show(request, client_id, form)
    made = form.result
    messages.success(
        request, f"Booked: {made.session.track.name}, {words.day(made.session.local_date)}."
    )
    return redirect("staff:make_up", client_id=client_id)


@require_POST
@staff(Action.ENROLL)
def cancel(request: StaffRequest, make_up_id: UUID) -> HttpResponse:
    """Give a booked one back."""
    client_id = enrollment.client_of_make_up(make_up_id, by=request.actor)
    form = Form(request.POST, key="cancel")
    said = {"make_up_id": make_up_id, "by": request.actor, "at": clock.now()}
    if not form.submit(enrollment.cancel_make_up, **said):
        return _show(request, client_id, form)
    messages.success(request, "The make-up is canceled; its seat is free again.")
    return redirect("staff:make_up", client_id=client_id)


def _show(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    chart = chart_frame(request, client_id, "staff:chart_course")
    found = make_up_options(client_id, by=request.actor, at=clock.now(), today=chart.today)
    stands = found.course.progress
    page = MakeUpPage(
        chart=chart,
        client_id=client_id,
        in_care=found.course.has_open_episode,
        stands=f"{stands.done} of {stands.planned}, {stands.missed} missed",
        missing=found.course.missing_topics,
        options=tuple(
            OptionRow(one.session.session_id, card(one.session, request.actor), one.topics)
            for one in found.options[:SHOWN]
        ),
        refusals=tuple(
            RefusalRow(
                card(one.session, request.actor), "; ".join(why.value for why in one.objections)
            )
            for one in found.refusals[:SHOWN]
        ),
        booked=tuple(
            BookedRow(one.make_up_id, card(one.session, request.actor)) for one in found.booked
        ),
        may_book=can_access(request.actor, Action.ENROLL),
        posted=posted,
    )
    status = posted.status if posted else 200
    return render(request, "staff/enrollment/make_up.jinja", {"page": page}, status=status)
