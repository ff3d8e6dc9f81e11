"""Telephone lines and people to turn to: data/lines.toml, read once."""

from dataclasses import dataclass
from functools import cache

from handrail.data import read_table
from handrail.data.languages import ENGLISH


@dataclass(frozen=True, slots=True)
class Line:
    """A line that answers: its name, number, what it is for, and where the number was read."""

    name: str
    number: str
    says: str
    source: str
    state: str = ""

    @property
    def dial(self) -> str:
        """The number as a telephone link wants it."""
        return "".join(sign for sign in self.number if sign.isdigit())


@dataclass(frozen=True, slots=True)
class Assessor:
    """Someone who can assess and gains nothing from where a person goes."""

    who: str
    says: str


@cache
def national_lines(language: str = ENGLISH) -> tuple[Line, ...]:
    """The lines that answer everywhere in the country."""
    rows = read_table("lines.toml", language)["line"]
    return tuple(Line(one["name"], one["number"], one["says"], one["source"]) for one in rows)


@cache
def state_lines(language: str = ENGLISH) -> tuple[Line, ...]:
    """The lines of single states, where the number is known for sure."""
    rows = read_table("lines.toml", language)["state"]
    return tuple(Line(one["name"], one["number"], "", one["source"], one["code"]) for one in rows)


@cache
def assessors(language: str = ENGLISH) -> tuple[Assessor, ...]:
    """Who can assess without running a program."""
    rows = read_table("lines.toml", language)["assessor"]
    return tuple(Assessor(one["who"], one["says"]) for one in rows)
