"""Reads the file of one case: findings, questionnaire responses, or both.

The format is described in docs/reference/case-file.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from handrail.cli.reading import BadInput, named, read_json
from handrail.core.findings import (
    Finding,
    FindingError,
    Findings,
    Open,
    as_past_case,
    more_worrying,
    read_stated,
    weighed,
)
from handrail.core.instruments import ResponseError, Score, match_instrument, score
from handrail.data import findings_catalogue
from handrail.data.instruments import shipped_instruments

_EXPECTED = (
    'expected {"findings": {…}, "responses": […]}, a FHIR R4 QuestionnaireResponse or a Bundle'
)


@dataclass(frozen=True, slots=True)
class Case:
    """What a file says of one person: findings by code, and what was odd about it.

    `assumed` are the dangers taken as no in the file of a past case, because it never mentions
    them.
    """

    findings: Findings
    problems: tuple[str, ...]
    assumed: tuple[str, ...] = ()


def read_case(path: str, *, retrospective: str = "") -> Case:
    """Read the file of a case; "-" is standard input.

    `retrospective`, when not empty, completes the file of a past case. Raises BadInput, naming
    the line or the field and what was expected.
    """
    written = read_json(path)
    try:
        case = _read(written)
    except (FindingError, ResponseError) as wrong:
        raise BadInput(f"{named(path)}: {wrong}") from wrong
    if not retrospective:
        return replace(case, findings=weighed(case.findings, findings_catalogue()))
    findings, assumed = as_past_case(case.findings, findings_catalogue())
    return Case(findings, case.problems, assumed)


def _read(written: object) -> Case:
    if not isinstance(written, Mapping):
        raise FindingError(_EXPECTED)
    if "resourceType" in written:
        return _joined({}, _resources(written, "the file"))
    for field in written:
        if field not in ("findings", "responses"):
            raise FindingError(f"field {field}: not known; {_EXPECTED}")
    if not written:
        raise FindingError(f"the file is empty; {_EXPECTED}")
    stated, responses = written.get("findings", {}), written.get("responses", [])
    if not isinstance(stated, Mapping):
        raise FindingError("field findings: expected an object of finding codes and answers")
    if not isinstance(responses, list):
        raise FindingError("field responses: expected a list of QuestionnaireResponses")
    resources = [
        response
        for index, each in enumerate(responses)
        for response in _resources(each, f"responses[{index}]")
    ]
    return _joined(read_stated(stated, findings_catalogue()), resources)


def _resources(written: object, where: str) -> list[Mapping[str, object]]:
    """The QuestionnaireResponses in a resource, or in a Bundle of resources."""
    kind = written.get("resourceType") if isinstance(written, Mapping) else None
    if isinstance(written, Mapping) and kind == "QuestionnaireResponse":
        return [written]
    if isinstance(written, Mapping) and kind == "Bundle":
        entries = written.get("entry", [])
        if not isinstance(entries, list):
            raise FindingError(f"{where}.entry: expected a list")
        found = [entry.get("resource") for entry in entries if isinstance(entry, Mapping)]
        responses = [r for r in found if _is_response(r)]
        if not responses:
            raise FindingError(f"{where}: no QuestionnaireResponse in the Bundle")
        return responses  # type: ignore[return-value]
    raise FindingError(f"{where}: resourceType {kind!r}; expected QuestionnaireResponse or Bundle")


def _is_response(resource: object) -> bool:
    return isinstance(resource, Mapping) and resource.get("resourceType") == "QuestionnaireResponse"


def _joined(stated: dict[str, Finding], responses: list[Mapping[str, object]]) -> Case:
    """Put stated findings and those that follow from scores together."""
    problems: list[str] = []
    findings = dict(stated)
    for response in responses:
        instrument = match_instrument(response, shipped_instruments())
        if instrument is None:
            shown = response.get("questionnaire") or "without a questionnaire"
            problems.append(f"response {shown}: not an instrument that is known here; left aside")
            continue
        result = score(instrument, response)
        problems += [f"{result.title}: {problem.plain}" for problem in result.problems]
        for code, finding in _scored(result):
            findings[code] = _settle(findings.get(code), finding, problems)
    return Case(findings, tuple(problems))


def _scored(result: Score) -> Iterable[tuple[str, Finding]]:
    catalogue = findings_catalogue()
    for code, found in result.findings.items():
        yield code, Finding(code, catalogue[code].read(found.value), found.evidence)


def _settle(stated: Finding | None, scored: Finding, problems: list[str]) -> Finding:
    """Of two sources for one finding keep the one that asks for more care, and say so."""
    if stated is None or stated.answer is Open.NOT_ASKED or stated.answer == scored.answer:
        return scored
    definition = findings_catalogue()[scored.code]
    kept = more_worrying(definition, stated.answer, scored.answer)
    problems.append(
        f"{definition.label}: the file says {stated.answer!r}, "
        f"the questionnaire says {scored.answer!r}; the more careful one is used"
    )
    return stated if kept == stated.answer else scored
