"""What comes first of everything that is due, and what stands in one row."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.worklist import (
    Due,
    Section,
    Urgency,
    can_snooze,
    rows_of,
    urgency,
    worst_first,
)

NOW = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
PAPER = ("notes", "note_co_sign", "license", "ending")


def due(kind: str, hours: float | None = 0, key: str = "", **more) -> Due:
    when = None if hours is None else NOW + timedelta(hours=hours)
    reach = kind == "outreach"
    safety = kind in ("outreach", "flag", "safety_plan")
    return Due(kind, key or kind, when, **{"reach": reach, "safety": safety, **more})


def keys(rows):
    return [[one.key for one in row.items] for row in rows]


# ---- urgency and order -------------------------------------------------------------------------


def test_a_life_comes_before_any_clock():
    call, late_note = due("outreach", 20, life=True), due("notes", -100)
    assert worst_first([late_note, call], NOW) == (call, late_note)


def test_someone_nobody_has_reached_comes_before_a_flag_that_waits_for_a_review():
    call, review = due("outreach", 1, life=True), due("flag", -48, life=True)
    assert worst_first([review, call], NOW) == (call, review)


def test_of_two_calls_the_one_that_is_overdue_longer_comes_first():
    first, second = due("outreach", -2, "b"), due("outreach", -1, "a")
    assert worst_first([second, first], NOW) == (first, second)


def test_a_flag_reviewed_next_week_is_watched_and_one_due_tomorrow_is_urgent():
    assert urgency(due("flag", 24 * 7, life=True), NOW) is Urgency.WATCH
    assert urgency(due("flag", 24, life=True), NOW) is Urgency.RISK
    assert urgency(due("flag", None, life=True), NOW) is Urgency.RISK


def test_a_flag_stands_before_paper_that_is_overdue():
    review, license_ = due("flag", 48, life=True), due("license", -100)
    assert worst_first([license_, review], NOW) == (review, license_)


def test_who_was_reached_has_time_and_comes_after_everyone_nobody_reached():
    reached, call = due("outreach", -3, "a", life=True, settled=True), due("outreach", 5)
    assert urgency(reached, NOW) is Urgency.WAIT
    assert worst_first([reached, call], NOW) == (call, reached)


def test_an_absence_never_waits():
    assert urgency(due("outreach", 72), NOW) is Urgency.WATCH


def test_paper_is_never_as_urgent_as_a_life():
    for kind in PAPER:
        assert urgency(due(kind, -1000), NOW) is Urgency.WATCH
        assert urgency(due(kind, 25), NOW) is Urgency.WAIT


# ---- rows --------------------------------------------------------------------------------------


def test_one_persons_flag_and_overdue_plan_are_one_row():
    flag, plan = due("flag", 5, person="p", life=True), due("safety_plan", -20, person="p")
    other = due("flag", 6, "other", person="q")
    assert keys(rows_of([plan, other, flag], NOW)) == [["flag", "safety_plan"], ["other"]]


def test_the_same_persons_paper_stands_apart_from_their_safety():
    flag, consent = due("flag", person="p", life=True), due("consent", 200, person="p")
    assert keys(rows_of([consent, flag], NOW)) == [["flag"], ["consent"]]


def test_what_is_worked_through_together_is_one_row_that_stands_by_its_oldest():
    notes = [due("note_co_sign", hours, f"n{hours}", group="mara") for hours in (30, -9, 200)]
    alone = due("note_co_sign", -5, "dev's", group="dev")
    rows = rows_of([*notes, alone], NOW)
    assert keys(rows) == [["n-9", "n30", "n200"], ["dev's"]]
    assert {one.section for one in rows} == {Section.OVERDUE}


def test_a_call_under_way_stands_for_the_next_step_of_its_inquiry():
    step = due("inquiry", person="i")
    call = due("screening_call", None, person="i", covers="inquiry")
    assert keys(rows_of([step, call], NOW)) == [["screening_call"]]
    other = due("screening_call", None, person="j", covers="inquiry")
    assert len(rows_of([step, other], NOW)) == 2


def test_a_mandate_is_never_made_unnecessary():
    step = due("inquiry", person="i", keep=True)
    call = due("screening_call", None, person="i", covers="inquiry")
    assert len(rows_of([step, call], NOW)) == 2


def test_sections_go_by_safety_and_then_by_the_clock():
    items = [
        due("license", 24 * 30),
        due("notes", 40),
        due("consent", -1),
        due("flag", 24 * 30, person="p"),
        due("screening_call", None, person="i"),
        due("outreach", -1, person="q", settled=True),
    ]
    found = {row.head.kind: row.section for row in rows_of(items, NOW)}
    assert found == {
        "flag": Section.SAFETY,
        "consent": Section.OVERDUE,
        "outreach": Section.OVERDUE,
        "notes": Section.THIS_WEEK,
        "screening_call": Section.THIS_WEEK,
        "license": Section.LATER,
    }


def test_nobodys_safety_is_put_off():
    assert not can_snooze(due("flag"))
    assert not can_snooze(due("agreement", life=True))
    assert can_snooze(due("license"))


# ---- laws --------------------------------------------------------------------------------------


ITEMS = st.lists(
    st.builds(
        due,
        st.sampled_from(("outreach", "flag", "safety_plan", "inquiry", "screening_call", *PAPER)),
        st.one_of(st.none(), st.integers(-200, 200)),
        st.text("abc", max_size=2),
        life=st.booleans(),
        settled=st.booleans(),
        person=st.sampled_from(("", "p", "q")),
        group=st.sampled_from(("", "g")),
    ),
    max_size=8,
    unique_by=lambda one: (one.kind, one.key),
)


@given(ITEMS, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_never_depends_on_how_it_came(items, chance):
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert worst_first(items, NOW) == worst_first(shuffled, NOW)
    rows = rows_of(items, NOW)
    assert rows == rows_of(shuffled, NOW)
    shown = [one for row in rows for one in row.items]
    assert sorted(map(repr, shown)) == sorted(map(repr, items))


@given(ITEMS)
def test_what_is_more_urgent_never_stands_below_in_its_section(items):
    ranks = [list(Urgency).index(urgency(one, NOW)) for one in worst_first(items, NOW)]
    assert ranks == sorted(ranks)
    rows = rows_of(items, NOW)
    sections = [list(Section).index(one.section) for one in rows]
    assert sections == sorted(sections)
    assert all(one.items == worst_first(one.items, NOW) for one in rows)
