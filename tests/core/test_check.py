"""The private check: every way ends, and every safety question is asked or settled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.check import (
    LATER,
    NONE,
    REFUSED,
    SEPARATOR,
    UNKNOWN,
    AnswerError,
    CheckError,
    Question,
    Voice,
    choices_shown,
    findings_from,
    left_for_later,
    next_question,
    previous_question,
    progress,
    question_about,
    read_check,
    said_about,
    take,
    way,
    words_chosen,
)
from handrail.core.findings import Open
from handrail.core.placement.recommend import recommend
from handrail.data import check_table, criteria_set, findings_catalogue, private_check

CHECK = private_check()
SAFETY = {code for code, one in CHECK.catalogue.items() if one.safety_critical}


def walk(choose):
    """Answer until nothing is left; `choose` gets the question and the keys that can be chosen."""
    answers: dict[str, tuple[str, ...]] = {}
    last, steps = "", 0
    while question := next_question(CHECK, answers, last):
        keys = choose(question, [choice.key for choice in choices_shown(question, answers)])
        answers[question.slug] = (LATER,) if keys == [LATER] else take(question, keys, answers)
        if keys == [LATER] and question.slug == last:
            break
        last, steps = question.slug, steps + 1
        assert steps < 200, "the check never ends"
        if LATER in keys and len(answers) == len(way(CHECK, answers)):
            break
    return answers


def by_key(**chosen):
    """Choose by slug; else what reassures: none of several, the first reassuring one of one."""

    def choose(question: Question, keys):
        return chosen.get(question.slug.replace("-", "_"), calm(question, keys))

    return choose


def calm(question: Question, keys):
    if question.several:
        return [NONE]
    calm_keys = {"no", "none", "adult", "steady", "less", "sometimes", "days", "own"}
    return [next(key for key in keys if key in calm_keys)]


def worst(question: Question, keys):
    """Everything that asks for care, all at once."""
    if question.slug == "at-hand":
        return [NONE]
    if question.several:
        return [key for key in keys if key not in ("seen", "safety-plan", "on-side", "steady")]
    worst_keys = ("pregnant", "now", "heavy", "more", "severe", "worse")
    return [next((key for key in worst_keys if key in keys), keys[-1])]


def placed(answers, voice=Voice.ME):
    return recommend(findings_from(CHECK, answers, voice), criteria_set())


answer_walks = st.randoms(use_true_random=False).map(
    lambda chance: walk(lambda question, keys: pick(chance, question, keys))
)


def pick(chance, question, keys):
    if question.several and chance.random() < 0.5:
        return chance.sample(keys, chance.randint(1, len(keys)))
    return [chance.choice([*keys, UNKNOWN, REFUSED, *([NONE] if question.several else [])])]


@given(answer_walks)
def test_every_way_ends_within_25_questions_in_readable_findings_and_a_recommendation(answers):
    assert len(way(CHECK, answers)) <= 25
    findings = findings_from(CHECK, answers, Voice.SOMEONE)
    for code, finding in findings.items():
        assert finding.evidence
        answer = finding.answer
        stated = answer.value if isinstance(answer, Open) else answer
        assert CHECK.catalogue[code].read(stated) == answer
    found = placed(answers)
    assert found.outside or found.level or (found.lowest and found.highest)


@given(answer_walks)
def test_every_safety_question_is_asked_settled_or_cannot_matter(answers):
    findings = findings_from(CHECK, answers, Voice.ME)
    found = placed(answers)
    if found.outside:
        return
    never_spoken_to = SAFETY - set(findings)
    assert never_spoken_to <= {"sober_adult_present", "daily_medical_visit_possible"}
    named = {one.finding for one in found.would_change}
    # A question of safety that was asked and left open keeps the level back by itself.
    if never_spoken_to & named and not SAFETY & set(findings) & named:
        assert found.level or found.at_least, "named, but nothing that keeps a level back"


@given(answer_walks, st.sampled_from([UNKNOWN, REFUSED]))
def test_not_answering_a_safety_question_never_lowers_the_far_end(answers, open_key):
    before = placed(answers)
    if before.outside or before.highest is None:
        return
    spine = CHECK_SPINE
    for slug in ("shaking", "stopping-before", "body", "thoughts", "danger-now", "mind-now"):
        if answers.get(slug) in (("none",), (NONE,)):
            after = placed({**answers, slug: (open_key,)})
            assert spine.index(after.highest.level) >= spine.index(before.highest.level)
            assert set(before.highest.acute) <= set(after.highest.acute)


CHECK_SPINE = criteria_set().care.spine


@pytest.mark.parametrize("key", [UNKNOWN, REFUSED])
def test_without_a_single_answer_there_is_no_level_but_a_range(key):
    found = placed(walk(lambda question, keys: [key]))
    assert found.level is None
    assert found.lowest != found.highest
    assert any(one.safety for one in found.would_change)


def test_nothing_of_concern_needs_nothing_formal():
    found = placed(walk(by_key()))
    assert (found.level, found.acute, found.emergency) == ("on_my_own", (), None)


def test_everything_at_once_is_an_emergency_with_care_day_and_night():
    answers = walk(worst)
    found = placed(answers)
    assert found.emergency
    assert {"hospital_medical", "hospital_psychiatric", "detox"} <= set(found.highest.acute)
    assert found.highest.level == "rtc"


def test_nobody_can_ever_be_asked_more_than_25_questions():
    assert len(CHECK.questions) == 25  # and no way asks one twice
    answers = walk(worst)
    path = [question.slug for question in way(CHECK, answers)]
    assert len(path) == len(set(path))
    assert 22 <= len(path) <= 25
    assert progress(CHECK, {}, "danger-now").minutes_left <= 7


def social_drinker():
    return walk(by_key(substances=["alcohol"], last_use=["days"], drinking=["less"]))


def test_a_social_drinker_is_asked_twelve_and_nothing_about_withdrawal_treatment_or_money():
    answers = social_drinker()
    asked = {question.slug for question in way(CHECK, answers)}
    assert len(asked) <= 12
    assert not asked & {"shaking", "stopping-before", "at-hand", "opioid-withdrawal"}
    assert not asked & {"pattern", "held", "getting-there", "wishes", "mind-now", "protection"}
    found = placed(answers)
    assert (found.level, found.acute) == ("on_my_own", ())


@pytest.mark.parametrize(
    "change",
    [
        {"drinking": ["binge"]},
        {"drinking": [UNKNOWN]},
        {"substances": ["alcohol", "sedatives"]},
        {"substances": ["alcohol", UNKNOWN]},
    ],
)
def test_whoever_may_be_in_withdrawal_is_asked_about_it(change):
    chosen = {"substances": ["alcohol"], "last_use": ["days"], "drinking": ["less"]} | change
    answers = walk(by_key(**chosen))
    assert {"shaking", "stopping-before"} <= {question.slug for question in way(CHECK, answers)}


@pytest.mark.parametrize(
    "change", [{"conditions": ["low"]}, {"daily_life": ["marked"]}, {"signs": ["stop"]}]
)
def test_whoever_is_not_well_is_asked_what_has_to_fit_and_what_they_want(change):
    chosen = {"substances": ["alcohol"], "last_use": ["days"], "drinking": ["less"]} | change
    asked = {question.slug for question in way(CHECK, walk(by_key(**chosen)))}
    assert {"tried", "getting-there", "wishes"} <= asked


def test_withdrawal_counts_as_a_sign_and_a_medicine_as_prescribed_does_not():
    chosen = {"substances": ["alcohol"], "drinking": ["heavy"], "signs": ["stop"]}
    calm_drinker = findings_from(CHECK, walk(by_key(**chosen)), Voice.ME)
    shaking = findings_from(CHECK, walk(by_key(**chosen, shaking=["moderate"])), Voice.ME)
    assert calm_drinker["alcohol_use_disorder"].answer == "none"
    assert shaking["alcohol_use_disorder"].answer == "mild"
    pills = {"substances": ["sedatives"], "sedatives": ["prescribed"], "shaking": ["mild"]}
    steady = findings_from(CHECK, walk(by_key(**pills, signs=["tolerance"])), Voice.ME)
    assert steady["sedative_use_disorder"].answer == "none"


def test_another_substance_keeps_its_signs_beside_one_of_the_same_kind():
    answers = walk(by_key(substances=["ghb"], signs=["stop", "costs"]))
    assert findings_from(CHECK, answers, Voice.ME)["other_use_disorder"].answer == "mild"


def test_someone_who_does_not_use_is_asked_nothing_about_shaking_and_use_is_known_to_be_none():
    answers = walk(by_key())
    asked = {question.slug for question in way(CHECK, answers)}
    assert not asked & {"shaking", "drinking", "opioid-withdrawal", "signs", "pattern"}
    findings = findings_from(CHECK, answers, Voice.ME)
    assert findings["alcohol_use_disorder"].answer == "none"
    assert findings["withdrawal_symptoms_now"].answer == "none"
    assert findings["alcohol_heavy_most_days"].answer is False


def test_someone_who_would_rather_not_say_what_they_take_is_still_asked_about_shaking():
    answers = walk(
        lambda question, keys: [REFUSED] if question.slug == "substances" else calm(question, keys)
    )
    assert "shaking" in {question.slug for question in way(CHECK, answers)}


def test_signs_are_counted_for_the_substances_taken_and_no_others():
    answers = walk(by_key(substances=["alcohol"], signs=["stop", "costs", "craving", "tolerance"]))
    findings = findings_from(CHECK, answers, Voice.ME)
    assert findings["alcohol_use_disorder"].answer == "moderate"
    assert findings["opioid_use_disorder"].answer == "none"


def test_a_ticked_choice_counts_beside_i_do_not_know_and_the_rest_stays_open():
    answers = walk(by_key(body=["serious", UNKNOWN]))
    findings = findings_from(CHECK, answers, Voice.ME)
    assert findings["serious_illness"].answer is True
    assert findings["needs_hospital_medical_care"].answer is Open.UNKNOWN


def test_what_was_tried_and_did_not_hold_is_only_asked_of_what_was_tried():
    answers = walk(by_key(conditions=["low"], tried=["counseling", "iop"], held=["counseling"]))
    shown = [choice.key for choice in choices_shown(CHECK.question("held"), answers)]
    assert shown == ["counseling", "iop", "iop-during", "left-iop", "left-early"]
    findings = findings_from(CHECK, answers, Voice.ME)
    assert findings["tried_weekly_counseling"].answer == "did_not_hold"
    assert findings["tried_iop"].answer == "helped_for_a_time"
    assert findings["tried_php"].answer == "not_tried"


def test_under_18_ends_the_check_without_a_level():
    answers = walk(by_key(for_whom=["under-18"]))
    assert way(CHECK, answers)[-1].slug == "for-whom"
    found = placed(answers)
    assert found.outside
    assert found.level is None


@pytest.mark.parametrize("slug", ["getting-there", "wishes"])
def test_cost_wishes_and_the_way_there_never_move_the_level(slug):
    base = walk(by_key(substances=["alcohol"], signs=["stop", "costs", "craving", "tolerance"]))
    question = CHECK.question(slug)
    for choice in question.choices:
        changed = placed({**base, slug: (choice.key,)})
        assert (changed.level, changed.acute) == (placed(base).level, placed(base).acute)


def test_a_question_left_for_later_states_nothing_and_comes_again_at_the_end():
    answers = walk(by_key())
    answers["thoughts"] = (LATER,)
    assert "suicidal_thoughts" not in findings_from(CHECK, answers, Voice.ME)
    assert left_for_later(CHECK, answers)[0].slug == "thoughts"
    assert placed(answers).level is None


def test_back_leads_through_the_same_questions():
    answers = walk(by_key(substances=["alcohol"]))
    path = [question.slug for question in way(CHECK, answers)]
    backwards = []
    slug = path[-1]
    while question := previous_question(CHECK, answers, slug):
        backwards.append(slug := question.slug)
    assert [path[-1], *backwards] == path[::-1]


def test_evidence_quotes_the_question_and_the_words_chosen():
    answers = walk(by_key(substances=["alcohol"], drinking=["heavy"]))
    findings = findings_from(CHECK, answers, Voice.SOMEONE)
    assert findings["alcohol_heavy_most_days"].evidence == (
        "How do they drink, or did they until a week ago? “Heavily, on most days”"
    )
    assert said_about(CHECK, answers, Voice.ME)["alcohol_heavy_most_days"].words == (
        "Heavily, on most days"
    )


@pytest.mark.parametrize(
    ("slug", "keys"),
    [
        ("drinking", []),
        ("drinking", ["heavy", "less"]),
        ("drinking", ["elsewhere"]),
        ("danger-now", [NONE, "plan"]),
        ("danger-now", [UNKNOWN, REFUSED]),
    ],
)
def test_an_answer_that_cannot_be_taken_is_refused_in_plain_words(slug, keys):
    with pytest.raises(AnswerError, match=r"[Cc]hoose|Which one"):
        take(CHECK.question(slug), keys, {})


def test_every_answer_moves_the_parts_forward_only():
    parts = [part.key for part in CHECK.parts]
    order = [parts.index(question.part) for question in CHECK.questions]
    assert order == sorted(order)
    assert parts[0] == "first"
    assert order.count(0) == 3


def test_every_sentence_is_there_in_both_voices_and_never_mixes_them():
    for question in CHECK.questions:
        for text in (question.ask.someone, *(choice.words.someone for choice in question.choices)):
            assert not re.search(r"\b(I|my|myself)\b", text), f"{question.slug}: {text}"
        assert not re.search(r"\b(they|their|them)\b", question.ask.me) or question.slug == "held"


def test_plain_words_of_rules_that_say_you_have_others_for_someone():
    overrides = check_table()["someone_plain"]
    for rule in (*criteria_set().rules, *criteria_set().flags):
        if re.search(r"\byou(r|rs|rself)?\b", rule.plain, re.IGNORECASE):
            assert rule.id in overrides, rule.id


def test_a_finding_is_traced_to_its_question():
    assert question_about(CHECK, "pregnant").slug == "for-whom"
    assert question_about(CHECK, "opioid_use_disorder").slug == "substances"
    assert question_about(CHECK, "ciwa_ar_score") is None


def table(**question):
    row = {
        "slug": "one",
        "part": "a",
        "kind": "one",
        "ask": "Is it so?",
        "option": [{"key": "yes", "me": "Yes", "set": {"pregnant": True}}],
    }
    return {
        "version": "1",
        "open": {"unknown": "Unsure", "refused": "Not saying", "none": "None"},
        "part": [{"key": "a", "title": "A", "why": "Because."}],
        "question": [row | question],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"part": "b"}, "part b is not known"),
        ({"kind": "many"}, "neither one nor several"),
        ({"option": [{"key": "yes", "me": "Yes", "set": {"height": 3}}]}, "height"),
        ({"option": [{"key": "yes", "me": "Yes", "set": {"pregnant": "blue"}}]}, "expected true"),
        ({"option": [{"key": "unknown", "me": "Yes", "set": {}}]}, "there already"),
        ({"option": [{"key": "yes", "me": "Y", "set": {}, "disorder": "x"}]}, "finding x"),
        ({"asked_if": [{"question": "zero", "chose": ["yes"]}]}, "depends on zero"),
        ({"option": [{"key": "a", "me": "A", "set": {}, "only_if": "b:c"}]}, "depends on b"),
        ({"ask": 3}, "expected a text"),
        ({"settled_by": [{"question": "zero", "chose": ["yes"]}]}, "depends on zero"),
        ({"also_a_sign": ["zero:yes"]}, "depends on zero"),
    ],
)
def test_a_check_that_cannot_be_asked_names_the_question(change, message):
    with pytest.raises(CheckError, match=f"question one: .*{message}"):
        read_check(table(**change), findings_catalogue())


def test_a_question_asked_twice_is_refused():
    twice = table()
    twice["question"] *= 2
    with pytest.raises(CheckError, match="asked twice"):
        read_check(twice, findings_catalogue())


def test_a_question_that_does_not_exist_is_named():
    with pytest.raises(CheckError, match="question weather"):
        CHECK.question("weather")


# ---- what was chosen, said again ---------------------------------------------------------------


def test_all_the_words_chosen_on_a_screen_are_said_again():
    several = next(one for one in CHECK.questions if one.several and one.none_says)
    first, second = several.choices[:2]
    for voice in Voice:
        said = words_chosen(several, {several.slug: (second.key, first.key)}, voice)
        assert said == f"{first.words.to(voice)}{SEPARATOR}{second.words.to(voice)}"
    assert words_chosen(several, {several.slug: (NONE,)}, Voice.ME) == several.none_says
    assert words_chosen(several, {}, Voice.ME) == ""
    for key, words in several.open_words.items():
        assert words_chosen(several, {several.slug: (key,)}, Voice.ME) == words


def test_every_question_is_in_a_part_that_says_why():
    for question in CHECK.questions:
        assert CHECK.part(question.part).why
