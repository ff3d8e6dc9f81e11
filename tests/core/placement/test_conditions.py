"""Conditions: what a rule may say, and how it reads answers that are open."""

import pytest

from handrail.core.findings import Finding, Open
from handrail.core.placement import conditions
from handrail.core.placement.conditions import ConditionError, Vocabulary, holds
from handrail.core.placement.reading import Reader
from tests.core.strategies import CATALOGUE, person


def ask(condition, findings, **terms):
    """Whether a condition is certain, careful, possible, true at the low and at the high end."""
    vocabulary = Vocabulary(CATALOGUE)
    for name, meaning in terms.items():
        vocabulary.add_term(name, meaning)
    masks = vocabulary.read(condition)
    reading = Reader(vocabulary).read(findings)
    ends = (reading.certain, reading.careful, reading.possible, reading.lowest, reading.highest)
    return tuple(holds(masks, facts) for facts in ends)


ALWAYS, NEVER = (True,) * 5, (False,) * 5


@pytest.mark.parametrize(
    ("condition", "true_for", "false_for"),
    [
        ("pregnant", {"pregnant": True}, {"pregnant": False}),
        ("not safety_plan_agreed", {"safety_plan_agreed": False}, {"safety_plan_agreed": True}),
        ('depression >= "moderate"', {"depression": "moderate"}, {"depression": "mild"}),
        ('depression > "moderate"', {"depression": "severe"}, {"depression": "moderate"}),
        ('depression >= "mild"', {"depression": "mild"}, {"depression": False}),
        ("pulse >= 120", {"pulse": 120}, {"pulse": 119}),
        ("age > 65", {"age": 66}, {"age": 65}),
        ("body_mass_index < 15", {"body_mass_index": 14}, {"body_mass_index": 15}),
        ("readiness_importance <= 4", {"readiness_importance": 4}, {"readiness_importance": 5}),
        ("pregnant or ptsd", {"pregnant": False, "ptsd": True}, {"pregnant": False, "ptsd": False}),
        ("pregnant and ptsd", {"pregnant": True, "ptsd": True}, {"pregnant": True, "ptsd": False}),
        (
            "pregnant and (ptsd or bipolar_disorder)",
            {"pregnant": True, "ptsd": False, "bipolar_disorder": True},
            {"pregnant": False, "ptsd": True, "bipolar_disorder": True},
        ),
    ],
)
def test_a_condition_over_known_answers_is_true_or_false_however_it_is_read(
    condition, true_for, false_for
):
    assert ask(condition, person(**true_for)) == ALWAYS
    assert ask(condition, person(**false_for)) == NEVER


# certain, careful, possible, at the low end, at the high end
@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        # A safety question opens the range; a refused one counts as a raised concern meanwhile.
        ("pregnant", {"pregnant": None}, (False, False, True, False, True)),
        ("pregnant", {"pregnant": "unknown"}, (False, False, True, False, True)),
        ("pregnant", {"pregnant": "refused"}, (False, True, True, False, True)),
        # Another danger counts as absent until it is known, and may yet be there.
        ("ptsd", {"ptsd": None}, (False, False, True, False, False)),
        ("ptsd", {"ptsd": "refused"}, (False, False, True, False, False)),
        # A protection that is not known does not protect.
        ("not safety_plan_agreed", {}, (False, True, True, True, True)),
        ("not sober_adult_present", {}, (False, True, True, False, True)),
        # A measurement that was not taken raises nothing, and is not asked for.
        ("pulse >= 120", {}, NEVER),
        ("wants_online", {}, NEVER),
    ],
)
def test_open_answers_are_read_at_their_best_with_care_and_at_their_worst(
    condition, answers, expected
):
    assert ask(condition, person(**answers)) == expected


def test_a_choice_answered_no_is_none_of_it():
    assert ask('suicidal_thoughts >= "passive"', person(suicidal_thoughts=False)) == NEVER
    past = {"tried_iop": Finding("tried_iop", False)}
    assert ask('tried_iop >= "did_not_hold"', past) == NEVER


def test_a_number_that_was_refused_raises_nothing():
    findings = {"pulse": Finding("pulse", Open.REFUSED)}
    assert ask("pulse >= 120", findings) == NEVER


def test_a_finding_that_the_set_does_not_read_changes_nothing():
    assert ask("pregnant", person(pregnant=True, ptsd=True)) == ALWAYS


def test_a_term_stands_for_its_condition_also_within_another_term():
    terms = {"shaken": "ptsd or bipolar_disorder", "both": "shaken and pregnant"}
    assert ask("both", person(pregnant=True, ptsd=True), **terms) == ALWAYS
    assert ask("both", person(pregnant=True, ptsd=False, bipolar_disorder=False), **terms) == NEVER


