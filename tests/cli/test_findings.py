"""`handrail findings`: everything that a case can be coded into."""

import subprocess
import sys

import pytest

from tests.cli.running import handrail, place, refused

AREAS = {"person", "withdrawal", "body", "mind", "readiness", "use", "surroundings"}


@pytest.fixture(scope="module")
def listed():
    ran = handrail("findings", "--json")
    assert ran.code == 0
    return {each["code"]: each for each in ran.told}


def test_each_finding_says_what_is_promised(listed):
    for each in listed.values():
        assert each["question"].endswith("?")
        assert each["area"] in AREAS
        assert each["type"] in {"yes_no", "choice", "number"}
        assert each["kind"] in {"danger", "protection", "constraint"}
        assert isinstance(each["safety_critical"], bool)
        assert each["values"][-3:] == ["refused", "unknown", None]
        if each["type"] == "number":
            assert each["min"] < each["max"]
            assert each["unit"]


@pytest.mark.parametrize(
    "topic",
    [
        "age", "pregnant", "alcohol_use_disorder", "opioid_use_disorder", "depression", "pulse",
        "systolic_blood_pressure", "temperature", "ciwa_ar_score", "stable_on_medication",
        "tried_weekly_counseling", "tried_iop", "tried_php", "tried_residential", "tried_detox",
        "returned_to_use_during_iop", "returned_to_use_in_recovery_residence",
        "daily_life_difficulty", "home_with_use", "supportive_home", "works_or_studies_by_day",
    ],
)  # fmt: skip
def test_what_real_cases_state_can_be_coded(listed, topic):
    assert topic in listed


def test_safety_questions_are_marked(listed):
    for code in ("suicide_plan_or_intent", "withdrawal_seizure_or_delirium_ever", "pregnant"):
        assert listed[code]["safety_critical"]
        assert listed[code]["kind"] == "danger"
    assert listed["sober_adult_present"]["kind"] == "protection"
    assert listed["works_or_studies_by_day"]["kind"] == "constraint"


def test_every_value_that_is_listed_is_accepted(listed):
    length = max(len(each["values"]) for each in listed.values())
    for turn in range(length):
        stated = {code: each["values"][turn % len(each["values"])] for code, each in listed.items()}
        place({"findings": stated})


def test_both_ends_of_every_number_are_accepted_and_what_lies_beyond_is_refused(listed):
    numbers = {code: each for code, each in listed.items() if each["type"] == "number"}
    for end in ("min", "max"):
        place({"findings": {code: each[end] for code, each in numbers.items()}})
    beyond = refused("place", {"findings": {"pulse": numbers["pulse"]["max"] + 1}})
    assert "pulse" in beyond


def test_words_list_every_finding_by_area_with_its_question(listed):
    ran = handrail("findings")
    assert ran.code == 0
    for each in listed.values():
        assert f"  {each['code']}  (" in ran.out
        assert each["question"] in ran.out
    assert "WITHDRAWAL" in ran.out.splitlines()


def test_output_cut_short_by_the_reader_is_no_error():
    command = f'"{sys.executable}" -m handrail.cli findings | head -n 1'
    ran = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
