"""Refusals in words: what the core found, said with names and days instead of keys."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time

from handrail.areas.clients.models import Client
from handrail.areas.organizations.models import Membership
from handrail.areas.organizations.services import Mistaken
from handrail.core.course.errors import CourseError
from handrail.core.course.roster import Conflict
from handrail.data import care_catalogue


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


@contextmanager
def as_mistaken(about: str = "") -> Iterator[None]:
    """Turn what the core refuses into something to tell the person who tried it."""
    try:
        yield
    except CourseError as wrong:
        words = str(wrong)
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
