"""Recommendations: how many people one core places in a second, reasons included."""

import random
import time
from collections.abc import Iterator
from itertools import cycle, islice

from handrail.core.findings import Answer, Definition, Finding, Findings, Kind
from handrail.core.placement.recommend import recommend
from handrail.data import criteria_ids, criteria_set, findings_catalogue

PEOPLE = 500
SEED = 20261124
SECONDS = 3.0


def measure() -> Iterator[tuple[str, str]]:
    """Ask each set about the same random people, of whom all or some was asked."""
    dice = random.Random(SEED)
    everything = [_person(dice, share_asked=1.0) for _ in range(PEOPLE)]
    a_third = [_person(dice, share_asked=0.33) for _ in range(PEOPLE)]
    for id in criteria_ids():
        for asked, people in (("everything asked", everything), ("a third asked", a_third)):
            yield f"{id}, {asked}: people a second", f"{_people_a_second(people, id):,.0f}"


def _people_a_second(people: list[Findings], id: str) -> float:
    criteria = criteria_set(id)
    for person in people:  # what is worked out once for all is worked out before
        recommend(person, criteria)
    placed, began = 0, time.process_time()
    while time.process_time() - began < SECONDS:
        for person in islice(cycle(people), 100):
            recommend(person, criteria)
        placed += 100
    return placed / (time.process_time() - began)


def _person(dice: random.Random, *, share_asked: float) -> Findings:
    """Someone with few dangers and some protections; scores and vital signs are not taken."""
    return {
        code: Finding(code, _answer(dice, definition))
        for code, definition in findings_catalogue().items()
        if not definition.measured and dice.random() < share_asked
    }


def _answer(dice: random.Random, definition: Definition) -> Answer:
    if definition.type == "number":
        return dice.randint(18, 80)
    if definition.type == "choice":
        return definition.values[0] if dice.random() < 0.8 else dice.choice(definition.values)
    return dice.random() < (0.5 if definition.kind is Kind.PROTECTION else 0.08)
