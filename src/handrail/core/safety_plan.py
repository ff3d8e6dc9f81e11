"""The safety plan: what is asked, when it can be signed, and whether it still holds.

A plan is made with the person, in their words. It is signed as one text that never changes; a
later one is a new version. Wording and numbers are data (data/safety_plan.toml).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from handrail.core.course.templates import TAGS

VERSION = "handrail-safety-plan-1"
"""Stands in every signed plan, so that it can still be read when its form has changed."""


class SafetyPlanError(ValueError):
    """The wording or a kept plan cannot be read; the message says what was expected."""


# ---- the wording -------------------------------------------------------------------------------


class Kind(Enum):
    """How a part is filled in: things one a line, or people of the chart and others."""

    LINES = "lines"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the plan: its title on the person's page, and what is asked aloud."""

    code: str
    title: str
    ask: str
    hint: str
    kind: Kind
    needed: bool


@dataclass(frozen=True, slots=True)
class Means:
    """One thing that could be used to die, asked about plainly."""

    code: str
    title: str
    ask: str
    hint: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer; with `needs_words` it says something only together with words."""

    code: str
    words: str
    needs_words: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A number that stands on every plan."""

    name: str
    number: str
    how: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything a plan asks and says. A plan is looked at again within `look_within_days`;
    `look_first_days` is what the form offers.
    """

    parts: tuple[Part, ...]
    means: tuple[Means, ...]
    answers: tuple[Answer, ...]
    naloxone: tuple[Answer, ...]
    lines: tuple[Line, ...]
    look_within_days: int
    look_first_days: int

    @property
    def fields(self) -> frozenset[str]:
        """The names of everything that is written while a plan is made, the contacts aside."""
        means = {name for one in self.means for name in (one.code, f"{one.code}_agreed")}
        return frozenset({one.code for one in self.parts} | means | OTHER_FIELDS)


OTHER_FIELDS = frozenset(
    {
        "naloxone",
        "naloxone_date",
        "naloxone_by",
        "naloxone_shown",
        "after_hours",
        "next_look",
        "owner",
        "agreed_name",
    }
)
"""What is written beside the parts and the means."""

CONTACT = "contact:"
"""What the field that chooses a contact of the chart begins with; its id follows."""


def read_wording(table: Mapping[str, Any]) -> Wording:
    """Read the wording. Raises SafetyPlanError, naming what is wrong."""
    try:
        rules = table["rules"]
        if not rules["source"] or rules["tag"] not in TAGS or not isinstance(rules["as_of"], date):
            raise SafetyPlanError("rules: a source, a tag and a date are needed")
        made = Wording(
            parts=tuple(Part(**row | {"kind": Kind(row["kind"])}) for row in table["part"]),
            means=tuple(Means(**row) for row in table["means"]),
            answers=tuple(Answer(**row) for row in table["answer"]),
            naloxone=tuple(Answer(**row) for row in table["naloxone"]),
            lines=tuple(Line(**row) for row in table["line"]),
            look_within_days=rules["look_within_days"],
            look_first_days=rules["look_first_days"],
        )
    except (KeyError, TypeError) as wrong:
        raise SafetyPlanError(f"the wording of the safety plan: {wrong}") from wrong
    if not 1 <= made.look_first_days <= made.look_within_days:
        raise SafetyPlanError("the first look comes after a day or more, and within the longest")
    return made


# ---- a plan ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the person asks for help, as the chart knew them when the plan was signed."""

    name: str
    who: str
    phone: str


