"""The week of people and rooms: who is there, what takes them, and who is planned twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import typed, words
from handrail.web.staff.schedule.bars import WIDTH, Piece, pieces
from handrail.web.staff.schedule.typed import NOTHING, Typed


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
    typed: Typed


@require_safe
@staff(Action.SEE_AVAILABILITY)
def week(request: StaffRequest) -> HttpResponse:
    """Show the week that is asked for, or this one."""
    return _show(request)


@require_POST
@staff(Action.SET_AVAILABILITY)
def record_room(request: StaffRequest) -> HttpResponse:
    """Put a room on the list."""
    try:
        made = services.record_room(
            name=typed.text(request, "name")[:80],
            capacity=(
                typed.a_number(request, "capacity", "how many people it holds")
                if typed.text(request, "capacity")
                else None
            ),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show(request, typed.keep(request, "room", problem))
    messages.success(request, f"{made.name} is on the list of rooms.")
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


def _show(request: StaffRequest, form: Typed = NOTHING) -> HttpResponse:
    today = clock.today(request.rules.zone)
    asked, problem = _asked(request, today)
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
        typed=form if form.problem else Typed("week", problem),
    )
    status = 400 if page.typed.problem else 200
    return render(request, "staff/schedule/availability.jinja", {"page": page}, status=status)


def _asked(request: StaffRequest, today: date) -> tuple[date, str]:
    asked = str(request.GET.get("week", ""))
    try:
        day = typed.read_date(asked) if asked else today
    except Invalid as problem:
        return today, str(problem)
    if not 2000 <= day.year <= 2100:
        return today, "Choose a week between 2000 and 2100."
    return day, ""


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
