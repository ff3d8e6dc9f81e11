"""The director's counts: who pulls which way, and nobody who could be recognized."""

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.ledger.report import TOGETHER, Case, Counted, counted, grouped, questioned


def some(number, indicated=5, agreed=5):
    return [Case(indicated, agreed)] * number


def test_a_group_is_counted_by_less_same_and_more():
    cases = [*some(3), *some(2, agreed=4), *some(1, agreed=7)]
    assert counted(cases, "Blue Oak") == Counted("Blue Oak", 6, 2, 3, 1)


def test_small_groups_stand_together_with_the_next_smallest():
    pairs = [(name, one) for name, number in (("A", 9), ("B", 6), ("C", 2)) for one in some(number)]
    assert [(row.words, row.people) for row in grouped(pairs)] == [("A", 9), (TOGETHER, 8)]


def test_small_groups_that_are_many_enough_stand_together_alone():
    pairs = [(name, one) for name, number in (("A", 9), ("C", 3), ("B", 3)) for one in some(number)]
    assert [(row.words, row.people) for row in grouped(pairs)] == [("A", 9), (TOGETHER, 6)]


def test_fewer_than_five_are_not_shown_at_all():
    assert grouped([("A", one) for one in some(4)]) == ()
    assert questioned([True, True]).times is None
    assert questioned([True, False, True, True, False]).times == 3


@given(st.lists(st.sampled_from("AAAABBBCCD"), max_size=60))
def test_nobody_is_lost_and_no_group_shown_is_small(names):
    rows = grouped([(name, Case(5, 5)) for name in names])
    assert all(row.people >= 5 for row in rows)
    assert sum(row.people for row in rows) == (len(names) if rows else 0)
    assert rows or len(names) < 5
