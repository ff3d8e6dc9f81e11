"""Who was there, for how long, and what it counts for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.attendance import (
    Absent,
    Minimum,
    Present,
    Status,
    attend,
    credit,
    present_between,
    segment_minutes,
)
from handrail.core.course.errors import CourseError
from handrail.core.course.roster import Place
from handrail.core.course.segments import Count, Minutes
from tests.core.course.examples import COURSE, IOP, RULES, at

EVENING_SESSION = COURSE[0]
THREE_HOURS = RULES.payer_minimums["three-hours-a-day"]


def attended(seen, place=Place.ENROLLED, late_after=5):
    return attend("ana", EVENING_SESSION, place, seen, late_after=late_after)


@pytest.mark.parametrize(
    ("seen", "status", "minutes"),
    [
        (Present(), Status.ATTENDED, Minutes(180, 180, 160)),
        (Present(arrived=5), Status.ATTENDED, Minutes(180, 175, 155)),
        (Present(arrived=6), Status.LATE, Minutes(180, 174, 154)),
        (Present(left=140), Status.LEFT_EARLY, Minutes(180, 140, 130)),
        (Present(arrived=30, left=160), Status.LATE, Minutes(180, 130, 120)),
        (Present(arrived=20, left=160), Status.LATE, Minutes(180, 140, 130)),
        (Present(arrived=10, left=90), Status.LEFT_EARLY, Minutes(180, 80, 80)),
        (Absent("fever"), Status.ABSENT_EXCUSED, Minutes(180, 0, 0)),
        (Absent(" "), Status.ABSENT_UNEXCUSED, Minutes(180, 0, 0)),
    ],
)
def test_status_and_minutes_follow_from_what_was_seen(seen, status, minutes):
    made = attended(seen)
    assert (made.status, made.minutes) == (status, minutes)
    assert made.excuse == ("fever" if status is Status.ABSENT_EXCUSED else "")


def test_a_make_up_keeps_its_status_and_its_late_minutes():
    made = attended(Present(arrived=40), Place.MAKE_UP)
    assert (made.status, made.arrived, made.minutes.attended) == (Status.MAKE_UP, 40, 140)
    assert attended(Absent(), Place.MAKE_UP).status is Status.ABSENT_UNEXCUSED


@pytest.mark.parametrize(
    "seen", [Present(-1), Present(180), Present(60, 60), Present(60, 30), Present(0, 181)]
)
def test_times_outside_the_session_are_refused(seen):
    with pytest.raises(CourseError, match="the session has 180"):
        attended(seen)


@given(st.integers(0, 179), st.integers(1, 180))
def test_minutes_add_up_over_the_parts(arrived, left):
    if arrived < left:
        made = attended(Present(arrived, left))
        assert sum(segment_minutes(made, EVENING_SESSION), Minutes()) == made.minutes
        assert made.minutes.attended == left - arrived


def test_clock_times_become_minutes_and_begun_ones_count():
    six = EVENING_SESSION.starts_at
    assert six == at(2026, 11, 2, 23)
    early = present_between(EVENING_SESSION, six - timedelta(minutes=9), six + timedelta(hours=4))
    assert early == Present(0, 180)
    late = present_between(
        EVENING_SESSION, six + timedelta(minutes=20, seconds=30), six + timedelta(minutes=139.2)
    )
    assert late == Present(20, 140)


@pytest.mark.parametrize(("came", "went"), [(-60, 0), (180, 200), (50, 40)])
def test_times_that_do_not_touch_the_session_are_refused(came, went):
    six = EVENING_SESSION.starts_at
    with pytest.raises(CourseError, match="record an absence"):
        present_between(
            EVENING_SESSION, six + timedelta(minutes=came), six + timedelta(minutes=went)
        )


# ---- what it counts for ----------------------------------------------------------------------


def test_attended_and_billable_are_two_facts():
    made = credit(attended(Present(arrived=20)), IOP.minimum, THREE_HOURS)
    assert (made.counts, made.shortfall) == (True, 0)
    assert (made.billable, made.billable_shortfall) == (False, 20)
    assert made.why == "late: 160 attended minutes"


def test_a_shortfall_is_stated_in_minutes():
    made = credit(attended(Present(left=140)), IOP.minimum)
    assert (made.counts, made.shortfall) == (False, 10)
    assert made.why == "left early: 140 of the 150 attended minutes that count, 10 short"
    assert (made.billable, made.billable_shortfall) == (None, 0)


def test_an_absence_counts_for_nothing_even_where_scheduled_minutes_do():
    lenient = Minimum(150, Count.SCHEDULED)
    made = credit(attended(Absent("fever")), lenient, lenient)
    assert (made.counts, made.shortfall, made.billable) == (False, 150, False)
    assert made.why == "absent, excused: not there"


def test_therapeutic_minutes_leave_breaks_out():
    strict = replace(THREE_HOURS, count=Count.THERAPEUTIC)
    assert credit(attended(Present()), IOP.minimum, strict).billable_shortfall == 20


@given(st.integers(0, 179), st.integers(1, 180), st.sampled_from(Count), st.integers(1, 200))
def test_credit_or_shortfall_never_both(arrived, left, count, minutes):
    if arrived < left:
        made = credit(attended(Present(arrived, left)), Minimum(minutes, count), THREE_HOURS)
        assert made.counts == (made.shortfall == 0)
        assert made.billable == (made.billable_shortfall == 0)
