"""The shortened check: few questions for everyone, and nothing that was not asked reassures."""

from statistics import median

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from handrail.core.check import LATER, NONE, REFUSED, UNKNOWN, way
from handrail.core.check_advice import decided
from handrail.core.check_progress import to_come
from handrail.data import check_advice, criteria_set, private_check
from tests.core.test_check import answer_walks, by_key, pick, placed, walk

CHECK, ADVICE = private_check(), check_advice()
SPINE = criteria_set().care.spine

DRINKS = {"substances": ["alcohol"], "last_use": ["days"], "drinking": ["less"]}
TEN = {
    "uses nothing": {},
    "drinks little": DRINKS,
    "low mood, getting worse": {
        "conditions": ["low"],
        "course": ["worse"],
        "daily_life": ["marked"],
    },
    "drinks heavily, shakes": {
        "substances": ["alcohol-daily", "shakes"],
        "last_use": ["now"],
        "shaking": ["moderate"],
        "stopping_before": ["morning"],
        "signs": ["stop", "costs", "craving", "tolerance"],
        "pattern": ["daily"],
        "home": ["work"],
    },
    "binges, earlier seizure": DRINKS
    | {"drinking": ["binge"], "stopping_before": ["seizure"], "signs": ["more", "stop"]},
    "fentanyl, overdose, no home": {
        "substances": ["opioids"],
        "opioid_withdrawal": ["severe"],
        "body": ["overdose"],
        "signs": ["stop", "costs", "craving", "tolerance", "danger", "time"],
        "pattern": ["daily", "alone"],
        "home": ["no-place", "lonely"],
        "tried": ["detox", "residential"],
        "held": ["detox", "residential"],
    },
    "steady on buprenorphine": {
        "substances": ["opioids"],
        "last_use": ["longer"],
        "since_stopping": ["weekly"],
        "tried": ["medication"],
        "held": ["steady"],
    },
    "pills as prescribed, 72": {
        "substances": ["sedatives"],
        "for_whom": ["over-65"],
        "sedatives": ["prescribed"],
        "body": ["falls"],
    },
    "thoughts of suicide, a gun": {
        "danger_now": ["thoughts"],
        "thoughts": ["active", "earlier"],
        "substances": ["alcohol"],
        "drinking": ["binge"],
        "conditions": ["depression"],
        "course": ["worse"],
        "daily_life": ["cannot"],
        "protection": ["gun"],
    },
    "everything at once, nothing known for sure": {
        "danger_now": ["touch", UNKNOWN],
        "substances": ["alcohol-daily", "opioids", "sedatives", "stimulants", "alcohol"],
        "last_use": [UNKNOWN],
        "shaking": ["severe"],
        "conditions": ["ptsd", "bipolar"],
        "thoughts": ["passive"],
        "daily_life": ["fast"],
        "signs": ["stop", "danger"],
        "tried": ["iop", "ward"],
        "held": ["iop"],
    },
}
"""Ten made-up people, from nothing to everything."""


def asked_of(name):
    return len(way(CHECK, walk(by_key(**TEN[name]))))


def test_ten_people_are_asked_half_of_what_there_is_and_nobody_more_than_25():
    counts = {name: asked_of(name) for name in TEN}
    assert counts["drinks little"] <= 12
    assert counts["uses nothing"] <= 10
    assert max(counts.values()) <= 25
    assert median(counts.values()) <= 18, counts


# ---- nothing that was not asked reassures --------------------------------------------------------

DANGER_NOW = [f"danger-now:{choice.key}" for choice in CHECK.question("danger-now").choices]
OF_USE = [
    *(f"signs:{choice.key}" for choice in CHECK.question("signs").choices),
    *("substances:alcohol-daily", "substances:opioids", "substances:ghb", "substances:shakes"),
    *("drinking:heavy", "sedatives:more", "pattern:daily", "pattern:growing"),
    *("shaking:moderate", "shaking:severe", "stopping-before:morning"),
]
OF_DANGER = [
    *DANGER_NOW,
    *("thoughts:active", "thoughts:method", "thoughts:recent", "thoughts:self-harm"),
    *("mind-now:voices", "mind-now:self-care", "mind-now:nights", "body:overdose"),
    *("conditions:eating-danger", "conditions:psychosis", "conditions:bipolar"),
    *("conditions:depression", "conditions:gambling", "course:worse"),
    *("daily-life:marked", "daily-life:cannot", "daily-life:fast"),
]


