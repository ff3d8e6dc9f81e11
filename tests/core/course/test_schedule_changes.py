"""Changing this session, or this one and all later ones."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.errors import AnotherSessionThen, CourseError, NotInThisState
from handrail.core.course.schedule import Closure, HowMoved, Modality, apply_closures
from handrail.core.course.schedule_changes import (
    Change,
    cancel,
    change_this,
    change_this_and_later,
    find,
    moved_by_hand,
    reopen_day,
    restore,
)
from handrail.core.course.session_states import State
from tests.core.course.examples import (
    COURSE,
    DAYS,
    EVENING,
    MORNING,
    NOVEMBER_2,
    THANKSGIVING,
    THURSDAY,
    TUESDAY,
)

FIRST, SECOND = COURSE[0], COURSE[1]


def test_this_session_alone_goes_online_an_hour_later():
    change = Change("Snow", start=time(19, 0), modality=Modality.ONLINE, room="link")
    changed = change_this(COURSE, SECOND.key, change)
    assert find(changed, SECOND.key) == replace(
        SECOND, start=time(19, 0), modality=Modality.ONLINE, room="link"
    )
    assert [one for one in changed if one.key != SECOND.key] == [FIRST, *COURSE[2:]]


def test_a_session_moved_by_hand_remembers_its_day_and_can_be_moved_back():
    moved = change_this(COURSE, FIRST.key, Change("Flood", local_date=date(2026, 11, 3)))
    one = find(moved, FIRST.key)
    assert (one.moved.from_date, one.moved.how, one.moved.reason) == (
        NOVEMBER_2,
        HowMoved.BY_HAND,
        "Flood",
    )
    assert change_this(moved, FIRST.key, Change("Dry", local_date=NOVEMBER_2)) == COURSE


def test_a_session_cannot_be_moved_onto_another():
    with pytest.raises(AnotherSessionThen) as found:
        change_this(COURSE, FIRST.key, Change("Flood", local_date=SECOND.local_date))
    wrong = found.value
    assert (wrong.local_date, wrong.start, wrong.number) == (SECOND.local_date, time(18), 2)


def test_a_session_can_be_moved_beside_another_of_the_day_or_one_that_is_canceled():
    earlier = Change("Flood", local_date=SECOND.local_date, start=time(12, 0))
    assert len(change_this(COURSE, FIRST.key, earlier)) == 24
    without = cancel(COURSE, SECOND.key)
    there = change_this(without, FIRST.key, Change("Flood", local_date=SECOND.local_date))
    with pytest.raises(AnotherSessionThen, match="number=1"):
        restore(there, SECOND.key)


def test_another_track_may_meet_at_the_same_time():
    other = replace(SECOND, track="other")
    changed = change_this(
        [*COURSE, other], FIRST.key, Change("-", local_date=other.local_date - timedelta(1))
    )
    assert other in changed


def test_a_new_pattern_is_for_one_track_alone():
    other = replace(SECOND, track="other")
    with pytest.raises(CourseError, match="session 2 is of track other, not evening"):
        change_this_and_later(EVENING, [*COURSE[:1], other], FIRST.key)
    with pytest.raises(CourseError, match="session 1 is of track evening, not morning"):
        change_this_and_later(MORNING, COURSE, COURSE[1].key)


def test_a_session_that_has_begun_is_not_changed():
    begun = (replace(FIRST, state=State.IN_PROGRESS), *COURSE[1:])
    with pytest.raises(NotInThisState, match=r"act=Act.MOVE state=State.IN_PROGRESS"):
        change_this(begun, FIRST.key, Change("Flood", start=time(19, 0)))
    with pytest.raises(NotInThisState):
        change_this_and_later(EVENING, begun, FIRST.key)


def test_empty_parts_and_unknown_sessions_are_refused():
    with pytest.raises(CourseError, match="at least one part"):
        change_this(COURSE, FIRST.key, Change("-", segments=()))
    with pytest.raises(CourseError, match="track evening has no session 99"):
        cancel(COURSE, ("evening", 99))


def test_a_canceled_session_stays_on_the_calendar_and_can_be_restored():
    without = cancel(COURSE, FIRST.key)
    assert len(without) == 24
    assert find(without, FIRST.key).state is State.CANCELED
    assert restore(without, FIRST.key) == COURSE


def test_this_and_later_follow_a_new_pattern_one_for_one():
    tuesdays = replace(EVENING, days=frozenset({TUESDAY, THURSDAY}), start=time(17, 30))
    changed = change_this_and_later(tuesdays, COURSE, COURSE[6].key, [THANKSGIVING])
    assert changed[:6] == COURSE[:6]
    # From Monday 16 November on: Tuesdays and Thursdays, without Thanksgiving Day.
    assert [one.local_date for one in changed[6:10]] == [
        date(2026, 11, 17),
        date(2026, 11, 19),
        date(2026, 11, 24),
        date(2026, 12, 1),
    ]
    assert {one.start for one in changed[6:]} == {time(17, 30)}
    assert {(one.key, one.topics) for one in changed} == {(one.key, one.topics) for one in COURSE}


def test_later_sessions_that_have_begun_or_are_canceled_keep_their_day():
    closed = replace(COURSE[3], state=State.CLOSED)
    canceled = replace(COURSE[4], state=State.CANCELED)
    sessions = (*COURSE[:3], closed, canceled, *COURSE[5:])
    later = replace(EVENING, start=time(19, 0))
    changed = change_this_and_later(later, sessions, COURSE[2].key)
    assert {closed, canceled} <= set(changed)
    planned = [one.local_date for one in changed if one.state is State.PLANNED]
    assert closed.local_date not in planned
    assert canceled.local_date in planned


@given(st.integers(0, 23), DAYS, st.times())
def test_no_session_is_lost_or_made_by_a_new_pattern(position, days, start):
    track = replace(EVENING, days=days, start=start.replace(second=0, microsecond=0))
    closures = [THANKSGIVING, Closure(date(2026, 12, 24), "Christmas Eve")]
    changed = change_this_and_later(track, COURSE, COURSE[position].key, closures)
    assert sorted(one.key for one in changed) == sorted(one.key for one in COURSE)
    assert changed[:position] == COURSE[:position]
    new = [one.local_date for one in changed[position:]]
    assert {day.weekday() for day in new} <= days
    assert new == sorted(set(new))
    assert not set(new) & {one.local_date for one in closures}


# ---- a closed day that is open again -----------------------------------------------------------


CLOSED = apply_closures(EVENING, COURSE, [Closure(NOVEMBER_2, "Snow")])
"""The first session was moved away by the closure of its day."""


def test_a_day_open_again_gets_its_session_back():
    assert find(CLOSED, FIRST.key).local_date != NOVEMBER_2
    opened = reopen_day(CLOSED, NOVEMBER_2)
    assert [one.key for one in opened.back] == [FIRST.key]
    assert opened.stay == ()
    assert find(opened.sessions, FIRST.key) == replace(FIRST, moved=None)


def test_what_a_closure_canceled_or_left_alone_does_not_come_back():
    opened = reopen_day(cancel(CLOSED, FIRST.key), NOVEMBER_2)
    assert (opened.back, opened.stay) == ((), ())
    assert reopen_day(COURSE, NOVEMBER_2).sessions == COURSE


def test_what_was_put_on_another_day_by_hand_or_has_begun_stays_there():
    by_hand = change_this(COURSE, FIRST.key, Change("Flood", local_date=date(2026, 11, 3)))
    begun = replace_in(CLOSED, replace(find(CLOSED, FIRST.key), state=State.IN_PROGRESS))
    for sessions in (by_hand, begun):
        opened = reopen_day(sessions, NOVEMBER_2)
        assert [one.key for one in opened.stay] == [FIRST.key]
        assert (opened.back, opened.sessions) == ((), sessions)


def test_a_session_does_not_come_back_onto_another():
    moved = change_this(CLOSED, SECOND.key, Change("Swap", local_date=NOVEMBER_2))
    opened = reopen_day(moved, NOVEMBER_2)
    assert [one.key for one in opened.stay] == [FIRST.key]


def test_a_new_pattern_is_told_which_sessions_somebody_put_elsewhere():
    third = COURSE[2]
    moved = change_this(COURSE, third.key, Change("Flood", local_date=date(2026, 11, 6)))
    assert [one.key for one in moved_by_hand(moved, FIRST.key)] == [third.key]
    assert moved_by_hand(CLOSED, FIRST.key) == ()
    assert moved_by_hand(moved, find(moved, COURSE[4].key).key) == ()


def replace_in(sessions, changed):
    return tuple(changed if one.key == changed.key else one for one in sessions)
