"""The Programs page: what it finds, what it says of itself, and what it never does."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from django.http import QueryDict

from handrail.areas.booking.selectors.published import published_programs
from handrail.areas.listings.services import import_listings
from handrail.data import locator_words
from handrail.data.lines import state_lines
from handrail.foundation import tenancy
from handrail.integrations.zip_codes import place_of, state_of
from handrail.web.public import programs as pages
from tests.factories import programs, slots

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def row(key, name, *, setting="Intensive outpatient treatment", pay="Medicaid", **more):
    return {
        "frid": key,
        "name1": name,
        "city": "Charlottesville",
        "state": "VA",
        "zip": "22902",
        "phone": "555-0100 x2",
        "latitude": "38.03",
        "longitude": "-78.47",
        "services": [{"f2": "SET", "f3": setting}, {"f2": "PAY", "f3": pay}],
    } | more


@pytest.fixture(autouse=True)
def listed():
    rows = [
        row("a", "Birch House"),
        row("b", "Cedar House", setting="Residential", pay="Medicare"),
        row("c", "Elm <b>House</b>", latitude="47.6", longitude="-122.3"),
    ]
    import_listings(
        data=rows, words=locator_words(), verified_date=date(2026, 11, 1), whole=True, at=AT
    )


def read(client, **asked):
    answer = client.get("/programs", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everything_listed_is_there_escaped_and_with_its_date(client):
    html = read(client)
    assert "3 programs from the national list" in html
    assert "Elm &lt;b&gt;House&lt;/b&gt;" in html
    assert "As of November 1, 2026." in html
    assert 'href="tel:5550100,2"' in html


def test_filters_find_what_fits(client):
    assert "Cedar House" not in read(client, level="iop")
    assert "Birch House" not in read(client, insurance="medicare")
    near = read(client, zip="22902", miles="25", level="iop")
    assert "Birch House" in near
    assert "Elm" not in near
    assert "less than a mile away" in near or "miles away" in near
    assert "Nothing on the national list fits all of that" in read(client, level="detox")


@pytest.mark.parametrize(
    "asked",
    [
        {"level": "<script>"},
        {"miles": "-3"},
        {"miles": "9" * 400},
        {"page": "99999999999999999999"},
        {"page": "²"},
        {"zip": "2290２"},
        {"zip": "x" * 500},
        {"language": "klingon" * 30},
    ],
)
def test_nonsense_asks_for_nothing_and_breaks_nothing(client, asked):
    assert "<script>" not in read(client, **asked)


def test_an_unknown_zip_code_is_said_and_the_rest_is_kept(client):
    html = read(client, zip="00000", level="iop")
    assert "We do not know this ZIP code." in html
    assert 'value="00000"' in html
    assert "Birch House" in html, "the other filters still hold"
    assert "Cedar House" not in html


def test_who_runs_the_site_is_said_and_nothing_is_set(client):
    html = read(client)
    assert "This site is run by Alder Street Recovery" in html
    assert not client.get("/programs").cookies


def test_lines_of_a_state_are_shown_for_its_zip_codes_only(client):
    assert "1-877-846-7369" in read(client, zip="10001")
    assert "1-877-846-7369" not in read(client, zip="22902")
    assert 'href="tel:988"' in read(client, zip="22902")


def test_more_than_a_page_is_turned_and_keeps_the_filters(client):
    rows = [row(f"k{number}", f"House {number:03}") for number in range(45)]
    import_listings(
        data=rows, words=locator_words(), verified_date=date(2026, 11, 1), whole=True, at=AT
    )
    first = read(client, level="iop")
    assert "House 009" in first
    assert "House 010" not in first
    assert "level=iop&amp;page=2#others" in first
    last = read(client, level="iop", page="5")
    assert "House 044" in last
    assert "More programs" not in last.split('aria-label="More programs"')[1]


def test_the_page_costs_a_fixed_number_of_queries(client, django_assert_num_queries):
    with django_assert_num_queries(5):
        read(client, level="iop", zip="22902")


def test_a_zip_code_is_found_without_asking_anybody():
    assert place_of("22902") is not None
    assert state_of("22902") == "VA"
    assert place_of("2290") is None
    assert state_of("00000") == ""


# ---- this site's programs ----------------------------------------------------------------------


@pytest.fixture
def two_houses(program):
    """A program of Harbor Light, earlier by name, and one of Alder Street, which runs the site."""
    for house, who, name, zip_code in (
        (program.harbor, "jonah", "A morning", "43604"),
        (program.alder, "paul", "Evening", "43215"),
    ):
        with tenancy.within(house):
            by = program.actor(who, house)
            slots.publish(by, programs.a_program(by, name=name), zip_code=zip_code)


def order_of(html):
    return sorted(("Alder Street Recovery", "Harbor Light Counseling"), key=here(html).find)


def here(html):
    return html.split('id="here"')[1].split('id="others"')[0].partition("<article")[2]


def test_the_house_that_runs_the_site_stands_first_and_that_is_said(client, two_houses):
    html = read(client)
    assert order_of(html) == ["Alder Street Recovery", "Harbor Light Counseling"]
    assert "So its own programs stand first" in html


def test_where_another_house_runs_the_site_nothing_is_claimed(client, two_houses, settings):
    settings.HANDRAIL_RUN_BY = settings.HANDRAIL_RUN_BY | {"name": "The county"}
    html = read(client)
    assert order_of(html) == ["Harbor Light Counseling", "Alder Street Recovery"]
    assert "stand first" not in html


def test_with_a_zip_code_the_nearest_stands_first_and_that_is_said(client, two_houses):
    html = read(client, zip="43604", miles="100")
    assert "The nearest stand first." in html
    assert "So its own programs stand first" not in html


@pytest.mark.parametrize("number", ["1-844-732-2465", "1-800-327-5050", "1-877-846-7369"])
def test_the_lines_of_states_are_the_numbers_that_were_read(client, number):
    """Read at nj211.org, helplinema.org and the state's own campaign (see data/lines.toml)."""
    assert f"{number}</a>" in read(client)


