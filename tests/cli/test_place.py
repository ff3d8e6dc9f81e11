"""`handrail place` on files: where, why and what would change it, or a message that says where."""

import json
import sys
from contextlib import suppress

import pytest
from hypothesis import given as holds_for
from hypothesis import settings
from hypothesis import strategies as st

from handrail.cli.case import read_case
from handrail.cli.reading import BadInput
from tests.cli.running import SAFETY_NO, WEEKEND_DRINKER, handrail, phq9, place, refused

ISSUE_KEYS = {
    "criteria", "emergency", "acute", "level", "range", "provisional", "packages", "areas",
    "needs", "levels", "pathway", "would_change", "assumed",
}  # fmt: skip
AREAS = {"withdrawal", "body", "mind", "readiness", "use", "surroundings"}
VERDICTS = {"meets", "falls_short", "more_than_needed", "another_need"}
BROKEN = [
    ('{"findings": {\n  "age": 42,\n  "pregnant": flase\n}}', 3),
    ('{\n "findings": {"age": 42,}\n}', 2),
]


# ---- the format --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "findings",
    [{}, WEEKEND_DRINKER, {"age": 15}, {"age": 30, "suicide_plan_or_intent": True}],
    ids=["nothing known", "weekend drinker", "fifteen", "emergency"],
)
def test_json_has_the_promised_keys_and_types(findings):
    told = place({"findings": findings})
    assert told.keys() >= ISSUE_KEYS
    assert told["criteria"].keys() == {"id", "version"}
    assert told["range"].keys() == {"lowest", "highest"}
    for end in filter(None, told["range"].values()):
        assert end.keys() == {"acute", "level"}
    assert isinstance(told["provisional"], bool)
    assert told["level"] is None or isinstance(told["level"], str)
    assert {each["area"] for each in told["areas"]} == AREAS
    for each in told["areas"]:
        assert each.keys() >= {"area", "severity", "evidence"}
        assert each["severity"] in {"none", "mild", "moderate", "severe", "emergency"}
    for each in told["packages"]:
        assert each.keys() == {"level", "facets"}
    needed = {"code", "areas", "acute", "because", "plain", "sources", "evidence"}
    for each in told["needs"]:
        assert each.keys() >= needed
        assert isinstance(each["acute"], bool)
    for each in told["levels"]:
        assert each.keys() >= {"code", "verdict", "unmet"}
        assert each["verdict"] in VERDICTS
    for name in ("acute", "pathway", "would_change", "assumed"):
        assert isinstance(told[name], list)


def test_a_single_level_with_reasons_for_each_need():
    told = place({"findings": WEEKEND_DRINKER})
    assert told["level"] == "iop"
    assert told["emergency"] is None
    assert told["acute"] == []
    need = next(n for n in told["needs"] if n["code"] == "structure_several_times_weekly")
    rests_on = {each["finding"] for each in need["evidence"]}
    assert {"alcohol_use_disorder", "tried_weekly_counseling"} <= rests_on
    assert told["pathway"][0] == "iop"


def test_nothing_known_gives_a_range_and_no_level():
    told = place({"findings": {}})
    assert told["level"] is None
    assert told["packages"] == []
    assert told["range"]["lowest"] == {"acute": [], "level": "counseling"}
    assert told["range"]["highest"]["acute"]
    assert told["provisional"]
    assert told["would_change"][0]["safety_critical"]


def test_a_refused_suicide_question_is_an_emergency_and_a_range():
    told = place({"findings": {**WEEKEND_DRINKER, "suicide_plan_or_intent": "refused"}})
    assert told["level"] is None
    assert "911" in told["emergency"]["now"]
    assert "988" in told["emergency"]["now"]
    assert told["range"]["lowest"]["acute"] == []
    assert told["range"]["highest"]["acute"] == ["hospital_psychiatric"]


