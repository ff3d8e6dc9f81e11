"""A long search for unsafe answers: random people in danger who get a reassuring headline."""

import random
from collections.abc import Iterator

from handrail.core.findings import Answer, Definition, Finding, Findings, Open
from handrail.core.placement.recommend import recommend
from handrail.data import criteria_set, findings_catalogue

PEOPLE = 20_000
SEED = 20261130
DANGERS: tuple[dict[str, Answer], ...] = (
    {"suicidal_thoughts": "active"},
    {"thoughts_of_harming_others": True},
    {"withdrawal_danger_signs_now": True},
    {"ghb_or_phenibut_daily": True},
    {"alcohol_heavy_most_days": True},
    {"sedatives_daily": True},
    {"pregnant": True, "opioid_use_disorder": "mild"},
    {"psychosis_acute": True},
    {"home_violence": True},
)


def measure() -> Iterator[tuple[str, str]]:
    """Count the people whose answer, at its lowest, is below a professional's look."""
    dice, criteria = random.Random(SEED), criteria_set()
    spine = criteria.care.spine
    for danger in DANGERS:
        unsafe = 0
        for _ in range(PEOPLE):
            person = _someone(dice) | {code: Finding(code, said) for code, said in danger.items()}
            found = recommend(person, criteria)
            low = found.lowest
            if low and not low.acute and spine.index(low.level) < spine.index("counseling"):
                unsafe += 1
        yield f"{' + '.join(danger)}: unsafe of {PEOPLE:,}", f"{unsafe}"


def _someone(dice: random.Random) -> Findings:
    """An adult with any answers at all, of whom anything between nothing and all was asked."""
    share = dice.random()
    someone = {
        code: Finding(code, _answer(dice, definition))
        for code, definition in findings_catalogue().items()
        if dice.random() < share and code != "age_group"
    }
    return someone | {"age": Finding("age", dice.randint(18, 90))}


def _answer(dice: random.Random, definition: Definition) -> Answer:
    if dice.random() < 0.2:
        return dice.choice(list(Open))
    if definition.type == "number":
        return round(dice.uniform(definition.minimum, definition.maximum))
    if definition.type == "choice":
        return dice.choice(definition.values)
    return dice.random() < 0.5
