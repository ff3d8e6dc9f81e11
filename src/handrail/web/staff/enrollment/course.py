"""The Course tab of a chart: progress, weeks, topics, sessions, individual hours, goals."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.areas.enrollment.selectors.course import (
    Course,
    CourseSession,
    HourLine,
    Topic,
    Week,
    course_of,
)
from handrail.areas.enrollment.services import appointments
from handrail.areas.notes.selectors.notes import noted_sessions
from handrail.areas.organizations import selectors as organizations
from handrail.areas.plans import services as goals
from handrail.core.access import Action, can_access
from handrail.core.course.roster import Place
from handrail.core.course.schedule import Weekday
from handrail.core.course.segments import Count
from handrail.core.course.weeks import Outlook, WeekAgainstRule
from handrail.foundation import clock
from handrail.web.drawings.course_strip import Strip, draw_strip
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.enrollment.forms import EndGoalForm, GoalForm, HeldForm, HourForm
from handrail.web.staff.schedule import words

BAR = 200
"""How wide a week's bar is drawn; the rule's line stands at five sixths when nothing is beyond."""

_MARKS = {
    Outlook.MET: "ok",
    Outlook.ON_COURSE: "wait",
    Outlook.NEEDS_MORE: "watch",
    Outlook.NOT_MET: "watch",
}
SHOWN = 6
"""How many coming sessions are listed."""

_GOES_BY = {
    Count.SCHEDULED: "goes by the calendar, not by who came",
    Count.ATTENDED: "goes by minutes attended",
    Count.THERAPEUTIC: "goes by therapeutic minutes attended",
}
_TOPIC = {"met": ("ok", "met"), "booked": ("wait", "comes"), "missing": ("watch", "missing")}


@dataclass(frozen=True, slots=True)
class Bar:
    """A week against a rule, as lengths of a bar."""

    so_far: int
    at_most: int
    needed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """One week against one rule: by the minutes the rule goes by, and by no others."""

    so_far: str
    at_most: str
    needed: str
    mark: str
    outlook: str
    add: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class RuleHead:
    """A payer's rule, named once, and which minutes it goes by."""

    name: str
    goes_by: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week: its minutes counted three ways, and the verdict of each rule."""

    week: str
    is_now: bool
    remark: str
    scheduled: str
    attended: str
    therapeutic: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic, whether it was met, and where it comes next."""

    name: str
    mark: str
    state: str
    carried_by: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of the course, decided or to come."""

    when: str
    what: str
    status: str
    mark: str
    minutes: str
    credit: str
    topics: str
    board: str


@dataclass(frozen=True, slots=True)
class HourRow:
    """An individual or family hour."""

    appointment_id: UUID
    what: str
    when: str
    with_whom: str
    minutes: int
    mark: str
    state: str
    has_begun: bool


@dataclass(frozen=True, slots=True)
class GoalRow:
    """What the client works toward."""

    goal_id: UUID
    words: str
    since: str
    ended: str


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A membership, in words."""

    enrollment_id: UUID
    track_id: UUID
    track: str
    dates: str
    days: str
    remark: str


