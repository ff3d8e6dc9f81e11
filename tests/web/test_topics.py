"""Short pages: each has every part, sources that exist, and a way in from home and the levels."""

import pytest

from handrail.data import read_table

TABLE = read_table("pages/topics.toml")
every_topic = pytest.mark.parametrize("row", TABLE["topic"], ids=lambda row: row["key"])


@every_topic
def test_a_topic_shows_its_lines_and_the_sources_it_cites_and_no_others(client, row, db):
    html = client.get(f"/about-what/{row['key']}").content.decode()
    for id in ("looks", "helps", "danger", "first"):
        assert f'id="{id}"' in html
    for line in (*row["looks"], *row["helps"], row["stopping"], row["first"]):
        assert line in html
    shown = {one["id"] for one in TABLE["source"] if f'id="source-{one["id"]}"' in html}
    assert shown == set(row["cites"])


def test_every_source_was_seen_and_is_cited():
    cited = {id for row in TABLE["topic"] for id in row["cites"]}
    assert cited == {one["id"] for one in TABLE["source"]}
    assert {one["tag"] for one in TABLE["source"]} == {"S"}


def test_an_unknown_topic_leads_nowhere(client, db):
    assert client.get("/about-what/luck").status_code == 404


def test_home_and_the_levels_lead_to_the_list_and_the_list_to_each(client, db):
    for address in ("/", "/levels-of-care"):
        assert 'href="/about-what"' in client.get(address).content.decode()
    html = client.get("/about-what").content.decode()
    assert all(f'href="/about-what/{row["key"]}"' in html for row in TABLE["topic"])
