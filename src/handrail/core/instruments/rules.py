"""What a scoring definition can say: sums, bands, flags, findings, and how answers are counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.core.instruments.shapes import Number


@dataclass(frozen=True, slots=True)
class Condition:
    """When something follows: a test on answers, on a subscale or on the total."""

    items: tuple[str, ...]
    scale: str | None
    at_least: Number | None
    at_most: Number | None
    answer: str | None
    every: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of a score, both ends included."""

    lowest: Number
    highest: Number
    name: str


@dataclass(frozen=True, slots=True)
class Proration:
    """A published rule for a scale with a few answers missing: mean of the rest, rounded."""

    max_missing: int
    source: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A sum of questions: the total of an instrument or one of its subscales."""

    name: str
    items: tuple[str, ...]
    stored_as: tuple[str, ...]
    finding: str
    bands: tuple[Band, ...]
    proration: Proration | None


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A warning that some answer or score raises, for the person and for the clinician."""

    code: str
    when: Condition
    urgent: bool
    plain: str
    clinician: str


@dataclass(frozen=True, slots=True)
class FindingRule:
    """A finding that follows from answers; of several for one code, the first that holds counts."""

    code: str
    when: Condition
    value: str | bool | Number | None


@dataclass(frozen=True, slots=True)
class SkipRule:
    """Questions that the instrument itself leaves out after certain answers."""

    items: tuple[str, ...]
    when: Condition
    value: Number | None


@dataclass(frozen=True, slots=True)
class MislabelRule:
    """A label known to be put on the wrong question in files met in practice."""

    found: str
    instead_of: str
    plain: str


@dataclass(frozen=True, slots=True)
class PointGroup:
    """A range of a counted answer (days, for instance) and the points it is worth."""

    lowest: Number
    highest: Number
    points: Number


@dataclass(frozen=True, slots=True)
class License:
    """What may be done with the wording, who says so, and whether every word was checked."""

    holder: str
    terms: str
    source: str
    wording_verified: bool
    wording_note: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """Everything the scoring definition of one instrument says."""

    id: str
    title: str
    total: Scale | None
    subscales: tuple[Scale, ...]
    flags: tuple[FlagRule, ...]
    findings: tuple[FindingRule, ...]
    skips: tuple[SkipRule, ...]
    mislabels: tuple[MislabelRule, ...]
    aliases: Mapping[str, str]
    values: Mapping[str, Number]
    points: Mapping[str, tuple[PointGroup, ...]]
    safety_items: tuple[str, ...]
    also_asked: tuple[str, ...]
    cautions: tuple[str, ...]
    match_codes: tuple[str, ...]
    match_urls: tuple[str, ...]
    source: str
    license: License

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The total, when there is one, and the subscales."""
        return (() if self.total is None else (self.total,)) + self.subscales
