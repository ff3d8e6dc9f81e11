"""The page on which someone is admitted: the list, the tracks, the course, the first days."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.areas.admission.models import FirstContact
from handrail.areas.clients.models import Episode
from handrail.areas.consents import services as clients
from handrail.areas.enrollment.models import Appointment
from handrail.areas.referrals.models import Referral
from handrail.core.course.schedule import Weekday
from handrail.foundation import clock, tenancy
from tests.areas.referrals.referring import a_referral
from tests.factories import programs as make
from tests.staff import sign_in

ZONE = "America/New_York"

pytestmark = pytest.mark.django_db


@pytest.fixture
def track(program):
    """A group of every day, from tomorrow on: today's session may have begun by now."""
    tomorrow = clock.today(ZONE) + timedelta(days=1)
    with tenancy.within(program.alder):
        by = program.actor("paul")
        return make.a_track(
            by,
            make.a_program(by),
            days=tuple(Weekday),
            first=tomorrow,
            until=tomorrow + timedelta(days=90),
            seats=4,
        )


@pytest.fixture
def joy(program):
    """Someone without an episode, who was given the notice."""
    with tenancy.within(program.alder):
        by = program.actor("ruth")
        person = make.a_client(program.actor("paul"), name="Joy Castillo", level="")
        clients.give_notice(client_id=person.pk, signed_name="Joy Castillo", by=by, at=clock.now())
        return person


@pytest.fixture
def ines(program, client):
    sign_in(client, program, "ines", program.alder)
    return client


def address(person):
    return reverse("staff:admit", args=[person.pk])


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def form(answer, track, **more):
    """What the page's form holds, with its question answered."""
    asked = re.search(r'name="confirmed" value="([^"]+)"', answer.content.decode())
    return {
        "track_id": str(track.pk),
        "from_date": clock.today(ZONE).isoformat(),
        "days": [str(one) for one in track.days],
        "confirmed": asked[1] if asked else "",
    } | more


def test_the_list_says_what_is_open_and_where_it_is_done(ines, joy, track):
    answer = ines.get(address(joy))
    page = words(answer)
    assert "The notice of confidentiality was given" in page
    assert "No recommendation is on file Make a recommendation" in page
    assert reverse("staff:chart_coverage", args=[joy.pk]) in answer.content.decode()
    assert "Evening IOP" in page
    assert "4 seats free" in page


def test_busy_times_are_held_against_a_track_and_kept_as_typed(ines, joy, track):
    typed = {
        "busy_days": ["weekdays", "", ""],
        "busy_from": ["17:00", "", ""],
        "busy_until": ["19:00", "", ""],
        "track_id": str(track.pk),
    }
    answer = ines.get(address(joy), typed)
    assert "It meets when they cannot come: Mon, Tue, Wed, Thu, Fri" in words(answer)
    assert "sessions when they cannot come" in words(answer)
    assert 'value="17:00"' in answer.content.decode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("weekdays", "five", "19:00"), "is not a time"),
        (("", "17:00", "19:00"), "Choose the days"),
        (("0", "19:00", "17:00"), "ends before it begins"),
    ],
)
def test_a_time_that_cannot_be_read_is_said(ines, joy, track, row, said):
    typed = dict(zip(("busy_days", "busy_from", "busy_until"), row, strict=True))
    assert said in words(ines.get(address(joy), typed))


def test_a_day_that_is_none_is_said(ines, joy, track):
    assert "is not a day" in words(ines.get(address(joy), {"from_date": "soon"}))


def test_admitted_with_the_first_days_and_a_call_written_down(ines, joy, track, program):
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    answer = ines.post(address(joy), form(shown, track))
    assert answer.status_code == 302
    page = words(ines.get(address(joy)))
    assert "In care since" in page
    assert "Before the first session" in page
    with tenancy.within(program.alder):
        assert Episode.objects.get(client=joy).levels.get().level == "iop"
        call = FirstContact.objects.order_by("due_date").first()
    logging = reverse("staff:log_first_contact", args=[call.pk])
    wrong = ines.post(logging, {"words": " "})
    assert wrong.status_code == 400
    assert "Say what you heard" in words(wrong)
    ines.post(logging, {"words": "Has a ride."})
    assert "Has a ride." in words(ines.get(address(joy)))
    assert ines.get(logging).status_code == 302


def test_the_first_call_is_on_today(ines, joy, track):
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    ines.post(address(joy), form(shown, track))
    today = ines.get(reverse("staff:today"))
    assert "Before the first session" in words(today)
    assert address(joy) in today.content.decode()


