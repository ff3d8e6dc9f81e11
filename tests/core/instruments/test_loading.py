"""A questionnaire or scoring definition that could score wrongly is refused by file and field."""

import pytest

from handrail.core.instruments import InstrumentError, load_instrument, score_answers
from handrail.data.instruments import shipped_scoring
from tests.core.instruments.examples import (
    BY_ID,
    LICENSE,
    number_item,
    questionnaire,
    scoring,
    small,
)

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def choice(*options, **more):
    return {"linkId": "a", "text": "Which?", "type": "choice", "answerOption": list(options)} | more


def refused(wording, rules):
    with pytest.raises(InstrumentError) as caught:
        load_instrument(wording, rules, source="file.json")
    assert str(caught.value).startswith("file.json")
    return str(caught.value)


@pytest.mark.parametrize(
    ("wording", "words"),
    [
        ({"resourceType": "Patient"}, 'resourceType: expected "Questionnaire"'),
        ({"resourceType": "Questionnaire"}, "item: expected a list with at least one item"),
        (questionnaire(item={}), "item: expected a list, found an object"),
        (questionnaire({"type": "choice"}), "item[0].linkId: expected a text"),
        (questionnaire({"linkId": "a"}), "item[0].type: expected a text"),
        (questionnaire(number_item("a"), number_item("a")), "a different linkId for each item"),
        (questionnaire(choice({"valueDate": "2026"})), "valueCoding, valueInteger or valueString"),
        (questionnaire(choice({"valueCoding": 1})), "item[0].answerOption[0].valueCoding"),
        (questionnaire(code=[{}]), "code[0].code: expected a text"),
        (questionnaire(contained=[{"resourceType": "ValueSet", "expansion": 1}]), "expansion"),
    ],
)
def test_a_broken_questionnaire_is_refused(wording, words):
    assert words in refused(wording, scoring())


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({}, "id: expected a text"),
        (scoring(totals={}), "totals: expected one of aliases"),
        (scoring(total={"items": []}), "total.items: expected a list of questions"),
        (scoring(total={"items": "a"}), "total.items: expected a list"),
        (scoring(total={"items": ["a", "z"]}), "item z, total items: the scoring definition names"),
        (scoring(subscale=[{"items": ["a"]}]), "subscale[0].name: expected a text"),
        (scoring(total={"items": ["a"], "proration": {"max_missing": 1}}), "proration.source"),
        (scoring(total={"items": ["a"], "band": [{"lowest": "0"}]}), "total.band[0].lowest"),
        (scoring(license={}), "license.wording_verified: expected true or false"),
        (scoring(license=LICENSE | {"wording_verified": False}), "why the wording is not verified"),
        (scoring(points=[{"items": ["a"], "groups": [[1, 2]]}]), "[lowest, highest, points]"),
        (scoring(points=[{"items": ["z"], "groups": []}]), "item z, points.items"),
        (scoring(safety_items=["z"]), "item z, safety_items"),
        (scoring(also_asked=["z"]), "item z, also_asked"),
        (scoring(skip=[{"items": ["z"], "when": {"item": "a", "at_most": 0}}]), "skip.items"),
        (
            scoring(finding=[{"code": "x", "when": {"scale": "q", "at_least": 1}, "value": 1}]),
            "when.scale q",
        ),
        (
            scoring(finding=[{"code": "x", "when": {"scale": "total", "at_least": 1}}]),
            "finding[0].value",
        ),
        (
            scoring(finding=[{"code": "x", "when": {"item": "a", "at_least": 1}, "value": []}]),
            "finding[0].value",
        ),
        (scoring(finding=[{"code": "x", "when": {}}]), "item, items or scale"),
        (scoring(finding=[{"code": "x", "when": {"item": "a"}}]), "at_least, at_most or answer"),
        (
            scoring(finding=[{"code": "x", "when": {"item": "a", "answer": "no"}}]),
            '"refused" or "unknown"',
        ),
        (
            scoring(flag=[{"code": "x", "when": {"item": "a", "at_least": 1}, "urgent": 1}]),
            "flag[0].urgent",
        ),
    ],
)
def test_a_broken_scoring_definition_is_refused(rules, words):
    assert words in refused(questionnaire(), rules)


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ([(0, 9), (11, 20)], 'band "1" should start at 10'),
        ([(0, 10), (10, 20)], 'band "1" should start at 11'),
        ([(1, 20)], 'band "0" should start at 0'),
        ([(0, -1)], "without gap or overlap"),
        ([(0, 9), (10, 19)], "the bands end at 19, but the highest score is 20"),
    ],
)
def test_bands_must_cover_every_score_once(bands, words):
    rows = [{"lowest": a, "highest": b, "name": str(n)} for n, (a, b) in enumerate(bands)]
    assert words in refused(questionnaire(), scoring(total={"items": ["a", "b"], "band": rows}))


