"""Where an inquiry can go from where it stands: the whole table."""

from itertools import product
from pathlib import Path

import pytest

from handrail.core.inquiries import (
    ENDED,
    MEANS,
    TABLE,
    Act,
    CannotNow,
    NothingLeadsThere,
    Stage,
    act_toward,
    as_markdown,
    can,
    next_stage,
    stages_ahead,
)


def test_no_stage_is_missing_from_the_table():
    assert set(TABLE) == set(Stage)
    assert set(MEANS) == set(Stage)


def test_every_act_is_possible_somewhere_and_every_stage_can_be_reached():
    assert {act for acts in TABLE.values() for act in acts} == set(Act)
    reached = {Stage.NEW}
    for _ in Stage:
        reached |= {after for stage in reached for after in TABLE[stage].values()}
    assert reached == set(Stage)


@pytest.mark.parametrize(("stage", "act"), list(product(Stage, Act)))
def test_every_act_leads_on_or_is_refused_with_the_reason(stage, act):
    if can(stage, act):
        assert next_stage(stage, act) in Stage
    else:
        with pytest.raises(CannotNow):
            next_stage(stage, act)


@pytest.mark.parametrize(("stage", "wanted"), list(product(Stage, Stage)))
def test_what_leads_to_a_stage_leads_exactly_there(stage, wanted):
    if wanted is stage and stage not in ENDED:
        assert act_toward(stage, wanted) is None
    elif wanted in {after for act, after in TABLE[stage].items() if act is not Act.MERGE}:
        assert next_stage(stage, act_toward(stage, wanted)) is wanted
    else:
        with pytest.raises(NothingLeadsThere):
            act_toward(stage, wanted)


def test_every_open_inquiry_can_be_closed_and_a_closed_one_opened_again():
    for stage in set(Stage) - ENDED:
        assert act_toward(stage, Stage.CLOSED) is Act.CLOSE
    assert act_toward(Stage.CLOSED, Stage.REACHED) is Act.REOPEN
    assert stages_ahead(Stage.CLOSED) == (Stage.REACHED,)
    assert stages_ahead(Stage.ADMITTED) == ()


def test_no_inquiry_becomes_new_again_and_none_is_screened_without_a_call():
    assert Stage.SCREENED not in stages_ahead(Stage.NEW)
    for stage in set(Stage) - {Stage.NEW}:
        assert Stage.NEW not in stages_ahead(stage)


def test_the_documents_show_this_very_table():
    page = Path(__file__).resolve().parents[2] / "docs/reference/states.md"
    assert as_markdown() in page.read_text(encoding="utf-8")
