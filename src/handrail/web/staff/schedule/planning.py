"""Planning: a new track with its sessions, and the days on which the house is closed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.enrollment.selectors import track as tracks
from handrail.areas.organizations import selectors as organizations
from handrail.areas.schedule.models import Track
from handrail.areas.schedule.selectors import week as weeks
from handrail.areas.schedule.services import closed_days, planning
from handrail.core.access import Action, Actor, can_access
from handrail.core.course.schedule import Modality
from handrail.data import course_templates
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.schedule import words
from handrail.web.staff.schedule.forms import CloseForm, TrackForm

NEW = "new:"
"""Stands before a template's id where a new program is to begin with the track."""


@dataclass(frozen=True, slots=True)
class NewTrackPage:
    """The form for a track."""

    frame: Frame
    form: TrackForm


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A closed day in words, with where its sessions went."""

    closure_id: UUID
    day: str
    reason: str
    instead: str
    moved: tuple["MovedRow", ...]
    by: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A session that a closed day touches: what it is, who is expected, and its track's roster."""

    what: str
    people: str
    names: str
    track_address: str


@dataclass(frozen=True, slots=True)
class ClosuresPage:
    """The days on which the house is closed."""

    frame: Frame
    closures: tuple[ClosureRow, ...]
    touched: tuple[MovedRow, ...]
    may_plan: bool
    form: Form
    opened: Form


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.PLAN_GROUPS)
def new_track(request: StaffRequest) -> HttpResponse:
    """Plan a track and put its sessions on the calendar."""
    offered = _programs(request)
    asked: dict[str, Any] = {
        "program": offered,
        "facilitators": organizations.who_can_lead(by=request.actor),
    }
    if request.method != "POST":
        first = {
            "program": offered[0][0],
            "modality": Modality.ROOM.value,
            "start": time(18),
            "first": clock.today(request.rules.zone),
        }
        return _show_new(request, TrackForm(initial=first, **asked))
    form = TrackForm(request.POST, **asked)
    if not form.submit(_make, zone=request.rules.zone, by=request.actor, at=clock.now()):
        return _show_new(request, form)
    messages.success(request, f"{form.result.name} is on the calendar.")
    return redirect("staff:track", track_id=form.result.pk)


@transaction.atomic
def _make(
    *, program: str, first: date, until: date, by: Actor, at: datetime, **track: Any
) -> Track:
    made = planning.make_track(program_id=_program(program, by, at), by=by, at=at, **track)
    planning.lay_out(track_id=made.pk, since=first, until=until, by=by, at=at)
    return made


def _program(chosen: str, by: Actor, at: datetime) -> UUID:
    if not chosen.startswith(NEW):
        return UUID(chosen)
    template = chosen.removeprefix(NEW)
    name = course_templates()[template].name.split(",")[0]
    return planning.make_program(name=name, template=template, by=by, at=at).pk


def _programs(request: StaffRequest) -> list[tuple[str, str]]:
    """The programs there are, then one for each template that is not offered yet."""
    known = tracks.programs(by=request.actor)
    names = {one.name for one in known}
    fresh = [
        (f"{NEW}{one.id}", f"New: {one.name}")
        for one in course_templates().values()
        if one.name.split(",")[0] not in names
    ]
    return [*((str(one.pk), one.name) for one in known), *fresh]


def _show_new(request: StaffRequest, form: TrackForm) -> HttpResponse:
    page = NewTrackPage(frame(request, "Plan a track", here="staff:groups"), form)
    return render(request, "staff/schedule/new_track.jinja", {"page": page}, status=form.status)


@require_safe
@staff(Action.SEE_GROUPS)
def closures(request: StaffRequest) -> HttpResponse:
    """Show the closed days."""
    return _show_closures(request)


@require_POST
@staff(Action.PLAN_GROUPS)
def close_day(request: StaffRequest) -> HttpResponse:
    """Close the house for a day; one with sessions within 24 hours is asked about first."""
    form = CloseForm(request.POST)
    if not form.submit(closed_days.close_day, by=request.actor, at=clock.now()):
        return _show_closures(request, form)
    made = form.result
    moved = weeks.moved_away([made.local_date], by=request.actor).get(made.local_date, ())
    told = len({name for one in moved for name in one.names})
    who = f"{words.people(told)} to be told: the list stands below." if told else ""
    messages.success(
        request,
        f"The house is closed on {words.day(made.local_date)}. No session was dropped. {who}",
    )
    return redirect("staff:closures")


@require_POST
@staff(Action.PLAN_GROUPS)
def reopen_day(request: StaffRequest, closure_id: UUID) -> HttpResponse:
    """Open a closed day again, and say which sessions came back and which did not."""
    form = Form(request.POST, key="open")
    service, by = closed_days.reopen_day, request.actor
    if not form.submit(service, closure_id=closure_id, by=by, at=clock.now()):
        return _show_closures(request, form)
    done = form.result
    messages.success(request, f"{words.day(done.local_date)} is open again.")
    for one in weeks.expected_at(done.back, by=by):
        who = f"{words.people(len(one.names))} to be told" if one.names else "nobody is expected"
        messages.success(
            request, f"Back on it: {one.session.track}, session {one.session.number}; {who}."
        )
    for why in done.stay:
        messages.warning(request, sentence(why))
    return redirect("staff:closures")


def _show_closures(request: StaffRequest, posted: Form | None = None) -> HttpResponse:
    today, by = clock.today(request.rules.zone), request.actor
    may_plan = can_access(by, Action.PLAN_GROUPS)
    closed = weeks.closures(today - timedelta(days=90), by=by)
    moved = weeks.moved_away([one.local_date for one in closed], by=by)
    form = CloseForm().unless(posted)
    page = ClosuresPage(
        frame=frame(request, "Closed days", here="staff:groups"),
        closures=tuple(
            ClosureRow(
                one.pk,
                f"{words.day(one.local_date)}, {one.local_date.year}",
                one.reason,
                words.day(one.instead_date) if one.instead_date else "to the end of each track",
                tuple(_moved(which) for which in moved.get(one.local_date, ())),
                one.recorded_by,
                may_plan and one.local_date >= today,
            )
            for one in closed
        ),
        touched=_touched(form, by) if form.question else (),
        may_plan=may_plan,
        form=form,
        opened=Form(key="open").unless(posted),
    )
    status = posted.status if posted else 200
    return render(request, "staff/schedule/closures.jinja", {"page": page}, status=status)


def _touched(form: Form, by: Actor) -> tuple[MovedRow, ...]:
    """What closing the day would take away, by the day that was typed."""
    day = form.cleaned_data["local_date"]
    return tuple(_moved(one) for one in weeks.expected_on(day, by=by))


def _moved(one: weeks.Expected) -> MovedRow:
    line = one.session
    return MovedRow(
        what=(
            f"{line.track}, no. {line.number}, {words.day_of_year(line.local_date)},"
            f" {words.span(line.start, line.end)}"
        ),
        people=words.people(len(one.names)),
        names=", ".join(one.names),
        track_address=words.address("track", track_id=line.track_id),
    )
