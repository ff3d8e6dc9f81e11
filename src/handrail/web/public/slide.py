"""The slide: thirty days, just detox, a few meetings, on my own, and what each step gives up.

What is given up is found for one typical person by the same comparison as after a check.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.core.check import Voice
from handrail.core.findings import nothing_else
from handrail.core.placement.compare import REASONABLE, Comparison, compare, read_asked
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.data import read_table
from handrail.data.wording import Source
from handrail.web.public.check_words import leaves_out
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading
from handrail.web.public.words import (
    criteria_set,
    findings_catalogue,
    language,
    listed,
    say,
    situations,
    small,
    sources,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step down the slide: what is said, what is still good, and what is lost here.

    `marks` has one entry for each thing this person needs: true while the step still gives it.
    """

    says: str
    keeps: str
    lost: tuple[str, ...]
    marks: tuple[bool, ...]

    @property
    def kept(self) -> int:
        """How many of the things that this person needs the step still gives."""
        return sum(self.marks)


@dataclass(frozen=True, slots=True)
class Enough:
    """Something light; in which situations it is enough, and with what beside it."""

    says: str
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlidePage:
    """The picture, for whom it was drawn, and when less is reasonable."""

    frame: Frame
    facts: tuple[str, ...]
    steps: tuple[Step, ...]
    enough: tuple[Enough, ...]
    sources: tuple[Source, ...]


@reading()
def slide(request: HttpRequest) -> HttpResponse:
    """Thirty days, just detox, a few meetings, on my own: what each step gives up."""
    table = read_table("pages/slide.toml", language())
    page = SlidePage(
        frame=frame(
            say("The slide"),
            say("From thirty days to “on my own”: what each step gives up, and when less is fine."),
        ),
        facts=tuple(table["typical"]["facts"]),
        steps=_steps(table),
        enough=_enough(table["enough"]),
        sources=sources("slide"),
    )
    return render(request, "public/slide.jinja", {"page": page})


def _steps(table: Mapping[str, Any]) -> tuple[Step, ...]:
    found = _found(table["typical"]["findings"])
    rows = [(row, _codes(_held(row["asked"], found))) for row in table["step"]]
    needed = list(dict.fromkeys(code for _, codes in rows for code in codes))
    steps, before = [], frozenset[str]()
    for row, codes in rows:
        lost = tuple(leaves_out(code, found, Voice.SOMEONE) for code in codes if code not in before)
        marks = tuple(sorted((code not in codes for code in needed), reverse=True))
        steps.append(Step(row["says"], row["keeps"], lost, marks))
        before = frozenset(codes)
    return tuple(steps)


def _enough(rows: Iterable[Mapping[str, str]]) -> tuple[Enough, ...]:
    """In which situations something light is reasonable, by the rules of the check."""
    made = []
    for row in rows:
        held = [(one.says, _found(one.findings)) for one in situations()]
        when = (_with_extras(says, found, row["asked"]) for says, found in held)
        made.append(Enough(row["says"], tuple(filter(None, when))))
    return tuple(one for one in made if one.when)


def _with_extras(situation: str, found: Recommendation, asked: str) -> str:
    """The situation with what has to come with it; empty where what is asked is not enough."""
    compared = _held(asked, found)
    if compared.verdict != REASONABLE:
        return ""
    extras = listed([small(found.care.name(code)) for code in compared.comes_with])
    with_it = say("If it comes with {extras}.", extras=extras) if extras else ""
    return f"{situation}. {with_it}".strip()


def _found(findings: Mapping[str, object]) -> Recommendation:
    return recommend(nothing_else(findings, findings_catalogue()), criteria_set())


def _held(asked: str, found: Recommendation) -> Comparison:
    return compare(found, read_asked(asked, found.care))


def _codes(compared: Comparison) -> tuple[str, ...]:
    return tuple(need.code for need in compared.gives_up)
