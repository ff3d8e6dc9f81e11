"""The director's counts: who pulls which way."""

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.ledger.report import Case, Counted, Questioned, counted, grouped, questioned


def some(number, indicated=5, agreed=5):
    return [Case(indicated, agreed)] * number


def test_a_group_is_counted_by_less_same_and_more():
    cases = [*some(3), *some(2, agreed=4), *some(1, agreed=7)]
    assert counted(cases, "Blue Oak") == Counted("Blue Oak", 6, 2, 3, 1)


def test_the_largest_group_comes_first_and_a_single_person_is_counted_too():
    pairs = [
        *(("B", one) for one in some(1, agreed=4)),
        *(("A", one) for one in some(6)),
        *(("C", one) for one in some(1)),
    ]
    assert grouped(pairs) == (
        Counted("A", 6, 0, 6, 0),
        Counted("B", 1, 1, 0, 0),
        Counted("C", 1, 0, 1, 0),
    )


def test_a_question_is_answered_with_how_often_out_of_how_many():
    assert questioned([True, False, False]) == Questioned(1, 3)
    assert questioned([]) == Questioned(0, 0)


OUTCOMES = st.builds(Case, indicated=st.just(5), agreed=st.sampled_from((4, 5, 6)))


@given(st.lists(st.tuples(st.sampled_from("AAABBC"), OUTCOMES), max_size=60))
def test_nobody_is_lost_and_the_groups_add_up_to_everyone(pairs):
    rows, whole = grouped(pairs), counted([case for _, case in pairs], "All")
    for part in ("people", "less", "same", "more"):
        assert sum(getattr(row, part) for row in rows) == getattr(whole, part)
