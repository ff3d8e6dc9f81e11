"""Today: tonight's groups in three stacks, and what is due for the reader, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from handrail.areas.admission.selectors import FirstContactDue
from handrail.areas.assessment.selectors.due_assessments import AssessmentDue
from handrail.areas.consents.selectors.due_consents import ConsentDue
from handrail.areas.inquiries.selectors.due_inquiries import InquiryDue
from handrail.areas.ledger.selectors.due_ledger import AgreementDue, RecommendationDue
from handrail.areas.ledger.selectors.ledger import steps_in
from handrail.areas.outreach.models import AttemptKind
from handrail.areas.safety.models import FlagKind
from handrail.areas.safety.selectors.due_safety import SafetyPlanDue
from handrail.areas.schedule.models import Closure
from handrail.areas.screening.selectors.due_screening import CallDue
from handrail.areas.sessions.selectors import groups_today as stacks
from handrail.areas.sessions.selectors.groups_today import (
    AtRisk,
    DayCount,
    Meeting,
    Running,
    ToBeSigned,
    Upcoming,
)
from handrail.areas.today.selectors import due
from handrail.areas.today.selectors import today as selectors
from handrail.areas.today.selectors.due import Row
from handrail.areas.today.selectors.today import Today
from handrail.areas.waitlist.selectors import WaitingDue
from handrail.core.access import Action, can_access
from handrail.core.course.schedule import Modality
from handrail.core.ledger.positions import in_short
from handrail.core.today import What
from handrail.data import care_catalogue
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.booking.words import how_words
from handrail.web.staff.clients.words import level_short
from handrail.web.staff.outreach.views import STEP_WORDS
from handrail.web.staff.sessions.page import NEXT_OPEN

WORDS_AT_MOST = 160
"""How much of a long reason a line shows; the rest is one click away."""
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
class Line:
    """One thing to do: its mark, why, who it is about, what, by when, and where it is done.

    `place` is the address; empty when there is none yet.
    """

    mark: str
    why: str
    who: str
    what: str
    when: str
    do: str
    place: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The day and what is due. Without groups in one's work there are no stacks."""

    frame: Frame
    now: str
    sentence: str
    stacks: tuple[StackView, ...]
    lines: tuple[Line, ...]
    more: str
    sees_outreach: bool
    co_signs: bool


@require_safe
@staff(Action.SEE_TODAY)
def today(request: StaffRequest) -> HttpResponse:
    """The first page after signing in. Whose concerns it shows is written down."""
    actor, zone, now = request.actor, request.rules.zone, clock.now()
    day = selectors.today(by=actor, at=now, zone=zone)
    trail.record_read(by=actor, action=Action.READ_CHART, subjects=_shown(day))
    page = TodayPage(
        frame=frame(request, "Today", here="staff:today"),
        now=filters.long_moment(now, zone),
        sentence=_sentence(day, now.astimezone(ZoneInfo(zone)), sees_all=_sees_all(request)),
        stacks=_stacks(day, now) if day.sees_groups else (),
        lines=tuple(_line(row, day, zone) for row in day.rows),
        more=_more(day),
        sees_outreach=can_access(actor, Action.SEE_OUTREACH),
        co_signs=can_access(actor, Action.CO_SIGN_NOTE),
    )
    return render(request, "staff/worklist/today.jinja", {"page": page})


def _shown(day: Today) -> list[str]:
    shown = (
        due.FlagDue,
        due.OutreachDue,
        due.EndingDue,
        due.ReturnDue,
        FirstContactDue,
        ConsentDue,
        SafetyPlanDue,
        AgreementDue,
        RecommendationDue,
        AssessmentDue,
    )
    due_for = [one.client_id for one in day.rows if isinstance(one, shown)]
    at_risk = [
        *(one.at_risk for one in day.upcoming.groups),
        *(one.at_risk for one in day.running.groups),
    ]
    named = [client for people in at_risk for client in people.clients]
    asked = [one.inquiry_id for one in day.rows if isinstance(one, InquiryDue)]
    booked = [
        one.slot.booked.booking_id
        for one in day.rows
        if isinstance(one, due.ScreeningDue) and one.slot.booked
    ]
    return [
        *(trail.subject("client", one) for one in dict.fromkeys((*due_for, *named))),
        *(trail.subject("inquiry", one) for one in asked),
        *(trail.subject("booking", one) for one in booked),
    ]


