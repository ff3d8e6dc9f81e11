"""The public pages: what each of them carries, where it leads, what it weighs."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from handrail.data import care_catalogue
from handrail.data.wording import glossary
from handrail.web.public.frame import LEAVE_TO
from tests.web.pages import LEAVE, READING, SCRIPTS_OF_A_LESSON

pytestmark = pytest.mark.django_db
every_page = pytest.mark.parametrize("path", READING.values(), ids=READING.keys())
CHECK_DOORS = {"/check/me", "/check/someone"}


class Markup(HTMLParser):
    """The tags of a page, with their attributes, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if attributes.get("id")]


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@every_page
def test_a_page_has_a_title_a_language_and_one_main_heading(client, path):
    html = read(client, path)
    markup = Markup(html)
    assert markup.all("html") == [{"lang": "en-US"}]
    assert len(markup.all("h1")) == 1
    assert len(markup.all("main")) == 1
    assert re.search(r"<title>[^<]{4,} · Handrail</title>", html)
    assert markup.ids == list(dict.fromkeys(markup.ids)), "an id is used twice"


@every_page
def test_help_comes_first_and_the_warnings_last(client, path):
    html = read(client, path)
    links = [link["href"] for link in Markup(html).all("a")]
    assert links[:3] == ["#main", "tel:911", "tel:988"]
    foot = html[html.index("<footer") :]
    assert "do not stop suddenly" in foot
    assert "explains; it does not diagnose" in foot
    assert "Alder Street Recovery" in foot


@every_page
def test_a_page_sets_no_cookie(client, path):
    answer = client.get(path)
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers


@every_page
def test_a_page_has_few_scripts_needs_none_and_has_no_inline_style(client, path):
    markup = Markup(read(client, path))
    # One, to leave at once; without it the same link leads the same way.
    more = SCRIPTS_OF_A_LESSON if path.startswith("/family-and-friends") else []
    assert [one["src"] for one in markup.all("script")] == [LEAVE, *more]
    assert markup.all("style") == []
    inline = [name for _, given in markup.tags for name in given if name == "style"]
    handlers = [name for _, given in markup.tags for name in given if name.startswith("on")]
    assert inline + handlers == []


@every_page
def test_every_link_leads_somewhere(client, path):
    for link in Markup(read(client, path)).all("a"):
        address = urlsplit(link["href"])
        if address.scheme in ("tel", "sms"):
            continue
        if address.path == "/leave":
            assert client.get("/leave")["Location"] == LEAVE_TO
            continue
        if address.path in CHECK_DOORS:
            continue
        assert (address.scheme, address.netloc) == ("", ""), f"{link['href']} leaves the site"
        there = read(client, address.path or path)
        if address.fragment:
            assert address.fragment in Markup(there).ids, f"{link['href']} has no such place"


@every_page
def test_a_first_visit_weighs_at_most_150_kilobytes(client, path):
    html = read(client, path)
    weight = len(gzip.compress(html.encode()))
    for sheet in Markup(html).all("link"):
        found = finders.find(sheet["href"].removeprefix("/static/"))
        with open(found, "rb") as file:
            weight += len(gzip.compress(file.read()))
    assert weight <= 150_000


def test_home_opens_two_doors_and_a_small_third(client):
    links = [link["href"] for link in Markup(read(client, "/")).all("a")]
    assert set(links) >= CHECK_DOORS
    assert "/about#staff" in links


def test_the_levels_page_tells_every_level_place_and_addition(client):
    html = read(client, "/levels-of-care")
    care = care_catalogue()
    text = html.replace("&#39;", "'")
    for place in (*care.levels.values(), *care.acute_places.values()):
        for words in (place.week, place.costs_money, place.costs_time, place.costs_freedom):
            assert words in text
    for facet in care.facets.values():
        assert facet.plain in text


def test_the_stairs_are_drawn_top_step_first_with_acute_places_beside(client):
    html = read(client, "/")
    drawing = html[html.index("stairs-wide") : html.index("</svg>", html.index("stairs-wide"))]
    drawn = re.findall(r'class="stairs-name"[^>]*>([^<]+)<', drawing)
    assert drawn[:4] == ["RTC", "PHP", "IOP", "SOP"]
    beside = drawn[drawn.index("Beside the stairs") :]
    assert beside.count("Hospital") == 2
    assert {"Crisis care", "Detox"} <= set(beside)


def test_the_iop_page_adds_up(client):
    html = read(client, "/what-is-iop")
    minutes = re.findall(r"<small>[^<]*, (\d+) minutes</small>", html)
    assert sum(map(int, minutes)) == 180
    assert "9:00 pm" in html
    assert "37.7%" in html


def test_the_glossary_tells_every_term_once(client):
    html = read(client, "/glossary").replace("&#39;", "'").replace("&amp;", "&")
    assert len({term.anchor for term in glossary()}) == len(glossary())
    for term in glossary():
        assert term.meaning in html


@override_settings(
    HANDRAIL_RUN_BY={"name": "Elm Road Clinic", "programs": "day groups", "phone": "(555) 555-0199"}
)
def test_the_program_that_runs_the_site_is_named_on_it(client):
    html = read(client, "/about")
    assert "Elm Road Clinic" in html
    assert "Day groups" in html
    assert 'href="tel:5555550199"' in html
    assert "Alder Street" not in html


def test_an_address_that_leads_nowhere_shows_ways_on(client):
    answer = client.get("/no-such-page")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "There is no page here" in html
    assert 'href="/levels-of-care"' in html
    assert 'content="noindex"' in html


def test_a_fault_of_ours_says_so_and_keeps_the_numbers_to_call(client, monkeypatch):
    def broken():
        raise RuntimeError("the catalogue is gone")

    client.raise_request_exception = False
    monkeypatch.setattr("handrail.web.public.views.care_catalogue", broken)
    answer = client.get("/levels-of-care")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side" in html
    assert "tel:988" in html
    assert "catalogue" not in html


@every_page
def test_pages_are_only_read(client, path):
    assert client.post(path).status_code == 405
