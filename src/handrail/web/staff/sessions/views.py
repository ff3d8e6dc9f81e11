"""The board's addresses. Without a script each answers with the board; its script gets JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.charts import selectors as clients
from handrail.areas.notes.services import notes as note_services
from handrail.areas.outreach.models import AttemptKind, AttemptResult
from handrail.areas.outreach.services import outreach as outreach_services
from handrail.areas.sessions.errors import NotBegunYet
from handrail.areas.sessions.selectors import board as selectors
from handrail.areas.sessions.selectors.board import Board, Tile
from handrail.areas.sessions.services import board as services
from handrail.areas.sessions.services.board import Closed, MarkedMeanwhile, NotTaken
from handrail.core.access import Action
from handrail.core.course.attendance import Absent, Present, Seen
from handrail.core.course.closing import EndsLater
from handrail.core.course.errors import CourseError
from handrail.core.drafts import Conflict, put_together
from handrail.core.errors import Invalid, Refusal
from handrail.core.notes.errors import NotAsItStands
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit.access import quiet, staff
from handrail.web.kit.drafts import outcome_answer
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence, sentences
from handrail.web.staff.sessions import forms, page, words
from handrail.web.staff.sessions.forms import Marked, Typed
from handrail.web.staff.sessions.pages import FoundLine, Wrong

_View = Callable[..., HttpResponse]
_NO_EPISODE = "No open episode of care. Open one in their chart first, then add them."
_FOUND = 8
"""More people than this under one name are told apart by writing more of it."""


def _mended(view: _View) -> _View:
    """What the evening does not allow is said above the board; everything typed stays."""

    @wraps(view)
    def wrapped(request: StaffRequest, session_id: UUID, *rest: Any) -> HttpResponse:
        selectors.board_version(session_id, by=request.actor)  # NotHere comes before all else
        try:
            # No savepoint around it: each service undoes itself, and what was kept before, stays.
            return view(request, session_id, *rest)
        except (Invalid, NotAsItStands, CourseError) as problem:
            return _answer(request, session_id, problem=_as_sentence(problem))

    return wrapped


@require_safe
@staff(Action.SEE_BOARD)
def board(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Show the board. Everyone on it counts as looked at, in one entry."""
    found = selectors.board(session_id, by=request.actor)
    trail.record_read(
        by=request.actor,
        action="chart.read",
        subjects=[trail.subject("client", tile.client_id) for tile in found.tiles],
    )
    shown = page.board_page(request, found, opens=request.GET.get("person", ""))
    return render(request, "staff/sessions/board.jinja", {"page": shown})


