"""What a check advises beside a level: decisions from a dated table, each with a source."""

import re

import pytest

from handrail.core.check import NONE, REFUSED, UNKNOWN
from handrail.core.check_advice import TODAY, AdviceError, behind, decided, read_advice
from handrail.data import check_advice, check_table, private_check, read_table
from tests.core.test_check import by_key, placed, walk

CHECK, ADVICE = private_check(), check_advice()
DRINKS = {"substances": ["alcohol"], "last_use": ["days"]}
PILLS = {"substances": ["sedatives"], "last_use": ["days"], "sedatives": ["prescribed"]}


def advised(**chosen):
    answers = walk(by_key(**chosen))
    return decided(ADVICE, CHECK, answers, placed(answers))


def test_every_decision_says_where_it_comes_from_and_every_box_has_words():
    for decision in ADVICE.decisions:
        assert len(decision.source) > 40, decision.name
    names = {one.name for one in ADVICE.decisions}
    assert set(TODAY) <= names
    assert set(TODAY) <= set(check_table()["today"])


def test_nothing_is_advised_where_nothing_is():
    assert advised() == frozenset()
    assert advised(**DRINKS, drinking=["less"]) == frozenset()


@pytest.mark.parametrize("drinking", ["heavy", "binge"])
def test_an_earlier_seizure_means_a_doctor_before_stopping_also_after_binges(drinking):
    chosen = DRINKS | {"drinking": [drinking], "stopping_before": ["seizure"]}
    assert "withdrawal" in advised(**chosen)


def test_what_is_not_known_of_alcohol_or_sedatives_means_a_doctor_too():
    chosen = DRINKS | {"drinking": ["heavy"], "stopping_before": [UNKNOWN]}
    assert "withdrawal" in advised(**chosen)


def test_a_sedative_as_prescribed_is_tapered_and_not_withdrawn():
    assert advised(**PILLS) == {"taper"}
    assert advised(**PILLS, for_whom=["over-65"]) == {"taper", "taper-soon"}
    assert advised(**PILLS, body=["falls"]) == {"taper", "taper-soon"}
    assert "withdrawal" in advised(**PILLS, stopping_before=["seizure"])
    assert "taper" not in advised(**PILLS, stopping_before=["seizure"])


def test_naloxone_is_for_opioids_lately_and_for_whatever_may_hold_them():
    opioids = {"substances": ["opioids"], "last_use": ["days"], "tried": [NONE]}
    assert "overdose" in advised(**opioids)
    assert "overdose" not in advised(**opioids | {"tried": ["medication"], "held": ["steady"]})
    cocaine = {"substances": ["stimulants"], "last_use": ["days"], "body": ["overdose"]}
    assert "overdose" in advised(**cocaine)
    assert "overdose" not in advised(**DRINKS, drinking=["heavy"], body=["overdose"])
    assert "overdose" in advised(substances=[REFUSED], body=["overdose"])


def test_pregnancy_ghb_gambling_and_worsening_mood_have_a_decision_of_their_own():
    pregnant = {"substances": ["opioids"], "last_use": ["days"], "tried": [NONE]}
    assert "pregnancy" in advised(**pregnant, for_whom=["pregnant"])
    assert "pregnancy" not in advised(for_whom=["pregnant"])
    assert "ghb" in advised(substances=["ghb"], last_use=["days"])
    assert "ghb" not in advised(substances=["ghb"], last_use=["longer"], since_stopping=["own"])
    assert {"gambling", "look-first"} <= advised(conditions=["gambling"])
    assert "look-first" in advised(conditions=["low"], course=["worse"])
    assert "look-first" not in advised(conditions=["low"])


def test_what_is_never_said_follows_from_home_and_from_what_is_taken():
    assert advised(danger_now=["by"]) >= {"plain-lead", "apart"}
    assert "plain-lead" in advised(home=["no-place"])
    assert "no-medicine" in advised(substances=["stimulants"])
    assert "no-medicine" not in advised(substances=["stimulants", "alcohol"])
    assert "no-medicine" not in advised(substances=["stimulants", UNKNOWN])


def because(name, **chosen):
    answers = walk(by_key(**chosen))
    found = behind(ADVICE, name, CHECK, answers, placed(answers))
    return [f"{question.slug}:{choice.key}" for question, choice in found]


def test_behind_a_decision_stand_the_answers_that_led_to_it_and_no_others():
    heavy = {"substances": ["alcohol-daily", "cannabis"], "last_use": ["days"]}
    assert because("withdrawal", **heavy) == ["substances:alcohol-daily"]
    binge = DRINKS | {"drinking": ["binge"], "stopping_before": ["seizure"]}
    assert because("withdrawal", **binge) == ["drinking:binge", "stopping-before:seizure"]
    assert because("overdose", substances=["stimulants"], body=["overdose", "falls"]) == [
        "body:overdose"
    ]


def test_what_is_certain_rests_on_nothing_that_is_open():
    three = {"danger-now": (NONE,), "substances": ("alcohol",), "for-whom": ("adult",)}
    found = placed(three)
    assert "withdrawal" in decided(ADVICE, CHECK, three, found)
    assert decided(ADVICE, CHECK, three, found, certain=True) == frozenset()
    heavy = three | {"substances": ("alcohol-daily",)}
    assert "withdrawal" in decided(ADVICE, CHECK, heavy, placed(heavy), certain=True)
    for taken in ("sedatives", UNKNOWN, REFUSED):
        some = three | {"substances": (taken,)}
        assert decided(ADVICE, CHECK, some, placed(some), certain=True) == {"no-sudden-stop"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"when": [{"all": [["home:castle"]]}]}, "decision taper: there is no home:castle"),
        ({"when": [{"only": {"home": ["castle"]}}]}, "there is no home:castle"),
        ({"unless": ["later"]}, "decision taper: there is no later"),
    ],
)
def test_a_decision_that_can_never_be_taken_is_named(change, message):
    table = read_table("check_advice.toml")
    table["decision"][0] |= change
    with pytest.raises(AdviceError, match=re.escape(message)):
        read_advice(table, CHECK)
