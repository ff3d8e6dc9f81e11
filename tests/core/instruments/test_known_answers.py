"""Published answers with published scores: what an instrument must give, whatever else changes."""

import pytest

from handrail.core.instruments import score_answers
from tests.core.instruments.examples import BY_ID, flag_codes

# Kroenke K et al. J Gen Intern Med 2001;16:606-613: 0-4, 5-9, 10-14, 15-19, 20-27.
PHQ9 = [
    ([0] * 9, 0, "minimal"),
    ([1, 1, 1, 1, 0, 0, 0, 0, 0], 4, "minimal"),
    ([1, 1, 1, 1, 1, 0, 0, 0, 0], 5, "mild"),
    ([2, 2, 1, 1, 0, 0, 0, 0, 0], 6, "mild"),
    ([3, 3, 3, 0, 0, 0, 0, 0, 0], 9, "mild"),
    ([2, 2, 2, 2, 2, 0, 0, 0, 0], 10, "moderate"),
    ([2, 2, 2, 2, 1, 1, 2, 0, 0], 12, "moderate"),
    ([3, 3, 3, 3, 2, 0, 0, 0, 0], 14, "moderate"),
    ([3, 3, 3, 3, 3, 0, 0, 0, 0], 15, "moderately severe"),
    ([3, 3, 3, 3, 3, 3, 1, 0, 0], 19, "moderately severe"),
    ([3, 3, 3, 3, 3, 3, 2, 0, 0], 20, "severe"),
    ([3] * 9, 27, "severe"),
]

# Spitzer RL et al. Arch Intern Med 2006;166:1092-1097: 0-4, 5-9, 10-14, 15-21.
GAD7 = [
    ([0] * 7, 0, "minimal"),
    ([2, 1, 1, 0, 0, 0, 0], 4, "minimal"),
    ([2, 1, 1, 1, 0, 0, 0], 5, "mild"),
    ([2, 1, 2, 1, 0, 1, 0], 7, "mild"),
    ([3, 3, 3, 1, 0, 0, 0], 10, "moderate"),
    ([3, 3, 3, 3, 3, 0, 0], 15, "severe"),
    ([3] * 7, 21, "severe"),
]

# VA: 0-12, non-drinkers 0; positive from 3 for women, from 4 for men (Bush 1998, Bradley 2007).
AUDIT_C = [
    ([0, 0, 0], 0, []),
    (["Monthly or less", "1 or 2", "Less than monthly"], 2, []),
    (["Monthly or less", "5 or 6", "Never"], 3, ["positive_for_women"]),
    (
        ["2-3 times a week", "1 or 2", "Less than monthly"],
        4,
        ["positive_for_women", "positive_for_men"],
    ),
    ([4, 4, 4], 12, ["positive_for_women", "positive_for_men"]),
]

# Prins A et al. 2016: count of yes, no exposure ends it with 0; Bovin MJ et al. 2021: 4, or 3.
PC_PTSD_5 = [
    ([False], 0, []),
    ([True, False, False, False, False, False], 0, []),
    ([True, True, True, False, False, False], 2, []),
    ([True, True, True, True, False, False], 3, ["positive_at_sensitive_cut_off"]),
    (
        [True, True, True, True, True, False],
        4,
        ["positive_screen", "positive_at_sensitive_cut_off"],
    ),
    ([True] * 6, 5, ["positive_screen", "positive_at_sensitive_cut_off"]),
]

# Sullivan JT et al. 1989: 0-67; ASAM 2020 table 1: below 10, 10-18, 19 and above.
CIWA_AR = [
    ([0] * 10, 0, "mild"),
    ([1] * 9 + [0], 9, "mild"),
    ([1] * 10, 10, "moderate"),
    ([4, 4, 4, 4, 2, 0, 0, 0, 0, 0], 18, "moderate"),
    ([4, 4, 4, 4, 3, 0, 0, 0, 0, 0], 19, "severe"),
    ([7] * 9 + [4], 67, "severe"),
]


@pytest.mark.parametrize(("answers", "total", "band"), PHQ9)
def test_phq9_total_and_severity(answers, total, band):
    result = score_answers(BY_ID["phq-9"], answers)
    assert (result.total, result.band, result.problems) == (total, band, ())
    assert result.findings["phq9_score"].value == total


