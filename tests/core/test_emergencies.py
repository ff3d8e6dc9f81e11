"""What is said when something is wrong in a call: to whom, and when it opens by itself."""

import copy
import re

import pytest

from handrail.core.check import Voice
from handrail.core.emergencies import read_emergencies, wrong_now
from handrail.core.screening.picture import picture
from handrail.core.screening.script import ScreeningError
from handrail.core.screening.sheet import Said
from handrail.data import criteria_set, emergencies, screening_script, screening_table

SCRIPT = screening_script()
KINDS = {one.kind: one for one in emergencies()}


def found(voice=Voice.ME, **answers):
    sheet = {field.replace("_", "-"): Said(text) for field, text in answers.items()}
    return wrong_now(SCRIPT, sheet, picture(SCRIPT, sheet, voice, criteria_set()))


def test_every_alarm_has_words_in_both_voices_and_a_number():
    alarms = {choice.alarm for item in SCRIPT.items for choice in item.question.choices}
    refused = {item.alarm_if_refused for item in SCRIPT.items}
    assert (alarms | refused) - {""} <= set(KINDS)
    for one in KINDS.values():
        assert one.numbers
        assert all(one.say[voice] for voice in Voice)


@pytest.mark.parametrize("kind", ["body", "overdose", "suicide", "mind"])
def test_whoever_calls_for_someone_is_never_spoken_to_as_the_one_in_danger(kind):
    said = " ".join(KINDS[kind].say[Voice.SOMEONE])
    assert not re.search(r"your body|where you are|are you alone|you have thought of", said, re.I)
    assert re.search(r"are you with them", said, re.I)
    assert "address" in said or "Where are they" in said


@pytest.mark.parametrize("kind", ["body", "overdose", "suicide", "mind"])
def test_the_person_themself_is_never_spoken_of_as_somebody_else(kind):
    said = " ".join(KINDS[kind].say[Voice.ME])
    assert not re.search(r"are they awake|lay them|shake them|with them\b|are they", said, re.I)


def test_words_for_one_voice_alone_are_refused():
    table = copy.deepcopy(screening_table())
    del table["emergency"][0]["say"]["someone"]
    with pytest.raises(ScreeningError, match="body: nothing to say to “someone”"):
        read_emergencies(table)


def test_a_number_nobody_knows_is_refused():
    table = copy.deepcopy(screening_table())
    table["emergency"][0]["call"] = ["912"]
    with pytest.raises(ScreeningError, match="no number 912"):
        read_emergencies(table)


@pytest.mark.parametrize(
    ("answers", "kind", "field"),
    [
        ({"body_now": "yes"}, "body", "body-now"),
        ({"thoughts": "active", "right_now": "plan"}, "suicide", "right-now"),
        ({"mind_now": "harm nights"}, "mind", "mind-now"),
        ({"body_now": "refused"}, "body", "body-now"),
        ({"body_now": "refused", "mind_now": "voices"}, "mind", "body-now"),
    ],
)
def test_an_answer_that_cannot_wait_is_an_emergency_of_its_kind(answers, kind, field):
    wrong = found(age="40", **answers)
    assert wrong.kind == kind
    assert field in wrong.fields


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"thoughts": "passive", "right_now": "no"},
        {"substances": "opioids", "overdose": "yes"},
    ],
)
def test_what_wants_a_closer_look_is_not_yet_an_emergency(answers):
    assert found(age="40", **answers) is None


def test_first_the_body_then_the_mind():
    wrong = found(body_now="yes", thoughts="active", right_now="plan")
    assert wrong.kind == "body"
    assert {"body-now", "right-now"} <= set(wrong.fields)
