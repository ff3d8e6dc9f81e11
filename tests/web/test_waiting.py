"""The page of the waiting list: its order and why, attempts, something meanwhile, on and off."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.areas.consents import services as clients
from handrail.areas.waitlist import services
from handrail.areas.waitlist.models import WaitingPlace
from handrail.foundation import clock, tenancy
from tests.factories import programs as make
from tests.staff import sign_in

ZONE = "America/New_York"

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(program):
    """A track with one seat, which is taken."""
    today = clock.today(ZONE)
    with tenancy.within(program.alder):
        by = program.actor("paul")
        more = {"first": today, "until": today + timedelta(days=90), "seats": 1}
        track = make.a_track(by, make.a_program(by), **more)
        make.in_track(by, track, make.a_client(by), today)
        return track


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


def at(name, **keys):
    return reverse(f"staff:{name}", kwargs=keys)


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asked(track, /, **more):
    return {
        "program": str(track.program_id),
        "since": clock.today(ZONE).isoformat(),
        "priority": "others",
        "source": "Said so on the phone.",
    } | more


def put(program, person, track, days=0, priority="others"):
    with tenancy.within(program.alder):
        return services.put_on(
            client_id=person.pk,
            program_id=track.program_id,
            priority=priority,
            source="Said so on the phone.",
            since=clock.today(ZONE) - timedelta(days=days),
            by=program.actor("ines"),
            at=clock.now(),
        )


def test_put_on_from_the_admission_page_where_no_seat_is_free(ines, joy, full):
    page = ines.get(at("admit", client_id=joy.pk)).content.decode()
    link = re.search(r'href="([^"]+/waiting/\?[^"]+)"', page)[1].replace("&amp;", "&")
    form = ines.get(link)
    assert f'value="{full.pk}" selected' in form.content.decode()
    answer = ines.post(
        at("waiting_new", client_id=joy.pk), asked(full, track=str(full.pk)), follow=True
    )
    said = words(answer)
    assert "Joy Castillo is on the list of Evening program." in said
    assert "No seat is free" in said
    assert "Only Evening IOP" in said
    assert "In the order in which they asked" in said
    assert "Waits for Evening program" in words(ines.get(at("chart", client_id=joy.pk)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"program": ""}, "Choose a program."),
        ({"priority": ""}, "It decides the order"),
        ({"source": ""}, "Say how we know"),
        ({"since": "soon"}, "That is not a day"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(ines, joy, full, change, said):
    typed = asked(full, priority="injects", source="The caller.") | change
    answer = ines.post(at("waiting_new", client_id=joy.pk), typed)
    assert answer.status_code == 400
    assert said in words(answer)
    if "priority" not in change:
        chosen = re.findall(r"<input[^>]* checked[^>]*>", answer.content.decode())
        assert ['value="injects"' in one for one in chosen] == [True]


def test_the_order_and_why_with_the_first_said_when_a_seat_is_free(ines, joy, full, program):
    with tenancy.within(program.alder):
        by = program.actor("paul")
        earlier = make.a_client(by, name="Earl Earlier", level="")
    put(program, earlier, full, 20)
    put(program, joy, full, 1, "pregnant")
    page = words(ines.get(at("waiting")))
    assert page.index("Joy Castillo") < page.index("Earl Earlier")
    assert "Second, 45 CFR 96.131" in page
    assert "tell the state at once" in page
    assert "No seat is free" in page
    today = clock.today(ZONE)
    with tenancy.within(program.alder):
        more = {"first": today, "until": today + timedelta(days=60), "seats": 1, "room": ""}
        make.a_track(program.actor("paul"), full.program, name="Online IOP", **more)
    page = words(ines.get(at("waiting")))
    assert "1 seat free in Online IOP Joy Castillo is first." in page
    assert "First in line for a free seat in Online IOP." in words(ines.get(at("today")))


def test_an_attempt_in_two_clicks_and_off_the_list(ines, joy, full, program):
    place = put(program, joy, full, 9)
    assert "Get in touch: due 2 days ago" in words(ines.get(at("waiting")))
    answer = ines.post(
        at("waiting_attempt", waiting_id=place.pk),
        {"way": "call", "outcome": "no_answer"},
        follow=True,
    )
    assert "Called. No answer. It is written down." in words(answer)
    assert "Get in touch in 7 days" in words(answer)
    answer = ines.post(
        at("waiting_end", waiting_id=place.pk),
        {"how": "declined", "ended_words": "Moves away."},
        follow=True,
    )
    assert "Nobody waits for a seat" in words(answer)


def test_something_meanwhile_is_due_and_then_shown(ines, joy, full, program):
    place = put(program, joy, full, 0, "injects")
    assert "Something to offer meanwhile is due in 2 days" in words(ines.get(at("waiting")))
    answer = ines.post(
        at("waiting_offer", waiting_id=place.pk),
        {"interim": ["naloxone"], "instead": "A call every other day."},
        follow=True,
    )
    said = words(answer)
    assert "Naloxone in hand A call every other day. Ines" in said
    assert "is due in 2 days" not in said


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("waiting_attempt", {"way": "call", "words": "Rang twice."}, "Say what came of it."),
        ("waiting_offer", {"instead": " "}, "Choose what was offered"),
        ("waiting_end", {"how": "not_reached"}, "Nobody has tried"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_person(
    ines, joy, full, program, name, typed, said
):
    place = put(program, joy, full)
    answer = ines.post(at(name, waiting_id=place.pk), typed)
    assert answer.status_code == 400
    assert said in words(answer)
    if typed.get("words"):
        assert 'value="Rang twice."' in answer.content.decode()


def test_who_was_taken_off_meanwhile_is_said_once(ines, joy, full, program):
    place = put(program, joy, full)
    ending = at("waiting_end", waiting_id=place.pk)
    ines.post(ending, {"how": "declined"})
    answer = ines.post(ending, {"how": "declined"})
    assert answer.status_code == 400
    assert "has taken them off the list already" in words(answer)


def test_whom_to_call_is_on_today(ines, joy, full, program):
    put(program, joy, full, 9)
    today = words(ines.get(at("today")))
    assert (
        "Waits for Evening program: get in touch, and ask whether they still want the seat."
        in today
    )


def test_the_page_costs_as_many_queries_for_many_as_for_few(
    ines, joy, full, program, django_assert_num_queries
):
    put(program, joy, full)
    ines.get(at("waiting"))
    with CaptureQueriesContext(connection) as few:
        ines.get(at("waiting"))
    queries = len(few)
    for number in range(5):
        with tenancy.within(program.alder):
            person = make.a_client(program.actor("paul"), level="")
        put(program, person, full, number, "injects")
    ines.get(at("waiting"))  # writes once into the trail who was looked at
    with django_assert_num_queries(queries):
        ines.get(at("waiting"))


def test_another_house_sees_nobody(client, joy, full, program):
    place = put(program, joy, full)
    sign_in(client, program, "jonah", program.harbor)
    assert "Joy Castillo" not in words(client.get(at("waiting")))
    assert client.get(at("waiting_new", client_id=joy.pk)).status_code == 404
    ended = client.post(at("waiting_end", waiting_id=place.pk), {"how": "declined"})
    assert ended.status_code == 404
    with tenancy.within(program.alder):
        assert WaitingPlace.objects.get(pk=place.pk).ended_at is None
