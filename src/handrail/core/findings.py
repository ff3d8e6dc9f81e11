"""Findings: coded facts about a person, and what their answers may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeAlias


class Area(Enum):
    """The areas of a person's life that an assessment looks at, in the order it looks."""

    PERSON = "person"
    WITHDRAWAL = "withdrawal"
    BODY = "body"
    MIND = "mind"
    READINESS = "readiness"
    USE = "use"
    SURROUNDINGS = "surroundings"


class Kind(Enum):
    """What a finding does: a danger asks for care, a protection lets less care be enough."""

    DANGER = "danger"
    PROTECTION = "protection"
    CONSTRAINT = "constraint"


class Open(Enum):
    """A question without a known answer: refused, not known to whoever was asked, not asked."""

    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_ASKED = "not asked"

    __hash__ = object.__hash__  # each is itself alone; an Enum would hash its name every time


Answer: TypeAlias = bool | int | float | str | Open


NOT_MENTIONED = "not mentioned"
"""What a finding rests on that the file of a past case never speaks of."""


class FindingError(ValueError):
    """An answer that the catalogue does not allow; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One question of the catalogue: what is asked, what may be answered and what it means.

    `values` lists the choices of a choice, best first. `minimum`, `maximum` and `unit` belong to
    a number, whose danger grows toward `worse` ("higher" or "lower"). `measured` marks scores,
    vital signs and details of a record: where none was taken, none is asked for. `parts` are the
    codes of finer questions which together answer this one. What is `rare` is asked after the rest.
    """

    code: str
    area: Area
    kind: Kind
    type: str
    safety_critical: bool
    label: str
    question: str
    note: str = ""
    measured: bool = False
    values: tuple[str, ...] = ()
    unit: str = ""
    minimum: float = 0
    maximum: float = 0
    worse: str = "higher"
    parts: tuple[str, ...] = ()
    rare: bool = False

    def expected(self) -> str:
        """Say in plain words which answers this question takes."""
        if self.type == "yes_no":
            given = "true or false"
        elif self.type == "choice":
            given = "one of " + ", ".join(f'"{value}"' for value in self.values)
        else:
            given = f"a number from {self.minimum:g} to {self.maximum:g} ({self.unit})"
        return given + ', or "refused", "unknown" or null'

    @property
    def no(self) -> Answer:
        """The answer that there is none of it, whatever the type."""
        return "none" if "none" in self.values else False

    @property
    def best(self) -> Answer:
        """The answer that worries least: no, or the first of the choices."""
        return self.values[0] if self.values else False

    def read(self, raw: object) -> Answer:
        """Turn what a file says into an answer.

        Raises FindingError, naming the code and what was expected.
        """
        if raw is None:
            return Open.NOT_ASKED
        if raw in ("refused", "unknown"):
            return Open(raw)
        if raw is False and self.no == "none":
            return self.no
        if self._allows(raw):
            return raw  # type: ignore[return-value]
        raise FindingError(f"finding {self.code}: got {raw!r}, expected {self.expected()}")

    def _allows(self, raw: object) -> bool:
        if self.type == "yes_no":
            return isinstance(raw, bool)
        if self.type == "choice":
            return raw in self.values
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
        return is_number and self.minimum <= raw <= self.maximum  # type: ignore[operator]

    def say(self, answer: Answer) -> str:
        """Put an answer in words, for evidence: "CIWA-Ar score: 16 points"."""
        if isinstance(answer, Open):
            return f"{self.label}: {OPEN_WORDS[answer]}"
        if isinstance(answer, bool):
            return self.label if answer else f"{self.label}: no"
        if isinstance(answer, str):
            return f"{self.label}: {answer.replace('_', ' ')}"
        return f"{self.label}: {answer:g} {self.unit}".rstrip()


OPEN_WORDS = {
    Open.REFUSED: "rather not say",
    Open.UNKNOWN: "not known",
    Open.NOT_ASKED: "not asked",
}
"""The same words for an open question wherever staff read it."""


SAID_BY = ("client", "family", "clinician", "program", "insurer", "record")
"""Whose word a finding rests on; a record that names nobody is the last."""

CERTAINTIES = ("stated", "probable", "feared", "disputed")
"""How sure whoever says it is. Disputed: another party in the same file says the opposite."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A coded fact about a person, with the words or document that it rests on.

    `said_by` is one of SAID_BY and `certainty` one of CERTAINTIES, where the file says so.
    """

    code: str
    answer: Answer
    evidence: str = ""
    said_by: str = ""
    certainty: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it is only the insurer's word, or less than stated as a fact."""
        return self.said_by == "insurer" or self.certainty not in ("", "stated")


