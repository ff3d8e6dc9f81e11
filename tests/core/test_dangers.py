"""Danger in the private check: each kind has a way of its own, and nobody is told to stay in it."""

import re
from copy import deepcopy

import pytest
from hypothesis import given

from handrail.core.check import LATER, REFUSED, UNKNOWN, Voice, findings_from
from handrail.core.dangers import (
    Danger,
    DangerError,
    How,
    dangers_of,
    read_dangers,
    shortened,
    tell,
)
from handrail.core.findings import Open
from handrail.data import dangers, private_check, read_table
from tests.core.test_check import answer_walks, placed

ALL, CHECK = dangers(), private_check()
KINDS = [way.kind for way in ALL.ways]


def found(voice=Voice.ME, *, emergency=None, all_open=False, **answers):
    said = {slug.replace("_", "-"): keys for slug, keys in answers.items()}
    danger = dangers_of(ALL, said, voice, emergency=emergency or {}, all_open=all_open)
    return {one.kind: one.how for one in danger}


def told(kind, voice, *others):
    all_of_them = [Danger(one, How.SURE) for one in KINDS if one in (kind, *others)]
    return next(one for one in tell(ALL, all_of_them, voice) if one.kind == kind)


def words_of(one):
    steps = [text for step in one.steps for text in (step.do, step.text, step.note)]
    return " ".join((one.title, one.lead, one.say, one.say_more, one.until, *steps, *one.ask))


# ---- which kind --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "key", "kind"),
    [
        ("danger_now", "overdose", "overdose"),
        ("danger_now", "body", "body"),
        ("danger_now", "stopping", "withdrawal"),
        ("conditions", "eating-danger", "eating"),
        ("danger_now", "plan", "suicide"),
        ("danger_now", "thoughts", "suicide"),
        ("thoughts", "recent", "suicide"),
        ("danger_now", "harm", "harm"),
        ("danger_now", "touch", "psychosis"),
        ("mind_now", "voices", "psychosis"),
        ("mind_now", "self-care", "psychosis"),
        ("danger_now", "by", "violence"),
        ("danger_now", "child", "child"),
    ],
)
@pytest.mark.parametrize("voice", list(Voice))
def test_each_danger_goes_its_own_way(slug, key, kind, voice):
    assert found(voice, **{slug: (key,)}) == {kind: How.SURE}


def test_the_same_answer_is_another_danger_for_whoever_is_threatened():
    assert found(Voice.ME, danger_now=("hurts",)) == {"harm": How.SURE}
    assert found(Voice.SOMEONE, danger_now=("hurts",)) == {"violence": How.SURE}


def test_thoughts_with_anything_that_makes_them_worse_are_looked_at_today():
    assert found(thoughts=("active",)) == {"suicide": How.GENTLE}
    for slug, key in (
        ("course", "worse"),
        ("drinking", "binge"),
        ("protection", "gun"),
        ("home", "alone"),
    ):
        assert found(thoughts=("active",), **{slug: (key,)})["suicide"] is How.TODAY, slug
    assert found(thoughts=("active", "earlier"))["suicide"] is How.TODAY
    assert found(thoughts=("passive",), protection=("gun",)) == {"suicide": How.GENTLE}


def test_what_was_found_safe_is_met_gently():
    assert found(danger_now=("plan",), protection=("seen",)) == {"suicide": How.GENTLE}
    assert found(danger_now=("harm",), protection=("seen",)) == {"harm": How.GENTLE}
    calmed = found(thoughts=("active", "earlier"), protection=("seen",))
    assert calmed == {"suicide": How.GENTLE}


def test_a_refused_question_shows_the_way_at_once_and_an_unknown_one_on_the_result():
    assert found(thoughts=(REFUSED,)) == {"suicide": How.UNSURE}
    for key in (UNKNOWN, LATER):
        assert found(thoughts=(key,)) == {}
        assert found(thoughts=(key,), all_open=True) == {"suicide": How.UNSURE}


def test_what_the_rules_call_an_emergency_is_told_although_no_line_names_it():
    assert found(emergency={"fainting_or_near_fainting": True}) == {"body": How.SURE}
    assert found(emergency={"command_voices": False}) == {"psychosis": How.UNSURE}
    both = {"suicide_plan_or_intent": False, "suicide_attempt_recent": True}
    assert found(emergency=both) == {"suicide": How.SURE}


def test_an_overdose_is_told_once_and_not_again_as_a_body_in_danger():
    rule = {"medical_emergency_signs_now": True}
    assert found(emergency=rule, danger_now=("overdose",)) == {"overdose": How.SURE}
    assert found(emergency=rule, danger_now=("body",)) == {"body": How.SURE}


@given(answer_walks)
def test_no_emergency_of_the_rules_is_left_without_a_way(answers):
    placement = placed(answers)
    if placement.outside or placement.emergency is None:
        return
    findings = findings_from(CHECK, answers, Voice.ME)
    emergency = {
        one.finding: not isinstance(findings[one.finding].answer, Open)
        for one in placement.emergency.evidence
        if one.finding in findings
    }
    danger = dangers_of(ALL, answers, Voice.ME, emergency=emergency)
    assert danger or not emergency