def _sees_all(request: StaffRequest) -> bool:
    return stacks.sees_every_group(request.actor)


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


def _stacks(day: Today, now: datetime) -> tuple[StackView, ...]:
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
            tuple(_to_be_signed(one, now) for one in day.to_be_signed.groups),
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


def _to_be_signed(one: ToBeSigned, now: datetime) -> Group:
    late = one.due_at < now
    return _group(
        one.meeting,
        time=filters.short_day(one.meeting.local_date),
        people=" · ".join((f"{one.signed} of {one.people} signed", _still_open(one))),
        marks=(Mark("watch" if late else "wait", filters.time_left(one.due_at, now)),),
        button="Finish and sign",
        opens=f"?person={NEXT_OPEN}",
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


# ---- what is due -------------------------------------------------------------------------------


_WHY = {
    What.FLAG: "Concern",
    What.OUTREACH: "Reach",
    What.SCREENING: "Screening",
    What.CALL: "Call",
    What.SAFETY_PLAN: "Safety plan",
    What.NOTES: "Notes",
    What.CO_SIGN: "Co-sign",
    What.INQUIRY: "Inquiry",
    What.ENDING: "Ending",
    What.CONSENT: "Consent",
    What.RETURN: "Expected back",
    What.FIRST_CONTACT: "First days",
    What.WAITING: "Waiting list",
    What.LICENSE: "License",
    What.AGREEMENT: "Agreement",
    What.CO_SIGN_RECOMMENDATION: "Co-sign",
    What.ASSESSMENT: "Assessment",
}


@dataclass(frozen=True, slots=True)
class _Said:
    who: str
    what: str
    when: str
    do: str
    place: str


def _line(row: Row, day: Today, zone: str) -> Line:
    said = _said(row, day.at, zone)
    return Line(
        mark=day.urgency_of(row).value,
        why="Risk" if row.due.life and not row.due.settled else _WHY[row.due.what],
        who=said.who,
        what=said.what,
        when=said.when,
        do=said.do,
        place=said.place,
    )


@singledispatch
def _said(row: Row, now: datetime, zone: str) -> _Said:
    raise TypeError(type(row))


@_said.register
def _(row: due.FlagDue, now: datetime, zone: str) -> _Said:
    owner = "" if row.mine else f" Owner: {row.owner}."
    when = "no review date"
    if row.review_date:
        days = (row.review_date - now.astimezone(ZoneInfo(zone)).date()).days
        overdue = f"review was due {filters.until(days)}"
        when = overdue if days < 0 else f"review {filters.until(days)}"
    kind = FlagKind(row.kind).label
    what = f"{kind}: {_shortened(row.why)}{owner}"
    return _Said(row.name, what, when, "Open the chart", _chart(row.client_id))


@_said.register
def _(row: due.OutreachDue, now: datetime, zone: str) -> _Said:
    if row.reached_at:
        place = f"{reverse('staff:outreach')}#r-{row.outreach_id}"
        when = f"reached at {filters.clock_time(row.reached_at, zone)}"
        return _Said(row.name, "Reached: close it with how they are.", when, "Close it", place)
    tries = (
        f"{filters.counted(row.attempts, 'attempt')} so far" if row.attempts else "Not tried yet"
    )
    step = STEP_WORDS[AttemptKind(row.next_step)] if row.next_step else "every step is taken"
    place = f"{reverse('staff:outreach')}#r-{row.outreach_id}"
    left = filters.time_left(row.due.due_at or now, now)
    return _Said(row.name, f"{row.why} {tries}; next: {step}.", left, "Log an attempt", place)


@_said.register
def _(row: due.ScreeningDue, now: datetime, zone: str) -> _Said:
    slot = row.slot
    booked = slot.booked
    who = booked.called if booked else ""
    with_whom = "" if slot.mine else f" with {slot.screener}"
    reach = f", {booked.phone or booked.email}" if booked else ""
    message = "" if booked and booked.leave_message else " Leave no message."
    what = f"Screening {how_words(slot)}{with_whom}{reach}.{message}"
    when = filters.short_time(slot.starts_at, slot.zone)
    if slot.ends_at <= now:
        what, when = f"{what} Say whether they came.", f"was at {when}"
    place = f"{reverse('staff:slots')}#s-{slot.slot_id}"
    return _Said(who, what, when, "Open screening times", place)


@_said.register
def _(row: SafetyPlanDue, now: datetime, zone: str) -> _Said:
    days = (row.on - now.astimezone(ZoneInfo(zone)).date()).days
    what = "Ask again about a safety plan" if row.declined else "Look at the safety plan again"
    owner = "" if row.mine else f" Owner: {row.owner}."
    when = f"was due {filters.until(days)}" if days < 0 else f"due {filters.until(days)}"
    place = reverse("staff:chart_safety_plan", args=[row.client_id])
    return _Said(row.name, f"{what}.{owner}", when, "Open the safety plan", place)


@_said.register
def _(row: due.NotesDue, now: datetime, zone: str) -> _Said:
    meeting = row.group.meeting
    return _Said(
        who=f"{meeting.track_name}, {filters.short_day(meeting.local_date)}",
        what=f"{row.group.signed} of {row.group.people} signed; {_still_open(row.group)}.",
        when=filters.time_left(row.group.due_at, now),
        do="Finish and sign",
        place=f"{reverse('staff:board', args=[meeting.session_id])}?person={NEXT_OPEN}",
    )


@_said.register
def _(row: due.CoSignDue, now: datetime, zone: str) -> _Said:
    verb = "waits" if row.notes == 1 else "wait"
    what = f"{filters.counted(row.notes, 'note')} {verb} for your co-signature."
    left = filters.time_left(row.due.due_at or now, now)
    return _Said(row.signer, what, left, "Read and co-sign", reverse("staff:notes_to_sign"))


@_said.register
def _(row: InquiryDue, now: datetime, zone: str) -> _Said:
    here = now.astimezone(ZoneInfo(zone)).date()
    days = (row.step_date - here).days
    when = f"{filters.counted(-days, 'day')} overdue" if days < 0 else filters.until(days)
    what = f"{row.step.rstrip('.')}."
    if row.mandated_by_date:
        left = (row.mandated_by_date - here).days
        ends = "ran out" if left < 0 else "runs out"
        what += f" Mandated by {row.mandated_by}: {ends} {filters.until(left)}."
    place = reverse("staff:inquiry", args=[row.inquiry_id])
    return _Said(row.name, what, when, "Open the inquiry", place)


@_said.register
def _(row: due.EndingDue, now: datetime, zone: str) -> _Said:
    course = reverse("staff:chart_course", args=[row.client_id])
    if not row.to_go:
        left = "ready to complete" if row.goals_met else "talk about what comes next"
        goals = "met" if row.goals_met else "open"
        what = f"{row.done} of {row.planned}, goals {goals}: {left}."
        return _Said(row.name, what, "now", "Open the course", course)
    go = filters.counted(row.to_go, "session")
    last = f"last day {filters.short_day(row.last_day)}" if row.last_day else "not on the calendar"
    what = f"{go} to go. Talk about what comes after, before the last."
    return _Said(row.name, what, last, "Open the course", course)


@_said.register
def _(row: ConsentDue, now: datetime, zone: str) -> _Said:
    days = (row.last_day - now.astimezone(ZoneInfo(zone)).date()).days
    return _Said(
        who=row.name,
        what=f"{row.kind.words}: have it renewed, or nothing leaves after its last day.",
        when=f"runs out {filters.short_day(row.last_day)} ({filters.until(days)})",
        do="Open the consent",
        place=reverse("staff:consent", args=[row.consent_id]),
    )


@_said.register
def _(row: due.ReturnDue, now: datetime, zone: str) -> _Said:
    days = (row.due_date - now.astimezone(ZoneInfo(zone)).date()).days
    to = f", to step down to {level_short(row.back_to)}" if row.back_to else ""
    if row.stopped:
        what = f"The referral to {row.to} was not sent: {row.stopped} Say how they get there."
    elif row.back:
        what = f"Back from {row.to}{to}, and not admitted here yet."
    elif row.admits:
        late = "Expected back and not here" if row.overdue else "Expected back today"
        what = f"{late}: from {row.to}{to}."
    else:
        late = "Expected back and not here. " if row.overdue else ""
        what = f"At {row.to}. {late}{row.why}"
    if row.admits:
        place = reverse("staff:admit", args=[row.client_id])
        return _Said(row.name, what, filters.until(days), "Open their admission", place)
    place = reverse("staff:referral", args=[row.referral_id])
    return _Said(row.name, what, filters.until(days), "Open the referral", place)


@_said.register
def _(row: FirstContactDue, now: datetime, zone: str) -> _Said:
    days = (row.due_date - now.astimezone(ZoneInfo(zone)).date()).days
    place = f"{reverse('staff:admit', args=[row.client_id])}#first-days"
    return _Said(row.name, row.why, filters.until(days), "Write it down", place)


@_said.register
def _(row: WaitingDue, now: datetime, zone: str) -> _Said:
    days = (row.due_date - now.astimezone(ZoneInfo(zone)).date()).days
    place = f"{reverse('staff:waiting')}#w-{row.waiting_id}"
    if row.seat_in:
        what = f"First in line for a free seat in {row.seat_in}."
    elif row.interim:
        what = f"Waits for {row.program}: offer something meanwhile."
    else:
        what = f"Waits for {row.program}: get in touch, and ask whether that still holds."
    return _Said(row.name, what, filters.until(days), "Open the waiting list", place)


@_said.register
def _(row: due.LicenseDue, now: datetime, zone: str) -> _Said:
    days = (row.expires_date - now.astimezone(ZoneInfo(zone)).date()).days
    ran = "ran out" if days < 0 else "runs out"
    return _Said(
        who=row.name,
        what=f"{row.title}, {row.issuer}",
        when=f"{ran} {filters.short_day(row.expires_date)} ({filters.until(days)})",
        do="Open licenses",
        place=reverse("staff:person", args=[row.membership_id]),
    )


@_said.register
def _(row: CallDue, now: datetime, zone: str) -> _Said:
    since = filters.clock_time(row.started_at, zone)
    safety = " A safety task is open." if row.due.life else ""
    what = f"Screening call with {row.caller}, not ended yet.{safety}"
    place = reverse("staff:screening", args=[row.screening_id])
    return _Said(row.name, what, f"since {since}", "Go on with the call", place)


@_said.register
def _(row: AgreementDue, now: datetime, zone: str) -> _Said:
    days = (row.day - now.astimezone(ZoneInfo(zone)).date()).days
    place = reverse("staff:chart_level", args=[row.client_id])
    steps = in_short(steps_in(row.sequence), care_catalogue())
    if row.refused:
        what = f"Refused something of the floor; accepts: {steps}. Call again."
        when = f"call {filters.until(days)}" if days >= 0 else f"call was due {filters.until(days)}"
        return _Said(row.name, what, when, "Open the ledger", place)
    when = f"look {filters.until(days)}" if days >= 0 else f"look was due {filters.until(days)}"
    return _Said(row.name, f"Agreed: {steps}. Does it still hold?", when, "Open the ledger", place)


@_said.register
def _(row: RecommendationDue, now: datetime, zone: str) -> _Said:
    act = "overrode" if row.overrides else "confirmed"
    what = f"{row.by} {act} a recommendation; it waits for your co-signature."
    left = filters.time_left(row.due.due_at or now, now)
    place = reverse("staff:chart_level", args=[row.client_id])
    return _Said(row.name, what, left, "Read and co-sign", place)


@_said.register
def _(row: AssessmentDue, now: datetime, zone: str) -> _Said:
    left = filters.time_left(row.due.due_at or now, now)
    place = reverse("staff:chart_assessment", args=[row.client_id])
    if row.draft:
        return _Said(row.name, "An assessment you began is not signed.", left, "Go on", place)
    what = f"An assessment by {row.by} waits for your co-signature."
    return _Said(row.name, what, left, "Read and co-sign", place)


def _chart(client_id: UUID) -> str:
    return reverse("staff:chart", args=[client_id])


def _shortened(words: str) -> str:
    if len(words) <= WORDS_AT_MOST:
        return words if words.endswith((".", "!", "?")) else f"{words}."
    return f"{words[:WORDS_AT_MOST].rsplit(' ', 1)[0]} …"


def _more(day: Today) -> str:
    left = [f"{number} more under {_WHY[what]}" for what, number in day.more.items()]
    return f"Not shown: {', '.join(left)}." if left else ""
