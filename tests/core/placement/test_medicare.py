"""The Medicare benefit for intensive outpatient care: who may be certified for it."""

import pytest

from handrail.core.placement.recommend import recommend
from tests.core.strategies import CALM, MEDICARE, person

DEPRESSED = {
    "age": 70,
    "depression": "moderate",
    "daily_life_difficulty": "marked",
    "weekly_mental_care_not_enough": True,
}
CERTIFIED = {
    "physician_certified": True,
    "plan_of_treatment_signed": True,
    "likely_to_benefit": True,
    "can_take_part": True,
    "support_outside_program": True,
}


def asked(*parts, **answers):
    stated = {}
    for part in (*parts, answers):
        stated |= part
    return recommend({**CALM, **person(**stated)}, MEDICARE)


def statuses(found):
    return {each.id: each.status for each in found.requirements}


def test_someone_who_needs_nine_hours_and_is_certified_meets_every_requirement():
    found = asked(DEPRESSED, CERTIFIED)
    assert (found.acute, found.level) == ((), "iop")
    assert set(statuses(found).values()) == {"met"}
    assert found.flags == ()


@pytest.mark.parametrize(
    ("finding", "requirement"),
    [
        ("physician_certified", "physician-certifies"),
        ("plan_of_treatment_signed", "plan-of-treatment"),
        ("likely_to_benefit", "likely-to-benefit"),
        ("can_take_part", "able-to-take-part"),
        ("support_outside_program", "support-outside"),
    ],
)
def test_each_requirement_is_open_until_known_and_then_met_or_not(finding, requirement):
    for answer, status in (
        (True, "met"), (False, "not met"), (None, "open"), ("unknown", "open"), ("refused", "open"),
    ):  # fmt: skip
        found = asked(DEPRESSED, CERTIFIED, {finding: answer})
        expected = dict.fromkeys(statuses(found), "met") | {requirement: status}
        assert statuses(found) == expected
        assert found.level == "iop", "a requirement is not a need"


def test_danger_keeps_someone_out_of_the_benefit_and_an_open_question_leaves_it_open():
    in_danger = asked(DEPRESSED, CERTIFIED, suicide_plan_or_intent=True)
    assert statuses(in_danger)["no-24-hour-care"] == "open", "until it has been evaluated"
    assert in_danger.emergency
    assert in_danger.acute == ("hospital_psychiatric",)
    unsure = asked(DEPRESSED, CERTIFIED, suicide_plan_or_intent=None)
    assert statuses(unsure)["no-24-hour-care"] == "open"
    assert unsure.level is None
    nights = asked(DEPRESSED, CERTIFIED, unsafe_at_night_without_staff=True)
    assert statuses(nights)["no-24-hour-care"] == "not met"
    assert nights.level == "rtc"


def test_danger_that_was_evaluated_and_found_safe_is_no_bar():
    evaluated = {"suicide_attempt_recent": True, "emergency_evaluation_found_safe": True}
    found = asked(DEPRESSED, CERTIFIED, evaluated)
    assert found.emergency is None
    assert statuses(found)["no-24-hour-care"] == "met"
    not_evaluated = evaluated | {"emergency_evaluation_found_safe": False}
    assert statuses(asked(DEPRESSED, CERTIFIED, not_evaluated))["no-24-hour-care"] == "not met"


def test_care_in_the_clients_home_does_not_fit_the_benefit_and_is_flagged():
    found = asked(DEPRESSED, CERTIFIED, care_in_own_home=True)
    assert statuses(found)["not-at-home"] == "not met"
    assert [flag.id for flag in found.flags] == ["home-flag"]
    assert found.level == "iop"
    wish = asked(DEPRESSED, CERTIFIED, wants_online=True)
    assert [flag.id for flag in wish.flags] == ["home-flag"]
    assert statuses(wish)["not-at-home"] == "met"


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({"weekly_mental_care_not_enough": False}, "counseling"),
        ({"daily_life_difficulty": "some"}, "counseling"),
        ({"daily_life_difficulty": "cannot_manage"}, "php"),
        ({"depression": "none"}, "on_my_own"),
        ({"depression": "none", "alcohol_use_disorder": "moderate"}, "iop"),
    ],
)
def test_what_the_benefit_asks_of_the_need_decides_the_level(change, level):
    assert asked(DEPRESSED, CERTIFIED, change).level == level


def test_leaving_a_ward_counts_as_more_than_single_visits_can_hold():
    leaving = DEPRESSED | {"weekly_mental_care_not_enough": False, "leaving_psychiatric_ward": True}
    assert asked(leaving, CERTIFIED).level == "iop"
