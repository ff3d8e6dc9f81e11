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
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import words
from handrail.web.staff.schedule.forms import (
    STRETCHES,
    AwayForm,
    DayForm,
    WeekForm,
    ends_of,
)


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
    dated: tuple[Line, ...]
    away: tuple[Line, ...]
    may_set: bool
    week: Form
    day: Form
    time_away: Form


@require_safe
@staff(Action.SEE_AVAILABILITY)
def hours(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Show someone's hours."""
    return _show(request, membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def set_week(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Set the hours of each week from a day on."""
    form, zone = WeekForm(request.POST), request.rules.zone
    given = {"membership_id": membership_id, "zone": zone, "by": request.actor, "at": clock.now()}
    if not form.submit(services.set_weekly_hours, **given):
        return _show(request, membership_id, form)
    messages.success(request, "The hours of the week are set.")
    return redirect("staff:working_hours", membership_id=membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def set_day(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Set the hours of one date, or none; or let the week's count again."""
    form = DayForm(request.POST)
    given = {"membership_id": membership_id, "by": request.actor, "at": clock.now()}
    forget = bool(form["forget"].value())
    done = (
        form.submit(services.forget_hours_of_date, **given)
        if forget
        else form.submit(services.set_hours_of_date, zone=request.rules.zone, **given)
    )
    if not done:
        return _show(request, membership_id, form)
    day = words.day(form.cleaned_data["local_date"])
    said = f"The week’s hours count on {day} again." if forget else f"The hours of {day} are set."
    messages.success(request, said)
    return redirect("staff:working_hours", membership_id=membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def time_away(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Write down that someone is away; what they are planned for is asked about first."""
    form, zone = AwayForm(request.POST), request.rules.zone
    given = {"membership_id": membership_id, "zone": zone, "by": request.actor, "at": clock.now()}
    if not form.submit(services.record_time_away, **given):
        return _show(request, membership_id, form)
    messages.success(request, "The time away is written down.")
    return redirect("staff:working_hours", membership_id=membership_id)


@require_POST
@staff(Action.SET_AVAILABILITY)
def cancel_time_away(request: StaffRequest, time_away_id: UUID) -> HttpResponse:
    """Take time away back."""
    row = services.cancel_time_away(time_away_id=time_away_id, by=request.actor, at=clock.now())
    messages.success(request, f"There after all on {words.day(row.from_date)}.")
    return redirect("staff:working_hours", membership_id=row.membership_id)


# ---- showing -----------------------------------------------------------------------------------


def _show(request: StaffRequest, membership_id: UUID, posted: Form | None = None) -> HttpResponse:
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
        dated=_dated(found.dated),
        away=tuple(_away(one) for one in found.away),
        may_set=can_access(request.actor, Action.SET_AVAILABILITY),
        week=WeekForm(initial=_filled(later or now) | {"from_date": today}).unless(posted),
        day=DayForm().unless(posted),
        time_away=AwayForm().unless(posted),
    )
    status = posted.status if posted else 200
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


def _filled(rows: list[WorkingHours]) -> dict[str, time | None]:
    """The hours in force, by the fields of the form."""
    filled: dict[str, time | None] = {}
    for number, _ in words.WEEKDAYS:
        own = [one for one in rows if one.weekday == number and one.start and one.end]
        for stretch, one in zip(STRETCHES, own, strict=False):
            start, end = ends_of(number, stretch)
            filled |= {start: one.start, end: one.end}
    return filled


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
