"""A lesson a week by e-mail, over HTTP: asking, saying yes, stopping."""

import pytest

from handrail.areas.lessons.models import PageLetter, Subscription
from handrail.areas.lessons.tokens import subscription_token
from handrail.data.lessons import SLUGS
from handrail.web.public.lessons import weekly
from tests.web.test_spanish import left_in_english

pytestmark = pytest.mark.django_db


def ask(client, email="jo@example.org", language="", **more):
    return client.post(f"{language}/weekly", {"email": email}, **more)


def link(tail="", language=""):
    return f"{language}/weekly/{subscription_token(Subscription.objects.get().pk)}{tail}"


def text(answer):
    return answer.content.decode()


def test_the_course_leads_to_the_form_and_the_form_asks_for_an_address_alone(client):
    assert 'href="/weekly"' in text(client.get("/family-and-friends"))
    html = text(client.get("/weekly"))
    assert html.count("<input") == 1
    assert 'content="noindex"' in html
    assert (
        client.get("/weekly")["Cache-Control"]
        == "max-age=0, no-cache, no-store, must-revalidate, private"
    )


def test_every_address_is_answered_the_same(client):
    first = text(ask(client))
    Subscription.objects.update(confirmed_at=Subscription.objects.get().asked_at)
    assert text(ask(client)) == first
    assert "Look into your mail" in first
    assert Subscription.objects.count() == 1


def test_what_is_no_address_comes_back_with_what_was_typed(client):
    answer = ask(client, "jo at example")
    assert answer.status_code == 400
    assert 'value="jo at example"' in text(answer)
    assert "That does not look like an e-mail address." in text(answer)
    assert 'aria-invalid="true"' in text(answer)
    assert not Subscription.objects.exists()


def test_opening_the_link_confirms_nothing_and_the_button_does(client):
    ask(client)
    assert "Yes, send them" in text(client.get(link()))
    client.head(link())
    assert Subscription.objects.get().confirmed_at is None
    assert "The first one is on its way" in text(client.post(link()))
    assert list(PageLetter.objects.order_by("number").values_list("number", flat=True)) == [0, 1]


def test_opening_the_link_stops_nothing_and_the_button_does(client):
    ask(client)
    address = link("/stop")
    assert "Stop and delete my address" in text(client.get(address))
    assert Subscription.objects.exists()
    assert "Your address is deleted" in text(client.post(address))
    assert not Subscription.objects.exists()
    assert "Your address is deleted" in text(client.get(address))


def test_the_button_of_a_mail_program_stops_with_one_press(client):
    """RFC 8058: a POST with these words, no cookie, and no page it comes from."""
    ask(client)
    answer = client.post(link("/stop"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscription.objects.exists()


def test_another_sites_page_can_neither_ask_nor_confirm_nor_stop(client):
    ask(client)
    elsewhere = {"headers": {"sec-fetch-site": "cross-site"}}
    assert ask(client, "ada@example.org", **elsewhere).status_code == 403
    for address in (link(), link("/stop")):
        assert client.post(address, **elsewhere).status_code == 403
    assert Subscription.objects.get().confirmed_at is None


def test_a_link_that_is_over_says_so_and_one_that_was_changed_is_not_there(client):
    ask(client)
    address = link()
    Subscription.objects.all().delete()
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 410
        assert "This link is not valid any more" in text(answer)
    assert client.get(f"{address}x").status_code == 404
    assert client.post(f"{address}x/stop").status_code == 404


def test_one_place_may_type_a_few_addresses_an_hour(client):
    for number in range(weekly.MOST):
        assert ask(client, f"jo{number}@example.org").status_code == 200
    answer = ask(client, "last@example.org")
    assert answer.status_code == 429
    assert 'value="last@example.org"' in text(answer)
    assert Subscription.objects.count() == weekly.MOST


def test_a_letters_number_leads_to_its_lesson(client):
    for number, slug in enumerate(SLUGS, 1):
        assert client.get(f"/page/{number}")["Location"] == f"/family-and-friends/{slug}"
    assert client.get("/es/page/2")["Location"] == f"/es/family-and-friends/{SLUGS[1]}"
    assert client.get("/page/0").status_code == client.get("/page/9").status_code == 404


def test_every_step_is_in_spanish(client):
    assert left_in_english(text(client.get("/es/weekly"))) == []
    assert left_in_english(text(ask(client, "jo", "/es"))) == []
    assert left_in_english(text(ask(client, language="/es"))) == []
    assert Subscription.objects.get().language == "es"
    for address in (link(language="/es"), link("/stop", "/es")):
        assert left_in_english(text(client.get(address))) == []
        assert left_in_english(text(client.post(address))) == []


def test_search_engines_are_kept_away_from_the_links(client):
    robots = text(client.get("/robots.txt"))
    assert "Disallow: /weekly/\n" in robots
    assert "Disallow: /es/weekly/\n" in robots
