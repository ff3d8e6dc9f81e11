"""Ten published external appeals, coded twice and placed."""

import json
import subprocess
import sys

import pytest

from handrail.core.findings import read_findings
from tests.real_inputs.appeals import agreement as appeals
from tests.real_inputs.appeals.agreement import CATALOGUE, CODERS, DAY_AND_NIGHT, read_coding

CASES = sorted(read_coding("a"))
CODINGS = [pytest.param(case, coder, id=f"{case}-{coder}") for case in CASES for coder in CODERS]


@pytest.fixture(scope="module")
def cases(real_inputs):
    return appeals.read_cases(real_inputs / "cases" / "external-appeals.json")


@pytest.mark.parametrize("coder", CODERS)
def test_each_coding_covers_every_case(cases, coder):
    assert read_coding(coder).keys() == cases.keys()


@pytest.mark.parametrize(("case", "coder"), CODINGS)
def test_every_finding_quotes_the_words_it_rests_on(cases, case, coder):
    told = appeals.texts(cases[case])
    for code, coded in read_coding(coder)[case].items():
        assert coded["quote"].strip(), code
        assert any(coded["quote"] in text for text in told), f"{code}: {coded['quote']}"


@pytest.mark.parametrize(("case", "coder"), CODINGS)
def test_every_finding_is_one_the_catalogue_allows(case, coder):
    coded = read_coding(coder)[case]
    read_findings({code: one["value"] for code, one in coded.items()}, CATALOGUE)


def test_the_codings_agree_better_than_chance(cases):
    found = appeals.agreement(list(cases), *(read_coding(coder) for coder in CODERS))
    assert found.equal <= found.both <= found.either
    assert found.kappa > 0.6, "substantial agreement, Landis and Koch 1977"
    assert found.percent_equal > 90


def test_kappa_is_one_for_a_coding_beside_itself_and_none_for_what_shares_nothing(cases):
    first = read_coding("a")
    assert appeals.agreement(list(cases), first, first).kappa == pytest.approx(1)
    nothing = {case: {} for case in cases}
    assert appeals.agreement(list(cases), first, nothing).kappa == pytest.approx(0)


@pytest.mark.parametrize(("case", "coder"), CODINGS)
def test_nobody_is_placed_below_what_was_affirmed_nor_in_24_hour_care_where_less_was_enough(
    cases, case, coder
):
    placed = appeals.place(cases[case], coder, read_coding(coder)[case])
    assert placed.found.level is not None
    if placed.kind == "affirmed":
        assert placed.places & appeals.AFFIRMED[placed.stated]
    else:
        assert placed.kind == "upper_bound"
        assert not placed.places & DAY_AND_NIGHT


@pytest.mark.parametrize(("case", "coder"), CODINGS)
def test_the_command_places_a_case_as_the_table_does(cases, case, coder, tmp_path):
    coded = read_coding(coder)[case]
    file = tmp_path / "case.json"
    stated = {
        code: {"value": one["value"], "evidence": one["quote"]} for code, one in coded.items()
    }
    file.write_text(json.dumps({"findings": stated}), encoding="utf-8")
    command = [sys.executable, "-m", "handrail.cli", "place", str(file), "--retrospective"]
    ran = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    placed = appeals.place(cases[case], coder, coded)
    assert (told["level"], tuple(told["acute"])) == (placed.found.level, placed.found.acute)
    assert not set(told["assumed"]) & set(coded)
    quotes = {
        each["rests_on"] for need in told["needs"] for each in need["evidence"] if each["rests_on"]
    }
    assert quotes <= {one["quote"] for one in coded.values()} | {"not mentioned"}


def test_the_table_names_every_case_and_both_codings(cases):
    table = appeals.as_markdown(cases)
    for case in cases:
        assert table.count(case) == 3
