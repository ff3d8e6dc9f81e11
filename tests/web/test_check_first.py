"""The first answer: what is certain after three questions, what is open, how many are to come."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from handrail.areas.checks import services as checks
from handrail.areas.checks.models import CheckDraft
from handrail.areas.checks.sealed_answers import Draft, hash_of, seal
from handrail.areas.checks.selectors import check_draft
from handrail.core.check import NONE, Voice
from handrail.foundation.clock import now
from tests.web.test_check_result import plain

pytestmark = pytest.mark.django_db

CALM = {"danger-now": (NONE,), "substances": (NONE,), "for-whom": ("adult",)}


def browser(answers, voice=Voice.ME):
    client, token = Client(), checks.start_check(voice=voice, at=now())
    checks.change_check(
        token=token, change=lambda found: replace(found, answers=dict(answers)), at=now()
    )
    client.cookies[settings.CHECK_COOKIE] = token
    return client


def page_of(answers, voice=Voice.ME):
    return browser(CALM | answers, voice).get(reverse("public:check_first")).content.decode()


def headline(html):
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", html)[1])


def answer(client, number, question, *keys):
    address = reverse("public:check_question", args=[number])
    return client.post(address, {"question": question, "answer": list(keys)})["Location"]


def test_three_answers_lead_to_the_first_answer_and_from_there_it_goes_on():
    client = Client()
    client.post(reverse("public:check_start_someone"))
    assert answer(client, 1, "danger-now", NONE) == "/check/question/2"
    assert answer(client, 2, "substances", "alcohol-daily", "shakes") == "/check/question/3"
    assert answer(client, 3, "for-whom", "adult") == "/check/first"
    html = client.get("/check/first").content.decode()
    assert headline(html) == "Today: a doctor, before stopping."
    assert 'href="/check/question/4"' in html
    assert answer(client, 4, "last-use", "days") == "/check/question/5"
    # An answer changed later leads on from there, and not to the first answer once more.
    assert answer(client, 3, "for-whom", "over-65") == "/check/question/5"


def test_what_is_certain_says_because_of_which_words_and_stands_before_what_is_open():
    text = plain(page_of({"substances": ("alcohol-daily", "shakes")}))
    because = text.index("Because you told us: “Alcohol, heavily on most days”")
    assert text.index("Certain today") < because < text.index("Still open: what comes after")
    assert "Do not stop suddenly on your own." in text
    assert "would fit" not in text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"substances": ("ghb",)}, "Today: a hospital or detox, before stopping."),
        ({"substances": ("opioids",)}, "Today: naloxone, and a medicine that takes the pull away."),
        ({"substances": ("sedatives",)}, "stop suddenly before"),
        ({"substances": ("unknown",)}, "stop suddenly before"),
        (
            {"substances": ("opioids",), "for-whom": ("pregnant",)},
            "Today: care that knows both the pregnancy and what is taken.",
        ),
    ],
)
@pytest.mark.parametrize("voice", list(Voice))
def test_each_kind_has_its_own_certain_line(answers, words, voice):
    html = page_of(answers, voice)
    assert words in plain(html)
    assert "If offices are closed" in plain(html)


@pytest.mark.parametrize("taken", [(NONE,), ("alcohol",), ("cannabis", "stimulants")])
def test_nothing_is_made_up_where_nothing_is_certain(taken):
    html = page_of({"substances": taken})
    assert headline(html) == "Nothing you told us so far is an emergency"
    text = plain(html)
    for words in ("Certain today", "before stopping", "If offices are closed", "Nothing formal"):
        assert words not in text


def test_danger_leads_the_first_answer_with_its_call():
    html = page_of({"danger-now": ("plan",), "substances": ("alcohol-daily",)})
    assert headline(html) == "Please do not stay alone with this. Call or text 988 now."
    main = html[html.index("<main") :]
    assert main.index("tel:988") < main.index("Certain today")
    assert 'class="btn btn-primary" href="/check/question/4"' not in main


@pytest.mark.parametrize("key", ["unknown", "refused", "later"])
@pytest.mark.parametrize("voice", list(Voice))
def test_where_danger_is_not_known_nobody_is_told_that_nothing_is_an_emergency(key, voice):
    html = page_of({"danger-now": (key,)}, voice)
    assert "is an emergency" not in plain(html)
    main = html[html.index("<main") :]
    assert "tel:911" in main
    assert "tel:988" in main
    assert main.count("<summary>") >= 3  # folded by name, for nobody knows that it is so
    assert main.index("In case it is so:") < main.index("Go on: ")
    assert "stop suddenly before" in plain(page_of({"substances": (key,)}, voice))


def test_the_first_answer_asks_the_database_once(django_assert_num_queries):
    client = browser(CALM | {"substances": ("alcohol-daily",)})
    with django_assert_num_queries(1):
        client.get(reverse("public:check_first"))


@pytest.mark.parametrize("taken", [(NONE,), ("alcohol",), ("alcohol-daily", "opioids")])
def test_how_many_are_to_come_is_said_part_by_part(taken):
    text = plain(page_of({"substances": taken}))
    fewest, most = map(int, re.search(r"Go on: (\d+) to (\d+) more questions", text).groups())
    parts = [int(count) for count in re.findall(r"(?:up to )?(\d+) questions?\b", text)]
    assert sum(parts) == most
    assert fewest <= most <= 22


def test_before_the_three_are_answered_there_is_no_first_answer():
    client = browser({"danger-now": (NONE,)})
    assert client.get(reverse("public:check_first"))["Location"] == "/check/question/2"


def test_under_18_goes_straight_to_help_for_young_people():
    client = browser({"danger-now": (NONE,), "substances": (NONE,)})
    assert answer(client, 3, "for-whom", "under-18") == "/check/result"
    assert client.get(reverse("public:check_first"))["Location"] == "/check/result"


def test_a_question_says_how_many_are_left_and_leads_to_what_is_certain_so_far():
    client = browser(CALM | {"substances": ("alcohol",)})
    html = client.get(reverse("public:check_question", args=[4])).content.decode()
    assert re.search(r"\d+ to \d+ questions to go", plain(html))
    assert 'href="/check/first"' in html
    first = browser({}).get(reverse("public:check_question", args=[1])).content.decode()
    assert 'href="/check/first"' not in first


def test_a_check_begun_with_earlier_questions_goes_on_and_loses_no_danger():
    client, token = Client(), "a token of a check begun before the questions changed"
    then = {"body-now": ("no",), "thoughts": ("none",), "hurt": ("by",), "age": ("adult",)}
    CheckDraft.objects.create(
        token_hash=hash_of(token),
        sealed=seal(Draft(Voice.ME, then), token),
        expires_at=now() + checks.KEPT_FOR,
    )
    client.cookies[settings.CHECK_COOKIE] = token
    html = client.get(reverse("public:check_result")).content.decode()
    assert 'href="tel:1-800-799-7233"' in html
    assert client.get(reverse("public:check_question", args=[1])).status_code == 200
    assert answer(client, 2, "substances", "alcohol") == "/check/now"  # not shown yet
    kept = check_draft(token=token, at=now()).answers
    assert kept["danger-now"] == ("by", "unknown")
