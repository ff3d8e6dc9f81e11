"""The pages of groups: as many queries for many people as for few; what was typed is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.foundation import clock, tenancy
from tests.areas.programs.conftest import Evening
from tests.factories import programs as make
from tests.factories.programs import AT, TODAY
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(program, monkeypatch):
    """An evening track with two people, on the demo's evening."""
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(AT.timestamp() - clock.real_now().timestamp()))
    with tenancy.within(program.alder):
        made = Evening(program)
        made.person_there = made.member("Rita Lowell")
        made.member()
    return made


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(seen)


def test_a_page_costs_the_same_for_many_people_as_for_few(evening, client, program):
    sign_in(client, program, "ruth")
    person = evening.person_there
    pages = [
        "/staff/groups/",
        f"/staff/groups/{evening.track.pk}/",
        f"/staff/clients/{person.pk}/course/",
        f"/staff/clients/{person.pk}/make-up/",
    ]
    with tenancy.within(program.alder):
        evening.other_track()
        make.hold(evening.on(make.FIRST), person)
    for path in pages:
        client.get(path)  # the first look at a chart is written down
    few = [queries(client, path) for path in pages]
    with tenancy.within(program.alder):
        for _ in range(6):
            make.hold(evening.on(make.FIRST), evening.member())
        third = make.a_track(evening.by, evening.iop, name="Noon", start=make.time(12), room="R 3")
        make.in_track(evening.by, third, evening.person())
    assert [queries(client, path) for path in pages] == few


@pytest.mark.parametrize("week", ["nonsense", "9999-01-01", "2026-13-01"])
def test_a_week_that_is_none_says_so_and_shows_this_one(evening, client, program, week):
    sign_in(client, program, "ruth")
    answer = client.get("/staff/groups/", {"week": week})
    assert answer.status_code == 400
    assert "Week of Mon, Nov 23" in answer.content.decode()


def test_planning_a_track_keeps_everything_typed_and_then_makes_it(evening, client, program):
    sign_in(client, program, "paul", program.alder)
    typed = {
        "program": "new:sop", "name": "Thursday SOP", "days": ["3"], "start": "17:00",
        "first": "2026-12-03", "until": "2026-12-31", "modality": "room", "room": "Room 1",
        "topics": "Work\nMoney", "seats": "",
    }  # fmt: skip
    answer = client.post("/staff/groups/new/", typed)
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "Room 1 is taken on Thu, Dec 3" in said
    assert "Thursday SOP" in said
    assert "Work\nMoney" in said
    answer = client.post("/staff/groups/new/", typed | {"room": "Room 7"}, follow=True)
    assert "Thursday SOP is on the calendar" in answer.content.decode()
    assert "Thu, Dec 31" in answer.content.decode()


def test_a_closed_day_is_shown_and_nothing_is_dropped(evening, client, program):
    sign_in(client, program, "paul", program.alder)
    answer = client.post(
        "/staff/groups/closures/close/",
        {"local_date": "2026-11-26", "reason": "Thanksgiving", "instead_date": ""},
        follow=True,
    )
    assert "No session was dropped" in answer.content.decode()
    week = client.get("/staff/groups/", {"week": TODAY.isoformat()}).content.decode()
    assert "Thanksgiving" in week


def test_whom_someone_must_not_meet_stands_in_no_chart(evening, client, program):
    with tenancy.within(program.alder):
        partner = evening.person("Zebulon Quill")
        make.in_track(evening.by, evening.other_track(), partner)
        make.must_not_meet(evening.by, evening.owner, partner, evening.person_there)
    sign_in(client, program, "ruth")
    page = client.get(f"/staff/clients/{evening.person_there.pk}/make-up/").content.decode()
    assert "someone is there whom they must not meet" in page
    assert "Quill" not in page
