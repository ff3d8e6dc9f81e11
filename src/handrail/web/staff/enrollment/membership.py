"""One person's membership in a track: transfer, other days, a pause, the end."""

from collections.abc import Callable, Iterator, Mapping
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
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.enrollment import forms
from handrail.web.staff.schedule import words


@dataclass(frozen=True, slots=True)
class PauseRow:
    """Days away; one that goes on can be ended."""

    pause_id: UUID
    dates: str
    reason: str
    open: bool
    back: Form


@dataclass(frozen=True, slots=True)
class MembershipPage:
    """A membership and everything that can be done about it."""

    frame: Frame
    enrollment_id: UUID
    name: str
    track_id: UUID
    track: str
    dates: str
    days_words: str
    ended: str
    is_over: bool
    has_end: bool
    pauses: tuple[PauseRow, ...]
    has_others: bool
    forms: Mapping[str, Form]


@require_safe
@staff(Action.ENROLL)
def membership(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Show a membership."""
    return _show(request, enrollment_id)


@require_POST
@staff(Action.ENROLL)
def transfer(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Move the person to another track."""
    row = tracks.enrollment(enrollment_id, by=request.actor)
    form = forms.TransferForm(request.POST, track_id=_other_tracks(request, row))
    if not _do(request, form, services.transfer, enrollment_id=row.pk):
        return _show(request, row.pk, form)
    made = form.result
    said = f"{row.client.name} goes to {made.track.name} from {words.day(made.from_date)}."
    return _to_track(request, made.track_id, said)


@require_POST
@staff(Action.ENROLL)
def other_days(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Let the person come on other days of the week."""
    row = tracks.enrollment(enrollment_id, by=request.actor)
    form = forms.DaysForm(request.POST, days=forms.weekdays(row.track.days))
    if not _do(request, form, services.taper, enrollment_id=row.pk):
        return _show(request, row.pk, form)
    made = form.result
    on = words.on_days(Weekday(one) for one in made.days) or "every day of the track"
    said = f"{row.client.name} comes on {on} from {words.day(made.from_date)}."
    return _to_track(request, row.track_id, said)


@require_POST
@staff(Action.ENROLL)
def pause(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """Let the person be away without being missed."""
    row = tracks.enrollment(enrollment_id, by=request.actor)
    form = forms.PauseForm(request.POST)
    if not _do(request, form, services.pause, enrollment_id=row.pk):
        return _show(request, row.pk, form)
    away = words.dates(form.result.from_date, form.result.until_date)
    return _to_track(request, row.track_id, f"{row.client.name} is away {away}.")


@require_POST
@staff(Action.ENROLL)
def end(request: StaffRequest, enrollment_id: UUID) -> HttpResponse:
    """End the membership."""
    row = tracks.enrollment(enrollment_id, by=request.actor)
    form = forms.EndForm(request.POST)
    if not _do(request, form, services.end_enrollment, enrollment_id=row.pk):
        return _show(request, row.pk, form)
    last = words.day_of_year(form.result.until_date or date.max)
    return _to_track(request, row.track_id, f"{row.client.name} has {last} as the last day.")


@require_POST
@staff(Action.ENROLL)
def end_pause(request: StaffRequest, pause_id: UUID) -> HttpResponse:
    """Say when the person is back."""
    row = tracks.enrollment_of_pause(pause_id, by=request.actor)
    form = forms.BackForm(request.POST, key=f"back-{pause_id}")
    if not _do(request, form, services.end_pause, pause_id=pause_id):
        return _show(request, row.pk, form)
    return _to_track(request, row.track_id, f"{row.client.name} is expected again.")


def _do(request: StaffRequest, form: Form, service: Callable[..., object], **about: UUID) -> bool:
    return form.submit(service, **about, by=request.actor, at=clock.now())


def _to_track(request: StaffRequest, track_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("staff:track", track_id=track_id)


def _other_tracks(request: StaffRequest, row: Enrollment) -> list[tuple[UUID, str]]:
    found = tracks.tracks(by=request.actor, level=row.track.program.level)
    return [(one.track_id, one.name) for one in found if one.track_id != row.track_id]


def _show(request: StaffRequest, enrollment_id: UUID, posted: Form | None = None) -> HttpResponse:
    row = tracks.enrollment(enrollment_id, by=request.actor)
    today = clock.today(request.rules.zone)
    others = _other_tracks(request, row)
    page = MembershipPage(
        frame=frame(request, "Membership", here="staff:groups"),
        enrollment_id=enrollment_id,
        name=row.client.name,
        track_id=row.track_id,
        track=row.track.name,
        dates=words.dates(row.from_date, row.until_date),
        days_words=words.on_days(Weekday(one) for one in row.days) or "every day of the track",
        ended=_ended(row, today),
        is_over=row.until_date is not None and row.until_date < today,
        has_end=row.until_date is not None,
        pauses=tuple(
            PauseRow(
                one.pk,
                words.dates(one.from_date, one.until_date),
                one.reason,
                one.until_date is None,
                forms.BackForm(key=f"back-{one.pk}", initial={"last_day": today}).unless(posted),
            )
            for one in row.pauses.all()
        ),
        has_others=bool(others),
        forms={one.key: one.unless(posted) for one in _forms(row, others, today)},
    )
    status = posted.status if posted else 200
    return render(request, "staff/enrollment/membership.jinja", {"page": page}, status=status)


def _forms(row: Enrollment, others: list[tuple[UUID, str]], today: date) -> Iterator[Form]:
    began = {"from_date": today}
    yield forms.TransferForm(initial=began, track_id=others)
    days = row.days or row.track.days
    yield forms.DaysForm(initial=began | {"days": days}, days=forms.weekdays(row.track.days))
    yield forms.PauseForm(initial=began)
    yield forms.EndForm(initial={"last_day": row.until_date or today})


def _ended(row: Enrollment, today: date) -> str:
    """When the membership ended or will end, and why; empty while there is no end."""
    if row.until_date is None:
        return ""
    if row.until_date < row.from_date:
        return f"Replaced before it began: {row.end_reason}"
    when = words.day_of_year(row.until_date)
    ends = f"Ended {when}" if row.until_date < today else f"Ends {when}"
    return f"{ends}: {row.end_reason}" if row.end_reason else ends
