"""Pages to read are made once: what a copy holds on, and what it never carries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from handrail.areas.booking.services import publishing
from handrail.areas.listings.services import import_listings
from handrail.data import locator_words
from handrail.foundation import clock, tenancy
from handrail.web.public import views
from tests.areas.evening_track import Evening
from tests.factories import slots as make
from tests.factories.programs import AT
from tests.web.pages import READING

pytestmark = pytest.mark.django_db
every_page = pytest.mark.parametrize(
    "path", [*READING.values(), "/es/", "/es/programs"], ids=lambda path: path
)


@pytest.fixture
def house(program, monkeypatch):
    """A published program with open times on Wednesday evening."""
    at(monkeypatch, AT)
    with tenancy.within(program.alder):
        made = Evening(program)
        made.published = make.publish(made.by, made.iop, street="12 Alder Street")
        made.slots = make.offer(made.by, made.owner)
    return made


def at(monkeypatch, moment):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(moment.timestamp() - clock.real_now().timestamp()))


def text(client, path="/programs"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def times_made(monkeypatch):
    """Counts how often the home page is really made."""
    made, stairs = [], views._stairs
    monkeypatch.setattr(views, "_stairs", lambda: made.append(1) or stairs())
    return made


# ---- unchanged ---------------------------------------------------------------------------------


@every_page
def test_a_browser_that_has_the_page_is_told_that_it_is_unchanged(client, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"if-none-match": '"another"'}).status_code == 200


@every_page
def test_the_second_look_is_the_same_page_with_the_same_headers_and_no_cookie(client, path):
    first, second = client.get(path), client.get(path)
    assert second.content == first.content
    assert second.headers == first.headers
    assert not second.cookies
    assert "Vary" not in second.headers
    for name in ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "ETag"):
        assert second.headers[name]
    assert second.headers["Cache-Control"] == "no-cache"


def test_each_language_has_its_own_copy(client):
    english, spanish = client.get("/levels-of-care"), client.get("/es/levels-of-care")
    assert english["ETag"] != spanish["ETag"]
    assert 'lang="en-US"' in text(client, "/levels-of-care")
    assert 'lang="es-US"' in text(client, "/es/levels-of-care")


def test_a_page_is_made_once_for_all_who_look(client, django_client, monkeypatch):
    made = times_made(monkeypatch)
    for _ in range(3):
        text(client, "/")
    assert len(made) == 1


def test_a_cookie_of_somebody_signed_in_asks_no_session_and_no_database(
    client, django_assert_num_queries
):
    text(client, "/")
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    with django_assert_num_queries(0):
        answer = client.get("/")
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-cache"


def test_the_programs_page_asks_two_things_of_the_database_when_nothing_changed(
    house, client, django_assert_num_queries
):
    text(client)
    with django_assert_num_queries(2):
        text(client)


def test_what_is_no_page_to_read_is_never_kept(client):
    for path in ("/check/me", "/tonight", "/no-such-page", "/time/x"):
        client.get(path)
        assert "ETag" not in client.get(path).headers


def test_a_long_or_filled_memory_still_answers(client, monkeypatch):
    monkeypatch.setattr("handrail.web.public.kept.MOST", 2)
    for number in range(5):
        assert "Programs" in text(client, f"/programs?page={number}")
    assert "Programs" in text(client, "/programs?zip=" + "9" * 400)


# ---- changed -----------------------------------------------------------------------------------


def test_who_runs_the_site_changes_every_page_at_once(client):
    text(client, "/about")
    elm = {"name": "Elm Road Clinic", "programs": "day groups", "phone": "(555) 555-0199"}
    with override_settings(HANDRAIL_RUN_BY=elm, HANDRAIL_RUN_BY_IN={}):
        assert "Elm Road Clinic" in text(client, "/about")
    assert "Elm Road Clinic" not in text(client, "/about")


def test_a_booked_time_is_gone_from_the_page_at_once_in_both_languages(house, client):
    first = f"/time/new/{make.token(house.published, house.slots[0])}"
    assert first in text(client)
    assert f"/es{first}" in text(client, "/es/programs")
    client.post(first, {"called": "Jo", "phone": "555-0155", "email": "", "leave_message": "no"})
    assert first not in text(client)
    assert first not in text(client, "/es/programs")


def test_a_program_that_is_published_anew_or_withdrawn_shows_at_once(house, client):
    assert "12 Alder Street" in text(client)
    with tenancy.within(house.program.alder):
        make.publish(house.by, house.iop, street="14 Birch Street")
    assert "14 Birch Street" in text(client)
    assert "12 Alder Street" not in text(client)
    with tenancy.within(house.program.alder):
        publishing.withdraw_program(published_id=house.published.pk, by=house.by, at=AT)
    assert "14 Birch Street" not in text(client)


def test_a_new_list_of_programs_elsewhere_shows_at_once(client):
    def bring(name, hours):
        import_listings(
            data=[
                {
                    **{"frid": "a", "name1": name, "city": "Dayton", "state": "OH", "zip": "45402"},
                    **{"phone": "555-0100", "latitude": "39.7", "longitude": "-84.2"},
                    "services": [{"f2": "SET", "f3": "Intensive outpatient treatment"}],
                }
            ],
            words=locator_words(),
            verified_date=date(2026, 11, 1),
            whole=True,
            at=datetime(2026, 11, 24, hours, tzinfo=UTC),
        )

    assert "Birch House" not in text(client)
    bring("Birch House", 12)
    assert "Birch House" in text(client)
    bring("Cedar House", 13)
    assert "Cedar House" in text(client)
    assert "Birch House" not in text(client)


def test_a_time_that_begins_and_a_day_that_ends_are_gone_without_anybody_changing_anything(
    house, client, monkeypatch
):
    def offered():
        return f"/time/new/{make.token(house.published, house.slots[0])}" in text(client)

    assert offered()
    assert "Book Wed, Nov 25, 6:00 pm" in text(client)
    at(monkeypatch, house.slots[0].starts_at - timedelta(hours=6))
    assert "Book today, 6:00 pm" in text(client)
    at(monkeypatch, house.slots[0].starts_at + timedelta(seconds=1))
    assert not offered()


def test_other_filters_are_other_pages(house, client):
    assert "12 Alder Street" in text(client)
    assert "12 Alder Street" not in text(client, "/programs?level=rtc")
    assert "12 Alder Street" in text(client, "/programs?level=iop")
