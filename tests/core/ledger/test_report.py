"""The director's counts: who pulls which way, and nobody who could be recognized."""

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.ledger.report import (
    TOGETHER,
    Apart,
    Case,
    Counted,
    counted,
    grouped,
    questioned,
    told_apart,
)


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
    assert questioned([True] * 5 + [False] * 6).times == 5


def test_what_happened_to_a_few_or_to_all_but_a_few_is_not_said():
    assert questioned([True] * 3 + [False] * 40).times is None
    assert questioned([True] * 40 + [False] * 3).times is None
    assert questioned([False] * 40).times == 0


def test_a_few_inside_a_large_group_are_counted_with_the_others():
    """Twenty people of A, three of them agreed to less: the three could be recognized."""
    pairs = [
        *(("A", one) for one in (*some(17), *some(3, agreed=4))),
        *(("B", one) for one in (*some(10), *some(6, agreed=4))),
        *(("C", one) for one in some(12)),
    ]
    rows = grouped(pairs, told_apart([case for _, case in pairs]))
    assert rows == (Counted("C", 12, 0, 12, 0), Counted(TOGETHER, 36, 9, 27, 0))


def test_an_outcome_that_few_had_is_told_of_nobody():
    cases = [*some(20), *some(8, agreed=4), *some(2, agreed=7)]
    apart = told_apart(cases)
    assert apart == Apart(less=True, more=False)
    assert counted(cases, "All", apart) == Counted("All", 30, 8, 22, 0)
    assert told_apart([*some(3), *some(20, agreed=4)]) == Apart(less=False, more=False)


OUTCOMES = st.builds(Case, indicated=st.just(5), agreed=st.sampled_from((4, 5, 5, 5, 6)))


@given(st.lists(st.tuples(st.sampled_from("AAABBC"), OUTCOMES), max_size=120))
def test_no_small_number_is_shown_nor_left_when_rows_are_taken_from_everyone(pairs):
    cases = [case for _, case in pairs]
    apart = told_apart(cases)
    rows, whole = grouped(pairs, apart), counted(cases, "All", apart)
    parts = ("less", "same", "more")
    for part in parts:
        numbers = [getattr(row, part) for row in rows]
        assert all(number == 0 or number >= 5 for number in numbers)
        if rows:
            assert sum(numbers) == getattr(whole, part)


@given(st.lists(st.sampled_from("AAAABBBCCD"), max_size=60))
def test_nobody_is_lost_and_no_group_shown_is_small(names):
    rows = grouped([(name, Case(5, 5)) for name in names])
    assert all(row.people >= 5 for row in rows)
    assert sum(row.people for row in rows) == (len(names) if rows else 0)
    assert rows or len(names) < 5
