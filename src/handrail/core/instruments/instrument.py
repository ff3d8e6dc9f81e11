"""An instrument: a questionnaire's wording joined with its scoring, checked when it is loaded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from handrail.core.instruments.questionnaire import (
    Item,
    Option,
    Questionnaire,
    read_questionnaire,
)
from handrail.core.instruments.rules import Condition, Scale, Scoring
from handrail.core.instruments.scoring import read_scoring
from handrail.core.instruments.shapes import Number, ShapeError, normalized


class InstrumentError(ValueError):
    """A questionnaire or its scoring cannot be used; names the file, the question and the field."""

    def __init__(self, source: str, item: str, field: str, message: str) -> None:
        self.source, self.item, self.field = source, item, field
        place = ", ".join(part for part in (source, item and f"item {item}", field) if part)
        super().__init__(f"{place}: {message}")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A screening instrument ready to score answers: exact wording, scoring, license facts."""

    questionnaire: Questionnaire
    scoring: Scoring
    source: str
    by_reference: Mapping[str, Item]

    @property
    def id(self) -> str:
        """The short stable name, such as phq-9."""
        return self.scoring.id

    @property
    def title(self) -> str:
        """The name a clinician knows it by."""
        return self.scoring.title

    @property
    def scored(self) -> tuple[Item, ...]:
        """The questions that add to the total or to a subscale, in the questionnaire's order."""
        return self._in_order(r for scale in self.scoring.scales for r in scale.items)

    @property
    def expected(self) -> tuple[Item, ...]:
        """The questions a complete response answers, in the order of the questionnaire."""
        scored = tuple(item.link_id for item in self.scored)
        return self._in_order((*scored, *self.scoring.safety_items, *self.scoring.also_asked))

    def _in_order(self, references: Iterable[str]) -> tuple[Item, ...]:
        wanted = {self.by_reference[reference].link_id for reference in references}
        return tuple(item for item in self.questionnaire.items if item.link_id in wanted)

    @property
    def answerable(self) -> tuple[Item, ...]:
        """Every question that takes an answer, the unscored ones too; not the stored totals."""
        stored = {r for scale in self.scoring.scales for r in scale.stored_as}
        return tuple(
            item
            for item in self.questionnaire.items
            if item.asks and item.link_id not in stored and not stored.intersection(item.codes)
        )

    def find(self, reference: str, words: str = "") -> Item | None:
        """Find a question by linkId, by code, by a linkId that ends in its code, or by its words.

        The words count only where the linkId says nothing, and only when they are the question's.
        """
        aliased = self.scoring.aliases.get(reference, reference)
        tail = aliased.rsplit("/", 1)[-1]
        named = self.by_reference.get(aliased) or self.by_reference.get(tail)
        return named or self._find_by_words(normalized(words))

    def _find_by_words(self, words: str) -> Item | None:
        asked = (item for item in self.answerable if words and normalized(item.text) == words)
        return next(asked, None)

    def value_range(self, item: Item) -> tuple[Number, Number]:
        """Give the lowest and highest points a scored question can be worth."""
        groups = self.scoring.points.get(item.link_id)
        worth = [g.points for g in groups] if groups else option_values(item)
        if worth:
            return min(worth), max(worth)
        # What has no points, options or bounds is a yes or no: anything else did not load.
        return item.bounds or (0, 1)

    def scale_range(self, scale: Scale) -> tuple[Number, Number]:
        """Give the lowest and highest sum a scale can reach."""
        ranges = [self.value_range(self.by_reference[reference]) for reference in scale.items]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def option_values(item: Item) -> list[Number]:
    """List what the answer options of a question are worth."""
    return [option.value for option in item.options if option.value is not None]


def load_instrument(
    questionnaire: Mapping[str, object], scoring: Mapping[str, object], *, source: str
) -> Instrument:
    """Join a parsed FHIR R4 Questionnaire with its parsed scoring definition.

    `source` is how messages name the file. Everything that could make a score wrong without a
    word is refused here: a missing question, an option without points, bands with a gap.
    Raises: InstrumentError.
    """
    try:
        wording = read_questionnaire(questionnaire)
    except ShapeError as error:
        raise InstrumentError(source, "", "", str(error)) from error
    try:
        rules = read_scoring(scoring)
    except ShapeError as error:
        raise InstrumentError(source, "", "scoring", str(error)) from error
    wording = _with_values(wording, rules)
    by_link = _points_by_link(rules, _index(wording))
    instrument = Instrument(wording, by_link, source, _index(wording))
    _check_references(instrument)
    _check_points(instrument)
    for scale in instrument.scoring.scales:
        _check_bands(instrument, scale)
    return instrument