def test_what_is_open_has_to_be_confirmed_and_nothing_typed_is_lost(ines, joy, track, program):
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    answer = ines.post(address(joy), form(shown, track, confirmed="", reason="They work days."))
    assert answer.status_code == 400
    assert "say that it is meant" in words(answer)
    assert 'value="They work days."' in answer.content.decode()
    with tenancy.within(program.alder):
        assert not Episode.objects.filter(client=joy).exists()


def test_without_the_notice_there_is_no_button_and_a_post_is_refused(ines, track, program):
    with tenancy.within(program.alder):
        person = make.a_client(program.actor("paul"), level="")
    shown = ines.get(address(person), {"track_id": str(track.pk)})
    assert "Give the notice" in words(shown)
    assert "Admit to" not in words(shown)
    answer = ines.post(address(person), form(shown, track))
    assert answer.status_code == 400
    with tenancy.within(program.alder):
        assert not Episode.objects.filter(client=person).exists()


def test_a_track_that_filled_up_meanwhile_says_so(ines, joy, track, program):
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    with tenancy.within(program.alder):
        by = program.actor("paul")
        for _ in range(4):
            make.in_track(by, track, make.a_client(by), clock.today(ZONE))
    answer = ines.post(address(joy), form(shown, track))
    assert answer.status_code == 400
    assert "is full on" in words(answer)


@pytest.mark.parametrize("change", [{"track_id": ""}, {"track_id": "x"}, {"from_date": "soon"}])
def test_a_form_that_was_changed_by_hand_is_refused(ines, joy, track, change):
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    assert ines.post(address(joy), form(shown, track, **change)).status_code == 400


def test_the_first_hour_needs_all_three_and_is_booked_with_the_admission(ines, joy, track, program):
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    assert "First hour with a counselor" in words(shown)
    hour = {"meeting_date": (clock.today(ZONE) + timedelta(days=1)).isoformat()}
    answer = ines.post(address(joy), form(shown, track, **hour))
    assert answer.status_code == 400
    assert "or leave all three empty" in words(answer)
    with tenancy.within(program.alder):
        hour |= {"meeting_time": "10:00", "meeting_with": str(program.place("ruth").pk)}
    assert ines.post(address(joy), form(shown, track, **hour)).status_code == 302
    with tenancy.within(program.alder):
        assert Appointment.objects.get(client=joy).membership_id == program.place("ruth").pk


def test_more_tracks_and_people_cost_no_more_queries(ines, joy, track, program):
    def queries():
        ines.get(address(joy), {"track_id": str(track.pk)})
        with CaptureQueriesContext(connection) as found:
            ines.get(address(joy), {"track_id": str(track.pk)})
            return len(found)

    today = clock.today(ZONE)
    with tenancy.within(program.alder):
        by = program.actor("paul")
        make.in_track(by, track, make.a_client(by), today)
    few = queries()
    with tenancy.within(program.alder):
        for number in range(3):
            if number:
                make.in_track(by, track, make.a_client(by), today)
            more = {"first": today, "until": today + timedelta(days=60), "room": ""}
            make.a_track(by, track.program, name=f"Online {number}", **more)
    assert queries() == few


def test_who_comes_back_is_said_first_and_is_back_afterwards(ines, joy, track, program):
    with tenancy.within(program.alder):
        sent = a_referral(
            program.actor("ruth"), joy, program.place("ruth"), at=clock.now() - timedelta(days=31)
        )
        Referral.objects.filter(pk=sent.pk).update(state="admitted")
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    assert "Expected back" in words(shown)
    assert "from Maple Ferry House" in words(shown)
    ines.post(address(joy), form(shown, track, referral_id=str(sent.pk)))
    with tenancy.within(program.alder):
        assert Referral.objects.get(pk=sent.pk).state == "returned"


def test_the_chart_leads_there_only_while_nobody_is_in_care(ines, joy, track):
    about = reverse("staff:chart_about", args=[joy.pk])
    assert address(joy) in ines.get(about).content.decode()
    shown = ines.get(address(joy), {"track_id": str(track.pk)})
    ines.post(address(joy), form(shown, track))
    assert f'href="{address(joy)}"' not in ines.get(about).content.decode()


def test_another_house_is_not_here(client, joy, program):
    sign_in(client, program, "jonah", program.harbor)
    assert client.get(address(joy)).status_code == 404
