"""Text, numbers, days, times and amounts as typed: whatever it is, it is read or it is not."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.dates import read_day, read_time
from handrail.core.money import MOST, read_dollars
from handrail.core.text import as_typed, one_line, some_lines, visible, whole_number

HOSTILE = [
    "\x00",
    "²",
    "٣",
    "½",
    "9" * 5_000,
    "1" + ",000" * 2_000,
    "\ud800",
    "../",
    "🙂",
    "-1",
    "1e9",
]


@pytest.mark.parametrize("read", [read_day, read_time, read_dollars, whole_number])
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_no_value_is_none(read, typed):
    assert read(typed) is None


@given(st.text())
def test_whatever_is_typed_is_read_or_is_not(typed):
    assert isinstance(read_day(typed), date | None)
    assert isinstance(read_time(typed), time | None)
    assert isinstance(whole_number(typed), int | None)
    assert isinstance(read_dollars(typed), int | None)


@given(st.text())
def test_kept_text_holds_nothing_unseen_and_cleaning_it_again_changes_nothing(typed):
    line, lines = one_line(typed), some_lines(typed)
    assert line == one_line(line)
    assert lines == some_lines(lines)
    assert line.isprintable()
    assert "\x00" not in lines
    line.encode()
    lines.encode()


@pytest.mark.parametrize(
    ("typed", "number"), [("7", 7), (" 1,250 ", 1250), ("0", 0), ("9" * 15, 10**15 - 1)]
)
def test_a_number_is_read(typed, number):
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("18:00", time(18)),
        ("18:00:00", time(18)),
        ("6 pm", time(18)),
        ("6:05 p.m.", time(18, 5)),
        ("12 am", time(0)),
        ("12:30 PM", time(12, 30)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, at):
    assert read_time(typed) == at


@pytest.mark.parametrize("typed", ["18", "24:00", "6:60", "13 pm", "0 am", ""])
def test_what_is_no_time_is_none(typed):
    assert read_time(typed) is None


def test_the_largest_amount_is_read_and_a_cent_more_is_not():
    assert read_dollars("$100,000,000") == MOST
    assert read_dollars("100,000,000.01") is None


def test_what_nobody_sees_goes():
    assert visible("Ni\u200ba\u202e") == "Nia"


def test_text_as_typed_has_one_kind_of_line_end_and_nothing_a_database_refuses():
    assert as_typed("One\r\ntwo\rthree\x00 \ud800") == "One\ntwo\nthree ?"
