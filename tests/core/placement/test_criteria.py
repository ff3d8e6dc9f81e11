"""Criteria sets: what is asked of a file before anyone is placed by it."""

import tomllib
from importlib.resources import files

import pytest

from handrail.core.placement.criteria import CriteriaError, parse_criteria
from handrail.data import criteria_ids, criteria_set
from tests.core.strategies import CARE, CATALOGUE, SETS

HEAD = """
id = "small"
version = "7"
title = "Small"
purpose = "admission"
source = "made for a test"
license = "none"
"""
POPULATION = """
[population]
age_min = 18
age_max = 64
of = ["addiction"]
outside = "For adults under 65."
"""
RULE = """
[[rule]]
id = "expecting"
area = "body"
when = "pregnant"
needs = ["prenatal_care"]
severity = "moderate"
because = "Pregnant."
plain = "A baby is coming."
source = "common practice"
tag = "C"
"""
WHOLE = HEAD + POPULATION + RULE


def parse(text):
    return parse_criteria(text, source="small.toml", catalogue=CATALOGUE, care=CARE)


def refused(text):
    with pytest.raises(CriteriaError) as refusal:
        parse(text)
    message = str(refusal.value)
    assert message.startswith("small.toml: ")
    return message


def without(line):
    assert line in WHOLE
    return WHOLE.replace(line + "\n", "")


def with_(old, new):
    assert old in WHOLE
    return WHOLE.replace(old, new)


def test_a_set_is_read_whole():
    found = parse(WHOLE)
    assert (found.id, found.version, found.purpose) == ("small", "7", "admission")
    assert found.population.of == ("addiction",)
    (rule,) = found.rules
    assert (rule.id, rule.needs, rule.tag) == ("expecting", ("prenatal_care",), "C")


@pytest.mark.parametrize(
    ("age", "outside"),
    [(17, True), (17.9, True), (18, False), (64, False), (64.5, False), (65, True), (None, False),
     (False, False), ("unknown", False)],
)  # fmt: skip
def test_a_population_has_both_its_ages_and_an_age_not_known_is_not_outside(age, outside):
    assert parse(WHOLE).population.excludes(age) is outside


@pytest.mark.parametrize("field", ["id", "version", "title", "purpose", "source", "license"])
def test_each_field_of_the_head_is_needed(field):
    (line,) = [line for line in HEAD.splitlines() if line.startswith(f"{field} =")]
    assert f"the head: {field}: expected" in refused(WHOLE.replace(line, "", 1))
    assert f"the head: {field}: expected" in refused(WHOLE.replace(line, f"{field} = 5", 1))
    assert f"the head: {field}: expected" in refused(WHOLE.replace(line, f'{field} = " "', 1))


