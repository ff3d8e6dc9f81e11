"""A sequence as a form asks for it: one of the common ones, or up to four steps with facets."""

from collections.abc import Sequence

from handrail.core.ledger.positions import read_steps
from handrail.data import care_catalogue, ledger_rules
from handrail.web.staff.clients.forms import Filled

MOST = 4
STEP_FIELDS = tuple(f"step{place}" for place in range(1, MOST + 1))
LAST_FIELDS = tuple(f"last{place}" for place in range(1, MOST + 1))
FIELDS = ("common", *STEP_FIELDS, *LAST_FIELDS)
WITH = "with"


def common() -> tuple[tuple[str, str], ...]:
    """What people commonly ask for: the sequence as one text, and its words."""
    return tuple((",".join(one.sequence), one.words) for one in ledger_rules().common)


def places() -> tuple[tuple[str, str], ...]:
    """Acute places, then levels from the highest down, with their names."""
    care = care_catalogue()
    acute = tuple((code, one.plain_name) for code, one in care.acute_places.items())
    levels = tuple((code, care.levels[code].name) for code in reversed(care.spine))
    return (*acute, *levels)


def facets() -> tuple[tuple[str, str], ...]:
    """What can be added to a level; meetings and a coach are steps of their own as well."""
    return tuple((code, one.plain_name) for code, one in care_catalogue().facets.items())


def sequence_of(form: Filled) -> tuple[str, ...]:
    """The sequence that a form holds: its steps, or else the common one chosen.

    What it comes with is added to the last step on the stairs.
    """
    care = care_catalogue()
    steps = []
    for step, lasting in zip(STEP_FIELDS, LAST_FIELDS, strict=True):
        code, words = form.value(step).strip(), form.value(lasting).strip()
        if code:
            steps.append(f"{code}:{words}" if words else code)
    if not steps:
        steps = [one for one in form.value("common").split(",") if one]
    chosen = [one for one in form.chosen.get(WITH, ()) if one in care.facets]
    if not chosen:
        return tuple(steps)
    stairs = [
        place for place, one in enumerate(steps) if one.partition(":")[0] not in care.acute_places
    ]
    if not stairs:
        return (*steps, "+".join((care.spine[0], *chosen)))
    code, mark, words = steps[stairs[-1]].partition(":")
    code = care.spine[0] if code == "none" else code
    steps[stairs[-1]] = "+".join((code, *chosen)) + mark + words
    return tuple(steps)


def typed_from(sequence: Sequence[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The fields of a form that hold a sequence."""
    typed: dict[str, str] = {}
    chosen: list[str] = []
    steps = read_steps(sequence, care_catalogue())
    for step, place, lasting in zip(steps, STEP_FIELDS, LAST_FIELDS, strict=False):
        typed |= {place: step.codes[0], lasting: step.lasting}
        chosen += step.codes[1:]
    return typed, {WITH: tuple(dict.fromkeys(chosen))}
