"""Reads the answers of a FHIR QuestionnaireResponse, or a plain list, and names what is wrong.

Source: HL7 FHIR R4 QuestionnaireResponse.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handrail.core.instruments.answer import Answer, read_answer
from handrail.core.instruments.instrument import Instrument
from handrail.core.instruments.questionnaire import Item
from handrail.core.instruments.shapes import (
    Number,
    ShapeError,
    described,
    mapping,
    mappings,
    normalized,
    number,
    sequence,
    shortened,
    text,
    text_or_empty,
)


class ResponseError(ValueError):
    """A response is not shaped as one; names the field and what was expected there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a response that must be known before its score is used, in plain words."""

    kind: str
    item: str
    plain: str


@dataclass(slots=True)
class Reading:
    """What was read for one question; `values` keeps all of them when it was answered twice."""

    item: Item
    values: list[Number] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    refused: bool = False
    unknown: bool = False
    answers: int = 0
    doubtful: bool = False

    @property
    def points(self) -> Number | None:
        """What the answer is worth when it was given once and read without doubt."""
        if self.doubtful or self.refused or self.unknown or len(self.values) != 1:
            return None
        return self.values[0]


@dataclass(slots=True)
class Readings:
    """All answers of one response, by linkId, with the stored totals and the problems found."""

    by_link: dict[str, Reading]
    stored: dict[str, list[Number]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    void: bool = False
    final: bool = True

    def report(self, kind: str, item: str, plain: str) -> None:
        """Add a problem, once."""
        problem = Problem(kind, item, plain)
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One answered line of a response, before it is matched to a question."""

    link_id: str
    text: str
    answers: tuple[Mapping[str, object], ...]
    path: str


def read_response(instrument: Instrument, response: object) -> Readings:
    """Read a parsed QuestionnaireResponse.

    Raises: ResponseError, naming the field, when it is not shaped as a response.
    """
    try:
        resource = mapping(response, "QuestionnaireResponse")
        if resource.get("resourceType") != "QuestionnaireResponse":
            kind = resource.get("resourceType")
            raise ShapeError("resourceType", '"QuestionnaireResponse"', kind)
        entries = tuple(answered_lines(resource))
        readings = _read_entries(instrument, entries)
        _read_status(resource, readings)
    except ShapeError as error:
        raise ResponseError(str(error)) from error
    return readings


def read_answers(instrument: Instrument, answers: object) -> Readings:
    """Read plain answers: a list in the order of the questions, or an object by question.

    Raises: ResponseError, naming the field, when they cannot be matched to the questions.
    """
    try:
        if isinstance(answers, Mapping):
            pairs = [(text(key, "answers"), value) for key, value in answers.items()]
        else:
            values = sequence(answers, "answers")
            pairs = list(zip(_places(instrument, len(values)), values, strict=False))
        entries = [_plain_entry(key, value) for key, value in pairs if value is not None]
        return _read_entries(instrument, tuple(entries))
    except ShapeError as error:
        raise ResponseError(str(error)) from error


def _places(instrument: Instrument, count: int) -> list[str]:
    """Decide which questions a bare list answers; a length that fits two ways is refused."""
    expected = [item.link_id for item in instrument.expected]
    everything = [item.link_id for item in instrument.answerable]
    for fitting in (expected, everything, [item.link_id for item in instrument.scored]):
        if count == len(fitting):
            return fitting
    if count < len(expected):
        return expected
    if everything[: len(expected)] == expected and count < len(everything):
        return everything
    lengths = " or ".join(str(n) for n in sorted({len(expected), len(everything)}))
    raise ResponseError(f"answers: expected {lengths} answers, found {count}")


def _plain_entry(key: str, value: object) -> _Entry:
    path = f"answers ({key})"
    if isinstance(value, bool):
        answer: dict[str, object] = {"valueBoolean": value}
    elif isinstance(value, int):
        answer = {"valueInteger": value}
    elif isinstance(value, float):
        answer = {"valueDecimal": value}
    elif isinstance(value, str):
        answer = {"valueString": value}
    elif isinstance(value, Mapping) and "code" in value:
        answer = {"valueCoding": value}
    else:
        raise ShapeError(path, "a number, a text, true, false, null or a coding", value)
    return _Entry(key, "", (answer,), path)


def answered_lines(resource: Mapping[str, object]) -> Iterator[_Entry]:
    """Walk all items of a response in order, through groups and items nested under answers."""
    waiting = [(raw, f"item[{at}]") for at, raw in enumerate(mappings(resource, "item", ""))]
    waiting.reverse()
    while waiting:
        raw, path = waiting.pop()
        answers = mappings(raw, "answer", path)
        link_id = text(raw.get("linkId"), f"{path}.linkId")
        yield _Entry(link_id, text_or_empty(raw, "text", path), answers, path)
        inner = [(sub, f"{path}.item[{at}]") for at, sub in enumerate(mappings(raw, "item", path))]
        for nth, answer in enumerate(answers):
            where = f"{path}.answer[{nth}]"
            nested = mappings(answer, "item", where)
            inner += [(sub, f"{where}.item[{at}]") for at, sub in enumerate(nested)]
        waiting.extend(reversed(inner))


