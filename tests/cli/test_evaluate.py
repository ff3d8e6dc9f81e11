"""`handrail evaluate`: decided cases, placed and counted."""

import json

import pytest

from tests.cli.running import handrail

DECISIONS = [
    {
        "id": "1",
        "requested_level": "Residential",
        "outcome": {"stated_level": "residential 24h", "stated_level_type": "affirmed"},
    },
    {
        "id": "2",
        "requested_level": "Residential MH",
        "outcome": {"stated_level": "below", "stated_level_type": "upper_bound"},
    },
    {
        "id": "3",
        "requested_level": "Residential (MH)",
        "outcome": {"stated_level": "residential 24h", "stated_level_type": "affirmed"},
    },
]
HEROIN = {
    "use_of_heroin_or_fentanyl": "daily",
    "cannot_stop_on_own": True,
    "tried_residential": "did_not_hold",
}
CODED = {
    "a": {"1": HEROIN, "2": {"age_group": "adolescent", "conduct_problems": True}},
    "b": {"1": {"alcohol_use_disorder": "mild"}, "2": {"age": 40, "depression": "mild"}},
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "decisions.json").write_text(json.dumps(DECISIONS), encoding="utf-8")
    for coder, cases in CODED.items():
        written = {"cases": {id: {"findings": findings} for id, findings in cases.items()}}
        (tmp_path / f"coding-{coder}.json").write_text(json.dumps(written), encoding="utf-8")
    return tmp_path


def test_the_table_counts_both_directions_and_says_what_a_trivial_rule_would(folder):
    ran = handrail("evaluate", str(folder), "--cases")
    assert ran.code == 0
    assert "| residential, use | 2 | 1 | 1 | 0 | 0 | 0 |" in ran.out
    assert "| less was enough | 2 | 2 | 0 | 0 | 0 | 2 |" in ran.out
    assert "ICC(2,1)" in ran.out
    assert ran.out.count("| 1 | residential, use (affirmed) |") == 2


def test_leaving_one_rule_out_says_what_hangs_on_it(folder):
    ran = handrail("evaluate", str(folder), "--leave-one-out", "--json")
    assert ran.code == 0
    assert {row["stratum"] for row in ran.told["strata"]} >= {"residential, use", "all"}
    assert {one["judgement"] for one in ran.told["cases"]} == {"match", "under-placed"}
    assert ran.told["hang_on_one_rule"] == {"1 (a)": ["cannot-stop-and-care-did-not-hold"]}
    assert "hang on a single rule: 1" in handrail("evaluate", str(folder), "--leave-one-out").out


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("decisions.json", "{}", "expected a list"),
        ("decisions.json", '[{"id": "1"}]', "lacks"),
        ("coding-a.json", "[]", "expected"),
        ("coding-a.json", '{"cases": {"1": {"findings": {"limps": true}}}}', "limps"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(folder, name, text, complaint):
    (folder / name).write_text(text, encoding="utf-8")
    ran = handrail("evaluate", str(folder))
    assert ran.code == 2
    assert complaint in ran.err


def test_a_folder_without_codings_and_a_set_that_is_not_there_are_refused(folder, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    decisions = ("--decisions", str(folder / "decisions.json"))
    assert "no coding" in handrail("evaluate", str(empty), *decisions).err
    assert handrail("evaluate", str(folder), "--criteria", "asam").code == 2