@dataclass(frozen=True, slots=True)
class MeansSaid:
    """What was answered about one of the means, and what was agreed."""

    code: str
    answer: str
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Naloxone:
    """Naloxone: whether they have it, since when, from whom, and who was shown how to use it."""

    answer: str = ""
    given_date: date | None = None
    by: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A safety plan: by part what was said, one thing a line. `owner` sees to the next look."""

    said: Mapping[str, tuple[str, ...]]
    people: tuple[Person, ...] = ()
    means: tuple[MeansSaid, ...] = ()
    naloxone: Naloxone = field(default_factory=Naloxone)
    after_hours: str = ""
    next_look: date | None = None
    owner: str = ""
    agreed_name: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to do before the plan can be signed: the field, and what to do, in words."""

    field: str
    words: str


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, trimmed."""
    return tuple(one.strip() for one in text.splitlines() if one.strip())


def missing(plan: Plan, wording: Wording, *, today: date) -> tuple[Missing, ...]:
    """What stands between this plan and a signature, in the order of the page."""
    found = [
        Missing(part.code, f"“{part.title}” is empty.")
        for part in wording.parts
        if part.needed and not _has(plan, part)
    ]
    found += _about_means(plan, wording)
    found += _about_naloxone(plan, wording, today)
    if not plan.after_hours:
        found.append(Missing("after_hours", "Say whom they reach when this program is closed."))
    found += _about_the_look(plan, wording, today)
    if not plan.agreed_name:
        said = "Read it through together, then write the name of the person who agrees to it."
        found.append(Missing("agreed_name", said))
    return tuple(found)


def _has(plan: Plan, part: Part) -> bool:
    people = part.kind is Kind.CONTACTS and bool(plan.people)
    return people or bool(plan.said.get(part.code))


def _about_means(plan: Plan, wording: Wording) -> Iterable[Missing]:
    said = {one.code: one for one in plan.means}
    known = {one.code: one for one in wording.answers}
    for one in wording.means:
        answered = said.get(one.code)
        if answered is None or answered.answer not in known:
            if one.needed:
                yield Missing(one.code, f"{one.title}: ask, and say what was answered.")
        elif known[answered.answer].needs_words and not answered.agreed:
            yield Missing(f"{one.code}_agreed", f"{one.title}: say what was agreed, or why not.")


def _about_naloxone(plan: Plan, wording: Wording, today: date) -> Iterable[Missing]:
    known = {one.code: one for one in wording.naloxone}
    said = plan.naloxone
    if said.answer not in known:
        yield Missing("naloxone", "Say how it is with naloxone.")
    elif known[said.answer].needs_words and not said.shown:
        yield Missing("naloxone_shown", "Naloxone: say who was shown how to use it.")
    if said.given_date and said.given_date > today:
        yield Missing("naloxone_date", "Naloxone: this day is still to come.")


def _about_the_look(plan: Plan, wording: Wording, today: date) -> Iterable[Missing]:
    if wrong := wrong_look(plan.next_look, wording, today=today):
        yield Missing("next_look", wrong.within(wording.look_within_days))
    if not plan.owner:
        yield Missing("owner", "Choose who sees to the next look.")


class LookDay(Enum):
    """What is wrong with the day of the next look."""

    MISSING = "Say when the plan is looked at again."
    NOT_LATER = "The next look comes after today."
    TOO_FAR = "Look at it again within {days} days."

    def within(self, days: int) -> str:
        """In words, where a look has to come within so many days."""
        return self.value.format(days=days)


def wrong_look(day: date | None, wording: Wording, *, today: date) -> LookDay | None:
    """What is wrong with the day of the next look; nothing when it can be."""
    if day is None:
        return LookDay.MISSING
    if day <= today:
        return LookDay.NOT_LATER
    return LookDay.TOO_FAR if (day - today).days > wording.look_within_days else None


def canonical(plan: Plan) -> str:
    """The one way to write a plan down: the same plan always gives the same text."""
    plain = {"version": VERSION, **asdict(plan)}
    return json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text
    )


def _as_text(value: date) -> str:
    return value.isoformat()


def read_canonical(text: str) -> Plan:
    """The plan that a signed text holds. Raises SafetyPlanError when the text is none."""
    try:
        plain = json.loads(text)
        if plain.pop("version") != VERSION:
            raise ValueError("its form is another")
        naloxone = plain["naloxone"]
        return Plan(
            **plain
            | {
                "said": {code: tuple(said) for code, said in plain["said"].items()},
                "people": tuple(Person(**one) for one in plain["people"]),
                "means": tuple(MeansSaid(**one) for one in plain["means"]),
                "naloxone": Naloxone(**naloxone | {"given_date": _day(naloxone["given_date"])}),
                "next_look": _day(plain["next_look"]),
            }
        )
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise SafetyPlanError(f"this is not a signed safety plan: {wrong}") from wrong


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# ---- whether it holds --------------------------------------------------------------------------


class Standing(Enum):
    """How a client stands with a safety plan, for whoever wants to close a concern."""

    NONE = "there is no safety plan"
    OLDER = "the safety plan is older than the concern and was not gone through since"
    LOOK_DUE = "the safety plan was to be looked at again, and was not"
    CURRENT = "the safety plan is up to date"
    DECLINED = "the person would not make one, and the reason is recorded"

    @property
    def lets_close(self) -> bool:
        """Whether a concern about danger to life may be closed upon it."""
        return self in (Standing.CURRENT, Standing.DECLINED)


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of someone's plan: when it was last gone through with them (signed or looked
    at again), the day of the next look, and when they last declined to make one.
    """

    gone_through_at: datetime | None = None
    next_look: date | None = None
    declined_at: datetime | None = None


def standing(held: Held, *, since: datetime, today: date) -> Standing:
    """How it stands with a plan for a concern that was raised at `since`.

    A plan counts when it was gone through after that and its next look has not passed. Declining
    counts when it was recorded after that.
    """
    plan = _of_the_plan(held, since, today)
    declined = held.declined_at is not None and held.declined_at >= since
    return Standing.DECLINED if declined and plan is not Standing.CURRENT else plan


def _of_the_plan(held: Held, since: datetime, today: date) -> Standing:
    if held.gone_through_at is None or held.next_look is None:
        return Standing.NONE
    if held.gone_through_at < since:
        return Standing.OLDER
    return Standing.LOOK_DUE if held.next_look < today else Standing.CURRENT
