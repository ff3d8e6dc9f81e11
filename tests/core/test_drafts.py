"""Two facilitators, one field, a bad line: no text is ever lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.drafts import (
    Conflict,
    Field,
    OtherText,
    Saved,
    Unchanged,
    VersionNeverWas,
    beside,
    put_together,
    save,
    settle,
)

AT = datetime(2026, 11, 23, 23, 40, tzinfo=UTC)
LATER = AT + timedelta(minutes=3)
BEGUN = Field("Came late.", 3, "Dana", AT)


def test_one_writer_goes_on_from_version_to_version():
    first = save(Field(), base_version=0, text="Came", by="Dana", at=AT)
    assert first == Saved(Field("Came", 1, "Dana", AT))
    second = save(first.field, base_version=1, text="Came late.", by="Lee", at=LATER)
    assert second == Saved(Field("Came late.", 2, "Lee", LATER))


def test_the_same_text_again_is_no_new_version_even_on_an_old_base():
    for base in (1, 3):
        assert save(BEGUN, base_version=base, text="Came late.", by="Lee", at=LATER) == Unchanged(
            BEGUN
        )


LEFT = OtherText("Left early.", "Lee", LATER)
TORN = Field("Came late.", 3, "Dana", AT, (LEFT,))


def test_two_writers_at_once_both_keep_their_text():
    made = save(BEGUN, base_version=2, text="Left early.", by="Lee", at=LATER)
    assert made == Conflict(TORN, LEFT)


def test_a_conflict_is_settled_with_mine_theirs_or_both():
    def chosen(text):
        return settle(TORN, base_version=3, text=text, seen=[LEFT.key], by="Lee", at=LATER)

    both = chosen("Came late. Left early.")
    assert both == Saved(Field("Came late. Left early.", 4, "Lee", LATER))
    assert chosen("Came late.") == Unchanged(BEGUN)
    assert chosen("Left early.") == Saved(Field("Left early.", 4, "Lee", LATER))


def test_settling_what_was_written_again_meanwhile_is_a_new_conflict():
    moved = save(TORN, base_version=3, text="Came at 6:20.", by="Dana", at=LATER).field
    again = settle(moved, base_version=3, text="Late.", seen=[LEFT.key], by="Lee", at=LATER)
    assert (again.mine.text, again.field.text) == ("Late.", "Came at 6:20.")
    assert again.field.others == (LEFT, OtherText("Late.", "Lee", LATER))


def test_a_text_that_came_while_one_chose_stays():
    more = OtherText("Slept badly.", "Ola", LATER)
    made = settle(
        beside(TORN, more), base_version=3, text="Left early.", seen=[LEFT.key], by="Lee", at=LATER
    )
    assert made.field.others == (more,)


def test_a_text_stands_beside_once_and_its_longer_form_takes_its_place():
    assert beside(TORN, OtherText("Left early.", "Ola", LATER)) == TORN
    assert beside(TORN, OtherText(" \n", "Ola", LATER)) == TORN
    longer = OtherText("Left early. Said why.", "Lee", LATER)
    assert beside(TORN, longer).others == (longer,)
    of_someone_else = OtherText("Left early. Said why.", "Ola", LATER)
    assert beside(TORN, of_someone_else).others == (LEFT, of_someone_else)


def test_a_lost_receipt_is_no_conflict_with_oneself():
    more = save(BEGUN, base_version=2, text="Came late. Spoke first.", by="Dana", at=LATER)
    assert more == Saved(Field("Came late. Spoke first.", 4, "Dana", LATER))
    other = save(BEGUN, base_version=2, text="Spoke first.", by="Dana", at=LATER)
    assert isinstance(other, Conflict)


def test_going_on_with_someone_elses_unseen_text_is_a_conflict():
    made = save(BEGUN, base_version=2, text="Came late. Spoke first.", by="Lee", at=LATER)
    assert isinstance(made, Conflict)


def test_emptying_a_field_elsewhere_is_not_passed_over():
    emptied = Field("", 4, "Dana", AT)
    assert isinstance(save(emptied, base_version=3, text="More", by="Dana", at=LATER), Conflict)


@pytest.mark.parametrize("base", [-1, 4])
def test_a_version_that_never_was_is_refused(base):
    with pytest.raises(VersionNeverWas, match=f"version={base} last=3"):
        save(BEGUN, base_version=base, text="x", by="Lee", at=LATER)


# A step: who, and what they do next. Each writer has one tab; a lost receipt leaves it behind.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["Dana", "Lee"]),
        st.sampled_from(["write", "write, receipt lost", "reload", "settle"]),
        st.text("ab", max_size=4),
    ),
    max_size=30,
)


@given(STEPS)
def test_no_interleaving_of_two_writers_loses_a_text(steps):
    """Each sent text is current, was on the screen of whoever replaced it, or is in a conflict."""
    current = Field()
    seen = {"Dana": current, "Lee": current}  # what each has on the screen as the server's
    open_conflicts = {}
    for by, step, text in steps:
        before = current
        if step == "reload":
            seen[by] = current
            continue
        if by in open_conflicts:
            if step != "settle":
                continue
            shown = open_conflicts.pop(by)
            made = settle(
                current, base_version=shown.field.version, text=text, seen=[shown.mine.key],
                by=by, at=AT,
            )  # fmt: skip
            known = {shown.field.text, shown.mine.text}
        else:
            made = save(current, base_version=seen[by].version, text=text, by=by, at=AT)
            known = {seen[by].text}
        if isinstance(made, Conflict):
            assert (made.mine.text, made.field.text) == (text, current.text)
            assert not text.strip() or text in [one.text for one in made.field.others]
            open_conflicts[by] = made
            current = made.field
            continue
        current = made.field
        assert current.text == text
        if isinstance(made, Saved):
            assert current.version == before.version + 1
            assert before.text in known or text.startswith(before.text)
        if step != "write, receipt lost":
            seen[by] = current


# ---- two texts as one --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("Came late.", "Left early.", "Came late.\n\nLeft early."),
        ("Came late.", "Came late. Left early.", "Came late.\n\nLeft early."),
        ("Came late.", "came  LATE", "Came late."),
        ("Came late.", "  ", "Came late."),
        ("", "Left early.\nSlept badly.", "Left early.\nSlept badly."),
        (
            "Came late. Slept badly.",
            "Slept badly! Ate well.",
            "Came late. Slept badly.\n\nAte well.",
        ),
    ],
)
def test_texts_put_together_say_nothing_twice_and_lose_nothing(mine, theirs, both):
    assert put_together(mine, theirs) == both
