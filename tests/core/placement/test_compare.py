"""Compare: the family's question, the client's wish and the insurer's offer, held up alike."""

import pytest

from handrail.core.placement.compare import AskedError, compare, read_asked
from handrail.core.placement.recommend import recommend
from tests.core.strategies import ADMISSION, CALM, CARE, person


def placed(**answers):
    return recommend({**CALM, **person(age=42, **answers)}, ADMISSION)


def held_up(found, text):
    return compare(found, read_asked(text, CARE))


def given_up(comparison):
    return [need.code for need in comparison.gives_up]


IOP = {
    "alcohol_use_disorder": "moderate",
    "weekly_care_not_enough": True,
    "no_formal_care_known_enough": False,
}
DETOX = IOP | {"alcohol_heavy_most_days": True, "withdrawal_seizure_or_delirium_ever": True}


# ---- what is asked for -------------------------------------------------------------------------


def test_a_sequence_is_read_into_places_a_level_and_facets():
    asked = read_asked(" detox , rtc, iop + recovery_residence+ medication_for_addiction", CARE)
    assert asked.acute == ("detox",)
    assert asked.package.level == "rtc"
    assert asked.package.facets == ("medication_for_addiction", "recovery_residence")
    assert asked.steps[0] == "detox"


def test_an_acute_place_alone_is_followed_by_nothing():
    asked = read_asked("detox", CARE)
    assert (asked.acute, asked.package.level) == (("detox",), "on_my_own")


def test_fellowship_meetings_are_a_level_and_not_a_facet_when_asked_for_alone():
    assert read_asked("fellowship", CARE).package.level == "fellowship"


@pytest.mark.parametrize("text", ["sauna", "iop+sauna", "detox,sauna", "", " , ", "+", "iop+"])
def test_what_is_no_level_is_refused_with_the_known_ones(text):
    with pytest.raises(AskedError, match="expected one of on_my_own, fellowship"):
        read_asked(text, CARE)


# ---- verdicts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["iop", "iop, sop, counseling", "sop, iop"])
def test_the_level_that_is_needed_is_reasonable(text):
    comparison = held_up(placed(**IOP), text)
    assert comparison.verdict == "reasonable"
    assert comparison.gives_up == ()
    assert comparison.beyond == ()


@pytest.mark.parametrize("text", ["on_my_own", "fellowship", "coaching", "counseling", "sop"])
def test_every_level_below_gives_something_up_and_says_what(text):
    comparison = held_up(placed(**IOP), text)
    assert comparison.verdict == "gives_up"
    assert "structure_several_times_weekly" in given_up(comparison)
    assert all(need.plain and need.because and need.leaves_out for need in comparison.gives_up)
    assert comparison.floor == ()


def test_less_gives_up_more():
    found = placed(**IOP)
    counts = [len(given_up(held_up(found, text))) for text in CARE.spine]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("text", ["php", "rtc", "rtc, iop"])
def test_more_than_is_needed_owes_a_reason_like_anybody(text):
    comparison = held_up(placed(**IOP), text)
    assert comparison.verdict == "more_than_needed"
    assert comparison.beyond == (text.split(",")[0],)


def test_a_hospital_that_nothing_asks_for_is_more_than_needed():
    assert held_up(placed(**IOP), "detox, iop").beyond == ("detox",)


def test_a_bare_level_is_reasonable_with_what_it_has_to_come_with():
    found = placed(**IOP, home_with_use=True)
    bare = held_up(found, "iop")
    assert bare.verdict == "reasonable"
    assert {"recovery_residence", "drug_testing"} <= set(bare.comes_with)
    named = held_up(found, "iop+recovery_residence")
    assert named.verdict == "reasonable"
    assert set(named.comes_with) == set(bare.comes_with) - {"recovery_residence"}


@pytest.mark.parametrize("facet", sorted(CARE.facets))
@pytest.mark.parametrize("level", ["on_my_own", "counseling", "iop"])
def test_asking_for_something_more_never_gives_more_up(level, facet):
    found = placed(**IOP, home_with_use=True)
    with_facet, bare = held_up(found, f"{level}+{facet}"), held_up(found, level)
    assert set(given_up(with_facet)) <= set(given_up(bare))


