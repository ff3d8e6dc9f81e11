"""Where someone stands: counted, missed, made up, to go, and the last day as it looks now."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.enrollment import Enrollment, Pause, add_pause, taper
from handrail.core.course.progress import Standing, coming_sessions, progress, standing
from handrail.core.course.roster import MakeUp, Place
from handrail.core.course.schedule import Closure, schedule, schedule_course
from handrail.core.course.schedule_changes import cancel
from handrail.core.course.session_states import State
from tests.core.course.examples import (
    COURSE,
    EVENING,
    MONDAY,
    MORNING,
    NOVEMBER_2,
    THANKSGIVING,
    THURSDAY,
    credited,
)

ANA = Enrollment("ana", "evening", NOVEMBER_2)
LONG = schedule(EVENING, NOVEMBER_2, date(2027, 3, 31), [THANKSGIVING])


def after(credits, sessions=LONG, enrollments=(ANA,), make_ups=(), planned=24):
    decided = [one.session for one in credits]
    coming = coming_sessions("ana", sessions, enrollments, make_ups, decided)
    return progress(planned, credits, coming)


def test_on_the_first_day_all_are_to_go_and_the_calendar_says_the_last_day():
    start = after([], COURSE)
    assert (start.done, start.to_go, start.missed) == (0, 24, 0)
    assert start.projected_last_day == date(2026, 12, 28)


def test_fourteen_of_twenty_four_with_one_missed_and_one_made_up():
    morning = schedule_course(MORNING, NOVEMBER_2, 6)
    credits = [credited(one) for one in LONG[:13]]
    credits[4] = credited(LONG[4], counts=False)
    credits += [credited(LONG[13]), credited(morning[5], place=Place.MAKE_UP)]
    now = after(credits)
    assert (now.attended, now.made_up, now.missed, now.to_go) == (13, 1, 1, 10)
    assert now.done == 14
    # Held: 14 evenings to 3 December. Ten more: 7, 9, 10, 14, 16, 17, 21, 23, 24 and 28 December.
    assert LONG[13].local_date == date(2026, 12, 3)
    assert now.projected_last_day == date(2026, 12, 28)


def test_a_missed_evening_moves_the_last_day_to_the_next_evening_of_the_track():
    credits = [credited(one) for one in LONG[:3]]
    assert after(credits).projected_last_day == date(2026, 12, 28)
    missed = [*credits[:2], credited(LONG[2], counts=False)]
    assert after(missed).projected_last_day == date(2026, 12, 30)


def test_a_booked_make_up_brings_the_last_day_forward():
    morning = schedule_course(MORNING, date(2026, 11, 10), 3)
    booked = [MakeUp("ana", morning[0].key), *(MakeUp("ben", one.key) for one in morning[1:])]
    assert after([], [*LONG, *morning], make_ups=booked).projected_last_day == date(2026, 12, 24)


def test_a_pause_moves_the_last_day_back():
    away = add_pause(ANA, Pause(date(2026, 11, 9), date(2026, 11, 15), "travel"))
    assert after([], enrollments=[away]).projected_last_day == date(2027, 1, 4)


def test_coming_less_often_inside_the_course_stretches_it():
    # Twelve evenings to 30 November, then Mondays and Thursdays: 12 more from 3 December.
    full, less = taper(ANA, frozenset({MONDAY, THURSDAY}), date(2026, 12, 1))
    end = after([], enrollments=[full, less]).projected_last_day
    assert end == date(2027, 1, 11)


def test_a_closure_announced_later_moves_the_last_day():
    closed = [THANKSGIVING, Closure(date(2026, 12, 24), "Christmas Eve")]
    sessions = schedule(EVENING, NOVEMBER_2, date(2027, 3, 31), closed)
    assert after([], sessions).projected_last_day == date(2026, 12, 30)
    assert after([], cancel(LONG, LONG[5].key)).projected_last_day == date(2026, 12, 30)


def test_when_the_calendar_ends_first_it_says_how_many_have_no_date():
    short = after([credited(COURSE[0], counts=False)], COURSE)
    assert short.projected_last_day is None
    assert short.not_on_calendar == 1


def test_a_session_credited_twice_counts_once():
    assert after([credited(LONG[0]), credited(LONG[0])]).attended == 1


def test_a_make_up_that_did_not_happen_is_not_missed_twice():
    failed = credited(LONG[3], place=Place.MAKE_UP, counts=False)
    assert after([credited(LONG[0], counts=False), failed]).missed == 1


def test_a_session_whose_attendance_is_closed_is_no_longer_coming():
    closed = (replace(LONG[0], state=State.TO_BE_SIGNED), *LONG[1:4])
    assert coming_sessions("ana", closed, [ANA]) == LONG[1:4]
    assert coming_sessions("ben", closed, [ANA]) == ()


# ---- goals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "goals", "stands"),
    [
        (3, [True, True], Standing.GOALS_MET_EARLY),
        (3, [True, False], Standing.UNDER_WAY),
        (3, [], Standing.UNDER_WAY),
        (24, [True, False], Standing.SESSIONS_DONE_GOALS_OPEN),
        (24, [], Standing.SESSIONS_DONE_GOALS_OPEN),
        (24, [True], Standing.READY_TO_COMPLETE),
    ],
)
def test_twenty_four_done_is_not_completed_goals_are(held, goals, stands):
    assert standing(after([credited(one) for one in LONG[:held]]), goals) is stands


def test_more_than_planned_is_counted_and_nothing_is_to_go():
    more = after([credited(one) for one in LONG[:26]])
    assert (more.done, more.to_go, more.beyond, more.projected_last_day) == (26, 0, 2, None)


# ---- laws ------------------------------------------------------------------------------------

EVENINGS = st.lists(st.tuples(st.booleans(), st.sampled_from(Place)), min_size=0, max_size=40)


@given(EVENINGS, st.integers(1, 30))
def test_the_numbers_add_up(evenings, planned):
    credits = [
        credited(one, place=place, counts=counts)
        for one, (counts, place) in zip(LONG, evenings, strict=False)
    ]
    now = after(credits, planned=planned)
    assert now.attended + now.made_up + now.to_go == planned + now.beyond
    assert now.to_go == 0 or now.beyond == 0
    not_counted_guests = sum(not c and p is not Place.ENROLLED for c, p in evenings)
    assert now.done + now.missed + not_counted_guests == len(evenings)
    assert (now.projected_last_day is None) == (now.to_go == 0 or now.not_on_calendar > 0)


@given(st.lists(st.booleans(), min_size=1, max_size=23), st.data())
def test_missing_a_session_never_brings_the_last_day_forward(evenings, data):
    position = data.draw(st.integers(0, len(evenings) - 1))
    there = [credited(s, counts=c) for s, c in zip(LONG, evenings, strict=False)]
    there[position] = credited(LONG[position], counts=True)
    missed = list(there)
    missed[position] = credited(LONG[position], counts=False)
    assert after(there).projected_last_day < after(missed).projected_last_day


@given(st.integers(0, 22))
def test_coming_as_planned_leaves_the_last_day_where_it_was(held):
    credits = [credited(one) for one in LONG[:held]]
    assert after(credits).projected_last_day == after([]).projected_last_day
