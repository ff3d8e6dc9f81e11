"""The slide: what each step gives up is what the rules find, and the picture has its text."""

import re

import pytest

from handrail.core.findings import nothing_else
from handrail.core.placement.compare import compare, read_asked
from handrail.core.placement.recommend import recommend
from handrail.data import criteria_set, findings_catalogue, read_table


@pytest.fixture
def html(client, db):
    return client.get("/the-slide").content.decode()


def given_up():
    """How many needs each step of the page leaves unmet for its typical person."""
    table = read_table("pages/slide.toml")
    findings = nothing_else(table["typical"]["findings"], findings_catalogue())
    found = recommend(findings, criteria_set())
    return [
        len(compare(found, read_asked(row["asked"], found.care)).gives_up) for row in table["step"]
    ]


def test_every_step_gives_up_at_least_what_the_one_above_gives_up():
    lost = given_up()
    assert lost[0] == 0
    assert lost == sorted(lost)
    assert lost[-1] > lost[1]


def test_the_boxes_and_their_words_say_what_the_rules_find(html):
    lost = given_up()
    needed = max(lost)
    said = [(int(kept), int(all_)) for kept, all_ in re.findall(r"Gives (\d+) of (\d+)\.", html)]
    assert said == [(needed - one, needed) for one in lost]
    pictures = re.findall(r'<svg class="slide-marks".*?</svg>', html, re.DOTALL)
    assert [one.count('class="full"') for one in pictures] == [needed - one for one in lost]
    assert [one.count('class="open"') for one in pictures] == lost
    assert all('aria-hidden="true"' in one for one in pictures)


def test_less_is_told_to_be_right_where_the_rules_find_it_so(html):
    part = html.split('id="enough"')[1]
    alone = part.split("An hour of counseling")[0]
    assert "On their own is enough" in alone
    assert "<li>They have been well for a while.</li>" in alone
    assert "They drink a lot each day" not in part.split("</dl>")[0]


def test_less_is_never_called_enough_without_what_has_to_come_with_it(html):
    part = html.split('id="enough"')[1]
    opioids = re.search(r"<li>They use heroin[^<]*</li>", part)[0]
    assert "If it comes with medication for addiction, naloxone" in opioids


def test_they_want_less_leads_there_and_the_page_to_danger(client, html):
    assert 'href="/the-slide"' in client.get("/they-want-less").content.decode()
    assert 'href="/not-safe"' in html
