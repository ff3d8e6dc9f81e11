"""Signed notes: one with everything done to it, and the queue of those to co-sign."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.notes.models import NoteState
from handrail.areas.notes.selectors import notes as selectors
from handrail.areas.notes.selectors.notes import NoteView
from handrail.areas.notes.services import notes as services
from handrail.areas.notes.services.notes import NotAdded
from handrail.areas.outreach import selectors as outreach
from handrail.core.access import Action, NotHere
from handrail.core.course.errors import CourseError
from handrail.core.errors import Invalid, Refusal
from handrail.core.notes.checklist import Point
from handrail.core.notes.errors import NotAsItStands
from handrail.core.notes.signatures import Act
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.notes.note_view import EveningOfNotes, Face, by_evening, face

AT_ONCE = 24
"""How many notes the queue shows at once: two evenings."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What stands between an addendum and its signature; one that does not block is looked at."""

    key: str
    words: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Since:
    """Something done to reach the person after the note was signed: what, when and by whom."""

    what: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note. What may be done to it now is offered; `cannot` says why the rest may not.

    `reached_since` stands beside the signed text and is no part of it.
    """

    frame: Frame
    note: Face
    may_co_sign: bool
    may_lock: bool
    may_add: bool
    may_void: bool
    cannot: str
    reached_since: tuple[Since, ...]
    problem: str = ""
    problem_at: str = ""
    typed: str = ""
    points: tuple[OpenPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Notes that wait for the reader's co-signature, evening by evening."""

    frame: Frame
    sentence: str
    evenings: tuple[EveningOfNotes, ...]
    in_all: int
    shown: int
    problem: str = ""


# ---- one note ----------------------------------------------------------------------------------


@require_safe
@staff(Action.READ_CHART)
def note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Show one note as it was signed."""
    return _show(request, note_id)


@require_POST
@staff(Action.CO_SIGN_NOTE)
def co_sign(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Put a supervisor's signature under it."""
    return _do(request, note_id, services.co_sign, "It is co-signed.", at="acts")


