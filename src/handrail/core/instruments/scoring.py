"""Reads the scoring definition that stands beside a questionnaire.

Its format is described in docs/how-to/load-an-instrument.md. References to questions are by
linkId or by code, so one definition serves every Questionnaire that codes its questions alike.
"""

from collections.abc import Mapping

from handrail.core.instruments.rules import (
    Band,
    Condition,
    FindingRule,
    FlagRule,
    License,
    MislabelRule,
    PointGroup,
    Proration,
    Scale,
    Scoring,
    SkipRule,
)
from handrail.core.instruments.shapes import (
    Number,
    ShapeError,
    flag,
    mapping,
    mappings,
    number,
    sequence,
    text,
    text_or_empty,
    texts,
)

_TABLES = frozenset(
    {"id", "title", "source", "license", "match", "aliases", "values", "points", "total"}
    | {"subscale", "skip", "mislabeled", "flag", "finding", "safety_items", "also_asked"}
    | {"cautions"}
)


def read_scoring(data: object) -> Scoring:
    """Read a parsed scoring definition.

    Raises: ShapeError, naming the field and what was expected there.
    """
    table = mapping(data, "scoring")
    for key in table:
        if key not in _TABLES:
            raise ShapeError(key, "one of " + ", ".join(sorted(_TABLES)), table[key])
    match = mapping(table.get("match", {}), "match")
    return Scoring(
        id=text(table.get("id"), "id"),
        title=text(table.get("title"), "title"),
        total=_total(table),
        subscales=tuple(_subscale(r, p) for r, p in _rows(table, "subscale")),
        flags=tuple(_flag(r, p) for r, p in _rows(table, "flag")),
        findings=tuple(_finding(r, p) for r, p in _rows(table, "finding")),
        skips=tuple(_skip(r, p) for r, p in _rows(table, "skip")),
        mislabels=tuple(_mislabel(r, p) for r, p in _rows(table, "mislabeled")),
        aliases=_aliases(table),
        values=_values(table),
        points=_points(table),
        safety_items=texts(table, "safety_items", ""),
        also_asked=texts(table, "also_asked", ""),
        cautions=texts(table, "cautions", ""),
        match_codes=texts(match, "codes", "match"),
        match_urls=texts(match, "urls", "match"),
        source=text(table.get("source"), "source"),
        license=_license(table),
    )


def _rows(table: Mapping[str, object], key: str) -> list[tuple[Mapping[str, object], str]]:
    return [(row, f"{key}[{at}]") for at, row in enumerate(mappings(table, key, ""))]


def _total(table: Mapping[str, object]) -> Scale | None:
    if "total" not in table:
        return None
    return _scale(mapping(table["total"], "total"), "total", "total")


def _subscale(row: Mapping[str, object], path: str) -> Scale:
    return _scale(row, text(row.get("name"), f"{path}.name"), path)


def _scale(row: Mapping[str, object], name: str, path: str) -> Scale:
    items = texts(row, "items", path)
    if not items:
        raise ShapeError(f"{path}.items", "a list of questions", row.get("items"))
    return Scale(
        name=name,
        items=items,
        stored_as=texts(row, "stored_as", path),
        finding=text_or_empty(row, "finding", path),
        bands=tuple(
            _band(band, f"{path}.band[{at}]") for at, band in enumerate(mappings(row, "band", path))
        ),
        proration=_proration(row, path),
    )


def _band(row: Mapping[str, object], path: str) -> Band:
    return Band(
        lowest=number(row.get("lowest"), f"{path}.lowest"),
        highest=number(row.get("highest"), f"{path}.highest"),
        name=text(row.get("name"), f"{path}.name"),
    )


def _proration(row: Mapping[str, object], path: str) -> Proration | None:
    if "proration" not in row:
        return None
    rule = mapping(row["proration"], f"{path}.proration")
    allowed = number(rule.get("max_missing"), f"{path}.proration.max_missing")
    # A rule nobody published is a guess about a person: it needs its source to load.
    return Proration(int(allowed), text(rule.get("source"), f"{path}.proration.source"))


