"""Fifteen people, and where each of them belongs.

Each is coded from one sentence: what it states, and nothing else. "Safety answered no" is every
safety-critical danger answered no. Where a sentence can be coded in more than one fair way, each
way must lead to the same place.
"""

import pytest

from handrail.core.findings import Kind
from handrail.core.placement.compare import compare, read_asked
from handrail.core.placement.recommend import recommend
from tests.core.strategies import ADMISSION, CARE, CATALOGUE, SAFETY, best, person

SAFETY_ANSWERED_NO = {
    code: best(CATALOGUE[code])
    for code in SAFETY
    if code != "age" and CATALOGUE[code].kind is Kind.DANGER
}
SUICIDE_QUESTIONS = (
    "suicidal_thoughts",
    "suicidal_thoughts_right_now",
    "suicide_plan_or_intent",
    "suicide_attempt_recent",
)
WITHDRAWAL_QUESTIONS = tuple(code for code in SAFETY if CATALOGUE[code].area.value == "withdrawal")


def place(*parts, without=(), **answers):
    """Place someone of 42 who answers every safety question with no, unless stated otherwise."""
    stated = {"age": 42, **SAFETY_ANSWERED_NO}
    for part in (*parts, answers):
        stated |= part
    return recommend(person(**stated), ADMISSION, without=without)


HOMES = ("recovery_residence", "supervised_residence")


def verdict(found, code):
    return next(each for each in found.levels if each.code == code)


def facets(found):
    """What every package holds."""
    return set.intersection(*(set(package.facets) for package in found.packages))


WEEKEND_DRINKER = {
    "works_or_studies_by_day": True,
    "alcohol_use_disorder": "moderate",
    "alcohol_heavy_most_days": False,
    "consequences_mounting": True,
    "tried_weekly_counseling": "did_not_hold",
    "sober_adult_present": True,
}
WEEKEND_DRINKER_CODED_FULLY = WEEKEND_DRINKER | {
    "binge_drinking": True,
    "uses_daily": False,
    "supportive_home": True,
    "home_with_use": False,
    "weekly_care_not_enough": True,
    "weekly_care_known_enough": False,
}


@pytest.mark.parametrize("coded", [WEEKEND_DRINKER, WEEKEND_DRINKER_CODED_FULLY])
def test_01_weekend_drinking_after_a_failed_year_of_counseling_needs_iop(coded):
    found = place(coded)
    assert (found.acute, found.level, found.emergency) == ((), "iop", None)
    assert {"family_program", "drug_testing", "medication_for_addiction"} <= facets(found)
    for lower in ("counseling", "sop"):
        assert verdict(found, lower).verdict == "falls_short"
        assert "structure_several_times_weekly" in verdict(found, lower).unmet
    assert [flag.id for flag in found.flags] == ["works-by-day"]
    assert "evening" in found.flags[0].plain


DAILY_DRINKER = {
    "alcohol_heavy_most_days": True,
    "uses_daily": True,
    "sober_adult_present": "unknown",
    "daily_medical_visit_possible": "unknown",
}
SHAKES = [
    {"drinks_to_stop_shaking": True},
    {"withdrawal_symptoms_now": "mild"},
    {"drinks_to_stop_shaking": True, "withdrawal_symptoms_now": "moderate"},
]


@pytest.mark.parametrize("shakes", SHAKES)
def test_02_daily_drinking_and_shaking_with_protection_unknown_is_a_range(shakes):
    found = place(WEEKEND_DRINKER, DAILY_DRINKER, shakes)
    assert found.level is None
    assert "withdrawal_assessment" in found.need_codes
    assert (found.lowest.acute, found.lowest.level) == ((), "iop")
    assert all("ambulatory_withdrawal_management" in p.facets for p in found.lowest.packages)
    assert (found.highest.acute, found.highest.level) == (("detox",), "iop")
    asked = {each.finding for each in found.would_change if each.safety}
    assert {"sober_adult_present", "daily_medical_visit_possible"} <= asked


