"""The form of findings: one line for each fact that a criteria set reads, by area, safety first."""

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.core.findings import Area, Definition, Finding, Open
from handrail.core.placement.criteria import CriteriaSet

ANSWER, EVIDENCE = "f-", "e-"
"""What the names of the form's fields begin with."""

_AREA_WORDS = {
    Area.PERSON: "The person",
    Area.WITHDRAWAL: "Withdrawal",
    Area.BODY: "Body",
    Area.MIND: "Mind",
    Area.READINESS: "Readiness",
    Area.USE: "Use",
    Area.SURROUNDINGS: "Surroundings",
}
_OPEN = (
    ("", "not asked"),
    (Open.UNKNOWN.value, "not known"),
    (Open.REFUSED.value, "rather not say"),
)
_RAW_OPEN = {Open.UNKNOWN.value: "unknown", Open.REFUSED.value: "refused"}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of the form. `options` are (value, words); none of them means a number."""

    code: str
    label: str
    note: str
    unit: str
    safety: bool
    options: tuple[tuple[str, str], ...]
    answer: str
    evidence: str
    problem: str


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of one area, and how many of them have an answer."""

    area: str
    words: str
    answered: int
    lines: tuple[Line, ...]


def parts(
    criteria: CriteriaSet, typed: Mapping[str, str], problems: Mapping[str, str]
) -> tuple[Part, ...]:
    """The form for what one criteria set reads, holding what was typed."""
    reads = criteria.vocabulary.reads
    made = []
    for area in Area:
        found = [d for code, d in criteria.catalogue.items() if d.area is area and code in reads]
        lines = tuple(
            _line(each, typed, problems)
            for each in sorted(found, key=lambda each: not each.safety_critical)
        )
        if lines:
            answered = sum(bool(each.answer) for each in lines)
            made.append(Part(area.value, _AREA_WORDS[area], answered, lines))
    return tuple(made)


def typed_from(findings: Mapping[str, Finding]) -> dict[str, str]:
    """What the form holds when it begins with findings that are known already."""
    typed = {}
    for code, finding in findings.items():
        typed[ANSWER + code] = _typed(finding)
        typed[EVIDENCE + code] = finding.evidence
    return typed


def read(
    typed: Mapping[str, str], criteria: CriteriaSet
) -> tuple[dict[str, object], dict[str, str]]:
    """The answers typed, as findings are stated; and what is wrong, by code."""
    stated: dict[str, object] = {}
    problems: dict[str, str] = {}
    for code, definition in criteria.catalogue.items():
        text = typed.get(ANSWER + code, "").strip()
        if not text:
            continue
        raw = _raw(definition, text)
        try:
            definition.read(raw)
        except ValueError:
            problems[code] = f"Write {definition.expected()}."
            continue
        stated[code] = {"value": raw, "evidence": typed.get(EVIDENCE + code, "").strip()}
    return stated, problems


def _line(definition: Definition, typed: Mapping[str, str], problems: Mapping[str, str]) -> Line:
    return Line(
        code=definition.code,
        label=definition.label,
        note=definition.note,
        unit=definition.unit,
        safety=definition.safety_critical,
        options=_options(definition),
        answer=typed.get(ANSWER + definition.code, ""),
        evidence=typed.get(EVIDENCE + definition.code, ""),
        problem=problems.get(definition.code, ""),
    )


def _options(definition: Definition) -> tuple[tuple[str, str], ...]:
    if definition.type == "yes_no":
        return (_OPEN[0], ("yes", "yes"), ("no", "no"), *_OPEN[1:])
    if definition.type == "choice":
        choices = tuple((one, one.replace("_", " ")) for one in definition.values)
        return (_OPEN[0], *choices, *_OPEN[1:])
    return ()


def _typed(finding: Finding) -> str:
    if isinstance(finding.answer, Open):
        return finding.answer.value if finding.answer is not Open.NOT_ASKED else ""
    if isinstance(finding.answer, bool):
        return "yes" if finding.answer else "no"
    return f"{finding.answer:g}" if isinstance(finding.answer, int | float) else finding.answer


def _raw(definition: Definition, text: str) -> object:
    if text in _RAW_OPEN:
        return _RAW_OPEN[text]
    if definition.type == "yes_no":
        return {"yes": True, "no": False}.get(text, text)
    if definition.type == "choice":
        return text
    try:
        return float(text.replace(",", ".")) if "." in text or "," in text else int(text)
    except ValueError:
        return text