Findings: TypeAlias = Mapping[str, Finding]
Catalogue: TypeAlias = Mapping[str, Definition]


def read_catalogue(rows: Iterable[Mapping[str, Any]]) -> dict[str, Definition]:
    """Read the catalogue of findings from its rows, in the order they are asked.

    Raises FindingError, naming the row and the field that is wrong.
    """
    catalogue: dict[str, Definition] = {}
    for row in rows:
        definition = _read_definition(row)
        if definition.code in catalogue:
            raise FindingError(f"finding {definition.code}: listed twice")
        catalogue[definition.code] = definition
    for whole in catalogue.values():
        for part in whole.parts:
            if part not in catalogue or catalogue[part].type != "yes_no":
                raise FindingError(f"finding {whole.code}: part {part} is no yes-or-no question")
    return catalogue


def _read_definition(row: Mapping[str, Any]) -> Definition:
    fields = dict(row)
    code = fields.get("code", "without a code")
    try:
        definition = Definition(
            area=Area(fields.pop("area")),
            kind=Kind(fields.pop("kind")),
            values=tuple(fields.pop("values", ())),
            parts=tuple(fields.pop("parts", ())),
            minimum=fields.pop("min", 0),
            maximum=fields.pop("max", 0),
            safety_critical=fields.pop("safety_critical", False),
            **fields,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise FindingError(f"finding {code}: {wrong}") from wrong
    if definition.type not in ("yes_no", "choice", "number"):
        raise FindingError(f"finding {code}: type {definition.type!r} is not known")
    if definition.worse not in ("higher", "lower"):
        raise FindingError(f"finding {code}: worse must be higher or lower")
    if (definition.type == "choice") != bool(definition.values):
        raise FindingError(f"finding {code}: values belong to a choice, and a choice has some")
    if definition.type != "yes_no" and definition.kind is Kind.PROTECTION:
        raise FindingError(f"finding {code}: a protection is answered yes or no")
    return definition


def read_findings(answers: Mapping[str, object], catalogue: Catalogue) -> dict[str, Finding]:
    """Read a person's answers, code by code, as a file states them.

    Raises FindingError for a code that is not in the catalogue or an answer it does not allow.
    """
    findings = {}
    for code, raw in answers.items():
        if code not in catalogue:
            raise FindingError(f"finding {code}: not in the catalogue (see: handrail findings)")
        findings[code] = Finding(code, catalogue[code].read(raw))
    return findings


def read_stated(stated: Mapping[str, object], catalogue: Catalogue) -> dict[str, Finding]:
    """Read findings as a file or a record states them: an answer, or an answer with its evidence.

    Beside its evidence an answer may say whose word it is and how sure they are. Raises
    FindingError, naming the code and what was expected.
    """
    findings = {}
    for code, raw in stated.items():
        told: Mapping[str, object] = raw if isinstance(raw, Mapping) else {"value": raw}
        if set(told) - {"value", "evidence", "said_by", "certainty"} or "value" not in told:
            raise FindingError(f'finding {code}: expected {{"value": …, "evidence": "…"}}')
        if code not in catalogue:
            raise FindingError(f"finding {code}: not in the catalogue (see: handrail findings)")
        findings[code] = Finding(
            code,
            catalogue[code].read(told["value"]),
            str(told.get("evidence", "")),
            _one_of(told, "said_by", SAID_BY, code),
            _one_of(told, "certainty", CERTAINTIES, code),
        )
    return findings


def _one_of(told: Mapping[str, object], name: str, allowed: tuple[str, ...], code: str) -> str:
    value = told.get(name, "")
    if value not in ("", *allowed):
        expected = ", ".join(allowed)
        raise FindingError(f"finding {code}: {name}: got {value!r}, expected one of {expected}")
    return str(value)


def weighed(findings: Findings, catalogue: Catalogue) -> dict[str, Finding]:
    """Take a reassuring answer that is doubtful as not known; a worrying one counts as it is.

    An insurer's "no danger", or a support that is only hoped for, protects nobody.
    """
    return {
        code: replace(one, answer=Open.UNKNOWN)
        if one.doubtful and _reassures(catalogue[code], one.answer)
        else one
        for code, one in findings.items()
    }


def _reassures(definition: Definition, answer: Answer) -> bool:
    if definition.kind is Kind.PROTECTION:
        return answer is True
    return answer is False or answer in definition.values[:1]


def with_parts_answered(findings: Findings, questions: Iterable[Definition]) -> Findings:
    """Let those questions that have finer parts, and the parts, answer each other.

    A known no to the whole is a no to each part that was not asked; a yes to any part is a yes to
    the whole, and a no to all parts is a no to it.
    """
    answered: dict[str, Finding] = {}
    for whole in questions:
        if not whole.parts:
            continue
        given = findings.get(whole.code) or Finding(whole.code, Open.NOT_ASKED)
        parts = [findings[code] for code in whole.parts if not _not_asked(findings, code)]
        told = _told_by_parts(given, parts, len(whole.parts))
        answered[whole.code] = _about(whole.code, told)
        if told.answer is False:
            for code in whole.parts:
                answered.setdefault(code, findings.get(code, told))
                if _not_asked(answered, code):
                    answered[code] = _about(code, told)
    return {**findings, **answered} if answered else findings


def _about(code: str, told: Finding) -> Finding:
    """The same answer, to another question."""
    return told if told.code == code else replace(told, code=code)


def _told_by_parts(given: Finding, parts: list[Finding], count: int) -> Finding:
    """What was said to the whole, unless a part says yes; unasked, the worst of the parts."""
    for part in parts:
        if part.answer is True:
            return part
    if given.answer is not Open.NOT_ASKED:
        return given
    for worrying in (Open.REFUSED, Open.UNKNOWN):
        for part in parts:
            if part.answer is worrying:
                return part
    return parts[0] if len(parts) == count else given


def _not_asked(findings: Findings, code: str) -> bool:
    return code not in findings or findings[code].answer is Open.NOT_ASKED


def nothing_else(stated: Mapping[str, object], catalogue: Catalogue) -> dict[str, Finding]:
    """Findings of an adult of whom only this is true: for an example, never for a person.

    Every danger that nobody measures is answered with no; a protection stays unknown, so that
    nothing is promised. Raises FindingError, naming the code and what was expected.
    """
    calm = {
        code: definition.no
        for code, definition in catalogue.items()
        if definition.kind is Kind.DANGER
        and definition.type != "number"
        and definition.values[:1] in ((), ("none",))
    }
    return read_findings({"age": 40, **calm, **stated}, catalogue)


def as_stated(findings: Findings) -> dict[str, dict[str, object]]:
    """Write findings as `read_stated` reads them, those that were asked, in order of code."""
    return {
        code: {
            "value": _raw(finding.answer),
            "evidence": finding.evidence,
            **({"said_by": finding.said_by} if finding.said_by else {}),
            **({"certainty": finding.certainty} if finding.certainty else {}),
        }
        for code, finding in sorted(findings.items())
        if finding.answer is not Open.NOT_ASKED
    }


def _raw(answer: Answer) -> object:
    return answer.value if isinstance(answer, Open) else answer


def as_past_case(
    findings: Findings, catalogue: Catalogue
) -> tuple[dict[str, Finding], tuple[str, ...]]:
    """Complete the file of a past case: what it never mentions was not there.

    Dangers never mentioned are taken as no, and their codes are returned as assumed;
    protections never mentioned stay absent. Answers that are stated, open ones too, are kept.
    """
    complete = dict(findings)
    assumed = []
    for code, definition in catalogue.items():
        if code in findings and findings[code].answer is not Open.NOT_ASKED:
            continue
        if definition.kind is Kind.CONSTRAINT:
            continue
        complete[code] = Finding(code, definition.no, NOT_MENTIONED)
        if definition.kind is Kind.DANGER:
            assumed.append(code)
    return complete, tuple(assumed)


def more_worrying(definition: Definition, first: Answer, second: Answer) -> Answer:
    """Choose between two sources that disagree: the answer that asks for more care."""
    return max(first, second, key=lambda answer: _worry(definition, answer))


def _worry(definition: Definition, answer: Answer) -> float:
    """Order answers from best to worst; open ones stand between the known ones."""
    danger = definition.kind is not Kind.PROTECTION
    if isinstance(answer, Open):
        return -0.5 if danger else 0.5
    if isinstance(answer, bool):
        return (1.0 if answer else -1.0) * (1 if danger else -1)
    if isinstance(answer, str):
        return float(definition.values.index(answer)) or -1.0
    return answer if definition.worse == "higher" else 1000 - answer