# ---- what is said --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("voice", list(Voice))
def test_every_way_says_whom_to_call_what_to_say_what_to_do_and_where_it_is_from(kind, voice):
    one = told(kind, voice)
    assert all((one.title, one.lead, one.call, one.dont))
    assert one.say.startswith("“")
    assert len(one.steps) >= 2
    assert 1 <= len(shortened(one).steps) <= len(one.steps)
    assert one.sources
    for source in one.sources:
        assert re.search(r"Read \w+ \d+, 20\d\d\.$", source.cited), source.id
        assert "memory" not in source.cited.replace("memory)", "")


STAY = re.compile(
    r"(stay|be) with them|do not leave them alone|near them|take turns|lie beside", re.IGNORECASE
)


@pytest.mark.parametrize("kind", ["harm", "violence"])
@pytest.mark.parametrize("voice", list(Voice))
def test_whoever_is_threatened_is_never_told_to_stay(kind, voice):
    one = told(kind, voice)
    assert not STAY.search(words_of(one)), words_of(one)


@pytest.mark.parametrize("threat", ["harm", "violence"])
def test_beside_a_threat_no_other_way_asks_to_stay_either(threat):
    alone, beside = told("suicide", Voice.SOMEONE), told("suicide", Voice.SOMEONE, threat)
    assert any(step.stay for step in alone.steps)
    assert alone.title == "Please stay with them. Call or text 988 now."
    assert not any(step.stay for step in beside.steps)
    assert beside.title == "Call 988 from a safe place. Call 911 if it may happen now."
    assert "without being in the same room" in beside.lead


def test_an_overdose_is_met_step_by_step_with_naloxone_and_rescue_breaths():
    text = words_of(told("overdose", Voice.SOMEONE))
    order = ["Rub your knuckles", "into one nostril", "one every five seconds", "second dose"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "On their side" in text
    assert "30 to 90 minutes" in text


@pytest.mark.parametrize("voice", list(Voice))
def test_suicide_speaks_of_guns_and_pills_and_of_988(voice):
    one = told("suicide", voice)
    assert re.search(r"\bgun", words_of(one), re.IGNORECASE)
    assert "pills" in words_of(one)
    assert one.call[:2] == ("988", "text988")


def test_violence_has_the_hotline_first_and_no_word_of_sessions_together_or_going_on_as_before():
    for voice in Voice:
        one = told("violence", voice)
        assert one.call[0] == "1-800-799-7233"
        assert any("sessions as a couple or family" in line for line in one.dont)
        assert not re.search(r"keep working|family session", words_of(one))


def test_harm_is_not_the_script_for_suicide():
    for voice in Voice:
        assert "killing yourself" not in words_of(told("harm", voice))


def test_only_a_relative_who_does_not_know_is_told_how_to_ask():
    danger = [Danger("suicide", How.UNSURE)]
    assert "Ask them plainly" in tell(ALL, danger, Voice.SOMEONE)[0].ask[0]
    assert tell(ALL, danger, Voice.ME)[0].ask == ()
    assert tell(ALL, [Danger("suicide", How.TODAY)], Voice.ME)[0].because


# ---- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"sure": ["danger-now:nowhere"]},
            "danger overdose: there is no answer danger-now:nowhere",
        ),
        ({"in_case": ["weather"]}, "there is no question weather"),
        ({"sources": ["hearsay"]}, "there is no source hearsay"),
        ({"sources": []}, "says where nothing of it comes from"),
        ({"today": [["danger-now:body"]]}, "has no title for today"),
        ({"title": 3}, "expected a text"),
    ],
)
def test_a_way_that_cannot_be_told_is_named(change, message):
    table = deepcopy(read_table("dangers.toml"))
    table["danger"][0] |= change
    with pytest.raises(DangerError, match=message):
        read_dangers(table, CHECK)


def test_a_finding_cannot_go_where_there_is_no_way():
    table = read_table("dangers.toml")
    table["findings"]["command_voices"] = "storm"
    with pytest.raises(DangerError, match="there is no danger storm"):
        read_dangers(table, CHECK)


def test_a_way_without_a_kind_is_named_too():
    table = read_table("dangers.toml")
    del table["danger"][0]["kind"]
    with pytest.raises(DangerError, match="danger without a kind"):
        read_dangers(table, CHECK)


def test_beside_a_threat_a_danger_that_is_not_sure_keeps_its_title():
    sure = Danger("harm", How.SURE)
    alone = next(iter(tell(ALL, [Danger("suicide", How.UNSURE)], Voice.SOMEONE)))
    both = tell(ALL, [sure, Danger("suicide", How.UNSURE)], Voice.SOMEONE)
    beside = next(one for one in both if one.kind == "suicide")
    assert beside.title == alone.title
    assert not any(step.stay for step in beside.steps)
