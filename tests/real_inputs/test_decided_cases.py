"""The 33 decided appeals by two blind coders, and the 34 reviewed files, against the rules."""

import json

import pytest

from handrail.cli.evaluate import place_all, read_codings, read_decisions
from handrail.core.findings import read_stated
from handrail.core.placement.evaluation import MATCH, judge
from handrail.core.placement.recommend import recommend
from handrail.data import criteria_set, findings_catalogue
from tests.real_inputs.appeals.agreement import CODINGS_FOLDER

# Each is explained in docs/explanation/how-well-it-places.md.
NOT_MET = {
    ("NYDFS-202009-131061", "a"): "under-placed",
    ("NYDFS-202107-140149", "b"): "range or at least",
    ("NYDFS-202306-164719", "a"): "over-placed",
    ("NYDFS-202306-164719", "b"): "over-placed",
}

AGREED = {
    "01": ("", "iop"), "02": ("detox", "iop"), "03": ("", "iop"), "04": ("", "on_my_own"),
    "05": ("hospital_psychiatric", "iop"), "06": ("", "iop"), "07": ("", "counseling"),
    "08": ("", "php"), "09": ("", "counseling"), "10": ("", "iop"), "11": ("", "counseling"),
    "12": ("", "iop"), "13": ("", "iop"), "15": ("", "on_my_own"), "16": ("", "counseling"),
    "17": ("", "php"), "18": ("detox", "iop"), "20": ("", "counseling"), "21": ("", "counseling"),
    "22": ("", "iop"), "23": ("", "iop"), "24": ("", "iop"), "25": ("hospital_psychiatric", "iop"),
    "26": ("detox", "iop"), "27": ("hospital_psychiatric+crisis_observation", "iop"),
    "28": ("", "iop"), "29": ("", "on_my_own"), "30": ("", "rtc"), "31": ("", "rtc"),
    "32": ("", "counseling"), "33": ("", "counseling"), "34": ("detox", "iop"),
}  # fmt: skip
FACETS = {
    "04": "medication_visits", "10": "same_day_medical_visit", "11": "slow_taper",
    "17": "medical_check", "22": "same_day_medical_visit",
}  # fmt: skip
ANSWERED_SINCE = {"18": {"ghb_or_phenibut_daily": True}}
"""What the vocabulary of the day could not say, and the name of the file does."""


def test_nobody_is_placed_too_low_or_too_high_but_those_named(real_inputs):
    decisions = read_decisions(str(real_inputs / "cases" / "appeals" / "appeals-33.json"))
    codings = read_codings(CODINGS_FOLDER)
    assert set(codings) == {"a", "b"}
    for case, coder, found in place_all(decisions, codings, criteria_set()):
        judged = judge(case, found, coder).judgement
        assert judged == NOT_MET.get((case.id, coder), MATCH), f"{case.id} {coder}"


@pytest.fixture(scope="module")
def reviewed(real_inputs):
    found = {}
    for file in sorted((real_inputs / "cases" / "reviewed").glob("*.json")):
        number = file.name[:2]
        stated = json.loads(file.read_text(encoding="utf-8"))["findings"]
        stated |= ANSWERED_SINCE.get(number, {})
        found[number] = recommend(read_stated(stated, findings_catalogue()), criteria_set())
    return found


@pytest.mark.parametrize("number", AGREED)
def test_the_reviewed_files_are_placed_as_the_reviewer_would(reviewed, number):
    found = reviewed[number]
    assert ("+".join(found.acute), found.level) == AGREED[number]
    if number in FACETS:
        assert FACETS[number] in found.packages[0].facets


@pytest.mark.parametrize("number", ["14", "19"])
def test_files_that_say_too_little_stay_open(reviewed, number):
    assert reviewed[number].level is None


def test_active_thoughts_after_an_attempt_are_evaluated_the_same_day(reviewed):
    assert reviewed["10"].emergency


def test_no_medication_is_promised_for_cocaine(reviewed):
    assert "medication_for_addiction" not in reviewed["14"].need_codes
    assert "contingency_management" in reviewed["14"].need_codes