@require_POST
@staff(Action.LOCK_NOTE)
def lock(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Lock it: from now on it can only be added to."""
    return _do(request, note_id, services.lock, "It is locked.", at="acts")


@require_POST
@staff(Action.VOID_NOTE)
def void(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Say that it is not valid, and why; its session waits for a signature again."""
    reason = request.POST.get("reason", "")

    def act(**more: object) -> object:
        return services.void_note(reason=reason, **more)  # type: ignore[arg-type]

    done = "The note is void and stays readable. Its session waits for a signature again."
    return _do(request, note_id, act, done, at="void", typed=reason)


@require_POST
@staff(Action.ADD_ADDENDUM)
def add(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Add to it, with a signature of its own."""
    text = request.POST.get("text", "")
    try:
        with transaction.atomic():
            made = services.add_addendum(
                note_id=note_id,
                text=text,
                acknowledged=request.POST.getlist("looked"),
                by=request.actor,
                at=clock.now(),
            )
    except (NotAsItStands, CourseError, Invalid) as problem:
        return _show(request, note_id, _sentence(problem), at="add", typed=text)
    if isinstance(made, NotAdded):
        why = "Nothing was added yet: it may name someone else."
        return _show(request, note_id, why, at="add", typed=text, points=made.points)
    messages.success(request, "It is added, with your signature. The note above stays as it was.")
    return redirect("staff:note", note_id=note_id)


def _do(
    request: StaffRequest,
    note_id: UUID,
    service: Callable[..., object],
    done: str,
    *,
    at: str,
    typed: str = "",
) -> HttpResponse:
    """Do it and come back, or show the note with what stood in the way."""
    try:
        with transaction.atomic():
            service(note_id=note_id, by=request.actor, at=clock.now())
    except (NotAsItStands, CourseError, Invalid) as problem:
        return _show(request, note_id, _sentence(problem), at=at, typed=typed)
    messages.success(request, done)
    return redirect("staff:note", note_id=note_id)


def _show(
    request: StaffRequest,
    note_id: UUID,
    problem: str = "",
    *,
    at: str = "",
    typed: str = "",
    points: tuple[Point, ...] = (),
) -> HttpResponse:
    found = selectors.note(note_id, by=request.actor)
    _looked_at(request, [found])
    page = NotePage(
        frame=frame(request, "Note"),
        note=face(found),
        may_co_sign=Act.CO_SIGN in found.acts and found.needs_co_signature,
        may_lock=Act.LOCK in found.acts,
        may_add=Act.ADD in found.acts,
        may_void=Act.VOID in found.acts,
        cannot=_cannot(found),
        reached_since=_since(request, found),
        problem=problem,
        problem_at=at,
        typed=typed,
        points=tuple(OpenPoint(one.key, one.words, one.blocks) for one in points),
    )
    return render(request, "staff/notes/note.jinja", {"page": page}, status=400 if problem else 200)


def _since(request: StaffRequest, note: NoteView) -> tuple[Since, ...]:
    if note.session_id is None:
        return ()
    found = outreach.since(note.session_id, note.client_id, note.signed_at, by=request.actor)
    return tuple(
        Since(one.what, one.words, f"{filters.moment(one.at, note.zone)}, {one.by}")
        for one in found
    )


def _cannot(note: NoteView) -> str:
    """Why something that one may look for here is not offered."""
    if note.state == NoteState.VOIDED:
        return "It is void and stays as it was. A new note is written on the board."
    if note.state == NoteState.LOCKED:
        return "It is locked: it can be added to, and changed by nobody."
    if note.needs_co_signature and note.state == NoteState.SIGNED and Act.CO_SIGN not in note.acts:
        return "A supervisor other than its author has to co-sign it before it can be locked."
    return ""


# ---- the queue ---------------------------------------------------------------------------------


@require_safe
@staff(Action.CO_SIGN_NOTE)
def queue(request: StaffRequest) -> HttpResponse:
    """Notes to read and co-sign, one after another or several at once."""
    return _show_queue(request)


@require_POST
@staff(Action.CO_SIGN_NOTE)
def co_sign_several(request: StaffRequest) -> HttpResponse:
    """Co-sign the note whose button was pressed, or all that are marked as read; and lock them.

    Each by itself: one that cannot be co-signed any more does not keep the others waiting.
    """
    posted = request.POST
    chosen = [posted["one"]] if "one" in posted else posted.getlist("read")
    locks = posted.get("then", "lock") == "lock"
    if not chosen:
        return _show_queue(request, "Mark the notes that you have read first.")
    problems = [_co_sign_one(request, key, locks=locks) for key in chosen]
    refused = [one for one in problems if one]
    done = len(problems) - len(refused)
    if done:
        how = "co-signed and locked" if locks else "co-signed"
        verb = "is" if done == 1 else "are"
        messages.success(request, f"{filters.counted(done, 'note')} {verb} {how}.")
    if refused:
        return _show_queue(request, " ".join(dict.fromkeys(refused)))
    return redirect("staff:notes_to_sign")


def _co_sign_one(request: StaffRequest, key: str, *, locks: bool) -> str:
    """Why this one could not be co-signed; empty when it is."""
    try:
        note_id = UUID(key)
    except ValueError as wrong:
        raise NotHere from wrong
    try:
        with transaction.atomic():
            services.co_sign(note_id=note_id, by=request.actor, at=clock.now())
            if locks:
                services.lock(note_id=note_id, by=request.actor, at=clock.now())
    except (CourseError, Refusal) as problem:
        return _sentence(problem)
    return ""


def _show_queue(request: StaffRequest, problem: str = "") -> HttpResponse:
    found, in_all = selectors.waiting_notes(by=request.actor, at_most=AT_ONCE)
    _looked_at(request, found)
    said = "Nothing waits for you"
    if in_all:
        said = f"{filters.counted(in_all, 'note')} {'waits' if in_all == 1 else 'wait'} for you"
    page = QueuePage(
        frame=frame(request, "Notes to co-sign", here="staff:notes_to_sign"),
        sentence=said,
        evenings=by_evening(found),
        in_all=in_all,
        shown=len(found),
        problem=problem,
    )
    return render(
        request, "staff/notes/notes_to_sign.jinja", {"page": page}, status=400 if problem else 200
    )


def _looked_at(request: StaffRequest, notes: list[NoteView] | tuple[NoteView, ...]) -> None:
    trail.record_read(
        by=request.actor,
        action=Action.READ_CHART,
        subjects=[trail.subject("client", one.client_id) for one in notes],
    )


def _sentence(problem: Exception) -> str:
    if isinstance(problem, Refusal):
        return sentence(problem)
    said = str(problem).rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."