def test_options_without_points_are_refused_until_the_definition_gives_them():
    item = choice({"valueCoding": {"code": "LA1", "display": "One"}})
    rules = scoring(total={"items": ["a"]})
    words = refused(questionnaire(item), rules)
    assert "item a" in words
    assert "values.LA1" in words
    loaded = load_instrument(questionnaire(item), rules | {"values": {"LA1": 4}}, source="f")
    assert score_answers(loaded, ["One"]).total == 4


def test_a_questionnaire_with_a_known_wrong_label_is_refused_by_that_name():
    codes = ["68517-2", "68519-8", "68520-6"]
    items = [number_item(f"/{code}", code=[{"code": code}]) for code in codes]
    words = refused(questionnaire(*items), shipped_scoring("audit-c"))
    assert "item 68518-0" in words
    assert "mislabeled in this questionnaire" in words


def test_a_questionnaire_that_lacks_a_question_is_refused_by_it():
    words = refused(questionnaire(number_item("68519-8")), shipped_scoring("audit-c"))
    assert "item 68518-0" in words
    assert "the questionnaire does not have it" in words


@pytest.mark.parametrize("item", [number_item("a", extension=[]), number_item("a", type="text")])
def test_a_scored_question_without_bounds_or_options_is_refused(item):
    assert "minValue and maxValue" in refused(questionnaire(item), scoring(total={"items": ["a"]}))


@pytest.mark.parametrize(
    "option",
    [
        {"valueCoding": {"code": "x"}, "extension": [{"url": ORDINAL, "valueDecimal": 3}]},
        {"valueCoding": {"code": "x", "extension": [{"url": ORDINAL, "valueDecimal": 3}]}},
        {"valueString": "x", "extension": [{"url": "other"}, {"url": ORDINAL, "valueInteger": 3}]},
    ],
)
def test_points_are_read_wherever_r4_puts_them(option):
    instrument = small(choice(option), total={"items": ["a"]})
    assert score_answers(instrument, ["x"]).total == 3


def test_whole_numbers_can_be_options():
    options = [
        {"valueInteger": 3},
        {"valueInteger": 4, "extension": [{"url": ORDINAL, "valueDecimal": 1}]},
    ]
    instrument = small(choice(*options), total={"items": ["a"]})
    assert score_answers(instrument, ["3"]).total == 3
    assert score_answers(instrument, ["4"]).total == 1


@pytest.mark.parametrize("reference", ["#list", "urn:list|2"])
@pytest.mark.parametrize("part", ["expansion", "compose"])
def test_answer_lists_may_be_contained_value_sets(reference, part):
    concept = {"code": "LA1", "display": "One", "extension": [{"url": ORDINAL, "valueDecimal": 5}]}
    body = {"contains": [concept]} if part == "expansion" else {"include": [{"concept": [concept]}]}
    contained = [
        {"resourceType": "Patient"},
        {"resourceType": "ValueSet", "id": "list", "url": "urn:list", part: body},
    ]
    item = {"linkId": "a", "type": "choice", "answerValueSet": reference}
    wording = questionnaire(item, contained=contained)
    loaded = load_instrument(wording, scoring(total={"items": ["a"]}), source="f")
    assert score_answers(loaded, ["One"]).total == 5


def test_every_shipped_instrument_states_its_license_and_whether_its_words_were_checked():
    for instrument in BY_ID.values():
        facts = instrument.scoring.license
        assert facts.holder
        assert facts.terms
        assert facts.wording_note
        assert instrument.questionnaire.copyright
        assert instrument.questionnaire.title
