"""Answers about suicide are acted on whatever the rest of the response looks like."""

import pytest

from handrail.core.instruments import score, score_answers
from tests.core.instruments.examples import BY_ID, flag_codes, kinds, phq9, response

PHQ9, ASQ = BY_ID["phq-9"], BY_ID["asq"]


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_phq9_question_nine_is_urgent_whatever_the_total(answer):
    result = score_answers(PHQ9, [0] * 8 + [answer])
    assert result.band == "minimal"
    assert result.flags[0].code == "suicide_safety"
    assert result.flags[0].urgent
    assert "988" in result.flags[0].plain
    assert result.findings["suicidal_thoughts"].value == "passive"


def test_phq9_question_nine_at_zero_raises_nothing_and_proves_nothing():
    result = score_answers(PHQ9, [3] * 8 + [0])
    assert flag_codes(result) == ["positive_screen"]
    assert "suicidal_thoughts" not in result.findings


def test_phq9_difficulty_is_not_scored():
    answers = [1] * 9
    assert score_answers(PHQ9, [*answers, "Extremely difficult"]).total == 9


def test_a_partial_phq9_still_raises_its_safety_question():
    result = score(PHQ9, response("phq-9", {"phq9-9": {"valueInteger": 2}}))
    assert result.total is None
    assert "phq9_score" not in result.findings
    assert result.findings["suicidal_thoughts"].value == "passive"
    assert result.flags[0].code == "suicide_safety"


def test_two_different_answers_about_suicide_count_as_the_worse():
    twice = phq9(*[0] * 9)
    twice["item"].append({"linkId": "phq9-9", "answer": [{"valueInteger": 3}]})
    result = score(PHQ9, twice)
    assert result.total is None
    assert kinds(result) == ["repeated"]
    assert flag_codes(result) == ["suicide_safety"]


def test_a_declined_safety_question_is_raised_concern():
    result = score_answers(PHQ9, [0] * 8 + ["refused"])
    assert result.total is None
    assert [(f.code, f.urgent) for f in result.flags] == [("suicide_question_refused", True)]
    assert result.findings["suicidal_thoughts"].value == "refused"


@pytest.mark.parametrize("answer", [None, {"code": "LA-none"}])
def test_an_unanswered_safety_question_is_asked_again(answer):
    result = score_answers(PHQ9, [0] * 8 + [answer])
    assert flag_codes(result) == ["safety_question_open"]
    assert "question 9" in result.flags[0].clinician


@pytest.mark.parametrize(
    ("answers", "findings"),
    [
        ([True, False, False, False, False], {"suicidal_thoughts": "passive"}),
        ([False, True, False, False, False], {"suicidal_thoughts": "passive"}),
        ([True, True, True, False, False], {"suicidal_thoughts": "active"}),
        ([True, False, "refused", False, False], {"suicidal_thoughts": "refused"}),
        (["don't know", False, False, False, False], {"suicidal_thoughts": "unknown"}),
        ([False, False, False, True, False], {"suicide_attempt_ever": True}),
        ([False, False, False, "refused", False], {"suicide_attempt_ever": "refused"}),
        ([False, False, False, "unknown", False], {"suicide_attempt_ever": "unknown"}),
        ([True, False, False, False, True], {"suicidal_thoughts_right_now": True}),
        ([True, False, False, False, "refused"], {"suicidal_thoughts_right_now": "refused"}),
        ([True, False, False, False, "unknown"], {"suicidal_thoughts_right_now": "unknown"}),
    ],
)
def test_any_asq_answer_but_no_is_urgent(answers, findings):
    result = score_answers(ASQ, answers)
    assert result.flags[0].urgent
    assert "988" in result.flags[0].plain
    for code, value in findings.items():
        assert result.findings[code].value == value


def test_a_negative_asq_says_no_to_what_it_asked():
    result = score_answers(ASQ, [False] * 4)
    assert result.flags == ()
    assert result.problems == ()
    told = {code: finding.value for code, finding in result.findings.items()}
    assert told == {"suicidal_thoughts": "none", "suicide_attempt_ever": False}


def test_the_acuity_question_is_expected_once_there_is_a_yes():
    result = score_answers(ASQ, [True, False, False, False])
    assert kinds(result) == ["missing"]
    assert "safety_question_open" in flag_codes(result)


def test_an_acute_asq_comes_first():
    result = score_answers(ASQ, [True] * 5)
    assert flag_codes(result) == ["acute_positive", "positive_screen"]
    assert "killing yourself" in result.findings["suicidal_thoughts_right_now"].evidence


def test_hallucinations_and_confusion_in_withdrawal_are_urgent():
    result = score_answers(BY_ID["ciwa-ar"], [0, 0, 0, 0, 0, 0, 5, 0, 0, 2])
    assert [f.code for f in result.flags if f.urgent] == ["perceptual_disturbance", "disoriented"]
    assert "low_score_needs_sobriety" in flag_codes(result)


def test_a_response_taken_back_gives_nothing():
    result = score(PHQ9, phq9(*[3] * 9, status="entered-in-error"))
    assert (result.total, result.flags, result.findings) == (None, (), {})
    assert kinds(result) == ["entered_in_error"]
    assert result.answered == 9
