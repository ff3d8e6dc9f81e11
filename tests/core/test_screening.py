"""The screening call: what is still to ask, what answers say, and when a range becomes a level."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.check import Voice
from handrail.core.check_names import in_the_calls_words
from handrail.core.findings import Open, more_worrying
from handrail.core.placement.recommend import recommend
from handrail.core.screening.picture import (
    concerns,
    is_answered,
    is_asked_here,
    is_safety,
    picture,
    progress,
    stated,
    still_open,
)
from handrail.core.screening.script import Kind, ScreeningError, read_script
from handrail.core.screening.sheet import (
    Said,
    Who,
    answers_of,
    choices_shown,
    from_check,
    lines,
    read_text,
    score,
    scores,
    way,
)
from handrail.data import (
    criteria_set,
    findings_catalogue,
    private_check,
    screening_script,
    screening_table,
)
from handrail.data.instruments import shipped_instruments

SCRIPT = screening_script()
CHECK = private_check()
SAFE = {
    "age": "42",
    "body-now": "no",
    "thoughts": "none",
    "attempt": "none-of-these",
    "mind-now": "none-of-these",
    "substances": "alcohol",
    "last-use": "days",
    "danger-signs": "no",
    "drinking": "binge",
    "shaking": "none",
    "morning": "no",
    "stopping-before": "none-of-these",
    "overdose": "no",
    "body": "none-of-these",
    "pregnant": "no",
}


def sheet(*, who=Who.PERSON, **answers):
    """A sheet from slugs with underscores for dashes."""
    return {slug.replace("_", "-"): Said(text, who) for slug, text in answers.items()}


def said(answers, who=Who.PERSON):
    return {field: Said(text, who) for field, text in answers.items()}


def seen(answers, voice=Voice.ME):
    return picture(SCRIPT, answers, voice, criteria_set())


def slugs(items):
    return [one.slug for one in items]


# ---- the script that ships -----------------------------------------------------------------------


def test_it_has_nine_parts_and_safety_comes_first():
    assert len(SCRIPT.parts) == 9
    assert SCRIPT.parts[0].key == "safety"
    order = [part.key for part in SCRIPT.parts]
    at = [order.index(item.question.part) for item in SCRIPT.items]
    assert at == sorted(at)
    assert all(SCRIPT.say[key] for key in order)


ASKED_ANEW = {"age", "firearm_access", "home_violence"}
"""Ages are bands there and years here; means and who hurts whom a person asks anew."""


def test_every_answer_of_the_private_check_says_the_same_in_the_call():
    for question in CHECK.questions:
        for choice in question.choices:
            here = from_check(SCRIPT, in_the_calls_words(CHECK, {question.slug: (choice.key,)}))
            stated = {}
            for slug, text in here.items():
                for key in text.split():
                    one = SCRIPT.item(slug).question.choice(key)
                    stated |= dict(one.sets) if one else {}
            for code, answer in choice.sets:
                if code not in ASKED_ANEW:
                    assert stated[code] == answer, (question.slug, choice.key, code)


def test_a_scale_that_needs_someone_in_the_room_is_never_asked_by_phone():
    used = {item.instrument.id for item in SCRIPT.items if item.instrument}
    assert used == {"asq", "phq-9", "gad-7", "pc-ptsd-5", "audit-c", "readiness-ruler"}


def test_every_safety_finding_of_the_catalogue_is_asked_for():
    asked = {code for item in SCRIPT.items for code in item.codes}
    critical = {code for code, one in SCRIPT.check.catalogue.items() if one.safety_critical}
    assert critical <= asked


# ---- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("thoughts", " none ", "none"),
        ("thoughts", "", ""),
        ("attempt", "self-harm recent", "recent self-harm"),
        ("age", "042", "42"),
        ("age", "refused", "refused"),
        ("how-much", " a fifth\na day ", "a fifth\na day"),
        ("thoughts.words", " since May ", "since May"),
        ("phq/phq9-1", "3", "3"),
        ("phq/phq9-1", "unknown", "unknown"),
        ("readiness/readiness-importance", "10", "10"),
        ("phq/phq9-10", "LA6573-5", "LA6573-5"),
    ],
)
def test_a_text_is_kept_as_the_script_means_it(field, text, kept):
    assert read_text(SCRIPT, field, text) == kept


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("nonsense", "yes", "there is none"),
        ("nonsense.words", "yes", "there is none"),
        ("phq", "1", "no such question"),
        ("thoughts/asq-1", "1", "no such question"),
        ("asq/asq-9", "1", "no question asq-9"),
        ("asq/asq-1", "2", "Choose one of the answers"),
        ("thoughts", "maybe", "Choose one of the answers"),
        ("thoughts", "none passive", "cannot stand together"),
        ("thoughts", "none-of-these", "Choose one of the answers"),
        ("attempt", "none-of-these recent", "cannot stand together"),
        ("age", "very old", "whole number"),
        ("age", "121", "whole number"),
        ("age", "²", "whole number"),
        ("wants", "x" * 2001, "too long"),
        ("thoughts.words", "x" * 2001, "too long"),
    ],
)
def test_what_the_script_does_not_know_is_refused_with_a_reason(field, text, why):
    with pytest.raises(ScreeningError, match=why):
        read_text(SCRIPT, field, text)


# ---- what is still to ask ------------------------------------------------------------------------


def test_at_the_start_everything_that_could_apply_is_still_to_ask_and_safety_is_named():
    start = seen({})
    assert start.next.slug == "where-now"
    assert {"thoughts", "right-now", "shaking"} <= set(slugs(start.open_safety))
    assert start.found.level is None


def test_a_question_falls_away_only_when_an_answer_says_so():
    assert "right-now" in slugs(way(SCRIPT, {}))
    assert "right-now" in slugs(way(SCRIPT, sheet(thoughts="refused")))
    assert "right-now" not in slugs(way(SCRIPT, sheet(thoughts="none")))


def test_choices_that_do_not_fit_are_not_offered():
    held = SCRIPT.item("held")
    shown = choices_shown(SCRIPT, held, sheet(tried="counseling"))
    assert [one.key for one in shown] == ["counseling"]


def test_refused_and_not_known_are_answers():
    answered = sheet(thoughts="refused", attempt="unknown")
    left = slugs(still_open(SCRIPT, answered, Voice.ME))
    assert not {"thoughts", "attempt"} & set(left)


def test_what_is_folded_or_only_the_person_can_answer_is_not_counted():
    assert not is_asked_here(SCRIPT.item("asq"), Voice.ME)
    assert is_asked_here(SCRIPT.item("phq"), Voice.ME)
    assert not is_asked_here(SCRIPT.item("phq"), Voice.SOMEONE)
    assert len(still_open(SCRIPT, {}, Voice.SOMEONE)) < len(still_open(SCRIPT, {}, Voice.ME))


def test_progress_says_what_is_done_now_and_ahead():
    begun = progress(SCRIPT, said(SAFE | {"where-now": "at home"}), Voice.ME)
    states = {part.key: state for part, state, _ in begun.parts}
    assert (states["safety"], states["withdrawal"], states["cost"]) == ("done", "now", "ahead")
    assert begun.answered + begun.left == len(
        [one for one in way(SCRIPT, said(SAFE)) if is_asked_here(one, Voice.ME)]
    )
    assert 0 < begun.minutes_left < progress(SCRIPT, {}, Voice.ME).minutes_left <= 10


def test_a_call_that_is_through_has_nothing_left():
    answers = {}
    while left := still_open(SCRIPT, said(answers), Voice.SOMEONE):
        item = left[0]
        answers[item.slug] = {
            Kind.SEVERAL: "none-of-these",
            Kind.NUMBER: "42",
            Kind.WORDS: "said",
        }.get(item.kind, item.question.choices[-1].key if item.question.choices else "")
    done = seen(said(answers), Voice.SOMEONE)
    assert (done.next, done.progress.minutes_left) == (None, 0)
    assert {state for _, state, _ in done.progress.parts} == {"done"}


# ---- instruments ---------------------------------------------------------------------------------


def shown(slug, answers):
    return [line.row.link_id for line in lines(SCRIPT.item(slug), said(answers)) if line.shown]


def needed(slug, answers):
    return [line.row.link_id for line in lines(SCRIPT.item(slug), said(answers)) if line.needed]


def test_the_long_questionnaire_is_asked_from_the_short_ones_score_on():
    two = ["phq9-1", "phq9-2"]
    assert shown("phq", {}) == two
    assert needed("phq", {"phq/phq9-1": "1", "phq/phq9-2": "1"}) == []
    assert len(shown("phq", {"phq/phq9-1": "2", "phq/phq9-2": "1"})) == 10
    assert needed("phq", {"phq/phq9-1": "2", "phq/phq9-2": "1"}) == [
        f"phq9-{number}" for number in range(3, 10)
    ]
    assert len(shown("phq", {"phq/phq9-9": "1"})) == 10


def test_the_short_form_is_scored_alone_until_the_long_one_has_begun():
    item = SCRIPT.item("phq")
    assert score(item, {}) is None
    assert score(item, said({"phq/phq9-1": "1", "phq/phq9-2": "1"})).instrument == "phq-2"
    assert score(item, said({"phq/phq9-1": "2", "phq/phq9-3": "1"})).instrument == "phq-9"
    assert score(SCRIPT.item("thoughts"), said(SAFE)) is None


def test_what_an_instrument_leaves_out_is_not_shown():
    assert shown("ptsd", {"ptsd/pcptsd5-event": "0"}) == ["pcptsd5-event"]
    assert len(shown("ptsd", {})) == 6
    no = {f"asq/asq-{number}": "0" for number in range(1, 5)}
    assert "asq-5" not in shown("asq", no)
    assert "asq-5" in shown("asq", {**no, "asq/asq-1": "refused"})


def test_an_instrument_is_answered_when_nothing_of_it_is_missing():
    item = SCRIPT.item("audit-c")
    two = {"audit-c/auditc-1": "4", "audit-c/auditc-2": "2"}
    assert not is_answered(item, said(two))
    assert is_answered(item, said({**two, "audit-c/auditc-3": "refused"}))
    assert scores(SCRIPT, said({**two, "audit-c/auditc-3": "3"}))["audit-c"].total == 9


def test_a_line_without_an_instrument_has_no_questions_of_one():
    assert lines(SCRIPT.item("thoughts"), {}) == ()


def test_answers_keep_the_instruments_own_words():
    (first, *_) = lines(SCRIPT.item("gad"), {})
    assert answers_of(first.row)[0] == ("0", "Not at all")
    (ruler, *_) = lines(SCRIPT.item("readiness"), {})
    assert len(answers_of(ruler.row)) == 11


# ---- what answers say ----------------------------------------------------------------------------


def test_a_finding_names_the_question_the_words_chosen_who_said_it_and_their_words():
    answers = sheet(who=Who.CALLER, overdose="yes") | sheet(
        who=Who.CALLER, **{"overdose.words": "narcan in July"}
    )
    found = stated(SCRIPT, answers | sheet(substances="opioids"), Voice.SOMEONE)
    assert found["overdose_last_90_days"].answer is True
    assert found["overdose_last_90_days"].evidence == (
        "Did they have an overdose in the last 90 days? Also one stopped with naloxone, or alcohol "
        "poisoning. “Yes” Said by the caller. Words: “narcan in July”"
    )


def test_a_number_and_a_refused_number_are_findings():
    assert stated(SCRIPT, sheet(age="42"), Voice.ME)["age"].answer == 42
    assert stated(SCRIPT, sheet(age="refused"), Voice.ME)["age"].answer is Open.REFUSED


def test_an_instrument_and_a_question_about_the_same_count_as_the_more_worrying():
    worse = stated(SCRIPT, sheet(thoughts="none") | said({"asq/asq-3": "1"}), Voice.ME)
    assert worse["suicidal_thoughts"].answer == "active"
    assert worse["suicidal_thoughts"].evidence.endswith("Said by the person.")
    no = {f"asq/asq-{number}": "0" for number in range(1, 5)}
    kept = stated(SCRIPT, sheet(thoughts="method") | said(no), Voice.ME)
    assert kept["suicidal_thoughts"].answer == "method"


def test_two_people_answering_one_instrument_are_not_named_as_one():
    mixed = said({"audit-c/auditc-1": "4"}) | said(
        {"audit-c/auditc-2": "2", "audit-c/auditc-3": "1"}, Who.CALLER
    )
    found = stated(SCRIPT, mixed, Voice.ME)
    assert "Said by" not in found["audit_c_score"].evidence


def test_a_reassuring_answer_of_the_self_check_leaves_safety_open_until_it_is_confirmed():
    alone = stated(SCRIPT, said(SAFE, Who.CHECK), Voice.ME)
    assert not {"suicidal_thoughts", "suicide_plan_or_intent", "pregnant"} & set(alone)
    assert alone["binge_drinking"].answer is True  # it raises concern
    assert "thoughts" in slugs(still_open(SCRIPT, said(SAFE, Who.CHECK), Voice.ME))
    confirmed = stated(SCRIPT, said(SAFE), Voice.ME)
    assert confirmed["suicidal_thoughts"].answer == "none"


def test_a_danger_said_in_the_self_check_counts_at_once():
    found = stated(SCRIPT, sheet(who=Who.CHECK, thoughts="method"), Voice.ME)
    assert found["suicidal_thoughts"].answer == "method"
    assert "Said in the self-check." in found["suicidal_thoughts"].evidence


ANSWERED = st.dictionaries(st.sampled_from(sorted(SAFE)), st.sampled_from(list(Who)))


@given(ANSWERED)
def test_an_answer_that_nobody_confirmed_never_reassures(whose):
    catalogue = findings_catalogue()
    mixed = {slug: Said(SAFE[slug], who) for slug, who in whose.items()}
    sure = {slug: one for slug, one in mixed.items() if one.who is not Who.CHECK}
    found, firm = stated(SCRIPT, mixed, Voice.ME), stated(SCRIPT, sure, Voice.ME)
    for code, definition in catalogue.items():
        if not definition.safety_critical:
            continue
        before = firm[code].answer if code in firm else Open.NOT_ASKED
        after = found[code].answer if code in found else Open.NOT_ASKED
        assert more_worrying(definition, before, after) == after


# ---- danger --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "kind", "refused"),
    [
        ("body-now", "yes", "body", False),
        ("thoughts", "passive", "suicide", False),
        ("thoughts", "refused", "suicide", True),
        ("attempt", "recent", "suicide", False),
        ("mind-now", "voices", "mind", False),
        ("overdose", "refused", "overdose", True),
        ("asq/asq-1", "1", "suicide", False),
        ("asq/asq-4", "refused", "suicide", True),
        ("phq/phq9-9", "1", "suicide", False),
    ],
)
def test_a_danger_said_or_refused_is_a_concern(field, text, kind, refused):
    found = concerns(SCRIPT, said({field: text}))
    assert [(one.kind, one.refused) for one in found] == [(kind, refused)]
    assert found[0].words


@pytest.mark.parametrize("field", ["thoughts", "pregnant", "phq/phq9-9", "asq/asq-1"])
def test_not_being_in_danger_is_no_concern(field):
    text = {"thoughts": "none", "pregnant": "refused"}.get(field, "0")
    assert concerns(SCRIPT, said({field: text})) == ()


# ---- the picture ---------------------------------------------------------------------------------


def test_the_range_becomes_a_level_once_safety_is_answered():
    assert seen(said({slug: SAFE[slug] for slug in list(SAFE)[:8]})).found.level is None
    done = seen(said(SAFE | {"signs": "more stop costs people", "tried": "counseling"}))
    assert done.found.level is not None
    assert done.open_safety == ()


def test_the_picture_is_what_the_findings_give():
    done = seen(said(SAFE))
    assert done.found.need_codes == recommend(done.findings, criteria_set()).need_codes


def test_outside_the_population_there_is_no_level_and_the_call_goes_on():
    young = seen(said(SAFE | {"age": "15"}))
    assert young.found.outside
    assert young.found.level is None
    assert young.next is not None


def test_safety_is_told_from_the_catalogue():
    assert is_safety(SCRIPT, SCRIPT.item("age"))
    assert not is_safety(SCRIPT, SCRIPT.item("wants"))


# ---- from the private check ----------------------------------------------------------------------


def test_only_what_someone_knew_is_taken_over():
    answers = {
        "age": ("adult",),
        "thoughts": ("none",),
        "right-now": ("unknown",),
        "attempt": ("none-of-these",),
        "substances": ("alcohol", "unknown"),
        "home": ("later",),
        "body-now": ("none-of-these",),
        "course": ("none-of-these",),
    }
    assert from_check(SCRIPT, answers) == {
        "thoughts": "none",
        "attempt": "none-of-these",
        "substances": "alcohol",
        "body-now": "no",
    }


def test_of_several_thoughts_the_call_gets_the_worst():
    answers = {"thoughts": ("passive", "active", "earlier"), "danger-now": ("overdose", "plan")}
    taken = from_check(SCRIPT, in_the_calls_words(CHECK, answers))
    assert taken["thoughts"] == "active"
    assert taken["attempt"] == "earlier"
    assert taken["right-now"] == "plan"
    assert taken["body-now"] == "yes"
    assert "mind-now" not in taken  # nobody asked the whole of it


# ---- reading the script --------------------------------------------------------------------------


def changed(slug, **more):
    table = copy.deepcopy(screening_table())
    row = next(one for one in table["question"] if one["slug"] == slug)
    row.update(more)
    return table


@pytest.mark.parametrize(
    ("slug", "more", "why"),
    [
        ("thoughts", {"part": "weather"}, "part weather is not known"),
        ("age", {"code": "pregnant"}, "not a number of the catalogue"),
        ("age", {"code": "height"}, "not a number of the catalogue"),
        ("gad", {"instrument": "horoscope"}, "horoscope"),
        ("wants", {"kind": "song"}, "song"),
    ],
)
def test_a_script_that_cannot_be_asked_names_the_question(slug, more, why):
    instruments = {one.id: one for one in shipped_instruments()}
    with pytest.raises(ScreeningError, match=why):
        read_script(changed(slug, **more), findings_catalogue(), instruments)
