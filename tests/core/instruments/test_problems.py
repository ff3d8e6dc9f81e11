"""What is wrong with a response is said in plain words, and no total is made up."""

import math

import pytest

from handrail.core.instruments import ResponseError, score, score_answers
from tests.core.instruments.examples import (
    BY_ID,
    flag_codes,
    kinds,
    number_item,
    phq9,
    response,
    scoring,
    small,
)

PHQ9 = BY_ID["phq-9"]
FULL = [1, 0, 1, 0, 1, 0, 1, 0, 0]


def with_answer(answer):
    """A PHQ-9 response whose third question has this FHIR answer."""
    changed = phq9(*FULL)
    changed["item"][2]["answer"] = [answer]
    return changed


def coding(**fields):
    return {"valueCoding": fields}


ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


@pytest.mark.parametrize(
    "answer",
    [
        coding(system="http://loinc.org", code="LA6569-3", display="Several days"),
        coding(code="LA6569-3"),
        coding(code="LA6569-3", display="några dagar"),
        coding(display="several days"),
        {"valueInteger": 1},
        {"valueDecimal": 1.0},
        {"valueString": "Several days"},
        {"valueString": "LA6569-3"},
        {"valueInteger": 1, "extension": [{"url": "urn:something-else"}]},
    ],
)
def test_an_answer_may_come_in_many_forms(answer):
    result = score(PHQ9, with_answer(answer))
    assert (result.total, result.problems) == (4, ())


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (coding(code="LA0000-0"), "unknown_code", 'the code "LA0000-0" is not one of its answers'),
        (coding(display="sometimes"), "unknown_code", '"sometimes" is not one of its answers'),
        (coding(code="LA6568-5", display="Nearly every day"), "contradicted_answer", "Not at all"),
        ({"valueInteger": 4}, "out_of_range", "4 is out of range; expected 0, 1, 2, 3"),
        ({"valueInteger": -1}, "out_of_range", "-1 is out of range"),
        ({"valueDecimal": 1.5}, "out_of_range", "1.5 is out of range"),
        ({"valueString": "2"}, "wrong_type", 'the text "2" cannot answer it'),
        ({"valueBoolean": True}, "wrong_type", "true cannot answer it"),
        ({"valueDate": "2026-01-01"}, "wrong_type", "valueDate cannot answer it"),
        ({"valueString": "rather not say"}, "refused", "declined to answer question 3"),
        (coding(code="LA30122-8"), "refused", "declined"),
        ({"valueString": "Don’t know"}, "unknown_answer", "does not know"),
        ({"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}, "refused", "declined"),
        (
            {"_valueInteger": {"extension": [{"url": ABSENT, "valueCode": "asked-unknown"}]}},
            "unknown_answer",
            "does not know",
        ),
        (
            {"extension": [{"url": ABSENT, "valueCode": "masked"}]},
            "unknown_code",
            "not a known reason",
        ),
    ],
)
def test_an_answer_that_cannot_be_read_leaves_no_total(answer, kind, words):
    result = score(PHQ9, with_answer(answer))
    assert result.total is None
    assert result.band is None
    assert "phq9_score" not in result.findings
    assert kinds(result) == [kind]
    assert words in result.problems[0].plain
    assert result.problems[0].item == "phq9-3"
    assert result.answered == 8


def test_a_missing_answer_leaves_no_total():
    result = score_answers(PHQ9, [1, 1, None, 1, 1, 1, 1, 1, 0])
    assert result.total is None
    assert kinds(result) == ["missing"]
    assert "question 3" in result.problems[0].plain
    assert (result.answered, result.expected) == (8, 9)


def test_the_same_problem_is_said_once():
    stranger = {"linkId": "x", "answer": [{"valueInteger": 1}]}
    more = phq9(*FULL)
    more["item"] += [stranger, stranger]
    assert kinds(score(PHQ9, more)) == ["unknown_item"]


def test_a_question_answered_twice_leaves_no_total_even_when_the_answers_agree():
    again = phq9(*FULL)
    again["item"][0]["answer"] *= 2
    result = score(PHQ9, again)
    assert result.total is None
    assert kinds(result) == ["repeated"]


