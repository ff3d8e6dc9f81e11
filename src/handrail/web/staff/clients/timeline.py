"""The timeline: everything that happened with a client, newest first.

Each area gives its own part by a function in `SOURCES`; here they become one list.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from handrail.areas.clients import selectors
from handrail.areas.clients.models import ListedKind, Outcome
from handrail.areas.clients.selectors import Happening
from handrail.core.access import Action, Actor
from handrail.web.staff import saying
from handrail.web.staff.clients import words
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.frame import Frame
from handrail.web.staff.gate import staff
from handrail.web.staff.request import StaffRequest

PAGE = 40

Place = tuple[datetime, str]
"""Where an entry stands in the order: its moment, and its key among those of the same moment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, in words. `mark` is risk, watch, ok, wait or empty; `address` leads
    to more where there is more; `key` is unique on the timeline.
    """

    at: datetime
    key: str
    title: str
    words: str
    by: str
    mark: str = ""
    whole_day: bool = False
    address: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.at, self.key


Source = Callable[[UUID, Actor, Place | None, int], Sequence[Entry]]
"""(client, who asks, before, limit): entries that stand before a place, newest first. More than
asked for is not wrong; fewer means that there are no more.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it; `day` is set on the first of each day."""

    day: str
    time: str
    mark: str
    title: str
    words: str
    by: str
    address: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One page of the timeline."""

    chart: ChartFrame
    lines: tuple[Line, ...]
    older: str
    first: bool

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
    found, more = entries(client_id, by=request.actor, before=before)
    page = TimelinePage(
        chart=framed,
        lines=_lines(found, request.rules.zone),
        older=f"?{urlencode({'before': _write_place(found[-1].place)})}" if more else "",
        first=before is None,
    )
    return render(request, "staff/clients/timeline.jinja", {"page": page})


def entries(
    client_id: UUID, *, by: Actor, before: Place | None = None, limit: int = PAGE
) -> tuple[list[Entry], bool]:
    """A page of what all sources know, newest first, and whether there is more."""
    parts = (source(client_id, by, before, limit + 1) for source in SOURCES)
    merged = heapq.merge(*parts, key=lambda one: one.place, reverse=True)
    found = list(islice((one for one in merged if not before or one.place < before), limit + 1))
    return found[:limit], len(found) > limit


# ---- the clients area's part -------------------------------------------------------------------


def from_clients(client_id: UUID, by: Actor, before: Place | None, limit: int) -> list[Entry]:
    """Episodes, levels, flags, contacts and lists. They are few: all of them, each time."""
    return [_entry(one) for one in selectors.happenings(client_id, by=by)]


SOURCES: tuple[Source, ...] = (from_clients,)
"""Where the timeline's entries come from. An area that has more to tell adds its function."""


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
    }[one.what]


def _outcome(value: str) -> str:
    return str(Outcome(value).label) if value in Outcome.values else value


# ---- in words ----------------------------------------------------------------------------------


def _lines(found: Sequence[Entry], zone: str) -> tuple[Line, ...]:
    lines, last = [], ""
    for one in found:
        day, _, _ = saying.moment(one.at, zone).rpartition(", ")
        lines.append(
            Line(
                day=day if day != last else "",
                time="" if one.whole_day else saying.clock_time(one.at, zone),
                mark=one.mark,
                title=one.title,
                words=one.words,
                by=one.by,
                address=one.address,
            )
        )
        last = day
    return tuple(lines)


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