def test_a_condition_knows_which_findings_it_reaches_through_its_terms():
    vocabulary = Vocabulary(CATALOGUE)
    vocabulary.add_term("shaken", "ptsd or bipolar_disorder")
    (mask,) = vocabulary.read("shaken and pregnant")
    assert set(vocabulary.findings(vocabulary.reach(mask))) == {
        "ptsd", "bipolar_disorder", "pregnant",
    }  # fmt: skip
    assert Reader(vocabulary).codes == {"ptsd", "bipolar_disorder", "pregnant"}


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ("pregnant and", "cannot be read"),
        ("", "cannot be read"),
        ("limps", "limps, which is neither a finding nor a term"),
        ("not limps", "limps, which is neither"),
        ("limps >= 3", "limps, which is neither"),
        ("not pregnant", "only a protection may be negated"),
        ("not wants_online", "only a protection may be negated"),
        ("safety_plan_agreed", "a protection may only be negated"),
        ("not (pregnant or ptsd)", "cannot hold"),
        ("not not safety_plan_agreed", "cannot hold"),
        ("depression", "compared with one of"),
        ("pulse", "compared with a number"),
        ("age", "compared with a number"),
        ('depression <= "mild"', "expected >= or >"),
        ('depression >= "awful"', "expected >= or >"),
        ('depression == "mild"', "not a plain value"),
        ("pulse <= 50", "expected >= or >"),
        ('pulse >= "fast"', "a number"),
        ("body_mass_index > 30", "expected <= or <"),
        ("pulse >= age", "not a plain value"),
        ("18 <= age", "cannot hold"),
        ("18 < age < 30", "cannot hold"),
        ("pregnant >= 1", "answered yes or no"),
        ("pregnant + ptsd", "cannot hold"),
        ("True", "cannot hold"),
        ("pregnant if ptsd else pregnant", "cannot hold"),
        ("exit()", "cannot hold"),
    ],
)
def test_what_a_condition_may_not_say_is_refused_and_says_why(condition, complaint):
    with pytest.raises(ConditionError) as refusal:
        Vocabulary(CATALOGUE).read(condition)
    assert complaint in str(refusal.value)


def test_a_condition_with_too_many_ways_to_be_true_is_refused():
    codes = [code for code, one in CATALOGUE.items() if one.type == "yes_no"]
    dangers = [code for code in codes if CATALOGUE[code].kind.value == "danger"]
    sums = [" or ".join(dangers[at : at + 9]) for at in range(0, 27, 9)]
    wide = " and ".join(f"({one})" for one in sums)
    with pytest.raises(ConditionError, match="too wide"):
        Vocabulary(CATALOGUE).read(wide)


def test_a_term_may_not_take_the_name_of_a_finding():
    with pytest.raises(ConditionError, match="pregnant is a finding already"):
        Vocabulary(CATALOGUE).add_term("pregnant", "ptsd")


def test_what_people_share_is_remembered_up_to_a_limit_and_always_told(monkeypatch):
    vocabulary = Vocabulary(CATALOGUE)
    (mask,) = vocabulary.read("pregnant and ptsd")
    monkeypatch.setattr(conditions, "_REMEMBERED", 0)
    assert vocabulary.findings(mask) == vocabulary.findings(mask) == ("pregnant", "ptsd")


def test_the_rarest_of_a_condition_is_a_danger_then_a_term_then_a_protection():
    vocabulary = Vocabulary(CATALOGUE)
    vocabulary.add_term("hard_time", "ptsd or bipolar_disorder")
    (mask,) = vocabulary.read("pregnant and hard_time and not safety_plan_agreed")
    for condition in ("pregnant", "hard_time", "not safety_plan_agreed"):
        (one,) = vocabulary.read(condition)
        assert vocabulary.rarest(mask) == one
        mask &= ~one
    assert vocabulary.rarest(mask) == 0


@pytest.mark.parametrize("condition", ["unless_no(safety_plan_agreed)", "unless_no(age)"])
def test_only_a_danger_that_is_asked_for_can_be_left_undenied(condition):
    with pytest.raises(ConditionError, match="only a danger that is asked for"):
        Vocabulary(CATALOGUE).read(condition)


def test_a_vocabulary_knows_every_finding_it_was_asked_about():
    vocabulary = Vocabulary(CATALOGUE)
    vocabulary.add_term("hard_time", "ptsd or bipolar_disorder")
    vocabulary.read("hard_time and not safety_plan_agreed")
    assert vocabulary.reads == {"ptsd", "bipolar_disorder", "safety_plan_agreed"}
