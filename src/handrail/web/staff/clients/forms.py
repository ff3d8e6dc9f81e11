"""A form as someone filled it in, so that nothing typed is lost when something is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from handrail.core.dates import YEARS, read_day
from handrail.core.errors import Invalid
from handrail.web.kit.sentences import sentence


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed and chosen, and what is wrong with it, by field. `key` names the form, and
    the row it is about where a page has several of its kind: `close_flag 3f2a…`.
    """

    key: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What was typed into a field."""
        return self.typed.get(name, "")

    def has(self, name: str, value: str) -> bool:
        """Whether a choice of several was made."""
        return value in self.chosen.get(name, ())

    def wrong(self, name: str) -> str:
        """What is wrong with a field, or nothing."""
        return self.problems.get(name, "")


LONGEST_KEPT = 20_000
"""Letters of a field that are shown again; every service takes fewer."""

NOTHING = Filled()
"""An empty form."""


def filled(
    posted: QueryDict, fields: tuple[str, ...], *, several: tuple[str, ...] = (), key: str = ""
) -> Filled:
    """The named fields as they were posted; `several` are those with more than one choice."""
    return Filled(
        key,
        {name: posted.get(name, "")[:LONGEST_KEPT] for name in fields},
        {name: tuple(posted.getlist(name)) for name in several},
    )


def with_problems(form: Filled, problems: Mapping[str, str]) -> Filled:
    """The form with what is wrong in it."""
    return Filled(form.key, form.typed, form.chosen, problems)


def problems_of(wrong: Invalid) -> dict[str, str]:
    """What is wrong, in words, by field."""
    return {one.field: sentence(one) for one in wrong.errors}


class DayMissing(Invalid):
    """No day was typed where one has to be."""


class DayUnreadable(Invalid):
    """What was typed is no day."""


@dataclass(eq=False)
class YearOutOfRange(Invalid):
    """The day is in a year that no record can have."""

    first: int
    last: int


def needed_day(form: Filled, name: str) -> date:
    """The day typed into a field. Raises DayMissing when there is none."""
    day = some_day(form, name)
    if day is None:
        raise DayMissing().at(name)
    return day


def some_day(form: Filled, name: str) -> date | None:
    """The day typed into a field that may stay empty. Raises DayUnreadable, YearOutOfRange."""
    text = form.value(name).strip()
    day = read_day(text)
    if text and day is None:
        raise DayUnreadable().at(name)
    if day and day.year not in YEARS:
        raise YearOutOfRange(YEARS[0], YEARS[-1]).at(name)
    return day
