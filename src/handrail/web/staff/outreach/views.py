"""Outreach: whom to reach tonight, by which clock, what was tried, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.outreach import selectors
from handrail.areas.outreach.models import AttemptKind, AttemptResult, ReachedOutcome
from handrail.areas.outreach.selectors import ClosedOutreach, MayCall, ToReach
from handrail.areas.outreach.services import outreach as services
from handrail.areas.safety.models import FlagKind
from handrail.core.access import Action
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence

STEP_WORDS = {
    AttemptKind.CALL: "call",
    AttemptKind.TEXT: "send a neutral text",
    AttemptKind.CONTACT_PERSON: "call a contact person",
    AttemptKind.WELFARE_CHECK: "ask for a welfare check",
}
"""The steps of a clock as what to do next."""
_RESULTS = (
    AttemptResult.REACHED,
    AttemptResult.SAYS_SAFE,
    AttemptResult.NO_ANSWER,
    AttemptResult.LEFT_MESSAGE,
    AttemptResult.WRONG_NUMBER,
    AttemptResult.UNDER_WAY,
)
_SPLIT = ":"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form: its value, its words, more about it, and whether it is set."""

    value: str
    words: str
    more: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt as it stands in the list."""

    when: str
    words: str
    remark: str
    by: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact who may be called, with what each may be told."""

    name: str
    relationship: str
    phone: str
    may_know: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form that could not be taken."""

    how: str = ""
    words: str = ""
    outcome: str = ""
    closing_words: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to be reached, with everything needed to do it and to write it down."""

    outreach_id: UUID
    client_id: UUID
    attempt_id: UUID
    name: str
    pronouns: str
    phone: str
    mark: str
    left: str
    by_when: str
    why: str
    session: str
    flags: tuple[str, ...]
    contacts: tuple[ContactLine, ...]
    tried: tuple[Tried, ...]
    next_step: str
    still_to_do: str
    ways: tuple[Choice, ...]
    results: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    typed: Typed
    is_open: bool
    closes: bool
    problem: str
    reached: str = ""


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """Outreach that was closed today: who, how it ended, and when by whom."""

    client_id: UUID
    name: str
    session: str
    outcome: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class OutreachPage:
    """Everyone to be reached, the worst first, and what was closed today, the latest first."""

    frame: Frame
    sentence: str
    people: tuple[Person, ...]
    more: bool
    closed: tuple[ClosedLine, ...]
    more_closed: int
    problem: str


@require_safe
@staff(Action.SEE_OUTREACH)
def tonight(request: StaffRequest) -> HttpResponse:
    """List whom to reach. Everyone on it counts as looked at, in one entry."""
    return _show(request)


@require_POST
@staff(Action.DO_OUTREACH)
def attempt(request: StaffRequest, outreach_id: UUID) -> HttpResponse:
    """Write down one attempt. The same form sent twice is written once.

    What was posted goes to the service as it came: it refuses what is no way and no result.
    """
    posted = request.POST
    how, words = posted.get("how", ""), posted.get("words", "")
    kind, _, contact = how.partition(_SPLIT)
    try:
        with transaction.atomic():
            made = services.log_attempt(
                outreach_id=outreach_id,
                kind=cast(AttemptKind, kind),
                result=cast(AttemptResult, posted.get("result", "")),
                words=words,
                contact_id=_key(contact),
                attempt_id=_key(posted.get("attempt", "")),
                by=request.actor,
                at=clock.now(),
            )
    except Invalid as problem:
        return _show(request, outreach_id, sentence(problem), Typed(how=how, words=words))
    said = f"{made.get_kind_display()}: {made.get_result_display().lower()}. It is written down."
    if selectors.reached_by([made]):
        said += " Close it below with how they are."
    messages.success(request, said)
    return _back(outreach_id)


@require_POST
@staff(Action.DO_OUTREACH)
def close(request: StaffRequest, outreach_id: UUID) -> HttpResponse:
    """End it with what came of it, or say what is left to do."""
    outcome, words = request.POST.get("outcome", ""), request.POST.get("words", "")
    try:
        with transaction.atomic():
            done = services.close_outreach(
                outreach_id=outreach_id,
                outcome=cast(ReachedOutcome, outcome),
                words=words,
                by=request.actor,
                at=clock.now(),
            )
    except Invalid as problem:
        typed = Typed(outcome=outcome, closing_words=words)
        return _show(request, outreach_id, sentence(problem), typed)
    messages.success(request, f"Closed: {done.get_outcome_display().lower()}.")
    return _back(None)


def _back(outreach_id: UUID | None) -> HttpResponseRedirect:
    place = f"#r-{outreach_id}" if outreach_id else ""
    return HttpResponseRedirect(f"{reverse('staff:outreach')}{place}")


# ---- reading what was posted -------------------------------------------------------------------


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


# ---- the page ----------------------------------------------------------------------------------


def _show(
    request: StaffRequest,
    about: UUID | None = None,
    problem: str = "",
    typed: Typed | None = None,
) -> HttpResponse:
    now, zone = clock.now(), request.rules.zone
    found = selectors.open_outreach(by=request.actor)
    closed, more_closed = selectors.closed_on(
        now.astimezone(ZoneInfo(zone)).date(), zone, by=request.actor
    )
    trail.record_read(
        by=request.actor,
        action=Action.READ_CHART,
        subjects=[
            *(trail.subject("client", one.client_id) for one in found),
            *(trail.subject("client", one.client_id) for one in closed),
        ],
    )
    people = tuple(
        _person(
            one,
            now,
            zone,
            problem=problem if one.id == about else "",
            typed=(typed if one.id == about else None) or Typed(),
            is_open=one.id == about if about else place == 0,
        )
        for place, one in enumerate(found)
    )
    page = OutreachPage(
        frame=frame(request, "Outreach", here="staff:outreach"),
        sentence=_sentence(found, now),
        people=people,
        more=len(found) == selectors.AT_MOST,
        closed=tuple(_closed(one, zone) for one in closed),
        more_closed=more_closed,
        problem=problem if not any(one.problem for one in people) else "",
    )
    return render(
        request, "staff/outreach/outreach.jinja", {"page": page}, status=400 if problem else 200
    )


