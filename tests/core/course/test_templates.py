"""The shipped course templates and numbers, and what is said about wrong ones."""

from datetime import date, time

import pytest

from handrail.core.course.errors import CourseError
from handrail.core.course.schedule import Track, Weekday, schedule_course
from handrail.core.course.segments import SegmentKind, full_minutes, length
from handrail.core.course.templates import TAGS, read_rules, read_templates
from handrail.data import care_catalogue, course_rules, course_templates, read_table

SHIPPED = read_table("course_templates.toml")


@pytest.mark.parametrize(
    ("id", "sessions", "minutes", "therapeutic", "per_week"),
    [
        ("iop", 24, 180, 160, (3, 3)),
        ("php", 20, 360, 300, (5, 5)),
        ("sop", 12, 120, 120, (1, 2)),
    ],
)
def test_the_usual_courses(id, sessions, minutes, therapeutic, per_week):
    made = course_templates()[id]
    assert (made.sessions, made.minutes, length(made.segments)) == (sessions, minutes, minutes)
    assert full_minutes(made.segments).therapeutic == therapeutic
    assert (made.per_week_min, made.per_week_max) == per_week
    assert made.minimum.minutes < minutes


def test_each_template_is_for_a_level_of_care_and_within_its_weekly_hours():
    levels = care_catalogue().levels
    for made in course_templates().values():
        level = levels[made.level]
        assert level.hours_min <= made.per_week_max * made.minutes / 60 <= level.hours_max


def test_a_partial_hospitalization_course_takes_four_weeks_of_workdays():
    made = course_templates()["php"]
    track = Track(
        "day", "php", "America/New_York", frozenset(list(Weekday)[:5]), time(9, 0), made.segments
    )
    sessions = schedule_course(track, date(2026, 11, 2), made.sessions)
    assert sessions[-1].local_date == date(2026, 11, 27)


def test_the_usual_group_sizes():
    assert course_rules().limits == {SegmentKind.PROCESS: 16, SegmentKind.EDUCATION: 35}


def test_every_number_names_its_source_and_how_sure_it_is():
    rows = [SHIPPED["attendance"]]
    for kind in ("template", "group_size", "week_rule", "payer_minimum", "outreach_clock"):
        rows += SHIPPED[kind]
    assert all(row["source"] and row["tag"] in TAGS for row in rows)


# ---- what cannot be --------------------------------------------------------------------------


def wrong(kind, **change):
    """The shipped table with its first row of a kind changed; None takes a field out."""
    row = {k: v for k, v in (SHIPPED[kind][0] | change).items() if v is not None}
    return SHIPPED | {kind: [row, *SHIPPED[kind][1:]]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"minutes": 170}, "template iop: the parts take 180 minutes together, the session 170"),
        ({"sessions": 0}, "template iop: 0: at least 1"),
        ({"per_week": [3, 2]}, "template iop: 3 to 2 sessions a week"),
        ({"per_week": [3]}, "template iop"),
        ({"level": None}, "template iop: 'level' is missing"),
        ({"tag": "X"}, "template iop: a source, and a tag"),
        ({"source": ""}, "template iop: a source"),
        ({"id": "php"}, "template php: listed twice"),
        ({"minutes": "long"}, "template iop"),
    ],
)
def test_a_template_that_cannot_be_is_refused_by_name(change, told):
    with pytest.raises(CourseError, match=told):
        read_templates(wrong("template", **change)["template"])


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("group_size", {"people": 0}, "group_size process: 0: at least 1"),
        ("week_rule", {"count": "guessed"}, "week_rule nine-hours-scheduled: .*guessed"),
        ("week_rule", {"services": ["golf"]}, "golf"),
        ("payer_minimum", {"minutes": None}, "payer_minimum three-hours-a-day: 'minutes'"),
        ("outreach_clock", {"within_minutes": -1}, "nobody can be called before"),
        ("outreach_clock", {"statuses": ["lost"]}, "outreach_clock suicide-risk: 'LOST'"),
    ],
)
def test_a_number_that_cannot_be_is_refused_by_name(kind, change, told):
    with pytest.raises(CourseError, match=told):
        read_rules(wrong(kind, **change))


def test_numbers_without_the_attendance_table_are_refused():
    with pytest.raises(CourseError, match="attendance: 'late_after' is missing"):
        read_rules({})
