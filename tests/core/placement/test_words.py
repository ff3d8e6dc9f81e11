"""What a recommendation says in words: where needs would be met, and what it rests on."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from handrail.core.findings import NOT_MENTIONED, as_past_case
from handrail.core.placement.packages import Package
from handrail.core.placement.plain import canonical, fingerprint, plain
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import AtLeast, Emergency, End, Evidence, Note
from handrail.core.placement.words import listing, quoted, reasons, where
from tests.core.strategies import ADMISSION, CALM, CARE, CATALOGUE, person

ADULT = person(age=40)
FOUND = recommend({**CALM, **ADULT}, ADMISSION)
DETOX, HOSPITAL = list(CARE.acute_places)[:2]
LOW, HIGH = CARE.spine[1], CARE.spine[3]


def between(low, high):
    """A recommendation that lies between two ends."""
    return replace(FOUND, outside="", at_least=None, level=None, lowest=low, highest=high)


def end(level, *acute):
    return End(acute, level, ())


def name(*codes):
    return tuple(CARE.name(code) for code in codes)


def test_one_level_is_named_after_the_acute_places_that_come_first():
    one = replace(FOUND, outside="", at_least=None, level=LOW, acute=(DETOX,))
    assert where(one) == "{}, then {}".format(*name(DETOX, LOW))


def test_someone_for_whom_the_rules_were_not_made_gets_no_level():
    assert where(replace(FOUND, outside="under 18")) == "No level: under 18"


def test_at_least_a_level_says_what_comes_before_anything_lower():
    least = replace(FOUND, outside="", acute=(DETOX,), at_least=AtLeast(LOW, (), ()))
    said = where(least)
    assert said.startswith("At least {}, then {}: an assessment".format(*name(DETOX, LOW)))


def test_two_ends_in_one_place_are_no_range():
    said = where(between(end(LOW), end(LOW)))
    assert said == (
        f"No level yet: {CARE.name(LOW)}, unless an open safety question makes it an emergency."
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (
            end(LOW),
            end(HIGH),
            "No single level while safety questions are open: between {2} and {3}.",
        ),
        (
            end(LOW, DETOX),
            end(HIGH, DETOX),
            "Today first: {0}. After that, no single level while safety questions are open: "
            "between {2} and {3}.",
        ),
        (
            end(LOW),
            end(LOW, DETOX),
            "Not settled while safety questions are open: {2}; today first, perhaps: {0}.",
        ),
        (
            end(LOW, DETOX),
            end(HIGH, DETOX, HOSPITAL),
            "Today first: {0}. After that, no single level while safety questions are open: "
            "between {2} and {3}; perhaps also today: {1}.",
        ),
    ],
)
def test_a_range_says_what_is_sure_today_the_levels_and_what_is_perhaps(low, high, said):
    assert where(between(low, high)) == said.format(*name(DETOX, HOSPITAL, LOW, HIGH))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A or B"),
        (["A", "B", "C"], "A, B or C"),
        (["A, a", "B", "C"], "A, a; B; or C"),
    ],
)
def test_names_are_listed_as_one_says_them(names, said):
    assert listing(names, "or") == said


def test_reasons_are_said_once_with_all_that_follows():
    found = recommend({**CALM, **ADULT, **person(alcohol_use_disorder="severe")}, ADMISSION)
    said = reasons(found)
    assert len({because for because, _ in said}) == len(said)
    assert sorted(one.code for _, needs in said for one in needs) == sorted(
        one.code for one in found.needs
    )


def test_a_finding_is_quoted_when_its_record_was_given():
    assert quoted(Evidence("ptsd", "PTSD")) == "PTSD"
    assert quoted(Evidence("ptsd", "PTSD", NOT_MENTIONED)) == "PTSD"
    assert quoted(Evidence("ptsd", "PTSD", "woke up shouting")) == "PTSD (“woke up shouting”)"


def test_a_record_that_is_silent_has_not_said_no():
    past, _ = as_past_case({**ADULT, **person(alcohol_use_disorder="severe")}, CATALOGUE)
    found = recommend(past, ADMISSION)
    said = json.dumps(plain(found))
    assert f": {NOT_MENTIONED}" in said


def test_a_kept_recommendation_is_the_same_text_and_shows_a_changed_letter():
    text = canonical(FOUND)
    assert text == canonical(recommend({**CALM, **ADULT}, ADMISSION))
    assert json.loads(text) == json.loads(json.dumps(plain(FOUND)))
    assert fingerprint(text) == sha256(text.encode()).hexdigest()
    assert fingerprint(text) != fingerprint(text.replace("a", "b", 1))


def test_plain_data_holds_the_emergency_the_least_level_and_what_is_added():
    rests_on = Evidence("ptsd", "PTSD", "woke up shouting")
    found = replace(
        FOUND,
        emergency=Emergency(("a reason",), ("in plain words",), (rests_on,)),
        at_least=AtLeast(LOW, ("too little is known",), ("we know too little",)),
        lowest=end(LOW, DETOX),
        packages=(Package(LOW, ("medication",)),),
        flags=(Note("one-flag", "a reason", "in plain words", "a source"),),
    )
    said = plain(found)
    assert said["emergency"] == {
        "because": ["a reason"],
        "plain": ["in plain words"],
        "evidence": [{"finding": "ptsd", "says": "PTSD", "rests_on": "woke up shouting"}],
    }
    assert said["at_least"] == {
        "level": LOW,
        "because": ["too little is known"],
        "plain": ["we know too little"],
    }
    assert said["flags"] == [
        {
            "id": "one-flag",
            "because": "a reason",
            "plain": "in plain words",
            "source": "a source",
        }
    ]
    assert json.loads(canonical(found)) == json.loads(json.dumps(said))
    assert '"facets":["medication"]' in canonical(found)
