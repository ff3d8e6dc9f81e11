"""Positions: sequences as people bargain over them, and everyone questioned alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.errors import TooLong
from handrail.core.ledger import errors
from handrail.core.ledger.positions import (
    Party,
    Step,
    in_short,
    in_words,
    indicated_sequence,
    judge,
    owes_reason,
    point,
    read_steps,
)
from handrail.core.placement.recommend import recommend
from tests.core.strategies import ADMISSION, CALM, CARE, people, person

IOP = {
    "alcohol_use_disorder": "moderate",
    "weekly_care_not_enough": True,
    "no_formal_care_known_enough": False,
}
AWAY = {"home_with_use": True}
DETOX = IOP | {"alcohol_heavy_most_days": True, "withdrawal_seizure_or_delirium_ever": True}


def found(**answers):
    return recommend({**CALM, **person(age=42, **answers)}, ADMISSION)


def steps(*texts):
    return read_steps(texts, CARE)


def codes(needs):
    return [need.code for need in needs]


# ---- sequences ---------------------------------------------------------------------------------


def test_a_sequence_is_said_as_people_say_it():
    said = steps("detox:5 days", " rtc : 30  days ", "", "iop+recovery_residence")
    assert in_words(said, CARE) == (
        "Detox (5 days), then RTC (30 days), then IOP and recovery residence"
    )
    assert [str(one) for one in said] == ["detox:5 days", "rtc:30 days", "iop+recovery_residence"]
    assert point(said, CARE) == "rtc"


@pytest.mark.parametrize(
    ("texts", "words", "level"),
    [
        (["none"], "On my own", "on_my_own"),
        (["detox"], "Detox", "on_my_own"),
        (["fellowship"], "Fellowship meetings", "fellowship"),
        (["fellowship+coaching"], "Fellowship meetings and recovery coaching", "coaching"),
        (
            ["naloxone+family_program"],
            "On my own, naloxone and overdose prevention and",
            "on_my_own",
        ),
        (["sop+fellowship", "iop"], "SOP and recovery fellowship, then IOP", "iop"),
        (["fellowship+counseling"], "Counseling and recovery fellowship", "counseling"),
    ],
)
def test_the_highest_step_is_the_point_and_the_rest_its_label(texts, words, level):
    assert in_words(steps(*texts), CARE).startswith(words)
    assert point(steps(*texts), CARE) == level


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ([], errors.NoSteps),
        (["  "], errors.NoSteps),
        (["sauna"], errors.StepUnknown),
        (["iop+"], errors.StepUnknown),
        (["iop+rtc"], errors.TwoPlacesInOneStep),
        (["detox+iop"], errors.TwoPlacesInOneStep),
        (["iop"] * 9, errors.TooManySteps),
        ([f"iop:{'x' * 61}"], TooLong),
    ],
)
def test_what_is_no_sequence_is_refused(texts, wrong):
    with pytest.raises(wrong) as found:
        steps(*texts)
    assert found.value.field == "sequence"


def test_in_short_only_a_place_to_sleep_is_named_of_what_is_added():
    said = steps("detox:5 days", "iop+drug_testing+recovery_residence")
    assert in_short(said, CARE) == "Detox (5 days), then IOP and recovery residence"


def test_the_parties_have_words_of_their_own():
    assert [one.words for one in Party][-2:] == ["Payer", "Mandating body"]


# ---- judged ------------------------------------------------------------------------------------


def test_what_was_found_is_reasonable_and_says_what_it_has_to_come_with():
    judged = judge(steps("iop"), found(**IOP))
    assert (judged.verdict, judged.gives_up, judged.beyond) == ("reasonable", (), ())
    assert "medication_for_addiction" in judged.comes_with


def test_each_step_down_gives_up_more_and_says_so_in_both_voices():
    down = [judge(steps(level), found(**IOP)) for level in reversed(CARE.spine)]
    counts = [len(one.gives_up) for one in down]
    assert counts == sorted(counts)
    assert all(need.name and need.leaves_out for one in down for need in one.gives_up)


def test_a_place_to_sleep_is_left_out_by_whoever_does_not_name_it():
    needed = found(**IOP, **AWAY)
    assert codes(judge(steps("iop"), needed).gives_up) == ["home_away_from_use"]
    assert judge(steps("iop+recovery_residence"), needed).gives_up == ()
    assert judge(steps("rtc", "iop"), needed).gives_up == ()


def test_the_floor_is_named_first():
    judged = judge(steps("counseling"), found(**DETOX))
    assert judged.floor[0] == judged.gives_up[0].code == "withdrawal_care_24h"
    assert judge(steps("detox", "iop"), found(**DETOX)).floor == ()


def test_everyone_is_questioned_alike():
    needed = found(**IOP)
    below, same, above = (judge(steps(one), needed) for one in ("sop", "iop", "rtc"))
    asked = {
        party: [bool(owes_reason(party, one)) for one in (below, same, above)] for party in Party
    }
    assert asked == {
        Party.CLIENT: [False, False, False],
        Party.FAMILY: [False, False, False],
        Party.CLINICIAN: [True, False, True],
        Party.PROGRAM: [True, False, True],
        Party.PAYER: [True, False, False],
        Party.MANDATING_BODY: [True, False, True],
    }


# ---- what to begin with ------------------------------------------------------------------------


def test_what_is_indicated_is_a_sequence_with_its_facets():
    first, second = indicated_sequence(found(**DETOX))
    assert first == "detox"
    assert second.startswith("iop+medication_for_addiction")


def test_with_safety_questions_open_it_is_the_most_that_may_be_needed():
    assert indicated_sequence(recommend(person(age=42), ADMISSION))[0].startswith("hospital")


def test_there_is_none_for_someone_the_set_is_not_made_for():
    assert indicated_sequence(recommend(person(age=15), ADMISSION)) == ()


@given(people(), st.data())
def test_what_is_indicated_can_be_read_and_gives_up_nothing(findings, data):
    recommendation = recommend(findings, ADMISSION)
    sequence = indicated_sequence(recommendation)
    if not sequence:
        return
    judged = judge(read_steps(sequence, CARE), recommendation)
    assert [need for need in judged.gives_up if need.code != "emergency_response"] == []


def test_a_step_can_be_made_again_from_how_it_is_kept():
    step = Step(("iop", "recovery_residence"), "three evenings")
    assert steps(str(step)) == (step,)
