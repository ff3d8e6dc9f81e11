"""Wanting less and refusing everything, without a check: by the same rules, nothing stored."""

import re
from html import unescape

import pytest
from django.http import Http404
from django.test import RequestFactory

from handrail.core.findings import FindingError, nothing_else
from handrail.data import check_table, findings_catalogue
from handrail.data.wording import situations, sources
from handrail.web.public import wants_less as less
from tests.web.test_check_result import ALCOHOL, browser
from tests.web.test_check_result import plain as lines_of

WISHES = [row["key"] for row in check_table()["less"] if "about" in row]


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return lines_of(answer.content.decode())


def verdicts(client, wish):
    """What a wish's page says for each situation."""
    html = client.get(f"/they-want-less/{wish}").content.decode()
    rows = re.findall(r"(?s)<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", html)
    return {unescape(name): " ".join(re.sub("<[^>]+>", " ", said).split()) for name, said in rows}


def test_what_is_argued_for_can_be_picked_and_each_leads_to_its_page(client):
    html = client.get("/they-want-less").content.decode()
    for wish in WISHES:
        assert f'href="/they-want-less/{wish}"' in html
    assert {"detox", "thirty", "meetings", "alone", "hour", "medication"} <= set(WISHES)
    assert 'href="/they-refuse-everything"' in html
    assert 'href="/check/someone"' in html


@pytest.mark.parametrize("wish", WISHES)
def test_every_wish_has_words_a_verdict_for_each_situation_and_questions(client, wish):
    text = text_of(client, f"/they-want-less/{wish}")
    assert set(verdicts(client, wish)) >= {one.says for one in situations()}
    for words in ("Words for the kitchen table", "When not to argue", "The insurer"):
        assert words in text
    assert "“" in text[text.index("Words for the kitchen table") :]


def test_just_detox_leaves_out_what_comes_after_and_names_the_danger_with_opioids(client):
    said = verdicts(client, "detox")
    assert said["They use heroin, fentanyl or pain pills"].startswith("Leaves out")
    assert "The first weeks home are the most dangerous" in text_of(client, "/they-want-less/detox")


def test_alone_leaves_out_a_doctor_for_those_who_shake_and_is_reasonable_for_the_well(client):
    said = verdicts(client, "alone")
    assert "while the body lets go" in said["They drink a lot each day, or shake when they stop"]
    assert said["They have been well for a while"].startswith("Reasonable")


def test_detox_then_three_evenings_is_a_whole_plan_for_someone_in_withdrawal(client):
    said = verdicts(client, "detox-iop")
    assert said["They drink a lot each day, or shake when they stop"].startswith("Reasonable")


def test_nobody_argues_for_a_word_that_is_not_there():
    with pytest.raises(Http404):
        less.one_wish(RequestFactory().get("/"), "perfection")


def test_a_situation_that_names_an_unknown_finding_is_refused():
    with pytest.raises(FindingError):
        nothing_else({"drinks_tea": True}, findings_catalogue())


def test_an_example_says_no_to_every_danger_that_is_not_named():
    found = nothing_else({"home_with_use": True}, findings_catalogue())
    assert found["home_with_use"].answer is True
    assert found["suicide_plan_or_intent"].answer is False
    assert "supportive_home" not in found


# ---- after a check -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_after_a_check_the_questions_for_professional_and_insurer_are_there_too():
    client = browser(ALCOHOL, less="meetings")
    text = lines_of(client.get("/check/want-less").content.decode())
    assert "Which days and hours, how many weeks" in text
    assert "Please send me the rule and the reason in writing." in text


@pytest.mark.django_db
def test_only_the_medication_gives_up_the_hours_and_is_still_a_start():
    client = browser(ALCOHOL, less="medication")
    text = lines_of(client.get("/check/want-less").content.decode())
    assert "This would leave something out" in text
    assert "Support several times a week" in text


# ---- they refuse everything --------------------------------------------------------------------


def test_danger_comes_first_and_can_be_called_at_a_tap(client):
    html = client.get("/they-refuse-everything").content.decode()
    main = html[html.index("<main") :]
    assert main.index("Call 911 now when") < main.index("When they say")
    for address in ("tel:911", "tel:988", "sms:988", "tel:1-800-662-4357", "tel:1-800-799-7233"):
        assert f'href="{address}"' in main


def test_everything_a_family_can_do_without_a_yes_is_there(client):
    text = text_of(client, "/they-refuse-everything")
    for words in (
        "within the hour",
        "64 of 100",
        "30 to 90 minutes",
        "out of the house for now",
        "Draw few lines",
        "differ from state to state",
        "Al-Anon, Nar-Anon and SMART",
        "not legal advice",
    ):
        assert words in text, words


@pytest.mark.parametrize("address", ["/they-refuse-everything", "/they-want-less/alone"])
def test_every_source_that_is_cited_is_listed_and_every_listed_one_is_cited(client, address):
    html = client.get(address).content.decode()
    cited = set(re.findall(r'href="#(source-[\w-]+)"', html))
    assert cited == set(re.findall(r'<li id="(source-[\w-]+)"', html))


def test_every_fact_says_how_its_source_was_checked():
    for page in ("less", "refuse"):
        assert {one.tag for one in sources(page)} <= {"S", "M"}
        assert all(one.name and one.text for one in sources(page))


def test_the_next_opening_is_one_tap_away(client):
    html = client.get("/they-refuse-everything").content.decode()
    assert 'href="/programs">See programs and their next opening' in html


@pytest.mark.parametrize("wish", ["alone", "meetings", "detox", "hour"])
def test_whatever_they_argue_for_naloxone_and_medicine_are_named_for_opioids(client, wish):
    text = client.get(f"/they-want-less/{wish}").content.decode()
    assert "have naloxone at home and know how to give it" in text
    assert "buprenorphine can be asked for today" in text