@pytest.mark.parametrize("shakes", SHAKES)
def test_03_with_a_past_withdrawal_seizure_detox_comes_first(shakes):
    seizure = {"withdrawal_seizure_or_delirium_ever": True}
    found = place(WEEKEND_DRINKER, DAILY_DRINKER, shakes, seizure)
    assert (found.acute, found.level) == (("detox",), "iop")
    assert found.pathway == ("detox", "iop", "sop", "counseling+fellowship")


LEFT_RESIDENTIAL = {"leaving_residential": True}
STABLE_AT_HOME = LEFT_RESIDENTIAL | {
    "home_violence": False,
    "no_place_to_live": False,
    "supportive_home": True,
    "mental_condition_stable": True,
    "alcohol_use_disorder": "severe",
    "early_recovery": True,
    "uses_daily": False,
}


@pytest.mark.parametrize("coded", [LEFT_RESIDENTIAL, STABLE_AT_HOME])
def test_04_leaving_residential_for_a_safe_home_steps_down_to_iop(coded):
    found = place(coded, home_with_use=False)
    assert (found.acute, found.level) == ((), "iop")
    assert "recovery_residence" not in facets(found)


@pytest.mark.parametrize("coded", [LEFT_RESIDENTIAL, STABLE_AT_HOME])
def test_05_leaving_residential_for_a_home_with_daily_use_is_iop_and_a_recovery_residence(coded):
    found = place(coded, home_with_use=True)
    assert (found.acute, found.level) == ((), "iop")
    assert "recovery_residence" in facets(found)
    assert verdict(found, "rtc").verdict == "more_than_needed"


@pytest.mark.parametrize("coded", [LEFT_RESIDENTIAL, STABLE_AT_HOME])
def test_05_where_no_recovery_residence_is_free_the_level_stays_and_the_gap_is_named(coded):
    found = place(coded, home_with_use=True, without=HOMES)
    assert found.level == "iop"
    assert "recovery_residence" in facets(found)
    assert found.supply.without == HOMES
    assert found.supply.gaps == ("home_away_from_use",)
    for package in found.supply.packages:
        assert package.level == "iop"
        assert "case_management" in package.facets
        assert not set(HOMES) & set(package.facets)


@pytest.mark.parametrize("coded", [LEFT_RESIDENTIAL, STABLE_AT_HOME, {}])
def test_06_use_from_a_recovery_residence_while_in_php_needs_residential_care(coded):
    found = place(
        coded,
        home_with_use=True,
        returned_to_use_in_recovery_residence=True,
        returned_to_use_during_php=True,
    )
    assert found.level == "rtc"


@pytest.mark.parametrize(
    "coded",
    [
        {"weekly_mental_care_not_enough": True},
        {"tried_weekly_counseling": "did_not_hold", "depression": "severe"},
    ],
)
def test_07_barely_out_of_bed_after_weekly_therapy_needs_php_job_or_not(coded):
    found = place(
        coded,
        daily_life_difficulty="cannot_manage",
        unsafe_at_night_without_staff=False,
        works_or_studies_by_day=True,
        uses_daily=False,
    )
    assert (found.acute, found.level, found.emergency) == ((), "php", None)
    assert "psychiatric_care" in facets(found)
    assert not any("drug_testing" in package.facets for package in found.packages)
    assert [flag.id for flag in found.flags] == ["works-by-day"]


MILD_CANNABIS = {"cannabis_use_disorder": "none", "consequences_mounting": False}


def test_08_mild_cannabis_use_without_a_disorder_needs_nothing_formal():
    found = place(MILD_CANNABIS)
    assert (found.acute, found.level, found.emergency) == ((), "on_my_own", None)
    assert found.need_codes == ()
    assert [package.facets for package in found.packages] == [()]


def test_08_asking_for_help_anyway_is_answered_with_an_offer_of_counseling():
    found = place(MILD_CANNABIS, asks_for_help=True)
    assert found.level == "on_my_own"
    assert [offer.offers for offer in found.offers] == [("counseling",)]


def test_09_fourteen_months_sober_and_lonely_is_fellowship_with_coaching_offered():
    found = place(
        alcohol_use_disorder="remission",
        lacks_recovery_support=True,
        early_recovery=False,
        daily_life_difficulty="none",
    )
    assert (found.acute, found.level) == ((), "fellowship")
    assert "coaching" in {code for offer in found.offers for code in offer.offers}


