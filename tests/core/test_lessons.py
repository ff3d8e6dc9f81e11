"""When the next lesson is due."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.lessons import Due, next_lesson

AT = datetime(2026, 12, 1, 18, tzinfo=UTC)


def test_the_first_lesson_comes_with_the_yes_and_the_others_a_week_apart():
    assert next_lesson(0, AT, lessons=8) == Due(1, AT)
    assert next_lesson(1, AT, lessons=8) == Due(2, AT + timedelta(days=7))
    assert next_lesson(7, AT, lessons=8) == Due(8, AT + timedelta(days=7))


def test_after_the_last_lesson_nothing_comes():
    assert next_lesson(8, AT, lessons=8) is None


@given(st.integers(1, 30))
def test_every_lesson_comes_once_in_order_within_as_many_weeks(lessons):
    numbers, at, due = [], AT, next_lesson(0, AT, lessons=lessons)
    while due:
        numbers.append(due.number)
        at, due = due.at, next_lesson(due.number, due.at, lessons=lessons)
    assert numbers == list(range(1, lessons + 1))
    assert at == AT + timedelta(days=7 * (lessons - 1))
