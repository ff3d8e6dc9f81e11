"""From a weekly pattern to sessions: real calendars, daylight saving, closures, laws."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.errors import (
    ClosedInstead,
    ClosedTwice,
    CourseError,
    NotATimeZone,
    TakenInstead,
)
from handrail.core.course.local_time import ClockChange
from handrail.core.course.schedule import (
    Closure,
    HowMoved,
    apply_closures,
    extend,
    schedule,
    schedule_course,
)
from handrail.core.course.session_states import State
from tests.core.course.examples import (
    COURSE,
    EVENING,
    MONDAY,
    NEW_YORK,
    NOVEMBER_2,
    SUNDAY,
    SYDNEY,
    THANKSGIVING,
    THURSDAY,
    at,
    schedules,
    tracks,
)

# Counted on a calendar: eight weeks, the closed Thursday left out and made good at the end.
BY_HAND = [
    *[date(2026, 11, day) for day in (2, 4, 5, 9, 11, 12, 16, 18, 19, 23, 25, 30)],
    *[date(2026, 12, day) for day in (2, 3, 7, 9, 10, 14, 16, 17, 21, 23, 24, 28)],
]


def test_a_course_of_24_over_thanksgiving_ends_on_the_monday_after():
    assert [one.local_date for one in COURSE] == BY_HAND
    last = COURSE[-1]
    assert (last.number, last.pattern_date) == (12, date(2026, 11, 26))
    assert (last.moved.how, last.moved.reason) == (HowMoved.APPENDED, "Thanksgiving")


def test_a_closure_with_a_given_date_moves_the_session_there():
    closure = replace(THANKSGIVING, instead_date=date(2026, 11, 27))
    sessions = schedule_course(EVENING, NOVEMBER_2, 24, [closure])
    assert sessions[11].local_date == date(2026, 11, 27)
    assert sessions[11].moved.how is HowMoved.TO_GIVEN_DATE
    assert sessions[-1].local_date == date(2026, 12, 24)
    assert len(sessions) == 24


def test_two_closed_days_go_to_two_days_after_the_end_even_when_the_next_is_closed_too():
    closures = [
        THANKSGIVING,
        Closure(date(2026, 12, 24), "Christmas Eve"),
        Closure(date(2026, 12, 28), "Staff day"),
    ]
    sessions = schedule_course(EVENING, NOVEMBER_2, 24, closures)
    assert [one.local_date for one in sessions[-2:]] == [date(2026, 12, 30), date(2026, 12, 31)]
    assert len(sessions) == 24


def test_a_closed_day_that_has_no_session_changes_nothing():
    tuesday = Closure(date(2026, 11, 3), "Election Day")
    assert schedule_course(EVENING, NOVEMBER_2, 24, [tuesday, THANKSGIVING]) == COURSE


@pytest.mark.parametrize(
    ("closures", "wrong"),
    [
        ([replace(THANKSGIVING, instead_date=date(2026, 11, 25))], TakenInstead),
        (
            [
                replace(THANKSGIVING, instead_date=date(2026, 11, 27)),
                Closure(date(2026, 11, 27), "Staff day"),
            ],
            ClosedInstead,
        ),
        ([THANKSGIVING, replace(THANKSGIVING, reason="Repairs")], ClosedTwice),
    ],
)
def test_closures_that_contradict_each_other_are_refused(closures, wrong):
    with pytest.raises(wrong):
        schedule_course(EVENING, NOVEMBER_2, 24, closures)


def test_a_session_that_has_begun_is_not_moved_by_a_closure():
    begun = replace(COURSE[0], state=State.CLOSED)
    closed = Closure(NOVEMBER_2, "Water damage")
    assert apply_closures(EVENING, [begun, *COURSE[1:]], [closed])[0] == begun


def test_a_canceled_session_leaves_its_day_to_another():
    canceled = replace(COURSE[1], state=State.CANCELED)
    closed = Closure(NOVEMBER_2, "Water damage", instead_date=canceled.local_date)
    moved = apply_closures(EVENING, [COURSE[0], canceled, *COURSE[2:]], [closed])
    assert Counter(one.local_date for one in moved)[canceled.local_date] == 2


def test_topics_follow_the_curriculum_and_begin_again():
    by_number = sorted(COURSE, key=lambda one: one.number)
    assert [one.topics for one in by_number[:5]] == [
        ("triggers",),
        ("sleep",),
        ("family",),
        ("refusing",),
        ("triggers",),
    ]
    assert schedule(replace(EVENING, topics=()), NOVEMBER_2, NOVEMBER_2)[0].topics == ()


# ---- daylight saving -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "first", "moments"),
    [
        # Clocks go back on Sunday 2026-11-01: Thursday before, Monday after.
        (NEW_YORK, date(2026, 10, 29), [at(2026, 10, 29, 22), at(2026, 11, 2, 23)]),
        # Clocks go forward on Sunday 2027-03-14.
        (NEW_YORK, date(2027, 3, 11), [at(2027, 3, 11, 23), at(2027, 3, 15, 22)]),
        # South of the equator clocks go forward on Sunday 2026-10-04 and back on 2027-04-04.
        (SYDNEY, date(2026, 10, 1), [at(2026, 10, 1, 8), at(2026, 10, 5, 7)]),
        (SYDNEY, date(2027, 4, 1), [at(2027, 4, 1, 7), at(2027, 4, 5, 8)]),
    ],
)
def test_six_in_the_evening_stays_six_in_the_evening(zone, first, moments):
    sessions = schedule_course(replace(EVENING, zone=zone), first, 2)
    assert [one.starts_at for one in sessions] == moments
    assert {one.start for one in sessions} == {time(18, 0)}


def test_a_time_that_clocks_skip_is_held_by_the_clock_before():
    night = replace(EVENING, days=frozenset({SUNDAY}), start=time(2, 30))
    (session,) = schedule(night, date(2027, 3, 14), date(2027, 3, 14))
    assert session.clock_change is ClockChange.SKIPPED
    assert session.starts_at.astimezone(ZoneInfo(NEW_YORK)).time() == time(3, 30)


def test_a_time_that_comes_twice_is_the_first_one():
    night = replace(EVENING, days=frozenset({SUNDAY}), start=time(1, 30))
    (session,) = schedule(night, date(2026, 11, 1), date(2026, 11, 1))
    assert session.clock_change is ClockChange.REPEATED
    assert session.starts_at == at(2026, 11, 1, 5, 30)


def test_a_session_across_the_change_has_all_its_minutes():
    night = replace(EVENING, days=frozenset({SUNDAY}), start=time(0, 30))
    (session,) = schedule(night, date(2026, 11, 1), date(2026, 11, 1))
    assert session.clock_change is ClockChange.NONE
    assert session.ends_at - session.starts_at == timedelta(hours=3)
    assert session.ends_at.astimezone(ZoneInfo(NEW_YORK)).time() == time(2, 30)


# ---- laws ------------------------------------------------------------------------------------


@given(schedules())
def test_there_are_as_many_sessions_as_days_in_the_pattern(case):
    track, first, last, _, sessions = case
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [day for day in days if day.weekday() in track.days]
    assert sorted(one.pattern_date for one in sessions) == wanted
    assert sorted(one.number for one in sessions) == list(range(1, len(wanted) + 1))


@given(schedules())
def test_sessions_strictly_increase_on_the_right_days_and_never_on_a_closed_one(case):
    track, _, _, closures, sessions = case
    moments = [one.starts_at for one in sessions]
    assert all(before < after for before, after in pairwise(moments))
    assert {one.local_date.weekday() for one in sessions} <= track.days
    assert not {one.local_date for one in sessions} & {one.local_date for one in closures}


@given(schedules())
def test_the_local_time_is_kept_or_the_session_says_that_clocks_change(case):
    track, _, _, _, sessions = case
    for one in sessions:
        local = one.starts_at.astimezone(ZoneInfo(track.zone))
        same = (local.date(), local.time()) == (one.local_date, track.start)
        assert same or one.clock_change is ClockChange.SKIPPED
        assert one.starts_at.tzinfo is UTC


@given(schedules())
def test_making_the_same_range_again_adds_nothing(case):
    track, first, last, closures, sessions = case
    assert extend(track, sessions, first, last, closures) == sessions
    assert apply_closures(track, sessions, closures) == sessions


@given(schedules(), st.integers(1, 30))
def test_a_schedule_can_be_extended_without_a_day_twice(case, further):
    track, first, last, closures, sessions = case
    longer = extend(track, sessions, first, last + timedelta(days=further), closures)
    days = [one.local_date for one in longer]
    assert len(set(days)) == len(days)
    assert len({one.number for one in longer}) == len(longer)
    assert set(sessions) <= set(longer)


@given(tracks(), st.integers(1, 40))
def test_a_course_has_the_sessions_asked_for(track, count):
    assert len(schedule_course(track, NOVEMBER_2, count, [THANKSGIVING])) == count


# ---- what cannot be --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"days": frozenset()}, "no day of the week"),
        ({"segments": ()}, "at least one part"),
        ({"start": time(18, 0, tzinfo=UTC)}, "the start is local"),
    ],
)
def test_a_track_that_cannot_be_is_refused(change, told):
    with pytest.raises(CourseError, match=told):
        replace(EVENING, **change)


@pytest.mark.parametrize("zone", ["New York", "../secrets"])
def test_a_time_zone_that_is_none_is_refused(zone):
    with pytest.raises(NotATimeZone, match=f"zone={zone}"):
        replace(EVENING, zone=zone)


def test_a_course_of_no_session_is_refused():
    with pytest.raises(CourseError, match="at least one session"):
        schedule_course(EVENING, NOVEMBER_2, 0)


def test_overlapping_is_about_moments_not_dates():
    monday = schedule(replace(EVENING, days=frozenset({MONDAY})), NOVEMBER_2, NOVEMBER_2)[0]
    same_time_elsewhere = replace(monday, zone=SYDNEY)
    right_after = replace(monday, start=time(21, 0))
    assert monday.overlaps(replace(monday, start=time(20, 59)))
    assert not monday.overlaps(right_after)
    assert not right_after.overlaps(monday)
    assert not monday.overlaps(same_time_elsewhere)
    assert THURSDAY in EVENING.days
