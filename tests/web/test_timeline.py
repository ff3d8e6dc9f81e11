"""The timeline of a chart, with everything the demo's programs know of a client."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.clients.models import Client, Episode
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import Note
from handrail.areas.schedule.models import Enrollment
from handrail.core.consents import Content
from handrail.demo.house import ZONE
from handrail.foundation import clock, tenancy
from handrail.web.staff.clients import timeline
from tests.areas.assessment.assessing import a_signed_assessment
from tests.areas.clients.people import AT, some_client, some_episode
from tests.areas.consents.consents import some_consent
from tests.areas.referrals.referring import a_referral
from tests.areas.safety.safety import a_safety_plan
from tests.factories.evening import a_note
from tests.staff import sign_in


@pytest.fixture
def alder(whole_demo):
    with tenancy.within(whole_demo.alder):
        yield whole_demo


@pytest.fixture
def busiest(alder) -> Client:
    """Whoever in care has the most signed notes."""
    in_care = Note.objects.filter(episode__closed_date=None)
    keys = list(in_care.values_list("client_id", flat=True))
    return Client.objects.get(pk=max(sorted(set(keys)), key=keys.count))


def test_page_after_page_tells_everything_once(alder, busiest):
    by = alder.actor("ruth")
    whole, more = timeline.entries(busiest.pk, by=by, zone=ZONE, limit=1000)
    assert not more
    seen, before, go_on = [], None, True
    while go_on:
        page, go_on = timeline.entries(busiest.pk, by=by, zone=ZONE, before=before, limit=7)
        seen += page
        before = timeline._read_place(timeline._write_place(page[-1].place))
    assert seen == whole
    assert len({one.key for one in whole}) == len(whole)


def test_sessions_notes_and_memberships_stand_on_it(alder, busiest):
    whole, _ = timeline.entries(busiest.pk, by=alder.actor("ruth"), zone=ZONE, limit=1000)
    titles = [one.said.title for one in whole]
    closed = Attendance.objects.filter(client=busiest).exclude(status="").count()
    assert sum(one.startswith("Session: ") for one in titles) == closed
    assert titles.count("Note signed") == Note.objects.filter(client=busiest).count()
    assert "Enrolled" in titles
    assert "Goal set" in titles
    noted = next(one for one in whole if one.said.title == "Note signed")
    assert noted.said.page[0] == "staff:note"


def test_plans_assessments_and_referrals_stand_on_it_each_with_what_it_tells(program):
    ruth, at = program.actor("ruth"), AT
    with tenancy.within(program.alder):
        person = some_client(ruth)
        some_episode(ruth, person)
        a_safety_plan(ruth, person, program.place("ruth"))
        a_signed_assessment(ruth, person)
        a_referral(ruth, person, program.place("ruth"), at)
        whole, _ = timeline.entries(person.pk, by=ruth, zone=ZONE, limit=1000)
    told = {one.said.title: one.said.tells for one in whole}
    assert told["Safety plan made"] == {Content.SAFETY_PLAN}
    assert told["Assessment signed"] == {Content.ASSESSMENT}
    assert told["Referred to Maple Ferry House"] == {Content.PROGRESS}


def test_the_summary_says_how_many_consents_hold_and_what_to_look_at(program, client):
    ruth = program.actor("ruth")
    with tenancy.within(program.alder):
        person = some_client(ruth, at=clock.now())
        sign_in(client, program, "ruth")
        place = f"/staff/clients/{person.pk}/"
        assert "None holds" in " ".join(client.get(place).content.decode().split())
        soon = clock.now().date() + timedelta(days=5)
        some_consent(ruth, person, expires_date=soon, at=clock.now())
        page = client.get(place).content.decode()
    assert "<dd>1 holds, <b>one ends " in page


def test_a_page_costs_the_same_for_much_and_for_little(alder, busiest, client):
    sign_in(client, alder, "mara")
    few = _queries(client, busiest)
    note = Note.objects.filter(client=busiest).select_related("session", "episode").first()
    for number in range(60):
        a_note(
            note.session,
            note.episode,
            alder.place("mara"),
            state="voided",
            voided_at=note.signed_at + timedelta(minutes=number),
            voided_by="Mara Whitfield",
            void_reason="Written for someone else",
        )
    assert _queries(client, busiest) == few


def _queries(client, person) -> int:
    address = f"/staff/clients/{person.pk}/"
    client.get(address)  # the first look is written down
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_whoever_is_discharged_keeps_no_seat(alder, busiest, client):
    sign_in(client, alder, "ruth")
    episode = Episode.objects.get(client=busiest, closed_date=None)
    answer = client.post(
        f"/staff/episodes/{episode.pk}/close/",
        {"outcome": "completed", "summary": "Goals met; sponsor and meetings in place."},
    )
    assert answer.status_code == 302
    assert not Enrollment.objects.filter(client=busiest, until_date=None).exists()
    told = client.get(f"/staff/clients/{busiest.pk}/").content.decode()
    assert "Episode closed: completed" in told
