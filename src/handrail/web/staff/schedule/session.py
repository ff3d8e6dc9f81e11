"""One session on the calendar: this one, or this and all later ones; cancel and restore."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.enrollment.selectors import track as tracks
from handrail.areas.organizations import selectors as organizations
from handrail.areas.schedule.services import calendar
from handrail.core.access import Action
from handrail.core.course.schedule import Modality
from handrail.core.course.session_states import Act, can
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import typed, words
from handrail.web.staff.schedule.typed import NOTHING, Typed
from handrail.web.staff.schedule.week import Card, card

MODALITIES = (
    (Modality.ROOM.value, "In the room"),
    (Modality.ONLINE.value, "Online"),
    (Modality.MIXED.value, "In the room and online"),
)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session and what can be changed about it."""

    frame: Frame
    session_id: UUID
    track_id: UUID
    card: Card
    date: str
    start: str
    modality: str
    room: str
    topics: str
    modalities: tuple[tuple[str, str], ...]
    weekdays: tuple[tuple[int, str, bool], ...]
    track_start: str
    colleagues: tuple[tuple[UUID, str, bool], ...]
    may_move: bool
    may_cancel: bool
    may_restore: bool
    typed: Typed


@require_safe
@staff(Action.PLAN_GROUPS)
def session(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Show what can be changed about a session."""
    return _show(request, session_id)


@require_POST
@staff(Action.PLAN_GROUPS)
def change(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Change this session alone."""

    def do() -> str:
        row = calendar.change_session(
            session_id=session_id,
            reason=typed.text(request, "reason")[:300],
            local_date=typed.a_date(request, "local_date", "the day"),
            start=typed.a_time(request, "start"),
            modality=_modality(request),
            room=typed.text(request, "room")[:80],
            facilitators=typed.ids(request, "facilitators"),
            topics=typed.text(request, "topics").split(","),
            confirmed=typed.confirmed(request),
            by=request.actor,
            at=clock.now(),
        )
        return f"Session {row.number} is on {words.day(row.local_date)} now."

    return _do(request, session_id, "this", do)


@require_POST
@staff(Action.PLAN_GROUPS)
def change_later(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Give the track another pattern from this session on."""

    def do() -> str:
        row = calendar.change_session_and_later(
            session_id=session_id,
            days=typed.weekdays(request, "days"),
            start=typed.a_time(request, "start"),
            modality=_modality(request),
            room=typed.text(request, "room")[:80],
            facilitators=typed.ids(request, "facilitators"),
            confirmed=typed.confirmed(request),
            by=request.actor,
            at=clock.now(),
        )
        return f"{row.name} follows the new pattern from this session on; none was dropped."

    return _do(request, session_id, "later", do)


@require_POST
@staff(Action.PLAN_GROUPS)
def cancel(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Cancel this session."""

    def do() -> str:
        row = calendar.cancel_session(
            session_id=session_id,
            reason=typed.text(request, "reason")[:300],
            by=request.actor,
            at=clock.now(),
        )
        return f"Session {row.number} is canceled; it counts for nobody and can be restored."

    return _do(request, session_id, "cancel", do)


@require_POST
@staff(Action.PLAN_GROUPS)
def restore(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Take a cancellation back."""

    def do() -> str:
        row = calendar.restore_session(session_id=session_id, by=request.actor, at=clock.now())
        return f"Session {row.number} is planned again."

    return _do(request, session_id, "restore", do)


def _modality(request: StaffRequest) -> Modality:
    try:
        return Modality(typed.text(request, "modality"))
    except ValueError:
        raise typed.NotChosen("how they meet") from None


def _do(request: StaffRequest, session_id: UUID, form: str, do: Callable[[], str]) -> HttpResponse:
    line = tracks.track_of_session(session_id, by=request.actor)
    try:
        said = do()
    except Invalid as problem:
        return _show(request, session_id, typed.keep(request, form, problem))
    messages.success(request, said)
    return redirect("staff:track", track_id=line.track_id)


def _show(request: StaffRequest, session_id: UUID, form: Typed = NOTHING) -> HttpResponse:
    line = tracks.track_of_session(session_id, by=request.actor)
    pattern = tracks.pattern(line.track_id, by=request.actor)
    led_by = set(line.facilitator_ids)
    page = SessionPage(
        frame=frame(request, f"{line.track}, session {line.number}", here="staff:groups"),
        session_id=session_id,
        track_id=line.track_id,
        card=card(line, request.actor),
        date=line.local_date.isoformat(),
        start=f"{line.start:%H:%M}",
        modality=line.modality.value,
        room=line.room,
        topics=", ".join(line.topics),
        modalities=MODALITIES,
        weekdays=tuple((n, name, n in pattern.days) for n, name in words.WEEKDAYS),
        track_start=f"{pattern.start:%H:%M}",
        colleagues=tuple(
            (key, name, key in led_by)
            for key, name in organizations.who_can_lead(by=request.actor, also=led_by)
        ),
        may_move=can(line.state, Act.MOVE),
        may_cancel=can(line.state, Act.CANCEL),
        may_restore=can(line.state, Act.RESTORE),
        typed=form,
    )
    status = 400 if form.problem else 200
    return render(request, "staff/schedule/session.jinja", {"page": page}, status=status)
