"""The parts of a session: sums, and what coming late or leaving early cuts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.errors import CourseError
from handrail.core.course.segments import (
    Count,
    Minutes,
    Segment,
    SegmentKind,
    check_segments,
    full_minutes,
    length,
    minutes_by_segment,
    minutes_of,
    read_segments,
)
from tests.core.course.examples import IOP

PARTS = st.lists(
    st.builds(
        Segment, st.sampled_from(SegmentKind), st.just("part"), st.integers(1, 90), st.booleans()
    ),
    min_size=1,
    max_size=8,
).map(tuple)


def test_three_hours_with_two_breaks_are_160_minutes_of_therapy():
    assert full_minutes(IOP.segments) == Minutes(scheduled=180, attended=180, therapeutic=160)


def test_coming_45_minutes_late_cuts_check_in_and_a_quarter_of_the_process_group():
    had = [one.attended for one in minutes_by_segment(IOP.segments, 45, 180)]
    assert had == [0, 45, 10, 60, 10, 10]


def test_leaving_35_minutes_early_cuts_closing_break_and_some_of_education():
    had = [one.attended for one in minutes_by_segment(IOP.segments, 0, 145)]
    assert had == [30, 60, 10, 45, 0, 0]
    assert minutes_of(IOP.segments, 0, 145) == Minutes(180, 145, 135)


def test_minutes_are_counted_as_asked():
    minutes = Minutes(180, 145, 135)
    assert [minutes.counted(count) for count in Count] == [180, 145, 135]


@given(PARTS, st.tuples(*[st.integers(0, 400)] * 3))
def test_minutes_add_up_over_parts_and_over_time(parts, moments):
    begin, middle, end = sorted(min(one, length(parts)) for one in moments)
    whole = minutes_of(parts, begin, end)
    assert whole.attended == end - begin
    assert whole.scheduled == length(parts)
    assert whole == sum(minutes_by_segment(parts, begin, end), Minutes())
    before, after = minutes_of(parts, begin, middle), minutes_of(parts, middle, end)
    assert before.attended + after.attended == whole.attended
    assert before.therapeutic + after.therapeutic == whole.therapeutic


@given(PARTS, st.integers(0, 400), st.integers(0, 400))
def test_therapy_is_never_more_than_attended_nor_attended_more_than_scheduled(parts, one, other):
    had = minutes_of(parts, min(one, other), max(one, other))
    assert had.therapeutic <= had.attended <= had.scheduled


@pytest.mark.parametrize(
    ("parts", "minutes", "told"),
    [
        (IOP.segments, 170, "take 180 minutes together, the session 170"),
        ((), 0, "at least one part"),
    ],
)
def test_parts_that_do_not_fill_the_session_are_refused(parts, minutes, told):
    with pytest.raises(CourseError, match=told):
        check_segments(parts, minutes)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"minutes": 0}, "takes at least a minute"),
        ({"kind": "party"}, "'Check-in'.*party"),
        ({"minutes": "long"}, "'Check-in'.*long"),
    ],
)
def test_a_part_that_cannot_be_is_refused_by_name(change, told):
    row = {"kind": "check_in", "name": "Check-in", "minutes": 30, "therapeutic": True} | change
    with pytest.raises(CourseError, match=told):
        read_segments([row])


def test_a_part_without_minutes_is_refused_by_name():
    with pytest.raises(CourseError, match="'Check-in': 'minutes' is missing"):
        read_segments([{"kind": "check_in", "name": "Check-in"}])
