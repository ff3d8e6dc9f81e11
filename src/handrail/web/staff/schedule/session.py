"""One session on the calendar: this one, or this and all later ones; cancel and restore."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.enrollment.selectors import track as tracks
from handrail.areas.organizations import selectors as organizations
from handrail.areas.schedule.models import Session, Track
from handrail.areas.schedule.selectors.week import SessionLine
from handrail.areas.schedule.services import calendar
from handrail.core.access import Action
from handrail.core.course.session_states import Act, can
from handrail.foundation import clock
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.schedule import words
from handrail.web.staff.schedule.forms import CancelForm, PatternForm, RestoreForm, SessionForm
from handrail.web.staff.schedule.week import Card, card


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session and what can be changed about it."""

    frame: Frame
    session_id: UUID
    track_id: UUID
    card: Card
    this: Form
    later: Form
    cancel: Form
    restore: Form
    may_move: bool
    may_cancel: bool
    may_restore: bool


@require_safe
@staff(Action.PLAN_GROUPS)
def session(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Show what can be changed about a session."""
    return _show(request, session_id)


@require_POST
@staff(Action.PLAN_GROUPS)
def change(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Change this session alone."""

    def done(row: Session) -> str:
        return f"Session {row.number} is on {words.day(row.local_date)} now."

    return _do(request, session_id, SessionForm, calendar.change_session, done)


@require_POST
@staff(Action.PLAN_GROUPS)
def change_later(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Give the track another pattern from this session on."""

    def done(row: Track) -> str:
        return f"{row.name} follows the new pattern from this session on; none was dropped."

    return _do(request, session_id, PatternForm, calendar.change_session_and_later, done)


@require_POST
@staff(Action.PLAN_GROUPS)
def cancel(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Cancel this session."""

    def done(row: Session) -> str:
        return f"Session {row.number} is canceled; it counts for nobody and can be restored."

    return _do(request, session_id, CancelForm, calendar.cancel_session, done)


@require_POST
@staff(Action.PLAN_GROUPS)
def restore(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Take a cancellation back."""

    def done(row: Session) -> str:
        return f"Session {row.number} is planned again."

    return _do(request, session_id, RestoreForm, calendar.restore_session, done)


def _do(
    request: StaffRequest,
    session_id: UUID,
    kind: type[Form],
    service: Callable[..., Any],
    done: Callable[[Any], str],
) -> HttpResponse:
    line = tracks.track_of_session(session_id, by=request.actor)
    form = kind(request.POST, **_leaders(kind, line, request))
    if not form.submit(service, session_id=session_id, by=request.actor, at=clock.now()):
        return _show(request, session_id, form)
    messages.success(request, done(form.result))
    return redirect("staff:track", track_id=line.track_id)


def _leaders(kind: type[Form], line: SessionLine, request: StaffRequest) -> dict[str, Any]:
    """Who can be chosen to lead, where a form asks for it."""
    if "facilitators" not in kind.base_fields:
        return {}
    return {
        "facilitators": organizations.who_can_lead(by=request.actor, also=set(line.facilitator_ids))
    }


def _show(request: StaffRequest, session_id: UUID, posted: Form | None = None) -> HttpResponse:
    line = tracks.track_of_session(session_id, by=request.actor)
    pattern = tracks.pattern(line.track_id, by=request.actor)
    leaders = _leaders(SessionForm, line, request)
    place = {
        "modality": line.modality.value,
        "room": line.room,
        "facilitators": [str(one) for one in line.facilitator_ids],
    }
    this = place | {
        "local_date": line.local_date,
        "start": line.start,
        "topics": ", ".join(line.topics),
    }
    later = place | {"days": [int(one) for one in pattern.days], "start": pattern.start}
    page = SessionPage(
        frame=frame(request, f"{line.track}, session {line.number}", here="staff:groups"),
        session_id=session_id,
        track_id=line.track_id,
        card=card(line, request.actor),
        this=SessionForm(initial=this, **leaders).unless(posted),
        later=PatternForm(initial=later, **leaders).unless(posted),
        cancel=CancelForm().unless(posted),
        restore=RestoreForm().unless(posted),
        may_move=can(line.state, Act.MOVE),
        may_cancel=can(line.state, Act.CANCEL),
        may_restore=can(line.state, Act.RESTORE),
    )
    status = posted.status if posted else 200
    return render(request, "staff/schedule/session.jinja", {"page": page}, status=status)