@pytest.mark.parametrize(
    ("zip_code", "offered"), [("43215", True), ("44101", True), ("90210", False)]
)
def test_online_care_reaches_as_far_as_the_license_and_no_farther(two_houses, zip_code, offered):
    """A house in Columbus, Ohio: shown in Cleveland, and not as bookable today in California."""
    house = replace(
        published_programs()[0], online=True, state="OH", latitude=39.96, longitude=-83.0
    )
    asked = pages._asked(QueryDict(f"zip={zip_code}&miles=25"))
    assert asked.near is not None
    assert pages._near_enough(house, asked) is offered


@pytest.mark.parametrize(("miles", "offered"), [(100, False), (150, True)])
def test_a_room_is_offered_within_the_miles_only(two_houses, miles, offered):
    """Columbus asks for a room in Toledo, about 118 miles away as the crow flies."""
    house = replace(
        published_programs()[0], online=False, latitude=None, longitude=None, zip_code="43604"
    )
    asked = replace(pages._asked(QueryDict("zip=43215")), miles=miles)
    assert pages._near_enough(house, asked) is offered


def test_a_room_whose_place_is_unknown_is_never_called_near(two_houses):
    house = replace(
        published_programs()[0], online=False, latitude=None, longitude=None, zip_code=""
    )
    assert not pages._near_enough(house, pages._asked(QueryDict("zip=43215&miles=100")))


def test_a_program_says_in_which_state_its_online_care_may_be_used(two_houses):
    house = replace(published_programs()[0], online=True, state="OH")
    asked = pages._asked(QueryDict(""))
    assert pages._card(house, (), asked, AT).licensed == "OH"
    assert pages._card(replace(house, online=False), (), asked, AT).licensed == ""


def test_what_belonging_to_a_center_changes_and_how_to_find_a_therapist_are_said(client):
    html = read(client)
    for id in ("part-of", "therapist"):
        assert f'href="#{id}"' in html
        assert f'id="{id}"' in html


def test_every_state_of_the_listed_programs_of_the_demo_has_its_line():
    text = files("handrail.demo").joinpath("listings.toml").read_text(encoding="utf-8")
    states = {one["state"] for one in tomllib.loads(text)["row"]}
    assert states <= {line.state for line in state_lines()}
