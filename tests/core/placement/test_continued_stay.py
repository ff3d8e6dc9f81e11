"""Continued stay: a need closes when its goal is met, not because days have passed."""

import pytest

from handrail.core.placement.recommend import recommend
from tests.core.strategies import CALM, CONTINUED_STAY, SPINE, person

GOALS_OPEN = {"goals_met": False, "lower_level_known_enough": False, "making_progress": True}
MET = {"goals_met": True, "lower_level_known_enough": False, "making_progress": True}


def staying(level, *parts, **answers):
    stated = {"age": 42, "current_level": level}
    for part in (*parts, answers):
        stated |= part
    return recommend({**CALM, **person(**stated)}, CONTINUED_STAY)


def flags(found):
    return {flag.id for flag in found.flags}


@pytest.mark.parametrize("level", ["counseling", "sop", "iop", "php", "rtc"])
def test_goals_open_with_progress_is_a_reason_to_stay(level):
    found = staying(level, GOALS_OPEN, acute_symptoms_resolved=False)
    assert found.level == level
    assert "no-progress-shown" not in flags(found)


def test_day_and_night_care_needs_a_named_reason_once_what_led_there_has_passed():
    resolved = GOALS_OPEN | {"acute_symptoms_resolved": True, "wants_to_stay_longer": True}
    found = staying("rtc", resolved)
    assert found.level == "php"
    assert "wishes-to-stay" in flags(found)
    assert staying("rtc", resolved, still_needs_24h=True).level == "rtc"


def test_a_ward_is_kept_until_the_record_shows_that_what_led_there_has_passed():
    there = {"acute_place_now": "hospital_psychiatric", "weekly_care_known_enough": False}
    kept = staying("on_my_own", MET, there, acute_symptoms_resolved=False)
    assert kept.acute == ("hospital_psychiatric",)
    after = staying("on_my_own", MET, there, acute_symptoms_resolved=True)
    assert (after.acute, after.level) == ((), "iop")
    many = staying("on_my_own", MET, there, psychiatric_admissions=4)
    assert many.level == "php"


@pytest.mark.parametrize(
    ("level", "below"), [("rtc", "iop"), ("php", "iop"), ("iop", "sop"), ("sop", "on_my_own")]
)
def test_goals_met_steps_down(level, below):
    assert staying(level, MET).level == below


@pytest.mark.parametrize(("level", "below"), [("rtc", "iop"), ("php", "iop"), ("iop", "sop")])
def test_a_lower_level_shown_to_be_enough_steps_down_with_goals_still_open(level, below):
    shown = GOALS_OPEN | {"lower_level_known_enough": True}
    assert staying(level, shown).level == below


@pytest.mark.parametrize("level", ["iop", "php", "rtc"])
@pytest.mark.parametrize("reason", ["new_goal_at_this_level", "relapse_expected_at_lower_level"])
def test_a_new_goal_or_a_named_need_that_would_return_is_a_reason_to_stay(level, reason):
    assert staying(level, MET, {reason: True}).level == level


def test_a_trial_of_less_that_held_outweighs_a_fear_of_relapse():
    shown = MET | {"lower_level_known_enough": True, "relapse_expected_at_lower_level": True}
    assert staying("iop", shown).level == "sop"


@pytest.mark.parametrize("goals", ["unknown", "refused", None, False])
def test_goals_that_are_not_known_to_be_met_keep_the_level(goals):
    found = staying("iop", GOALS_OPEN, goals_met=goals)
    assert found.level == "iop"


def test_a_changed_plan_that_did_not_help_asks_for_more():
    found = staying("iop", GOALS_OPEN, plan_changed_did_not_help=True, making_progress=False)
    assert found.level == "php"
    assert "no-progress-shown" in flags(found)


def test_use_during_iop_changes_the_plan_first_and_the_level_only_when_that_did_not_hold():
    used = staying("iop", GOALS_OPEN, returned_to_use_during_iop=True)
    assert used.level == "iop"
    assert "medication_for_addiction" in used.need_codes
    changed = {"returned_to_use_during_iop": True, "changed_plan_in_iop_did_not_hold": True}
    assert staying("iop", GOALS_OPEN, changed).level == "php"


def test_use_during_php_with_danger_asks_for_support_that_never_leaves():
    found = staying(
        "php", GOALS_OPEN, returned_to_use_during_php=True, use_puts_life_in_danger=True
    )
    assert found.level == "rtc"


def test_a_stay_longer_than_progress_supports_is_questioned_and_not_cut():
    long = GOALS_OPEN | {"making_progress": False, "stay_longer_than_progress_supports": True}
    found = staying("iop", long)
    assert {"longer-than-progress-supports", "no-progress-shown"} <= flags(found)
    assert found.level == "iop"


@pytest.mark.parametrize(("percent", "flagged"), [(100, False), (61, False), (60, True), (0, True)])
def test_missed_hours_ask_for_the_barrier_and_move_nobody(percent, flagged):
    found = staying("iop", GOALS_OPEN, hours_attended_percent=percent)
    assert ("few-hours-attended" in flags(found)) == flagged
    assert found.level == "iop"


def test_danger_during_a_stay_comes_first():
    found = staying("iop", GOALS_OPEN, suicide_plan_or_intent=True)
    assert found.emergency
    assert found.acute == ("hospital_psychiatric",)
    assert found.level == "iop"


def test_medication_goes_along_with_every_step_down():
    for level in SPINE:
        found = staying(level, MET, opioid_use_disorder="remission")
        assert {"medication_for_addiction", "overdose_prevention"} <= set(found.need_codes)


def test_use_at_home_is_answered_with_nights_elsewhere_at_the_same_level():
    found = staying("iop", GOALS_OPEN, home_with_use=True)
    assert found.level == "iop"
    assert all("recovery_residence" in package.facets for package in found.packages)
