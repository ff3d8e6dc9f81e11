"""What the page of the waiting list shows, and the one on which someone is put on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from handrail.areas.schedule.models import Track
from handrail.areas.waitlist import selectors
from handrail.areas.waitlist.models import CameOfIt, WaitingAttempt, WayTried
from handrail.areas.waitlist.selectors import Choices, Line, WaitingList
from handrail.core.access import Action, can_access
from handrail.data import waiting_rules
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.words import level_short
from handrail.web.staff.waitlist.forms import PutOnForm, forms_of


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
    forms: dict[str, Form]


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
    posted: Form | None


@dataclass(frozen=True, slots=True)
class PutOnPage:
    """Someone who is put on the list of a program, and the lists they stand on already."""

    chart: ChartFrame
    frame: Frame
    standing: tuple[str, ...]
    form: PutOnForm


def waiting_page(request: StaffRequest, today: date, posted: Form | None) -> WaitingPage:
    """The lists in their order. Everyone on them counts as looked at, in one entry. `posted` is
    the form of one person that was sent and is wrong.
    """
    found = selectors.waiting_lists(by=request.actor, today=today)
    everyone = [one for each in found for one in each.lines]
    trail.record_read(
        by=request.actor,
        action=Action.READ_CHART,
        subjects=[trail.subject("client", one.client.pk) for one in everyone],
    )
    return WaitingPage(
        frame=frame(request, "Waiting list", here="staff:groups"),
        sentence=_sentence(everyone, today),
        lists=tuple(_list(one, request, today, posted) for one in found),
        posted=posted,
    )


def put_on_page(request: StaffRequest, found: Choices, form: PutOnForm) -> PutOnPage:
    """The form for one person."""
    chart = chart_frame(request, found.client.pk, "staff:waiting_new")
    return PutOnPage(
        chart=chart,
        frame=chart.frame,
        standing=tuple(
            f"{one.program.name}, since {filters.day(one.since)}"
            for one in selectors.waits_for(found.client.pk, by=request.actor)
        ),
        form=form,
    )


def _sentence(everyone: list[Line], today: date) -> str:
    if not everyone:
        return "Nobody waits"
    people = filters.counted(len(everyone), "person waits", "people wait")
    due = sum(one.next_on <= today or one.interim_due is not None for one in everyone)
    seats = sum(one.seat is not None for one in everyone)
    parts = [people, f"{due or 'nothing'} due today" if due else "nothing is due today"]
    if seats:
        parts.append(filters.counted(seats, "has a free seat", "have a free seat"))
    return "; ".join(parts)


def _list(
    found: WaitingList, request: StaffRequest, today: date, posted: Form | None
) -> ProgramList:
    first = next((one for one in found.lines if one.seat), None)
    return ProgramList(
        name=found.program.name,
        anchor=f"p-{found.program.pk}",
        level=level_short(found.program.level),
        free=_free(found.free),
        first=f"{first.client.name} is first" if first else "",
        people=tuple(_person(one, request, today, posted) for one in found.lines),
    )


def _free(tracks: Iterable[tuple[Track, int | None]]) -> str:
    """2 seats free in Evening IOP; 1 in Morning IOP."""
    said = []
    for track, seats in tracks:
        if seats is None:
            said.append(f"seats without a limit in {track.name}")
        elif seats:
            said.append(f"{filters.counted(seats, 'seat')} free in {track.name}")
    return "; ".join(said)


def _person(one: Line, request: StaffRequest, today: date, posted: Form | None) -> Person:
    place, zone = one.place, request.rules.zone
    marks = _marks(one, today)
    return Person(
        waiting_id=place.pk,
        client_id=one.client.pk,
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
        admit_by=f"A seat by {filters.day(one.admit_by)}" if one.admit_by else "",
        marks=marks,
        kind="watch" if any(each.kind == "watch" for each in marks) else "wait",
        meanwhile=_meanwhile(one),
        offered=f"{place.interim_by}, {filters.moment(place.interim_at, zone)}"
        if place.interim_at
        else "",
        tried=tuple(_tried(each, zone) for each in one.attempts),
        next=_next(one, today),
        admits=_admits(one, request),
        forms=forms_of(place.pk, posted),
    )


def _waits(one: Line) -> str:
    since = f"since {filters.short_day(one.place.since)}"
    return f"{filters.counted(one.days, 'day')}, {since}" if one.days else "since today"


def _marks(one: Line, today: date) -> tuple[Mark, ...]:
    found = []
    if one.seat:
        found.append(Mark("ok", f"A seat is free in {one.seat.name}"))
    if one.next_on <= today:
        found.append(Mark("watch", "Get in touch today"))
    if one.interim_due is not None:
        days = (one.interim_due - today).days
        was = "was due" if days < 0 else "is due"
        found.append(Mark("watch", f"Something to offer meanwhile {was} {filters.until(days)}"))
    if one.admit_by and one.admit_by < today:
        found.append(Mark("watch", f"The day for a seat was {filters.short_day(one.admit_by)}"))
    return tuple(found)


def _meanwhile(one: Line) -> tuple[str, ...]:
    said = dict(waiting_rules().interim)
    offered = [said.get(code, code) for code in one.place.interim]
    return (*offered, one.place.instead) if one.place.instead else tuple(offered)


def _tried(one: WaitingAttempt, zone: str) -> Tried:
    came = str(CameOfIt(one.outcome).label)
    return Tried(
        words=f"{WayTried(one.way).label}. {came}",
        when=f"{filters.moment(one.attempted_at, zone)}, {one.attempted_by}",
        remark=one.words,
    )


def _next(one: Line, today: date) -> str:
    days = (one.next_on - today).days
    if days <= 0:
        return "Get in touch today" if days == 0 else f"Get in touch: due {filters.until(days)}"
    return f"Get in touch {filters.until(days)}, {filters.short_day(one.next_on)}"


def _admits(one: Line, request: StaffRequest) -> str:
    """Where they are admitted to the free seat, for who may do that."""
    if one.seat is None or not can_access(request.actor, Action.ADMIT):
        return ""
    return f"{reverse('staff:admit', args=[one.client.pk])}?track_id={one.seat.pk}#course"