def _read_status(resource: Mapping[str, object], readings: Readings) -> None:
    status = resource.get("status")
    if status == "entered-in-error":
        readings.void = True
        readings.report("entered_in_error", "", "This response is marked as entered in error.")
    elif status is None:
        readings.report("no_status", "", "The response does not say whether it is complete.")
    elif status not in ("completed", "amended"):
        readings.final = False
        told = described(text(status, "status"))
        readings.report("not_final", "", f"The response is not final: its status is {told}.")


def _read_entries(instrument: Instrument, entries: Sequence[_Entry]) -> Readings:
    readings = Readings({item.link_id: Reading(item) for item in instrument.questionnaire.items})
    for entry in entries:
        if not _is_stored_total(instrument, entry, readings):
            _read_entry(instrument, entry, readings)
    return readings


def _is_stored_total(instrument: Instrument, entry: _Entry, readings: Readings) -> bool:
    tail = entry.link_id.rsplit("/", 1)[-1]
    for scale in instrument.scoring.scales:
        if entry.link_id in scale.stored_as or tail in scale.stored_as:
            for answer in entry.answers:
                readings.stored.setdefault(scale.name, []).append(_stored_number(answer, entry))
            return True
    return False


def _stored_number(answer: Mapping[str, object], entry: _Entry) -> Number:
    for key in ("valueDecimal", "valueInteger"):
        if key in answer:
            return number(answer[key], f"{entry.path}.{key}")
    if "valueQuantity" in answer:
        quantity = mapping(answer["valueQuantity"], f"{entry.path}.valueQuantity")
        return number(quantity.get("value"), f"{entry.path}.valueQuantity.value")
    written = text(answer.get("valueString"), f"{entry.path} (stored total)")
    if not written.strip().isdecimal():
        raise ShapeError(f"{entry.path}.valueString", "a number", written)
    return int(written)


def _read_entry(instrument: Instrument, entry: _Entry, readings: Readings) -> None:
    if _is_mislabeled(instrument, entry, readings):
        return
    item = instrument.find(entry.link_id, entry.text)
    if item is None:
        _report_stranger(instrument, entry, readings)
        return
    if not item.asks:
        return
    reading = readings.by_link[item.link_id]
    _check_wording(instrument, item, entry, readings)
    for answer in entry.answers:
        _take(instrument, reading, read_answer(instrument, item, answer, entry.path), readings)


def _is_mislabeled(instrument: Instrument, entry: _Entry, readings: Readings) -> bool:
    tail = entry.link_id.rsplit("/", 1)[-1]
    for rule in instrument.scoring.mislabels:
        if rule.found in (entry.link_id, tail):
            readings.report("mislabeled", entry.link_id, rule.plain)
            return True
    return False


def _report_stranger(instrument: Instrument, entry: _Entry, readings: Readings) -> None:
    if entry.answers:
        plain = (
            f'"{shortened(entry.link_id)}" is not a question of {instrument.title}; '
            "its answer is left out."
        )
        readings.report("unknown_item", entry.link_id, plain)


def _check_wording(instrument: Instrument, item: Item, entry: _Entry, readings: Readings) -> None:
    """Find an answer filed under one question that quotes the words of another."""
    told = normalized(entry.text)
    if not told or told == normalized(item.text):
        return
    for other in instrument.questionnaire.items:
        if other.asks and other.link_id != item.link_id and told == normalized(other.text):
            readings.by_link[item.link_id].doubtful = True
            plain = f"The answer filed under {item.name} carries the words of {other.name}."
            readings.report("mislabeled", item.link_id, plain)
            return


def _take(instrument: Instrument, reading: Reading, answer: Answer, readings: Readings) -> None:
    item = reading.item
    reading.answers += 1
    reading.refused = reading.refused or answer.refused
    reading.unknown = reading.unknown or answer.unknown
    if answer.value is not None:
        reading.values.append(answer.value)
        reading.labels.append(answer.label)
    if answer.problem:
        reading.doubtful = True
        readings.report(answer.problem, item.link_id, f"In {item.name}: {answer.plain}")
    if answer.refused:
        readings.report("refused", item.link_id, f"The person declined to answer {item.name}.")
    if answer.unknown:
        plain = f"The person does not know the answer to {item.name}."
        readings.report("unknown_answer", item.link_id, plain)
    if reading.answers > 1:
        reading.doubtful = True
        readings.report("repeated", item.link_id, f"There is more than one answer to {item.name}.")
