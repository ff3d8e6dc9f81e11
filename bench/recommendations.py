"""Recommendations: how many people one core places in a second.

First the decision alone: place, range, verdicts, flags. Then with everything that a page may say:
every need and area with its reasons, and every open question that could change the answer.
"""

import random
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice

from handrail.core.findings import Answer, Definition, Finding, Findings, Kind
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.data import criteria_ids, criteria_set, findings_catalogue

PEOPLE = 500
SEED = 20261124
SECONDS = 3.0
READ: dict[str, Callable[[Recommendation], object]] = {
    "the decision": lambda found: found.level,
    "and its reasons": lambda found: (found.needs, found.areas),
    "and what would change it": lambda found: (found.needs, found.areas, found.would_change),
}


def measure() -> Iterator[tuple[str, str]]:
    """Ask each set about the same random people, of whom all or some was asked."""
    dice = random.Random(SEED)
    everything = [_person(dice, share_asked=1.0) for _ in range(PEOPLE)]
    a_third = [_person(dice, share_asked=0.33) for _ in range(PEOPLE)]
    for id in criteria_ids():
        for asked, people in (("everything asked", everything), ("a third asked", a_third)):
            for name, read in READ.items():
                yield f"{id}, {asked}, {name}", f"{_people_a_second(people, id, read):,.0f}"


def _people_a_second(people: list[Findings], id: str, read: Callable[..., object]) -> float:
    criteria = criteria_set(id)
    for person in people:  # what is worked out once for all is worked out before
        read(recommend(person, criteria))
    placed, began = 0, time.process_time()
    while time.process_time() - began < SECONDS:
        for person in islice(cycle(people), 100):
            read(recommend(person, criteria))
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
