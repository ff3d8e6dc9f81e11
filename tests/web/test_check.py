"""The private check's draft: sealed, short-lived, thrown away, and never in an address or a log."""

import logging
import re
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from handrail.areas.checks import services as checks
from handrail.areas.checks.models import CheckDraft
from handrail.areas.checks.sealed_answers import CannotOpen, Draft, hash_of, seal, unseal
from handrail.areas.checks.selectors import check_draft
from handrail.core.check import Voice, way
from handrail.data import private_check
from handrail.foundation.clock import now
from handrail.web.public import check as pages
from handrail.web.public.frame import LEAVE_TO

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(client):
    """A browser with a check under way."""
    client.post(reverse("public:check_start_me"))
    return client


def answer(client, question, *keys, number=1, **more):
    address = reverse("public:check_question", args=[number])
    return client.post(address, {"question": question, "answer": list(keys), **more})


def token_of(client):
    return client.cookies[settings.CHECK_COOKIE].value


def test_no_cookie_of_ours_is_set_before_the_check_starts(client):
    client.get(reverse("public:check_start_me"))
    assert settings.CHECK_COOKIE not in client.cookies


def test_the_cookie_is_of_this_session_not_for_scripts_and_not_for_other_sites(started):
    cookie = started.cookies[settings.CHECK_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["path"] == "/"


def test_what_is_stored_cannot_be_read_without_the_browsers_key(started):
    answer(started, "danger-now", "none-of-these")
    answer(started, "substances", "ghb")
    row = CheckDraft.objects.get()
    stored = row.token_hash.encode() + bytes(row.sealed)
    assert row.token_hash == hash_of(token_of(started))
    assert b"substances" not in stored
    assert b"ghb" not in stored
    assert token_of(started).encode() not in stored
    with pytest.raises(CannotOpen):
        unseal(bytes(row.sealed), "another token")
    assert unseal(bytes(row.sealed), token_of(started)).answers["substances"] == ("ghb",)


def test_the_length_of_what_is_stored_does_not_tell_how_much_was_answered():
    short = seal(Draft(Voice.ME, {}), "token")
    long = seal(Draft(Voice.ME, {"thoughts": ("passive",), "attempt": ("recent",)}), "token")
    assert len(short) == len(long)


def test_the_database_refuses_a_token_that_is_not_hashed(as_app):
    with pytest.raises(psycopg.errors.CheckViolation):
        as_app.execute(
            "insert into checks_checkdraft values ('a plain token', 'x', now())",
        )


def test_thrown_away_answers_are_out_of_the_database_and_the_cookie_goes(started):
    answer(started, "danger-now", "none-of-these")
    gone = started.post(reverse("public:check_discard"))
    assert not CheckDraft.objects.exists()
    assert gone.cookies[settings.CHECK_COOKIE]["max-age"] == 0


def test_answers_expire_two_hours_after_the_last_one_and_are_then_deleted():
    begun = now()
    token = checks.start_check(voice=Voice.ME, at=begun)
    later = begun + timedelta(hours=1, minutes=59)
    assert check_draft(token=token, at=later)
    checks.change_check(token=token, change=lambda draft: draft, at=later)
    assert check_draft(token=token, at=later + timedelta(hours=1))
    end = later + timedelta(hours=2)
    assert check_draft(token=token, at=end) is None
    with pytest.raises(checks.DraftGone):
        checks.change_check(token=token, change=lambda draft: draft, at=end)


def test_somebody_elses_start_deletes_what_has_expired():
    checks.start_check(voice=Voice.ME, at=now() - timedelta(hours=3))
    checks.start_check(voice=Voice.SOMEONE, at=now())
    assert CheckDraft.objects.count() == 1


def test_an_expired_check_says_so_and_what_to_do(started):
    CheckDraft.objects.update(expires_at=now())
    for page in (
        started.get(reverse("public:check_question", args=[3])),
        answer(started, "danger-now", "none-of-these"),
        started.get(reverse("public:check_result")),
    ):
        assert page.status_code == 410
        text = page.content.decode()
        assert "There are no answers here" in text
        assert reverse("public:check_start_me") in text


def test_a_token_made_up_opens_nothing(client):
    client.cookies[settings.CHECK_COOKIE] = "made-up"
    assert client.get(reverse("public:check_result")).status_code == 410


def test_answering_leads_on_by_a_redirect_whose_address_holds_no_answer(started):
    page = answer(started, "danger-now", "none-of-these")
    assert (page.status_code, page["Location"]) == (302, "/check/question/2")
    page = answer(started, "danger-now", "plan")
    assert (page.status_code, page["Location"]) == (302, "/check/now")


def test_addresses_of_the_check_take_nothing_but_a_number():
    for pattern in get_resolver("handrail.web.public.urls").url_patterns:
        if str(pattern.pattern).startswith("check/"):
            assert set(pattern.pattern.converters) <= {"number"}


def test_pages_of_the_check_are_never_stored_by_the_browser(started):
    answer(started, "danger-now", "none-of-these")
    for address in ("question/1", "result", "want-less", "me", "thrown-away"):
        page = started.get(f"/check/{address}")
        assert "no-store" in page["Cache-Control"], address


def test_a_wrong_answer_keeps_the_others_and_says_what_is_missing(started):
    answer(started, "danger-now", "none-of-these")
    page = answer(started, "substances", number=2)
    assert (page.status_code, page["Location"]) == (302, "/check/question/2")
    assert 'role="alert"' in started.get(page["Location"]).content.decode()
    assert 'role="alert"' not in started.get(page["Location"]).content.decode()
    assert check_draft(token=token_of(started), at=now()).answers == {
        "danger-now": ("none-of-these",)
    }


def test_an_answer_to_a_question_that_is_no_longer_asked_changes_nothing(started):
    page = answer(started, "shaking-nobody-asked", "severe")
    assert page.status_code == 302
    assert check_draft(token=token_of(started), at=now()).answers == {}


def test_starting_anew_throws_the_earlier_answers_away(started):
    answer(started, "danger-now", "none-of-these")
    started.post(reverse("public:check_start_someone"))
    assert CheckDraft.objects.count() == 1
    assert check_draft(token=token_of(started), at=now()).voice is Voice.SOMEONE


def test_answers_reach_no_log_even_when_a_page_breaks(started, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    answer(started, "danger-now", "none-of-these")
    answer(started, "substances", "ghb", number=2)
    answer(started, "for-whom", number=3)
    monkeypatch.setattr(pages, "place", lambda draft: 1 / 0)
    started.raise_request_exception = False
    assert started.get(reverse("public:check_result")).status_code == 500
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert "/check/result" in written
    assert "ghb" not in written
    assert token_of(started) not in written


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://b.example"},
    ],
)
def test_a_form_that_another_site_sends_changes_nothing(started, headers):
    for path in ("me", "question/1", "discard", "want-less", "give", "give/back"):
        assert started.post(f"/check/{path}", headers=headers).status_code == 403, path
    assert CheckDraft.objects.count() == 1
    assert token_of(started)


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {}]
)
def test_our_own_form_needs_no_token(client, headers):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("public:check_start_me"), headers=headers).status_code == 302