def test_an_item_that_is_no_question_of_the_instrument_is_left_out_and_named():
    more = phq9(*FULL)
    more["item"].append({"linkId": "weight", "answer": [{"valueInteger": 70}]})
    more["item"].append({"linkId": "empty-note"})
    result = score(PHQ9, more)
    assert result.total == 4
    assert [(p.kind, p.item) for p in result.problems] == [("unknown_item", "weight")]


def test_an_answer_under_the_words_of_another_question_is_mislabeled():
    swapped = phq9(*FULL)
    swapped["item"][0]["text"] = "Feeling down, depressed, or hopeless?"
    swapped["item"][1]["text"] = "Own words of the program"
    result = score(PHQ9, swapped)
    assert result.total is None
    assert kinds(result) == ["mislabeled"]


def test_a_known_wrong_label_is_named_and_its_answer_is_not_used():
    answers = {
        "/68517-2": {"valueDecimal": 0},
        "/68519-8": {"valueInteger": 0},
        "/68520-6": {"valueInteger": 0},
        "own-note": {"valueString": "x"},
    }
    result = score(BY_ID["audit-c"], response("audit-c", answers))
    assert result.total is None
    assert kinds(result) == ["mislabeled", "unknown_item", "missing"]
    assert "68518-0" in result.problems[0].plain


@pytest.mark.parametrize(
    "stored",
    [
        {"valueDecimal": 5},
        {"valueInteger": 5},
        {"valueString": "5"},
        {"valueQuantity": {"value": 5}},
    ],
)
def test_a_stored_total_that_contradicts_the_answers_is_reported(stored):
    told = phq9(*FULL)
    told["item"].append({"linkId": "/44261-6", "answer": [stored]})
    result = score(PHQ9, told)
    assert result.total == 4
    assert kinds(result) == ["contradicted_total"]
    assert "The stored total is 5, but the answers add up to 4" in result.problems[0].plain
    assert "phq9_score" not in result.findings


def test_a_stored_total_that_agrees_says_nothing():
    told = phq9(*FULL)
    told["item"].append({"linkId": "/44261-6", "answer": [{"valueDecimal": 4}]})
    result = score(PHQ9, told)
    assert (result.total, result.problems) == (4, ())


def test_a_stored_total_without_all_answers_is_not_believed():
    told = phq9(1, 1, 1)
    told["item"].append({"linkId": "/44261-6", "answer": [{"valueDecimal": 3}]})
    assert "stored_total_unchecked" in kinds(score(PHQ9, told))


@pytest.mark.parametrize("status", ["in-progress", "stopped"])
def test_a_response_that_is_not_final_gives_no_score_finding(status):
    result = score(PHQ9, phq9(*FULL, status=status))
    assert kinds(result) == ["not_final"]
    assert status in result.problems[0].plain
    assert result.findings == {}


def test_an_amended_response_counts_and_a_silent_one_is_named():
    assert score(PHQ9, phq9(*FULL, status="amended")).problems == ()
    silent = phq9(*FULL)
    del silent["status"]
    result = score(PHQ9, silent)
    assert kinds(result) == ["no_status"]
    assert result.findings["phq9_score"].value == 4


def test_answers_are_found_in_groups_and_under_answers():
    flat = phq9(*FULL)["item"]
    flat[0]["answer"][0]["item"] = [flat[1]]
    grouped = response("phq-9", {}, item=[{"linkId": "g", "item": [flat[0], *flat[2:]]}])
    grouped["item"].append({"linkId": "phq9-stem"})
    assert score(PHQ9, grouped).total == 4


