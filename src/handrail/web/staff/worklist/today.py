"""Today: tonight's groups in three stacks, and what is due for the reader, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.schedule.leads import sees_every_group
from handrail.areas.schedule.models import Closure
from handrail.areas.sessions.selectors import groups_today as selectors
from handrail.areas.sessions.selectors.groups_today import (
    AtRisk,
    DayCount,
    Meeting,
    Running,
    ToBeSigned,
    Today,
    Upcoming,
)
from handrail.areas.worklist.selectors import View, due_now
from handrail.core.access import Action, Actor, can_access
from handrail.core.course.schedule import Modality
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.sessions.page import NEXT_OPEN
from handrail.web.staff.worklist.lines import Now
from handrail.web.staff.worklist.page import WorklistView, worklist_view

EVENING = 16
"""From this hour on people say tonight."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape (risk, watch, ok, wait) and its words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a stack: when, what, lines about it, marks, and its one button if any."""

    session_id: UUID
    time: str
    moment: str
    name: str
    where: str
    people: str
    led_by: str
    marks: tuple[Mark, ...]
    button: str
    is_first: bool = False
    opens: str = ""


@dataclass(frozen=True, slots=True)
class StackView:
    """A stack of groups; `empty` says what to do when there is none."""

    key: str
    title: str
    groups: tuple[Group, ...]
    in_all: int
    more: int
    empty: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The day and what is due. Without groups in one's work there are no stacks."""

    frame: Frame
    now: str
    sentence: str
    stacks: tuple[StackView, ...]
    due: WorklistView
    sees_outreach: bool
    co_signs: bool


@require_safe
@staff(Action.SEE_TODAY)
def today(request: StaffRequest) -> HttpResponse:
    """The first page after signing in. Whoever is named on it stands in the trail."""
    actor, zone, now = request.actor, request.rules.zone, clock.now()
    oversees = can_access(actor, Action.OVERSEE_WORK)
    view = _view(request, oversees=oversees)
    day = selectors.today(by=actor, at=now, zone=zone)
    found = due_now(by=actor, at=now, view=view, also=_named(day))
    page = TodayPage(
        frame=frame(request, "Today", here="staff:today"),
        now=filters.long_moment(now, zone),
        sentence=_sentence(day, now.astimezone(ZoneInfo(zone)), sees_all=_sees_all(request)),
        stacks=_stacks(day, now, actor) if day.sees_groups else (),
        due=worklist_view(found, Now(now, zone), view, oversees=oversees),
        sees_outreach=can_access(actor, Action.SEE_OUTREACH),
        co_signs=can_access(actor, Action.CO_SIGN_NOTE),
    )
    return render(request, "staff/worklist/today.jinja", {"page": page})


def _view(request: StaffRequest, *, oversees: bool) -> View:
    """The view asked for; what somebody may not oversee, or an unknown word, is one's own."""
    known = {one.value: one for one in View}
    asked = known.get(request.GET.get("view", ""), View.MINE)
    return asked if oversees or asked is View.SNOOZED else View.MINE


def _named(day: Today) -> list[str]:
    """Everyone whom the stacks name: those about whom a risk flag is open."""
    at_risk = [
        *(one.at_risk for one in day.upcoming.groups),
        *(one.at_risk for one in day.running.groups),
    ]
    return [trail.subject("client", key) for one in at_risk for key in one.clients]


def _sees_all(request: StaffRequest) -> bool:
    return sees_every_group(request.actor)


# ---- the day in a sentence ---------------------------------------------------------------------


def _sentence(day: Today, local: datetime, *, sees_all: bool) -> str:
    if not day.sees_groups:
        return ""
    when = "tonight" if local.hour >= EVENING else "today"
    whose = "" if sees_all else " of yours"
    count = day.count
    said = []
    if count.to_come or not count.in_all:
        said.append(_to_come(count, f"{whose}{' still to come' if count.begun else ''} {when}"))
    elif count.held == count.in_all:
        said.append(_some(count.held, count.in_all, when, "held and signed"))
    if count.not_started:
        said.append(_some(count.not_started, count.in_all, when, "still to be started"))
    if count.running:
        said.append(_some(count.running, count.in_all, when, "in progress"))
    if count.to_be_signed:
        said.append(_some(count.to_be_signed, count.in_all, when, "to be signed"))
    return " ".join((*said, *(_closed(one) for one in day.closed)))


def _to_come(count: DayCount, when: str) -> str:
    groups = "group" if count.to_come == 1 else "groups"
    said = f"{filters.number_word(count.to_come)} {groups}{when}"
    if count.to_come:
        said += f", {filters.counted(count.people_to_come, 'person', 'people')} expected"
    return f"{said}."


def _some(number: int, in_all: int, when: str, what: str) -> str:
    """Tonight’s group is to be signed. Two of tonight’s groups are to be signed."""
    groups = f"{when}’s {'group' if in_all == 1 else 'groups'}"
    if number < in_all:
        groups = f"{filters.number_word(number).lower()} of {groups}"
    return f"{groups[:1].upper()}{groups[1:]} {'is' if number == 1 else 'are'} {what}."


