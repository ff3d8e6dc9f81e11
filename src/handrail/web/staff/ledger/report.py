"""The director's report: agreed against indicated, by payer, source and program; who asks above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.enrollment.selectors.program_match import levels_offered, programs_joined
from handrail.areas.ledger.selectors.placement_report import Compared, compared
from handrail.core.access import Action
from handrail.core.ledger.report import Case, Counted, Questioned, counted, grouped, questioned
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest

BACK = timedelta(days=365)
_BAR = 300.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One group as a bar of three parts; x and width are lengths on the drawing."""

    counted: Counted
    less: float
    same: float
    more: float


@dataclass(frozen=True, slots=True)
class Part:
    """One way of grouping people."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the house asks itself, how often it happened, out of how many."""

    words: str
    why: str
    answer: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that the director sees."""

    frame: Frame
    since: str
    people: int
    all: Bar | None
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]


_GROUPS: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("By payer", lambda one: one.payer or "No payer took a position"),
    ("By where the inquiry came from", lambda one: one.source or "Not known"),
    ("By program joined", lambda one: one.program or "None of ours"),
)


@require_safe
@staff(Action.SEE_PLACEMENT_REPORT)
def placement(request: StaffRequest) -> HttpResponse:
    """Agreed against indicated over the last year."""
    since = clock.today(request.rules.zone) - BACK
    found = compared(by=request.actor, since=since)
    cases = _cases(request, found)
    page = ReportPage(
        frame=frame(request, "Placement report", here="staff:placement_report"),
        since=filters.plain_day(since),
        people=len(cases),
        all=_bar(counted(cases, "Everyone")) if cases else None,
        parts=tuple(_part(title, [(name(one), one) for one in cases]) for title, name in _GROUPS),
        questions=_questions(cases, found),
    )
    return render(request, "staff/ledger/report.jinja", {"page": page})


def _cases(request: StaffRequest, found: Sequence[Compared]) -> list[Case]:
    clients = [one.client_id for one in found]
    joined = programs_joined(clients, by=request.actor)
    ours = levels_offered(by=request.actor)
    return [
        Case(
            indicated=one.indicated,
            agreed=one.agreed,
            payer=one.payer,
            source=one.source,
            program=joined.get(one.client_id, ""),
            clinician_above=one.clinician_above,
            program_above=one.program_above,
            ours=one.indicated_level in ours,
            here=one.client_id in joined,
        )
        for one in found
    ]


def _part(title: str, pairs: list[tuple[str, Case]]) -> Part:
    return Part(title, tuple(_bar(one) for one in grouped(pairs)))


def _bar(one: Counted) -> Bar:
    def wide(number: int) -> float:
        return round(number / one.people * _BAR, 1)

    return Bar(one, wide(one.less), wide(one.same), wide(one.more))


def _questions(cases: Sequence[Case], found: Sequence[Compared]) -> tuple[Question, ...]:
    return (
        _question(
            "A clinician asked for more than was found",
            "Each gave a reason; it stands in the ledger.",
            questioned([one.clinician_above for one in cases]),
        ),
        _question(
            "Our program asked for more than was found",
            "For example a longer stay than progress supports.",
            questioned([one.program_above for one in cases]),
        ),
        _question(
            "It ended in one of our own programs",
            "Of everyone for whom something was placed.",
            questioned([one.here for one in cases]),
        ),
        _question(
            "It ended with us although we do not offer the level that was indicated",
            "Of those for whom another level was indicated than we have.",
            questioned([one.here for one in cases if not one.ours]),
        ),
        _question(
            "Someone refused a need of the floor",
            "Each is an informed refusal, with a physician told and a call again.",
            questioned([one.refused for one in found]),
        ),
    )


def _question(words: str, why: str, asked: Questioned) -> Question:
    return Question(words, why, f"{asked.times} of {asked.of}")
