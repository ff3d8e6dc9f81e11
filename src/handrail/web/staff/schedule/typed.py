"""What somebody typed into a form: kept as it is, and read with a clear word when it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from handrail.areas.schedule.errors import AskFirst
from handrail.core.dates import YEARS, read_day, read_time
from handrail.core.errors import Invalid, Refusal
from handrail.core.text import whole_number
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence

LONGEST = 500
MOST = 9_999


@dataclass(eq=False)
class NotADay(Invalid):
    """What was typed is no day."""

    typed: str


@dataclass(eq=False)
class NotATime(Invalid):
    """What was typed is no time of day."""

    typed: str


@dataclass(eq=False)
class NotANumber(Invalid):
    """What was typed is no number, or too large; `what` it is for."""

    what: str
    most: int


@dataclass(eq=False)
class NotChosen(Invalid):
    """Nothing was chosen; `what` it would be."""

    what: str


class NoDayChosen(Invalid):
    """No day of the week was chosen."""


@dataclass(eq=False)
class HalfGiven(Invalid):
    """A stretch of time has a beginning and no end, or the other way round."""

    what: str


class NoHoursGiven(Invalid):
    """It is said neither when they work on a day, nor that they do not."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one form as typed; `form` names it among several on a page.

    Empty, with another form's name, it leaves every field at what it would be otherwise.
    """

    form: str = ""
    problem: str = ""
    one: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: AskFirst | None = None

    def text(self, form: str, name: str, otherwise: object = "") -> str:
        """What stands in a field: as typed in this form, or what would be there otherwise."""
        if form == self.form and name in self.one:
            return self.one[name]
        return "" if otherwise is None else str(otherwise)

    def chosen(self, form: str, name: str, value: object, *, otherwise: bool) -> bool:
        """Whether one of several choices is chosen."""
        return str(value) in self.many.get(name, ()) if form == self.form else otherwise

    def wrong(self, form: str) -> str:
        """What is wrong with this form; empty when nothing is."""
        return self.problem if form == self.form else ""

    def asks(self, form: str) -> AskFirst | None:
        """What has to be answered before this form is done; None when nothing has."""
        return self.question if form == self.form else None


NOTHING = Typed()


def keep(request: StaffRequest, form: str, problem: object) -> Typed:
    """Everything that was typed, with what is wrong about it."""
    return Typed(
        form,
        sentence(problem) if isinstance(problem, Refusal) else str(problem),
        {name: str(request.POST.get(name, "")) for name in request.POST},
        {name: tuple(str(one) for one in request.POST.getlist(name)) for name in request.POST},
        problem if isinstance(problem, AskFirst) else None,
    )


def confirmed(request: StaffRequest) -> str:
    """The answer to what was asked before; empty when nothing was."""
    return str(request.POST.get("confirmed", ""))


def text(request: StaffRequest, name: str) -> str:
    """Words, cut at what a column takes."""
    return str(request.POST.get(name, "")).strip()[:LONGEST]


def read_date(words: str) -> date:
    """A day as the browser or a person writes it. Raises NotADay."""
    day = read_day(words.strip())
    if day is None or day.year not in YEARS:
        raise NotADay(words[:60])
    return day


def a_date(request: StaffRequest, name: str, what: str) -> date:
    """A day that must be given."""
    words = text(request, name)
    if not words:
        raise NotChosen(what)
    return read_date(words)


def maybe_date(request: StaffRequest, name: str) -> date | None:
    """A day, or None when the field was left empty."""
    words = text(request, name)
    return read_date(words) if words else None


def a_time(request: StaffRequest, name: str) -> time:
    """A time of day. Raises NotATime."""
    words = text(request, name)
    found = read_time(words)
    if found is None:
        raise NotATime(words[:60])
    return found


def a_number(request: StaffRequest, name: str, what: str) -> int:
    """A whole number. Raises NotANumber."""
    words = text(request, name)
    number = whole_number(words)
    if number is None or number > MOST:
        raise NotANumber(what, MOST)
    return number


def an_id(request: StaffRequest, name: str, what: str) -> UUID:
    """Which one was chosen. Raises NotChosen."""
    try:
        return UUID(text(request, name))
    except ValueError:
        raise NotChosen(what) from None


def ids(request: StaffRequest, name: str) -> list[UUID]:
    """Which ones were chosen; what is no key is left out."""
    found = []
    for one in request.POST.getlist(name):
        try:
            found.append(UUID(str(one)))
        except ValueError:
            continue
    return found


def weekdays(request: StaffRequest, name: str) -> list[int]:
    """Days of the week, 0 is Monday. Raises NoDayChosen when there is none."""
    found = [int(one) for one in request.POST.getlist(name) if str(one) in set("0123456")]
    if not found:
        raise NoDayChosen
    return found