@require_safe
@quiet
@staff(Action.SEE_BOARD)
def changes(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """The board anew, when something was saved on it since; an open page asks by itself."""
    since = request.GET.get("since", "")
    if since == str(selectors.board_version(session_id, by=request.actor)):
        return HttpResponse(status=204)
    return _live(request, selectors.board(session_id, by=request.actor))


# ---- writing -----------------------------------------------------------------------------------


@require_POST
@staff(Action.RUN_SESSION)
@_mended
def start(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Begin the session. A second click finds it begun."""
    services.start_session(session_id=session_id, by=request.actor, at=clock.now())
    return _answer(request, session_id)


@require_POST
@staff(Action.RUN_SESSION)
@_mended
def mark(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Mark one person: there from when to when, or not there."""
    posted = request.POST.dict()
    client = forms.to_id(posted.get("client", ""))
    try:
        outcome = services.mark_attendance(
            session_id=session_id,
            client_id=client,
            seen=forms.seen_in(posted),
            base_version=forms.to_version(posted.get("base", "")),
            by=request.actor,
            at=clock.now(),
        )
    except (Invalid, CourseError) as problem:
        return _not_marked(request, session_id, client, problem)
    if isinstance(outcome, MarkedMeanwhile):
        _say_marked(request, outcome)
    return _answer(request, session_id)


def _not_marked(
    request: StaffRequest, session_id: UUID, client: UUID, problem: Exception
) -> HttpResponse:
    """Nothing was kept, and that is said: beside the minutes, when it is they that cannot be."""
    length = selectors.board(session_id, by=request.actor).minutes
    wrong = forms.wrong_minutes(request.POST.dict(), client, length)
    if not _for_script(request):
        problems = {"wrong": (wrong,)} if wrong else {"problem": _as_sentence(problem)}
        return _answer(request, session_id, **problems)
    words = (wrong.arrived_words or wrong.left_words) if wrong else _as_sentence(problem)
    beside = {"arrived": wrong.arrived_words, "left": wrong.left_words} if wrong else {}
    return JsonResponse({"refused": words, "wrong": beside}, status=409)


@require_POST
@staff(Action.RUN_SESSION)
@_mended
def save(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Keep one text (the script asks so), or everything typed and then do what was pressed."""
    posted = request.POST.dict()
    if "key" in posted:
        return _save_one(request, session_id, posted)
    kept = _keep_all(request, session_id)
    if kept.is_whole:
        _do(request, session_id, posted.get("do", ""))
    return _answer(request, session_id, wrong=kept.wrong)


@require_POST
@staff(Action.RUN_SESSION)
@_mended
def settle(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """End two texts at once with the text that was chosen."""
    posted = request.POST.dict()
    client, field = forms.split_key(posted.get("key", ""))
    typed = Typed(
        client,
        field,
        forms.as_typed(posted.get("text", "")),
        forms.to_version(posted.get("base", "")),
    )
    seen = request.POST.getlist("seen")
    return _outcome(request, posted["key"], _settle(request, session_id, typed, seen))


@require_POST
@staff(Action.RUN_SESSION)
@_mended
def arrive(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Find someone who came unannounced, and add whoever was chosen."""
    posted = request.POST.dict()
    kept = _keep_all(request, session_id)
    what, _, key = posted.get("do", "").partition("|")
    refused = _add(request, session_id, key) if what == "add" else ""
    if what == "add" and not refused:
        return _answer(request, session_id, wrong=kept.wrong)
    query = posted.get("q", "").strip()[:80]
    found = selectors.board(session_id, by=request.actor)
    people = _people(request, query, found)
    return _answer(
        request,
        session_id,
        query=query,
        people=people,
        arrive_problem=refused,
        wrong=kept.wrong,
    )


def _add(request: StaffRequest, session_id: UUID, key: str) -> str:
    """Put somebody on the board; why not, in words, when that cannot be."""
    try:
        added = services.add_unannounced(
            session_id=session_id, client_id=forms.to_id(key), by=request.actor, at=clock.now()
        )
    except Invalid as problem:
        return _as_sentence(problem)
    if added.must_not_meet:
        names = ", ".join(added.must_not_meet)
        messages.warning(request, f"No-contact flag: they must not meet {names}, who is here.")
    return ""


@require_POST
@staff(Action.RUN_SESSION)
@_mended
def close(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Close attendance, once everything typed is kept; long before the end somebody is asked."""
    kept = _keep_all(request, session_id)
    if not kept.is_whole:
        return _answer(request, session_id, wrong=kept.wrong)
    try:
        done = services.close_attendance(
            session_id=session_id,
            ended_early=request.POST.get("do") == "close|early",
            by=request.actor,
            at=clock.now(),
        )
    except EndsLater as asked:
        return _answer(request, session_id, ends_at=asked.ends_at)
    _say_closed(request, done)
    return _answer(request, session_id)


@require_POST
@staff(Action.RUN_SESSION)
@_mended
def reopen(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Open attendance again, for as long as some note still waits for its signature."""
    _keep_all(request, session_id)
    services.reopen_attendance(session_id=session_id, by=request.actor, at=clock.now())
    return _answer(request, session_id)


@require_POST
@staff(Action.SIGN_NOTE)
@_mended
def sign(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Sign every note that is complete, or the one that was pressed; the others say why not."""
    kept = _keep_all(request, session_id)
    if kept.is_whole:
        _sign(request, session_id, request.POST.get("do", ""))
    return _answer(request, session_id, wrong=kept.wrong)


# ---- one text ----------------------------------------------------------------------------------


def _save_one(request: StaffRequest, session_id: UUID, posted: dict[str, str]) -> HttpResponse:
    client, field = forms.split_key(posted["key"])
    text = forms.as_typed(posted.get("text", ""))
    typed = Typed(client, field, text, forms.to_version(posted.get("base", "")))
    return _outcome(request, posted["key"], _keep(request, session_id, typed))


def _outcome(request: StaffRequest, key: str, outcome: Any) -> HttpResponse:
    if isinstance(outcome, NotTaken):
        return JsonResponse({"key": key, "refused": outcome.words}, status=409)
    return outcome_answer(request, key, outcome)


def _keep(request: StaffRequest, session_id: UUID, typed: Typed) -> Any:
    return services.save_field(
        session_id=session_id,
        client_id=typed.client,
        field=typed.field,
        text=typed.text,
        base_version=typed.base_version,
        by=request.actor,
        at=clock.now(),
    )


def _settle(request: StaffRequest, session_id: UUID, typed: Typed, seen: list[str]) -> Any:
    return services.settle_field(
        session_id=session_id,
        client_id=typed.client,
        field=typed.field,
        text=typed.text,
        base_version=typed.base_version,
        seen=seen,
        by=request.actor,
        at=clock.now(),
    )


# ---- the whole form ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    """How keeping went: how much is not as it was typed, and minutes that cannot be."""

    torn: int
    wrong: tuple[Wrong, ...]

    @property
    def is_whole(self) -> bool:
        return not self.torn and not self.wrong


def _keep_all(request: StaffRequest, session_id: UUID) -> _Kept:
    """Keep every changed text and mark; what somebody else changed meanwhile is said."""
    posted = request.POST.dict()
    outcomes = [_keep(request, session_id, typed) for typed in forms.texts(posted)]
    torn = sum(isinstance(one, Conflict) for one in outcomes)
    if torn:
        messages.warning(
            request,
            "Somebody else wrote in the same field at the same time. Both texts are kept: look "
            "for “Two texts at once” and choose.",
        )
    for refused in (one for one in outcomes if isinstance(one, NotTaken)):
        messages.warning(request, refused.words)
    wrong = []
    for one in _marks(request, session_id, posted):
        if isinstance(one, Wrong):
            wrong.append(one)
        else:
            torn += not _keep_mark(request, session_id, one)
    return _Kept(torn, tuple(wrong))


def _marks(
    request: StaffRequest, session_id: UUID, posted: dict[str, str]
) -> tuple[Marked | Wrong, ...]:
    """Marks as posted; the script sends each by itself and none of them here."""
    if not any(name.startswith("base|seen|") for name in posted):
        return ()
    length = selectors.board(session_id, by=request.actor).minutes
    return tuple(forms.marks(posted, length))


def _keep_mark(request: StaffRequest, session_id: UUID, one: Marked) -> bool:
    """Keep one person's attendance; False, and said why, when it is not as it was typed."""
    try:
        outcome = services.mark_attendance(
            session_id=session_id,
            client_id=one.client,
            seen=one.seen,
            base_version=one.base_version,
            by=request.actor,
            at=clock.now(),
        )
    except (Invalid, CourseError) as problem:
        messages.warning(request, _as_sentence(problem))
        return False
    if isinstance(outcome, MarkedMeanwhile):
        _say_marked(request, outcome)
        return False
    return True


def _as_sentence(problem: Exception) -> str:
    if isinstance(problem, Refusal):
        return sentences(problem) if isinstance(problem, Invalid) else sentence(problem)
    said = str(problem).removesuffix(".")
    return f"{said[:1].upper()}{said[1:]}."


def _say_marked(request: StaffRequest, outcome: MarkedMeanwhile) -> None:
    when = words.at_time(outcome.at, request.rules.zone)
    messages.warning(
        request,
        f"{outcome.by} marked the same person at {when}. Their mark stands; change it if it "
        "is not right.",
    )


def _say_closed(request: StaffRequest, done: Closed) -> None:
    if done.already:
        return
    said = ["Attendance is closed."]
    if done.to_reach:
        said.append(f"{words.counted(len(done.to_reach), 'person')} to reach tonight.")
    if done.short:
        said.append(f"{len(done.short)} without credit; each says why.")
    said += [f"{one} and {other} met in spite of a flag." for one, other in done.met_anyway]
    messages.info(request, " ".join(said))


def _do(request: StaffRequest, session_id: UUID, pressed: str) -> None:
    """What a button of the form says: "late|<client>", "settle|<key>|both|<other>" …"""
    what, _, rest = pressed.partition("|")
    if what in ("here", "absent", "late", "arrived", "early"):
        _mark(request, session_id, what, forms.to_id(rest))
    elif what == "log":
        _log(request, rest)
    elif what == "settle":
        _settle_pressed(request, session_id, rest)
    elif what == "back":
        services.take_back_unannounced(
            session_id=session_id, client_id=forms.to_id(rest), by=request.actor, at=clock.now()
        )
    elif what == "sign":
        _sign(request, session_id, pressed)


def _log(request: StaffRequest, rest: str) -> None:
    """Write down a call: "<outreach>|<attempt>|<way>|<result>". Sent twice it is written once."""
    outreach, attempt, way, result = (*rest.split("|"), "", "", "")[:4]
    kind, _, contact = way.partition(":")
    made = outreach_services.log_attempt(
        outreach_id=forms.to_id(outreach),
        kind=cast(AttemptKind, kind),
        result=cast(AttemptResult, result),
        contact_id=forms.to_id(contact) if contact else None,
        attempt_id=forms.to_id(attempt),
        by=request.actor,
        at=clock.now(),
    )
    said = f"{made.get_kind_display()}: {made.get_result_display().lower()}. It is written down."
    if made.result == AttemptResult.REACHED:
        said += " Close it on the outreach page with how they are."
    messages.info(request, said)


def _mark(request: StaffRequest, session_id: UUID, what: str, client: UUID) -> None:
    """Mark someone by what the clock says now."""
    found = selectors.board(session_id, by=request.actor)
    tile = _tile(found, client)
    if tile is None:
        return
    if what in ("late", "early") and clock.now() < found.starts_at:
        raise NotBegunYet(found.starts_at)
    services.mark_attendance(
        session_id=session_id,
        client_id=client,
        seen=_seen_by_now(found, tile, what),
        base_version=tile.attendance_version,
        by=request.actor,
        at=clock.now(),
    )


def _seen_by_now(found: Board, tile: Tile, what: str) -> Seen:
    minute = words.minute_now(found, clock.now())
    if what == "absent":
        return Absent(tile.excuse)
    if what in ("late", "arrived"):
        return Present(min(minute, found.minutes - 1), tile.left)
    if what == "early":
        return Present(tile.arrived, max(minute, tile.arrived + 1))
    return Present()


def _settle_pressed(request: StaffRequest, session_id: UUID, rest: str) -> None:
    """Choose between the texts of a field: the one above, the other, or both."""
    key, how, other = rest.split("|", 2)
    client, field = forms.split_key(key)
    found = selectors.board(session_id, by=request.actor)
    tile = _tile(found, client) if client else None
    held = found.shared.get(field) if client is None else tile and tile.fields.get(field)
    if not held:
        return
    theirs = next((one.text for one in held.others if one.key == other), "")
    both = put_together(held.text, theirs)
    text = {"mine": held.text, "theirs": theirs, "both": both}.get(how)
    if text is not None:
        _settle(request, session_id, Typed(client, field, text, held.version), [other])


def _tile(found: Board, client: UUID) -> Tile | None:
    return next((one for one in found.tiles if one.client_id == client), None)


def _sign(request: StaffRequest, session_id: UUID, pressed: str) -> None:
    found = selectors.board(session_id, by=request.actor)
    _, _, one = pressed.partition("|")
    unsigned = [tile.client_id for tile in found.tiles if tile.note is None]
    chosen = [forms.to_id(one)] if one else unsigned
    acknowledged: dict[UUID, set[str]] = {}
    for line in request.POST.getlist("ack"):
        client, _, key = line.partition("|")
        # A warning about the shared note is answered once, for every note that holds it.
        for whose in chosen if client == "shared" else (forms.to_id(client),):
            acknowledged.setdefault(whose, set()).add(key)
    answers = note_services.sign_notes(
        session_id=session_id,
        client_ids=[client for client in chosen if client in unsigned],
        acknowledged=acknowledged,
        reason=request.POST.get("reason", ""),
        by=request.actor,
        at=clock.now(),
    )
    signed = sum(isinstance(answer, note_services.Signed) for answer in answers)
    left = len(unsigned) - signed
    said = f"{words.counted(signed, 'note')} signed." if signed else "Nothing was signed."
    if left:
        said += f" {words.counted(left, 'draft')} left; each says what is missing."
    messages.info(request, said)


# ---- answering ---------------------------------------------------------------------------------


def _people(request: StaffRequest, query: str, found: Board) -> tuple[FoundLine, ...]:
    """Who could be meant, without those who stand on the board already."""
    here = {tile.client_id for tile in found.tiles}
    people = clients.find(query, by=request.actor, limit=_FOUND + len(here)).people
    return tuple(
        FoundLine(one.id, one.name, page.about(one), "" if one.level else _NO_EPISODE)
        for one in people
        if one.id not in here
    )[:_FOUND]


def _answer(
    request: StaffRequest,
    session_id: UUID,
    *,
    problem: str = "",
    query: str = "",
    people: tuple[FoundLine, ...] | None = None,
    wrong: tuple[Wrong, ...] = (),
    arrive_problem: str = "",
    ends_at: datetime | None = None,
) -> HttpResponse:
    """The board as it is now: in place for the script, as a page otherwise."""
    for_script = _for_script(request)
    if not for_script and not (problem or wrong or ends_at) and people is None:
        return redirect("staff:board", session_id=session_id)
    now = selectors.board(session_id, by=request.actor)
    if wrong:
        problem = f"{problem} {_say_wrong(now, wrong)}".strip()
    more: dict[str, Any] = {
        "problem": problem,
        "query": query,
        "found_people": people,
        "arrive_problem": arrive_problem,
        "ends_at": ends_at,
        "wrong": wrong,
    }
    if for_script:
        return _live(request, now, **more)
    shown = page.board_page(request, now, **more)
    status = 400 if problem or arrive_problem else 200
    return render(request, "staff/sessions/board.jinja", {"page": shown}, status=status)


def _for_script(request: StaffRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _say_wrong(found: Board, wrong: tuple[Wrong, ...]) -> str:
    """Whose minutes were not kept; the rest was."""
    tiles = (_tile(found, one.client) for one in wrong)
    names = ", ".join(words.short_name(tile) for tile in tiles if tile)
    return f"Not saved: the minutes of {names}. The session has {found.minutes}. All else is kept."


def _live(request: StaffRequest, found: Board, **more: Any) -> HttpResponse:
    """The part of the page that lives, with what the script goes by."""
    shown = page.board_page(request, found, **more)
    html = render_to_string("staff/sessions/live.jinja", {"page": shown}, request)
    return JsonResponse(
        {
            "html": html,
            "facts": json.loads(shown.facts_json),
            "notices": list(shown.frame.notices),
        }
    )
