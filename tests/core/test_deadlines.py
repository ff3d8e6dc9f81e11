"""How long staff have: numbers in a table, read whole or refused."""

import tomllib
from dataclasses import fields
from datetime import timedelta

import pytest

from handrail import data
from handrail.core.deadlines import Deadlines, DeadlinesError


def table():
    return tomllib.loads(data.read_text("deadlines.toml"))


def test_the_table_that_ships_is_read_whole_and_says_since_when():
    found = data.deadlines()
    assert found.license_ends == timedelta(days=60)
    assert all(getattr(found, one.name) > timedelta(0) for one in fields(Deadlines))
    assert table()["source"]
    assert table()["as_of"]


@pytest.mark.parametrize("days", [0, 366, 1.5, None, "2"])
def test_a_number_that_makes_no_sense_is_refused_by_name(days):
    with pytest.raises(DeadlinesError, match="co_sign"):
        Deadlines.read(table() | {"co_sign": {"days": days}})


def test_a_deadline_that_is_missing_or_unknown_is_named():
    short = table()
    del short["co_sign"]
    with pytest.raises(DeadlinesError, match="co_sign"):
        Deadlines.read(short)
    with pytest.raises(DeadlinesError, match="tea_time"):
        Deadlines.read(table() | {"tea_time": {"days": 1}})
