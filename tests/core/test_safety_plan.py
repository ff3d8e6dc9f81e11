"""The safety plan: what is missing before a signature, what is kept, and whether it still holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.safety_plan import (
    Held,
    MeansSaid,
    Naloxone,
    Person,
    Plan,
    SafetyPlanError,
    Standing,
    canonical,
    lines,
    missing,
    read_canonical,
    read_wording,
    standing,
)
from handrail.data import read_table, safety_plan_wording

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
WORDING = safety_plan_wording()
WHOLE = Plan(
    said={
        "warning_signs": ("I stop answering my sister",),
        "myself": ("Walk to the river and back",),
        "reasons": ("My daughter's games",),
    },
    people=(Person("Ada", "brother or sister", "555-0100"),),
    means=(
        MeansSaid("firearms", "none"),
        MeansSaid("pills", "safer", "His mother keeps the bottle"),
    ),
    naloxone=Naloxone("has", date(2026, 11, 20), "the pharmacy", "his mother"),
    after_hours="On-call counselor, 555-0190",
    next_look=TODAY + timedelta(days=7),
    owner="Mara Whitfield",
    agreed_name="Joy Okonkwo",
)


def fields(plan: Plan) -> set[str]:
    return {one.field for one in missing(plan, WORDING, today=TODAY)}


def test_a_whole_plan_can_be_signed():
    assert missing(WHOLE, WORDING, today=TODAY) == ()


def test_an_empty_plan_says_everything_that_is_to_be_done_in_the_order_of_the_page():
    found = [one.field for one in missing(Plan({}), WORDING, today=TODAY)]
    assert found == [
        "warning_signs",
        "myself",
        "ask_for_help",
        "reasons",
        "firearms",
        "pills",
        "naloxone",
        "after_hours",
        "next_look",
        "owner",
        "agreed_name",
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"means": (MeansSaid("firearms", "none"),)}, "pills"),
        ({"means": (MeansSaid("firearms", "perhaps"), WHOLE.means[1])}, "firearms"),
        ({"means": (MeansSaid("firearms", "kept"), WHOLE.means[1])}, "firearms_agreed"),
        ({"means": (*WHOLE.means, MeansSaid("other", "safer"))}, "other_agreed"),
        ({"naloxone": Naloxone("given", None, "us", "")}, "naloxone_shown"),
        ({"naloxone": replace(WHOLE.naloxone, given_date=TODAY + timedelta(1))}, "naloxone_date"),
        ({"next_look": TODAY}, "next_look"),
        ({"next_look": TODAY + timedelta(days=31)}, "next_look"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_by_field(change, field):
    assert fields(replace(WHOLE, **change)) == {field}


def test_someone_who_rather_does_not_say_was_asked_all_the_same():
    said = (MeansSaid("firearms", "refused"), MeansSaid("pills", "none"))
    assert fields(replace(WHOLE, means=said)) == set()


def test_people_outside_the_chart_are_people_too():
    said = WHOLE.said | {"ask_for_help": ("Coach Lee, 555-0177",)}
    assert fields(replace(WHOLE, people=(), said=said)) == set()
    assert fields(replace(WHOLE, people=())) == {"ask_for_help"}


def test_lines_are_what_says_something():
    assert lines(" one \n\n\t\ntwo\r\n") == ("one", "two")


# ---- keeping it --------------------------------------------------------------------------------


def test_what_was_signed_is_read_back_word_for_word():
    assert read_canonical(canonical(WHOLE)) == WHOLE
    bare = Plan({})
    assert read_canonical(canonical(bare)) == bare


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version":"another"}', '{"version":"handrail-safety-plan-1"}'],
)
def test_what_is_no_signed_plan_is_said_so(text):
    with pytest.raises(SafetyPlanError, match="not a signed safety plan"):
        read_canonical(text)


# ---- whether it holds --------------------------------------------------------------------------

RAISED = AT - timedelta(days=5)
NEXT = TODAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("held", "how"),
    [
        (Held(), Standing.NONE),
        (Held(RAISED - timedelta(days=1), NEXT), Standing.OLDER),
        (Held(RAISED, NEXT), Standing.CURRENT),
        (Held(AT, TODAY), Standing.CURRENT),
        (Held(AT, TODAY - timedelta(days=1)), Standing.LOOK_DUE),
        (Held(declined_at=AT), Standing.DECLINED),
        (Held(declined_at=RAISED - timedelta(days=1)), Standing.NONE),
        (Held(RAISED - timedelta(days=1), NEXT, AT), Standing.DECLINED),
        (Held(AT, NEXT, AT), Standing.CURRENT),
    ],
)
def test_how_it_stands_for_a_concern(held, how):
    assert standing(held, since=RAISED, today=TODAY) is how


def test_only_a_plan_that_holds_or_a_recorded_reason_lets_a_concern_be_closed():
    lets = {one for one in Standing if one.lets_close}
    assert lets == {Standing.CURRENT, Standing.DECLINED}


@given(st.integers(-40, 40), st.integers(-40, 40))
def test_a_plan_never_gets_better_by_waiting(gone, following):
    held = Held(AT + timedelta(days=gone), TODAY + timedelta(days=following))
    now = standing(held, since=RAISED, today=TODAY)
    later = standing(held, since=RAISED, today=TODAY + timedelta(days=1))
    assert later.lets_close <= now.lets_close


# ---- the wording -------------------------------------------------------------------------------


def table(**changes):
    return read_table("safety_plan.toml") | changes


def test_the_wording_asks_plainly_about_firearms_and_pills():
    asked = {one.code: one for one in WORDING.means}
    assert asked["firearms"].needed
    assert "gun" in asked["firearms"].ask
    assert asked["pills"].needed
    assert {one.number for one in WORDING.lines} == {"911", "988"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rules": {"source": "", "tag": "C", "as_of": TODAY}}, "a source"),
        ({"rules": {"source": "x", "tag": "Z", "as_of": TODAY}}, "a source"),
        ({"rules": {"source": "x", "tag": "C", "as_of": "today"}}, "a source"),
        ({"rules": {"source": "x", "tag": "C", "as_of": TODAY}}, "look_within_days"),
        ({"part": [{"code": "x", "kind": "lines"}]}, "Part"),
    ],
)
def test_wording_that_cannot_be_is_named(wrong, said):
    with pytest.raises(SafetyPlanError, match=said):
        read_wording(table(**wrong))


def test_the_first_look_comes_within_the_longest_time():
    rules = read_table("safety_plan.toml")["rules"] | {"look_first_days": 31}
    with pytest.raises(SafetyPlanError, match="first look"):
        read_wording(table(rules=rules))


def test_every_field_has_a_name():
    assert {"firearms_agreed", "naloxone_shown", "warning_signs", "owner"} <= WORDING.fields
