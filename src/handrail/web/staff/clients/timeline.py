"""The timeline: everything that happened with a client, newest first (foundation/timeline.py)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from handrail.core.access import Action, can_access
from handrail.foundation.timeline import Entry, Place, Said, entries
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame

PAGE = 40
LONG, SHOWN = 700, 160
"""Words longer than the first are folded; the second is how many letters of them stand open."""


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
    found, more = entries(
        client_id, by=request.actor, zone=request.rules.zone, before=before, limit=PAGE
    )
    page = TimelinePage(
        chart=framed,
        lines=_lines(found, request.rules.zone, framed.today),
        older=f"?{urlencode({'before': _write_place(found[-1].place)})}" if more else "",
        first=before is None,
        may_send=can_access(request.actor, Action.DISCLOSE),
    )
    return render(request, "staff/clients/timeline.jinja", {"page": page})


# ---- in words ----------------------------------------------------------------------------------


def _lines(found: Sequence[Entry], zone: str, today: date) -> tuple[Line, ...]:
    """What is still to come is said as planned; it stands above today."""
    lines, last = [], ""
    for one in found:
        on = one.at.astimezone(ZoneInfo(zone)).date()
        planned = on > today
        day = f"Planned for {filters.day(on)}" if planned else filters.day(on)
        lines.append(
            Line(
                day=day if day != last else "",
                time="" if one.whole_day else filters.clock_time(one.at, zone),
                mark=one.said.mark,
                title=_planned(one.said) if planned else one.said.title,
                words=one.said.words,
                begins=_begins(one.said.words),
                by=one.by,
                address=_address(one.said),
            )
        )
        last = day
    return tuple(lines)


def _planned(said: Said) -> str:
    return said.ahead or f"{said.title} (planned)"


def _address(said: Said) -> str:
    name, *arguments = said.page or ("",)
    return reverse(name, args=arguments) if name else ""


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