def _sentence(found: list[ToReach], now: datetime) -> str:
    if not found:
        return "Nobody is to be reached"
    waiting = [one for one in found if one.reached is None]
    overdue = sum(one.due_at < now for one in waiting)
    people = filters.counted(len(waiting), "person", "people")
    said = f"{people} to reach, {overdue or 'none'} overdue" if waiting else ""
    done = f"{len(found) - len(waiting)} reached, to be closed" if len(waiting) < len(found) else ""
    return "; ".join(part for part in (said, done) if part)


def _person(
    one: ToReach, now: datetime, zone: str, *, problem: str, typed: Typed, is_open: bool
) -> Person:
    first = one.left[0] if one.left else ""
    reached = f"Reached at {_by_when(one.reached.at, now, zone)}" if one.reached else ""
    return Person(
        outreach_id=one.id,
        client_id=one.client_id,
        attempt_id=uuid4(),
        name=one.name,
        pronouns=one.pronouns,
        phone=one.phone,
        mark=_mark(one, now),
        left=reached or filters.time_left(one.due_at, now),
        by_when="" if reached else _by_when(one.due_at, now, zone),
        why=_what_was(one.why) if reached else one.why,
        session=_missed(one),
        flags=tuple(str(FlagKind(kind).label) for kind in one.flags),
        contacts=tuple(_contact(each) for each in one.contacts),
        tried=tuple(
            Tried(
                when=filters.moment(each.at, zone),
                words=f"{each.kind}{f' ({each.contact})' if each.contact else ''}: "
                f"{each.result.lower()}",
                remark=each.words,
                by=each.by,
            )
            for each in one.attempts
        ),
        next_step=STEP_WORDS[AttemptKind(first)] if first else "",
        still_to_do=", ".join(STEP_WORDS[AttemptKind(each)] for each in one.left),
        ways=_ways(one, typed.how or first),
        results=tuple(Choice(each.value, each.label) for each in _RESULTS),
        outcomes=_outcomes(typed.outcome or (one.reached.outcome if one.reached else "")),
        typed=typed,
        is_open=is_open and bool(one.left or typed.how),
        closes=bool(typed.outcome or typed.closing_words or not one.left),
        problem=problem,
        reached=reached,
    )


def _mark(one: ToReach, now: datetime) -> str:
    if one.reached:
        return "ok"
    return "risk" if one.life else "watch" if one.due_at < now else "wait"


def _what_was(why: str) -> str:
    """What happened, without what was to be done about it."""
    return f"{why.partition(':')[0].rstrip('.')}."


def _missed(one: ToReach) -> str:
    """Evening IOP, Tue, Nov 24, marked not here at 6:24 pm; the group meets until 9 pm."""
    said = f"{one.track_name}, {filters.short_day(one.local_date)}"
    if one.marked_at:
        said += f", marked not here at {filters.clock_time(one.marked_at, one.zone)}"
    if one.meets_until:
        said += f"; the group meets until {filters.short_time(one.meets_until, one.zone)}"
    return said


def _closed(one: ClosedOutreach, zone: str) -> ClosedLine:
    return ClosedLine(
        client_id=one.client_id,
        name=one.name,
        session=f"{one.track_name}, {filters.short_day(one.local_date)}",
        outcome=one.outcome,
        words=one.words,
        when=f"{filters.clock_time(one.closed_at, zone)}, {one.closed_by}",
    )


def _by_when(due: datetime, now: datetime, zone: str) -> str:
    """9:05 pm; with the day when it is not today."""
    day, here = (one.astimezone(ZoneInfo(zone)).date() for one in (due, now))
    at = filters.clock_time(due, zone)
    return at if day == here else f"{filters.short_day(day)}, {at}"


def _contact(one: MayCall) -> ContactLine:
    return ContactLine(one.name, one.relationship, one.phone, "; ".join(one.may_know))


def _ways(one: ToReach, chosen: str) -> tuple[Choice, ...]:
    """Call, text, each contact who may be called, a welfare check; the next step is chosen."""
    contacts = [
        (f"{AttemptKind.CONTACT_PERSON}{_SPLIT}{each.id}", f"Called {each.name}", each.relationship)
        for each in one.contacts
    ]
    every = [
        (AttemptKind.CALL.value, f"Called {one.name}", one.phone),
        (AttemptKind.TEXT.value, str(AttemptKind.TEXT.label), ""),
        *contacts,
        (AttemptKind.WELFARE_CHECK.value, str(AttemptKind.WELFARE_CHECK.label), ""),
    ]
    fits = [value for value, _, _ in every if value == chosen or value.startswith(f"{chosen}:")]
    set_one = fits[0] if chosen and fits else every[0][0]
    return tuple(Choice(value, words, more, value == set_one) for value, words, more in every)


def _outcomes(chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(each.value, each.label, chosen=each.value == chosen) for each in ReachedOutcome
    )
