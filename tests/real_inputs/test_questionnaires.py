"""Questionnaires, responses and scores that nobody on this project wrote."""

import copy
import json

import pytest

from handrail.core.instruments import (
    InstrumentError,
    load_instrument,
    match_instrument,
    score,
    score_answers,
)
from handrail.data.instruments import shipped_instruments, shipped_scoring

SHIPPED = shipped_instruments()
BY_TITLE = {instrument.title: instrument for instrument in SHIPPED}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def us_core(real_inputs):
    """A reader of the US Core examples by the end of their file name."""
    folder = real_inputs / "questionnaires" / "us-core"
    return lambda name: read(folder / f"HL7__US-Core__{name}.json")


@pytest.fixture(scope="module")
def phq9_response(us_core):
    return us_core("QuestionnaireResponse-phq-9-example")


@pytest.fixture(scope="module")
def audit_questionnaire(real_inputs):
    name = "asbi-cds-tools__asbi-screening-app__Questionnaire-WHOAUDIT.json"
    return read(real_inputs / "questionnaires" / "asbi" / name)


def scored(response):
    return score(match_instrument(response, SHIPPED), response)


def test_every_response_is_recognized_or_is_another_instrument(real_inputs):
    folder = real_inputs / "questionnaires" / "us-core"
    found = {}
    for path in sorted(folder.glob("*QuestionnaireResponse*")):
        instrument = match_instrument(read(path), SHIPPED)
        found[path.stem.removeprefix("HL7__US-Core__QuestionnaireResponse-")] = (
            instrument and instrument.id
        )
    assert {name: one for name, one in found.items() if one} == {
        "AUDIT-C": "audit-c",
        "phq-9-example": "phq-9",
    }


def test_the_us_core_phq9_equals_its_published_total(phq9_response):
    result = scored(phq9_response)
    assert (result.total, result.band, result.problems) == (12, "moderate", ())
    assert result.findings["phq9_score"].value == 12


def test_the_us_core_audit_c_has_its_defect_named(us_core):
    result = scored(us_core("QuestionnaireResponse-AUDIT-C"))
    assert result.total is None
    assert "audit_c_score" not in result.findings
    kinds = [problem.kind for problem in result.problems]
    assert kinds == ["mislabeled", "missing", "stored_total_unchecked"]
    assert "68517-2" in result.problems[0].plain


def test_the_us_core_audit_c_questionnaire_is_refused_with_its_defect_named(us_core):
    with pytest.raises(InstrumentError, match=r"item 68518-0.*mislabeled.*68517-2"):
        load_instrument(
            us_core("Questionnaire-AUDIT-C"), shipped_scoring("audit-c"), source="us-core"
        )


def members(us_core, panel):
    """The codes and values of a panel Observation's members."""
    for member in us_core(f"Observation-{panel}")["hasMember"]:
        observation = us_core("Observation-" + member["reference"].split("/")[1])
        yield observation["code"]["coding"][0]["code"], observation


def plain_value(observation):
    if "valueCodeableConcept" in observation:
        return observation["valueCodeableConcept"]["coding"][0]
    if "valueQuantity" in observation:
        return observation["valueQuantity"]["value"]
    return observation["valueString"]


def test_the_phq9_observations_add_up_to_their_total(us_core):
    values = {
        code: plain_value(one) for code, one in members(us_core, "PHQ9-panel-example-44249-1")
    }
    result = score_answers(BY_TITLE["PHQ-9"], values)
    assert result.total == int(values["44261-6"]) == 12
    assert result.problems == ()


def test_the_audit_c_observations_carry_the_same_wrong_label(us_core):
    values = {
        code: plain_value(one) for code, one in members(us_core, "AUDIT-C-panel-example-72109-2")
    }
    result = score_answers(BY_TITLE["AUDIT-C"], values)
    assert result.total is None
    assert result.problems[0].kind == "mislabeled"


def test_every_published_score_of_a_shipped_instrument(real_inputs):
    cases = read(real_inputs / "cases" / "scored-responses.json")
    checked = 0
    for case in cases:
        instrument = BY_TITLE.get(case["instrument"].partition(" (")[0])
        if instrument is None:
            continue
        checked += 1
        result = score_answers(instrument, case["answers"])
        if "68517-2" in str(case["answers"]):
            assert result.problems[0].kind == "mislabeled"
            continue
        assert result.total == case["expected_score"], case
        assert case["expected_band"] in (None, result.band), case
        # The source raises its alert for question 9 in steps; here any answer above 0 is urgent.
        assert any(flag.urgent for flag in result.flags) == (case["answers"][8] > 0), case
    assert checked == 8


@pytest.mark.parametrize(
    "name",
    [
        "us-core/HL7__US-Core__Questionnaire-phq-9-example.json",
        "lforms/LHNCBC__lforms__phq9.json",
        "lforms/LHNCBC__lforms__phq9-with-the-weight-function.json",
        "lforms/LHNCBC__lforms__argonaut-phq9-ish.json",
    ],
)
@pytest.mark.parametrize("points", [True, False])
def test_other_phq9_questionnaires_load_with_our_scoring(real_inputs, name, points):
    wording = read(real_inputs / "questionnaires" / name)
    if not points:
        wording = without_ordinal_values(wording)
    instrument = load_instrument(wording, shipped_scoring("phq-9"), source=name)
    answers = ["Several days", "Not at all", 3, {"code": "LA6570-1"}, 0, 0, 0, 0, 1]
    result = score_answers(instrument, answers)
    assert (result.total, result.problems) == (7, ())
    assert result.findings["suicidal_thoughts"].value == "passive"


