"""Reads a FHIR R4 Questionnaire: its questions, their answer options and what each is worth.

Source: HL7 FHIR R4 Questionnaire; extensions ordinalValue, minValue, maxValue.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handrail.core.instruments.shapes import (
    Number,
    ShapeError,
    mapping,
    mappings,
    number,
    shortened,
    text,
    text_or_empty,
)

_ORDINAL_VALUE = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_MIN_VALUE = "http://hl7.org/fhir/StructureDefinition/minValue"
_MAX_VALUE = "http://hl7.org/fhir/StructureDefinition/maxValue"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person can choose, with its code, its words and what it is worth in points."""

    code: str
    label: str
    value: Number | None


@dataclass(frozen=True, slots=True)
class Item:
    """One question, or another line, of a questionnaire."""

    link_id: str
    prefix: str
    codes: tuple[str, ...]
    text: str
    type: str
    options: tuple[Option, ...]
    lowest: Number | None
    highest: Number | None

    @property
    def name(self) -> str:
        """Name the question in a message: its number and the start of its words."""
        return f'question {self.prefix or self.link_id} "{shortened(self.text)}"'

    @property
    def asks(self) -> bool:
        """Say whether the line takes an answer (groups and display lines do not)."""
        return self.type not in ("group", "display")

    @property
    def bounds(self) -> tuple[Number, Number] | None:
        """The lowest and highest number the question takes, when it says both."""
        if self.lowest is None or self.highest is None:
            return None
        return self.lowest, self.highest


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The wording of an instrument as its FHIR Questionnaire gives it."""

    url: str
    title: str
    codes: tuple[str, ...]
    items: tuple[Item, ...]
    copyright: str


def read_questionnaire(data: object) -> Questionnaire:
    """Read a parsed R4 Questionnaire.

    Raises: ShapeError, naming the field and what was expected there.
    """
    resource = mapping(data, "Questionnaire")
    if resource.get("resourceType") != "Questionnaire":
        raise ShapeError("resourceType", '"Questionnaire"', resource.get("resourceType"))
    value_sets = _contained_options(resource)
    items = tuple(_read_item(raw, path, value_sets) for raw, path in _flattened(resource))
    _refuse_duplicates(items)
    return Questionnaire(
        url=text_or_empty(resource, "url", ""),
        title=text_or_empty(resource, "title", "") or text_or_empty(resource, "name", ""),
        codes=_codes(resource, ""),
        items=items,
        copyright=text_or_empty(resource, "copyright", ""),
    )


def _flattened(resource: Mapping[str, object]) -> Iterator[tuple[Mapping[str, object], str]]:
    """Walk the nested items in reading order, without recursion: depth is the file's choice."""
    waiting = [(raw, f"item[{at}]") for at, raw in enumerate(mappings(resource, "item", ""))]
    if not waiting:
        raise ShapeError("item", "a list with at least one item", resource.get("item"))
    waiting.reverse()
    while waiting:
        raw, path = waiting.pop()
        yield raw, path
        inner = mappings(raw, "item", path)
        waiting.extend((inner[at], f"{path}.item[{at}]") for at in reversed(range(len(inner))))


def _read_item(
    raw: Mapping[str, object], path: str, value_sets: Mapping[str, tuple[Option, ...]]
) -> Item:
    kind = text(raw.get("type"), f"{path}.type")
    return Item(
        link_id=text(raw.get("linkId"), f"{path}.linkId"),
        prefix=text_or_empty(raw, "prefix", path).rstrip("."),
        codes=_codes(raw, path),
        text=text_or_empty(raw, "text", path),
        type=kind,
        options=_options(raw, path, value_sets),
        lowest=_extension_number(raw, _MIN_VALUE, path),
        highest=_extension_number(raw, _MAX_VALUE, path),
    )


def _codes(raw: Mapping[str, object], path: str) -> tuple[str, ...]:
    where = f"{path}.code" if path else "code"
    codings = mappings(raw, "code", path)
    return tuple(text(c.get("code"), f"{where}[{at}].code") for at, c in enumerate(codings))


def _options(
    raw: Mapping[str, object], path: str, value_sets: Mapping[str, tuple[Option, ...]]
) -> tuple[Option, ...]:
    if "answerValueSet" in raw:
        reference = text(raw["answerValueSet"], f"{path}.answerValueSet")
        return value_sets.get(reference.partition("|")[0], ())
    return tuple(
        _read_option(option, f"{path}.answerOption[{at}]")
        for at, option in enumerate(mappings(raw, "answerOption", path))
    )


def _read_option(option: Mapping[str, object], path: str) -> Option:
    value = _extension_number(option, _ORDINAL_VALUE, path)
    if "valueCoding" in option:
        coding = mapping(option["valueCoding"], f"{path}.valueCoding")
        if value is None:
            value = _extension_number(coding, _ORDINAL_VALUE, f"{path}.valueCoding")
        code = text_or_empty(coding, "code", f"{path}.valueCoding")
        return Option(code, text_or_empty(coding, "display", f"{path}.valueCoding") or code, value)
    if "valueInteger" in option:
        plain = number(option["valueInteger"], f"{path}.valueInteger")
        return Option(str(plain), str(plain), plain if value is None else value)
    label = text(option.get("valueString"), f"{path}.valueCoding, valueInteger or valueString")
    return Option(label, label, value)


def _contained_options(resource: Mapping[str, object]) -> dict[str, tuple[Option, ...]]:
    """Collect the answer lists of contained value sets, by local id and by canonical URL."""
    found: dict[str, tuple[Option, ...]] = {}
    for at, contained in enumerate(mappings(resource, "contained", "")):
        if contained.get("resourceType") != "ValueSet":
            continue
        path = f"contained[{at}]"
        options = _value_set_options(contained, path)
        found["#" + text_or_empty(contained, "id", path)] = options
        found[text_or_empty(contained, "url", path)] = options
    return found


def _value_set_options(value_set: Mapping[str, object], path: str) -> tuple[Option, ...]:
    expansion = mapping(value_set.get("expansion", {}), f"{path}.expansion")
    entries = list(mappings(expansion, "contains", f"{path}.expansion"))
    compose = mapping(value_set.get("compose", {}), f"{path}.compose")
    for include in mappings(compose, "include", f"{path}.compose"):
        entries.extend(mappings(include, "concept", f"{path}.compose.include"))
    options = []
    for entry in entries:
        code = text(entry.get("code"), f"{path}.code")
        value = _extension_number(entry, _ORDINAL_VALUE, path)
        options.append(Option(code, text_or_empty(entry, "display", path) or code, value))
    return tuple({option.code: option for option in reversed(options)}.values())[::-1]


def _extension_number(raw: Mapping[str, object], url: str, path: str) -> Number | None:
    for extension in mappings(raw, "extension", path):
        if extension.get("url") == url:
            value = extension.get("valueDecimal", extension.get("valueInteger"))
            return number(value, f"{path}.extension ({url.rsplit('/', 1)[1]})")
    return None


def _refuse_duplicates(items: tuple[Item, ...]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.link_id in seen:
            raise ShapeError("item.linkId", "a different linkId for each item", item.link_id)
        seen.add(item.link_id)
