"""Who pulls which way when care is chosen, how to answer a denial, and what care costs."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.core.costs import Course, Per, Visit, pays, self_pay
from handrail.core.money import dollars
from handrail.data import read_table
from handrail.data.wording import Source
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading
from handrail.web.public.words import say, sources


@dataclass(frozen=True, slots=True)
class ThreeSidesPage:
    """What clinic, insurer and person each tend to want; a denial letter; the appeal."""

    frame: Frame
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A course of made-up prices, and what a person would pay for it; amounts in words."""

    sessions: int
    percent: int
    allowed: str
    deductible: str
    maximum: str
    nothing_paid: str
    deductible_full: str
    maximum_reached: str
    no_plan: str


@dataclass(frozen=True, slots=True)
class CostsPage:
    """Prices with their year, how a plan counts, Medicaid, and no insurance."""

    frame: Frame
    example: Example
    sources: tuple[Source, ...]


@reading()
def three_sides(request: HttpRequest) -> HttpResponse:
    """Who wants which care and why, and what to do when the insurer says no."""
    page = ThreeSidesPage(
        frame=frame(
            say("Three sides pull"),
            say("What clinics, insurers and people each want, a denial line by line, the appeal."),
        ),
        sources=sources("three_sides"),
    )
    return render(request, "public/three_sides.jinja", {"page": page})


@reading()
def costs(request: HttpRequest) -> HttpResponse:
    """What care costs in dollars, with a plan and without one."""
    page = CostsPage(
        frame=frame(
            say("What it costs"),
            say("Prices of care, how a deductible works, Medicaid, and help without insurance."),
        ),
        example=_example(),
        sources=sources("costs"),
    )
    return render(request, "public/costs.jinja", {"page": page})


def _example() -> Example:
    """The example of the page, counted as estimates for clients are."""
    made_up = read_table("pages/costs.toml")["example"]
    course = Course(made_up["sessions"], made_up["times_a_week"])

    def paid(deductible: int, left: int) -> str:
        visit = Visit(made_up["allowed"], deductible, 0, Per.VISIT, made_up["coinsurance"], left)
        return dollars(pays(visit, course))

    return Example(
        sessions=course.sessions,
        percent=made_up["coinsurance"],
        allowed=dollars(made_up["allowed"]),
        deductible=dollars(made_up["deductible"]),
        maximum=dollars(made_up["maximum"]),
        nothing_paid=paid(made_up["deductible"], made_up["maximum"]),
        deductible_full=paid(0, made_up["maximum"]),
        maximum_reached=paid(0, 0),
        no_plan=dollars(self_pay(course, made_up["allowed"]).low),
    )
