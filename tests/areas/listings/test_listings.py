"""Bringing in the locator's file, again and again, and finding what it lists."""

import json
from datetime import UTC, date, datetime

import pytest

from handrail.areas.listings.models import Listing
from handrail.areas.listings.selectors import listed_languages, listed_programs, listing
from handrail.areas.listings.services import import_listings
from handrail.core.listings import NotALocatorFile, Place, Wanted
from handrail.data import locator_words

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = date(2026, 11, 1)
HOME = Place(38.0293, -78.4767)

pytestmark = pytest.mark.django_db


def row(key, *, setting="Intensive outpatient treatment", **more):
    return {
        "frid": key,
        "name1": f"House {key}",
        "latitude": "38.03",
        "longitude": "-78.47",
        "services": [
            {"f2": "SET", "f3": setting},
            {"f2": "PAY", "f3": "Medicaid"},
            {"f2": "OL", "f3": "Spanish"},
        ],
    } | more


def bring(*rows, whole=False, day=DAY):
    return import_listings(
        data=list(rows), words=locator_words(), verified_date=day, whole=whole, at=AT
    )


def found(**wanted):
    return [one.listing.key for one in listed_programs(Wanted(**wanted))]


def test_a_second_file_renews_and_a_whole_one_takes_away_what_it_lacks():
    assert bring(row("a"), row("b")).kept == 2
    later = date(2026, 11, 20)
    done = bring(row("b", name1="House B, renamed"), row("c"), day=later)
    assert (done.kept, done.ended) == (2, 0)
    assert len(found()) == 3
    done = bring(row("b"), row("c"), whole=True, day=later)
    assert done.ended == 1
    assert set(found()) == {"b", "c"}
    assert Listing.objects.get(key="b").verified_date == later
    bring(row("a"))
    assert "a" in found(), "what comes back is shown again"


def test_a_row_that_cannot_be_read_is_named_and_another_file_changes_nothing():
    bring(row("a"))
    assert [one.row for one in bring(row("b"), {"name1": "no key"}).unread] == [2]
    with pytest.raises(NotALocatorFile):
        import_listings(
            data={"no": "rows"}, words=locator_words(), verified_date=DAY, whole=True, at=AT
        )
    assert set(found()) == {"a", "b"}


def test_filters_reach_the_database_and_the_distance_is_right():
    bring(
        row("near"),
        row("far", latitude="47.6", longitude="-122.3"),
        row("res", setting="Residential"),
    )
    assert found(levels=frozenset({"rtc"})) == ["res"]
    assert found(near=HOME, miles=25, levels=frozenset({"iop"})) == ["near"]
    assert found(near=HOME)[-1] == "far"
    assert found(insurance="medicare") == []
    assert list(listed_languages()) == ["english", "spanish"]
    one = listed_programs(Wanted(near=HOME, miles=5))[0]
    assert one.miles == pytest.approx(0.4, abs=0.2)
    again = listing(one.id)
    assert again is not None
    assert again.listing == one.listing


def test_all_of_the_real_directory_is_read(real_inputs):
    path = real_inputs / "directory" / "findtreatment_charlottesville_2019.json"
    done = import_listings(
        data=json.loads(path.read_text()),
        words=locator_words(),
        verified_date=date(2019, 6, 1),
        whole=True,
        at=AT,
    )
    assert (done.kept, done.unread) == (41, ())
    assert len(found(levels=frozenset({"iop"}))) == 8
    assert len(found()) == 41
    assert all(one.listing.phones for one in listed_programs(Wanted()))