def test_outside_the_population_there_is_no_level_but_safety_help():
    told = place({"findings": {**WEEKEND_DRINKER, "age": 15, "suicide_plan_or_intent": True}})
    assert told["level"] is None
    assert told["range"] == {"lowest": None, "highest": None}
    assert told["packages"] == []
    assert told["outside_population"]
    assert told["emergency"]


def test_evidence_quotes_the_words_that_a_finding_rests_on():
    said = {"value": "did_not_hold", "evidence": "one year of weekly visits, no change"}
    told = place({"findings": {**WEEKEND_DRINKER, "tried_weekly_counseling": said}})
    quotes = {each["rests_on"] for need in told["needs"] for each in need["evidence"]}
    assert "one year of weekly visits, no change" in quotes


def test_the_same_case_gives_the_same_bytes_whatever_the_order_and_the_hash_seed():
    case = {"findings": WEEKEND_DRINKER | {"home_with_use": True, "depression": "severe"}}
    turned = {"findings": dict(reversed(case["findings"].items()))}
    outputs = {
        handrail("place", "-", "--json", given=given, PYTHONHASHSEED=seed).out
        for given in (case, turned)
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_what_cannot_be_had_is_named_with_the_gap_and_the_level_stays():
    case = {"findings": {**WEEKEND_DRINKER, "home_with_use": True}}
    homes = ("--without", "recovery_residence", "--without", "supervised_residence")
    told = place(case, *homes, "--without", "drug_testing")
    assert told["level"] == "iop"
    assert told["supply"]["without"] == [
        "drug_testing",
        "recovery_residence",
        "supervised_residence",
    ]
    assert set(told["supply"]["gaps"]) == {"home_away_from_use", "drug_testing"}
    assert place(case)["supply"] is None


# ---- several criteria --------------------------------------------------------------------------


def test_several_criteria_are_shown_side_by_side():
    told = place(
        {"findings": WEEKEND_DRINKER},
        *("--criteria", "general-adult-admission", "--criteria", "medicare-iop"),
    )
    assert [each["criteria"]["id"] for each in told["recommendations"]] == [
        "general-adult-admission",
        "medicare-iop",
    ]
    beside = told["side_by_side"]
    assert beside["agree"] is True
    assert beside["levels"] == {"general-adult-admission": "iop", "medicare-iop": "iop"}
    assert "structure_several_times_weekly" in beside["agreed_needs"]
    assert "drug_testing" in beside["needs_only_in"]["general-adult-admission"]


def test_several_criteria_in_words_say_whether_they_differ():
    options = [
        "--criteria",
        "general-adult-admission",
        "--criteria",
        "general-adult-continued-stay",
    ]
    ran = handrail("place", "-", *options, given={"findings": WEEKEND_DRINKER})
    assert ran.code == 0
    assert "Side by side: the sets differ." in ran.out


def test_one_criteria_set_asked_by_name_answers_alone():
    told = place({"findings": WEEKEND_DRINKER}, "--criteria", "medicare-iop")
    assert told["criteria"]["id"] == "medicare-iop"
    assert {each["status"] for each in told["requirements"]} <= {"met", "not met", "open"}


# ---- words -------------------------------------------------------------------------------------


def lines_starting(out, *starts):
    """Where each start first appears, in lines."""
    lines = out.splitlines()
    return [next(at for at, line in enumerate(lines) if line.startswith(start)) for start in starts]


def test_words_say_where_then_why_then_what_lower_levels_leave_then_what_would_change_it():
    out = handrail("place", "-", given={"findings": WEEKEND_DRINKER}).out
    places = lines_starting(
        out, "Where:", "Why:", "Lower levels leave unmet:", "What would change this:"
    )
    assert places == sorted(places)
    where = out.splitlines()[places[0]]
    assert "intensive outpatient" in where.lower()


def test_words_of_an_emergency_come_before_where():
    case = {"findings": {**WEEKEND_DRINKER, "suicide_plan_or_intent": True}}
    out = handrail("place", "-", given=case).out
    emergency, where = lines_starting(out, "EMERGENCY FIRST", "Where:")
    assert emergency < where
    assert "988" in out


def test_words_of_a_range_name_both_ends_and_no_level():
    findings = {**WEEKEND_DRINKER, "suicide_plan_or_intent": None}
    out = handrail("place", "-", given={"findings": findings}).out
    assert "Where:" not in out
    (line,) = [line for line in out.splitlines() if "questions are open" in line]
    assert "Intensive outpatient; today first, perhaps: Hospital, for the mind." in line


def test_words_of_a_wide_range_name_two_levels_and_then_what_may_come_first():
    out = handrail("place", "-", given={"findings": {"age": 44}}).out
    (line,) = [line for line in out.splitlines() if "questions are open" in line]
    levels, first = line.split("; today first, perhaps: ")
    assert "between Counseling and " in levels
    assert "Hospital, for the body; " in first
    assert "; or " in first
    assert ", then" not in line


def test_words_on_a_terminal_that_knows_only_ascii_do_not_fail():
    ran = handrail("place", "-", given={"findings": WEEKEND_DRINKER}, PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert "Where:" in ran.out


def test_words_for_a_young_person_refer_them():
    out = handrail("place", "-", given={"findings": {"age": 15}}).out
    assert "No level" in out
    assert "young people" in out


# ---- past cases --------------------------------------------------------------------------------


def test_retrospective_takes_dangers_never_mentioned_as_absent_and_lists_them():
    stated = {"alcohol_use_disorder": "moderate", "use_puts_life_in_danger": True}
    assert place({"findings": stated})["level"] is None
    told = place({"findings": stated}, "--retrospective")
    assert told["level"] == "iop"
    assert "suicide_plan_or_intent" in told["assumed"]
    assert not set(told["assumed"]) & {*stated, "stable_on_medication", "supportive_home"}


def test_retrospective_keeps_protections_absent_that_are_never_mentioned():
    shaking = {"alcohol_heavy_most_days": True, "withdrawal_symptoms_now": "moderate"}
    assert place({"findings": shaking}, "--retrospective")["acute"] == ["detox"]
    cared_for = {"sober_adult_present": True, "daily_medical_visit_possible": True}
    assert place({"findings": shaking | cared_for}, "--retrospective")["acute"] == []


def test_retrospective_keeps_what_is_stated_as_refused():
    told = place({"findings": {"suicide_plan_or_intent": "refused"}}, "--retrospective")
    assert "suicide_plan_or_intent" not in told["assumed"]
    assert told["emergency"]


def test_without_retrospective_nothing_is_assumed():
    assert place({"findings": {"age": 42}})["assumed"] == []


# ---- questionnaires ----------------------------------------------------------------------------


def codes(told):
    return {need["code"] for need in told["needs"]}


@pytest.mark.parametrize("wrapped", ["list", "alone", "bundle"])
def test_question_nine_above_zero_calls_for_a_safety_plan(wrapped):
    response = phq9(0, 0, 0, 0, 0, 0, 0, 0, 1)
    case = {
        "list": {"responses": [response]},
        "alone": response,
        "bundle": {
            "resourceType": "Bundle",
            "entry": [{"resource": {"resourceType": "Patient"}}, {"resource": response}],
        },
    }[wrapped]
    told = place(case)
    assert "safety_plan" in codes(told)
    (need,) = [need for need in told["needs"] if need["code"] == "safety_plan"]
    assert "suicidal_thoughts" in {each["finding"] for each in need["evidence"]}


def test_a_score_opens_an_assessment_and_sets_no_level():
    case = {"findings": {"age": 42, **SAFETY_NO}, "responses": [phq9(3, 3, 3, 3, 3, 3, 3, 3, 0)]}
    told = place(case)
    assert "mental_health_assessment" in codes(told)
    assert told["at_least"]["level"] == "counseling", "nobody asked about use or daily life"
    asked = {**case["findings"], "uses_daily": False, "daily_life_difficulty": "none"}
    assert place({**case, "findings": asked})["level"] == "on_my_own"


def test_a_questionnaire_that_contradicts_the_file_is_reported_and_the_careful_one_used():
    case = {
        "findings": {"age": 42, **SAFETY_NO},
        "responses": [phq9(0, 0, 0, 0, 0, 0, 0, 0, 2)],
    }
    told = place(case)
    assert "safety_plan" in codes(told)
    (problem,) = told["problems"]
    assert "thoughts of suicide" in problem
    assert "more careful" in problem
    out = handrail("place", "-", given=case).out
    assert "Problem: thoughts of suicide" in out


def test_a_file_more_worrying_than_the_questionnaire_wins():
    case = {
        "findings": {"age": 42, **SAFETY_NO, "suicidal_thoughts": "method"},
        "responses": [phq9(0, 0, 0, 0, 0, 0, 0, 0, 1)],
    }
    told = place(case)
    assert told["problems"]
    evidence = [e["says"] for n in told["needs"] for e in n["evidence"]]
    assert any("method" in says for says in evidence)


def test_sources_that_agree_are_no_problem():
    stated = {"age": 42, **SAFETY_NO, "suicidal_thoughts": "passive", "phq9_score": 1}
    told = place({"findings": stated, "responses": [phq9(0, 0, 0, 0, 0, 0, 0, 0, 1)]})
    assert told["problems"] == []


def test_a_questionnaire_not_known_here_is_named_and_left_aside():
    other = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": "http://example.org/mood",
        "item": [],
    }
    told = place({"findings": WEEKEND_DRINKER, "responses": [other]})
    assert told["level"] == "iop"
    assert any("http://example.org/mood" in problem for problem in told["problems"])


def test_defects_of_a_questionnaire_are_told_beside_the_answer():
    told = place({"findings": WEEKEND_DRINKER, "responses": [phq9(0, 0, 0, 9, 0, 0, 0, 0, 0)]})
    assert told["level"] == "iop"
    assert any("PHQ-9" in problem for problem in told["problems"])


# ---- what cannot be used -----------------------------------------------------------------------


@pytest.mark.parametrize(("text", "line"), BROKEN)
def test_broken_json_names_the_line(text, line):
    assert f"line {line}" in refused("place", text)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ({"agee": 42}, ["agee"]),
        ({"age": "forty"}, ["age", "0 to 120"]),
        ({"age": True}, ["age", "0 to 120"]),
        ({"age": 121}, ["age", "0 to 120"]),
        ({"age": -1}, ["age", "0 to 120"]),
        ({"age": [42]}, ["age"]),
        ({"pregnant": "yes"}, ["pregnant", "true or false"]),
        ({"pregnant": 1}, ["pregnant", "true or false"]),
        ({"suicidal_thoughts": "often"}, ["suicidal_thoughts", "passive"]),
        ({"suicidal_thoughts": True}, ["suicidal_thoughts", "passive"]),
        ({"tried_iop": False}, ["tried_iop", "did_not_hold"]),
        ({"pregnant": {"evidence": "a test"}}, ["pregnant", "value"]),
        ({"pregnant": {"value": True, "quote": "a test"}}, ["pregnant", "evidence"]),
        ([], ["findings"]),
        (None, ["findings"]),
    ],
)
def test_a_wrong_answer_names_the_finding_and_what_was_expected(findings, expected):
    message = refused("place", {"findings": findings})
    for part in expected:
        assert part in message


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "line 1"),
        ("   \n", "line"),
        ("[]", "findings"),
        ("{}", "findings"),
        ("null", "findings"),
        ('"age"', "findings"),
        ("42", "findings"),
        ('{"finding": {}}', "finding"),
        ('{"findings": {"age": 1, "age": 2}}', "age"),
        ('{"findings": {"age": NaN}}', "NaN"),
        ('{"findings": {"age": 1e999}}', "age"),
        (b'{"findings": {\n"age": "\xff"}}', "line 2"),
        ("[" * 100_000, "nested"),
        ('{"responses": {}}', "responses"),
        ('{"responses": [5]}', "responses[0]"),
        ('{"responses": [{"resourceType": "Patient"}]}', "responses[0]"),
        ('{"resourceType": "Patient"}', "Patient"),
        ('{"resourceType": "Bundle"}', "Bundle"),
        ('{"resourceType": "Bundle", "entry": []}', "Bundle"),
        ('{"resourceType": "Bundle", "entry": 5}', "entry"),
        ('{"resourceType": "Bundle", "entry": [1, null, {"resource": []}]}', "Bundle"),
        ('{"resourceType": "QuestionnaireResponse", "item": "x"}', "item"),
        ('{"resourceType": "QuestionnaireResponse", "item": [7]}', "item"),
    ],
)
def test_a_file_that_is_no_case_is_refused_with_the_place_named(given, expected):
    assert expected in refused("place", given)


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--criteria", "asam", "general-adult-admission"),
        ("--without", "sauna", "recovery_residence"),
    ],
)
def test_an_unknown_name_is_refused_with_the_known_ones(option, value, expected):
    message = refused("place", {"findings": {}}, option, value)
    assert value in message
    assert expected in message


