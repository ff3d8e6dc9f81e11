"""Nobody is called free when something overlaps; what touches does not clash; clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.availability import (
    Busy,
    DatedHours,
    Hours,
    Span,
    WeeklyHours,
    What,
    clashes,
    free_time,
    is_free,
    reasons_against,
    slots_within,
    working_on,
    working_time,
)

ZONE = "America/New_York"
MONDAY = date(2026, 11, 23)
ZERO = datetime(2026, 11, 20, tzinfo=UTC)
ANY_TIME = Hours(ZONE)


def local(day, hour, minute=0, zone=ZONE):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(
        UTC
    )


def span(day, start, end):
    return Span(local(day, start), local(day, end))


def weekly(weekday, start, end, **more):
    given = {"zone": ZONE, "from_date": date(2026, 1, 1)} | more
    return WeeklyHours(weekday, time(start), time(end), **given)


OFFICE = Hours(ZONE, tuple(weekly(day, 9, 17) for day in range(5)))


# ---- known answers -----------------------------------------------------------------------------


def test_someone_is_free_in_working_hours_and_not_outside():
    assert is_free(span(MONDAY, 9, 17), OFFICE, ())
    for outside in (span(MONDAY, 8, 10), span(MONDAY, 16, 18), span(MONDAY, 18, 19)):
        (why,) = reasons_against(outside, OFFICE, ())
        assert why.what is What.HOURS
    saturday = MONDAY + timedelta(days=5)
    assert not is_free(span(saturday, 10, 11), OFFICE, ())


def test_without_hours_typed_in_any_time_will_do():
    assert is_free(span(MONDAY, 2, 23), ANY_TIME, ())
    assert is_free(Span(local(MONDAY, 22), local(MONDAY + timedelta(days=1), 2)), ANY_TIME, ())


def test_hours_count_from_the_day_they_are_in_force():
    from_tuesday = Hours(ZONE, (weekly(1, 9, 12, from_date=MONDAY + timedelta(days=1)),))
    assert is_free(span(MONDAY, 20, 21), from_tuesday, ())
    assert not is_free(span(MONDAY + timedelta(days=1), 13, 14), from_tuesday, ())
    until_monday = Hours(ZONE, (weekly(0, 9, 12, until_date=MONDAY),))
    assert not is_free(span(MONDAY, 13, 14), until_monday, ())
    assert is_free(span(MONDAY + timedelta(days=7), 13, 14), until_monday, ())


def test_a_date_of_its_own_stands_in_place_of_the_week():
    evening = DatedHours(MONDAY, time(17), time(21), ZONE)
    hours = Hours(ZONE, OFFICE.weekly, (evening,))
    assert is_free(span(MONDAY, 18, 20), hours, ())
    assert not is_free(span(MONDAY, 9, 10), hours, ())
    nobody = Hours(ZONE, OFFICE.weekly, (DatedHours(MONDAY, None, None, ZONE),))
    assert working_on(MONDAY, nobody) == ()
    assert is_free(span(MONDAY + timedelta(days=1), 9, 10), nobody, ())


def test_hours_past_midnight_belong_to_the_day_they_begin_on():
    night = Hours(ZONE, (weekly(0, 22, 6),))
    tuesday = MONDAY + timedelta(days=1)
    assert is_free(Span(local(MONDAY, 23), local(tuesday, 5)), night, ())
    assert not is_free(span(tuesday, 5, 7), night, ())


def test_what_touches_does_not_clash():
    lesson = Busy(span(MONDAY, 10, 11), What.SESSION)
    assert is_free(span(MONDAY, 9, 10), OFFICE, [lesson])
    assert is_free(span(MONDAY, 11, 12), OFFICE, [lesson])
    assert reasons_against(span(MONDAY, 10, 12), OFFICE, [lesson]) == (lesson,)
    assert clashes([lesson, Busy(span(MONDAY, 11, 12), What.APPOINTMENT)]) == ()


def test_hours_that_touch_are_one_stretch():
    split = Hours(ZONE, (weekly(0, 13, 17), weekly(0, 9, 13)))
    assert is_free(span(MONDAY, 12, 14), split, ())
    lunch = Hours(ZONE, (weekly(0, 14, 17), weekly(0, 9, 13)))
    assert not is_free(span(MONDAY, 12, 15), lunch, ())


def test_every_reason_is_told_the_firmest_things_in_one_order():
    away = Busy(span(MONDAY, 8, 20), What.AWAY, "vacation")
    group = Busy(span(MONDAY, 18, 21), What.SESSION, "Evening IOP")
    found = reasons_against(span(MONDAY, 18, 19), OFFICE, [group, away])
    assert [one.what for one in found] == [What.AWAY, What.SESSION, What.HOURS]
    assert [one.is_firm for one in What] == [False, False, True, True, True, False]


def test_two_things_at_once_are_found():
    group = Busy(span(MONDAY, 18, 21), What.SESSION)
    hour = Busy(span(MONDAY, 17, 19), What.APPOINTMENT)
    assert clashes([group, hour]) == ((hour, group),)


def test_slots_are_cut_one_after_the_other():
    made = slots_within([span(MONDAY, 9, 11)], minutes=40, gap=10)
    assert [one.since for one in made] == [local(MONDAY, 9), local(MONDAY, 9, 50)]
    assert len(slots_within([span(MONDAY, 9, 17)], minutes=10, at_most=3)) == 3
    for minutes, gap in ((0, 0), (10, -1)):
        with pytest.raises(ValueError, match="at least a minute"):
            slots_within([span(MONDAY, 9, 11)], minutes=minutes, gap=gap)


def test_a_span_ends_after_it_begins():
    with pytest.raises(ValueError, match="ends after it begins"):
        Span(ZERO, ZERO)


# ---- clocks that change ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 8), 7), (date(2026, 11, 1), 9), (date(2026, 11, 8), 8)]
)
def test_a_night_over_the_change_of_clocks_has_its_real_length(day, hours):
    night = Hours(ZONE, (weekly(5, 22, 6),))
    (one,) = working_on(day - timedelta(days=1), night)
    assert one.until - one.since == timedelta(hours=hours)


def test_office_hours_stay_at_nine_by_the_wall_when_clocks_change():
    for day in (date(2026, 10, 30), date(2026, 11, 2)):
        (one,) = working_on(day, OFFICE)
        assert one.since.astimezone(ZoneInfo(ZONE)).time() == time(9)


def test_a_colleague_in_another_zone_keeps_their_own_clock():
    far = Hours(ZONE, tuple(weekly(day, 9, 17, zone="America/Los_Angeles") for day in range(5)))
    assert not is_free(span(MONDAY, 9, 10), far, ())
    assert is_free(span(MONDAY, 12, 20), far, ())


# ---- laws --------------------------------------------------------------------------------------

QUARTERS = st.integers(0, 400)


@st.composite
def spans(draw):
    start, length = draw(QUARTERS), draw(st.integers(1, 60))
    since = ZERO + timedelta(minutes=15 * start)
    return Span(since, since + timedelta(minutes=15 * length))


BUSY = st.lists(st.builds(Busy, spans(), st.sampled_from(What), key=st.text("ab", max_size=2)))
CLOCK = st.sampled_from([time(hour, minute) for hour in range(24) for minute in (0, 30)])
ZONES = st.sampled_from([ZONE, "America/Los_Angeles", "UTC", "Asia/Tokyo"])
DATES = st.dates(date(2026, 11, 15), date(2026, 11, 28))


@st.composite
def hours_of_someone(draw):
    pair = st.tuples(CLOCK, CLOCK).filter(lambda one: one[0] != one[1])
    week = [
        WeeklyHours(draw(st.integers(0, 6)), *draw(pair), draw(ZONES), draw(DATES))
        for _ in range(draw(st.integers(0, 5)))
    ]
    dated = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = draw(st.one_of(st.just((None, None)), pair))
        dated.append(DatedHours(draw(DATES), start, end, draw(ZONES)))
    return Hours(draw(ZONES), tuple(week), tuple(dated))


@given(spans(), hours_of_someone(), BUSY)
def test_never_free_when_something_overlaps(asked, hours, busy):
    if is_free(asked, hours, busy):
        assert not any(
            one.span.since < asked.until and asked.since < one.span.until for one in busy
        )
    for one in free_time(asked, hours, busy):
        assert is_free(one, hours, busy)
        assert asked.since <= one.since < one.until <= asked.until


@given(spans(), hours_of_someone(), BUSY, st.randoms())
def test_order_does_not_matter(asked, hours, busy, chance):
    mixed, week = list(busy), list(hours.weekly)
    chance.shuffle(mixed)
    chance.shuffle(week)
    other = Hours(hours.zone, tuple(week), hours.dated)
    assert reasons_against(asked, hours, busy) == reasons_against(asked, other, mixed)
    assert free_time(asked, hours, busy) == free_time(asked, other, mixed)
    assert clashes(busy) == clashes(mixed)


@given(spans(), hours_of_someone(), BUSY)
def test_free_time_is_all_that_is_left(asked, hours, busy):
    """A moment of working time is free exactly when nothing covers it."""
    free = free_time(asked, hours, busy)
    for one in working_time(asked, hours):
        moment = one.since
        while moment < one.until:
            quarter = Span(moment, moment + timedelta(minutes=1))
            taken = any(each.span.overlaps(quarter) for each in busy)
            within = any(each.since <= moment < each.until for each in free)
            assert within != taken
            moment += timedelta(minutes=15)


@given(st.lists(spans(), max_size=6), st.integers(1, 120), st.integers(0, 30))
def test_slots_never_overlap_and_lie_in_free_time(free, minutes, gap):
    made = slots_within(free, minutes=minutes, gap=gap)
    for one, after in pairwise(made):
        assert one.until <= after.since
    assert all(one.until - one.since == timedelta(minutes=minutes) for one in made)
    for one in made:
        minute = one.since
        while minute < one.until:
            assert any(each.since <= minute < each.until for each in free)
            minute += timedelta(minutes=1)


@given(spans(), BUSY)
def test_a_span_free_of_everything_has_no_clash_with_it(asked, busy):
    mine = Busy(asked, What.APPOINTMENT, key="mine")
    free = not any(one.span.overlaps(asked) for one in busy)
    found = [pair for pair in clashes([*busy, mine]) if mine in pair]
    assert free == (not found)