def _condition(row: Mapping[str, object], path: str) -> Condition:
    when = mapping(row.get("when"), f"{path}.when")
    where = f"{path}.when"
    items = texts(when, "items", where)
    if "item" in when:
        items = (text(when["item"], f"{where}.item"),)
    scale = text_or_empty(when, "scale", where) or None
    if bool(items) == bool(scale):
        raise ShapeError(where, "item, items or scale (one of them)", when)
    answer = text_or_empty(when, "answer", where) or None
    if answer not in (None, "refused", "unknown"):
        raise ShapeError(f"{where}.answer", '"refused" or "unknown"', answer)
    at_least = _optional_number(when, "at_least", where)
    at_most = _optional_number(when, "at_most", where)
    if answer is None and at_least is None and at_most is None:
        raise ShapeError(where, "at_least, at_most or answer", when)
    every = flag(when.get("every", False), f"{where}.every")
    return Condition(items, scale, at_least, at_most, answer, every)


def _optional_number(row: Mapping[str, object], key: str, path: str) -> Number | None:
    return number(row[key], f"{path}.{key}") if key in row else None


def _flag(row: Mapping[str, object], path: str) -> FlagRule:
    return FlagRule(
        code=text(row.get("code"), f"{path}.code"),
        when=_condition(row, path),
        urgent=flag(row.get("urgent", False), f"{path}.urgent"),
        plain=text(row.get("plain"), f"{path}.plain"),
        clinician=text(row.get("clinician"), f"{path}.clinician"),
    )


def _finding(row: Mapping[str, object], path: str) -> FindingRule:
    value = row.get("value")
    if not (value is None or isinstance(value, str | bool | int | float)):
        raise ShapeError(f"{path}.value", "a text, a number, true or false", value)
    rule = FindingRule(text(row.get("code"), f"{path}.code"), _condition(row, path), value)
    if value is None and len(rule.when.items) != 1:
        raise ShapeError(f"{path}.value", "a value, or a condition on one item", value)
    return rule


def _skip(row: Mapping[str, object], path: str) -> SkipRule:
    return SkipRule(
        items=texts(row, "items", path),
        when=_condition(row, path),
        value=_optional_number(row, "value", path),
    )


def _mislabel(row: Mapping[str, object], path: str) -> MislabelRule:
    return MislabelRule(
        found=text(row.get("found"), f"{path}.found"),
        instead_of=text(row.get("instead_of"), f"{path}.instead_of"),
        plain=text(row.get("plain"), f"{path}.plain"),
    )


def _aliases(table: Mapping[str, object]) -> dict[str, str]:
    rows = mapping(table.get("aliases", {}), "aliases")
    return {key: text(value, f"aliases.{key}") for key, value in rows.items()}


def _values(table: Mapping[str, object]) -> dict[str, Number]:
    rows = mapping(table.get("values", {}), "values")
    return {key: number(value, f"values.{key}") for key, value in rows.items()}


def _points(table: Mapping[str, object]) -> dict[str, tuple[PointGroup, ...]]:
    found: dict[str, tuple[PointGroup, ...]] = {}
    for row, path in _rows(table, "points"):
        groups = tuple(
            _point_group(group, f"{path}.groups[{at}]")
            for at, group in enumerate(sequence(row.get("groups"), f"{path}.groups"))
        )
        found.update(dict.fromkeys(texts(row, "items", path), groups))
    return found


def _point_group(raw: object, path: str) -> PointGroup:
    numbers = [number(part, path) for part in sequence(raw, path)]
    if len(numbers) != 3:
        raise ShapeError(path, "[lowest, highest, points]", raw)
    return PointGroup(*numbers)


def _license(table: Mapping[str, object]) -> License:
    row = mapping(table.get("license"), "license")
    verified = flag(row.get("wording_verified"), "license.wording_verified")
    note = text_or_empty(row, "wording_note", "license")
    if not verified and not note:
        raise ShapeError("license.wording_note", "why the wording is not verified", None)
    return License(
        holder=text(row.get("holder"), "license.holder"),
        terms=text(row.get("terms"), "license.terms"),
        source=text(row.get("source"), "license.source"),
        wording_verified=verified,
        wording_note=note,
    )