def test_a_file_that_is_not_there_or_is_a_folder_is_named(tmp_path):
    for path in (tmp_path / "nobody.json", tmp_path):
        ran = handrail("place", path)
        assert ran.code == 2
        assert str(path) in ran.err


def test_a_command_without_a_file_says_how_to_use_it():
    ran = handrail("place")
    assert ran.code == 2
    assert "FILE" in ran.err


def test_a_file_on_disk_reads_as_standard_input_does(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"findings": WEEKEND_DRINKER}), encoding="utf-8-sig")
    ran = handrail("place", file, "--json")
    assert ran.told == place({"findings": WEEKEND_DRINKER})


def test_half_a_character_in_the_evidence_does_no_harm():
    case = '{"findings": {"alcohol_heavy_most_days": {"value": true, "evidence": "\\ud800"}}}'
    assert place(case)["needs"]
    assert handrail("place", "-", given=case).code == 0


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 200) | st.floats(allow_nan=False) | st.text("ab-9"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["resourceType", "item", "linkId", "answer", "questionnaire", "entry", "resource",
                 "status", "valueCoding", "code", "valueInteger", "findings", "responses", "text",
                 "contained", "authored", "extension", "url", "system"]
            ),
            inner | st.sampled_from(["QuestionnaireResponse", "Bundle", "phq9-1", "phq9-9"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)  # fmt: skip
responses = st.fixed_dictionaries(
    {"resourceType": st.just("QuestionnaireResponse")},
    optional={
        "status": json_values,
        "item": json_values
        | st.lists(
            st.fixed_dictionaries(
                {"linkId": st.sampled_from(["phq9-1", "phq9-9", "44250-9"]) | json_values},
                optional={"answer": json_values, "item": json_values, "text": json_values},
            ),
            max_size=3,
        ),
        "questionnaire": st.just("urn:handrail:questionnaire:phq-9") | json_values,
        "contained": json_values,
        "extension": json_values,
    },
)


@settings(max_examples=300, deadline=None)
@holds_for(json_values | responses | st.fixed_dictionaries({"responses": st.lists(responses)}))
def test_any_json_whatever_is_read_or_refused_in_words(tmp_path_factory, written):
    file = tmp_path_factory.getbasetemp() / f"any-{sys.platform}.json"
    file.write_text(json.dumps(written), encoding="utf-8")
    with suppress(BadInput):
        read_case(str(file))
