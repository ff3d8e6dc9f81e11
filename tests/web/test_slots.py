"""Staff pages of availability, screening times and what the public sees."""

import re
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.booking.models import Booking, PublishedProgram, ScreeningSlot
from handrail.areas.booking.services import bookings
from handrail.areas.schedule.models import TimeAway
from handrail.foundation import clock, tenancy
from tests.areas.evening_track import Evening
from tests.factories import slots as make
from tests.factories.programs import AT, TODAY
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def house(program, monkeypatch):
    """Two times of Ines tonight, one of them booked, and four of Ruth's tomorrow."""
    go_to(monkeypatch, AT)
    with tenancy.within(program.alder):
        made = Evening(program)
        made.published = make.publish(made.by, made.iop)
        made.tonight = make.offer(made.by, program.place("ines"), TODAY, last=time(19))
        made.slots = make.offer(made.by, made.owner)
        made.booking = bookings.book(
            slot_id=made.tonight[0].pk, person=make.person("Renata"), by=made.by, at=AT
        )
    return made


def go_to(monkeypatch, moment):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(moment.timestamp() - clock.real_now().timestamp()))


def text(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(words).split())


def rows(house, table, **given):
    with tenancy.within(house.program.alder):
        return list(table.objects.filter(**given))


# ---- availability ------------------------------------------------------------------------------


def test_hours_are_set_and_stand_in_the_week(house, client, program):
    sign_in(client, program, "paul", program.alder)
    ruth = program.place("ruth").pk
    path = f"/staff/groups/availability/{ruth}/"
    typed = {"from_date": "2026-11-23", "start-2-1": "09:00", "end-2-1": "17:00"}
    answer = client.post(f"{path}week/", typed, follow=True)
    assert "Wednesday: 9 am to 5 pm" in text(answer)
    said = text(client.get("/staff/groups/availability/"))
    assert "works 9 am to 5 pm" in said
    assert "Not there: 6 to 6:30 pm has a screening time" in said
    assert "6 to 8 pm 4 screening times" in said
    assert "6 to 9 pm Evening IOP, session 11" in said


def test_half_typed_hours_are_kept_and_asked_for(house, client, program):
    sign_in(client, program, "paul", program.alder)
    path = f"/staff/groups/availability/{program.place('ruth').pk}/"
    answer = client.post(f"{path}week/", {"from_date": "2026-11-23", "start-0-1": "09:00"})
    assert answer.status_code == 400
    assert "Monday, to : Give both the beginning and the end" in text(answer)
    assert 'value="09:00"' in answer.content.decode()


def test_time_away_asks_first_and_then_stands(house, client, program):
    sign_in(client, program, "paul", program.alder)
    path = f"/staff/groups/availability/{program.place('ruth').pk}/"
    answer = client.post(f"{path}away/", {"from_date": "2026-11-25", "why": "training"})
    assert answer.status_code == 400
    assert "has a screening time on Wed, Nov 25" in text(answer)
    asked = re.search(r'name="confirmed" value="([^"]*)"', answer.content.decode())[1]
    answer = client.post(
        f"{path}away/",
        {"from_date": "2026-11-25", "why": "training", "confirmed": unescape(asked)},
        follow=True,
    )
    assert "training" in text(answer)
    (gone,) = rows(house, TimeAway)
    answer = client.post(f"/staff/groups/away/{gone.pk}/cancel/", follow=True)
    assert "There after all on Wed, Nov 25" in text(answer)


def test_a_date_of_its_own_is_set_and_taken_back(house, client, program):
    sign_in(client, program, "paul", program.alder)
    path = f"/staff/groups/availability/{program.place('ruth').pk}/"
    answer = client.post(f"{path}day/", {"local_date": "2026-11-27", "here": "no"}, follow=True)
    assert "Fri, Nov 27 does not work" in text(answer)
    answer = client.post(f"{path}day/", {"local_date": "2026-11-27", "forget": "yes"}, follow=True)
    assert "No date has hours of its own" in text(answer)
    assert client.post(f"{path}day/", {"local_date": "2026-11-27"}).status_code == 400


def test_rooms_on_and_off_the_list(house, client, program):
    sign_in(client, program, "paul", program.alder)
    answer = client.post("/staff/groups/rooms/", {"name": "Oak", "capacity": "5"}, follow=True)
    assert "Oak holds 5" in text(answer)
    assert client.post("/staff/groups/rooms/", {"name": "Oak", "capacity": "x"}).status_code == 400


@pytest.mark.parametrize("week", ["nonsense", "9999-01-01"])
def test_a_week_that_is_none_says_so(house, client, program, week):
    sign_in(client, program, "ruth")
    answer = client.get("/staff/groups/availability/", {"week": week})
    assert answer.status_code == 400
    assert "Week of Mon, Nov 23" in text(answer)


# ---- screening times ---------------------------------------------------------------------------