def test_one_cookie_is_all_there_ever_is_and_it_comes_with_start():
    browser = Client(enforce_csrf_checks=True)
    for path in ("/", "/programs", "/check/me", "/check/someone", "/not-safe", "/tonight"):
        browser.get(path)
    assert dict(browser.cookies) == {}
    browser.post("/check/me")
    browser.get("/check/question/1")
    browser.post("/check/question/1", {"question": "danger-now", "answer": "body"})
    for path in ("now", "result", "want-less", "answers", "give"):
        browser.get(f"/check/{path}")
    assert list(browser.cookies) == [settings.CHECK_COOKIE]


def test_starting_again_and_again_is_stopped_and_says_what_to_do(client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(pages, "STARTS", 2)
    for _ in range(2):
        assert client.post("/check/me").status_code == 302
    answer = client.post("/check/me")
    assert answer.status_code == 429
    assert "call or text 988" in answer.content.decode()
    cache.clear()


# ---- danger: its own page, and an end ----------------------------------------------------------


DANGER = {
    "overdose": (("danger-now", "overdose"), "tel:911", "Two breaths, then one every five seconds"),
    "harm": (("danger-now", "harm"), "tel:911", "Get out of reach"),
    "psychosis": (("danger-now", "touch"), "tel:988", "mobile crisis team"),
    "violence": (("danger-now", "by"), "tel:1-800-799-7233", "plan with the hotline"),
    "child": (("danger-now", "child"), "tel:1-800-422-4453", "Childhelp"),
}


@pytest.mark.parametrize("kind", DANGER)
def test_danger_opens_a_page_of_its_own_kind_with_one_call_first_and_an_end(client, kind):
    (slug, key), first, words = DANGER[kind]
    client.post("/check/someone")
    number = [one.slug for one in way(private_check(), {})].index(slug) + 1
    answer = client.post(f"/check/question/{number}", {"question": slug, "answer": key})
    assert answer["Location"] == "/check/now"
    html = client.get("/check/now").content.decode()
    main = html[html.index("<main") :]
    assert re.search(r'class="btn btn-danger" href="([^"]+)"', main)[1] == first
    assert words in main
    assert "You can stop here" in main
    assert main.index("You can stop here") < main.index("go on with the questions")
    if kind != "psychosis":
        assert "Are you thinking of killing yourself" not in main


@pytest.mark.parametrize("kind", ["harm", "violence"])
def test_who_is_threatened_is_told_nowhere_on_the_page_to_stay(client, kind):
    (slug, key), _, _ = DANGER[kind]
    client.post("/check/someone")
    client.post("/check/question/1", {"question": slug, "answer": [key, "plan"]})
    for page in ("now", "result"):
        html = client.get(f"/check/{page}").content.decode()
        assert "tay with them" not in html
        assert "do not leave them alone" not in html


def test_stopping_really_ends_the_questions(client):
    client.post("/check/me")
    client.post("/check/question/1", {"question": "danger-now", "answer": "overdose"})
    html = client.get("/check/now").content.decode()
    stop = re.search(r'<form method="post" action="([^"]+)"><button class="btn">Stop', html)[1]
    client.post(stop)
    assert not CheckDraft.objects.exists()
    for page in ("question/2", "result", "now"):
        assert client.get(f"/check/{page}").status_code == 410


# ---- leaving -----------------------------------------------------------------------------------


def test_leaving_without_script_throws_the_answers_away_and_shows_a_neutral_page(started):
    answer = started.get("/leave")
    assert (answer.status_code, answer["Location"]) == (302, LEAVE_TO)
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not CheckDraft.objects.exists()
    assert answer.cookies[settings.CHECK_COOKIE]["max-age"] == 0


def test_another_site_that_points_there_throws_nothing_away(started):
    started.get("/leave", headers={"sec-fetch-site": "cross-site"})
    assert CheckDraft.objects.count() == 1


@pytest.mark.parametrize("path", ["/", "/programs", "/check/me", "/not-safe", "/time/x", "/about"])
def test_every_page_can_be_left(client, path):
    html = client.get(path).content.decode()
    assert 'href="/leave"' in html
    assert f'data-to="{LEAVE_TO}" data-discard="/check/discard"' in html


def test_a_refused_safety_question_shows_help_without_claiming_it_is_so(started):
    page = answer(started, "danger-now", "refused")
    assert page["Location"] == "/check/now"
    text = started.get("/check/now").content.decode()
    assert "In case it is so: what to do now" in text
    assert 'href="tel:911"' in text


def test_a_wish_that_is_none_of_ours_is_asked_again(started):
    page = started.post(reverse("public:check_want_less"), {"less": "the moon"})
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