def _index(wording: Questionnaire) -> dict[str, Item]:
    index: dict[str, Item] = {}
    for item in wording.items:
        if item.asks:
            for code in item.codes:
                index.setdefault(code, item)
    index.update({item.link_id: item for item in wording.items})
    return index


def _with_values(wording: Questionnaire, rules: Scoring) -> Questionnaire:
    """Fill in points from the scoring definition where the options carry none."""
    items = tuple(_item_with_values(item, rules.values) for item in wording.items)
    return replace(wording, items=items)


def _item_with_values(item: Item, values: Mapping[str, Number]) -> Item:
    options = tuple(
        option
        if option.value is not None
        else Option(option.code, option.label, values.get(option.code))
        for option in item.options
    )
    return replace(item, options=options)


def _points_by_link(rules: Scoring, index: Mapping[str, Item]) -> Scoring:
    """Key the point groups by linkId, whatever reference the file used."""
    points = {
        index[reference].link_id if reference in index else reference: groups
        for reference, groups in rules.points.items()
    }
    return replace(rules, points=points)


def _check_references(instrument: Instrument) -> None:
    rules = instrument.scoring
    for field, reference in _references(rules):
        if reference not in instrument.by_reference:
            raise InstrumentError(
                instrument.source, reference, field, _absence(instrument, reference)
            )
    scales = {scale.name for scale in rules.scales}
    for condition in _conditions(rules):
        if condition.scale is not None and condition.scale not in scales:
            message = f"there is no total or subscale of this name; there is {sorted(scales)}"
            raise InstrumentError(instrument.source, "", f"when.scale {condition.scale}", message)


def _references(rules: Scoring) -> list[tuple[str, str]]:
    found = [(f"{scale.name} items", r) for scale in rules.scales for r in scale.items]
    found += [("when", r) for condition in _conditions(rules) for r in condition.items]
    found += [("skip.items", r) for rule in rules.skips for r in rule.items]
    found += [("safety_items", r) for r in rules.safety_items]
    found += [("also_asked", r) for r in rules.also_asked]
    found += [("points.items", r) for r in rules.points]
    return found


def _conditions(rules: Scoring) -> list[Condition]:
    flags = [rule.when for rule in rules.flags]
    findings = [rule.when for rule in rules.findings]
    return flags + findings + [rule.when for rule in rules.skips]


def _absence(instrument: Instrument, reference: str) -> str:
    for rule in instrument.scoring.mislabels:
        if rule.instead_of == reference and rule.found in instrument.by_reference:
            return f"mislabeled in this questionnaire. {rule.plain}"
    return "the scoring definition names this question, but the questionnaire does not have it"


def _check_points(instrument: Instrument) -> None:
    for scale in instrument.scoring.scales:
        for reference in scale.items:
            _check_item_points(instrument, instrument.by_reference[reference])


def _check_item_points(instrument: Instrument, item: Item) -> None:
    if item.options:
        for option in item.options:
            if option.value is None:
                raise InstrumentError(
                    instrument.source,
                    item.link_id,
                    f'option "{option.label}"',
                    "worth no known points: expected the ordinalValue extension, "
                    f"or values.{option.code} in the scoring definition",
                )
        return
    if item.type == "boolean" or item.link_id in instrument.scoring.points:
        return
    if item.type not in ("integer", "decimal") or item.bounds is None:
        raise InstrumentError(
            instrument.source,
            item.link_id,
            "answerOption",
            "a scored question needs answer options, or a number with minValue and maxValue",
        )


def _check_bands(instrument: Instrument, scale: Scale) -> None:
    """Bands must cover every possible score exactly once."""
    if not scale.bands:
        return
    lowest, highest = instrument.scale_range(scale)
    expected = lowest
    for band in scale.bands:
        if band.lowest != expected or band.highest < band.lowest:
            message = f'band "{band.name}" should start at {expected}, without gap or overlap'
            raise InstrumentError(instrument.source, "", f"{scale.name} band", message)
        expected = band.highest + 1
    if expected != highest + 1:
        message = f"the bands end at {expected - 1}, but the highest score is {highest}"
        raise InstrumentError(instrument.source, "", f"{scale.name} band", message)
