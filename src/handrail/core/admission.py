"""Admitting someone: what has to be there first, which track fits, and whom we call when.

Nothing here decides for anyone. It says what is done and what is not, and for each track why it
fits or why it does not.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

ADULT_AT = 18


class Code(StrEnum):
    """What is looked at before someone is admitted, in the order in which it is shown."""

    NOTICE = "notice"
    CONSENT = "consent"
    RECOMMENDATION = "recommendation"
    AGREEMENT = "agreement"
    SAFETY_PLAN = "safety_plan"
    CONTACT = "contact"
    COVERAGE = "coverage"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on file about someone on the day they are admitted.

    `notice` is that the notice of confidentiality was given: acknowledged, or the refusal to sign
    written down. `agreed` None: there is nothing yet to agree about.
    """

    notice: bool
    consent: bool
    recommended: bool
    agreed: bool | None
    at_risk: bool
    safety_plan: bool
    contact: bool
    coverage: bool
    age: int


@dataclass(frozen=True, slots=True)
class Point:
    """One thing of the list. Where it is not done, a `blocking` one stands in the way, and any
    other is confirmed by whoever admits.
    """

    code: Code
    words: str
    done: bool
    blocking: bool = False


def checklist(facts: Facts) -> tuple[Point, ...]:
    """What is there and what is not, always in the same order. Source: 42 CFR 2.22 (the notice)."""
    points = [
        _notice(facts),
        _either(
            Code.CONSENT,
            facts.consent,
            "Consent for treatment, payment and operations is signed",
            "No consent for treatment, payment and operations: nothing can be billed or sent",
        ),
        _either(
            Code.RECOMMENDATION,
            facts.recommended,
            "A recommendation is on file",
            "No recommendation is on file",
        ),
    ]
    if facts.agreed is not None:
        points.append(
            _either(
                Code.AGREEMENT,
                facts.agreed,
                "What is agreed is written down",
                "No agreement about the level of care is on file",
            )
        )
    if facts.at_risk:
        points.append(
            _either(
                Code.SAFETY_PLAN,
                facts.safety_plan,
                "A concern of risk is open, and there is a safety plan",
                "A concern of risk is open, and there is no safety plan",
            )
        )
    return (*points, *_the_rest(facts))


def in_the_way(points: Iterable[Point]) -> tuple[Point, ...]:
    """What has to be done before anyone can be admitted."""
    return tuple(one for one in points if one.blocking and not one.done)


def to_confirm(points: Iterable[Point]) -> tuple[Point, ...]:
    """What is open and has to be confirmed by whoever admits."""
    return tuple(one for one in points if not one.blocking and not one.done)


def _notice(facts: Facts) -> Point:
    words = (
        "The notice of confidentiality was given"
        if facts.notice
        else "Give the notice of confidentiality first, and keep the acknowledgment or why it was"
        " not signed"
    )
    return Point(Code.NOTICE, words, facts.notice, blocking=True)


def _the_rest(facts: Facts) -> tuple[Point, ...]:
    return (
        _either(
            Code.CONTACT,
            facts.contact,
            "There is someone to call in an emergency",
            "There is nobody to call in an emergency",
        ),
        _either(
            Code.COVERAGE,
            facts.coverage,
            "Coverage is on file",
            "No coverage is on file: they pay themself, or somebody asks",
        ),
        _either(
            Code.AGE,
            facts.age >= ADULT_AT,
            "They are an adult",
            f"They are {facts.age}: the law for minors applies, and a parent may have to sign",
        ),
    )


def _either(code: Code, done: bool, there: str, missing: str) -> Point:  # noqa: FBT001 a fact
    return Point(code, there if done else missing, done)


