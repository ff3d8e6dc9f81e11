"""Booking in public: taken and next, what a link shows, how often, and what nobody gets to see."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.booking.models import Booking, BookingState
from handrail.areas.booking.services import publishing, slots
from handrail.areas.inquiries.models import Inquiry
from handrail.foundation import clock, tenancy
from handrail.web.public import booking as pages
from tests.areas.evening_track import Evening
from tests.factories import slots as make
from tests.factories.programs import AT

pytestmark = pytest.mark.django_db
FORM = {"called": "Jo", "phone": "555-0155", "email": "jo@example.org", "leave_message": "no"}


@pytest.fixture
def house(program, monkeypatch):
    """Four open times on Wednesday evening; the test itself stands outside any organization."""
    at(monkeypatch, AT)
    with tenancy.within(program.alder):
        made = Evening(program)
        made.published = make.publish(made.by, made.iop, street="12 Alder Street")
        made.slots = make.offer(made.by, made.owner)
    made.addresses = [f"/time/new/{make.token(made.published, one)}" for one in made.slots]
    return made


def at(monkeypatch, moment):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(moment.timestamp() - clock.real_now().timestamp()))


def text(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(words).split())


def book(client, house, slot=0, **more):
    return client.post(house.addresses[slot], FORM | more)


def bookings(house):
    with tenancy.within(house.program.alder):
        return list(Booking.objects.select_related("slot").order_by("booked_at"))


def test_from_open_times_to_a_booking_and_its_link(house, client):
    answer = client.get(f"/programs/{house.published.pk}/times")
    assert house.addresses[0] in answer.content.decode()
    assert "6:00 pm" in text(client.get(house.addresses[0]))
    answer = book(client, house)
    assert answer.status_code == 302
    said = text(client.get(answer.headers["Location"]))
    assert "Your time is set Wednesday, November 25, 6:00 pm EST" in said
    (made,) = bookings(house)
    assert (made.called, made.email, made.slot_id) == ("Jo", "jo@example.org", house.slots[0].pk)


def test_a_booking_keeps_the_language_of_its_page(house, client):
    answer = client.get(f"/es/programs/{house.published.pk}/times")
    address = re.search(r'href="(/es/time/new/[^"]+)"', answer.content.decode())[1]
    client.post(address, {"called": "Jo", "email": "jo@example.org", "about": "me"})
    (made,) = bookings(house)
    assert made.language == "es"


def test_who_comes_second_is_offered_the_next_with_what_they_typed(house, client):
    book(client, house)
    answer = book(client, house, called="Ada", phone="555-0166", email="")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody took that time a moment ago" in page
    assert page.index(house.addresses[1]) < page.index(house.addresses[2])
    assert 'name="called" value="Ada"' in page
    assert book(client, house, 1, called="Ada", phone="555-0166", email="").status_code == 302


def test_a_time_that_is_gone_says_so_before_anyone_types(house, client):
    book(client, house)
    answer = client.get(house.addresses[0])
    assert answer.status_code == 410
    assert "not open any more" in text(answer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"called": ""}, "Tell us what to call you"),
        ({"phone": "", "email": ""}, "Give a phone number or an e-mail"),
        ({"email": "jo"}, "does not look like an e-mail"),
    ],
)
def test_what_cannot_be_taken_keeps_everything_typed(house, client, wrong, said):
    answer = book(client, house, about="someone", **wrong)
    assert answer.status_code == 400
    assert said in text(answer)
    page = answer.content.decode()
    assert 'value="someone" checked' in page
    for name, value in (FORM | wrong).items():
        if value and name != "leave_message":
            assert f'value="{value}"' in page
    assert bookings(house) == []


def test_the_link_shows_the_time_and_nothing_else(house, client):
    link = book(client, house, called="Jo Quill").headers["Location"].partition("?")[0]
    said = text(client.get(link))
    for word in ("Quill", "555", "Alder", "Evening", "Ruth", "screening", "Handrail", "recovery"):
        assert word.lower() not in said.lower(), word
    assert "quill" not in link.lower()


def test_whoever_booked_reads_who_sees_it_and_the_kept_address_forgets_that(
    house, client, monkeypatch
):
    link = book(client, house).headers["Location"]
    said = text(client.get(link))
    assert "Nothing else was sent" in said
    assert "Book another time elsewhere" in said
    at(monkeypatch, AT + timedelta(minutes=11))
    kept = text(client.get(link))
    assert "Move it" in kept
    assert "elsewhere" not in kept
    assert "was sent" not in kept


def test_move_and_cancel_by_the_link_without_signing_in(house, client):
    link = book(client, house).headers["Location"].partition("?")[0]
    to = house.addresses[2].rpartition("/")[2]
    answer = client.post(f"{link}/move", {"to": to}, follow=True)
    assert "7:00 pm" in text(answer)
    answer = client.post(f"{link}/cancel", follow=True)
    assert "This time is canceled" in text(answer)
    assert bookings(house)[0].state == BookingState.CANCELED
    assert client.post(f"{link}/cancel").status_code == 400


def test_moving_to_a_taken_time_keeps_the_one_there_is(house, client):
    link = book(client, house).headers["Location"].partition("?")[0]
    book(client, house, 1, called="Ada", phone="555-0166", email="")
    answer = client.post(f"{link}/move", {"to": house.addresses[1].rpartition("/")[2]})
    assert answer.status_code == 409
    assert "Your time stays as it was" in text(answer)
    assert "6:00 pm" in text(client.get(link))
    assert client.post(f"{link}/move", {"to": "nonsense"}).status_code == 400


def test_the_link_ends_with_the_time(house, client, monkeypatch):
    link = book(client, house).headers["Location"].partition("?")[0]
    at(monkeypatch, house.slots[0].ends_at + timedelta(minutes=1))
    said = text(client.get(link))
    assert "That time is over" in said
    assert "6:00 pm" not in said
    assert client.post(f"{link}/cancel").status_code == 400


def test_made_up_links_are_a_plain_page(house, client):
    for path in ("/time/x", "/time/new/x", f"{house.addresses[0]}x"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "This link does not work" in text(answer)
    assert client.post("/time/x/cancel").status_code == 404
    assert client.get("/programs/6f2f8f2e-0000-4000-8000-000000000000/times").status_code == 404


def test_too_many_tries_are_stopped_and_book_nothing(house, client):
    cache.clear()
    for _ in range(pages.MOST):
        book(client, house, called="")
    answer = book(client, house)
    assert answer.status_code == 429
    assert "wait an hour" in text(answer)
    assert bookings(house) == []


def test_a_form_of_another_site_is_refused(house, client):
    answer = client.post(house.addresses[0], FORM, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert bookings(house) == []


def test_tonight_marks_what_is_open_today_and_else_the_next(house, client):
    said = text(client.get("/tonight"))
    assert "No first talk is open here today any more" in said
    assert "Wed, Nov 25, 6:00 pm" in said
    assert "988" in said
    with tenancy.within(house.program.alder):
        make.offer(house.by, house.owner, AT.date())
    said = text(client.get("/tonight"))
    assert "Book today, 6:00 pm" in said


def test_what_is_not_published_cannot_be_reached(house, client):
    with tenancy.within(house.program.alder):
        publishing.withdraw_program(published_id=house.published.pk, by=house.by, at=AT)
    assert client.get(house.addresses[0]).status_code == 404
    assert client.get(f"/programs/{house.published.pk}/times").status_code == 404
    assert "Evening program" not in text(client.get("/tonight"))


def test_a_page_of_times_costs_the_same_for_many_as_for_few(house, client):
    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = [f"/programs/{house.published.pk}/times", "/tonight", house.addresses[0]]
    few = [queries(path) for path in paths]
    with tenancy.within(house.program.alder):
        for day in (4, 7, 8):
            make.offer(house.by, house.owner, AT.date() + timedelta(days=day))
    assert [queries(path) for path in paths] == few
    assert max(few) <= 10


def test_nothing_of_a_person_is_kept_when_a_booking_fails(house, client):
    with tenancy.within(house.program.alder):
        slots.withdraw_slot(slot_id=house.slots[0].pk, by=house.by, at=AT)
    assert book(client, house).status_code == 409
    with tenancy.within(house.program.alder):
        assert not Inquiry.objects.exists()


def test_two_bookings_are_told_apart_by_marks_that_say_nothing(house, client):
    links = [book(client, house, slot=slot).headers["Location"] for slot in (0, 1)]
    pages_seen = [text(client.get(link.partition("?")[0])) for link in links]
    marks = [re.search(r"Mark: (\w{4}) \.", page)[1] for page in pages_seen]
    assert marks[0] != marks[1]
    again = text(client.get(links[0].partition("?")[0]))
    assert marks[0] in again


def test_the_calendar_file_has_a_neutral_title_and_nothing_of_what_it_is_for(house, client):
    link = book(client, house, called="Jo Quill").headers["Location"].partition("?")[0]
    answer = client.get(f"{link}/calendar")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "appointment.ics" in answer.headers["Content-Disposition"]
    entry = answer.content.decode()
    assert entry.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART:20261125T230000Z\r\n" in entry  # Wednesday at 6:00 pm EST
    mark = re.search(r"Mark: (\w{4}) \.", text(client.get(link)))[1]
    assert f"SUMMARY:Appointment {mark}\r\n" in entry
    for word in ("Quill", "555", "Alder", "Evening", "screening", "Handrail", "LOCATION", "http"):
        assert word.lower() not in entry.lower(), word
    assert link.rpartition("/")[2] not in entry


def test_the_calendar_file_ends_with_the_booking(house, client):
    link = book(client, house).headers["Location"].partition("?")[0]
    client.post(f"{link}/cancel")
    assert client.get(f"{link}/calendar").status_code == 404
    assert "Put it in a calendar" not in text(client.get(link))
    assert client.get("/time/made-up/calendar").status_code == 404


def test_who_gave_no_number_reads_that_an_e_mail_comes(house, client):
    by_mail = book(client, house, phone="").headers["Location"]
    assert "You gave no number. An e-mail comes before then" in text(client.get(by_mail))
    by_phone = book(client, house, slot=1).headers["Location"]
    assert "You will be called." in text(client.get(by_phone))