def test_10_plan_and_means_for_suicide_is_an_emergency_before_all_else():
    found = place(suicide_plan_or_intent=True, suicidal_thoughts="method")
    assert found.emergency.because
    assert found.emergency.plain
    assert "hospital_psychiatric" in found.acute
    assert "safety_plan" in found.need_codes


def test_10_the_call_goes_on_after_an_emergency():
    found = recommend(person(age=42, suicide_plan_or_intent=True), ADMISSION)
    assert found.emergency
    assert found.level is None
    assert "alcohol_heavy_most_days" in {each.finding for each in found.would_change}
    assert {each.code for each in found.levels} >= {"iop", "detox"}


def test_11_without_the_suicide_and_withdrawal_answers_it_is_between_iop_and_hospital():
    not_asked = dict.fromkeys((*SUICIDE_QUESTIONS, *WITHDRAWAL_QUESTIONS))
    found = place(WEEKEND_DRINKER, not_asked)
    assert found.level is None
    assert (found.lowest.acute, found.lowest.level) == ((), "iop")
    assert {"hospital_psychiatric", "hospital_medical", "detox"} <= set(found.highest.acute)
    asked = {each.finding for each in found.would_change}
    assert {"suicide_plan_or_intent", "alcohol_heavy_most_days"} <= asked
    assert found.would_change[0].safety


def test_11_naming_only_suicide_as_open_ends_at_the_psychiatric_hospital():
    found = place(WEEKEND_DRINKER, dict.fromkeys(SUICIDE_QUESTIONS))
    assert found.level is None
    assert found.lowest.level == "iop"
    assert "hospital_psychiatric" in found.highest.acute
    assert "detox" not in found.highest.acute


@pytest.mark.parametrize(
    "coded",
    [
        {"opioid_use_disorder": "mild"},
        {"opioid_use_disorder": "moderate"},
        {"opioid_use_disorder": "severe", "uses_daily": True},
    ],
)
def test_12_fentanyl_and_no_groups_gets_medicine_now_and_the_level_stays_on_record(coded):
    accepting = place(coded)
    found = place(coded, refuses_groups=True)
    assert found.level == accepting.level
    assert {"medication_for_addiction", "naloxone"} <= facets(found)
    offered = {code for offer in found.offers for code in offer.offers}
    assert offered == {"medication_for_addiction", "naloxone", "counseling"}
    assert any("informed refusal" in offer.because for offer in found.offers)
    alone = compare(found, read_asked("on_my_own", CARE))
    assert alone.verdict == "gives_up"


def test_13_fifteen_years_old_gets_safety_help_and_a_referral_and_no_level():
    found = place(WEEKEND_DRINKER, age=15)
    assert found.level is None
    assert found.lowest is None
    assert "young people" in found.outside
    in_danger = place(WEEKEND_DRINKER, age=15, suicide_plan_or_intent=True)
    assert in_danger.emergency
    assert in_danger.level is None


@pytest.mark.parametrize("disorder", ["remission", "mild", "moderate", "severe"])
def test_14_pregnant_and_stable_on_buprenorphine_is_counseling_medicine_and_prenatal_care(
    disorder,
):
    found = place(
        pregnant=True,
        opioid_use_disorder=disorder,
        stable_on_medication=True,
        works_or_studies_by_day=True,
    )
    assert (found.acute, found.level, found.emergency) == ((), "counseling", None)
    assert {"medication_for_addiction", "prenatal_care"} <= facets(found)


@pytest.mark.parametrize("severity", ["moderate", "severe"])
def test_15_depression_in_spite_of_weekly_therapy_is_a_mental_health_iop_without_testing(severity):
    found = place(
        depression=severity,
        daily_life_difficulty="marked",
        weekly_mental_care_not_enough=True,
        works_or_studies_by_day=True,
    )
    assert (found.acute, found.level) == ((), "iop")
    assert "psychiatric_care" in facets(found)
    assert not any("drug_testing" in package.facets for package in found.packages)
