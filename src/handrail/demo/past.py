"""Two years of care that has ended, with the spread of the national figures.

Source: TEDS 2004, discharges from intensive outpatient treatment: how they ended (Table 2.5) and
the median number of days (Table 4.11). What each number is, docs/reference/the-demo.md says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random
from statistics import NormalDist

from handrail.areas.clients import models
from handrail.areas.clients.models import ListedKind, Outcome
from handrail.demo.book import Person, diagnosis_names, phrases
from handrail.demo.charts import client_rows, summary_of
from handrail.demo.house import House

EPISODES = 340
DAYS = 730


@dataclass(frozen=True, slots=True)
class Ending:
    """How many in a thousand ended so, after how many days in the middle, and how far apart."""

    outcome: Outcome
    per_thousand: int
    median_days: int
    spread: float


ENDINGS = (
    Ending(Outcome.COMPLETED, 377, 50, 0.22),
    Ending(Outcome.TRANSFERRED, 179, 42, 0.5),
    Ending(Outcome.DROPPED_OUT, 232, 26, 0.65),
    Ending(Outcome.TERMINATED, 140, 36, 0.5),
    Ending(Outcome.OTHER, 72, 36, 0.5),
)
_DIAGNOSES = ("F10.20", "F10.20", "F10.20", "F11.20", "F11.20", "F12.20", "F14.20", "F15.20")
_PRONOUNS = ("she/her", "he/him", "she/her", "he/him", "they/them")
_LEVEL = "iop"
FRIDAY = 4


def write_past(house: House, taken: Sequence[Person], intake: str) -> None:
    """Put clients with ended episodes into the house; some of them were here twice."""
    chance = house.chance("past")
    people = _people(chance, {one.name for one in taken})
    latest: dict[str, date] = {}
    for number, stay in enumerate(_stays(house, chance)):
        person = next(
            (one for one in people[number:] if one.name not in latest),
            None,
        ) or next(one for one in people if latest[one.name] < stay.opened)
        is_first = person.name not in latest
        latest[person.name] = stay.closed
        if is_first:
            client_id = house.key("client", person.name)
            at = house.at(stay.opened, 10)
            house.rows.add(*client_rows(house, client_id, person, at, intake))
        _write_stay(house, person, number, stay, intake)


@dataclass(frozen=True, slots=True)
class _Stay:
    outcome: Outcome
    opened: date
    closed: date


def _people(chance: Random, taken: set[str]) -> list[Person]:
    """Nine people for ten episodes."""
    names = phrases()["names"]
    pairs = [(given, family) for given in names["given"] for family in names["family"]]
    chosen = [one for one in chance.sample(pairs, EPISODES) if " ".join(one) not in taken]
    return [_person(chance, *one) for one in chosen[: EPISODES * 9 // 10]]


def _person(chance: Random, given: str, family: str) -> Person:
    return Person(
        given=given,
        family=family,
        called="",
        pronouns=chance.choice(_PRONOUNS),
        born=date(chance.randrange(1955, 2006), chance.randrange(1, 13), chance.randrange(1, 29)),
        language="English",
        parts=(),
        outcome="",
        goals=(),
        goals_met=0,
        themes=(),
        diagnoses=(chance.choice(_DIAGNOSES),),
        medicines=(),
        allergies=(),
        contacts=(),
        rules=("nine-hours-scheduled",),
        payer="",
        pause="",
        make_up=False,
        open_outreach=False,
    )


def _stays(house: House, chance: Random) -> list[_Stay]:
    """How each stay ended, and when, the longest ago first. Nobody begins on a weekend."""
    lengths = [(one.outcome, days) for one in ENDINGS for days in _lengths(one)]
    chance.shuffle(lengths)
    ago = sorted((chance.randrange(2, DAYS) for _ in lengths), reverse=True)
    found = []
    for (outcome, days), back in zip(lengths, ago, strict=True):
        opened = house.days_ago(back + days)
        opened -= timedelta(days=max(0, opened.weekday() - FRIDAY))
        found.append(_Stay(outcome, opened, opened + timedelta(days=days)))
    return found


def _lengths(ending: Ending) -> Iterator[int]:
    """Lengths of stay around the median, evenly out of a skewed distribution."""
    count = round(EPISODES * ending.per_thousand / 1000)
    for i in range(count):
        z = NormalDist().inv_cdf((i + 0.5) / count)
        yield max(1, round(ending.median_days * exp(ending.spread * z)))


def _write_stay(house: House, person: Person, number: int, stay: _Stay, intake: str) -> None:
    episode_id, client_id = house.key("stay", number), house.key("client", person.name)
    by = house.chance("closed by", number).choice(("mara", "dev", "ruth"))
    house.rows.add(
        models.Episode(
            id=episode_id,
            organization_id=house.organization_id,
            client_id=client_id,
            opened_date=stay.opened,
            opened_by=intake,
            closed_date=stay.closed,
            closed_by=house.staff[by].name,
            outcome=stay.outcome,
            summary=summary_of(stay.outcome),
            week_rules=list(person.rules),
        ),
        models.LevelStay(
            id=house.key("stay", number, "level"),
            organization_id=house.organization_id,
            episode_id=episode_id,
            level=_LEVEL,
            from_date=stay.opened,
            until_date=stay.closed,
            reason="Admission",
            recorded_by=intake,
        ),
        models.Listed(
            id=house.key("stay", number, "diagnosis"),
            organization_id=house.organization_id,
            client_id=client_id,
            kind=ListedKind.DIAGNOSIS,
            name=diagnosis_names()[person.diagnoses[0]],
            code=person.diagnoses[0],
            from_date=stay.opened,
            until_date=stay.closed,
            recorded_at=house.at(stay.opened, 13),
            recorded_by=house.staff["helen"].name,
        ),
    )
