"""One track: its people and what is to come; enrolling someone; more sessions on the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.charts.selectors import search as finding
from handrail.areas.enrollment.selectors import track as tracks
from handrail.areas.enrollment.selectors.meetings import meetings
from handrail.areas.enrollment.services import enrollment
from handrail.areas.schedule.services import planning
from handrail.core.access import Action, Actor, can_access
from handrail.core.course.schedule import Weekday
from handrail.foundation import clock
from handrail.web.drawings.course_strip import Strip, draw_strip
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import words
from handrail.web.staff.schedule.forms import EnrollForm, FindForm, LayOutForm
from handrail.web.staff.schedule.week import Card, card

SHOWN = 24
"""How many coming sessions a track's page lists; the week shows the others."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone of the roster, in words."""

    enrollment_id: UUID
    client_id: UUID
    chart: str
    name: str
    dates: str
    days: str
    away: str
    stands: str
    strip: Strip
    last_day: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone found by name, to be enrolled."""

    client_id: UUID
    name: str
    born: str
    level: str


@dataclass(frozen=True, slots=True)
class TrackPage:
    """A track, its people and its coming sessions."""

    frame: Frame
    track_id: UUID
    name: str
    program: str
    level: str
    pattern: str
    place: str
    led_by: str
    seats: int | None
    parts: tuple[tuple[str, int], ...]
    topics: tuple[str, ...]
    people: tuple[PersonLine, ...]
    must_not_meet: tuple[tuple[str, str], ...]
    coming: tuple[Card, ...]
    more: int
    planned_until: str
    find_form: Form
    find: str
    enrolling: Form
    laying_out: Form
    candidates: tuple[Candidate, ...]
    more_candidates: bool
    may_enroll: bool
    may_plan: bool


@require_safe
@staff(Action.SEE_GROUPS)
def track(request: StaffRequest, track_id: UUID) -> HttpResponse:
    """Show a track."""
    return _show(request, track_id)


@require_POST
@staff(Action.ENROLL)
def find(request: StaffRequest, track_id: UUID) -> HttpResponse:
    """Find who is to be enrolled. What is typed is posted, so that no name stands in an address."""
    return _show(request, track_id, FindForm(request.POST))


@require_POST
@staff(Action.ENROLL)
def enroll(request: StaffRequest, track_id: UUID) -> HttpResponse:
    """Enroll someone, or say why not with everything still typed."""
    pattern = tracks.pattern(track_id, by=request.actor)
    form = EnrollForm(request.POST, days=_days(pattern.days))
    if not form.submit(enrollment.enroll, track_id=track_id, by=request.actor, at=clock.now()):
        return _show(request, track_id, form)
    made = form.result
    messages.success(request, f"{made.client.name} is enrolled from {words.day(made.from_date)}.")
    return redirect("staff:track", track_id=track_id)


@require_POST
@staff(Action.PLAN_GROUPS)
def lay_out(request: StaffRequest, track_id: UUID) -> HttpResponse:
    """Put more sessions on the calendar."""
    form, service = LayOutForm(request.POST), planning.lay_out
    if not form.submit(service, track_id=track_id, by=request.actor, at=clock.now()):
        return _show(request, track_id, form)
    new = words.counted(form.result, "session")
    said = f"New on the calendar: {new}." if form.result else "They were all there already."
    messages.success(request, said)
    return redirect("staff:track", track_id=track_id)


def _show(request: StaffRequest, track_id: UUID, posted: Form | None = None) -> HttpResponse:
    actor, today = request.actor, clock.today(request.rules.zone)
    found = tracks.track(track_id, by=actor, today=today)
    may_plan = can_access(actor, Action.PLAN_GROUPS)
    may_enroll = can_access(actor, Action.ENROLL)
    finding_form = FindForm(posted.data) if posted and may_enroll else FindForm()
    name = finding_form.cleaned_data["find"] if finding_form.is_valid() else ""
    searched = finding.find(name, by=actor, limit=10) if name else None
    enrolling = EnrollForm(
        initial={"from_date": today, "days": [int(one) for one in found.days]},
        days=_days(found.days),
    )
    page = TrackPage(
        frame=frame(request, found.name, here="staff:groups"),
        track_id=track_id,
        name=found.name,
        program=found.program,
        level=words.level_name(found.level),
        pattern=f"{words.on_days(found.days)} at {words.clock_time(found.start)}",
        place=words.place(found.modality, found.room),
        led_by=", ".join(name for _, name in found.facilitators),
        seats=found.seats,
        parts=tuple((one.name, one.minutes) for one in found.segments),
        topics=found.topics,
        people=tuple(_person(one) for one in found.roster),
        must_not_meet=_must_not_meet(track_id, actor),
        coming=tuple(card(one, actor) for one in found.coming[:SHOWN]),
        more=max(0, len(found.coming) - SHOWN),
        planned_until=words.day(found.planned_until) if found.planned_until else "",
        find_form=finding_form,
        find=name,
        enrolling=enrolling.unless(posted),
        laying_out=LayOutForm().unless(posted),
        candidates=tuple(
            Candidate(
                one.id,
                one.name,
                f"{one.birth_date:%b} {one.birth_date.day}, {one.birth_date.year}",
                words.level_name(one.level) if one.level else "not in care",
            )
            for one in (searched.people if searched else ())
        ),
        more_candidates=bool(searched and searched.more),
        may_enroll=may_enroll,
        may_plan=may_plan,
    )
    status = posted.status if posted else 200
    return render(request, "staff/schedule/track.jinja", {"page": page}, status=status)


def _days(days: Iterable[int]) -> list[tuple[int, str]]:
    return [(int(one), Weekday(one).name.title()) for one in days]


def _must_not_meet(track_id: UUID, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Both names, and what to do; for those alone who may raise such a flag."""
    if not can_access(actor, Action.RAISE_FLAG):
        return ()
    found = meetings(by=actor, at=clock.now(), track_id=track_id)
    return tuple((f"{one.client} and {one.other}", words.would_meet(one)) for one in found)


def _person(line: tracks.RosterLine) -> PersonLine:
    stands = line.progress
    away = f"away {words.dates(line.away.from_date, line.away.until_date)}" if line.away else ""
    return PersonLine(
        enrollment_id=line.enrollment_id,
        client_id=line.client_id,
        chart=words.address("chart_course", client_id=line.client_id),
        name=line.name,
        dates=words.dates(line.from_date, line.until_date),
        days=words.on_days(line.days),
        away=away,
        stands=f"{stands.done} of {stands.planned}",
        strip=draw_strip(stands),
        last_day=words.last_day(stands, line.until_date),
        missing=line.missing,
    )
