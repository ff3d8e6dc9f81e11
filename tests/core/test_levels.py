"""The catalogue of care: what is there, and that it holds together."""

import copy
import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest

from handrail.core.levels import CareError, read_care
from handrail.core.needs import read_needs
from handrail.core.placement.packages import least_restrictive
from tests.core.placement import provision
from tests.core.strategies import CARE, SPINE

TABLES = {
    name: tomllib.loads(files("handrail.data").joinpath(f"{name}.toml").read_text("utf-8"))
    for name in ("levels", "needs")
}


@pytest.fixture
def levels():
    return copy.deepcopy(TABLES["levels"])


@pytest.fixture
def needs():
    return copy.deepcopy(TABLES["needs"]["need"])


def row(rows, code):
    return next(each for each in rows if each["code"] == code)


def test_the_spine_is_the_staircase_of_the_field():
    expected = ("on_my_own", "fellowship", "coaching", "counseling", "sop", "iop", "php", "rtc")
    assert expected == SPINE
    assert set(CARE.acute_places) == {
        "crisis_observation", "detox", "hospital_medical", "hospital_psychiatric",
    }  # fmt: skip


def test_hours_are_those_of_the_field():
    assert (CARE.levels["iop"].hours_min, CARE.levels["iop"].hours_max) == (9, 19)
    assert CARE.levels["php"].hours_min == 20
    assert CARE.levels["rtc"].hours_min == 168
    hours = [level.hours_min for level in CARE.levels.values()]
    assert hours == sorted(hours)


@pytest.mark.parametrize(
    ("need", "level"),
    [
        ("structure_weekly", "counseling"),
        ("step_down_support", "sop"),
        ("structure_several_times_weekly", "iop"),
        ("structure_daily", "php"),
        ("structure_24h", "rtc"),
        ("nursing_most_days", "php"),
        ("medication_for_addiction", "on_my_own"),
        ("peer_support", "fellowship"),
        ("emergency_response", "on_my_own"),
    ],
)
def test_each_need_has_the_lowest_level_that_answers_it(need, level):
    assert least_restrictive({need}, CARE).level == level


def test_a_level_answers_what_every_level_below_it_answers():
    """Peers are met as a part of a program above coaching: by a facet there."""
    for lower, higher in pairwise(SPINE):
        below = provision.provided(lower, provision.available(lower))
        assert below <= provision.provided(higher, provision.available(higher))


def test_facets_for_a_need_are_those_that_can_be_added_at_a_level():
    assert CARE.facets_for("drug_testing", "coaching") == ()
    assert [facet.code for facet in CARE.facets_for("drug_testing", "iop")] == ["drug_testing"]


@pytest.mark.parametrize(
    ("code", "name"),
    [("iop", "IOP"), ("rtc", "RTC"), ("counseling", CARE.levels["counseling"].plain_name)],
)
def test_the_short_name_is_the_one_people_use(code, name):
    assert CARE.levels[code].short_name == name


def test_every_level_place_and_facet_has_a_plain_name():
    for code in (*CARE.levels, *CARE.acute_places, *CARE.facets):
        assert CARE.name(code)


def test_the_floor_is_the_acute_care_nobody_can_agree_away():
    floor = {code for code, need in CARE.needs.items() if need.floor}
    assert {"withdrawal_care_24h", "psychiatric_safety_24h", "medical_care_24h"} <= floor
    assert all(CARE.needs[code].acute for code in floor)


def test_every_step_down_leads_to_a_level():
    for level in CARE.levels.values():
        for step in level.next:
            assert SPINE.index(step) < SPINE.index(level.code)


# ---- what does not hold together ---------------------------------------------------------------


def refused(levels, needs):
    with pytest.raises(CareError) as refusal:
        read_care(levels, read_needs(needs))
    return str(refusal.value)


def test_a_gap_in_what_the_levels_provide_is_refused(levels, needs):
    row(levels["level"], "php")["provides"].remove("structure_several_times_weekly")
    complaint = refused(levels, needs)
    assert "structure_several_times_weekly" in complaint
    assert "iop" in complaint
    assert "php" in complaint


def test_a_need_that_nothing_provides_is_refused(levels, needs):
    piano = {"code": "piano", "name": "a piano", "leaves_out": "music"}
    needs.append(piano | {"acute": False, "floor": False})
    assert "piano" in refused(levels, needs)


@pytest.mark.parametrize("kind", ["level", "facet"])
def test_something_provided_that_is_no_need_is_refused(levels, needs, kind):
    levels[kind][-1]["provides"] = ["piano"]
    complaint = refused(levels, needs)
    assert levels[kind][-1]["code"] in complaint
    assert "piano" in complaint


def test_a_facet_available_from_no_level_is_refused(levels, needs):
    row(levels["facet"], "nursing")["available_from"] = "detox"
    complaint = refused(levels, needs)
    assert "nursing" in complaint
    assert "detox" in complaint


@pytest.mark.parametrize("place", ["first_place", "also_at"])
def test_a_need_answered_at_no_acute_place_is_refused(levels, needs, place):
    found = row(needs, "withdrawal_care_24h")
    found[place] = "attic" if place == "first_place" else ["attic"]
    complaint = refused(levels, needs)
    assert "withdrawal_care_24h" in complaint
    assert "attic" in complaint


def test_a_level_without_a_field_or_with_a_strange_one_is_named(levels, needs):
    del row(levels["level"], "sop")["week"]
    assert refused(levels, needs).startswith("sop: ")
    levels = copy.deepcopy(TABLES["levels"])
    row(levels["acute_place"], "detox")["beds"] = 12
    assert refused(levels, needs).startswith("detox: ")


def test_a_need_without_a_field_is_named(needs):
    del row(needs, "safety_plan")["name"]
    with pytest.raises(ValueError, match="need safety_plan"):
        read_needs(needs)