def is_ordinal_value(thing):
    return isinstance(thing, dict) and str(thing.get("url")).endswith("/ordinalValue")


def without_ordinal_values(thing):
    """The same JSON with every ordinalValue extension taken out."""
    if isinstance(thing, dict):
        return {key: without_ordinal_values(value) for key, value in thing.items()}
    if isinstance(thing, list):
        kept = [
            e for e in thing if not (isinstance(e, dict) and "ordinalValue" in str(e.get("url")))
        ]
        return [without_ordinal_values(each) for each in kept]
    return thing


def test_the_us_core_response_scores_alike_with_its_own_questionnaire(us_core, phq9_response):
    wording = us_core("Questionnaire-phq-9-example")
    own = load_instrument(wording, shipped_scoring("phq-9"), source="us-core")
    assert score(own, phq9_response).total == 12


# WHO AUDIT: 0-40; bands from 8, 16 and 20 (Babor TF et al., WHO 2001).
@pytest.mark.parametrize(
    ("answers", "total", "band"),
    [
        ([0, None, None, None, None, None, None, None, 0, 0], 0, "low risk"),
        ([1, 0, 0, None, None, None, None, None, 2, 4], 7, "low risk"),
        ([2, 2, 2, 1, 1, 0, 0, 0, 0, 0], 8, "hazardous"),
        ([3, 3, 3, 1, 1, 1, 2, 2, 0, 0], 16, "harmful"),
        ([4, 4, 4, 1, 1, 1, 1, 2, 2, 0], 20, "likely dependence"),
        ([4] * 10, 40, "likely dependence"),
    ],
)
def test_the_who_audit_loads_and_scores(audit_questionnaire, answers, total, band):
    audit = load_instrument(audit_questionnaire, shipped_scoring("who-audit"), source="WHOAUDIT")
    result = score_answers(audit, answers)
    assert (result.total, result.band, result.problems) == (total, band, ())
    assert result.findings["audit_score"].value == total


def test_who_audit_answers_come_by_code_with_their_stored_totals(audit_questionnaire):
    audit = load_instrument(audit_questionnaire, shipped_scoring("who-audit"), source="WHOAUDIT")
    codes = ["2to3timesaweek", "5or6", "weekly", *["never"] * 5, "no", "yesduringthelastyear"]
    items = [
        {"linkId": item.link_id, "answer": [{"valueCoding": {"code": code}}]}
        for item, code in zip(audit.scored, codes, strict=True)
    ]
    items += [{"linkId": "auditc-score", "answer": [{"valueDecimal": 8}]}]
    items += [{"linkId": "audit-score", "answer": [{"valueDecimal": 11}]}]
    response = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://www.cdc.gov/ncbddd/fasd/audit",
        "status": "completed",
        "item": items,
    }
    assert match_instrument(response, [*SHIPPED, audit]) is audit
    result = score(audit, response)
    assert (result.total, result.subscales) == (12, {"consumption": 8})
    assert [problem.kind for problem in result.problems] == ["contradicted_total"]


def test_the_us_variant_is_not_taken_for_the_who_audit(real_inputs):
    name = "asbi-cds-tools__asbi-screening-app__Questionnaire-USAUDIT.json"
    wording = read(real_inputs / "questionnaires" / "asbi" / name)
    with pytest.raises(InstrumentError, match="audit-question-one"):
        load_instrument(wording, shipped_scoring("who-audit"), source=name)


def dropped(response):
    del response["item"][4]


def doubled(response):
    response["item"].insert(3, response["item"][2])


def corrupted(response):
    response["item"][1]["answer"][0]["valueCoding"]["code"] = "LA6570-2"


def shifted(response):
    response["item"][0]["answer"][0] = {"valueInteger": 5}


def contradicted(response):
    response["item"][9]["answer"][0]["valueDecimal"] = 13


def swapped(response):
    first, second = response["item"][0], response["item"][1]
    first["text"], second["text"] = second["text"], first["text"]


def unfinished(response):
    response["status"] = "in-progress"


@pytest.mark.parametrize(
    ("spoil", "kind", "total"),
    [
        (dropped, "missing", None),
        (doubled, "repeated", None),
        (corrupted, "unknown_code", None),
        (shifted, "out_of_range", None),
        (swapped, "mislabeled", None),
        (contradicted, "contradicted_total", 12),
        (unfinished, "not_final", 12),
    ],
)
def test_a_spoiled_real_response_is_never_silently_trusted(phq9_response, spoil, kind, total):
    response = copy.deepcopy(phq9_response)
    spoil(response)
    result = scored(response)
    assert result.total == total
    assert kind in [problem.kind for problem in result.problems]
    assert "phq9_score" not in result.findings
