"""What comes first of everything that is due."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.today import Due, Urgency, What, urgency, worst_first

NOW = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)


def due(what: What, hours: float | None = 0, key: str = "", *, life: bool = False) -> Due:
    when = None if hours is None else NOW + timedelta(hours=hours)
    return Due(what, key or what.name, when, life)


def test_a_life_comes_before_any_clock():
    call = due(What.OUTREACH, 20, life=True)
    late_note = due(What.NOTES, -100)
    assert worst_first([late_note, call], NOW) == (call, late_note)


def test_someone_nobody_has_reached_comes_before_a_concern_that_waits_for_a_review():
    call, review = due(What.OUTREACH, 1, life=True), due(What.FLAG, -48, life=True)
    assert worst_first([review, call], NOW) == (call, review)


def test_of_two_calls_the_one_that_is_overdue_longer_comes_first():
    first, second = due(What.OUTREACH, -2, "b"), due(What.OUTREACH, -1, "a")
    assert worst_first([second, first], NOW) == (first, second)


def test_a_concern_reviewed_next_week_is_watched_and_one_due_tomorrow_is_urgent():
    assert urgency(due(What.FLAG, 24 * 7, life=True), NOW) is Urgency.WATCH
    assert urgency(due(What.FLAG, 24, life=True), NOW) is Urgency.RISK
    assert urgency(due(What.FLAG, None, life=True), NOW) is Urgency.RISK


def test_a_concern_stands_before_paper_that_is_overdue():
    review, license_ = due(What.FLAG, 48, life=True), due(What.LICENSE, -100)
    assert worst_first([license_, review], NOW) == (review, license_)


def test_who_was_reached_has_time_and_comes_after_everyone_nobody_reached():
    reached = Due(What.OUTREACH, "a", NOW - timedelta(hours=3), life=True, settled=True)
    call = due(What.OUTREACH, 5)
    assert urgency(reached, NOW) is Urgency.WAIT
    assert worst_first([reached, call], NOW) == (call, reached)


def test_an_absence_never_waits():
    assert urgency(due(What.OUTREACH, 72), NOW) is Urgency.WATCH


def test_paper_is_never_as_urgent_as_a_life():
    for what in (What.NOTES, What.CO_SIGN, What.LICENSE, What.ENDING):
        assert urgency(due(what, -1000), NOW) is Urgency.WATCH
        assert urgency(due(what, 25), NOW) is Urgency.WAIT


THINGS = st.lists(
    st.builds(
        due,
        st.sampled_from(What),
        st.one_of(st.none(), st.integers(-200, 200)),
        st.text("abc", max_size=2),
        life=st.booleans(),
    ),
    max_size=8,
)


@given(THINGS, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_never_depends_on_how_it_came(things, chance):
    shuffled = list(things)
    chance.shuffle(shuffled)
    first, second = worst_first(things, NOW), worst_first(shuffled, NOW)
    assert first == second
    assert sorted(map(repr, first)) == sorted(map(repr, things))


@given(THINGS)
def test_what_is_more_urgent_never_stands_below(things):
    ranks = [list(Urgency).index(urgency(one, NOW)) for one in worst_first(things, NOW)]
    assert ranks == sorted(ranks)