@dataclass(frozen=True, slots=True)
class CoursePage:
    """Everything the Course tab says."""

    chart: ChartFrame
    client_id: UUID
    track: str
    track_id: UUID | None
    in_care: bool
    stands: str
    strip: Strip
    strip_words: str
    last_day: str
    standing: str
    planned: int
    rules: tuple[RuleHead, ...]
    weeks: tuple[WeekRow, ...]
    topics: tuple[TopicRow, ...]
    missing: int
    sessions: tuple[SessionRow, ...]
    coming: tuple[SessionRow, ...]
    more_coming: str
    after_the_end: str
    memberships: tuple[MembershipRow, ...]
    hours: tuple[HourRow, ...]
    goals: tuple[GoalRow, ...]
    may_enroll: bool
    may_book: bool
    may_set_goal: bool
    goal: Form
    hour: Form
    posted: Form | None

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def chart_course(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Show the course."""
    return _show(request, client_id)


@require_POST
@staff(Action.BOOK_APPOINTMENT)
def book_hour(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Book an individual or family hour."""
    by, at = request.actor, clock.now()
    form = HourForm(request.POST, membership_id=organizations.who_works_here(by=by))
    said = {"zone": request.rules.zone, "confirmed": form.confirmed, "by": by, "at": at}
    if not form.submit(appointments.book_appointment, client_id=client_id, **said):
        return _show(request, client_id, form)
    messages.success(request, f"The hour on {words.day(form.result.local_date)} is booked.")
    return redirect("staff:chart_course", client_id=client_id)


@require_POST
@staff(Action.BOOK_APPOINTMENT)
def held(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Say whether an hour took place."""
    client_id = appointments.client_of(appointment_id, by=request.actor)
    form, by, at = HeldForm(request.POST), request.actor, clock.now()
    if not form.submit(appointments.record_held, appointment_id=appointment_id, by=by, at=at):
        return _show(request, client_id, form)
    messages.success(request, "Recorded as held." if form.result.held else "Recorded as missed.")
    return redirect("staff:chart_course", client_id=client_id)


@require_POST
@staff(Action.SET_GOAL)
def set_goal(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Put down a goal."""
    form, on = GoalForm(request.POST), clock.today(request.rules.zone)
    said = {"client_id": client_id, "on_date": on, "by": request.actor, "at": clock.now()}
    if not form.submit(goals.set_goal, **said):
        return _show(request, client_id, form)
    messages.success(request, "The goal is set.")
    return redirect("staff:chart_course", client_id=client_id)


@require_POST
@staff(Action.SET_GOAL)
def end_goal(request: StaffRequest, goal_id: UUID) -> HttpResponse:
    """Say that a goal is met, or no longer one."""
    client_id = goals.client_of(goal_id, by=request.actor)
    form, on = EndGoalForm(request.POST), clock.today(request.rules.zone)

    def service(how: str, **said: Any) -> None:
        ended = goals.meet_goal if how == "met" else goals.drop_goal
        ended(goal_id=goal_id, on_date=on, **said)

    if not form.submit(service, by=request.actor, at=clock.now()):
        return _show(request, client_id, form)
    messages.success(request, "The goal is put down as ended.")
    return redirect("staff:chart_course", client_id=client_id)


def _show(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    actor = request.actor
    chart = chart_frame(request, client_id, "staff:chart_course")
    found = course_of(client_id, by=actor, today=chart.today, at=clock.now())
    noted = noted_sessions(client_id, by=actor)
    stands = found.progress
    may_book = found.has_open_episode and can_access(actor, Action.BOOK_APPOINTMENT)
    page = CoursePage(
        chart=chart,
        client_id=client_id,
        track=found.track,
        track_id=found.track_id,
        in_care=found.has_open_episode,
        stands=f"{stands.done} of {stands.planned}",
        strip=draw_strip(stands),
        strip_words=_strip_words(found),
        last_day=words.last_day(stands, found.until_date),
        standing=found.standing.value,
        planned=stands.planned,
        rules=_rules(found.weeks),
        weeks=tuple(_week_row(one, stands.projected_last_day) for one in found.weeks),
        topics=tuple(_topic(one) for one in found.topics),
        missing=len(found.missing_topics),
        sessions=tuple(_decided(one, noted) for one in reversed(found.sessions)),
        coming=_coming_rows(found),
        more_coming=_more_coming(found),
        after_the_end=_after_the_end(found),
        memberships=tuple(_memberships(found)),
        hours=tuple(_hour(one) for one in reversed(found.hours)),
        goals=tuple(_goals(found)),
        may_enroll=can_access(actor, Action.ENROLL),
        may_book=may_book,
        may_set_goal=found.has_open_episode and can_access(actor, Action.SET_GOAL),
        goal=GoalForm().unless(posted),
        hour=HourForm(
            initial={"local_date": chart.today},
            membership_id=organizations.who_works_here(by=actor) if may_book else (),
        ).unless(posted),
        posted=posted,
    )
    status = posted.status if posted else 200
    return render(request, "staff/enrollment/course.jinja", {"page": page}, status=status)


# ---- in words ----------------------------------------------------------------------------------


def _strip_words(found: Course) -> str:
    return draw_strip(found.progress).label.partition(": ")[2]


def _rules(weeks: Sequence[Week]) -> tuple[RuleHead, ...]:
    against = weeks[0].against if weeks else ()
    return tuple(RuleHead(one.rule.name, _GOES_BY[one.rule.count]) for one in against)


def _week_row(week: Week, ends: date | None) -> WeekRow:
    here = ends is not None and week.first <= ends <= week.last
    return WeekRow(
        week=f"{week.first:%b} {week.first.day} to {week.last:%b} {week.last.day}",
        is_now=week.is_now,
        remark=f"the course ends {words.day(ends)}" if here and ends else "",
        scheduled=_hours(week.scheduled),
        attended=_hours(week.attended),
        therapeutic=_hours(week.therapeutic),
        verdicts=tuple(_verdict(one) for one in week.against),
    )


def _verdict(one: WeekAgainstRule) -> Verdict:
    return Verdict(
        so_far=_hours(one.so_far),
        at_most=_hours(one.at_most),
        needed=_hours(one.rule.minutes),
        mark=_MARKS[one.outlook],
        outlook=one.outlook.value,
        add=_to_add(one),
        bar=_bar(one),
    )


def _to_add(one: WeekAgainstRule) -> str:
    if one.outlook is Outlook.NEEDS_MORE:
        kind = "on the calendar" if one.rule.count is Count.SCHEDULED else "more"
        return f"{_hours(one.to_add)} {kind} needed, {one.days_left} days left"
    if one.outlook is Outlook.ON_COURSE and one.by:
        return "with " + ", ".join(f"{hour.name} {hour.local_date:%a}" for hour in one.by)
    return ""


def _bar(one: WeekAgainstRule) -> Bar:
    whole = max(one.rule.minutes * 6 // 5, one.at_most)
    return Bar(
        so_far=BAR * one.so_far // whole,
        at_most=BAR * one.at_most // whole,
        needed=min(BAR - 1, BAR * one.rule.minutes // whole),
    )


def _hours(minutes: int) -> str:
    """9 h / 8 h 20."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def _billable(one: CourseSession, noted: Container[UUID]) -> str:
    """Minutes alone are not billed: what is charged is documented, by a note that is valid."""
    if not one.billable:
        return "not billable"
    return "billable" if one.session_id in noted else "not billable until its note is signed"


def _topic(one: Topic) -> TopicRow:
    mark, state = _TOPIC[one.state]
    carried = ", ".join(f"{c.track}, {words.day(c.local_date)}" for c in one.carried_by[:2])
    if one.state == "missing" and not carried:
        carried = "on no coming session within six weeks"
    return TopicRow(one.name, mark, state, carried)


def _decided(one: CourseSession, noted: Container[UUID]) -> SessionRow:
    status = one.status.value if one.status else ""
    credit = "counts" if one.counts else f"{one.shortfall} min short"
    if one.billable is not None:
        credit += f", {_billable(one, noted)}"
    return SessionRow(
        when=words.day(one.local_date),
        what=f"{one.track}, no. {one.number}",
        status=status,
        mark="ok" if one.counts else "watch",
        minutes=f"{one.attended} of {one.scheduled} min",
        credit=credit,
        topics=", ".join(one.topics),
        board=words.address("board", session_id=one.session_id),
    )


def _coming(one: CourseSession) -> SessionRow:
    return SessionRow(
        when=f"{words.day(one.local_date)}, {words.clock_time(time.fromisoformat(one.start))}",
        what=f"{one.track}, no. {one.number}",
        status="make-up" if one.place is Place.MAKE_UP else "",
        mark="wait",
        minutes="",
        credit="",
        topics=", ".join(one.topics),
        board=words.address("board", session_id=one.session_id),
    )


def _coming_rows(found: Course) -> tuple[SessionRow, ...]:
    """The next sessions of the course, the last one marked, and none after it."""
    rows = tuple(_coming(one) for one in found.coming)
    if rows and found.progress.projected_last_day:
        last = "last of the course"
        status = f"{rows[-1].status}, {last}" if rows[-1].status else last
        rows = (*rows[:-1], replace(rows[-1], status=status))
    return rows[:SHOWN]


def _more_coming(found: Course) -> str:
    """What is left out of the list, and when the course ends."""
    more = len(found.coming) - SHOWN
    if more <= 0:
        return ""
    ends = found.progress.projected_last_day
    until = f", the last of the course on {words.day_of_year(ends)}" if ends else ""
    return f"and {more} more{until}"


def _after_the_end(found: Course) -> str:
    """That sessions stand on the calendar after the planned number; they are no promise."""
    if not found.beyond:
        return ""
    number, last = len(found.beyond), words.day_of_year(found.beyond[-1].local_date)
    return (
        f"The course ends here. {words.counted(number, 'session')} after it, until {last},"
        f" {'is' if number == 1 else 'are'} on the calendar only because the membership has no"
        " earlier end."
    )


def _memberships(found: Course) -> Iterable[MembershipRow]:
    for one in found.memberships:
        if one.until_date and one.until_date < one.from_date:
            continue  # replaced before it began
        pauses = "; ".join(
            f"away {words.dates(p.from_date, p.until_date)}: {p.reason}" for p in one.pauses
        )
        yield MembershipRow(
            enrollment_id=one.enrollment_id,
            track_id=one.track_id,
            track=one.track,
            dates=words.dates(one.from_date, one.until_date),
            days=words.on_days(Weekday(day) for day in one.days),
            remark=". ".join(part for part in (one.end_reason, pauses) if part),
        )


def _hour(one: HourLine) -> HourRow:
    mark, state = {True: ("ok", "held"), False: ("watch", "missed"), None: ("wait", "booked")}[
        one.held
    ]
    if one.held is None and one.has_begun:
        mark, state = "watch", "held or missed?"
    return HourRow(
        appointment_id=one.appointment_id,
        what=f"{one.service.value.title()} hour",
        when=f"{words.day(one.local_date)}, {words.clock_time(time.fromisoformat(one.start))}",
        with_whom=one.with_whom,
        minutes=one.minutes,
        mark=mark,
        state=state,
        has_begun=one.has_begun,
    )


def _goals(found: Course) -> Iterable[GoalRow]:
    for one in found.goals:
        ended = ""
        if one.met_date:
            ended = f"met {words.day(one.met_date)}"
        elif one.dropped_date:
            ended = f"dropped {words.day(one.dropped_date)}"
        yield GoalRow(one.goal_id, one.words, words.day(one.opened_date), ended)
