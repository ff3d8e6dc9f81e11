"""What the engine remembers from one person is never said of another."""

import pytest

from handrail.core.findings import NOT_MENTIONED, Finding, Open
from handrail.core.placement.plain import canonical
from handrail.core.placement.recommend import recommend
from handrail.data import criteria_ids, criteria_set
from tests.core.strategies import CATALOGUE, person

DANGERS = {
    "sedatives_daily": True,
    "withdrawal_seizure_or_delirium_ever": True,
    "suicidal_thoughts": "passive",
    "suicide_attempt_ever": True,
    "age": 40,
}


def quoting(findings, words):
    return {code: Finding(code, one.answer, words) for code, one in findings.items()}


@pytest.mark.parametrize("id", criteria_ids())
def test_the_answer_does_not_depend_on_who_was_asked_before(id):
    """Each is asked in three orders, between people who differ from them in a word."""
    known = person(**DANGERS)
    people = [
        known,
        quoting(known, "her sister says so"),
        quoting(known, NOT_MENTIONED),
        quoting(known, "the file of 2019"),
        {**known, "suicidal_thoughts": Finding("suicidal_thoughts", "method")},
        {**known, "sedatives_daily": Finding("sedatives_daily", Open.REFUSED)},
        {**known, "sedatives_daily": Finding("sedatives_daily", Open.UNKNOWN)},
        {},
    ]
    said = [canonical(recommend(one, criteria_set(id))) for one in people]
    backwards = [canonical(recommend(one, criteria_set(id))) for one in reversed(people)]
    assert backwards[::-1] == said
    assert [canonical(recommend(one, criteria_set(id))) for one in people] == said


def test_words_of_a_file_stand_beside_their_own_person_alone():
    criteria = criteria_set()
    quiet = person(**DANGERS)
    for words in ("her sister says so", "", "the file of 2019", ""):
        found = recommend(quoting(quiet, words), criteria)
        rests_on = {each.rests_on for need in found.needs for each in need.evidence}
        rests_on |= {each.rests_on for area in found.areas for each in area.evidence}
        assert rests_on - {""} == {words} - {""}


def test_reasons_are_those_of_the_findings_as_they_were():
    """They are put in words when asked for; a file that grows afterwards changes nothing."""
    findings = person(**DANGERS)
    expected = canonical(recommend(dict(findings), criteria_set()))
    found = recommend(findings, criteria_set())
    findings |= person(**dict.fromkeys(["pregnant", "psychosis_or_mania_acute"], True))
    assert canonical(found) == expected
    assert found.findings == person(**DANGERS)


def test_whatever_may_change_it_makes_it_provisional():
    for answers in ({}, DANGERS, {**DANGERS, "age": None}, {"age": 12}):
        for id in criteria_ids():
            found = recommend(person(**answers), criteria_set(id))
            assert found.provisional == bool(found.would_change)
            assert found.need_codes == tuple(need.code for need in found.needs)
    assert set(DANGERS) <= set(CATALOGUE)