def test_the_deepest_nesting_is_read():
    nested = phq9(*FULL)["item"]
    for _ in range(3000):
        nested = [{"linkId": "g", "item": nested}]
    assert score(PHQ9, response("phq-9", {}, item=nested)).total == 4


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({}, "item: expected a list, found an object"),
        (None, "item: expected a list, found null"),
        ("none", 'item: expected a list, found the text "none"'),
        (["x"], 'item[0]: expected an object, found the text "x"'),
        ([{}], "item[0].linkId: expected a text, found null"),
        ([{"linkId": 3}], "item[0].linkId: expected a text, found the number 3"),
        ([{"linkId": "phq9-1", "answer": None}], "item[0].answer: expected a list, found null"),
        ([{"linkId": "phq9-1", "answer": {}}], "item[0].answer: expected a list, found an object"),
        ([{"linkId": "phq9-1", "answer": [{}]}], "item[0].answer: expected one value"),
        (
            [{"linkId": "phq9-1", "answer": [{"valueInteger": "2"}]}],
            "valueInteger: expected a number",
        ),
        ([{"linkId": "phq9-1", "answer": [{"valueInteger": True}]}], "found true"),
        (
            [{"linkId": "phq9-1", "answer": [{"valueDecimal": math.inf}]}],
            "found a number beyond use",
        ),
        ([{"linkId": "phq9-1", "answer": [{"valueInteger": 10**400}]}], "a number beyond use"),
        ([{"linkId": "phq9-1", "answer": [{"valueDecimal": math.nan}]}], "a number beyond use"),
        ([{"linkId": "phq9-1", "answer": [{"valueBoolean": 1}]}], "expected true or false"),
        ([{"linkId": "phq9-1", "answer": [{"valueString": ""}]}], "valueString: expected a text"),
        (
            [{"linkId": "phq9-1", "answer": [{"valueCoding": []}]}],
            "valueCoding: expected an object",
        ),
        ([{"linkId": "phq9-1", "answer": [{"valueCoding": {}}]}], "expected a code or a display"),
        ([{"linkId": "44261-6", "answer": [{"valueString": "x"}]}], "expected a number"),
        ([{"linkId": "44261-6", "answer": [{"valueString": "²"}]}], "expected a number"),
    ],
)
def test_a_response_out_of_shape_is_refused_by_field(item, words):
    with pytest.raises(ResponseError) as caught:
        score(PHQ9, response("phq-9", {}, item=item))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "thing", [None, [], "x", 3, {}, {"resourceType": "Patient"}, {"resourceType": {1, 2}}]
)
def test_what_is_no_response_is_refused(thing):
    with pytest.raises(ResponseError):
        score(PHQ9, thing)


def test_a_status_that_is_no_text_is_refused():
    with pytest.raises(ResponseError, match="status: expected a text"):
        score(PHQ9, phq9(*FULL, status=5))


def test_a_list_may_hold_only_the_scored_questions_or_all():
    # Seven drugs (7A to 7G) stand between 6 and 8 of the BAM.
    scored = [2, 1, 3, 1, 0, 2, 2, 3, 1, 2, 0, 4, "Yes", 1, 2]
    sums = {"use": 3, "risk": 11, "protective": 14}
    everything = [*scored[:6], *[0] * 7, *scored[6:], 0]
    assert score_answers(BY_ID["bam"], scored).subscales == sums
    assert score_answers(BY_ID["bam"], [*scored, 0]).subscales == sums
    assert score_answers(BY_ID["bam"], everything).subscales == sums


@pytest.mark.parametrize("count", [17, 22, 24])
def test_a_list_whose_length_fits_no_question_is_refused(count):
    with pytest.raises(ResponseError, match="answers: expected 16 or 23 answers, found"):
        score_answers(BY_ID["bam"], [0] * count)


def test_unscored_questions_at_the_end_may_be_partly_given():
    extra = [number_item("a"), number_item("b"), number_item("c"), number_item("d")]
    result = score_answers(small(*extra), [1, 2, 9])
    assert (result.total, result.problems) == (3, ())


def test_a_question_left_out_by_the_instrument_may_still_be_answered_alike():
    result = score_answers(BY_ID["pc-ptsd-5"], [False, False, None, False, False, False])
    assert (result.total, result.problems) == (0, ())
    assert result.expected == 5


def test_answers_may_be_named():
    result = score_answers(BY_ID["audit-c"], {"/68518-0": 1, "68519-8": 2, "auditc-3": 0})
    assert result.total == 3


