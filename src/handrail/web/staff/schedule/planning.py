"""Planning: a new track with its sessions, and the days on which the house is closed."""

from dataclasses import dataclass
from datetime import timedelta
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
from handrail.core.errors import Invalid
from handrail.data import course_templates
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.schedule import typed, words
from handrail.web.staff.schedule.session import MODALITIES
from handrail.web.staff.schedule.typed import NOTHING, Typed

NEW = "new:"
"""Stands before a template's id where a new program is to begin with the track."""


@dataclass(frozen=True, slots=True)
class NewTrackPage:
    """The form for a track. `programs` are those there are, then one for each template."""

    frame: Frame
    programs: tuple[tuple[str, str], ...]
    weekdays: tuple[tuple[int, str], ...]
    modalities: tuple[tuple[str, str], ...]
    colleagues: tuple[tuple[UUID, str], ...]
    today: str
    typed: Typed


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
    typed: Typed


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.PLAN_GROUPS)
def new_track(request: StaffRequest) -> HttpResponse:
    """Plan a track and put its sessions on the calendar."""
    if request.method != "POST":
        return _show_new(request)
    try:
        made = _make(request)
    except Invalid as problem:
        return _show_new(request, typed.keep(request, "new", problem))
    messages.success(request, f"{made.name} is on the calendar.")
    return redirect("staff:track", track_id=made.pk)


@transaction.atomic
def _make(request: StaffRequest) -> Track:
    by, at = request.actor, clock.now()
    first = typed.a_date(request, "first", "the first day")
    until = typed.a_date(request, "until", "the last day to plan")
    seats = typed.a_number(request, "seats", "seats") if typed.text(request, "seats") else None
    try:
        modality = Modality(typed.text(request, "modality"))
    except ValueError:
        raise typed.NotChosen("how they meet") from None
    made = planning.make_track(
        program_id=_program(request),
        name=typed.text(request, "name")[:120],
        days=typed.weekdays(request, "days"),
        start=typed.a_time(request, "start"),
        zone=request.rules.zone,
        modality=modality,
        room=typed.text(request, "room")[:80],
        seats=seats,
        topics=[one[:120] for one in str(request.POST.get("topics", "")).splitlines()],
        facilitators=typed.ids(request, "facilitators"),
        confirmed=typed.confirmed(request),
        by=by,
        at=at,
    )
    planning.lay_out(track_id=made.pk, since=first, until=until, by=by, at=at)
    return made


def _program(request: StaffRequest) -> UUID:
    chosen = typed.text(request, "program")
    if not chosen.startswith(NEW):
        return typed.an_id(request, "program", "the program")
    shape = course_templates().get(chosen.removeprefix(NEW))
    made = planning.make_program(
        name=shape.name.split(",")[0] if shape else "",
        template=chosen.removeprefix(NEW),
        by=request.actor,
        at=clock.now(),
    )
    return made.pk


def _show_new(request: StaffRequest, form: Typed = NOTHING) -> HttpResponse:
    known = tracks.programs(by=request.actor)
    names = {one.name for one in known}
    fresh = [
        (f"{NEW}{one.id}", f"New: {one.name}")
        for one in course_templates().values()
        if one.name.split(",")[0] not in names
    ]
    page = NewTrackPage(
        frame=frame(request, "Plan a track", here="staff:groups"),
        programs=(*((str(one.pk), one.name) for one in known), *fresh),
        weekdays=words.WEEKDAYS,
        modalities=MODALITIES,
        colleagues=tuple(organizations.who_can_lead(by=request.actor)),
        today=clock.today(request.rules.zone).isoformat(),
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/schedule/new_track.jinja", {"page": page}, status=status)


@require_safe
@staff(Action.SEE_GROUPS)
def closures(request: StaffRequest) -> HttpResponse:
    """Show the closed days."""
    return _show_closures(request)


@require_POST
@staff(Action.PLAN_GROUPS)
def close_day(request: StaffRequest) -> HttpResponse:
    """Close the house for a day; one with sessions within 24 hours is asked about first."""
    try:
        made = closed_days.close_day(
            local_date=typed.a_date(request, "local_date", "the day"),
            reason=typed.text(request, "reason")[:200],
            instead_date=typed.maybe_date(request, "instead_date"),
            confirmed=typed.confirmed(request),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show_closures(request, typed.keep(request, "close", problem))
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
    try:
        done = closed_days.reopen_day(closure_id=closure_id, by=request.actor, at=clock.now())
    except Invalid as problem:
        return _show_closures(request, typed.keep(request, "open", problem))
    messages.success(request, f"{words.day(done.local_date)} is open again.")
    for one in weeks.expected_at(done.back, by=request.actor):
        who = f"{words.people(len(one.names))} to be told" if one.names else "nobody is expected"
        messages.success(
            request, f"Back on it: {one.session.track}, session {one.session.number}; {who}."
        )
    for why in done.stay:
        messages.warning(request, sentence(why))
    return redirect("staff:closures")


def _show_closures(request: StaffRequest, form: Typed = NOTHING) -> HttpResponse:
    today, by = clock.today(request.rules.zone), request.actor
    may_plan = can_access(by, Action.PLAN_GROUPS)
    closed = weeks.closures(today - timedelta(days=90), by=by)
    moved = weeks.moved_away([one.local_date for one in closed], by=by)
    asked = form.asks("close")
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
        touched=_touched(form, by) if asked else (),
        may_plan=may_plan,
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/schedule/closures.jinja", {"page": page}, status=status)


def _touched(form: Typed, by: Actor) -> tuple[MovedRow, ...]:
    """What closing the day would take away, by the day that was typed."""
    day = typed.read_date(form.text("close", "local_date"))
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
