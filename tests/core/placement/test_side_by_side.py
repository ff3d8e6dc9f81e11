"""Several criteria sets asked about the same person."""

from hypothesis import given, settings

from handrail.core.placement.recommend import recommend
from handrail.core.placement.side_by_side import side_by_side
from tests.core import strategies
from tests.core.strategies import ADMISSION, CALM, CONTINUED_STAY, MEDICARE, SETS, person

IN_IOP = {
    "age": 42,
    "current_level": "iop",
    "alcohol_use_disorder": "moderate",
    "loss_of_control": True,
    "weekly_care_not_enough": True,
    "no_formal_care_known_enough": False,
    "goals_met": False,
    "lower_level_known_enough": False,
}


def beside(criteria, **answers):
    findings = {**CALM, **person(**(IN_IOP | answers))}
    return side_by_side([recommend(findings, each) for each in criteria])


def test_three_sets_that_send_someone_to_the_same_place_agree_and_name_what_only_one_finds():
    found = beside(SETS)
    assert found.agree
    assert set(dict(found.levels).values()) == {"iop"}
    assert "structure_several_times_weekly" in found.agreed_needs
    only = dict(found.needs_only_in)
    assert "drug_testing" in only["general-adult-admission"]
    assert "drug_testing" not in only["medicare-iop"]


def test_goals_met_makes_continued_stay_differ_from_admission():
    found = beside([ADMISSION, CONTINUED_STAY], goals_met=True)
    assert not found.agree
    assert dict(found.levels) == {
        "general-adult-admission": "iop",
        "general-adult-continued-stay": "sop",
    }


def test_a_payer_that_finds_less_differs():
    found = beside([ADMISSION, MEDICARE], withdrawal_seizure_or_delirium_ever=True,
                   alcohol_heavy_most_days=True)  # fmt: skip
    assert not found.agree
    assert dict(found.acute) == {"general-adult-admission": ("detox",), "medicare-iop": ()}
    assert "withdrawal_care_24h" in dict(found.needs_only_in)["general-adult-admission"]


def test_the_same_single_level_but_another_range_is_no_agreement():
    one = beside([ADMISSION, MEDICARE], serious_illness=None, suicide_plan_or_intent=None)
    assert set(dict(one.levels).values()) == {None}
    found = beside([ADMISSION, MEDICARE], pregnant=None, alcohol_heavy_most_days=True)
    assert not found.agree


def test_nobody_asked_is_no_difference():
    found = side_by_side([])
    assert found.agree
    assert found.levels == ()
    assert found.agreed_needs == ()


@settings(max_examples=100)
@given(strategies.people())
def test_agreed_needs_and_those_of_each_set_together_are_all_that_was_found(findings):
    asked = [recommend(findings, each) for each in SETS]
    found = side_by_side(asked)
    only = dict(found.needs_only_in)
    for each in asked:
        assert set(each.need_codes) == {*found.agreed_needs, *only[each.criteria[0]]}
    assert found.agree == (
        len({(r.level, r.acute) for r in asked}) == 1
        and len({(end.level, end.acute) for r in asked for end in (r.lowest,)}) == 1
        and len({(end.level, end.acute) for r in asked for end in (r.highest,)}) == 1
    )
