"""A client's week against a payer's rule, before it is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.attendance import Absent, Present, attend
from handrail.core.course.errors import CourseError
from handrail.core.course.roster import Place
from handrail.core.course.segments import Count, Minutes
from handrail.core.course.session_states import State
from handrail.core.course.weeks import (
    Outlook,
    Service,
    appointment,
    group_hour,
    hold_against,
    hold_week_against,
    minutes_in_week,
    week_of,
)
from tests.core.course.examples import COURSE, RULES, SUNDAY

SCHEDULED, ATTENDED, THERAPEUTIC = (
    RULES.week_rules[f"nine-hours-{count}"] for count in ("scheduled", "attended", "therapeutic")
)
MON, WED, THU = COURSE[3:6]
TUESDAY_10, THURSDAY_12, SUNDAY_15 = (date(2026, 11, day) for day in (10, 12, 15))


def came(session, seen=None):
    seen = seen or Present()
    return group_hour(session, attend("ana", session, Place.ENROLLED, seen))


def test_three_evenings_of_three_hours_are_eight_hours_of_therapy():
    week = [came(one) for one in (MON, WED, THU)]
    assert minutes_in_week(week, SUNDAY_15) == Minutes(540, 540, 480)
    assert hold_against(SCHEDULED, week, SUNDAY_15).outlook is Outlook.MET
    assert hold_against(ATTENDED, week, SUNDAY_15).outlook is Outlook.MET
    short = hold_against(THERAPEUTIC, week, SUNDAY_15)
    assert (short.outlook, short.so_far, short.to_add) == (Outlook.NEEDS_MORE, 480, 60)


def test_on_tuesday_the_plan_already_shows_that_an_hour_of_therapy_is_missing():
    week = [came(MON), group_hour(WED), group_hour(THU)]
    short = hold_against(THERAPEUTIC, week, TUESDAY_10)
    assert short.outlook is Outlook.NEEDS_MORE
    assert (short.so_far, short.at_most, short.to_add, short.days_left) == (160, 480, 60, 6)
    hour = appointment(THURSDAY_12, Service.INDIVIDUAL, 60)
    mended = hold_against(THERAPEUTIC, [*week, hour], TUESDAY_10)
    assert (mended.outlook, mended.to_add) == (Outlook.ON_COURSE, 0)
    assert [one.local_date.day for one in mended.by] == [11, 12, 12]


def test_the_week_that_the_documents_work_out():
    week = [
        came(MON),
        appointment(TUESDAY_10, Service.INDIVIDUAL, 60, attended=60),
        came(WED, Present(arrived=20)),
        group_hour(THU),
    ]
    wednesday = WED.local_date
    assert minutes_in_week(week, wednesday) == Minutes(420, 400, 360)
    held = [hold_against(rule, week, wednesday) for rule in (SCHEDULED, ATTENDED, THERAPEUTIC)]
    assert [one.at_most for one in held] == [600, 580, 520]
    assert [one.outlook for one in held[:2]] == [Outlook.ON_COURSE] * 2
    assert (held[2].outlook, held[2].to_add) == (Outlook.NEEDS_MORE, 20)


def test_individual_and_family_hours_count_where_the_rule_says_so():
    week = [
        *[came(one) for one in (MON, WED, THU)],
        appointment(TUESDAY_10, Service.FAMILY, 60, attended=60),
    ]
    assert hold_against(THERAPEUTIC, week, SUNDAY_15).outlook is Outlook.MET
    groups_only = replace(THERAPEUTIC, services=frozenset({Service.GROUP}))
    assert hold_against(groups_only, week, SUNDAY_15).so_far == 480


def test_one_missed_evening_leaves_six_hours_and_the_rest_must_be_added():
    week = [came(MON, Absent("fever")), group_hour(WED), group_hour(THU)]
    short = hold_against(ATTENDED, week, TUESDAY_10)
    assert (short.at_most, short.to_add, short.outlook) == (360, 180, Outlook.NEEDS_MORE)
    assert hold_against(SCHEDULED, week, TUESDAY_10).outlook is Outlook.ON_COURSE


def test_only_as_many_coming_hours_are_named_as_the_rule_needs():
    six = replace(ATTENDED, minutes=360)
    ahead = hold_against(six, [came(MON), group_hour(THU), group_hour(WED)], TUESDAY_10)
    assert [one.local_date for one in ahead.by] == [WED.local_date]


def test_when_the_week_is_over_nothing_can_be_added():
    over = hold_week_against(ATTENDED, [came(MON)], week_of(MON.local_date), date(2026, 11, 16))
    assert (over.outlook, over.to_add, over.days_left) == (Outlook.NOT_MET, 0, 0)


def test_an_evening_not_closed_yet_keeps_a_past_week_open():
    week = [came(MON), came(WED), group_hour(THU)]
    over = hold_week_against(ATTENDED, week, week_of(MON.local_date), date(2026, 11, 16))
    assert over.outlook is Outlook.ON_COURSE
    assert [one.local_date for one in over.by] == [THU.local_date]


def test_a_week_to_come_has_all_its_days_left():
    ahead = hold_week_against(ATTENDED, [], week_of(MON.local_date), date(2026, 11, 1))
    assert (ahead.days_left, ahead.to_add) == (7, 540)


def test_the_week_begins_where_the_organization_begins_it():
    assert week_of(SUNDAY_15) == (date(2026, 11, 9), SUNDAY_15)
    assert week_of(SUNDAY_15, SUNDAY) == (SUNDAY_15, date(2026, 11, 21))
    week = [came(one) for one in COURSE[2:6]]
    assert minutes_in_week(week, MON.local_date).attended == 540
    assert hold_against(ATTENDED, week, MON.local_date, SUNDAY).last == date(2026, 11, 14)


def test_an_attendance_of_another_session_is_refused():
    other = attend("ana", MON, Place.ENROLLED, Present())
    with pytest.raises(CourseError, match="belongs to"):
        group_hour(WED, other)


def test_a_canceled_evening_is_no_hour():
    with pytest.raises(CourseError, match="is canceled"):
        group_hour(replace(MON, state=State.CANCELED))


def test_someone_who_missed_an_appointment_has_no_minutes_of_it():
    assert appointment(TUESDAY_10, Service.INDIVIDUAL, 50, attended=0).minutes == Minutes(50, 0, 0)


HOURS = st.lists(
    st.builds(
        appointment,
        st.dates(date(2026, 11, 7), date(2026, 11, 17)),
        st.sampled_from(Service),
        st.just(120),
        st.none() | st.integers(0, 120),
    ),
    max_size=12,
)
DAYS = st.dates(date(2026, 11, 9), date(2026, 11, 17))


@given(HOURS, DAYS, st.sampled_from(Count))
def test_the_outlook_is_true_to_its_numbers(hours, today, count):
    rule = replace(ATTENDED, count=count)
    held = hold_week_against(rule, hours, week_of(date(2026, 11, 9)), today)
    assert held.so_far <= held.at_most
    assert (held.outlook is Outlook.MET) == (held.so_far >= rule.minutes)
    assert (held.outlook is Outlook.NOT_MET) == (held.at_most < rule.minutes and not held.days_left)
    named = sum(one.minutes.counted(count) for one in held.by)
    assert held.so_far + named + held.to_add >= rule.minutes or held.outlook is Outlook.NOT_MET
    assert (held.to_add > 0) == (held.outlook is Outlook.NEEDS_MORE)


@given(HOURS, DAYS, st.integers(1, 6))
def test_when_nothing_happens_the_outlook_does_not_brighten(hours, today, later):
    order = [Outlook.MET, Outlook.ON_COURSE, Outlook.NEEDS_MORE, Outlook.NOT_MET]
    week = week_of(date(2026, 11, 9))
    now, then = (
        hold_week_against(ATTENDED, hours, week, day)
        for day in (today, today + timedelta(days=later))
    )
    assert order.index(now.outlook) <= order.index(then.outlook)
