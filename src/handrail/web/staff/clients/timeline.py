"""The timeline: everything that happened with a client, newest first.

Each area gives its own part by a function in `SOURCES`; here they become one list.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from handrail.areas.charts import selectors
from handrail.areas.charts.selectors.happenings import Happening
from handrail.areas.clients.models import ListedKind, Outcome
from handrail.areas.ledger.selectors.ledger_happenings import ledger_happenings
from handrail.areas.notes.selectors import happenings as programs
from handrail.areas.outreach.models import AttemptKind, ReachedOutcome
from handrail.areas.recommendations.selectors import recommendations_of
from handrail.areas.referrals.selectors.clinical_happenings import clinical_happenings
from handrail.core.access import Action, Actor, can_access
from handrail.core.consents import Content
from handrail.core.course.attendance import Status
from handrail.web.staff import saying
from handrail.web.staff.clients import words
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.frame import Frame
from handrail.web.staff.gate import staff
from handrail.web.staff.request import StaffRequest

PAGE = 40
STAYS: frozenset[Content] = frozenset()
"""Told to nobody outside: flags, contacts and outreach name other people."""
_TOLD_BY = {
    "recorded": frozenset({Content.IN_CARE}),
    "episode_opened": frozenset({Content.IN_CARE}),
    "episode_closed": frozenset({Content.IN_CARE, Content.PROGRESS}),
    "level_changed": frozenset({Content.IN_CARE, Content.PROGRESS}),
    "diagnosis": frozenset({Content.DIAGNOSES}),
    "medicine": frozenset({Content.MEDICINES}),
    "allergy": frozenset({Content.MEDICINES}),
    "plan_signed": frozenset({Content.SAFETY_PLAN}),
    "plan_looked": frozenset({Content.SAFETY_PLAN}),
    "plan_declined": frozenset({Content.SAFETY_PLAN}),
    "session": frozenset({Content.ATTENDANCE}),
    "note_signed": frozenset({Content.NOTES}),
    "note_co_signed": frozenset({Content.NOTES}),
    "note_voided": frozenset({Content.NOTES}),
    "enrolled": frozenset({Content.COURSE}),
    "enrollment_ended": frozenset({Content.COURSE, Content.PROGRESS}),
    "paused": frozenset({Content.COURSE, Content.PROGRESS}),
    "make_up_booked": frozenset({Content.COURSE}),
    "make_up_canceled": frozenset({Content.COURSE}),
    "goal_set": frozenset({Content.PROGRESS}),
    "goal_met": frozenset({Content.PROGRESS}),
}
"""What each kind of entry tells. One that is not here stays."""
_RECOMMENDED = frozenset({Content.RECOMMENDATION})
LONG, SHOWN = 700, 160
"""Words longer than the first are folded; the second is how many letters of them stand open."""

Place = tuple[datetime, str]
"""Where an entry stands in the order: its moment, and its key among those of the same moment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, in words. `mark` is risk, watch, ok, wait or empty; `address` leads
    to more where there is more; `key` is unique on the timeline; `ahead` is the title while the day
    is still to come. `tells` is what of the chart it tells, as consents name it: it is printed for
    someone only when all of that may leave. Empty, it stays in the house: it names other people,
    or is what they said.
    """

    at: datetime
    key: str
    title: str
    words: str
    by: str
    mark: str = ""
    whole_day: bool = False
    address: str = ""
    ahead: str = ""
    tells: frozenset[Content] = frozenset()

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.at, self.key


Source = Callable[[UUID, Actor, str, Place | None, int], Sequence[Entry]]
"""(client, who asks, time zone, before, limit): entries that stand before a place, newest first.
More than asked for is not wrong; fewer means that there are no more.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it; `day` is set on the first of each day. Long words are folded
    behind their beginning, `begins`.
    """

    day: str
    time: str
    mark: str
    title: str
    words: str
    begins: str
    by: str
    address: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One page of the timeline."""

    chart: ChartFrame
    lines: tuple[Line, ...]
    older: str
    first: bool
    may_send: bool

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def chart(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The chart's first tab."""
    framed = chart_frame(request, client_id, "staff:chart")
    before = _read_place(request.GET.get("before", ""))
    found, more = entries(client_id, by=request.actor, zone=request.rules.zone, before=before)
    page = TimelinePage(
        chart=framed,
        lines=_lines(found, request.rules.zone, framed.today),
        older=f"?{urlencode({'before': _write_place(found[-1].place)})}" if more else "",
        first=before is None,
        may_send=can_access(request.actor, Action.DISCLOSE),
    )
    return render(request, "staff/clients/timeline.jinja", {"page": page})


def entries(
    client_id: UUID, *, by: Actor, zone: str, before: Place | None = None, limit: int = PAGE
) -> tuple[list[Entry], bool]:
    """A page of what all sources know, newest first, and whether there is more."""
    parts = (source(client_id, by, zone, before, limit + 1) for source in SOURCES)
    merged = heapq.merge(*parts, key=lambda one: one.place, reverse=True)
    found = list(islice((one for one in merged if not before or one.place < before), limit + 1))
    return found[:limit], len(found) > limit


# ---- the clients area's part -------------------------------------------------------------------


def from_clients(
    client_id: UUID, by: Actor, zone: str, before: Place | None, limit: int
) -> list[Entry]:
    """Episodes, levels, flags, contacts and lists. They are few: all of them, each time."""
    return [_entry(one) for one in selectors.happenings(client_id, by=by, zone=zone)]


def _entry(one: Happening) -> Entry:
    mark, title = _said(one)
    return Entry(
        at=one.at,
        key=one.key,
        title=title,
        words=one.words,
        by=one.by,
        mark=mark,
        whole_day=one.whole_day,
        tells=_TOLD_BY.get(one.of if one.what.startswith("listed_") else one.what, STAYS),
    )


def _said(one: Happening) -> tuple[str, str]:
    """The mark and the title of what happened."""
    if one.what.startswith("flag_"):
        kind = words.flag_words(one.of)
        if one.what == "flag_closed":
            return "ok", f"Flag closed: {kind}"
        return words.flag_mark(one.of), f"Flag raised: {kind}"
    if one.what.startswith("listed_"):
        how = {"recorded": "recorded", "ended": "ended", "voided": "voided"}
        return "", f"{ListedKind(one.of).label} {how[one.what.removeprefix('listed_')]}"
    return "", {
        "recorded": "Chart begun",
        "episode_opened": "Episode of care opened",
        "episode_closed": f"Episode of care closed: {_outcome(one.of)}",
        "level_changed": f"Level of care: {words.level_long(one.of)}",
        "contact_recorded": f"Contact recorded: {one.of}",
        "contact_ended": f"Contact ended: {one.of}",
        "plan_signed": "Safety plan made",
        "plan_looked": "Safety plan looked at again",
        "plan_declined": "A safety plan was not wanted",
    }[one.what]


def _outcome(value: str) -> str:
    return str(Outcome(value).label) if value in Outcome.values else value


# ---- what other areas know ---------------------------------------------------------------------


def from_programs(
    client_id: UUID, by: Actor, zone: str, before: Place | None, limit: int
) -> list[Entry]:
    """Sessions, notes, memberships, goals and outreach."""
    found = programs.happenings(
        client_id, by=by, zone=zone, before=before and before[0], limit=limit
    )
    return [_of_programs(one) for one in found]


def from_placement(
    client_id: UUID, by: Actor, zone: str, before: Place | None, limit: int
) -> list[Entry]:
    """Recommendations, each with its page."""
    made = []
    for one in recommendations_of(client_id, by=by):
        level = words.level_long(one.level) if one.level else "a range"
        address = reverse("staff:recommendation", args=[client_id, one.pk])
        key, title = f"recommendation:{one.pk}", f"Recommendation: {level}"
        made.append(
            Entry(
                one.made_at, f"{key}:1", title, one.why_now, one.made_by, address=address,
                tells=_RECOMMENDED,
            )
        )  # fmt: skip
        if one.voided_at:
            title, why = f"Recommendation void: {level}", one.void_reason
            made.append(
                Entry(
                    one.voided_at, f"{key}:9", title, why, one.voided_by, address=address,
                    tells=_RECOMMENDED,
                )
            )  # fmt: skip
    return sorted(made, key=lambda one: one.place, reverse=True)


def from_ledger(
    client_id: UUID, by: Actor, zone: str, before: Place | None, limit: int
) -> list[Entry]:
    """Positions on the day they were said, agreements, refusals, a clinician's words."""
    address = reverse("staff:chart_level", args=[client_id])
    return [
        Entry(
            at=one.at,
            key=one.key,
            title=one.title,
            words=one.words,
            by=one.by,
            mark=one.mark,
            whole_day=one.whole_day,
            address=address,
            tells=STAYS if one.told_in_confidence else frozenset({Content.LEDGER}),
        )
        for one in ledger_happenings(client_id, by=by, zone=zone)
    ]


def from_clinicians(
    client_id: UUID, by: Actor, zone: str, before: Place | None, limit: int
) -> list[Entry]:
    """Assessments, and referrals with what was heard of them."""
    assessed = reverse("staff:chart_assessment", args=[client_id])
    return [
        Entry(
            at=one.at,
            key=one.key,
            title=one.title,
            words=one.words,
            by=one.by,
            mark=one.mark,
            address=(
                reverse("staff:referral", args=[one.referral_id]) if one.referral_id else assessed
            ),
            tells=frozenset({Content.PROGRESS if one.referral_id else Content.ASSESSMENT}),
        )
        for one in clinical_happenings(client_id, by=by)
    ]


SOURCES: tuple[Source, ...] = (
    from_clients,
    from_programs,
    from_placement,
    from_ledger,
    from_clinicians,
)
"""Where the timeline's entries come from. An area that has more to tell adds its function."""

_TITLES = {
    "note_signed": "Note signed",
    "note_co_signed": "Note co-signed",
    "note_voided": "Note void",
    "enrolled": "Enrolled",
    "enrollment_ended": "Left the group",
    "paused": "Pause",
    "make_up_booked": "Make-up booked",
    "make_up_canceled": "Make-up canceled",
    "goal_set": "Goal set",
    "goal_met": "Goal met",
    "outreach_opened": "To be reached",
}
_AHEAD = {"enrollment_ended": "Is to leave the group", "goal_met": "Goal to be met"}
_MARKS = {"note_voided": "watch", "outreach_opened": "watch", "goal_met": "ok"}


def _of_programs(one: Happening) -> Entry:
    mark, title = _MARKS.get(one.what, ""), _TITLES.get(one.what, "")
    address = ""
    if one.what == "session":
        status = Status(one.of)
        mark, title = "watch" if status.is_absence else "", f"Session: {status.value}"
    elif one.what == "outreach_attempt":
        title = f"Outreach: {AttemptKind(one.of).label.lower()}"
    elif one.what == "outreach_closed":
        mark, title = "ok", f"Outreach closed: {ReachedOutcome(one.of).label}"
    elif one.what.startswith("note_"):
        address = reverse("staff:note", args=[one.of])
    ahead = _AHEAD.get(one.what, "")
    tells = _TOLD_BY.get(one.what, STAYS)
    return Entry(
        one.at, one.key, title, one.words, one.by, mark, one.whole_day, address, ahead, tells
    )


# ---- in words ----------------------------------------------------------------------------------


def _lines(found: Sequence[Entry], zone: str, today: date) -> tuple[Line, ...]:
    """What is still to come is said as planned; it stands above today."""
    lines, last = [], ""
    for one in found:
        on = one.at.astimezone(ZoneInfo(zone)).date()
        planned = on > today
        day = f"Planned for {saying.day(on)}" if planned else saying.day(on)
        lines.append(
            Line(
                day=day if day != last else "",
                time="" if one.whole_day else saying.clock_time(one.at, zone),
                mark=one.mark,
                title=(one.ahead or f"{one.title} (planned)") if planned else one.title,
                words=one.words,
                begins=_begins(one.words),
                by=one.by,
                address=one.address,
            )
        )
        last = day
    return tuple(lines)


def _begins(text: str) -> str:
    """The beginning of what is too long to stand open; nothing of what is not."""
    return f"{text[:SHOWN].rsplit(maxsplit=1)[0]} …" if len(text) > LONG else ""


def _write_place(place: Place) -> str:
    at, key = place
    return f"{at.astimezone(UTC).isoformat()}~{key}"


def _read_place(text: str) -> Place | None:
    moment, _, key = text[:200].partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, key) if at.tzinfo else None
