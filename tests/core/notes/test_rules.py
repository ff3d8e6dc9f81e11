"""The shipped rules for notes, and what is said about wrong ones."""

from datetime import timedelta

import pytest

from handrail.core.notes.errors import NoteError
from handrail.core.notes.rules import read_note_rules
from handrail.data import note_rules, read_table

SHIPPED = read_table("notes.toml")


def test_the_usual_rules():
    rules = note_rules()
    assert (rules.alike_percent, rules.alike_at_least_words) == (60, 8)
    assert (rules.risk_every, rules.ending_within) == (6, 2)
    assert (rules.sign_within, rules.co_sign_within) == (timedelta(hours=24), timedelta(hours=72))
    assert {"will", "grace", "hope", "mark", "may"} <= rules.name_words.ordinary
    assert {"april", "austin"} <= rules.name_words.doubtful
    assert not rules.name_words.ordinary & rules.name_words.doubtful
    assert "LCSW" in rules.sign_alone


def test_every_word_is_written_as_it_is_compared():
    words = note_rules().name_words
    for some in (words.ordinary, words.doubtful, words.before_a_person, words.particles):
        assert all(word.isascii() and word.isalpha() and word.islower() for word in some)


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("alike", {"threshold_percent": 0}, "0: from 1 to 100"),
        ("alike", {"threshold_percent": 101}, "101: from 1 to 100"),
        ("alike", {"at_least_words": 0}, "0: from 1"),
        ("risk", {"every_sessions": 0}, "0: from 1"),
        ("clock", {"sign_within_hours": 0}, "0: from 1"),
        ("clock", {"as_of": ""}, "clock: a source, a tag"),
        ("risk", {"source": ""}, "risk: a source, a tag"),
        ("board", {"tag": "X"}, "board: a source, a tag"),
        ("names", {"as_of": "yesterday"}, "names: a source, a tag .* and a date"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_name(table, change, told):
    with pytest.raises(NoteError, match=told):
        read_note_rules(SHIPPED | {table: SHIPPED[table] | change})


def test_a_missing_table_is_named():
    with pytest.raises(NoteError, match="'signatures' is missing"):
        read_note_rules({k: v for k, v in SHIPPED.items() if k != "signatures"})
