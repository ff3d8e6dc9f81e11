"""Findings: what may be answered, how it is said, and which of two sources counts."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handrail.core.findings import (
    Finding,
    FindingError,
    Kind,
    Open,
    as_past_case,
    as_stated,
    more_worrying,
    nothing_else,
    read_catalogue,
    read_findings,
    read_stated,
    weighed,
    with_parts_answered,
)
from tests.core.strategies import CATALOGUE, best, chances, known_answers, person, worst

ROW = {
    "code": "limps",
    "area": "body",
    "kind": "danger",
    "type": "yes_no",
    "label": "limps",
    "question": "Does the person limp?",
}


def changed(**fields):
    return {key: value for key, value in (ROW | fields).items() if value is not None}


def allowed(definition, raw):
    if definition.type == "yes_no":
        return isinstance(raw, bool)
    if definition.type == "choice":
        return raw in definition.values or (raw is False and "none" in definition.values)
    return not isinstance(raw, bool | str) and definition.minimum <= raw <= definition.maximum


# ---- reading answers ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_every_question_takes_its_own_answers_and_the_three_open_ones(code):
    definition = CATALOGUE[code]
    for answer in known_answers(definition):
        assert definition.read(answer) == answer
    assert definition.read("refused") is Open.REFUSED
    assert definition.read("unknown") is Open.UNKNOWN
    assert definition.read(None) is Open.NOT_ASKED


@given(st.sampled_from(list(CATALOGUE)), st.text() | st.integers() | st.floats() | st.booleans())
def test_any_other_answer_is_refused_and_says_what_was_expected(code, raw):
    definition = CATALOGUE[code]
    assume(raw not in ("refused", "unknown") and not allowed(definition, raw))
    with pytest.raises(FindingError, match=re.escape(definition.expected())) as refusal:
        definition.read(raw)
    assert code in str(refusal.value)


def test_no_to_a_choice_with_none_among_its_values_is_allowed():
    assert CATALOGUE["depression"].read(raw=False) == "none"
    with pytest.raises(FindingError, match="did_not_hold"):
        CATALOGUE["tried_iop"].read(raw=False)


def test_a_code_that_is_not_in_the_catalogue_is_refused():
    with pytest.raises(FindingError, match="limps: not in the catalogue"):
        read_findings({"limps": True}, CATALOGUE)


def test_answers_are_read_code_by_code():
    found = read_findings({"age": 42, "pregnant": "refused"}, CATALOGUE)
    assert found == {"age": Finding("age", 42), "pregnant": Finding("pregnant", Open.REFUSED)}


def test_an_answer_says_whose_word_it_is_and_how_sure_they_are():
    stated = {"pregnant": {"value": False, "said_by": "insurer", "certainty": "disputed"}}
    found = read_stated(stated, CATALOGUE)
    assert found["pregnant"].doubtful
    assert as_stated(found) == {"pregnant": {**stated["pregnant"], "evidence": ""}}
    for wrong in ({"said_by": "a parrot"}, {"certainty": "quite"}):
        with pytest.raises(FindingError, match="expected one of"):
            read_stated({"pregnant": {"value": False, **wrong}}, CATALOGUE)
    with pytest.raises(FindingError, match="expected"):
        read_stated({"pregnant": {"evidence": "no value"}}, CATALOGUE)
    with pytest.raises(FindingError, match="not in the catalogue"):
        read_stated({"limps": True}, CATALOGUE)


def test_a_doubtful_no_protects_nobody_and_a_doubtful_yes_counts():
    stated = {
        "suicide_plan_or_intent": {"value": False, "said_by": "insurer"},
        "pregnant": {"value": True, "certainty": "probable"},
        "supportive_home": {"value": True, "certainty": "disputed"},
        "depression": {"value": "none", "said_by": "insurer"},
        "command_voices": {"value": False, "said_by": "clinician"},
    }
    found = weighed(read_stated(stated, CATALOGUE), CATALOGUE)
    assert {code: one.answer for code, one in found.items()} == {
        "suicide_plan_or_intent": Open.UNKNOWN,
        "pregnant": True,
        "supportive_home": Open.UNKNOWN,
        "depression": Open.UNKNOWN,
        "command_voices": False,
    }


@pytest.mark.parametrize(
    ("stated", "whole", "parts"),
    [
        ({"psychosis_or_mania_acute": False}, False, (False, False)),
        ({"psychosis_or_mania_acute": True}, True, (None, None)),
        ({"psychosis_acute": True}, True, (True, None)),
        ({"psychosis_acute": False}, None, (False, None)),
        ({"psychosis_acute": False, "mania_acute": False}, False, (False, False)),
        ({"psychosis_or_mania_acute": False, "mania_acute": True}, True, (None, True)),
        (
            {"psychosis_or_mania_acute": False, "mania_acute": "refused"},
            False,
            (False, "refused"),
        ),
        ({"psychosis_acute": False, "mania_acute": "refused"}, "refused", (False, "refused")),
        ({"psychosis_or_mania_acute": False, "mania_acute": None}, False, (False, False)),
        ({"psychosis_or_mania_acute": "refused"}, "refused", (None, None)),
        ({"psychosis_acute": "unknown"}, "unknown", ("unknown", None)),
    ],
)
def test_a_question_and_its_finer_parts_answer_each_other(stated, whole, parts):
    found = with_parts_answered(person(**stated), CATALOGUE.values())
    codes = ("psychosis_or_mania_acute", "psychosis_acute", "mania_acute")
    none = Finding("", Open.NOT_ASKED)
    said = [found.get(code, none).answer for code in codes]
    assert said == [CATALOGUE[codes[0]].read(each) for each in (whole, *parts)]


# ---- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "answer", "words"),
    [
        ("pregnant", True, "pregnant"),
        ("pregnant", False, "pregnant: no"),
        ("pregnant", Open.REFUSED, "pregnant: rather not say"),
        ("pregnant", Open.UNKNOWN, "pregnant: not known"),
        ("pregnant", Open.NOT_ASKED, "pregnant: not asked"),
        ("tried_iop", "did_not_hold", "did not hold"),
        ("ciwa_ar_score", 16, "CIWA-Ar score: 16 points"),
        ("body_mass_index", 14.5, "body mass index: 14.5 kg/m2"),
    ],
)
def test_an_answer_is_said_in_words(code, answer, words):
    assert words in CATALOGUE[code].say(answer)


# ---- past cases --------------------------------------------------------------------------------


def test_a_past_case_is_completed_with_what_it_never_mentions():
    complete, assumed = as_past_case(person(pregnant=True, suicidal_thoughts=None), CATALOGUE)
    assert complete["pregnant"].answer is True
    assert "pregnant" not in assumed
    assert "suicidal_thoughts" in assumed
    dangers = {code for code, one in CATALOGUE.items() if one.kind is Kind.DANGER}
    assert set(assumed) == dangers - {"pregnant"}
    assert complete["sober_adult_present"].answer is False
    assert "works_or_studies_by_day" not in complete


def test_a_past_case_keeps_open_answers_that_are_stated():
    stated = person(suicide_plan_or_intent="unknown", safety_plan_agreed="refused")
    complete, assumed = as_past_case(stated, CATALOGUE)
    assert complete["suicide_plan_or_intent"].answer is Open.UNKNOWN
    assert complete["safety_plan_agreed"].answer is Open.REFUSED
    assert "suicide_plan_or_intent" not in assumed


# ---- two sources -------------------------------------------------------------------------------


@given(st.sampled_from(list(CATALOGUE)), chances)
def test_of_two_known_answers_the_worse_counts_whoever_gives_it(code, chance):
    definition = CATALOGUE[code]
    known = known_answers(definition)
    one, other = sorted(chance.choices(range(len(known)), k=2))
    assert more_worrying(definition, known[one], known[other]) == known[other]
    assert more_worrying(definition, known[other], known[one]) == known[other]


@given(st.sampled_from(list(CATALOGUE)), st.sampled_from(list(Open)))
def test_an_open_answer_outweighs_the_best_known_one_and_not_the_worst(code, answer):
    definition = CATALOGUE[code]
    if definition.type == "number":
        return
    assert more_worrying(definition, best(definition), answer) is answer
    assert more_worrying(definition, answer, worst(definition)) == worst(definition)


def test_no_and_none_say_the_same():
    definition = CATALOGUE["suicidal_thoughts"]
    assert more_worrying(definition, False, "passive") == "passive"
    assert more_worrying(definition, False, Open.REFUSED) is Open.REFUSED


# ---- the catalogue itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (changed(area="feet"), "feet"),
        (changed(kind="nuisance"), "nuisance"),
        (changed(area=None), "area"),
        (changed(label=None), "label"),
        (changed(colour="red"), "colour"),
        (changed(type="maybe"), "type 'maybe'"),
        (changed(type="number", worse="sideways"), "higher or lower"),
        (changed(type="choice"), "values belong to a choice"),
        (changed(values=["a", "b"]), "values belong to a choice"),
        (changed(type="number", kind="protection"), "a protection is answered yes or no"),
        (changed(parts=["hops"]), "part hops is no yes-or-no question"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wrong(row, complaint):
    with pytest.raises(FindingError, match="finding limps") as refusal:
        read_catalogue([row])
    assert complaint in str(refusal.value)


def test_a_row_without_a_code_and_a_code_listed_twice_are_refused():
    with pytest.raises(FindingError, match="without a code"):
        read_catalogue([changed(code=None)])
    with pytest.raises(FindingError, match="limps: listed twice"):
        read_catalogue([ROW, ROW])


def test_the_shipped_catalogue_asks_questions_in_every_area():
    assert {one.area.value for one in CATALOGUE.values()} == {
        "person", "withdrawal", "body", "mind", "readiness", "use", "surroundings",
    }  # fmt: skip
    for one in CATALOGUE.values():
        assert one.question.endswith("?")
        assert one.label == one.label.strip()


def test_of_an_example_only_this_is_true_and_nothing_is_promised():
    found = nothing_else({"pregnant": True}, CATALOGUE)
    assert found["pregnant"].answer is True
    assert found["age"].answer == 40
    kinds = {CATALOGUE[code].kind for code in found if code not in ("pregnant", "age")}
    assert kinds == {Kind.DANGER}
    others = [one for code, one in found.items() if code not in ("pregnant", "age")]
    assert {one.answer for one in others} <= {False, "none"}
    with pytest.raises(FindingError, match="no_such_code"):
        nothing_else({"no_such_code": True}, CATALOGUE)
