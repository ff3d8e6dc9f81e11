"""One person's membership in a track: transfer, other days, a pause, the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.enrollment.selectors import track as tracks
from handrail.areas.enrollment.services import enrollment as services
from handrail.areas.schedule.models import Enrollment
from handrail.core.access import Action
from handrail.core.course.schedule import Weekday
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import typed, words
from handrail.web.staff.schedule.typed import NOTHING, Typed


@dataclass(frozen=True, slots=True)
class PauseRow:
    """Days away; one that goes on can be ended."""

    pause_id: UUID
    dates: str
    reason: str
    open: bool


@dataclass(frozen=True, slots=True)
class MembershipPage:
    """A membership and everything that can be done about it."""

    frame: Frame
    enrollment_id: UUID
    client_id: UUID
    name: str
    chart: str
    track_id: UUID
    track: str
    dates: str
    days_words: str
    ended: str
    is_over: bool
    until: str
    days: tuple[tuple[int, str, bool], ...]
    pauses: tuple[PauseRow, ...]
    tracks: tuple[tracks.TrackName, ...]
    today: str
    typed: Typed


@require_safe
@staff(Action.ENROLL)
def membership(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Show a membership."""
    return _show(request, enrollment_id)


@require_POST
@staff(Action.ENROLL)
def transfer(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Move the person to another track."""

    def do(row: Enrollment) -> tuple[UUID, str]:
        made = services.transfer(
            enrollment_id=enrollment_id,
            track_id=typed.an_id(request, "track_id", "the track they go to"),
            from_date=typed.a_date(request, "from_date", "the first day there"),
            reason=typed.text(request, "reason"),
            by=request.actor,
            at=clock.now(),
        )
        said = f"{row.client.name} goes to {made.track.name} from {words.day(made.from_date)}."
        return made.track_id, said

    return _do(request, enrollment_id, "transfer", do)


@require_POST
@staff(Action.ENROLL)
def other_days(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Let the person come on other days of the week."""

    def do(row: Enrollment) -> tuple[UUID, str]:
        made = services.taper(
            enrollment_id=enrollment_id,
            days=typed.weekdays(request, "days"),
            from_date=typed.a_date(request, "from_date", "from which day on"),
            by=request.actor,
            at=clock.now(),
        )
        on = words.on_days(Weekday(one) for one in made.days) or "every day of the track"
        return row.track_id, f"{row.client.name} comes on {on} from {words.day(made.from_date)}."

    return _do(request, enrollment_id, "days", do)


@require_POST
@staff(Action.ENROLL)
def pause(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Let the person be away without being missed."""

    def do(row: Enrollment) -> tuple[UUID, str]:
        made = services.pause(
            enrollment_id=enrollment_id,
            from_date=typed.a_date(request, "from_date", "the first day away"),
            until_date=typed.maybe_date(request, "until_date"),
            reason=typed.text(request, "reason")[:300],
            by=request.actor,
            at=clock.now(),
        )
        away = words.dates(made.from_date, made.until_date)
        return row.track_id, f"{row.client.name} is away {away}."

    return _do(request, enrollment_id, "pause", do)


@require_POST
@staff(Action.ENROLL)
def end(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """End the membership."""

    def do(row: Enrollment) -> tuple[UUID, str]:
        ended = services.end_enrollment(
            enrollment_id=enrollment_id,
            last_day=typed.a_date(request, "last_day", "the last day"),
            reason=typed.text(request, "reason"),
            by=request.actor,
            at=clock.now(),
        )
        last = ended.until_date or date.max
        return row.track_id, f"{row.client.name} has {words.day_of_year(last)} as the last day."

    return _do(request, enrollment_id, "end", do)


@require_POST
@staff(Action.ENROLL)
def end_pause(request: StaffRequest, pause_id: UUID) -> HttpResponse:
    """Say when the person is back."""
    row = tracks.enrollment_of_pause(pause_id, by=request.actor)

    def do(row: Enrollment) -> tuple[UUID, str]:
        services.end_pause(
            pause_id=pause_id,
            last_day=typed.a_date(request, "last_day", "the last day away"),
            by=request.actor,
            at=clock.now(),
        )
        return row.track_id, f"{row.client.name} is expected again."

    return _do(request, row.pk, f"back-{pause_id}", do)


def _do(
    request: StaffRequest,
    enrollment_id: UUID,
    form: str,
    do: Callable[[Enrollment], tuple[UUID, str]],
) -> HttpResponse:
    """Do it and go to the track, or show the membership with what was typed and what is wrong."""
    row = tracks.enrollment(enrollment_id, by=request.actor)
    try:
        track_id, said = do(row)
    except Invalid as problem:
        return _show(request, enrollment_id, typed.keep(request, form, problem))
    messages.success(request, said)
    return redirect("staff:track", track_id=track_id)


def _show(request: StaffRequest, enrollment_id: UUID, form: Typed = NOTHING) -> HttpResponse:
    row = tracks.enrollment(enrollment_id, by=request.actor)
    today = clock.today(request.rules.zone)
    chosen = row.days or row.track.days
    others = tracks.tracks(by=request.actor, level=row.track.program.level)
    page = MembershipPage(
        frame=frame(request, "Membership", here="staff:groups"),
        enrollment_id=enrollment_id,
        client_id=row.client_id,
        name=row.client.name,
        chart=words.address("chart_course", client_id=row.client_id),
        track_id=row.track_id,
        track=row.track.name,
        dates=words.dates(row.from_date, row.until_date),
        days_words=words.on_days(Weekday(one) for one in row.days) or "every day of the track",
        ended=_ended(row, today),
        is_over=row.until_date is not None and row.until_date < today,
        until=row.until_date.isoformat() if row.until_date else "",
        days=tuple(
            (one, Weekday(one).name.title(), one in chosen) for one in sorted(row.track.days)
        ),
        pauses=tuple(
            PauseRow(
                one.pk,
                words.dates(one.from_date, one.until_date),
                one.reason,
                one.until_date is None,
            )
            for one in row.pauses.all()
        ),
        tracks=tuple(one for one in others if one.track_id != row.track_id),
        today=today.isoformat(),
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/enrollment/membership.jinja", {"page": page}, status=status)


def _ended(row: Enrollment, today: date) -> str:
    """When the membership ended or will end, and why; empty while there is no end."""
    if row.until_date is None:
        return ""
    if row.until_date < row.from_date:
        return f"Replaced before it began: {row.end_reason}"
    when = words.day_of_year(row.until_date)
    ends = f"Ended {when}" if row.until_date < today else f"Ends {when}"
    return f"{ends}: {row.end_reason}" if row.end_reason else ends