def test_tonights_screening_stands_on_today_until_it_is_marked(house, client, program, monkeypatch):
    sign_in(client, program, "ines")
    said = text(client.get("/staff"))
    assert "Renata Screening by phone, 555-0155. Leave no message." in said
    go_to(monkeypatch, AT + timedelta(hours=1))
    assert "Say whether they came" in text(client.get("/staff"))
    client.post(f"/staff/bookings/{house.booking.pk}/came/", {"came": "yes"})
    assert "Renata" not in text(client.get("/staff"))
    assert "kept" in text(client.get("/staff/slots/"))


def test_somebody_elses_screening_is_not_on_ones_today(house, client, program):
    sign_in(client, program, "mara")
    assert "Renata" not in text(client.get("/staff"))


def test_offering_leaves_out_what_is_not_free_and_says_so(house, client, program):
    sign_in(client, program, "ines")
    typed = {
        "membership_id": str(house.owner.pk), "how": "phone", "first": "18:00", "last": "19:00",
        "minutes": "30", "gap": "0", "dates": ["2026-11-25", "2026-11-27"],
    }  # fmt: skip
    answer = client.post("/staff/slots/offer/", typed, follow=True)
    said = text(answer)
    assert "2 times offered." in said
    assert "Left out: Ruth Okafor has a screening time on Wed, Nov 25" in said
    answer = client.post("/staff/slots/offer/", typed | {"dates": []})
    assert answer.status_code == 400
    assert 'value="18:00"' in answer.content.decode()


def test_book_move_and_cancel_for_somebody_on_the_phone(house, client, program):
    sign_in(client, program, "ines")
    free = house.tonight[1].pk
    assert client.post(f"/staff/slots/{free}/book/", {"called": "Ada"}).status_code == 400
    client.post(
        f"/staff/slots/{free}/book/", {"called": "Ada", "phone": "555-0166", "language": "es"}
    )
    (made,) = rows(house, Booking, called="Ada")
    assert made.language == "es"
    assert "Ada" in text(client.get("/staff/slots/"))
    to = house.slots[0].pk
    client.post(f"/staff/bookings/{made.pk}/move/", {"slot_id": str(to)})
    assert rows(house, Booking, called="Ada")[0].slot_id == to
    assert client.post(f"/staff/bookings/{made.pk}/move/", {"slot_id": "x"}).status_code == 400
    client.post(f"/staff/bookings/{made.pk}/cancel/")
    assert rows(house, Booking, called="Ada")[0].state == "canceled"
    answer = client.post(f"/staff/bookings/{made.pk}/cancel/")
    assert "canceled already" in text(answer)


def test_a_booked_time_is_not_withdrawn_and_an_open_one_is(house, client, program):
    sign_in(client, program, "ines")
    answer = client.post(f"/staff/slots/{house.tonight[0].pk}/withdraw/")
    assert "Somebody booked this time" in text(answer)
    client.post(f"/staff/slots/{house.tonight[1].pk}/withdraw/")
    assert len(rows(house, ScreeningSlot, withdrawn_at__isnull=False)) == 1


def test_the_director_publishes_verifies_and_takes_down(house, client, program):
    sign_in(client, program, "paul", program.alder)
    said = text(client.get("/staff/published/"))
    assert "public, verified November 24, 2026" in said
    path = f"/staff/published/{house.iop.pk}/"
    wrong = client.post(path, {"phone": "", "city": "Columbus" * 20, "state": "Ohio"})
    assert wrong.status_code == 400
    assert "Enter the phone number that people call." in text(wrong)
    assert "This has 160 characters; at most 80 fit." in text(wrong)
    assert f'value="{"Columbus" * 20}"' in wrong.content.decode()
    wrong = client.post(path, {"phone": "555-0142", "state": "Ohio"})
    assert "Write the state with its two letters" in text(wrong)
    client.post(path, {"phone": "555-0142", "insurance": "Medicaid, , Self-pay", "ages_from": "18"})
    (shown,) = PublishedProgram.objects.all()
    assert shown.insurance == ["Medicaid", "Self-pay"]
    client.post(f"/staff/published/{shown.pk}/verify/")
    client.post(f"/staff/published/{shown.pk}/withdraw/")
    assert "not public" in text(client.get("/staff/published/"))


def test_pages_cost_the_same_for_many_as_for_few(house, client, program):
    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    sign_in(client, program, "paul", program.alder)
    paths = [
        "/staff/slots/", "/staff/groups/availability/", "/staff/published/",
        f"/staff/bookings/{house.booking.pk}/",
        f"/staff/groups/availability/{house.owner.pk}/",
    ]  # fmt: skip
    for path in paths:
        client.get(path)
    few = [queries(path) for path in paths]
    with tenancy.within(program.alder):
        make.hours(house.by, house.owner)
        for name in ("dev", "mara"):
            make.hours(house.by, program.place(name))
            made = make.offer(house.by, program.place(name), FRIDAY, first=time(9), last=time(12))
            bookings.book(
                slot_id=made[0].pk, person=make.person(name, email=f"{name}@example.org"),
                by=house.by, at=AT,
            )  # fmt: skip
    for path in paths:
        client.get(path)  # whose bookings were looked at is written down once
    assert [queries(path) for path in paths] == few