def toward(name, chance):
    """Answer at random, but so that a sign is said wherever it can be."""
    slug, _, key = name.partition(":")

    def choose(question, keys):
        if question.slug == slug and key in keys:
            return [key]
        if question.slug == "for-whom":
            return ["adult"]
        if chance.random() < 0.7 and question.slug in OPENED_BY.get(slug, {}):
            return [OPENED_BY[slug][question.slug]]
        if chance.random() < 0.6:
            return by_key()(question, keys)
        return pick(chance, question, keys)

    return choose


OPENED_BY = {
    "drinking": {"substances": "alcohol", "last-use": "days"},
    "sedatives": {"substances": "sedatives", "last-use": "days"},
    "pattern": {"substances": "stimulants", "last-use": "days"},
    "shaking": {"substances": "alcohol-daily", "last-use": "days"},
    "stopping-before": {"substances": "alcohol-daily", "last-use": "days"},
    "signs": {"substances": "alcohol", "last-use": "days"},
    "course": {"conditions": "low"},
    "mind-now": {"conditions": "psychosis"},
}


def looked_at(answers):
    """Whether a professional looks first, whatever the level: on the page, or by the level."""
    found = placed(answers)
    if found.outside or found.lowest is None:
        return True
    low = found.lowest
    enough = SPINE.index(low.level) >= SPINE.index("counseling")
    return bool(enough or low.acute or "look-first" in decided(ADVICE, CHECK, answers, found))


@settings(max_examples=400)
@given(st.sampled_from([*OF_USE, *OF_DANGER]), st.randoms(use_true_random=False))
def test_no_sign_of_use_mind_or_danger_ends_below_an_assessment(name, chance):
    answers = walk(toward(name, chance))
    slug, _, key = name.partition(":")
    assume(key in answers.get(slug, ()))
    if name in OF_USE:  # who is well without, or steady on medicine, is not sent back
        assume("own" not in answers.get("since-stopping", ()))
        assume("steady" not in answers.get("held", ()))
        assume("longer" not in answers.get("last-use", ()))
    assert looked_at(answers), (name, answers)


@given(answer_walks)
def test_an_answer_is_of_one_of_three_kinds(answers):
    found = placed(answers)
    if found.outside:
        return
    assert found.lowest
    assert found.highest
    kinds = [found.level is not None, found.at_least is not None]
    kinds.append(not any(kinds))  # a range
    assert kinds.count(True) == 1
    if kinds[2]:
        assert any(one.safety for one in found.would_change)


def test_contradicting_answers_keep_the_danger():
    answers = walk(by_key(substances=["alcohol-daily", "alcohol"], drinking=["less"]))
    assert looked_at(answers)
    assert placed(answers).findings["alcohol_heavy_most_days"].answer is True


@pytest.mark.parametrize("slug", [question.slug for question in CHECK.questions])
@pytest.mark.parametrize("key", [UNKNOWN, REFUSED, LATER])
def test_a_question_left_open_closes_no_question_behind_it(slug, key):
    """The three ways not to answer open everything that depends on it."""
    calm = walk(by_key())
    if slug not in calm:
        return
    known = {one.slug for one in way(CHECK, calm)}
    assert known <= {one.slug for one in way(CHECK, {**calm, slug: (key,)})}


# ---- how many more -------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False), st.booleans())
@example(chance=None, calmly=True)
def test_what_is_said_to_come_is_never_more_and_never_less(chance, calmly):
    counts = []

    def choose(question, keys):
        counts.append(question.slug)
        return by_key()(question, keys) if calmly else pick(chance, question, keys)

    answers = walk(choose)
    path = [question.slug for question in way(CHECK, answers)]
    assume("under-18" not in answers["for-whom"])
    given_so_far = {}
    for number, slug in enumerate(path):
        ahead = to_come(CHECK, given_so_far)
        assert ahead.fewest <= len(path) - number <= ahead.most
        assert sum(count for _, count in ahead.parts) == ahead.most
        given_so_far[slug] = answers[slug]
    done = to_come(CHECK, given_so_far)
    assert (done.fewest, done.most) == (0, 0)


def test_after_three_calm_answers_about_a_handful_is_left():
    answers = {"danger-now": (NONE,), "substances": ("alcohol",), "for-whom": ("adult",)}
    ahead = to_come(CHECK, answers)
    assert ahead.fewest == 9
    assert ahead.most <= 20
