"""What is certain for today, each with its because, and what to do until offices open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import words
from handrail.core.placement.recommendation import Recommendation
from handrail.web.public.check_help import Help
from handrail.web.public.check_next import Today, because_of, decisions_of, today_of
from handrail.web.public.words import check_table


@dataclass(frozen=True, slots=True)
class Certain:
    """One thing that holds whatever the rest of the answers are."""

    title: str
    because: tuple[str, ...]
    text: str
    say: str


@dataclass(frozen=True, slots=True)
class Night:
    """What to do when offices are closed. The page asks the browser's clock, and tells nobody.

    `title` is for a clock that is not known, `at_night` for one that says night.
    """

    title: str
    at_night: str
    lines: tuple[str, ...]


NO_STOP = "no-sudden-stop"
"""Said after the first questions, before it is known how something is taken."""


def certain_of(draft: Draft, found: Recommendation) -> tuple[Certain, ...]:
    """What is certain so far, the most pressing first."""
    lines = [_certain(box) for box in today_of(draft, found, certain=True)]
    if NO_STOP in decisions_of(draft, found, certain=True):
        row = check_table()["first_answer"]["no_sudden_stop"]
        because = because_of(draft, found, NO_STOP)
        lines.append(Certain(words(row["title"]).to(draft.voice), because, row["text"], ""))
    return tuple(lines)


def _certain(box: Today) -> Certain:
    title = box.title if box.gentle else box.first
    return Certain(title, box.because, " ".join(box.steps[:2]), box.say)


def night_of(today: Sequence[Today], helps: Iterable[Help], *, more: bool = False) -> Night | None:
    """What to do until offices open, where something is for today; `more`: anything else is."""
    pressing = [box.night for box in today if not box.gentle]
    if not (pressing or more or any(help.today for help in helps)):
        return None
    table = check_table()["night"]
    first = pressing or [table["general"]]
    return Night(
        title=table["title"],
        at_night=table["at_night"],
        lines=(*dict.fromkeys(first), *table["other"]),
    )
