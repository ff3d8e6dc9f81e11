"""What the page of the waiting list shows, and the one on which someone is put on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.urls import reverse

from handrail.areas.schedule.models import Track
from handrail.areas.waitlist import selectors
from handrail.areas.waitlist.models import CameOfIt, EndedHow, WaitingAttempt, WayTried
from handrail.areas.waitlist.selectors import Choices, Line, WaitingList
from handrail.core.access import Action, can_access
from handrail.data import waiting_rules
from handrail.foundation.audit import trail
from handrail.web.staff import saying
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import NOTHING, Filled
from handrail.web.staff.clients.words import level_short
from handrail.web.staff.frame import Frame, frame
from handrail.web.staff.request import StaffRequest

OUTCOMES = tuple((one.value, str(one.label)) for one in CameOfIt)
WAYS = tuple((one.value, str(one.label)) for one in WayTried)
ENDINGS = tuple((one.value, str(one.label)) for one in EndedHow if one is not EndedHow.ADMITTED)


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt as it stands in the list."""

    words: str
    when: str
    remark: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark with its words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the list: where they stand and why, what is due, and everything to do about it."""

    waiting_id: UUID
    client_id: UUID
    attempt_id: UUID
    number: int
    name: str
    pronouns: str
    phone: str
    waits: str
    wish: str
    group: str
    why: str
    source: str
    note: str
    admit_by: str
    marks: tuple[Mark, ...]
    kind: str
    meanwhile: tuple[str, ...]
    offered: str
    tried: tuple[Tried, ...]
    next: str
    admits: str
    form: Filled


@dataclass(frozen=True, slots=True)
class ProgramList:
    """The list of one program, with what is free in it and who is first for that."""

    name: str
    anchor: str
    level: str
    free: str
    first: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Every list on which someone waits."""

    frame: Frame
    sentence: str
    lists: tuple[ProgramList, ...]
    ways: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    services: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str], ...]
    problem: str


@dataclass(frozen=True, slots=True)
class PutOnPage:
    """Someone who is put on the list of a program, and the lists they stand on already."""

    chart: ChartFrame
    frame: Frame
    standing: tuple[str, ...]
    programs: tuple[tuple[str, str], ...]
    tracks: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str, str], ...]
    today: str
    form: Filled


def waiting_page(
    request: StaffRequest, today: date, about: UUID | None, form: Filled
) -> WaitingPage:
    """The lists in their order. Everyone on them counts as looked at, in one entry."""
    found = selectors.waiting_lists(by=request.actor, today=today)
    everyone = [one for each in found for one in each.lines]
    trail.record_read(
        by=request.actor,
        action=Action.READ_CHART,
        subjects=[trail.subject("client", one.client.pk) for one in everyone],
    )
    is_here = any(one.place.pk == about for one in everyone)
    return WaitingPage(
        frame=frame(request, "Waiting list", here="staff:groups"),
        sentence=_sentence(everyone, today),
        lists=tuple(_list(one, request, today, about, form) for one in found),
        ways=WAYS,
        outcomes=OUTCOMES,
        services=waiting_rules().interim,
        endings=ENDINGS,
        problem="" if is_here else " ".join(form.problems.values()),
    )


def put_on_page(request: StaffRequest, found: Choices, today: date, form: Filled) -> PutOnPage:
    """The form for one person."""
    client_id = found.client.pk
    chart = chart_frame(request, client_id, "staff:waiting_new")
    names = {one.pk: one.name for one in found.programs}
    return PutOnPage(
        chart=chart,
        frame=chart.frame,
        standing=tuple(
            f"{one.program.name}, since {saying.day(one.since)}"
            for one in selectors.waits_for(client_id, by=request.actor)
        ),
        programs=tuple((str(one.pk), _program(one.name, one.level)) for one in found.programs),
        tracks=tuple(
            (str(one.pk), f"{one.name} ({names[one.program_id]})")
            for one in found.tracks
            if one.program_id in names
        ),
        groups=tuple((one.code, one.words, one.why) for one in waiting_rules().priorities),
        today=today.isoformat(),
        form=form,
    )


def _program(name: str, level: str) -> str:
    return f"{name} ({level_short(level)})"