def _closed(closure: Closure) -> str:
    said = f"Closed {filters.short_day(closure.local_date)}: {closure.reason.rstrip('.')}"
    if closure.instead_date:
        said += f"; its sessions are on {filters.short_day(closure.instead_date)}"
    return f"{said}."


# ---- stacks ------------------------------------------------------------------------------------


def _stacks(day: Today, now: datetime, by: Actor) -> tuple[StackView, ...]:
    signs = can_access(by, Action.SIGN_NOTE)
    first = next((one.meeting.session_id for one in day.upcoming.groups if one.meeting.mine), None)
    return (
        StackView(
            "upcoming",
            "Upcoming",
            tuple(_upcoming(one, first) for one in day.upcoming.groups),
            day.upcoming.in_all,
            day.upcoming.more,
            "No group is still to come today. Groups that are planned for today stand here with "
            "who is expected.",
        ),
        StackView(
            "running",
            "In progress",
            tuple(_running(one) for one in day.running.groups),
            day.running.in_all,
            day.running.more,
            "Nobody meets right now. A group moves here when its board is opened and started.",
        ),
        StackView(
            "to-sign",
            "To be signed",
            tuple(_to_be_signed(one, now, signs=signs) for one in day.to_be_signed.groups),
            day.to_be_signed.in_all,
            day.to_be_signed.more,
            "Every note is signed. When a session’s attendance is closed, its notes wait here.",
        ),
    )


def _group(
    meeting: Meeting,
    *,
    time: str,
    people: str,
    marks: tuple[Mark, ...],
    button: str,
    is_first: bool = False,
    opens: str = "",
) -> Group:
    return Group(
        session_id=meeting.session_id,
        time=time,
        moment=meeting.starts_at.astimezone(ZoneInfo(meeting.zone)).isoformat("T", "minutes"),
        name=meeting.track_name,
        where=_where(meeting),
        people=people,
        led_by=" and ".join(meeting.facilitators) or "nobody yet",
        marks=marks,
        button=button,
        is_first=is_first,
        opens=opens,
    )


def _upcoming(one: Upcoming, first: UUID | None) -> Group:
    meeting = one.meeting
    people = [filters.counted(one.people, "person", "people")]
    if one.starting:
        verb = "start" if len(one.starting) > 1 else "starts"
        people.append(f"{' and '.join(one.starting)} {verb} today")
    marks = [*_at_risk(one.at_risk)]
    if one.not_started:
        marks.append(Mark("watch", "Its time has passed, and nobody started it"))
    elif one.should_have_begun:
        begin = filters.short_time(meeting.starts_at, meeting.zone)
        marks.append(Mark("watch", f"Should have begun at {begin}"))
    time = _time(meeting)
    if one.not_started:
        time = filters.short_day(meeting.local_date)
    return _group(
        meeting,
        time=time,
        people=" · ".join(people),
        marks=tuple(marks),
        button="Open the board",
        is_first=meeting.session_id == first,
    )


def _running(one: Running) -> Group:
    part = f"{one.segment}, {one.minutes_left} min left" if one.segment else ""
    people = " · ".join(word for word in (f"{one.here} of {one.people} here", part) if word)
    marks = [*_at_risk(one.at_risk)]
    if len(one.late) == 1:
        marks.append(Mark("wait", f"1 late, {one.late[0]} min"))
    elif one.late:
        marks.append(Mark("wait", f"{len(one.late)} late"))
    if not one.segment:
        end = filters.short_time(one.meeting.ends_at, one.meeting.zone)
        marks.append(Mark("watch", f"over since {end}; close attendance"))
    return _group(
        one.meeting,
        time=_time(one.meeting),
        people=people,
        marks=tuple(marks),
        button="Open the board",
        is_first=one.meeting.mine,
    )


def _to_be_signed(one: ToBeSigned, now: datetime, *, signs: bool) -> Group:
    late = one.due_at < now
    return _group(
        one.meeting,
        time=filters.short_day(one.meeting.local_date),
        people=" · ".join((f"{one.signed} of {one.people} signed", _still_open(one))),
        marks=(Mark("watch" if late else "wait", filters.time_left(one.due_at, now)),),
        button="Finish and sign" if signs else "Open the board",
        opens=f"?person={NEXT_OPEN}" if signs else "",
    )


def _still_open(one: ToBeSigned) -> str:
    names = one.without_words
    if not names:
        return f"{one.people - one.signed} to sign"
    verb = "need" if len(names) > 1 else "needs"
    return f"{_listed(names)} still {verb} own words"


def _listed(names: Sequence[str]) -> str:
    """Ann B., Cleo D. and 3 others."""
    shown = names if len(names) <= 4 else (*names[:3], f"{len(names) - 3} others")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _at_risk(people: AtRisk) -> tuple[Mark, ...]:
    """How many people an open concern of risk is about, and who, for those who read charts."""
    if not people.number:
        return ()
    flags = filters.counted(people.number, "risk flag")
    return (Mark("risk", f"{flags}: {_listed(people.names)}" if people.names else flags),)


def _time(meeting: Meeting) -> str:
    return filters.short_time(meeting.starts_at, meeting.zone)


def _where(meeting: Meeting) -> str:
    online = {Modality.ONLINE: "Online", Modality.MIXED: "online"}.get(meeting.modality, "")
    return " and ".join(part for part in (meeting.room, online) if part) or "no room yet"
