"""From draft to lock: the whole table, and the letters behind the name."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from handrail.core.errors import TooLong
from handrail.core.notes.errors import (
    CoSignFirst,
    NotTheLeader,
    NoValidLicense,
    OwnNote,
    SigningUnexplained,
    VoidUnexplained,
)
from handrail.core.notes.signatures import (
    LONGEST_REASON,
    TABLE,
    WHY_NOT,
    Act,
    Credential,
    NotInThisState,
    State,
    as_markdown,
    can,
    check_co_signer,
    check_reason,
    check_signer,
    may_begin_another,
    needs_co_signature,
    next_state,
    signature_line,
)
from handrail.data import note_rules

TODAY = date(2026, 11, 23)
ALONE = note_rules().sign_alone
LCSW = Credential("LCSW", date(2028, 1, 31))
RUN_OUT = Credential("LPCC", date(2026, 11, 22))
TRAINEE = Credential("SWT")


def test_no_state_is_missing_from_the_table():
    assert set(TABLE) == set(State) == set(WHY_NOT)


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_act_leads_on_or_is_refused_with_the_reason(state, act):
    if can(state, act):
        assert next_state(state, act) is TABLE[state][act]
    else:
        with pytest.raises(NotInThisState) as wrong:
            next_state(state, act)
        assert (wrong.value.state, wrong.value.act) == (state, act)


def test_a_trainees_note_goes_from_draft_over_the_supervisor_to_the_lock():
    state = State.DRAFT
    for act in (Act.WRITE, Act.SIGN, Act.ADD, Act.CO_SIGN, Act.ADD, Act.LOCK, Act.ADD, Act.VOID):
        state = next_state(state, act, co_signature_needed=True)
    assert state is State.VOID
    assert not any(can(state, act) for act in Act)


def test_what_needs_a_supervisor_is_not_locked_without():
    with pytest.raises(CoSignFirst):
        next_state(State.SIGNED, Act.LOCK, co_signature_needed=True)
    assert next_state(State.SIGNED, Act.LOCK) is State.LOCKED


def test_a_signed_note_is_never_written_over():
    assert [state for state in State if can(state, Act.WRITE)] == [State.DRAFT]


def test_voiding_needs_a_reason():
    assert check_reason(" Signed for the wrong Maria. ") == "Signed for the wrong Maria."
    with pytest.raises(VoidUnexplained):
        check_reason(" \n")


def test_only_after_a_void_is_there_another_note():
    assert may_begin_another([])
    assert may_begin_another([State.VOID, State.VOID])
    assert not may_begin_another([State.VOID, State.DRAFT])


def test_the_name_stands_with_the_letters_that_hold_that_day():
    held = [LCSW, RUN_OUT, Credential("LCADC"), Credential("LCSW"), Credential("")]
    assert signature_line("Dana Whitfield", held, on=TODAY) == "Dana Whitfield, LCSW, LCADC"
    earlier = signature_line("Dana Whitfield", held, on=date(2026, 11, 22))
    assert earlier == "Dana Whitfield, LCSW, LPCC, LCADC"
    assert signature_line("Kim Osei", [], on=TODAY) == "Kim Osei"


@pytest.mark.parametrize(
    ("held", "needed"),
    [
        ([LCSW], False),
        ([TRAINEE, LCSW], False),
        ([Credential("l.c.s.w.")], False),
        ([Credential("LPCC-S", TODAY)], False),
        ([RUN_OUT], True),
        ([TRAINEE], True),
        ([], True),
    ],
)
def test_without_a_valid_license_a_supervisor_co_signs(held, needed):
    assert needs_co_signature(held, on=TODAY, sign_alone=ALONE) is needed


@pytest.mark.parametrize(
    ("co_signer", "held", "told"),
    [
        ("kim", [LCSW], OwnNote),
        ("dana", [RUN_OUT], NoValidLicense),
    ],
)
def test_who_may_not_co_sign(co_signer, held, told):
    with pytest.raises(told):
        check_co_signer(
            author="kim", co_signer=co_signer, credentials=held, on=TODAY, sign_alone=ALONE
        )


def test_a_licensed_supervisor_co_signs_for_someone_else():
    check_co_signer(author="kim", co_signer="dana", credentials=[LCSW], on=TODAY, sign_alone=ALONE)


def test_the_documents_show_this_very_table():
    page = Path(__file__).resolve().parents[3] / "docs/explanation/how-a-note-is-signed.md"
    assert as_markdown() in page.read_text(encoding="utf-8")


# ---- who signs for a group ---------------------------------------------------------------------


def test_whoever_led_a_group_signs_without_a_word():
    assert check_signer(leads=True, supervises=False, reason="") == ""


def test_a_supervisor_who_did_not_lead_it_says_why_and_the_note_says_so():
    said = check_signer(leads=False, supervises=True, reason=" Lee  is ill. ")
    assert said == ", who did not lead this group: Lee is ill."


@pytest.mark.parametrize(
    ("supervises", "reason", "why"),
    [
        (False, "Lee is ill.", NotTheLeader),
        (True, "  ", SigningUnexplained),
        (True, "x" * (LONGEST_REASON + 1), TooLong),
    ],
)
def test_nobody_else_signs_for_a_group(supervises, reason, why):
    with pytest.raises(why):
        check_signer(leads=False, supervises=supervises, reason=reason)
