"""Two pages for families, without a check: "They want less" and "They refuse everything".

Nothing is asked and nothing is stored. What something less gives up is said by the same
comparison as after a check, held against situations that are known in one thing only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from handrail.core.check import Voice, words
from handrail.core.findings import nothing_else
from handrail.core.levels import Care
from handrail.core.placement.compare import GIVES_UP, REASONABLE, compare, read_asked
from handrail.core.placement.recommend import recommend
from handrail.data.wording import Situation, Source
from handrail.web.public.check_less import (
    Question,
    ask_insurer,
    cited,
    not_to_argue,
    source_of,
)
from handrail.web.public.check_words import leaves_out
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading
from handrail.web.public.words import (
    check_table,
    criteria_set,
    findings_catalogue,
    listed,
    say,
    situations,
    small,
    sources,
)

LEFT_OUT_SHOWN = 3
"""How many things a line names that would be left out, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Argued:
    """Something less that people argue for, and the address of what it gives up."""

    words: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class When:
    """What is asked for, in one situation: kind is short or meets; `detail` says what with."""

    situation: str
    kind: str
    verdict: str
    detail: str


@dataclass(frozen=True, slots=True)
class WantLessPage:
    """Pick what is being argued for; when not to argue; what to ask."""

    frame: Frame
    argued: tuple[Argued, ...]
    not_to_argue: tuple[str, ...]
    ask: tuple[str, ...]
    ask_insurer: tuple[Question, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class OneWishPage:
    """What one thing that is argued for gives up, and when it is reasonable."""

    frame: Frame
    asked: str
    about: str
    source: Source | None
    when: tuple[When, ...]
    after_detox: str
    say: str
    argued: tuple[Argued, ...]
    not_to_argue: tuple[str, ...]
    ask: tuple[str, ...]
    ask_insurer: tuple[Question, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RefusePage:
    """Someone refuses all help: staying in touch, safety, the next opening."""

    frame: Frame
    sources: tuple[Source, ...]


@reading()
def want_less(request: HttpRequest) -> HttpResponse:
    """Someone argues for less: pick what it is."""
    page = WantLessPage(
        frame=_frame(
            say("They want less"),
            say(
                "“Just detox”, “30 days”, “on my own”: what it gives up, when it is reasonable, "
                "and words for the kitchen table."
            ),
        ),
        argued=_argued(""),
        not_to_argue=not_to_argue(),
        ask=_ask(),
        ask_insurer=ask_insurer(),
        sources=cited(ask_insurer()),
    )
    return render(request, "public/less.jinja", {"page": page})


@reading()
def one_wish(request: HttpRequest, wish: str) -> HttpResponse:
    """What one thing that is argued for gives up, and when it is reasonable."""
    row = next((row for row in _wishes() if row["key"] == wish), None)
    if row is None:
        raise Http404(f"nobody argues for {wish}")
    source = source_of(row)
    asked = words(row).to(Voice.SOMEONE)
    page = OneWishPage(
        frame=_frame(
            asked, say("{asked}: what it gives up, and when it is reasonable.", asked=asked)
        ),
        asked=asked,
        about=row["about"],
        source=source,
        when=tuple(_when(row["asked"], situation) for situation in situations()),
        after_detox=_after_detox(row),
        say=row["say"],
        argued=_argued(wish),
        not_to_argue=not_to_argue(),
        ask=_ask(),
        ask_insurer=ask_insurer(),
        sources=((source,) if source else ()) + cited(ask_insurer()),
    )
    return render(request, "public/less_of.jinja", {"page": page})


@reading()
def refuse(request: HttpRequest) -> HttpResponse:
    """Someone refuses everything: what can be done without their yes."""
    page = RefusePage(
        frame=_frame(
            say("They refuse everything"),
            say(
                "Staying in touch, safety at home, naloxone, looking after yourself, and what to "
                "do within the hour when they say “maybe”."
            ),
        ),
        sources=sources("refuse"),
    )
    return render(request, "public/refuse.jinja", {"page": page})


def _frame(title: str, description: str) -> Frame:
    return frame(title, description)


def _wishes() -> tuple[Mapping[str, Any], ...]:
    """What can be argued for without a check: all that says what it is good for."""
    return tuple(row for row in check_table()["less"] if "about" in row)


def _argued(here: str) -> tuple[Argued, ...]:
    return tuple(
        Argued(
            words=words(row).to(Voice.SOMEONE),
            address=reverse("public:less_of", args=[row["key"]]),
            here=row["key"] == here,
        )
        for row in _wishes()
    )


def _when(asked: str, situation: Situation) -> When:
    """Hold what is asked for against a situation, by the rules of the check."""
    findings = nothing_else(situation.findings, findings_catalogue())
    found = recommend(findings, criteria_set())
    compared = compare(found, read_asked(asked, found.care))
    if compared.verdict == GIVES_UP:
        codes = _weightiest([need.code for need in compared.gives_up], found.care)
        left = [leaves_out(code, found, Voice.SOMEONE) for code in codes[:LEFT_OUT_SHOWN]]
        return When(situation.says, "short", say("Leaves out {what}", what=listed(left)), "")
    with_it = listed([small(found.care.name(code)) for code in compared.comes_with])
    detail = say("If it comes with {extras}.", extras=with_it) if with_it else ""
    if compared.verdict == REASONABLE:
        return When(situation.says, "meets", say("Reasonable"), detail)
    return When(situation.says, "more", say("More than needed"), detail)


def _weightiest(codes: Sequence[str], care: Care) -> list[str]:
    """Of what would be left out: acute care, and what asks for the highest level."""
    height = max(care.height_of(code) for code in codes)
    return [code for code in codes if care.needs[code].acute or care.height_of(code) == height]


def _after_detox(row: Mapping[str, Any]) -> str:
    if not row.get("then_home"):
        return ""
    return words(check_table()["whatever"]["after_detox"]).to(Voice.SOMEONE)


def _ask() -> tuple[str, ...]:
    """What to ask a professional, whatever is found."""
    rows = check_table()["take_along"]
    return tuple(row["text"] for row in rows if not {"needs", "levels"} & set(row))
