"""Three sides pull, and what it costs: the clocks of an appeal, and the counted example."""

import pytest

from handrail.data import read_table


@pytest.mark.django_db
def test_the_page_names_each_clock_of_an_appeal_beside_its_source(client):
    html = client.get("/three-sides").content.decode()
    for clock in ("180 days", "72 hours", "30 days", "60 days", "four months", "45 days"):
        assert clock in html
    for source in ("internal", "external", "erisa", "parity", "beetham", "kff"):
        assert f'href="#source-{source}"' in html
        assert f'id="source-{source}"' in html


@pytest.mark.django_db
def test_the_example_is_counted_and_not_typed(client):
    html = client.get("/what-it-costs").content.decode()
    # $1,800, then 20% of the other $4,200; 20% of $6,000; nothing; 24 × $250.
    for amount in ("<b>$2,640</b>", "<b>$1,200</b>", "<b>$0</b>", "<b>$6,000</b>"):
        assert amount in html
    assert "The sums are made up" in html


@pytest.mark.parametrize("page", ["three_sides", "costs"])
def test_every_source_says_that_it_was_seen_and_when(page):
    for source in read_table(f"pages/{page}.toml")["source"]:
        assert source["tag"] == "S"
        assert "20" in source["text"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/three-sides", "/what-it-costs"])
def test_the_pages_are_made_once_and_asked_about_again(client, address, django_assert_num_queries):
    tag = client.get(address).headers["ETag"]
    with django_assert_num_queries(0):
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.django_db
def test_home_and_the_levels_lead_there(client):
    assert 'href="/three-sides"' in client.get("/").content.decode()
    levels = client.get("/levels-of-care").content.decode()
    assert 'href="/three-sides"' in levels
    assert 'href="/what-it-costs"' in levels
