"""Answers of the private check by other names: in the call, and from checks begun earlier."""

import pytest
from hypothesis import given

from handrail.core.check import LATER, NONE, REFUSED, UNKNOWN, Voice, findings_from
from handrail.core.check_names import brought_up_to_date, in_the_calls_words
from handrail.data import private_check
from tests.core.test_check import answer_walks, by_key, walk

CHECK = private_check()
FINISHED = {
    "body-now": ("no",),
    "thoughts": ("none",),
    "attempt": (NONE,),
    "mind-now": (NONE,),
    "hurt": (NONE,),
    "age": ("adult",),
    "substances": ("alcohol",),
    "last-use": ("days",),
    "drinking": ("less",),
    "body": (NONE,),
    "pregnant": ("no",),
    "eating": ("no",),
    "conditions": (NONE,),
    "daily-life": ("none",),
    "signs": (NONE,),
    "home": (NONE,),
    "tried": (NONE,),
    "leaving": (NONE,),
    "wishes": (NONE,),
}
"""A check of the earlier questions, finished, with nothing in it."""

ILL = {"daily_life": ("marked",)}


def today(**changes):
    said = FINISHED | {slug.replace("_", "-"): keys for slug, keys in changes.items()}
    return brought_up_to_date(CHECK, {slug: keys for slug, keys in said.items() if keys})


# ---- a check begun with earlier questions ------------------------------------------------------


@given(answer_walks)
def test_answers_to_the_questions_of_today_stay_as_they_are(answers):
    assert brought_up_to_date(CHECK, answers) == answers


def test_a_finished_check_of_then_is_a_finished_check_of_now():
    assert today() == walk(by_key(substances=["alcohol"], last_use=["days"]))


@pytest.mark.parametrize(
    ("changes", "slug", "keys"),
    [
        ({"body_now": ("overdose",)}, "danger-now", ("overdose",)),
        ({"mind_now": ("high",)}, "danger-now", ("touch",)),
        ({"hurt": ("by", "child")}, "danger-now", ("by", "child")),
        ({"right_now": ("plan",)}, "danger-now", ("plan",)),
        ({"danger_signs": ("yes",)}, "danger-now", ("stopping",)),
        ({"hurt": (REFUSED,)}, "danger-now", (REFUSED,)),
        ({"hurt": (UNKNOWN,), "mind_now": ("harm",)}, "danger-now", ("harm", UNKNOWN)),
        ({"thoughts": ("method",), "attempt": ("earlier",)}, "thoughts", ("method", "earlier")),
        ({"pregnant": ("yes",)}, "for-whom", ("pregnant",)),
        ({"pregnant": (UNKNOWN,)}, "for-whom", None),
        ({"drinking": ("heavy",)}, "substances", ("alcohol-daily", "alcohol")),
        ({"eating": ("danger",)}, "conditions", ("eating-danger",)),
        ({"overdose": ("yes",)}, "body", ("overdose",)),
        ({"support": ("yes",)}, "home", ("on-side",)),
        ({"cost": ("yes",), **ILL, "getting_there": ("work",)}, "getting-there", ("work", "money")),
        ({"leaving": ("ward",)}, "tried", ("ward",)),
        ({"leaving": ("ward",)}, "held", ("left-ward",)),
        ({"wanting": ("pushed",), **ILL}, "wishes", ("pushed",)),
    ],
)
def test_what_was_said_then_is_said_now(changes, slug, keys):
    assert today(**changes).get(slug) == keys


def test_what_was_not_asked_yet_then_is_asked_now_and_a_danger_stays():
    assert "danger-now" not in today(wishes=())
    assert today(wishes=(), hurt=("by",))["danger-now"] == ("by", UNKNOWN)
    assert "thoughts" not in today(attempt=(LATER,))
    found = findings_from(CHECK, today(wishes=(), hurt=("by",)), Voice.ME)
    assert found["home_violence"].answer is True


# ---- in the call's words -----------------------------------------------------------------------


def test_nothing_ticked_is_none_only_where_all_of_it_was_asked():
    said = in_the_calls_words(CHECK, {"danger-now": (NONE,)})
    assert said["body-now"] == said["hurt"] == (NONE,)
    assert "mind-now" not in said
    assert in_the_calls_words(CHECK, {"danger-now": (UNKNOWN,)}) == {"danger-now": (UNKNOWN,)}
    both = in_the_calls_words(CHECK, {"danger-now": (NONE,), "mind-now": (NONE,)})
    assert both["mind-now"] == (NONE,)


def test_answers_of_an_earlier_check_pass_through_as_they_were_said():
    said = in_the_calls_words(CHECK, FINISHED | {"mind-now": ("high",), "pregnant": ("yes",)})
    assert said["mind-now"] == ("high",)
    assert said["pregnant"] == ("yes",)
    assert said["thoughts"] == ("none",)
