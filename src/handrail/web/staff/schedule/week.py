"""The week of groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.enrollment.selectors import track as tracks
from handrail.areas.schedule.selectors import week as weeks
from handrail.core.access import Action, Actor, can_access
from handrail.core.course.local_time import ClockChange
from handrail.core.course.session_states import State
from handrail.core.course.weeks import week_of
from handrail.core.dates import read_day
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import words

MOST_SLOTS = 12
"""How many rows of different times the grid on a desktop has; later ones share the last."""


@dataclass(frozen=True, slots=True)
class Card:
    """One session of the week. `slot` is its row among the week's times, `seats` what is drawn:
    taken and all, None without a limit.
    """

    track_address: str
    board_address: str
    change_address: str
    track: str
    number: int
    day: str
    time: str
    place: str
    led_by: str
    topics: str
    people: int
    limit: int | None
    free: int | None
    state: str
    mark: str
    remarks: tuple[str, ...]
    canceled: bool
    slot: int


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day with its sessions, or why the house is closed; `goes_on` when a session had begun
    before it was.
    """

    name: str
    short: str
    is_today: bool
    closed: str
    instead: str
    goes_on: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A week of groups."""

    frame: Frame
    title: str
    previous: str
    next: str
    this_week: str
    days: tuple[DayColumn, ...]
    tracks: tuple[tracks.TrackName, ...]
    may_plan: bool
    keeps_waiting: bool
    problem: str


@require_safe
@staff(Action.SEE_GROUPS)
def groups(request: StaffRequest) -> HttpResponse:
    """Show the week that is asked for, or this one."""
    today = clock.today(request.rules.zone)
    day, problem = asked_week(request, today)
    first, last = week_of(day)
    found = weeks.week(first, by=request.actor)
    may_plan = can_access(request.actor, Action.PLAN_GROUPS)
    page = WeekPage(
        frame=frame(request, "Groups", here="staff:groups"),
        title=f"Week of {words.day(first)} to {words.day(last)}",
        previous=(first - timedelta(days=7)).isoformat(),
        next=(first + timedelta(days=7)).isoformat(),
        this_week="" if first <= today <= last else week_of(today)[0].isoformat(),
        days=_columns(found.days, today, request.actor),
        tracks=tuple(tracks.tracks(by=request.actor)),
        may_plan=may_plan,
        keeps_waiting=can_access(request.actor, Action.KEEP_WAITING_LIST),
        problem=problem,
    )
    return render(
        request, "staff/schedule/week.jinja", {"page": page}, status=400 if problem else 200
    )


def asked_week(request: StaffRequest, today: date) -> tuple[date, str]:
    """A day of the week that is asked for; of this one, and what is wrong, when that is none."""
    asked = str(request.GET.get("week", ""))
    day = read_day(asked) if asked else today
    if day is None or not 2000 <= day.year <= 2100:
        return today, "Choose a week between 2000 and 2100."
    return day, ""


def _columns(days: Iterable[weeks.Day], today: date, by: Actor) -> tuple[DayColumn, ...]:
    shown = list(days)
    slots = sorted({slot for day in shown for slot in _slots(day)})
    rows = {slot: min(index, MOST_SLOTS) for index, slot in enumerate(slots, 1)}
    return tuple(
        DayColumn(
            name=f"{day.local_date:%A}, {day.local_date:%b} {day.local_date.day}",
            short=f"{day.local_date:%a} {day.local_date.day}",
            is_today=day.local_date == today,
            closed=day.closed,
            instead=words.day(day.instead_date) if day.instead_date else "",
            goes_on=any(one.state is not State.CANCELED for one in day.sessions),
            cards=tuple(
                card(one, by, rows[slot])
                for one, slot in zip(day.sessions, _slots(day), strict=True)
            ),
        )
        for day in shown
    )


def _slots(day: weeks.Day) -> list[tuple[time, int]]:
    """When each session of a day begins, and which of those that begin then it is."""
    starts = [one.start for one in day.sessions]
    return [(start, starts[:index].count(start)) for index, start in enumerate(starts)]


def card(line: weeks.SessionLine, by: Actor, slot: int = 0) -> Card:
    """One session in words, with addresses of those pages alone that its reader may see."""
    mark, state = words.STATES[line.state]
    return Card(
        track_address=words.address("track", track_id=line.track_id),
        board_address=(
            words.address("board", session_id=line.session_id)
            if can_access(by, Action.SEE_BOARD)
            else ""
        ),
        change_address=(
            words.address("group_session", session_id=line.session_id)
            if can_access(by, Action.PLAN_GROUPS)
            else ""
        ),
        track=line.track,
        number=line.number,
        day=words.day(line.local_date),
        time=words.span(line.start, line.end),
        place=words.place(line.modality, line.room),
        led_by=", ".join(line.facilitators),
        topics=", ".join(line.topics),
        people=line.people,
        limit=line.limit,
        free=line.free,
        state=state,
        mark=mark,
        remarks=tuple(_remarks(line)),
        canceled=line.state is State.CANCELED,
        slot=slot,
    )


def _remarks(line: weeks.SessionLine) -> Iterable[str]:
    if line.canceled_reason:
        yield line.canceled_reason
    if line.moved_from and line.moved_from != line.local_date:
        yield f"moved from {words.day(line.moved_from)}: {line.moved_reason}"
    if line.clock_change is ClockChange.REPEATED:
        yield "clocks go back: the first of the two hours"
    if line.clock_change is ClockChange.SKIPPED:
        yield "clocks go forward: held an hour later by the clock"
