"""The locator's file: what is taken from it, what is not, and what is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.listings import (
    EARTH_MILES,
    Listing,
    NotALocatorFile,
    Place,
    Unread,
    Wanted,
    find,
    miles_between,
    read_locator,
)
from handrail.data import care_catalogue, locator_words

WORDS = locator_words()
RICHMOND, CHARLOTTESVILLE = Place(37.5407, -77.4360), Place(38.0293, -78.4767)
places = st.builds(Place, st.floats(-89, 89), st.floats(-180, 180))


def a_row(**more):
    return {"frid": "k1", "name1": "Birch House", "services": []} | more


def says(**codes):
    return [{"f1": "", "f2": code, "f3": words} for code, words in codes.items()]


def read_one(**more) -> Listing:
    listings, unread = read_locator([a_row(**more)], WORDS)
    assert unread == []
    return listings[0]


def test_every_level_of_the_table_is_one_of_the_catalogue():
    care = care_catalogue()
    named = {
        *WORDS.levels.values(),
        WORDS.hospital_mental_health,
        WORDS.hospital_substance_use,
    }
    assert named <= set(care.levels) | set(care.acute_places)


def test_what_a_facility_says_becomes_levels_ways_and_insurance():
    one = read_one(
        name2="Evening house",
        street1="1 Elm St",
        street2="Floor 2",
        zip="22902-1234",
        phone="555-0100",
        intake1="555-0101",
        hotline1="555-0100",
        website="https://birch.example.org",
        latitude="38.03",
        longitude="-78.47",
        services=says(
            TC="Substance use treatment",
            SET="Outpatient; Intensive outpatient treatment; Telemedicine/telehealth",
            PAY="Medicaid; Cash or self-payment; Something new",
            PYAS="Sliding fee scale (fee is based on income and other factors)",
            AGE="Adults; Young adults",
            OT="Buprenorphine maintenance",
            OL="Spanish; German",
            SL="Services for the deaf and hard of hearing",
        ),
    )
    assert one.name == "Birch House, Evening house"
    assert one.street == "1 Elm St, Floor 2"
    assert one.zip_code == "22902"
    assert one.phones == ("555-0101", "555-0100")
    assert one.at == Place(38.03, -78.47)
    assert one.levels == {"counseling", "iop"}
    assert (one.online, one.in_a_room, one.medication, one.sliding_fee) == (True,) * 4
    assert one.treats == {"substance_use"}
    assert one.insurance == {"medicaid", "self_pay"}, "an unknown word is not guessed"
    assert one.ages == {"adults", "young_adults"}
    assert one.languages == {"english", "spanish", "german", "sign_language"}


def test_a_hospital_bed_is_for_what_the_facility_treats():
    mind = read_one(services=says(TC="Mental health treatment", SET="Hospital inpatient"))
    body = read_one(services=says(TC="Substance use treatment", SET="Hospital inpatient"))
    assert (mind.levels, body.levels) == ({"hospital_psychiatric"}, {"detox"})


def test_the_kind_of_facility_says_what_it_treats_where_nothing_else_does():
    assert read_one(typeFacility="SA").treats == {"substance_use"}
    assert read_one(typeFacility="MH").treats == {"mental_health"}
    assert read_one().treats == set()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.example.org", "http://x y.org"])
def test_only_a_plain_web_address_becomes_a_link(address):
    assert read_one(website=address).website == ""


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("", ""), ("0", "0"), ("91", "10"), ("north", "10"), (None, None)]
)
def test_a_place_that_cannot_be_is_no_place(latitude, longitude):
    assert read_one(latitude=latitude, longitude=longitude).at is None


def test_a_row_that_cannot_be_read_is_named_and_the_others_are_kept():
    listings, unread = read_locator(
        {"rows": [7, {"name1": "No key"}, {"frid": "k"}, a_row(services="all"), a_row()]}, WORDS
    )
    assert [one.key for one in listings] == ["k1"]
    assert [one.row for one in unread] == [1, 2, 3, 4]
    assert unread[1] == Unread(2, "it has no key of its own (“frid”)")


def test_services_that_say_nothing_are_passed_over():
    assert read_one(services=[None, {"f2": "SET"}, {"f2": "SET", "f3": 3}]).levels == set()


@pytest.mark.parametrize("other", [None, "text", {"listings": []}, 3])
def test_another_file_is_refused(other):
    with pytest.raises(NotALocatorFile, match="list of facilities"):
        read_locator(other, WORDS)


def test_the_last_row_of_a_key_stands():
    listings, _ = read_locator([a_row(), a_row(name1="Birch House renamed")], WORDS)
    assert [one.name for one in listings] == ["Birch House renamed"]


# ---- finding -----------------------------------------------------------------------------------


def some(key, **more):
    said = says(SET=more.pop("set", "Intensive outpatient treatment"), PAY="Medicaid")
    return read_one(frid=key, name1=key, services=said, **more)


HERE = some("here", latitude="38.0293", longitude="-78.4767")
THERE = some("there", latitude="37.5407", longitude="-77.4360")
SOMEWHERE = some("somewhere")
ONLINE = some("online", set="Telemedicine/telehealth")


def keys(**wanted):
    return [one.key for one, _ in find([SOMEWHERE, THERE, ONLINE, HERE], Wanted(**wanted))]


def test_the_nearest_comes_first_and_an_unknown_place_last():
    assert keys(near=CHARLOTTESVILLE) == ["here", "there", "online", "somewhere"]
    assert keys(near=CHARLOTTESVILLE, miles=30) == ["here"]
    assert keys() == ["here", "online", "somewhere", "there"]


def test_every_filter_leaves_out_what_does_not_fit():
    assert keys(levels=frozenset({"iop"})) == ["here", "somewhere", "there"]
    assert keys(how="online") == ["online"]
    assert keys(how="room") == ["here", "somewhere", "there"]
    assert keys(insurance="medicare") == []
    assert len(keys(insurance="medicaid")) == 4
    assert keys(language="spanish") == []
    assert len(keys(language="english")) == 4


def test_a_known_distance():
    # Sixty-six miles as the crow flies, give or take where a city is taken to be.
    assert miles_between(CHARLOTTESVILLE, RICHMOND) == pytest.approx(66, rel=0.03)


@given(places, places)
def test_a_distance_is_the_same_both_ways_and_never_round_the_world(one, other):
    miles = miles_between(one, other)
    assert miles == pytest.approx(miles_between(other, one), abs=1e-6)
    assert 0 <= miles <= EARTH_MILES * 3.1416
