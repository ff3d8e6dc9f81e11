"""The dated lists of the ledger."""

from datetime import date

import pytest

from handrail.core.ledger.errors import StepUnknown
from handrail.core.ledger.rules import read_ledger_rules
from handrail.data import ledger_rules
from tests.core.strategies import CARE

OLD = {
    "code": "old",
    "words": "As it was",
    "from_date": date(2020, 1, 1),
    "until_date": date(2026, 6, 30),
}
NEW = {"code": "new", "words": "As it is", "from_date": date(2026, 7, 1)}


def read(*reasons, common=()):
    return read_ledger_rules({"override_reason": reasons, "common": common}, CARE)


def test_a_reason_can_be_chosen_while_it_holds_and_be_read_ever_after():
    rules = read(OLD, NEW)
    assert [one.code for one in rules.reasons_on(date(2026, 6, 30))] == ["old"]
    assert [one.code for one in rules.reasons_on(date(2026, 7, 1))] == ["new"]
    assert rules.reason_words("old") == "As it was"
    assert rules.reason_words("nobody knows") == "nobody knows"


def test_what_does_not_hold_together_is_found_when_it_is_read():
    with pytest.raises(ValueError, match="written twice"):
        read(OLD, OLD)
    with pytest.raises(StepUnknown, match="sauna"):
        read(common=[{"words": "A rest", "sequence": ["sauna"]}])


def test_those_that_ship_can_be_read():
    rules = ledger_rules()
    assert len(rules.reasons_on(date(2026, 11, 23))) >= 5
    assert rules.common[0].words == "On my own"
