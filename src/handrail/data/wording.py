"""Wording of the reading pages that is data: the glossary, and what an IOP course is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from handrail.data import read_table
from handrail.data.languages import ENGLISH


@dataclass(frozen=True, slots=True)
class Term:
    """A word or acronym that a person or family meets, and what it means in plain words."""

    word: str
    meaning: str
    stands_for: str = ""

    @property
    def anchor(self) -> str:
        """The term's place on the glossary page, for a link."""
        kept = (sign if sign.isalnum() else "-" for sign in self.word.lower())
        return "-".join(part for part in "".join(kept).split("-") if part)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a session: its name, minutes, what happens in it, and whether it is a rest."""

    name: str
    minutes: int
    plain: str
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact on a page comes from.

    `name` stands beside the fact; `tag` tells how it was checked: S seen in the source, M from
    memory of it.
    """

    id: str
    text: str
    name: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """A life that is known in one thing only, to hold against it what someone asks for."""

    key: str
    says: str
    findings: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Course:
    """The standard intensive outpatient course: its sessions, one session's parts, what to ask."""

    sessions: int
    hours: int
    times_a_week: int
    weeks: int
    segments: tuple[Segment, ...]
    questions: tuple[str, ...]
    sources: tuple[Source, ...]


@cache
def glossary(language: str = ENGLISH) -> tuple[Term, ...]:
    """Every term of the glossary, in the order of the alphabet, numbers first."""
    terms = (Term(**row) for row in read_table("glossary.toml", language)["term"])
    return tuple(sorted(terms, key=lambda term: _in_order(term.word)))


def _in_order(word: str) -> str:
    """A word as dictionaries sort it: accents and case do not count."""
    return normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


@cache
def situations(language: str = ENGLISH) -> tuple[Situation, ...]:
    """The situations that the page "They want less" tells of without a check."""
    return tuple(Situation(**row) for row in read_table("pages/less.toml", language)["situation"])


@cache
def sources(page: str, language: str = ENGLISH) -> tuple[Source, ...]:
    """Where the facts of a page come from, by the name of its file: less, refuse."""
    return tuple(Source(**row) for row in read_table(f"pages/{page}.toml", language)["source"])


@cache
def iop_course(language: str = ENGLISH) -> Course:
    """The standard IOP course: 24 sessions of three hours.

    Raises ValueError when the parts of a session do not add up to its length, or the sessions
    to the weeks.
    """
    table = read_table("pages/iop.toml", language)
    course = Course(
        sessions=table["sessions"],
        hours=table["hours"],
        times_a_week=table["times_a_week"],
        weeks=table["weeks"],
        segments=tuple(Segment(**row) for row in table["segment"]),
        questions=tuple(row["text"] for row in table["question"]),
        sources=tuple(Source(**row) for row in table["source"]),
    )
    if sum(segment.minutes for segment in course.segments) != course.hours * 60:
        raise ValueError("pages/iop.toml: the segments do not add up to the hours of a session")
    if course.times_a_week * course.weeks != course.sessions:
        raise ValueError("pages/iop.toml: the weeks do not add up to the sessions")
    return course


def glossary_document() -> str:
    """The glossary as the document docs/glossary.md."""
    lines = ["# Glossary", "", "What the words on the way to care mean, in plain language.", ""]
    for term in glossary():
        also = f" ({term.stands_for})" if term.stands_for else ""
        lines.append(f"- **{term.word}**{also}: {term.meaning}")
    return "\n".join(lines) + "\n"
