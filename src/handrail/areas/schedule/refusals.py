"""Refusals in words: what the core found, said with names and days instead of keys."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership
from handrail.areas.organizations.services import Mistaken
from handrail.core.course.errors import CourseError
from handrail.core.course.roster import Conflict
from handrail.core.errors import Unconfirmed
from handrail.data import care_catalogue

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_TIME = re.compile(r"\b[0-2]\d:[0-5]\d\b")


class AskFirst(Mistaken, Unconfirmed):
    """Something that can be done, once whoever asked for it says that it is meant."""

    @property
    def answer(self) -> str:
        """The question itself, word for word."""
        return str(self)


def ask(question: str, confirmed: str) -> None:
    """Ask a question before something is done; an empty one is none.

    `confirmed` is the question that was answered with yes, word for word: what has changed since
    is asked again. Raises AskFirst until then.
    """
    if question and question != confirmed:
        raise AskFirst(question)


def day(value: date) -> str:
    """Tue, Nov 24."""
    return f"{value:%a, %b} {value.day}"


def clock_time(value: time) -> str:
    """6:00 pm."""
    return f"{value:%I:%M}".lstrip("0") + f" {value:%p}".lower()


def level_name(code: str) -> str:
    """The name of a level of care; a code the catalogue does not know stays as it is."""
    found = care_catalogue().levels.get(code)
    return found.name if found else code


def in_words(text: str) -> str:
    """A text of the core with its days and times as people say them."""
    days = _DAY.sub(lambda found: day(date.fromisoformat(found[0])), text)
    return _TIME.sub(lambda found: clock_time(time.fromisoformat(found[0])), days)


def people(number: int) -> str:
    """1 person, 12 people."""
    return "1 person" if number == 1 else f"{number} people"


@contextmanager
def as_mistaken(about: str = "") -> Iterator[None]:
    """Turn what the core refuses into something to tell the person who tried it."""
    try:
        yield
    except CourseError as wrong:
        words = in_words(str(wrong))
        said = f"{about}: {words}" if about else f"{words[0].upper()}{words[1:]}"
        raise Mistaken(f"{said.rstrip('.')}.") from wrong


def who_would_meet(conflicts: Iterable[Conflict]) -> str:
    """Who would meet although they must not, and why. For staff eyes only, never in a chart."""
    found = {(one.person, one.partner): one.reason for one in conflicts}
    keys = {key for pair in found for key in pair}
    names = {str(one.pk): one.name for one in Client.objects.filter(pk__in=keys)}
    for place in Membership.objects.filter(pk__in=keys).select_related("user"):
        names[str(place.pk)] = place.user.name
    said = [
        f"{names[one]} and {names[other]} must not meet ({reason})"
        for (one, other), reason in found.items()
    ]
    return f"{'; '.join(said)}. Both would be there."