@pytest.mark.parametrize("field", ["id", "area", "when", "because", "plain", "source", "tag"])
def test_each_field_of_a_rule_is_needed(field):
    (line,) = [line for line in RULE.splitlines() if line.startswith(f"{field} =")]
    named = "without an id" if field == "id" else "expecting"
    missing = refused(HEAD + POPULATION + RULE.replace(line + "\n", ""))
    assert f"rule {named}: {field}: " in missing
    wrong = refused(HEAD + POPULATION + RULE.replace(line, f"{field} = 5"))
    assert f": {field}: " in wrong


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (with_('purpose = "admission"', 'purpose = "profit"'), "the head: purpose: got 'profit'"),
        (with_('area = "body"', 'area = "feet"'), "rule expecting: area: got 'feet'"),
        (with_('tag = "C"', 'tag = "X"'), "rule expecting: tag: got 'X'"),
        (with_('"moderate"', '"awful"'), "rule expecting: severity: got 'awful'"),
        (with_('"prenatal_care"', '"piano"'), "rule expecting: needs: got 'piano'"),
        (with_('["prenatal_care"]', '"prenatal_care"'), "needs: expected a list"),
        (with_('["prenatal_care"]', "[5]"), "rule expecting: needs: got 5"),
        (with_('tag = "C"', 'tag = "C"\noffers = ["piano"]'), "offers: got 'piano'"),
        (with_('tag = "C"', 'tag = "C"\nlevel = "iop"'), "rule expecting: level: not a field"),
        (with_('"pregnant"', '"limps"'), "rule expecting: when: names limps"),
        (with_('"pregnant"', '"pregnant and"'), "rule expecting: when: cannot be read"),
        (with_('"pregnant"', '"not pregnant"'), "when: says not pregnant: only a protection"),
        (with_('"pregnant"', '"supportive_home"'), "when: needs supportive_home: a protection"),
        (with_('"pregnant"', '"pulse >= True"'), "rule expecting: when: pulse: expected"),
        (WHOLE + RULE, "rule expecting: id: used twice"),
        (WHOLE + RULE.replace("[[rule]]", "[[flag]]").replace('"body"', '"b"'), "flag expecting"),
        (
            WHOLE + RULE.replace("[[rule]]", "[[requirement]]").replace('"C"', '"Z"'),
            "requirement expecting: tag",
        ),
        (HEAD + POPULATION, "rule: expected at least one"),
        (HEAD + RULE, "the population: age_min: expected whole years"),
        (with_("age_min = 18", "age_min = 18.5"), "the population: age_min: expected whole years"),
        (with_("age_min = 18", "age_min = true"), "the population: age_min: expected whole years"),
        (without("age_max = 64"), "the population: age_max: expected whole years"),
        (with_("age_max = 64", "age_max = 17"), "the population: age_max: expected 18 or more"),
        (with_('["addiction"]', '["pets"]'), "the population: of: got 'pets'"),
        (with_('["addiction"]', "5"), "the population: of: expected a list"),
        (without('outside = "For adults under 65."'), "the population: outside: expected a text"),
        (HEAD + "[terms]\nx = 'limps'\n" + POPULATION + RULE, "the terms: x: names limps"),
        (HEAD + "[terms]\nage = 'ptsd'\n" + POPULATION + RULE, "the terms: age: age is a"),
        (HEAD + "[terms]\nx = 5\n" + POPULATION + RULE, "the terms: x: expected a text"),
        (HEAD + "terms = 5\n" + POPULATION + RULE, "the head: terms: expected a table"),
        (HEAD + "population = 5\n" + RULE, "the head: population: expected a table"),
        (HEAD + "rule = 5\n" + POPULATION, "the head: rule: expected tables"),
        (HEAD + "rule = [5]\n" + POPULATION, "the head: rule: expected tables"),
        (HEAD + "tittle = 'x'\n" + POPULATION + RULE, "the head: tittle: not a field"),
        ("id = ?", "line 1"),
    ],
)
def test_a_mistake_is_refused_with_file_rule_and_field(text, complaint):
    assert complaint in refused(text)


# ---- the shipped sets --------------------------------------------------------------------------


def test_the_three_sets_are_shipped_the_general_one_first():
    assert criteria_ids() == (
        "general-adult-admission",
        "adolescent-admission",
        "adult-mental-health-admission",
        "general-adult-continued-stay",
        "general-adult-transfer",
        "medicare-iop",
    )


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.id)
def test_every_shipped_rule_speaks_to_both_and_names_its_source(criteria):
    for rule in (*criteria.rules, *criteria.requirements, *criteria.flags):
        assert rule.because != rule.plain
        assert rule.because.endswith(".")
        assert rule.plain.endswith((".", "?"))
        assert rule.source
        assert rule.tag in {"S", "M", "C"}
        assert rule.when


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.id)
def test_every_need_of_a_shipped_rule_can_follow_from_someone(criteria):
    for rule in criteria.rules:
        assert rule.masks, f"{rule.id} can never be true"


@pytest.mark.parametrize("id", criteria_ids())
def test_a_shipped_file_has_the_id_it_is_asked_by(id):
    text = files("handrail.data").joinpath(f"criteria/{id}.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["id"] == id == criteria_set(id).id


def test_an_unknown_set_is_refused_with_the_known_ones():
    with pytest.raises(CriteriaError, match="general-adult-admission"):
        criteria_set("asam")