# ---- which track fits --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Weekly:
    """A time of the week: the day (0 is Monday), minutes from midnight, the end not included."""

    day: int
    start: int
    end: int

    def overlaps(self, other: "Weekly") -> bool:
        """Whether nobody could be at both from start to end."""
        return self.day == other.day and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom a track is looked for. Empty words leave a thing open.

    `levels` are the codes of care that are recommended or agreed; `apart` the keys of those whom
    they must not meet, clients and colleagues.
    """

    levels: frozenset[str] = frozenset()
    busy: tuple[Weekly, ...] = ()
    modality: str = ""
    language: str = ""
    age: int | None = None
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """A track as it is from the first day on: when it meets, and who is expected at it.

    `free` is the smallest number of seats of any session to come; None is no limit. Without
    published languages or ages, nothing is said against either.
    """

    key: str
    name: str
    level: str
    meets: tuple[Weekly, ...]
    planned: int
    free: int | None
    modality: str
    people: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    ages_from: int | None = None
    ages_to: int | None = None


class Against(StrEnum):
    """What speaks against a track, the hardest first."""

    APART = "Someone whom they must not meet would be there"
    NO_SESSIONS = "No session is on the calendar from that day on"
    FULL = "No seat is free"
    LEVEL = "It is for another level of care"
    AGE = "It is for another age"
    BUSY = "It meets when they cannot come"
    MODALITY = "It does not meet the way they want"
    LANGUAGE = "It is not held in their language"

    @property
    def bars(self) -> bool:
        """Whether nobody can be admitted to it, whoever confirms what."""
        return self in (Against.APART, Against.NO_SESSIONS, Against.FULL)


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a track fits a person, and why not. `clashes` are its times when they are busy."""

    group: Group
    against: tuple[Against, ...]
    clashes: tuple[Weekly, ...] = ()

    @property
    def fits(self) -> bool:
        """Nothing speaks against it."""
        return not self.against

    @property
    def possible(self) -> bool:
        """Nothing bars it: whoever admits may choose it with their eyes open."""
        return not any(one.bars for one in self.against)


def fits_of(wish: Wish, groups: Iterable[Group]) -> tuple[Fit, ...]:
    """Every track with what speaks against it: those that fit first, the barred ones last.

    The order does not depend on the order of the tracks given.
    """
    return tuple(sorted((fit(wish, one) for one in groups), key=_in_order))


def fit(wish: Wish, group: Group) -> Fit:
    """Whether one track fits, and everything that speaks against it."""
    clashes = clashes_of(wish.busy, group.meets)
    says = {
        Against.APART: bool(wish.apart & group.people),
        Against.NO_SESSIONS: group.planned == 0,
        Against.FULL: group.free is not None and group.free <= 0,
        Against.LEVEL: bool(wish.levels) and group.level not in wish.levels,
        Against.AGE: not _of_age(wish.age, group),
        Against.BUSY: bool(clashes),
        Against.MODALITY: not _meets_as(wish.modality, group.modality),
        Against.LANGUAGE: not _speaks(wish.language, group.languages),
    }
    return Fit(group, tuple(one for one in Against if says[one]), clashes)


def clashes_of(busy: Collection[Weekly], meets: Iterable[Weekly]) -> tuple[Weekly, ...]:
    """The times of a track at which someone is busy, in order."""
    return tuple(sorted(one for one in meets if any(one.overlaps(other) for other in busy)))


def _of_age(age: int | None, group: Group) -> bool:
    if age is None:
        return True
    old_enough = group.ages_from is None or group.ages_from <= age
    return old_enough and (group.ages_to is None or age <= group.ages_to)


def _meets_as(wanted: str, meets: str) -> bool:
    """Whoever wants a room or online can come to a mixed one."""
    return wanted in ("", meets) or meets == "mixed"


def _speaks(wanted: str, languages: Collection[str]) -> bool:
    if not wanted or not languages:
        return True
    return wanted.casefold() in {one.casefold() for one in languages}


def _in_order(one: Fit) -> tuple[bool, int, tuple[int, ...], str, str]:
    ranks = tuple(sorted(list(Against).index(each) for each in one.against))
    return not one.possible, len(one.against), ranks, one.group.name.casefold(), one.group.key


# ---- the first days ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstContactRule:
    """A contact so many days after the first session, or before it when negative."""

    days: int
    why: str


@dataclass(frozen=True, slots=True, order=True)
class FirstContactDay:
    """A day on which somebody gets in touch with whoever is new, and what for."""

    on: date
    why: str


def read_first_contacts(table: Mapping[str, Any]) -> tuple[FirstContactRule, ...]:
    """The rules from the parsed data file."""
    return tuple(FirstContactRule(int(one["days"]), str(one["why"])) for one in table["contact"])


def first_contacts(
    first_session: date, today: date, rules: Iterable[FirstContactRule]
) -> tuple[FirstContactDay, ...]:
    """The days to get in touch, in order. What would be over already is due today."""
    days = (
        FirstContactDay(max(first_session + timedelta(days=one.days), today), one.why)
        for one in rules
    )
    return tuple(sorted(days))
