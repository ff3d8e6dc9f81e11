"""Reads who the demo's people are and what their notes are made of, from two files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stay: a track, how many sessions counted and how many did not.

    `ago` is how many sessions of the track were held since it ended; 0 goes on.
    """

    track: str
    done: int
    missed: int
    ago: int = 0

    @property
    def sessions(self) -> int:
        """How many sessions the person was expected at."""
        return self.done + self.missed


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to be told this much, and perhaps to be called."""

    name: str
    relationship: str
    may_know: tuple[str, ...]
    call_if_missed: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up client. `parts` are in order; `outcome` is empty while the stay goes on."""

    given: str
    family: str
    called: str
    pronouns: str
    born: date
    language: str
    parts: tuple[Part, ...]
    outcome: str
    goals: tuple[str, ...]
    goals_met: int
    themes: tuple[str, ...]
    diagnoses: tuple[str, ...]
    medicines: tuple[tuple[str, str, str], ...]
    allergies: tuple[tuple[str, str], ...]
    contacts: tuple[Contact, ...]
    rules: tuple[str, ...]
    payer: str
    pause: str
    make_up: bool
    open_outreach: bool

    @property
    def name(self) -> str:
        """Given and family name, the demo's way to speak of someone."""
        return f"{self.given} {self.family}"


@cache
def phrases() -> Mapping[str, Any]:
    """What notes are made of."""
    return _table("phrases.toml")


@cache
def phrases_of_charts() -> Mapping[str, Any]:
    """What safety plans and assessments say."""
    return _table("clinical.toml")


@cache
def people(house: str) -> tuple[Person, ...]:
    """The clients of a house, "alder" or "harbor", in the order of the file."""
    return tuple(_person(row) for row in _table("people.toml")[house])


@cache
def diagnosis_names() -> Mapping[str, str]:
    """The name of each diagnosis by its ICD-10-CM code."""
    names: dict[str, str] = _table("people.toml")["names_of_diagnoses"]
    return names


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _person(row: Mapping[str, Any]) -> Person:
    outcome, ago = row.get("ended", ("", 0))
    parts = [Part(row["track"], row["done"], row["missed"], ago)]
    if "before" in row:
        parts.insert(0, Part(*row["before"]))
    return Person(
        given=row["given"],
        family=row["family"],
        called=row.get("called", ""),
        pronouns=row["pronouns"],
        born=row["born"],
        language=row.get("language", "English"),
        parts=tuple(parts),
        outcome=outcome,
        goals=tuple(row["goals"]),
        goals_met=row.get("met", 0),
        themes=tuple(row["themes"]),
        diagnoses=tuple(row["diagnoses"]),
        medicines=tuple(tuple(one) for one in row.get("medicines", ())),
        allergies=tuple(tuple(one) for one in row.get("allergies", ())),
        contacts=tuple(
            Contact(name, who, tuple(know), call)
            for name, who, know, call in row.get("contacts", ())
        ),
        rules=tuple(row["rules"]),
        payer=row["payer"],
        pause=row.get("pause", ""),
        make_up=row.get("make_up", False),
        open_outreach=row.get("open_outreach", False),
    )