@pytest.mark.parametrize(("answers", "total", "band"), GAD7)
def test_gad7_total_and_severity(answers, total, band):
    result = score_answers(BY_ID["gad-7"], answers)
    assert (result.total, result.band, result.problems) == (total, band, ())


@pytest.mark.parametrize(("answers", "total", "flags"), AUDIT_C)
def test_audit_c_names_both_cut_offs(answers, total, flags):
    result = score_answers(BY_ID["audit-c"], answers)
    assert (result.total, flag_codes(result)) == (total, flags)
    assert "women" in result.band
    assert "men" in result.band


@pytest.mark.parametrize(("answers", "total", "flags"), PC_PTSD_5)
def test_pc_ptsd_5_counts_yes_after_exposure(answers, total, flags):
    result = score_answers(BY_ID["pc-ptsd-5"], answers)
    assert (result.total, flag_codes(result), result.problems) == (total, flags, ())


@pytest.mark.parametrize(("answers", "total", "band"), CIWA_AR)
def test_ciwa_ar_total_and_severity(answers, total, band):
    result = score_answers(BY_ID["ciwa-ar"], answers)
    assert (result.total, result.band, result.problems) == (total, band, ())
    assert any("Never by phone" in caution for caution in result.cautions)
    assert any("counts as not asked" in caution for caution in result.cautions)


@pytest.mark.parametrize(
    ("answers", "positive"), [([0, 0], False), ([2, 0], False), ([2, 1], True), ([3, 3], True)]
)
def test_phq2_is_positive_from_three(answers, positive):
    result = score_answers(BY_ID["phq-2"], answers)
    assert (flag_codes(result) == ["positive_screen"]) == positive


def test_bam_gives_three_sums_and_no_total():
    # Items 1-6, 8-17. Use = 4-6; Risk = 1, 2, 3, 8, 11, 15; Protective = 9, 10, 12, 13, 14, 16.
    answers = [2, 1, 3, 1, 0, 2, 2, 3, 1, 2, 0, 4, "Yes", 1, 2, 0]
    result = score_answers(BY_ID["bam"], answers)
    assert result.total is None
    assert result.subscales == {"use": 3, "risk": 11, "protective": 14}
    assert flag_codes(result) == ["use"]
    assert result.findings["bam_use"].value == 3
    assert result.problems == ()


def test_bam_limits_are_those_of_the_published_report():
    # VA report: Use above 0, Risk above 11, Protective below 13.
    answers = [3, 1, 3, 0, 0, 0, 2, 3, 1, 2, 0, 4, "No", 1, 2, 0]
    result = score_answers(BY_ID["bam"], answers)
    assert result.subscales == {"use": 0, "risk": 12, "protective": 10}
    assert flag_codes(result) == ["high_risk", "low_protection"]


def test_bam_does_not_ask_heavy_days_of_who_did_not_drink():
    answers = [2, 1, 3, 0, None, 0, 2, 3, 1, 2, 0, 4, "Yes", 1, 2, 0]
    result = score_answers(BY_ID["bam"], answers)
    assert result.subscales["use"] == 0
    assert result.problems == ()
    assert result.expected == 15


def test_bam_tells_apart_a_heavy_day_without_a_drinking_day():
    answers = [2, 1, 3, 0, 2, 0, 2, 3, 1, 2, 0, 4, "Yes", 1, 2, 0]
    result = score_answers(BY_ID["bam"], answers)
    assert result.subscales["use"] is None
    assert [p.kind for p in result.problems] == ["contradicted_answer"]
    assert "use" in flag_codes(result)


def test_bam_iop_takes_days_of_a_week():
    answers = ["Good", 7, 3, 1, 0, 4, 2, 3, 1, 2, 0, 5, "Yes", 1, 7, 0]
    result = score_answers(BY_ID["bam-iop"], answers)
    assert result.subscales == {"use": 5, "risk": 14, "protective": 16}
    assert any("unverified" in caution for caution in result.cautions)
    assert not result.wording_verified


def test_the_readiness_ruler_is_two_numbers():
    result = score_answers(BY_ID["readiness-ruler"], [7, 3])
    assert result.total is None
    assert result.findings["readiness_importance"].value == 7
    assert result.findings["readiness_confidence"].value == 3
    assert result.findings["readiness_confidence"].evidence == "Readiness ruler confidence 3 of 10"
