"""The pages to read: nothing is asked here, nothing is stored and no cookie is set."""

from dataclasses import dataclass
from unicodedata import normalize

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.core.levels import Facet, Place
from handrail.core.needs import Need
from handrail.data.wording import Course, Term
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading
from handrail.web.public.stairs import Drawing, tall_stairs, wide_stairs
from handrail.web.public.words import care_catalogue, glossary, iop_course, say

ROBOTS = "User-agent: *\n" + "".join(
    f"Disallow: {language}/{one}/\n"
    for language in ("", "/es")
    for one in ("check", "time", "weekly")
)
"""Nobody should land in the middle of the check, at somebody’s booked time or stopped lessons."""


@dataclass(frozen=True, slots=True)
class Stairs:
    """The picture of the levels of care, for a wide screen and for a phone, and its rows."""

    wide: Drawing
    tall: Drawing
    levels: tuple[Place, ...]
    beside: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """What kind of help fits? Two doors, a small third, and the stairs."""

    frame: Frame
    stairs: Stairs


@dataclass(frozen=True, slots=True)
class Step:
    """A level of care on its page, with what it adds to the level below it."""

    level: Place
    adds: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class LevelsPage:
    """The staircase in a picture and in words, top step first."""

    frame: Frame
    stairs: Stairs
    steps: tuple[Step, ...]
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class SessionPart:
    """A segment of a session on the drawn bar: minutes from the start, and how long."""

    name: str
    starts: int
    minutes: int
    plain: str
    rest: bool

    @property
    def clock(self) -> str:
        """When it starts in an evening group that meets at six."""
        return _after_six(self.starts)

    @property
    def ends(self) -> str:
        """When it ends in an evening group that meets at six."""
        return _after_six(self.starts + self.minutes)


@dataclass(frozen=True, slots=True)
class IopPage:
    """What intensive outpatient treatment is, hour by hour and honestly."""

    frame: Frame
    course: Course
    parts: tuple[SessionPart, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """Every acronym, under its first letter."""

    frame: Frame
    letters: tuple[tuple[str, tuple[Term, ...]], ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Who runs this installation, what the site is and is not, and what staff can do today."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Something did not work: what happened, what was kept, what to do now."""

    frame: Frame
    heading: str
    words: tuple[str, ...]


@reading()
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what kind of help fits?"""
    page = HomePage(
        frame=frame(
            say("Help with drinking, drugs or mental health"),
            say(
                "For you or someone you love: answer plain questions and see the lightest kind of "
                "help that would be enough. Private, no account."
            ),
        ),
        stairs=_stairs(),
    )
    return render(request, "public/home.jinja", {"page": page})


@reading()
def levels(request: HttpRequest) -> HttpResponse:
    """The levels of care: what a week is like at each, and what it costs."""
    care = care_catalogue()
    page = LevelsPage(
        frame=frame(
            say("Levels of care"),
            say(
                "From a hospital bed to a free meeting: what a week is like, and what it costs in "
                "money, time and freedom."
            ),
            here="public:levels",
        ),
        stairs=_stairs(),
        steps=_steps(),
        facets=tuple(care.facets.values()),
    )
    return render(request, "public/levels.jinja", {"page": page})


@reading()
def iop(request: HttpRequest) -> HttpResponse:
    """What intensive outpatient treatment is."""
    course = iop_course()
    page = IopPage(
        frame=frame(
            say("What is IOP?"),
            say(
                "Intensive outpatient treatment: three hours, three times a week, while you live "
                "at home. A session hour by hour, who it suits and who it does not."
            ),
            here="public:iop",
        ),
        course=course,
        parts=_parts(course),
    )
    return render(request, "public/iop.jinja", {"page": page})


@reading()
def glossary_page(request: HttpRequest) -> HttpResponse:
    """Every acronym on the way to care, in plain words."""
    letters: dict[str, list[Term]] = {}
    for term in glossary():
        first = _letter(term.word)
        letters.setdefault(first if first.isalpha() else "0–9", []).append(term)
    page = GlossaryPage(
        frame=frame(
            say("Glossary"),
            say(
                "IOP, PHP, RTC, prior authorization, step down: the words on the way to care, "
                "in plain language."
            ),
            here="public:glossary",
        ),
        letters=tuple((letter, tuple(terms)) for letter, terms in letters.items()),
    )
    return render(request, "public/glossary.jinja", {"page": page})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines to leave the check and booked times alone."""
    return HttpResponse(ROBOTS, content_type="text/plain")


@reading()
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this installation, and what the site is and is not."""
    page = AboutPage(
        frame=frame(
            say("About this site"), say("Who runs this site, what it does and what it does not.")
        )
    )
    return render(request, "public/about.jinja", {"page": page})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read."""
    return _message(
        request, 400, say("We could not read that"), say("Go back and try again, please.")
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for something that may not be seen or done."""
    return _message(
        request,
        403,
        say("That is not open to you here"),
        say("If you came from a form, go back, load the page again and send it once more."),
    )


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that came without its own token: an old page, or cookies turned off."""
    return _message(
        request,
        403,
        say("We could not take that"),
        say(
            "The page you sent was an old one, or your browser does not keep cookies for this "
            "site. Nothing was changed and nothing is lost on our side."
        ),
        say(
            "Please go back, load the page again and send it once more. For the check, cookies "
            "must be on. If it cannot wait, call 911; for thoughts of suicide, call or text 988."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return _message(
        request,
        404,
        say("There is no page here"),
        say("The address may be old or have a typing mistake. The doors below all work."),
    )


def not_that_way(request: HttpRequest, allowed: str) -> HttpResponse:
    """The page for an address that belongs to a form and was opened by itself."""
    answer = _message(
        request,
        405,
        say("Nothing to see here"),
        say(
            "This address belongs to a form and shows nothing by itself. The doors below all work."
        ),
    )
    answer.headers["Allow"] = allowed
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours."""
    return _message(
        request,
        500,
        say("Something broke on our side"),
        say("It is not something you did. Nothing you told us was made public."),
        say("Please try again in a minute. If it cannot wait, call. The numbers are at the top."),
    )


def _message(request: HttpRequest, status: int, heading: str, *words: str) -> HttpResponse:
    page = MessagePage(frame=frame(heading, indexed=False), heading=heading, words=words)
    return render(request, "public/message.jinja", {"page": page}, status=status)


def _stairs() -> Stairs:
    care = care_catalogue()
    down = tuple(reversed(tuple(care.levels.values())))
    beside = tuple(care.acute_places.values())
    return Stairs(
        wide=wide_stairs(down, beside, shade="iop"),
        tall=tall_stairs(down, beside),
        levels=down,
        beside=beside,
    )


def _steps() -> tuple[Step, ...]:
    care = care_catalogue()
    steps, below = [], frozenset[str]()
    for level in care.levels.values():
        adds = tuple(care.needs[code] for code in level.provides if code not in below)
        steps.append(Step(level=level, adds=adds))
        below = frozenset(level.provides)
    return tuple(reversed(steps))


def _letter(word: str) -> str:
    """The letter a word stands under: accents do not count."""
    return normalize("NFKD", word)[0].upper()


def _after_six(minutes: int) -> str:
    return say("{time} pm", time=f"{6 + minutes // 60}:{minutes % 60:02}")


def _parts(course: Course) -> tuple[SessionPart, ...]:
    parts, starts = [], 0
    for segment in course.segments:
        parts.append(
            SessionPart(segment.name, starts, segment.minutes, segment.plain, segment.rest)
        )
        starts += segment.minutes
    return tuple(parts)
