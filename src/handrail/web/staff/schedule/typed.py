"""What somebody typed into a form: kept as it is, and read with a clear word when it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from handrail.areas.organizations.services import Mistaken
from handrail.areas.schedule.refusals import AskFirst
from handrail.core.dates import YEARS, read_day, read_time
from handrail.core.errors import Refusal
from handrail.core.text import whole_number
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence

LONGEST = 500
MOST = 9_999


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one form as typed; `form` names it among several on a page.

    Empty, with another form's name, it leaves every field at what it would be otherwise.
    """

    form: str = ""
    problem: str = ""
    one: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: str = ""

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

    def asks(self, form: str) -> str:
        """What has to be answered before this form is done; empty when nothing has."""
        return self.question if form == self.form else ""


NOTHING = Typed()


def keep(request: StaffRequest, form: str, problem: object) -> Typed:
    """Everything that was typed, with what is wrong about it."""
    return Typed(
        form,
        sentence(problem) if isinstance(problem, Refusal) else str(problem),
        {name: str(request.POST.get(name, "")) for name in request.POST},
        {name: tuple(str(one) for one in request.POST.getlist(name)) for name in request.POST},
        str(problem) if isinstance(problem, AskFirst) else "",
    )


def confirmed(request: StaffRequest) -> str:
    """The question that was answered with yes, word for word; empty when none was."""
    return str(request.POST.get("confirmed", ""))


def text(request: StaffRequest, name: str) -> str:
    """Words, cut at what a column takes."""
    return str(request.POST.get(name, "")).strip()[:LONGEST]


def read_date(words: str) -> date:
    """A day as the browser or a person writes it. Raises Mistaken with an example."""
    day = read_day(words.strip())
    if day is None or day.year not in YEARS:
        raise Mistaken(f"“{words[:60]}” is not a day. Write it as 2026-11-30.")
    return day


def a_date(request: StaffRequest, name: str, what: str) -> date:
    """A day that must be given."""
    words = text(request, name)
    if not words:
        raise Mistaken(f"Choose {what}.")
    return read_date(words)


def maybe_date(request: StaffRequest, name: str) -> date | None:
    """A day, or None when the field was left empty."""
    words = text(request, name)
    return read_date(words) if words else None


def a_time(request: StaffRequest, name: str) -> time:
    """A time of day. Raises Mistaken with an example."""
    words = text(request, name)
    found = read_time(words)
    if found is None:
        raise Mistaken(f"“{words[:60]}” is not a time. Write it as 18:00.")
    return found


def a_number(request: StaffRequest, name: str, what: str) -> int:
    """A whole number. Raises Mistaken, saying what it is for."""
    words = text(request, name)
    number = whole_number(words)
    if number is None or number > MOST:
        raise Mistaken(f"Write {what} as a number, up to {MOST:,}.")
    return number


def an_id(request: StaffRequest, name: str, what: str) -> UUID:
    """Which one was chosen. Raises Mistaken, saying what to choose."""
    try:
        return UUID(text(request, name))
    except ValueError:
        raise Mistaken(f"Choose {what}.") from None


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
    """Days of the week, 0 is Monday. Raises Mistaken when none is chosen."""
    found = [int(one) for one in request.POST.getlist(name) if str(one) in set("0123456")]
    if not found:
        raise Mistaken("Choose at least one day.")
    return found
