"""Referred and expected back: no state is missing, and nobody who is away is forgotten."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.referrals import (
    MEANS,
    TABLE,
    Act,
    DoesNotFit,
    State,
    is_overdue,
    next_state,
    touches,
)
from handrail.data import referral_contacts

RULES = referral_contacts()
SENT = date(2026, 11, 24)
days = st.integers(0, 120).map(lambda number: SENT + timedelta(days=number))


def test_no_state_and_no_act_is_missing():
    assert set(TABLE) == set(State) == set(MEANS)
    assert {act for row in TABLE.values() for act in row} == set(Act)
    assert {after for row in TABLE.values() for after in row.values()} == set(State) - {
        State.PREPARED
    }


def test_someone_who_is_there_is_only_back_or_ended():
    assert next_state(State.ADMITTED, Act.RETURN) is State.RETURNED
    with pytest.raises(DoesNotFit) as there:
        next_state(State.ADMITTED, Act.DECLINE)
    assert there.value.state is State.ADMITTED
    with pytest.raises(DoesNotFit):
        next_state(State.PREPARED, Act.RETURN)


def test_after_sending_somebody_asks_whether_they_have_it():
    found = touches(State.SENT, SENT, SENT + timedelta(days=31), RULES)
    assert [one.on for one in found] == [date(2026, 11, 25), date(2026, 11, 27), date(2026, 12, 1)]


def test_while_they_are_there_each_week_and_then_the_return():
    back = SENT + timedelta(days=31)
    found = {one.on: one.why for one in touches(State.ADMITTED, SENT, back, RULES)}
    assert [day for day in found if day < back - timedelta(days=3)] == [
        SENT + timedelta(days=number) for number in (7, 14, 21)
    ]
    assert "Arrange the return" in found[back - timedelta(days=3)]
    assert "They are expected" in found[back]
    assert back + timedelta(days=3) in found


def test_a_stay_of_two_days_is_not_called_about_before_it_began():
    back = SENT + timedelta(days=2)
    found = touches(State.ADMITTED, SENT, back, RULES)
    assert [one.on for one in found][:5] == [
        SENT + timedelta(days=1),
        back,
        back + timedelta(days=1),
        back + timedelta(days=3),
        back + timedelta(days=10),
    ]


def test_whoever_does_not_come_back_is_called_about_every_week_for_a_quarter():
    back = SENT + timedelta(days=31)
    missed = [
        one for one in touches(State.ADMITTED, SENT, back, RULES) if "not come back" in one.why
    ]
    assert [one.on for one in missed[:2]] == [back + timedelta(10), back + timedelta(17)]
    assert back + timedelta(80) < missed[-1].on < back + timedelta(90)


def test_what_is_over_or_not_sent_asks_for_nothing():
    for state in (State.PREPARED, State.DECLINED, State.RETURNED, State.ENDED):
        assert touches(state, SENT, SENT, RULES) == ()


def test_without_a_day_of_return_the_weeks_go_on_for_a_quarter():
    found = touches(State.ADMITTED, SENT, None, RULES)
    assert len(found) == 12
    assert found[-1].on < SENT + timedelta(days=90)


def test_overdue_is_who_is_there_after_the_day():
    assert is_overdue(State.ADMITTED, SENT, SENT + timedelta(days=1))
    assert not is_overdue(State.ADMITTED, SENT, SENT)
    assert not is_overdue(State.ADMITTED, None, SENT)
    assert not is_overdue(State.RETURNED, SENT, SENT + timedelta(days=9))


@given(st.sampled_from(State), days, st.none() | days)
def test_days_come_in_order_once_each_and_never_before_it_began(state, since, back):
    found = [one.on for one in touches(state, since, back, RULES)]
    assert found == sorted(set(found))
    assert all(day >= since for day in found)


@given(days, days)
def test_whoever_is_away_is_called_by_the_day_of_return_and_within_a_week(since, back):
    found = [one.on for one in touches(State.ADMITTED, since, back, RULES)]
    assert max(back, since) in found
    steps = [since, *found]
    assert all(after - one <= timedelta(days=7) for one, after in zip(steps, found, strict=False))
