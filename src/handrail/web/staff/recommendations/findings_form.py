"""The form of findings: one line for each fact that a criteria set reads, by area, safety first."""

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.core.findings import OPEN_WORDS, Area, Definition, Finding, Open
from handrail.core.placement.criteria import CriteriaSet
from handrail.web.staff.clients import words

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
    (Open.UNKNOWN.value, OPEN_WORDS[Open.UNKNOWN]),
    (Open.REFUSED.value, OPEN_WORDS[Open.REFUSED]),
)
_RAW_OPEN = {
    written: one.value
    for one in (Open.UNKNOWN, Open.REFUSED)
    for written in (one.value, OPEN_WORDS[one])
}


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

    @property
    def first(self) -> bool:
        """Whether it is about safety or holds something."""
        return self.safety or bool(self.answer or self.evidence or self.problem)


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of one area, and how many of them have an answer.

    `lines` are about safety or hold something; `further` are the others, folded away.
    """

    area: str
    words: str
    answered: int
    lines: tuple[Line, ...]
    further: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """Whether it is shown at once: safety is asked about here, or something is answered."""
        return bool(self.lines)

    @property
    def asked(self) -> int:
        """How many questions it has."""
        return len(self.lines) + len(self.further)


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
            first = tuple(each for each in lines if each.first)
            further = tuple(each for each in lines if not each.first)
            made.append(Part(area.value, _AREA_WORDS[area], answered, first, further))
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
            problems[code] = f"Write {_expected(definition)}."
            continue
        if definition.unit == "years" and isinstance(raw, float):
            problems[code] = "Write whole years, for example 36."
            continue
        stated[code] = {"value": raw, "evidence": typed.get(EVIDENCE + code, "").strip()}
    return stated, problems


def _expected(definition: Definition) -> str:
    if definition.type != "number":
        return "one of the answers of the list"
    limits = f"a number from {definition.minimum:g} to {definition.maximum:g}"
    return f"{limits} ({definition.unit}), or not known, or rather not say"


def _line(definition: Definition, typed: Mapping[str, str], problems: Mapping[str, str]) -> Line:
    answer = typed.get(ANSWER + definition.code, "")
    if definition.type == "number" and answer in _RAW_OPEN:
        answer = OPEN_WORDS[Open(_RAW_OPEN[answer])]
    return Line(
        code=definition.code,
        label=definition.label,
        note=definition.note,
        unit=definition.unit,
        safety=definition.safety_critical,
        options=_options(definition),
        answer=answer,
        evidence=typed.get(EVIDENCE + definition.code, ""),
        problem=problems.get(definition.code, ""),
    )


def _options(definition: Definition) -> tuple[tuple[str, str], ...]:
    if definition.type == "yes_no":
        return (_OPEN[0], ("yes", "yes"), ("no", "no"), *_OPEN[1:])
    if definition.type == "choice":
        choices = tuple((one, _choice(one)) for one in definition.values)
        return (_OPEN[0], *choices, *_OPEN[1:])
    return ()


def _choice(value: str) -> str:
    """A choice in words; a level of care by its short and its whole name."""
    short, name = words.level_short(value), words.level_long(value)
    if name == value:
        return value.replace("_", " ")
    return name if short == name else f"{short}: {name}"


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
