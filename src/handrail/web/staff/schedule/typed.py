"""What somebody typed into a form: kept as it is, and read with a clear word when it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one form as typed; `form` names it among several on a page.

    Empty, with another form's name, it leaves every field at what it would be otherwise.
    """

    form: str = ""
    problem: str = ""
    one: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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


NOTHING = Typed()


def keep(request: StaffRequest, form: str, problem: object) -> Typed:
    """Everything that was typed, with what is wrong about it."""
    return Typed(
        form,
        sentence(problem) if isinstance(problem, Refusal) else str(problem),
        {name: str(request.POST.get(name, "")) for name in request.POST},
        {name: tuple(str(one) for one in request.POST.getlist(name)) for name in request.POST},
    )


def text(request: StaffRequest, name: str) -> str:
    """Words, cut at what a column takes."""
    return str(request.POST.get(name, "")).strip()[:LONGEST]


def read_date(words: str) -> date:
    """A day as the browser or a person writes it. Raises NotADay."""
    day = read_day(words.strip())
    if day is None or day.year not in YEARS:
        raise NotADay(words[:60])
    return day


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
