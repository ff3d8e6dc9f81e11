"""Before an admission: nothing open is hidden, and no track fits that must not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.admission import (
    Against,
    Code,
    Facts,
    FirstContactRule,
    Group,
    Weekly,
    Wish,
    checklist,
    clashes_of,
    first_contacts,
    fit,
    fits_of,
    in_the_way,
    to_confirm,
)
from handrail.data import first_contact_rules

ALL_THERE = Facts(
    notice=True,
    consent=True,
    recommended=True,
    agreed=True,
    at_risk=True,
    safety_plan=True,
    contact=True,
    coverage=True,
    age=40,
)
NOTHING_THERE = Facts(
    notice=False,
    consent=False,
    recommended=False,
    agreed=False,
    at_risk=True,
    safety_plan=False,
    contact=False,
    coverage=False,
    age=17,
)
EVENING = tuple(Weekly(day, 18 * 60, 21 * 60) for day in (0, 2, 3))
TRACK = Group("t", "Evening IOP", "iop", EVENING, planned=24, free=3, modality="room")

keys = st.sampled_from("abcdef")
weekly = st.builds(
    lambda day, start, length: Weekly(day, start, start + length),
    st.integers(0, 6),
    st.integers(0, 1380),
    st.integers(1, 300),
)
groups = st.builds(
    Group,
    key=st.text("0123456789", min_size=1, max_size=6),
    name=st.sampled_from(("Morning IOP", "Evening IOP", "evening iop", "PHP")),
    level=st.sampled_from(("iop", "php")),
    meets=st.lists(weekly, max_size=3).map(tuple),
    planned=st.integers(0, 3),
    free=st.none() | st.integers(-1, 3),
    modality=st.sampled_from(("room", "online", "mixed")),
    people=st.frozensets(keys),
    languages=st.lists(st.sampled_from(("English", "Spanish")), max_size=2).map(tuple),
    ages_from=st.none() | st.integers(18, 60),
    ages_to=st.none() | st.integers(18, 60),
)
wishes = st.builds(
    Wish,
    levels=st.frozensets(st.sampled_from(("iop", "php"))),
    busy=st.lists(weekly, max_size=3).map(tuple),
    modality=st.sampled_from(("", "room", "online")),
    language=st.sampled_from(("", "spanish")),
    age=st.none() | st.integers(18, 60),
    apart=st.frozensets(keys),
)


# ---- the list ----------------------------------------------------------------------------------


def test_everything_there_asks_nothing_and_bars_nothing():
    points = checklist(ALL_THERE)
    assert [one.code for one in points] == list(Code)
    assert all(one.done for one in points)
    assert in_the_way(points) == to_confirm(points) == ()


def test_only_the_notice_bars_and_all_else_is_asked_about():
    points = checklist(NOTHING_THERE)
    assert [one.code for one in in_the_way(points)] == [Code.NOTICE]
    assert [one.code for one in to_confirm(points)] == list(Code)[1:]
    asked = " ".join(one.words for one in to_confirm(points))
    assert "no safety plan" in asked
    assert "They are 17" in asked


def test_a_safety_plan_is_asked_for_only_at_risk_and_an_agreement_only_where_there_are_positions():
    codes = {one.code for one in checklist(replace(NOTHING_THERE, at_risk=False, agreed=None))}
    assert codes == set(Code) - {Code.SAFETY_PLAN, Code.AGREEMENT}


def test_eighteen_is_an_adult():
    (age,) = [one for one in checklist(replace(ALL_THERE, age=18)) if one.code is Code.AGE]
    assert age.done


# ---- tracks ------------------------------------------------------------------------------------


def test_a_track_that_fits_says_so():
    wish = Wish(frozenset({"iop"}), (Weekly(0, 9 * 60, 17 * 60),), "room", "", 40)
    found = fit(wish, TRACK)
    assert found.fits
    assert found.possible
    assert found.clashes == ()


@pytest.mark.parametrize(
    ("wish", "group", "against"),
    [
        (Wish(apart=frozenset("x")), replace(TRACK, people=frozenset("x")), Against.APART),
        (Wish(), replace(TRACK, planned=0), Against.NO_SESSIONS),
        (Wish(), replace(TRACK, free=0), Against.FULL),
        (Wish(frozenset({"php"})), TRACK, Against.LEVEL),
        (Wish(age=17), replace(TRACK, ages_from=18), Against.AGE),
        (Wish(age=70), replace(TRACK, ages_to=65), Against.AGE),
        (Wish(busy=(Weekly(2, 20 * 60, 22 * 60),)), TRACK, Against.BUSY),
        (Wish(modality="online"), TRACK, Against.MODALITY),
        (Wish(language="Spanish"), replace(TRACK, languages=("English",)), Against.LANGUAGE),
    ],
)
def test_each_thing_against_a_track_is_said(wish, group, against):
    found = fit(wish, group)
    assert found.against == (against,)
    assert not found.fits
    bars = against in (Against.APART, Against.NO_SESSIONS, Against.FULL)
    assert found.possible is not bars


@pytest.mark.parametrize(
    ("wish", "group"),
    [
        (Wish(modality="online"), replace(TRACK, modality="mixed")),
        (Wish(language="spanish"), replace(TRACK, languages=("English", "Spanish"))),
        (Wish(language="Spanish"), TRACK),
        (Wish(age=40), replace(TRACK, ages_from=18, ages_to=65)),
        (Wish(), replace(TRACK, free=None)),
    ],
)
def test_what_is_open_or_met_is_not_held_against_it(wish, group):
    assert fit(wish, group).fits


def test_touching_is_not_clashing():
    busy = (Weekly(0, 9 * 60, 18 * 60), Weekly(0, 21 * 60, 23 * 60), Weekly(1, 18 * 60, 20 * 60))
    assert clashes_of(busy, EVENING) == ()
    assert clashes_of((Weekly(0, 9 * 60, 18 * 60 + 1),), EVENING) == EVENING[:1]


@given(wishes, groups, keys)
def test_two_who_must_not_meet_never_fit_together(wish, group, key):
    wish = replace(wish, apart=wish.apart | {key})
    group = replace(group, people=group.people | {key})
    found = fit(wish, group)
    assert not found.fits
    assert not found.possible


@given(wishes, groups, st.integers(-3, 0))
def test_without_a_seat_no_track_fits(wish, group, free):
    found = fit(wish, replace(group, free=free))
    assert not found.fits
    assert not found.possible


@given(wishes, st.lists(groups, max_size=6, unique_by=lambda one: one.key), st.randoms())
def test_the_order_of_the_tracks_given_does_not_matter(wish, given_tracks, random):
    mixed = list(given_tracks)
    random.shuffle(mixed)
    found = fits_of(wish, given_tracks)
    assert found == fits_of(wish, mixed)
    assert len(found) == len(given_tracks)
    possible = [one.possible for one in found]
    assert possible == sorted(possible, reverse=True), "whatever is barred stands last"
    fitting = [one.fits for one in found]
    assert fitting == sorted(fitting, reverse=True), "whatever fits stands first"


# ---- the first days ----------------------------------------------------------------------------


def test_the_call_before_a_first_session_today_is_due_today():
    today = date(2026, 11, 24)
    days = first_contacts(today, today, first_contact_rules())
    assert [one.on for one in days] == [today, today + timedelta(1), today + timedelta(7)]
    assert "what to bring" in days[0].why


@given(st.integers(0, 60), st.lists(st.integers(-10, 30), max_size=5))
def test_no_first_contact_is_over_before_it_is_made(ahead, shifts):
    today = date(2026, 11, 24)
    rules = [FirstContactRule(one, "Call.") for one in shifts]
    days = first_contacts(today + timedelta(days=ahead), today, rules)
    assert len(days) == len(rules)
    assert all(one.on >= today for one in days)
    assert list(days) == sorted(days)
