"""The assessment: what is missing, the text that is signed, and results of outside instruments."""

from dataclasses import replace
from datetime import date

import pytest

from handrail.core.assessment import (
    AssessmentError,
    Content,
    FindingSaid,
    Use,
    canonical,
    content_of,
    missing,
    read_canonical,
    read_wording,
    use_field,
)
from handrail.core.outside_results import wrong_result
from handrail.data import assessment_wording, read_table

WORDING = assessment_wording()
KINDS = tuple(one.kind for one in WORDING.baseline)
TEXTS = {one.code: f"About {one.code}" for one in WORDING.parts} | {
    "use.alcohol.amount": "a fifth a day",
    "use.alcohol.last": "Sunday",
}
LISTS = {
    "diagnoses": ("Alcohol use disorder, F10.20, severe",),
    "allergies": ("Penicillin",),
    "emergency_contacts": ("Ada, 555-0101",),
    "baseline": (("HIV screening", "Offered: wanted"),),
    "findings": (FindingSaid("age", "age: 36 years", ""),),
    "results": ("LOCUS, 20: 21, Nov 3, 2026, Dr. Strand",),
}
WHOLE = content_of(TEXTS, WORDING, **LISTS)


def places(content, known=KINDS, safety=()):
    found = missing(content, WORDING, baseline_known=known, safety_open=safety)
    return [one.where for one in found]


def test_a_whole_assessment_lacks_nothing():
    assert places(WHOLE) == []


def test_an_empty_one_says_everything_in_the_order_of_the_page():
    found = places(Content({}), known=(), safety=["thoughts of suicide"])
    needed = [one.code for one in WORDING.parts if one.needed]
    assert found[: len(needed)] == needed
    assert found[len(needed) :] == [
        "use",
        "diagnoses",
        "allergies",
        "contacts",
        *(f"baseline.{kind}" for kind in KINDS),
        "findings",
    ]


def test_many_open_safety_questions_are_one_line_that_counts_them():
    found = missing(WHOLE, WORDING, baseline_known=KINDS, safety_open=["seizures", "pregnant"])
    assert [one.words for one in found] == [
        "Safety: 2 questions not asked yet, first of them: seizures."
    ]


def test_a_substance_that_was_used_has_a_last_time():
    texts = {code: text for code, text in TEXTS.items() if code != "use.alcohol.last"}
    assert places(content_of(texts, WORDING, **LISTS)) == ["use.alcohol.last"]


def test_nobody_has_to_tell_of_trauma_or_courts():
    texts = TEXTS | {"trauma": " ", "legal": ""}
    assert places(content_of(texts, WORDING, **LISTS)) == []


def test_only_what_says_something_is_signed():
    made = content_of({"goals": "  to sleep  ", "use.opioids.route": " "}, WORDING)
    assert made == Content(said={"goals": "to sleep"})


def test_what_was_signed_is_read_back_word_for_word():
    assert read_canonical(canonical(WHOLE)) == WHOLE
    assert WHOLE.use == (Use("alcohol", {"amount": "a fifth a day", "last": "Sunday"}),)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version":"another"}', '{"version":"handrail-assessment-1"}']
)
def test_what_is_no_signed_assessment_is_said_so(text):
    with pytest.raises(AssessmentError, match="not a signed assessment"):
        read_canonical(text)


# ---- outside instruments -----------------------------------------------------------------------

SCHEMES = {one.code: one for one in WORDING.schemes}


@pytest.mark.parametrize(
    ("scheme", "typed", "fields"),
    [
        ("asam", {"edition": "4th (2023)", "result": "2.5"}, set()),
        ("asam", {"edition": "", "result": "2.5"}, {"edition"}),
        ("asam", {"edition": "5th", "result": "2.5"}, {"edition"}),
        ("asam", {"edition": "3rd (2013)", "result": ""}, {"result"}),
        ("asam", {"edition": "3rd (2013)", "result": "x" * 21}, {"result"}),
        ("locus", {"edition": "20", "result": "7"}, set()),
        ("locus", {"edition": "20", "result": "35"}, set()),
        ("locus", {"edition": "20", "result": "36"}, {"result"}),
        ("locus", {"edition": "20", "result": "6"}, {"result"}),
        ("locus", {"edition": "20", "result": "level 3"}, set()),
        ("other", {"edition": "2020", "result": "moderate"}, {"name"}),
        ("other", {"name": "A scale", "edition": "2020", "result": "12"}, set()),
        ("other", {"name": "A scale", "edition": "", "result": "12"}, {"edition"}),
    ],
)
def test_a_result_is_a_fact_with_its_edition(scheme, typed, fields):
    typed = {"name": "", **typed}
    assert {one.field for one in wrong_result(SCHEMES[scheme], **typed)} == fields


# ---- the wording -------------------------------------------------------------------------------


def test_the_wording_covers_what_an_assessment_is_asked_for():
    codes = {one.code for one in WORDING.parts}
    assert {"why_now", "withdrawal", "trauma", "strengths", "culture", "goals"} <= codes
    assert WORDING.due_session_days == 3
    assert use_field("alcohol", "last") in WORDING.fields


def test_wording_that_cannot_be_is_named():
    table = read_table("assessment.toml")
    for wrong, said in (
        ({"due": table["due"] | {"source": ""}}, "a source"),
        ({"due": table["due"] | {"tag": "Z"}}, "a source"),
        ({"due": table["due"] | {"as_of": "today"}}, "a source"),
        ({"part": [{"code": "x"}]}, "Part"),
        ({"baseline": [{"states": [["a"]]}]}, "wording of the assessment"),
    ):
        with pytest.raises(AssessmentError, match=said):
            read_wording(table | wrong)
    assert isinstance(table["due"]["as_of"], date)


def test_the_order_of_the_lists_is_the_charts_own():
    other = replace(WHOLE, diagnoses=("b", "a"))
    assert read_canonical(canonical(other)).diagnoses == ("b", "a")
