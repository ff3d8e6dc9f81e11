"""One colleague's hours: each week, on single dates, and time away."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.schedule.models import TimeAway, WorkingHours
from handrail.areas.schedule.selectors import availability as selectors
from handrail.areas.schedule.services import availability as services
from handrail.core.access import Action, can_access
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import typed, words
from handrail.web.staff.schedule.typed import NOTHING, Typed

STRETCHES = (1, 2)
"""How many stretches a day can have in the form: the second is for after a long break."""


@dataclass(frozen=True, slots=True)
class Weekday:
    """One day of the week in the form. `stretches` are its hours, as the browser writes times."""

    number: int
    name: str
    stretches: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Hours of a date or time away in words, with what is sent to take it back."""

    day: str
    what: str
    key: str
    by: str


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The hours of one colleague."""

    frame: Frame
    name: str
    membership_id: UUID
    now: tuple[str, ...]
    later: str
    weekdays: tuple[Weekday, ...]
    dated: tuple[Line, ...]
    away: tuple[Line, ...]
    today: str
    may_set: bool
    typed: Typed


@require_safe
@staff(Action.SEE_AVAILABILITY)
def hours(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Show someone's hours."""
    return _show(request, membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def set_week(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Set the hours of each week from a day on."""
    try:
        services.set_weekly_hours(
            membership_id=membership_id,
            hours=_typed_week(request),
            zone=request.rules.zone,
            from_date=typed.a_date(request, "from_date", "from which day on"),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show(request, membership_id, typed.keep(request, "week", problem))
    messages.success(request, "The hours of the week are set.")
    return redirect("staff:working_hours", membership_id=membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def set_day(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Set the hours of one date, or none; or let the week's count again."""
    try:
        day = typed.a_date(request, "local_date", "the day")
        if typed.text(request, "forget"):
            services.forget_hours_of_date(
                membership_id=membership_id, local_date=day, by=request.actor, at=clock.now()
            )
            messages.success(request, f"The week’s hours count on {words.day(day)} again.")
            return redirect("staff:working_hours", membership_id=membership_id)
        services.set_hours_of_date(
            membership_id=membership_id,
            local_date=day,
            hours=_typed_day(request),
            zone=request.rules.zone,
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show(request, membership_id, typed.keep(request, "day", problem))
    messages.success(request, f"The hours of {words.day(day)} are set.")
    return redirect("staff:working_hours", membership_id=membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def time_away(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Write down that someone is away; what they are planned for is asked about first."""
    try:
        first = typed.a_date(request, "from_date", "the first day")
        services.record_time_away(
            membership_id=membership_id,
            from_date=first,
            until_date=typed.maybe_date(request, "until_date") or first,
            start=typed.a_time(request, "start") if typed.text(request, "start") else None,
            end=typed.a_time(request, "end") if typed.text(request, "end") else None,
            zone=request.rules.zone,
            why=typed.text(request, "why")[:120],
            confirmed=typed.confirmed(request),
            by=request.actor,
            at=clock.now(),
        )
    except Invalid as problem:
        return _show(request, membership_id, typed.keep(request, "away", problem))
    messages.success(request, "The time away is written down.")
    return redirect("staff:working_hours", membership_id=membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def cancel_time_away(request: StaffRequest, time_away_id: UUID) -> HttpResponse:
    """Take time away back."""
    row = services.cancel_time_away(time_away_id=time_away_id, by=request.actor, at=clock.now())
    messages.success(request, f"There after all on {words.day(row.from_date)}.")
    return redirect("staff:working_hours", membership_id=row.membership_id)


# ---- reading what was typed --------------------------------------------------------------------


def _typed_week(request: StaffRequest) -> list[tuple[int, time, time]]:
    found = []
    for number, name in words.WEEKDAYS:
        for stretch in STRETCHES:
            ends = _stretch(request, f"start-{number}-{stretch}", f"end-{number}-{stretch}", name)
            if ends:
                found.append((number, *ends))
    return found


def _typed_day(request: StaffRequest) -> list[tuple[time, time]]:
    if typed.text(request, "here") == "no":
        return []
    ends = _stretch(request, "start", "end", "The day")
    if ends is None:
        raise typed.NoHoursGiven
    return [ends]


def _stretch(request: StaffRequest, start: str, end: str, what: str) -> tuple[time, time] | None:
    given = [bool(typed.text(request, one)) for one in (start, end)]
    if not any(given):
        return None
    if not all(given):
        raise typed.HalfGiven(what)
    return typed.a_time(request, start), typed.a_time(request, end)


# ---- showing -----------------------------------------------------------------------------------


def _show(request: StaffRequest, membership_id: UUID, form: Typed = NOTHING) -> HttpResponse:
    today = clock.today(request.rules.zone)
    found = selectors.hours_of(membership_id, on=today, by=request.actor)
    now = [one for one in found.weekly if one.from_date and one.from_date <= today]
    later = [one for one in found.weekly if one not in now]
    page = HoursPage(
        frame=frame(request, f"Hours of {found.name}", here="staff:groups"),
        name=found.name,
        membership_id=membership_id,
        now=tuple(_day_words(number, name, now) for number, name in words.WEEKDAYS) if now else (),
        later=_later(later),
        weekdays=tuple(
            Weekday(number, name, _stretches(number, later or now))
            for number, name in words.WEEKDAYS
        ),
        dated=_dated(found.dated),
        away=tuple(_away(one) for one in found.away),
        today=today.isoformat(),
        may_set=can_access(request.actor, Action.SET_AVAILABILITY),
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/schedule/working_hours.jinja", {"page": page}, status=status)


def _day_words(number: int, name: str, rows: list[WorkingHours]) -> str:
    said = [
        words.span(one.start, one.end)
        for one in rows
        if one.weekday == number and one.start and one.end
    ]
    return f"{name}: {' and '.join(said) or 'does not work'}"


def _later(rows: list[WorkingHours]) -> str:
    first = min((one.from_date for one in rows if one.from_date), default=None)
    if first is None:
        return ""
    said = [_day_words(number, name, rows) for number, name in words.WEEKDAYS]
    return f"From {words.day_of_year(first)} on: {'; '.join(said)}."


def _stretches(number: int, rows: list[WorkingHours]) -> tuple[tuple[int, str, str], ...]:
    own = [one for one in rows if one.weekday == number and one.start and one.end]
    filled = [(f"{one.start:%H:%M}", f"{one.end:%H:%M}") for one in own] + [("", "")] * 2
    return tuple((stretch, *filled[stretch - 1]) for stretch in STRETCHES)


def _dated(rows: tuple[WorkingHours, ...]) -> tuple[Line, ...]:
    days: dict[date, list[WorkingHours]] = {}
    for one in rows:
        if one.local_date:
            days.setdefault(one.local_date, []).append(one)
    return tuple(
        Line(
            words.day_of_year(day),
            " and ".join(words.span(one.start, one.end) for one in own if one.start and one.end)
            or "does not work",
            day.isoformat(),
            own[0].recorded_by,
        )
        for day, own in days.items()
    )


def _away(row: TimeAway) -> Line:
    when = words.dates(row.from_date, row.until_date)
    if row.from_date == row.until_date:
        when = words.day_of_year(row.from_date)
    if row.start and row.end:
        when = f"{when}, {words.span(row.start, row.end)}"
    return Line(when, row.why, str(row.pk), row.recorded_by)
