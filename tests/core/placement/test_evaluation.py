"""Evaluation: what counts as too low, too high or open, and how agreement is measured."""

import pytest

from handrail.core.placement.evaluation import (
    AFFIRMED,
    MATCH,
    OPEN,
    OVER,
    UNDER,
    UPPER_BOUND,
    Decided,
    by_stratum,
    icc,
    intensity,
    judge,
    places_of,
    trivial,
)
from handrail.core.placement.recommend import recommend
from tests.core.strategies import ADMISSION, CALM, CALM_SAFETY, CARE, person

RESIDENTIAL = Decided("1", "residential", AFFIRMED, frozenset({"rtc"}))
LESS = Decided("2", "less", UPPER_BOUND, frozenset({"rtc", "hospital_medical"}))

IN_RTC = {**CALM, **person(age=40, unsafe_at_night_without_staff=True)}
IN_COUNSELING = {
    **CALM,
    **person(age=40, alcohol_use_disorder="mild", no_formal_care_known_enough=False),
}
IN_HOSPITAL = {**CALM, **person(age=40, medical_emergency_signs_now=True)}
AT_LEAST = {**CALM_SAFETY, **person(age=40)}
NOTHING_KNOWN = person(age=40)
A_CHILD = person(age=9)


@pytest.mark.parametrize(
    ("case", "findings", "judgement"),
    [
        (RESIDENTIAL, IN_RTC, MATCH),
        (RESIDENTIAL, IN_COUNSELING, UNDER),
        (RESIDENTIAL, AT_LEAST, OPEN),
        (RESIDENTIAL, NOTHING_KNOWN, OPEN),
        (LESS, IN_RTC, OVER),
        (LESS, IN_HOSPITAL, OVER),
        (LESS, IN_COUNSELING, MATCH),
        (LESS, AT_LEAST, MATCH),
        (LESS, A_CHILD, OPEN),
    ],
)
def test_a_placement_is_judged_in_both_directions(case, findings, judgement):
    assert judge(case, recommend(findings, ADMISSION)).judgement == judgement


def test_where_someone_is_sent_names_acute_places_and_the_least_that_is_known():
    assert places_of(recommend(IN_HOSPITAL, ADMISSION))[0] == "hospital_medical"
    assert places_of(recommend(AT_LEAST, ADMISSION)) == ("counseling",)
    assert places_of(recommend(A_CHILD, ADMISSION)) == ()


def test_strata_are_counted_and_all_of_them_together_last():
    found = [
        judge(RESIDENTIAL, recommend(IN_RTC, ADMISSION)),
        judge(RESIDENTIAL, recommend(IN_COUNSELING, ADMISSION)),
        judge(LESS, recommend(IN_RTC, ADMISSION)),
    ]
    rows = {row.stratum: row for row in by_stratum(found)}
    assert list(rows) == ["residential", "less", "all"]
    assert rows["residential"].counts == {MATCH: 1, UNDER: 1, OVER: 0, OPEN: 0}
    assert rows["all"].count == 3
    assert by_stratum([]) == ()


def test_the_trivial_rule_calls_withdrawal_care_necessary_and_nothing_else():
    assert trivial(RESIDENTIAL, "Inpatient withdrawal management") == MATCH
    assert trivial(RESIDENTIAL, "Residential") == UNDER
    assert trivial(LESS, "Inpatient withdrawal management") == OVER
    assert trivial(LESS, "Residential") == MATCH


def test_intensity_orders_levels_and_puts_acute_places_above():
    order = [AT_LEAST, IN_RTC, IN_HOSPITAL]
    numbers = [intensity(recommend(each, ADMISSION), CARE) for each in order]
    assert numbers == sorted(numbers)
    assert intensity(recommend(A_CHILD, ADMISSION), CARE) == 0


def test_icc_is_that_of_a_published_example():
    # Shrout and Fleiss 1979, table 2: six targets, four judges; ICC(2,1) = .29
    judges = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert icc(judges) == pytest.approx(0.29, abs=0.005)
    assert icc([[1, 1], [2, 2], [3, 3]]) == pytest.approx(1)
    assert icc([[1, 1], [1, 1]]) == 1


def test_a_set_without_one_rule_is_the_same_set_otherwise():
    lighter = ADMISSION.without("unsafe-at-night")
    assert len(lighter.rules) == len(ADMISSION.rules) - 1
    assert recommend(IN_RTC, lighter).level != "rtc"
    assert recommend(IN_HOSPITAL, lighter).acute == recommend(IN_HOSPITAL, ADMISSION).acute
