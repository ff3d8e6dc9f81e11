"""Random people, for the laws that must hold for everyone."""

from random import Random

from hypothesis import strategies as st

from handrail.core.findings import Finding, Kind, Open
from handrail.data import care_catalogue, criteria_ids, criteria_set, findings_catalogue

CATALOGUE = findings_catalogue()
CARE = care_catalogue()
SPINE = CARE.spine
ADMISSION = criteria_set("general-adult-admission")
CONTINUED_STAY = criteria_set("general-adult-continued-stay")
MEDICARE = criteria_set("medicare-iop")
SETS = (ADMISSION, CONTINUED_STAY, MEDICARE)

SAFETY = tuple(code for code, one in CATALOGUE.items() if one.safety_critical)


def known_answers(definition):
    """Answers to one question that are known, best first; of a number, a few across its range."""
    if definition.type == "yes_no":
        best_first = (False, True)
        return best_first[::-1] if definition.kind is Kind.PROTECTION else best_first
    if definition.code == "age_group":
        return ("adult", "young_adult", "over_65")
    if definition.type == "choice":
        return definition.values
    if definition.code == "age":
        return (18, 40, 65, 66, 80)
    low, high = definition.minimum, definition.maximum
    span = high - low
    steps = sorted({low, high, *(round(low + span * part / 12) for part in range(1, 12))})
    return tuple(steps) if definition.worse == "higher" else tuple(reversed(steps))


def best(definition):
    return known_answers(definition)[0]


def worst(definition):
    return known_answers(definition)[-1]


def person(**answers):
    """Findings from answers as a file states them: True, "refused", "unknown", None, 16, "mild"."""
    return {code: Finding(code, CATALOGUE[code].read(raw)) for code, raw in answers.items()}


def answered(findings, code, answer):
    return {**findings, code: Finding(code, answer)}


def is_open(findings, code):
    return code not in findings or isinstance(findings[code].answer, Open)


PAIRS = [
    (code, answer) for code, one in CATALOGUE.items() for answer in (*known_answers(one), *Open)
]
NOT_CALM = ("age", "emergency_evaluation_found_safe")  # a crisis that passed is not a calm life
CALM = {code: Finding(code, best(one)) for code, one in CATALOGUE.items() if code not in NOT_CALM}
CALM_SAFETY = {code: CALM[code] for code in SAFETY if code != "age"}


# One number drawn, however many choices follow from it: the laws stay quick.
chances = st.integers(0, 2**32 - 1).map(Random)


@st.composite
def people(draw):
    """Findings of one adult: little known, safety answered, or everything answered."""
    start = draw(st.sampled_from(({}, CALM_SAFETY, CALM, "anything")))
    if start == "anything":
        luck = draw(chances)
        return {
            code: Finding(code, luck.choice((*known_answers(one), *Open)))
            for code, one in CATALOGUE.items()
            if luck.random() < 0.7
        }
    changed = draw(st.lists(st.sampled_from(PAIRS), max_size=14))
    return {**start, **{code: Finding(code, answer) for code, answer in changed}}


@st.composite
def worsenings(draw):
    """A question with a better and a worse answer: no, does not know, yes of a danger."""
    codes = [code for code, one in CATALOGUE.items() if one.kind is not Kind.CONSTRAINT]
    definition = CATALOGUE[draw(st.sampled_from(codes))]
    known = known_answers(definition)
    opens = list(Open)
    if definition.measured:
        orders = [known, (draw(st.sampled_from(opens)), draw(st.sampled_from(known)))]
    else:
        orders = [
            known,
            (known[0], draw(st.sampled_from(opens)), known[-1]),
            (Open.NOT_ASKED, Open.REFUSED),
            (Open.UNKNOWN, Open.REFUSED),
        ]
    order = draw(st.sampled_from(orders))
    first = draw(st.integers(0, len(order) - 2))
    second = draw(st.integers(first + 1, len(order) - 1))
    return definition.code, order[first], order[second]


needs = st.sets(st.sampled_from(list(CARE.needs)), max_size=9)
ADULT_SETS = tuple(id for id in criteria_ids() if criteria_set(id).population.age_max >= 18)
criteria = st.sampled_from(ADULT_SETS)
