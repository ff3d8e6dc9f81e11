"""The week of people and rooms: who is there, what takes them, and who is planned twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.schedule.selectors import availability as selectors
from handrail.areas.schedule.selectors.availability import DayOf
from handrail.areas.schedule.services import availability as services
from handrail.core.access import Action, can_access
from handrail.core.availability import Busy, Span, What
from handrail.core.course.weeks import week_of
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import words
from handrail.web.staff.schedule.bars import WIDTH, Piece, pieces
from handrail.web.staff.schedule.forms import RoomForm
from handrail.web.staff.schedule.week import asked_week


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a row: its bar, when there is work, what is planned, and what is wrong."""

    day: str
    bar: tuple[Piece, ...]
    hours: str
    lines: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A person or a room: where their hours are set, or where a room is given up."""

    name: str
    small: str
    address: str
    end: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A week of availability."""

    frame: Frame
    title: str
    previous: str
    next: str
    this_week: str
    days: tuple[str, ...]
    people: tuple[Row, ...]
    rooms: tuple[Row, ...]
    without_hours: int
    wrong: int
    width: int
    may_set: bool
    room: RoomForm
    problem: str


@require_safe
@staff(Action.SEE_AVAILABILITY)
def week(request: StaffRequest) -> HttpResponse:
    """Show the week that is asked for, or this one."""
    return _show(request)


@require_POST
@staff(Action.SET_AVAILABILITY)
def record_room(request: StaffRequest) -> HttpResponse:
    """Put a room on the list."""
    form = RoomForm(request.POST)
    if not form.submit(services.record_room, by=request.actor, at=clock.now()):
        return _show(request, form)
    messages.success(request, f"{form.result.name} is on the list of rooms.")
    return redirect("staff:availability")


@require_POST
@staff(Action.SET_AVAILABILITY)
def end_room(request: StaffRequest, room_id: UUID) -> HttpResponse:
    """Take a room off the list."""
    made = services.end_room(
        room_id=room_id,
        on_date=clock.today(request.rules.zone),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, f"{made.name} is off the list. What is planned in it stays planned.")
    return redirect("staff:availability")


def _show(request: StaffRequest, posted: RoomForm | None = None) -> HttpResponse:
    today = clock.today(request.rules.zone)
    asked, problem = asked_week(request, today)
    first, last = week_of(asked)
    found = selectors.week(first, by=request.actor)
    may_set = can_access(request.actor, Action.SET_AVAILABILITY)
    people = tuple(
        Row(
            one.name,
            "" if any(day.known for day in one.days) else "no hours typed in",
            words.address("working_hours", membership_id=one.membership_id),
            "",
            tuple(_cell(day, found.zone, has_hours=True) for day in one.days),
        )
        for one in found.people
    )
    rooms = tuple(
        Row(
            one.name,
            f"holds {one.capacity}" if one.capacity else "",
            "",
            words.address("end_room", room_id=one.room_id) if one.room_id and may_set else "",
            tuple(_cell(day, found.zone, has_hours=False) for day in one.days),
        )
        for one in found.rooms
    )
    page = WeekPage(
        frame=frame(request, "Availability", here="staff:groups"),
        title=f"Week of {words.day(first)} to {words.day(last)}",
        previous=(first - timedelta(days=7)).isoformat(),
        next=(first + timedelta(days=7)).isoformat(),
        this_week="" if first <= today <= last else "yes",
        days=tuple(words.day(first + timedelta(days=one)) for one in range(7)),
        people=people,
        rooms=rooms,
        without_hours=sum(bool(one.small) for one in people),
        wrong=sum(len(cell.wrong) for row in (*people, *rooms) for cell in row.cells),
        width=WIDTH,
        may_set=may_set,
        room=posted or RoomForm(),
        problem=problem,
    )
    status = 400 if problem else page.room.status
    return render(request, "staff/schedule/availability.jinja", {"page": page}, status=status)


# ---- a day in words ----------------------------------------------------------------------------


def _cell(day: DayOf, zone: str, *, has_hours: bool) -> Cell:
    return Cell(
        day=words.day(day.local_date),
        bar=pieces(day),
        hours=_hours(day, zone) if has_hours else "",
        lines=tuple(_lines(day.busy, zone)),
        wrong=tuple(_wrong(day, zone)),
    )


def _hours(day: DayOf, zone: str) -> str:
    if not day.known:
        return ""
    if not day.working:
        return "does not work"
    return "works " + " and ".join(span_words(one, zone) for one in day.working)


def _lines(busy: Iterable[Busy], zone: str) -> Iterable[str]:
    """A line for each thing; screening times one after the other are one stretch."""
    run: list[Busy] = []
    for one in busy:
        follows = run and one.what is What.SCREENING and one.span.since == run[-1].span.until
        if run and not follows:
            yield _stretch(run, zone)
            run = []
        if one.what is What.SCREENING:
            run.append(one)
        else:
            yield line_of(one, zone)
    if run:
        yield _stretch(run, zone)


def _stretch(run: list[Busy], zone: str) -> str:
    if len(run) == 1:
        return line_of(run[0], zone)
    whole = Span(run[0].span.since, run[-1].span.until)
    return f"{span_words(whole, zone)} {len(run)} screening times"


def line_of(one: Busy, zone: str) -> str:
    """What takes a part of a day, in a line: 6 to 9 pm leads Evening IOP."""
    if one.what is What.CLOSED:
        return f"closed: {one.words}"
    if one.what is What.AWAY:
        when = "" if _whole_days(one.span, zone) else f" {span_words(one.span, zone)}"
        return f"away{when}{f': {one.words}' if one.words else ''}"
    return f"{span_words(one.span, zone)} {one.words}"


def _wrong(day: DayOf, zone: str) -> Iterable[str]:
    for one, other in day.clashes:
        yield f"Two at once: {line_of(one, zone)}, and {line_of(other, zone)}"
    for one in day.outside:
        yield f"Not there: {line_of(one, zone)}"


def span_words(span: Span, zone: str) -> str:
    """6 to 9 pm, at the house."""
    begins, ends = (one.astimezone(ZoneInfo(zone)) for one in (span.since, span.until))
    return words.span(begins.time(), ends.time())


def _whole_days(span: Span, zone: str) -> bool:
    begins, ends = (one.astimezone(ZoneInfo(zone)) for one in (span.since, span.until))
    return _midnight(begins) and _midnight(ends)


def _midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)