@pytest.mark.parametrize("answers", [5, "12", [[1]], {"phq9-1": {}}])
def test_plain_answers_out_of_shape_are_refused(answers):
    with pytest.raises(ResponseError, match="answers"):
        score_answers(PHQ9, answers)


@pytest.mark.parametrize(
    ("answer", "total"),
    [(True, 1), (False, 0), ("yes", 1), ("No", 0), (1, None), ("perhaps", None)],
)
def test_a_yes_or_no_question_counts_one_for_yes(answer, total):
    instrument = small({"linkId": "a", "type": "boolean"}, total={"items": ["a"]})
    result = score_answers(instrument, [answer])
    assert result.total == total
    if total is None:
        assert "expected yes or no" in result.problems[0].plain


@pytest.mark.parametrize(("answer", "total"), [(10, 10), (11, None), (-1, None), (2.5, None)])
def test_a_number_stays_within_its_bounds(answer, total):
    result = score_answers(small(), {"a": answer, "b": 0})
    assert result.total == total
    if total is None:
        assert "expected a number from 0 to 10" in result.problems[0].plain


@pytest.mark.parametrize("days", [8, 2.5, -1])
def test_days_beyond_a_week_are_out_of_range(days):
    result = score_answers(BY_ID["bam-iop"], {"bamiop-4": days})
    assert kinds(result)[0] == "out_of_range"


def test_an_unscored_question_takes_what_it_can():
    note = {"linkId": "note", "text": "Note", "type": "string"}
    result = score_answers(small(number_item("a"), number_item("b"), note), [1, 2, "text"])
    assert result.total == 3
    assert "expected a string" in result.problems[0].plain


def test_a_published_rule_may_estimate_a_missing_answer():
    rule = {"max_missing": 1, "source": "a manual"}
    instrument = small(
        *map(number_item, "abc"), total={"items": list("abc"), "proration": rule, "finding": "x"}
    )
    estimated = score_answers(instrument, [3, None, 4])
    assert estimated.total == 11
    assert kinds(estimated) == ["missing", "prorated"]
    assert "a manual" in estimated.problems[1].plain
    assert estimated.findings == {}
    assert score_answers(instrument, [3, None, None]).total is None
    assert score_answers(instrument, [None, None, None]).total is None
    assert score_answers(instrument, [3, "refused", 4]).total is None


def test_a_code_valued_only_by_the_scoring_definition_is_understood():
    option = {"valueCoding": {"code": "own", "display": "Own"}}
    item = {"linkId": "a", "type": "choice", "answerOption": [option]}
    rules = {"total": {"items": ["a"]}, "values": {"own": 2, "LA1": 2, "LA9": 9}}
    instrument = small(item, **rules)
    assert score_answers(instrument, [{"code": "LA1"}]).total == 2
    assert score_answers(instrument, [{"code": "LA9"}]).total is None


def test_findings_can_carry_the_points_of_an_answer():
    rules = scoring(finding=[{"code": "x", "when": {"item": "a", "at_least": 1}}])
    instrument = small(**{key: rules[key] for key in ("total", "finding")})
    assert score_answers(instrument, [3, 0]).findings["x"].value == 3
    assert score_answers(instrument, [0, 0]).findings == {}
    twice = response("x", {"a": {"valueInteger": 3}, "b": {"valueInteger": 0}})
    twice["item"][0]["answer"] *= 2
    assert score(instrument, twice).findings == {}


def test_flags_may_rest_on_a_subscale():
    rules = {
        "subscale": [{"name": "part", "items": ["a"]}],
        "flag": [
            {
                "code": "low",
                "when": {"scale": "part", "at_most": 2},
                "plain": "Low.",
                "clinician": "Low.",
            }
        ],
    }
    assert flag_codes(score_answers(small(**rules), [1, 9])) == ["low"]
    assert flag_codes(score_answers(small(**rules), [3, 9])) == []
    assert flag_codes(score_answers(small(**rules), [None, 9])) == []
