"""Scores an instrument: total, band, subscales, what to act on, and what is wrong.

Pure: the same instrument and answers always give the same score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.core.instruments.instrument import Instrument
from handrail.core.instruments.response import (
    Problem,
    Reading,
    Readings,
    read_answers,
    read_response,
)
from handrail.core.instruments.rules import Condition, FindingRule, Scale
from handrail.core.instruments.shapes import Number, shortened, whole

# A score that rests on one of these is shown, but no finding is drawn from it.
_DISTRUSTED = frozenset({"contradicted_total", "not_final", "prorated"})


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning to act on, in words for the person and for the clinician."""

    code: str
    plain: str
    clinician: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class ScoredFinding:
    """A finding that follows from the answers, with the words it rests on."""

    value: Number | str | bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Score:
    """The result of one response to one instrument."""

    instrument: str
    title: str
    total: Number | None
    band: str | None
    subscales: Mapping[str, Number | None]
    flags: tuple[Flag, ...]
    problems: tuple[Problem, ...]
    findings: Mapping[str, ScoredFinding]
    answered: int
    expected: int
    cautions: tuple[str, ...]
    wording_verified: bool


def score(instrument: Instrument, response: Mapping[str, object]) -> Score:
    """Score a parsed FHIR R4 QuestionnaireResponse.

    Raises: ResponseError, naming the field, when it is not shaped as a response.
    """
    return _scored(instrument, read_response(instrument, response))


def score_answers(
    instrument: Instrument, answers: Sequence[object] | Mapping[str, object]
) -> Score:
    """Score plain answers: points, labels or codes in the order of the questions.

    A list may leave out the unscored questions; None is a question not answered. An object maps
    linkIds or codes to answers. Raises: ResponseError.
    """
    return _scored(instrument, read_answers(instrument, answers))


def _scored(instrument: Instrument, readings: Readings) -> Score:
    if readings.void:
        return _void(instrument, readings)
    skipped = _apply_skips(instrument, readings)
    open_items = _report_missing(instrument, readings, skipped)
    results = {scale.name: _sum(instrument, scale, readings) for scale in instrument.scoring.scales}
    _compare_stored(instrument, readings, results)
    total = results.get("total")
    return Score(
        instrument=instrument.id,
        title=instrument.title,
        total=total,
        band=_band(instrument.scoring.total, total),
        subscales={s.name: results[s.name] for s in instrument.scoring.subscales},
        flags=_flags(instrument, readings, results) + open_items,
        problems=tuple(readings.problems),
        findings=_findings(instrument, readings, results),
        answered=_answered(instrument, readings),
        expected=len(instrument.expected) - len(skipped),
        cautions=instrument.scoring.cautions,
        wording_verified=instrument.scoring.license.wording_verified,
    )


def _void(instrument: Instrument, readings: Readings) -> Score:
    """Score nothing from a response that its author took back."""
    return Score(
        instrument=instrument.id,
        title=instrument.title,
        total=None,
        band=None,
        subscales={s.name: None for s in instrument.scoring.subscales},
        flags=(),
        problems=tuple(readings.problems),
        findings={},
        answered=_answered(instrument, readings),
        expected=len(instrument.expected),
        cautions=instrument.scoring.cautions,
        wording_verified=instrument.scoring.license.wording_verified,
    )


def _answered(instrument: Instrument, readings: Readings) -> int:
    rows = (readings.by_link[item.link_id] for item in instrument.expected)
    return sum(1 for reading in rows if reading.answers and reading.points is not None)


def _apply_skips(instrument: Instrument, readings: Readings) -> set[str]:
    """Give the questions that the instrument leaves out the value it says they have."""
    skipped: set[str] = set()
    for rule in instrument.scoring.skips:
        if not _holds(instrument, rule.when, readings, {}):
            continue
        for reference in rule.items:
            reading = readings.by_link[instrument.by_reference[reference].link_id]
            if reading.answers == 0:
                skipped.add(reading.item.link_id)
                reading.values[:] = [] if rule.value is None else [rule.value]
            elif rule.value is not None and reading.points != rule.value:
                _report_needless(instrument, reading, readings)
    return skipped


def _report_needless(instrument: Instrument, reading: Reading, readings: Readings) -> None:
    reading.doubtful = True
    plain = f"{instrument.title} leaves out {reading.item.name} here, but it has an answer."
    readings.report("contradicted_answer", reading.item.link_id, plain)


def _report_missing(
    instrument: Instrument, readings: Readings, skipped: set[str]
) -> tuple[Flag, ...]:
    for item in instrument.expected:
        if readings.by_link[item.link_id].answers == 0 and item.link_id not in skipped:
            readings.report("missing", item.link_id, f"There is no answer to {item.name}.")
    safety = {instrument.by_reference[r].link_id for r in instrument.scoring.safety_items}
    return tuple(
        _open_safety_question(readings.by_link[item.link_id])
        for item in instrument.expected
        if item.link_id in safety - skipped and _is_open(readings.by_link[item.link_id])
    )


def _is_open(reading: Reading) -> bool:
    return reading.points is None and not reading.refused and not any(reading.values)


