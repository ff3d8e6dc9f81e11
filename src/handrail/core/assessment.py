"""The assessment: what it asks, what is still missing, and the text that is signed.

Headings and prompts are data (data/assessment.toml). Results of licensed instruments are recorded
as facts, with the edition they belong to; none of their text is.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from handrail.core.course.templates import TAGS

VERSION = "handrail-assessment-1"
"""Stands in every signed assessment, so that it can be read when its form has changed."""


class AssessmentError(ValueError):
    """The wording or a kept assessment cannot be read; the message says what was expected."""


# ---- the wording -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is written: its heading, prompts for the clinician, how tall its box is."""

    code: str
    title: str
    ask: str
    needed: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and words: a substance, or a thing asked about each of them."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class BaselineItem:
    """One thing of the medical baseline, with the states that it can be in: code and words."""

    kind: str
    title: str
    ask: str
    note: str
    needed: bool
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """An outside instrument or set of criteria whose results are recorded. Without `editions`
    the edition is typed. `least` and `most` bound a result that is a number alone.
    """

    code: str
    name: str
    editions: tuple[str, ...]
    what: str
    longest: int
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything an assessment asks. It is due by the end of the `due_session_days`th day on
    which a session was given; `due_source` says where that number comes from.
    """

    parts: tuple[Part, ...]
    substances: tuple[Named, ...]
    use: tuple[Named, ...]
    baseline: tuple[BaselineItem, ...]
    schemes: tuple[Scheme, ...]
    due_session_days: int
    due_source: str

    @property
    def fields(self) -> frozenset[str]:
        """The names of everything that is written as one types."""
        use = {use_field(one.code, each.code) for one in self.substances for each in self.use}
        return frozenset({one.code for one in self.parts} | use)


def use_field(substance: str, what: str) -> str:
    """The name of the field that says this about a substance."""
    return f"use.{substance}.{what}"


def read_wording(table: Mapping[str, Any]) -> Wording:
    """Read the wording. Raises AssessmentError, naming what is wrong."""
    try:
        due = table["due"]
        if not due["source"] or due["tag"] not in TAGS or not isinstance(due["as_of"], date):
            raise AssessmentError("due: a source, a tag and a date are needed")
        return Wording(
            parts=tuple(Part(**row) for row in table["part"]),
            substances=tuple(Named(row["code"], row["name"]) for row in table["substance"]),
            use=tuple(Named(**row) for row in table["use"]),
            baseline=tuple(
                BaselineItem(**row | {"states": tuple((a, b) for a, b in row["states"])})
                for row in table["baseline"]
            ),
            schemes=tuple(
                Scheme(**row | {"editions": tuple(row["editions"])}) for row in table["scheme"]
            ),
            due_session_days=due["session_days"],
            due_source=due["source"],
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise AssessmentError(f"the wording of the assessment: {wrong}") from wrong


# ---- an assessment -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """What was said about one substance, by what was asked."""

    substance: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FindingSaid:
    """A finding as it stood when the assessment was signed: its words and what it rests on."""

    code: str
    said: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Content:
    """An assessment as it is signed. The lists are what the chart held at that moment, in words."""

    said: Mapping[str, str]
    use: tuple[Use, ...] = ()
    diagnoses: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    baseline: tuple[tuple[str, str], ...] = ()
    emergency_contacts: tuple[str, ...] = ()
    professionals: tuple[str, ...] = ()
    findings: tuple[FindingSaid, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to do before the assessment can be signed: where, and what, in words."""

    where: str
    words: str


def content_of(texts: Mapping[str, str], wording: Wording, **lists: Any) -> Content:
    """The assessment that the texts of a draft and the lists of the chart make."""
    use = []
    for one in wording.substances:
        said = {
            each.code: text
            for each in wording.use
            if (text := texts.get(use_field(one.code, each.code), "").strip())
        }
        if said:
            use.append(Use(one.code, said))
    said = {one.code: texts.get(one.code, "").strip() for one in wording.parts}
    return Content(
        said={code: text for code, text in said.items() if text}, use=tuple(use), **lists
    )


def missing(
    content: Content,
    wording: Wording,
    *,
    baseline_known: Collection[str],
    safety_open: Sequence[str],
) -> tuple[Missing, ...]:
    """What stands between this assessment and a signature, in the order of the page.

    `baseline_known` are kinds with a state; `safety_open` the labels of findings about safety
    that have no known answer. A refusal is an answer.
    """
    return (
        *_parts_missing(content, wording),
        *_lists_missing(content),
        *(
            Missing(f"baseline.{one.kind}", f"{one.title}: not recorded yet.")
            for one in wording.baseline
            if one.needed and one.kind not in baseline_known
        ),
        *_safety_missing(safety_open),
    )


def _safety_missing(labels: Sequence[str]) -> Iterable[Missing]:
    """One line for all of them: they are asked on one page, and a wall of lines hides the rest."""
    if len(labels) == 1:
        yield Missing("findings", f"Safety, not asked yet: {labels[0]}.")
    elif labels:
        said = f"Safety: {len(labels)} questions not asked yet, first of them: {labels[0]}."
        yield Missing("findings", said)


def _parts_missing(content: Content, wording: Wording) -> Iterable[Missing]:
    for one in wording.parts:
        if one.needed and not content.said.get(one.code):
            yield Missing(one.code, f"“{one.title}” is empty.")
    if not content.use:
        yield Missing("use", "Say for at least one substance how much and when last.")
    names = {one.code: one.words for one in wording.substances}
    for use in content.use:
        if not use.said.get("last"):
            said = f"{names[use.substance]}: say when it was used last."
            yield Missing(use_field(use.substance, "last"), said)


def _lists_missing(content: Content) -> Iterable[Missing]:
    if not content.diagnoses:
        yield Missing("diagnoses", "No diagnosis stands on the list.")
    if not content.allergies:
        yield Missing("allergies", "Ask about allergies, and record them or that there are none.")
    if not content.emergency_contacts:
        yield Missing("contacts", "Nobody is recorded who may be told in an emergency.")


def canonical(content: Content) -> str:
    """The one way to write an assessment down: the same content always gives the same text."""
    plain = {"version": VERSION, **asdict(content)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_canonical(text: str) -> Content:
    """The assessment that a signed text holds. Raises AssessmentError when the text is none."""
    try:
        plain = json.loads(text)
        if plain.pop("version") != VERSION:
            raise ValueError("its form is another")
        lists = ("diagnoses", "medicines", "allergies", "emergency_contacts", "professionals")
        return Content(
            **plain
            | {name: tuple(plain[name]) for name in (*lists, "results")}
            | {
                "use": tuple(Use(**one) for one in plain["use"]),
                "baseline": tuple((title, said) for title, said in plain["baseline"]),
                "findings": tuple(FindingSaid(**one) for one in plain["findings"]),
            }
        )
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise AssessmentError(f"this is not a signed assessment: {wrong}") from wrong