def test_whatever_is_chosen_medication_has_to_come_with_it():
    found = placed(**IOP)
    assert "medication_for_addiction" in held_up(found, "on_my_own").comes_with


def test_thirty_days_and_then_home_gives_up_the_step_down():
    found = placed(**IOP)
    assert held_up(found, "detox, rtc, iop").gives_up == ()
    home = held_up(found, "detox, rtc, on_my_own")
    assert home.verdict == "gives_up"
    assert "structure_several_times_weekly" in given_up(home)
    assert held_up(found, "iop, sop, counseling").verdict == "reasonable"


def test_the_floor_is_named_first_and_apart():
    comparison = held_up(placed(**DETOX), "on_my_own+medication_for_addiction")
    assert comparison.floor[0] == "withdrawal_care_24h"
    assert given_up(comparison)[: len(comparison.floor)] == list(comparison.floor)
    assert len(comparison.gives_up) > len(comparison.floor)


def test_a_hospital_answers_what_detox_would():
    found = placed(**DETOX)
    assert held_up(found, "detox, iop").verdict == "reasonable"
    assert held_up(found, "hospital_medical, iop").floor == ()


def test_a_residential_program_is_no_detox():
    comparison = held_up(placed(**DETOX), "rtc")
    assert comparison.verdict == "gives_up"
    assert "withdrawal_care_24h" in comparison.floor


# ---- safety ------------------------------------------------------------------------------------


def test_an_open_safety_question_keeps_everything_lower_from_being_reasonable():
    found = placed(**IOP, suicide_plan_or_intent=None)
    comparison = held_up(found, "iop")
    assert comparison.verdict == "open"
    assert comparison.gives_up == ()
    assert {"emergency_response", "psychiatric_safety_24h"} <= set(comparison.may_give_up)


def test_what_covers_the_worst_end_is_reasonable_before_the_answer_is_known():
    found = placed(**IOP, suicide_plan_or_intent=None)
    assert held_up(found, "hospital_psychiatric, iop").verdict == "reasonable"


@pytest.mark.parametrize("text", ["on_my_own", "iop", "rtc", "detox, iop"])
def test_in_an_emergency_nothing_that_skips_the_evaluation_is_reasonable(text):
    found = placed(**IOP, suicidal_thoughts_right_now=True)
    comparison = held_up(found, text)
    assert comparison.verdict == "gives_up"
    assert "emergency_response" in comparison.floor


def test_in_an_emergency_a_hospital_first_is_reasonable_and_not_too_much():
    found = placed(**IOP, suicidal_thoughts_right_now=True)
    comparison = held_up(found, "hospital_psychiatric, iop")
    assert comparison.verdict == "reasonable"
    assert comparison.beyond == ()


def test_outside_the_population_nothing_is_judged_but_the_floor_is_named():
    young = recommend({**CALM, **person(age=15, **IOP)}, ADMISSION)
    assert held_up(young, "iop").verdict == "outside_population"
    in_danger = recommend({**CALM, **person(age=15, suicide_plan_or_intent=True)}, ADMISSION)
    assert "psychiatric_safety_24h" in held_up(in_danger, "iop").floor


# ---- what cannot be had ------------------------------------------------------------------------


def test_another_facet_that_answers_the_same_need_takes_the_place_of_one_that_is_not_there():
    findings = {**CALM, **person(age=42, phq9_score=12, **IOP)}
    found = recommend(findings, ADMISSION, without={"mental_health_assessment"})
    assert found.level == "iop"
    assert found.supply.gaps == ()
    assert all("psychiatric_care" in package.facets for package in found.supply.packages)


def test_of_two_kinds_of_peers_the_one_that_is_there_is_named():
    findings = {**CALM, **person(age=42, lacks_recovery_support=True, **IOP)}
    either = recommend(findings, ADMISSION)
    assert {"fellowship", "coaching"} <= {f for p in either.packages for f in p.facets}
    found = recommend(findings, ADMISSION, without={"coaching", "secular_mutual_help"})
    assert found.supply.gaps == ()
    assert all("fellowship" in package.facets for package in found.supply.packages)
    peers = {"coaching", "fellowship", "secular_mutual_help"}
    neither = recommend(findings, ADMISSION, without=peers)
    assert neither.supply.gaps == ("peer_support",)
