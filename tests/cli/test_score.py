"""`handrail score` on files: an answer and 0, or a message that names the place and 2."""

import argparse
import io
import json
import sys

import pytest

from handrail.cli import score
from tests.core.instruments.examples import number_item, phq9, questionnaire

SMALL = """
id = "small"
title = "Small"
source = "made for a test"
total = { items = ["a", "b"] }
license = { holder = "nobody", terms = "free", source = "a test", wording_verified = true }
"""


def run(*arguments):
    parser = argparse.ArgumentParser(prog="handrail")
    score.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["score", *map(str, arguments)])
    return args.run(args)


@pytest.fixture
def written(tmp_path):
    def write(content, name="given.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write


def test_a_response_is_told_total_first_then_what_to_act_on(written, capsys):
    told = phq9(0, 0, 0, 0, 0, 0, 0, 0, 2, status="amended")
    assert run(written(told)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "PHQ-9: 2, minimal (9 of 9 questions answered)"
    assert lines[1].startswith("URGENT: ")
    assert any("988" in line for line in lines)


def test_json_has_the_stable_keys(written, capsys):
    assert run(written({"instrument": "phq-9", "answers": [1] * 9}), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["instrument"] == "phq-9"
    assert (told["total"], told["band"], told["subscales"]) == (9, "mild", {})
    assert (told["answered"], told["expected"]) == (9, 9)
    assert told["problems"] == []
    assert told["findings"]["phq9_score"] == {"value": 9, "evidence": "PHQ-9 total 9 of 27"}
    assert [(f["code"], f["urgent"]) for f in told["flags"]] == [("suicide_safety", True)]


def test_problems_and_open_sums_are_told(written, capsys):
    assert run(written({"instrument": "BAM", "answers": {"bam-4": 1, "bam-1": 9}})) == 0
    told = capsys.readouterr().out
    assert told.startswith("BAM: no total, subscales (1 of 16 questions answered)")
    assert "use: no sum" in told
    assert "9 is out of range" in told
    assert "Keep in mind: " in told


def test_an_instrument_without_sums_is_told_by_its_flags(written, capsys):
    assert run(written({"instrument": "asq", "answers": [False] * 4})) == 0
    assert capsys.readouterr().out.startswith("ASQ: no total (4 of 4 questions answered)")


def test_a_bundle_gives_a_list_in_its_order(written, capsys):
    resources = [{"resourceType": "Patient"}, phq9(*[0] * 9), phq9(*[1] * 9)]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": r} for r in resources] + [{}]}
    assert run(written(bundle), "--json") == 0
    assert [one["total"] for one in json.loads(capsys.readouterr().out)] == [0, 9]


def test_standard_input_is_a_dash(monkeypatch, capsys):
    given = io.TextIOWrapper(io.BytesIO(b'{"instrument": "phq-2", "answers": [3, 3]}'))
    monkeypatch.setattr(sys, "stdin", given)
    assert run("-") == 0
    assert capsys.readouterr().out.startswith("PHQ-2: 6, positive")


def test_any_other_questionnaire_comes_with_its_scoring(written, capsys):
    own = ["--questionnaire", written(questionnaire(), "q.json")]
    own += ["--scoring", written(SMALL, "s.toml")]
    assert run(written({"answers": [3, 4]}), *own) == 0
    assert capsys.readouterr().out.startswith("Small: 7 (2 of 2")
    answers = [{"linkId": "a", "answer": [{"valueInteger": 5}]}]
    told = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": answers}
    assert run(written(told), *own) == 0
    assert "There is no answer to question b" in capsys.readouterr().out


def test_a_scoring_definition_that_comes_along_is_known_by_name(written, capsys):
    codes = ["68518-0", "68519-8", "68520-6"]
    items = [number_item(code, code=[{"code": code}]) for code in codes]
    own = ["--questionnaire", written(questionnaire(*items), "q.json"), "--scoring"]
    assert run(written({"answers": [1, 1, 1]}), *own, "audit-c") == 2
    assert "the highest score is 30" in capsys.readouterr().err
    assert run(written({"answers": [1, 1, 1]}), *own, "../audit-c") == 2
    assert "there is no such file" in capsys.readouterr().err


def test_half_a_character_does_not_stop_the_answer(written, capsys):
    text = json.dumps(phq9(*[0] * 9)).replace("phq9-1", "\\ud800")
    for more in ([], ["--json"]):
        assert run(written(text), *more) == 0
        assert "\\ud800" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"instrument": "phq-9",\n "answers": [1,\n', "line 3, column 1: this is not JSON"),
        ("", "line 1, column 1: this is not JSON"),
        ('{"answers": [NaN]}', "NaN is not a number that JSON allows"),
        ('{"a": 1, "b": 2, "a": 3}', 'the field "a" is written twice'),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "given.json"),
        ("[]", 'expected a QuestionnaireResponse, a Bundle with them, or {"instrument"'),
        ("{}", 'expected the field "resourceType"'),
        ({"instrument": "phq-9"}, 'or the fields "instrument" and "answers"'),
        ({"instrument": "phq-99", "answers": []}, "instrument: expected one of asq, audit-c"),
        ({"instrument": 9, "answers": []}, "found the number 9"),
        ({"instrument": "phq-9", "answers": None}, "answers: expected a list or an object"),
        ({"instrument": "phq-9", "answers": [[1]]}, "answers (phq9-1): expected a number"),
        ({"resourceType": "Patient"}, "resourceType: expected QuestionnaireResponse or Bundle"),
        ({"resourceType": ["x"]}, "found a list"),
        ({"resourceType": "Bundle"}, "entry: expected a list"),
        ({"resourceType": "Bundle", "entry": [{}, 1]}, "at least one QuestionnaireResponse"),
        (
            {"resourceType": "QuestionnaireResponse", "questionnaire": "urn:x"},
            "questionnaire: expected a response to a known instrument",
        ),
        (phq9(item={}), "item: expected a list, found an object"),
        (phq9(item=[{"linkId": "phq9-1", "answer": None}]), "item[0].answer: expected a list"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_place(written, capsys, content, words):
    assert run(written(content)) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert words in caught.err
    assert "Traceback" not in caught.err
    assert "given.json" in caught.err


def test_files_that_cannot_be_read_are_refused(tmp_path, written, capsys):
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"a":\n "caf\xe9"}')
    for path, words in [
        (tmp_path / "none.json", "there is no such file"),
        (tmp_path, "cannot be read"),
        (latin, "line 2: the text is not UTF-8"),
    ]:
        assert run(path) == 2
        assert words in capsys.readouterr().err


def test_a_questionnaire_that_cannot_be_used_is_refused_by_file_and_field(written, capsys):
    given = written({"answers": [1, 2]})
    good, scoring = written(questionnaire(), "q.json"), written(SMALL, "s.toml")
    broken = written(questionnaire(number_item("a")), "broken.json")
    listed, other = written("[]", "list.json"), written("a = 1", "u.toml")
    for arguments, words in [
        (["--questionnaire", good], "give both"),
        (["--scoring", scoring], "give both"),
        (["--questionnaire", listed, "--scoring", scoring], "list.json: expected"),
        (["--questionnaire", broken, "--scoring", scoring], "broken.json with "),
        (["--questionnaire", good, "--scoring", written("a = ", "t.toml")], "not TOML"),
        (
            ["--questionnaire", good, "--scoring", other],
            "u.toml, scoring: a: expected",
        ),
    ]:
        assert run(given, *arguments) == 2
        assert words in capsys.readouterr().err
