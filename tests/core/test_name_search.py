"""Words people are found by, dates as people type them, and the end of a range."""

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handrail.core.dates import read_day
from handrail.core.name_search import LONGEST, end_of_range, name_words, read_typed

LETTERS = some.characters(exclude_categories=("Cs",))
TEXT = some.text(LETTERS, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mara Whitfield", {"mara", "whitfield"}),
        ("José Núñez", {"jose", "nunez"}),
        ("Łukasz Søndergård", {"lukasz", "sondergard"}),
        ("O'Brien", {"obrien", "brien"}),
        ("O’Brien", {"obrien", "brien"}),
        ("Anne-Marie", {"annemarie", "marie"}),
        ("van der Berg", {"van", "der", "berg"}),
        ("李 小龍", {"李", "小龍"}),
        (" -- ' ", set()),
    ],
)
def test_a_name_is_found_by_these_words(name, words):
    assert name_words([name]) == words


def test_a_very_long_word_is_cut_on_both_sides():
    long = "a" * 200
    assert name_words([long]) == {"a" * LONGEST}
    assert read_typed(long).words == ("a" * LONGEST,)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1990-05-03", date(1990, 5, 3)),
        ("1990-5-3", date(1990, 5, 3)),
        ("5/3/1990", date(1990, 5, 3)),
        ("05/03/1990", date(1990, 5, 3)),
        ("5.3.1990", date(1990, 5, 3)),
        ("May 3, 1990", date(1990, 5, 3)),
        ("may 3 1990", date(1990, 5, 3)),
        ("Sept. 3rd, 1990", date(1990, 9, 3)),
        ("3 May 1990", date(1990, 5, 3)),
        ("Mayor 3, 1990", None),
        ("February 30, 1990", None),
        ("2/30/1990", None),
        ("13/1/1990", None),
        ("5/3/90", None),
        ("Smith-Jones", None),
    ],
)
def test_a_day_as_people_type_it(text, day):
    assert read_day(text) == day


def test_what_was_typed_is_taken_apart():
    assert read_typed("Whit, MAR 5/3/1990").words == ("whit", "mar")
    assert read_typed("Whit, MAR 5/3/1990").birth_date == date(1990, 5, 3)
    assert read_typed("m mar") == read_typed("mar")
    assert read_typed("  ,.- ").words == ()


@given(prefix=TEXT, more=some.text(LETTERS, max_size=4))
def test_everything_that_begins_so_lies_in_the_range(prefix, more):
    end = end_of_range(prefix)
    assert end is None or prefix <= prefix + more < end


@given(prefix=TEXT, other=TEXT)
def test_nothing_else_lies_in_the_range(prefix, other):
    end = end_of_range(prefix)
    inside = prefix <= other and (end is None or other < end)
    assert inside == other.startswith(prefix)


@pytest.mark.parametrize(
    ("prefix", "end"),
    [
        ("mar", "mas"),
        ("z", "{"),
        ("\ud7ff", "\ue000"),
        ("a" + chr(sys.maxunicode), "b"),
        (chr(sys.maxunicode), None),
    ],
)
def test_the_end_of_a_range_at_its_corners(prefix, end):
    assert end_of_range(prefix) == end