def _sentence(everyone: list[Line], today: date) -> str:
    if not everyone:
        return "Nobody waits"
    people = saying.counted(len(everyone), "person waits", "people wait")
    due = sum(one.next_on <= today or one.interim_due is not None for one in everyone)
    seats = sum(one.seat is not None for one in everyone)
    parts = [people, f"{due or 'nothing'} due today" if due else "nothing is due today"]
    if seats:
        parts.append(saying.counted(seats, "has a free seat", "have a free seat"))
    return "; ".join(parts)


def _list(
    found: WaitingList, request: StaffRequest, today: date, about: UUID | None, form: Filled
) -> ProgramList:
    first = next((one for one in found.lines if one.seat), None)
    return ProgramList(
        name=found.program.name,
        anchor=f"p-{found.program.pk}",
        level=level_short(found.program.level),
        free=_free(found.free),
        first=f"{first.client.name} is first" if first else "",
        people=tuple(
            _person(one, request, today, form if one.place.pk == about else NOTHING)
            for one in found.lines
        ),
    )


def _free(tracks: Iterable[tuple[Track, int | None]]) -> str:
    """2 seats free in Evening IOP; 1 in Morning IOP."""
    said = []
    for track, seats in tracks:
        if seats is None:
            said.append(f"seats without a limit in {track.name}")
        elif seats:
            said.append(f"{saying.counted(seats, 'seat')} free in {track.name}")
    return "; ".join(said)


def _person(one: Line, request: StaffRequest, today: date, form: Filled) -> Person:
    place, zone = one.place, request.rules.zone
    marks = _marks(one, today)
    return Person(
        waiting_id=place.pk,
        client_id=one.client.pk,
        attempt_id=uuid4(),
        number=one.number,
        name=one.client.name,
        pronouns=one.client.pronouns,
        phone=one.client.phone,
        waits=_waits(one),
        wish=f"Only {place.track.name}" if place.track else "",
        group=one.group.words,
        why=one.group.why,
        source=place.priority_source,
        note="" if one.seat else one.group.note,
        admit_by=f"A seat by {saying.day(one.admit_by)}" if one.admit_by else "",
        marks=marks,
        kind="watch" if any(each.kind == "watch" for each in marks) else "wait",
        meanwhile=_meanwhile(one),
        offered=f"{place.interim_by}, {saying.moment(place.interim_at, zone)}"
        if place.interim_at
        else "",
        tried=tuple(_tried(each, zone) for each in one.attempts),
        next=_next(one, today),
        admits=_admits(one, request),
        form=form,
    )


def _waits(one: Line) -> str:
    since = f"since {saying.short_day(one.place.since)}"
    return f"{saying.counted(one.days, 'day')}, {since}" if one.days else "since today"


def _marks(one: Line, today: date) -> tuple[Mark, ...]:
    found = []
    if one.seat:
        found.append(Mark("ok", f"A seat is free in {one.seat.name}"))
    if one.next_on <= today:
        found.append(Mark("watch", "Get in touch today"))
    if one.interim_due is not None:
        days = (one.interim_due - today).days
        was = "was due" if days < 0 else "is due"
        found.append(Mark("watch", f"Something to offer meanwhile {was} {saying.until(days)}"))
    if one.admit_by and one.admit_by < today:
        found.append(Mark("watch", f"The day for a seat was {saying.short_day(one.admit_by)}"))
    return tuple(found)


def _meanwhile(one: Line) -> tuple[str, ...]:
    said = dict(waiting_rules().interim)
    offered = [said.get(code, code) for code in one.place.interim]
    return (*offered, one.place.instead) if one.place.instead else tuple(offered)


def _tried(one: WaitingAttempt, zone: str) -> Tried:
    came = str(CameOfIt(one.outcome).label)
    return Tried(
        words=f"{WayTried(one.way).label}. {came}",
        when=f"{saying.moment(one.attempted_at, zone)}, {one.attempted_by}",
        remark=one.words,
    )


def _next(one: Line, today: date) -> str:
    days = (one.next_on - today).days
    if days <= 0:
        return "Get in touch today" if days == 0 else f"Get in touch: due {saying.until(days)}"
    return f"Get in touch {saying.until(days)}, {saying.short_day(one.next_on)}"


def _admits(one: Line, request: StaffRequest) -> str:
    """Where they are admitted to the free seat, for who may do that."""
    if one.seat is None or not can_access(request.actor, Action.ADMIT):
        return ""
    return f"{reverse('staff:admit', args=[one.client.pk])}?track_id={one.seat.pk}#course"
