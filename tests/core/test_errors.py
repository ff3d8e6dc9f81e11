"""Errors as classes with fields: their codes, what a log shows, several at once, and questions."""

from dataclasses import dataclass

import pytest

from handrail.core.access import NotHere, Refused
from handrail.core.errors import (
    Invalid,
    Missing,
    NotAChoice,
    OutOfRange,
    Refusal,
    Several,
    TooLong,
    Unconfirmed,
    confirm,
    raise_any,
    too_long,
)


@dataclass(eq=False)
class GroupWouldMove(Unconfirmed):
    """A made-up question."""

    people: int


class RenamedLately(Invalid):
    """A made-up error that keeps the code it had under its old name."""

    code = "groups.old_name"


def test_a_code_follows_from_where_the_class_lives_and_its_name():
    assert (TooLong.code, NotAChoice.code, NotHere.code) == ("too_long", "not_a_choice", "not_here")
    assert GroupWouldMove.code == "test_errors.group_would_move"
    assert RenamedLately.code == "groups.old_name"


def test_a_log_shows_the_code_and_the_fields_and_no_sentence():
    assert str(TooLong(most=40, length=41)) == "too_long most=40 length=41"
    assert str(Missing()) == "missing"
    assert TooLong(most=40, length=41).details == {"most": 40, "length": 41}
    assert Missing().details == {}


def test_a_refusal_that_still_carries_its_sentence_shows_it():
    assert str(Refused("This is void already.")) == "This is void already."


@pytest.mark.parametrize("kind", [Refused, NotHere, Invalid])
def test_every_kind_is_a_refusal(kind):
    assert issubclass(kind, Refusal)


def test_an_error_knows_the_field_it_is_about():
    error = OutOfRange(least=5, most=60).at("idle_minutes")
    assert error.field == "idle_minutes"
    assert error.errors == (error,)
    assert OutOfRange(5, 60).field == "", "what is said of one is not said of all"


def test_everything_that_is_wrong_is_raised_at_once():
    raise_any([])
    with pytest.raises(Missing):
        raise_any([Missing().at("name")])
    with pytest.raises(Several) as found:
        raise_any([Missing().at("name"), NotAChoice(), TooLong(2, 3).at("text")])
    assert [one.field for one in found.value.errors] == ["name", "", "text"]
    assert str(found.value) == "name: missing; not_a_choice; text: too_long most=2 length=3"


def test_a_question_is_asked_until_just_that_one_was_answered():
    with pytest.raises(GroupWouldMove) as asked:
        confirm(GroupWouldMove(12), "")
    confirm(GroupWouldMove(12), asked.value.answer)
    with pytest.raises(GroupWouldMove):
        confirm(GroupWouldMove(13), asked.value.answer)


def test_a_text_too_long_for_its_column_is_said_at_its_field():
    found = too_long({"name": "abc", "why": "abcd"}, {"name": 3, "why": 3})
    assert [(one.field, one.most, one.length) for one in found] == [("why", 3, 4)]
