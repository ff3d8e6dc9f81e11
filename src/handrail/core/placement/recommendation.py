"""What a recommendation says: where, why, what lower levels leave unmet, what would change it."""

from dataclasses import dataclass, field
from typing import Protocol

from handrail.core.findings import Findings
from handrail.core.levels import Care
from handrail.core.placement.packages import Package

MEETS = "meets"
FALLS_SHORT = "falls_short"
MORE_THAN_NEEDED = "more_than_needed"
ANOTHER_NEED = "another_need"

CHANGES = ("acute", "level", "facets")
"""What an open question could change, most pressing first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding that a reason rests on, in words."""

    finding: str
    says: str
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class NeedFound:
    """A need that follows from the findings, with every reason for it."""

    code: str
    name: str
    leaves_out: str
    acute: bool
    floor: bool
    areas: tuple[str, ...]
    because: tuple[str, ...]
    plain: tuple[str, ...]
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AreaFound:
    """How serious one area is, and what that rests on. `open`: a safety question there is open."""

    area: str
    severity: str
    evidence: tuple[Evidence, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range: acute places now, then a level."""

    acute: tuple[str, ...]
    level: str
    packages: tuple[Package, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Not enough is known for a lower level: this one, and an assessment before going lower."""

    level: str
    because: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one level or acute place means for this person.

    `settled` is false where an open safety question could still change the verdict.
    """

    code: str
    verdict: str
    unmet: tuple[str, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class WouldChange:
    """An open question which could change the answer, and the needs that hang on it."""

    finding: str
    question: str
    answer: str
    safety: bool
    needs: tuple[str, ...]
    changes: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """Something that cannot wait: why, for clinicians and in plain words."""

    because: tuple[str, ...]
    plain: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A rule that decided no need: an offer, a flag, or a requirement with its status."""

    id: str
    because: str
    plain: str
    source: str
    status: str = ""
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supply:
    """What is there instead when some facets cannot be had; what is indicated stays as it is."""

    without: tuple[str, ...]
    packages: tuple[Package, ...]
    gaps: tuple[str, ...]


class Why(Protocol):
    """Why a recommendation is what it is, put in words when somebody asks."""

    @property
    def areas(self) -> tuple[AreaFound, ...]:
        """The six areas of an assessment, how serious each is."""

    @property
    def needs(self) -> tuple[NeedFound, ...]:
        """The needs found, most pressing first, with every reason for them."""

    @property
    def would_change(self) -> tuple[WouldChange, ...]:
        """The open questions that could change the answer, those that matter most first."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Where a person's needs would be met, why, and what could change it.

    `level` is None while a safety question is open (then `lowest` and `highest` are the ends of
    the range), while only `at_least` is known, and outside the population. `need_codes` are the
    needs found, most pressing first. `findings` and the set's id and version are enough to replay
    it. `areas`, `needs` and `would_change` are put in words by `why` once they are asked for.
    """

    criteria: tuple[str, str]
    outside: str
    emergency: Emergency | None
    acute: tuple[str, ...]
    level: str | None
    at_least: AtLeast | None
    lowest: End | None
    highest: End | None
    provisional: bool
    packages: tuple[Package, ...]
    supply: Supply | None
    need_codes: tuple[str, ...]
    possible_needs: tuple[str, ...]
    levels: tuple[Verdict, ...]
    pathway: tuple[str, ...]
    offers: tuple[Note, ...]
    requirements: tuple[Note, ...]
    flags: tuple[Note, ...]
    findings: Findings
    care: Care
    why: Why = field(repr=False, compare=False)

    @property
    def areas(self) -> tuple[AreaFound, ...]:
        """How serious each area is, and what that rests on."""
        return self.why.areas

    @property
    def needs(self) -> tuple[NeedFound, ...]:
        """The needs found, most pressing first, with every reason for them."""
        return self.why.needs

    @property
    def would_change(self) -> tuple[WouldChange, ...]:
        """The open questions that could change the answer, those that matter most first."""
        return self.why.would_change
