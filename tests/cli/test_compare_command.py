"""`handrail compare`: what something else would give up, or that it is reasonable."""

import pytest

from tests.cli.running import SAFETY_NO, WEEKEND_DRINKER, handrail

DETOX = {
    "age": 42,
    **SAFETY_NO,
    "alcohol_heavy_most_days": True,
    "withdrawal_seizure_or_delirium_ever": True,
    "alcohol_use_disorder": "severe",
    "consequences_mounting": True,
}


def compared(findings, level, *options):
    ran = handrail("compare", "-", level, "--json", *options, given={"findings": findings})
    assert (ran.code, ran.err) == (0, "")
    return ran.told


def in_words(findings, level):
    ran = handrail("compare", "-", level, given={"findings": findings})
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.mark.parametrize("level", ["iop", "iop, sop, counseling"])
def test_what_is_indicated_is_reasonable(level):
    told = compared(WEEKEND_DRINKER, level)
    assert told["verdict"] == "reasonable"
    assert told["gives_up"] == []
    assert "reasonable" in in_words(WEEKEND_DRINKER, level)


def test_less_than_indicated_names_what_it_gives_up_in_both_ways():
    told = compared(WEEKEND_DRINKER, "counseling")
    assert told["verdict"] == "gives_up"
    (need,) = [n for n in told["gives_up"] if n["code"] == "structure_several_times_weekly"]
    assert need["because"]
    assert need["plain"]
    assert need["leaves_out"]
    words = in_words(WEEKEND_DRINKER, "counseling")
    assert "for clinicians:" in words
    assert "in plain words:" in words


def test_more_than_indicated_owes_a_reason():
    told = compared(WEEKEND_DRINKER, "rtc")
    assert told["verdict"] == "more_than_needed"
    assert told["beyond"] == ["rtc"]
    assert "owes a reason" in in_words(WEEKEND_DRINKER, "rtc")


def test_the_floor_cannot_be_agreed_away():
    told = compared(DETOX, "iop")
    assert told["verdict"] == "gives_up"
    assert "withdrawal_care_24h" in told["floor"]
    words = in_words(DETOX, "iop")
    assert "cannot be agreed away" in words
    assert "informed refusal" in words


def test_detox_only_gives_up_what_comes_after():
    told = compared(DETOX, "detox")
    assert told["verdict"] == "gives_up"
    assert told["floor"] == []
    assert "structure_several_times_weekly" in {need["code"] for need in told["gives_up"]}
    assert compared(DETOX, "detox,iop")["verdict"] == "reasonable"


def test_a_facet_that_is_needed_and_not_asked_for_has_to_come_with_it():
    findings = {**WEEKEND_DRINKER, "home_with_use": True}
    told = compared(findings, "iop+medication_for_addiction")
    assert "recovery_residence" in told["comes_with"]
    assert "medication_for_addiction" not in told["comes_with"]
    assert "It has to come with" in in_words(findings, "iop")


def test_nothing_is_reasonable_while_a_safety_question_is_open():
    findings = {**WEEKEND_DRINKER, "suicide_plan_or_intent": None}
    told = compared(findings, "iop")
    assert told["verdict"] == "open"
    assert {"emergency_response", "psychiatric_safety_24h"} <= set(told["may_give_up"])
    assert "reasonable yet" in in_words(findings, "iop")


def test_an_emergency_makes_every_outpatient_level_unreasonable():
    findings = {**WEEKEND_DRINKER, "suicidal_thoughts_right_now": True}
    told = compared(findings, "iop")
    assert told["verdict"] == "gives_up"
    assert "emergency_response" in told["floor"]
    assert in_words(findings, "iop").startswith("An emergency comes first")


def test_for_a_young_person_nothing_is_judged():
    findings = {**WEEKEND_DRINKER, "age": 15}
    assert compared(findings, "iop")["verdict"] == "outside_population"
    assert "No level" in in_words(findings, "iop")


def test_several_criteria_each_answer():
    options = ["--criteria", "general-adult-admission", "--criteria", "medicare-iop"]
    told = compared(WEEKEND_DRINKER, "counseling", *options)
    assert [each["verdict"] for each in told] == ["gives_up", "gives_up"]


@pytest.mark.parametrize("level", ["sauna", "iop+sauna", "IOP", "", ","])
def test_an_unknown_level_is_refused_with_the_known_ones(level):
    ran = handrail("compare", "-", level, given={"findings": WEEKEND_DRINKER})
    assert ran.code == 2
    assert "expected one of" in ran.err
    assert "counseling" in ran.err


@pytest.mark.parametrize(("given", "named"), [("{", "line 1"), ('{"findings": {"x": 1}}', "x")])
def test_a_file_that_cannot_be_used_is_named(given, named):
    ran = handrail("compare", "-", "iop", given=given)
    assert ran.code == 2
    assert named in ran.err
