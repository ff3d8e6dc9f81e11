"""Reads one answer to one question: what it is worth, or why it cannot be read.

Nothing is guessed: an answer that cannot be read without doubt is a problem in plain words.
Source: HL7 FHIR R4 QuestionnaireResponse; data-absent-reason extension.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.core.instruments.instrument import Instrument, option_values
from handrail.core.instruments.questionnaire import Item, Option
from handrail.core.instruments.rules import PointGroup
from handrail.core.instruments.shapes import (
    Number,
    ShapeError,
    described,
    mapping,
    mappings,
    normalized,
    number,
    shortened,
    text,
    text_or_empty,
    whole,
)

_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
# FHIR data-absent-reason, v3 null flavors, LOINC answers and plain words for the two ways of
# not answering. LA30122-8 is LOINC's "I choose not to answer this question".
_REFUSED = frozenset(
    {"asked-declined", "asked declined", "refused", "declined", "la30122-8", "prefer not to say"}
    | {"rather not say", "i choose not to answer this question", "no answer"}
)
_UNKNOWN = frozenset(
    {"asked-unknown", "asku", "unk", "unknown", "don't know", "does not know", "dont know"}
)
_YES, _NO = frozenset({"yes", "y", "true"}), frozenset({"no", "n", "false"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as understood: a value, a refusal, not knowing, or a problem."""

    value: Number | None = None
    label: str = ""
    refused: bool = False
    unknown: bool = False
    problem: str = ""
    plain: str = ""


def read_answer(
    instrument: Instrument, item: Item, answer: Mapping[str, object], path: str
) -> Answer:
    """Read one FHIR answer to a question; `path` is how messages name its place.

    Raises: ShapeError, when it holds no value or one that is not what its name says.
    """
    absent = _absent_reason(answer, path)
    if absent:
        return _unanswered(absent) or Answer(
            problem="unknown_code", plain=f'"{absent}" is not a known reason for no answer.'
        )
    keys = [key for key in answer if key.startswith("value")]
    if len(keys) != 1:
        raise ShapeError(f"{path}.answer", "one value (valueCoding, valueInteger, …)", answer)
    key, value = keys[0], answer[keys[0]]
    if key == "valueCoding":
        return _from_coding(instrument, item, mapping(value, f"{path}.answer.valueCoding"), path)
    if key == "valueString":
        return _from_label(item, text(value, f"{path}.answer.valueString"))
    if key == "valueBoolean":
        return _from_boolean(item, value, path)
    if key in ("valueInteger", "valueDecimal"):
        return _from_number(instrument, item, number(value, f"{path}.answer.{key}"))
    return _wrong_type(item, key)


def _absent_reason(answer: Mapping[str, object], path: str) -> str:
    """Find why a value is absent: an extension on the answer or on its primitive value."""
    holders = [answer]
    holders += [mapping(v, f"{path}.{k}") for k, v in answer.items() if k.startswith("_value")]
    for holder in holders:
        for extension in mappings(holder, "extension", path):
            if extension.get("url") == _ABSENT_REASON:
                return text(extension.get("valueCode"), f"{path}.extension.valueCode")
    return ""


def _unanswered(told: str) -> Answer | None:
    word = told.strip().casefold().replace("’", "'")
    if word in _REFUSED:
        return Answer(refused=True)
    if word in _UNKNOWN:
        return Answer(unknown=True)
    return None


def _wrong_type(item: Item, told: str) -> Answer:
    return Answer(
        problem="wrong_type", plain=f"{told} cannot answer it; expected {_expectation(item)}."
    )


def _expectation(item: Item) -> str:
    if item.options:
        return "one of " + ", ".join(f'"{shortened(o.label, 40)}"' for o in item.options)
    if item.type == "boolean":
        return "yes or no"
    if item.bounds is not None:
        return "a number from {} to {}".format(*item.bounds)
    return f"a {item.type}"


def _from_coding(
    instrument: Instrument, item: Item, coding: Mapping[str, object], path: str
) -> Answer:
    where = f"{path}.answer.valueCoding"
    code = text_or_empty(coding, "code", where)
    label = text_or_empty(coding, "display", where)
    if not code and not label:
        raise ShapeError(where, "a code or a display", coding)
    unanswered = _unanswered(code or label)
    if unanswered:
        return unanswered
    if not code:
        return _from_label(item, label)
    option = next((o for o in item.options if o.code == code), None)
    if option is None:
        return _from_foreign_code(instrument, item, code)
    return _contradiction(item, option, label) or _from_option(option)


def _from_foreign_code(instrument: Instrument, item: Item, code: str) -> Answer:
    """Take a code the options do not list but the scoring definition values, if it fits."""
    value = instrument.scoring.values.get(code)
    if value is not None and value in option_values(item):
        return Answer(value=value, label=code)
    plain = f'the code "{shortened(code)}" is not one of its answers.'
    return Answer(problem="unknown_code", plain=plain)


def _contradiction(item: Item, chosen: Option, label: str) -> Answer | None:
    told = normalized(label)
    if told == normalized(chosen.label):
        return None
    for other in item.options:
        if other.code != chosen.code and told == normalized(other.label):
            plain = (
                f'the code {chosen.code} means "{chosen.label}", but it is written "{label}" '
                "beside it."
            )
            return Answer(problem="contradicted_answer", plain=plain)
    return None


def _from_option(option: Option) -> Answer:
    return Answer(value=option.value, label=option.label)


def _from_label(item: Item, told: str) -> Answer:
    unanswered = _unanswered(told)
    if unanswered:
        return unanswered
    wanted = normalized(told)
    for option in item.options:
        if wanted == normalized(option.label) or told == option.code:
            return _from_option(option)
    if item.type == "boolean" and wanted in _YES | _NO:
        return Answer(value=int(wanted in _YES), label=told)
    if wanted.isdecimal() or not item.options:
        return _wrong_type(item, described(told))
    plain = f'"{shortened(told)}" is not one of its answers; expected {_expectation(item)}.'
    return Answer(problem="unknown_code", plain=plain)


def _from_boolean(item: Item, value: object, path: str) -> Answer:
    if not isinstance(value, bool):
        raise ShapeError(f"{path}.answer.valueBoolean", "true or false", value)
    wanted = _YES if value else _NO
    if item.type == "boolean":
        return Answer(value=int(value), label="yes" if value else "no")
    for option in item.options:
        if normalized(option.label) in wanted:
            return _from_option(option)
    return _wrong_type(item, described(value))


def _from_number(instrument: Instrument, item: Item, value: Number) -> Answer:
    groups = instrument.scoring.points.get(item.link_id)
    if groups:
        return _from_count(item, value, groups)
    if item.options:
        option = next((o for o in item.options if o.value == value), None)
        return _from_option(option) if option else _out_of_range(item, value)
    if item.type not in ("integer", "decimal"):
        return _wrong_type(item, described(value))
    below = item.lowest is not None and value < item.lowest
    above = item.highest is not None and value > item.highest
    if below or above or (item.type == "integer" and value != int(value)):
        return _out_of_range(item, value)
    return Answer(value=whole(value), label=str(whole(value)))


def _from_count(item: Item, value: Number, groups: Sequence[PointGroup]) -> Answer:
    for group in groups:
        if group.lowest <= value <= group.highest and value == int(value):
            return Answer(value=group.points, label=str(whole(value)))
    return _out_of_range(item, value)


def _out_of_range(item: Item, value: Number) -> Answer:
    values = option_values(item)
    wanted = ", ".join(str(v) for v in values) if values else _expectation(item)
    return Answer(problem="out_of_range", plain=f"{value} is out of range; expected {wanted}.")