def _open_safety_question(reading: Reading) -> Flag:
    return Flag(
        code="safety_question_open",
        plain="A question about safety has no clear answer yet. Please answer it with someone.",
        clinician=f"Ask again, in person: {reading.item.name} has no clear answer.",
        urgent=False,
    )


def _sum(instrument: Instrument, scale: Scale, readings: Readings) -> Number | None:
    rows = [readings.by_link[instrument.by_reference[r].link_id] for r in scale.items]
    points = [reading.points for reading in rows]
    known = [value for value in points if value is not None]
    if len(known) == len(rows):
        return whole(sum(known))
    if all(row.points is not None or _is_absent(row) for row in rows):
        return _prorated(scale, known, readings)
    return None


def _is_absent(reading: Reading) -> bool:
    return reading.answers == 0 and not reading.doubtful


def _prorated(scale: Scale, known: list[Number], readings: Readings) -> Number | None:
    rule = scale.proration
    missing = len(scale.items) - len(known)
    if rule is None or not known or missing > rule.max_missing:
        return None
    plain = f"{missing} of {len(scale.items)} answers are estimated from the others: {rule.source}."
    readings.report("prorated", "", plain)
    return int(sum(known) * len(scale.items) / len(known) + 0.5)


def _compare_stored(
    instrument: Instrument, readings: Readings, results: Mapping[str, Number | None]
) -> None:
    for scale in instrument.scoring.scales:
        for stored in readings.stored.get(scale.name, []):
            computed = results[scale.name]
            if computed is None:
                plain = f"The stored {scale.name} {stored} cannot be checked against the answers."
                readings.report("stored_total_unchecked", "", plain)
            elif computed != stored:
                plain = (
                    f"The stored {scale.name} is {stored}, but the answers add up to {computed}."
                )
                readings.report("contradicted_total", "", plain)


def _band(scale: Scale | None, result: Number | None) -> str | None:
    if scale is None or result is None:
        return None
    for band in scale.bands:
        if result <= band.highest:
            return band.name
    return None


def _holds(
    instrument: Instrument,
    condition: Condition,
    readings: Readings,
    results: Mapping[str, Number | None],
) -> bool:
    if condition.scale is not None:
        result = results.get(condition.scale)
        return result is not None and _passes(condition, result)
    rows = [readings.by_link[instrument.by_reference[r].link_id] for r in condition.items]
    tests = [_row_holds(condition, row) for row in rows]
    return all(tests) if condition.every else any(tests)


def _row_holds(condition: Condition, reading: Reading) -> bool:
    if condition.answer == "refused":
        return reading.refused
    if condition.answer == "unknown":
        return reading.unknown
    if condition.every:
        return reading.points is not None and _passes(condition, reading.points)
    # One readable answer is enough to raise concern, also when another contradicts it.
    return any(_passes(condition, value) for value in reading.values)


def _passes(condition: Condition, value: Number) -> bool:
    too_low = condition.at_least is not None and value < condition.at_least
    too_high = condition.at_most is not None and value > condition.at_most
    return not too_low and not too_high


def _flags(
    instrument: Instrument, readings: Readings, results: Mapping[str, Number | None]
) -> tuple[Flag, ...]:
    raised = [
        Flag(rule.code, rule.plain, rule.clinician, rule.urgent)
        for rule in instrument.scoring.flags
        if _holds(instrument, rule.when, readings, results)
    ]
    return tuple(sorted(raised, key=lambda one: not one.urgent))


def _findings(
    instrument: Instrument, readings: Readings, results: Mapping[str, Number | None]
) -> dict[str, ScoredFinding]:
    found: dict[str, ScoredFinding] = {}
    for rule in instrument.scoring.findings:
        if rule.code not in found and _holds(instrument, rule.when, readings, results):
            finding = _from_rule(instrument, rule, readings)
            if finding is not None:
                found[rule.code] = finding
    if any(problem.kind in _DISTRUSTED for problem in readings.problems):
        return found
    for scale in instrument.scoring.scales:
        result = results[scale.name]
        if scale.finding and result is not None:
            evidence = f"{instrument.title} {scale.name} {result} of {_highest(instrument, scale)}"
            found[scale.finding] = ScoredFinding(result, evidence)
    return found


def _highest(instrument: Instrument, scale: Scale) -> Number:
    return instrument.scale_range(scale)[1]


def _from_rule(
    instrument: Instrument, rule: FindingRule, readings: Readings
) -> ScoredFinding | None:
    rows = [readings.by_link[instrument.by_reference[r].link_id] for r in rule.when.items]
    value = rule.value if rule.value is not None else rows[0].points
    if value is None:
        return None
    return ScoredFinding(value, _evidence(instrument, rule, rows))


def _evidence(instrument: Instrument, rule: FindingRule, rows: Sequence[Reading]) -> str:
    quotes = [_quote(row) for row in rows if _row_holds(rule.when, row)]
    return f"{instrument.title}: " + "; ".join(quotes)


def _quote(reading: Reading) -> str:
    told = ", ".join(reading.labels) or ("declined" if reading.refused else "does not know")
    return f'"{shortened(reading.item.text, 90)}": {told}'
