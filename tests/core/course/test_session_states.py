"""What may be done to a session in which state: the whole table."""

from itertools import product
from pathlib import Path

import pytest

from handrail.core.course.errors import NotInThisState
from handrail.core.course.session_states import (
    TABLE,
    WHY_NOT,
    Act,
    State,
    as_markdown,
    can,
    next_state,
)
from handrail.core.notes import signatures


def test_no_state_is_missing_from_the_table():
    assert set(TABLE) == set(State)
    assert set(WHY_NOT) == set(State)


def test_every_act_is_possible_somewhere_and_every_state_can_be_reached():
    assert {act for acts in TABLE.values() for act in acts} == set(Act)
    reached = {State.PLANNED}
    for _ in State:
        reached |= {after for state in reached for after in TABLE[state].values()}
    assert reached == set(State)


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_act_leads_on_or_is_refused_with_the_reason(state, act):
    if can(state, act):
        assert next_state(state, act) in State
    else:
        with pytest.raises(NotInThisState) as found:
            next_state(state, act)
        assert (found.value.act, found.value.state) == (act, state)
        assert WHY_NOT[state]


def test_the_documents_show_this_very_table():
    page = Path(__file__).resolve().parents[3] / "docs/explanation/how-a-course-is-counted.md"
    assert as_markdown() in page.read_text(encoding="utf-8")


def test_an_evening_goes_from_planned_to_closed():
    state = State.PLANNED
    for act in (Act.START, Act.CLOSE, Act.REOPEN, Act.CLOSE, Act.SIGN_LAST):
        state = next_state(state, act)
    assert state is State.CLOSED
    assert [act for act in Act if can(state, act)] == [Act.VOID_NOTE]


def test_a_voided_note_makes_a_closed_session_wait_for_a_signature_again():
    state = next_state(State.CLOSED, Act.VOID_NOTE)
    assert state is State.TO_BE_SIGNED
    assert next_state(state, Act.SIGN_LAST) is State.CLOSED


def test_the_reference_shows_both_tables():
    page = Path(__file__).resolve().parents[3] / "docs/reference/states.md"
    shown = page.read_text(encoding="utf-8")
    assert as_markdown() in shown
    assert signatures.as_markdown() in shown
