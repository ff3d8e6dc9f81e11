"""Positions: what each party asks for, as a sequence, held against what is needed.

The parties are questioned alike: a payer who offers less than was found owes a reason, and so
does a clinician or a program that asks for something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handrail.core.errors import raise_any, too_long
from handrail.core.ledger import errors
from handrail.core.levels import Care
from handrail.core.placement.compare import GIVES_UP, Asked, compare, read_asked
from handrail.core.placement.packages import Package, unmet
from handrail.core.placement.recommendation import NeedFound, Recommendation

NOTHING = "none"
"""What someone asks for who wants no care at all."""
MOST_STEPS = 8
LONGEST_WORDS = 60


class Party(StrEnum):
    """Whose view a position is. The value is stored: never change it."""

    CLIENT = "client"
    FAMILY = "family"
    CLINICIAN = "clinician"
    PROGRAM = "program"
    PAYER = "payer"
    MANDATING_BODY = "mandating_body"

    @property
    def words(self) -> str:
        """The party as people say it."""
        return self.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sequence: a level or an acute place, what is added to it, and how long.

    `codes` begin with the level or place; `lasting` are the words that were said: "30 days".
    """

    codes: tuple[str, ...]
    lasting: str = ""

    def __str__(self) -> str:
        """As it is kept: "iop+recovery_residence:30 days"."""
        return "+".join(self.codes) + (f":{self.lasting}" if self.lasting else "")


Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A position held against a recommendation.

    `gives_up` are needs that are certain and would be left out, the floor first; `may_give_up`
    hang on a safety question still open; `comes_with` are facets that have to be arranged too;
    `beyond` levels and places that nothing found asks for.
    """

    verdict: str
    gives_up: tuple[NeedFound, ...]
    may_give_up: tuple[str, ...]
    comes_with: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def floor(self) -> tuple[str, ...]:
        """The needs among those given up that nobody can agree away."""
        return tuple(need.code for need in self.gives_up if need.floor)


def read_steps(sequence: Sequence[str], care: Care) -> Steps:
    """Read "detox:5 days", "iop+recovery_residence", or "none" into steps.

    Raises Invalid, at `sequence`, for nothing, too much, or what is no level, place or facet.
    """
    steps = tuple(_step(text, care) for text in sequence if text.strip())
    if not steps:
        raise errors.NoSteps
    if len(steps) > MOST_STEPS:
        raise errors.TooManySteps(MOST_STEPS)
    return steps


def _step(text: str, care: Care) -> Step:
    said, _, lasting = text.partition(":")
    codes = tuple(dict.fromkeys(part.strip() for part in said.split("+")))
    if codes == (NOTHING,):
        codes = care.spine[:1]
    known = {*care.levels, *care.acute_places, *care.facets}
    for code in codes:
        if code not in known:
            raise errors.StepUnknown(code)
    places = [one for one in codes if one in care.levels or one in care.acute_places]
    # Meetings and a coach are levels by themselves, and facets beside anything else.
    alone = [one for one in places if one not in care.facets] or places[:1] or [care.spine[0]]
    if len(alone) > 1:
        raise errors.TwoPlacesInOneStep
    words = " ".join(lasting.split())
    raise_any(too_long({"sequence": words}, {"sequence": LONGEST_WORDS}))
    return Step((*alone, *(one for one in codes if one not in alone)), words)


def asked_of(steps: Steps, care: Care) -> Asked:
    """What a sequence asks for: its acute places, its highest level, its facets."""
    return read_asked(", ".join("+".join(step.codes) for step in steps), care)


def point(steps: Steps, care: Care) -> str:
    """The level that stands for a sequence on the stairs: the highest one asked for."""
    return asked_of(steps, care).package.level


def in_words(steps: Steps, care: Care) -> str:
    """A sequence as staff say it: "Detox (5 days), then IOP and recovery residence"."""
    return ", then ".join(_said(step, care) for step in steps)


def in_short(steps: Steps, care: Care) -> str:
    """A sequence in a few words: of what is added only a place to sleep is named."""
    short = tuple(
        Step((one.codes[0], *(code for code in one.codes[1:] if is_home(code, care))), one.lasting)
        for one in steps
    )
    return in_words(short, care)


def is_home(facet: str, care: Care) -> bool:
    """Whether it is somewhere to sleep: the first of its burdens is control by night."""
    return care.facets[facet].burden[0] > 0


def _said(step: Step, care: Care) -> str:
    place, *facets = step.codes
    found = care.levels.get(place) or care.acute_places[place]
    names = [found.short_name, *(care.facets[one].name for one in facets)]
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{said} ({step.lasting})" if step.lasting else said


def judge(steps: Steps, recommendation: Recommendation) -> Judged:
    """Hold what someone asks for against what was found: what it gives up, or that it is
    reasonable.

    A level is taken with what can be added to it, except a place to sleep: who does not name a
    residence, a shelter or housing leaves it out. It changes where someone lives.
    """
    care = recommendation.care
    asked = asked_of(steps, care)
    compared = compare(recommendation, asked)
    package = Package(
        asked.package.level,
        tuple(
            code
            for code, facet in care.facets.items()
            if code in asked.package.facets or not is_home(code, care)
            if facet.available_from in care.spine[: care.spine.index(asked.package.level) + 1]
        ),
    )
    left = {need.code for need in compared.gives_up}
    left.update(unmet(recommendation.need_codes, asked.acute, package, care))
    gives_up = sorted(
        (need for need in recommendation.needs if need.code in left),
        key=lambda need: not need.floor,
    )
    return Judged(
        verdict=GIVES_UP if gives_up else compared.verdict,
        gives_up=tuple(gives_up),
        may_give_up=compared.may_give_up,
        comes_with=tuple(one for one in compared.comes_with if not is_home(one, care)),
        beyond=compared.beyond,
    )


_ASKED_WHEN_BELOW = {Party.PAYER, Party.MANDATING_BODY, Party.CLINICIAN, Party.PROGRAM}
_ASKED_WHEN_ABOVE = {Party.MANDATING_BODY, Party.CLINICIAN, Party.PROGRAM}


def owes_reason(party: Party, judged: Judged) -> str:
    """Why this party has to say why, or nothing. Clients and families never have to."""
    if judged.gives_up and party in _ASKED_WHEN_BELOW:
        return "This leaves out something that was found to be needed. Say why."
    if judged.beyond and party in _ASKED_WHEN_ABOVE:
        return "This is more than was found to be needed. Say why."
    return ""


def indicated_sequence(recommendation: Recommendation) -> tuple[str, ...]:
    """What a recommendation asks for, as a sequence to begin with: detox, then IOP and facets.

    Of several packages the first; where safety questions are open, the most that may be needed.
    """
    end = recommendation.highest
    if end is None:
        return ()
    package = (recommendation.packages or end.packages)[0]
    acute = recommendation.acute if recommendation.level else end.acute
    facets = (one for one in package.facets if one != package.level)
    return (*acute, "+".join((recommendation.level or end.level, *facets)))
