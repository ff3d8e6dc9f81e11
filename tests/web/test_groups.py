"""The pages of groups: as many queries for many people as for few; what was typed is kept."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.enrollment.services import enrollment
from handrail.areas.schedule.models import Closure, MakeUp, Session
from handrail.foundation import clock, tenancy
from tests.areas.evening_track import Evening
from tests.factories import programs as make
from tests.factories import slots
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


def test_a_no_contact_flag_says_that_both_are_in_a_group_together(evening, client, program):
    with tenancy.within(program.alder):
        other = evening.member("Zebulon Quill")
    sign_in(client, program, "ruth")
    typed = {
        "kind": "no_contact", "why": "former partners", "owner": str(evening.owner.pk),
        "review_date": "2026-12-24", "other_client": "Zebulon Quill", "other_colleague": "",
    }  # fmt: skip
    path = f"/staff/clients/{evening.person_there.pk}/flags/"
    said = client.post(path, typed, follow=True).content.decode()
    assert "Both are in Evening IOP, next on Wed, Nov 25: transfer one of them." in said
    track = f"/staff/groups/{evening.track.pk}/"
    page = client.get(track).content.decode()
    assert "Must not meet" in page
    assert other.name in page.split("Must not meet")[1].split("</section>")[0]
    sign_in(client, program, "owen")
    page = client.get(track).content.decode()
    assert "Must not meet" not in page


def test_closing_today_shows_who_is_expected_and_asks(evening, client, program):
    with tenancy.within(program.alder):
        tuesday = make.a_track(
            evening.by, evening.iop, name="Tuesday", days=[1], room="Room 4", first=TODAY
        )
        make.in_track(evening.by, tuesday, evening.person("Noor Vance"))
    sign_in(client, program, "paul", program.alder)
    typed = {"local_date": TODAY.isoformat(), "reason": "Flood", "instead_date": ""}
    answer = client.post("/staff/groups/closures/close/", typed)
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "takes away Tuesday at 6:00 pm, 1 person expected" in said
    assert "Noor Vance" in said
    typed["confirmed"] = re.search(r'name="confirmed" value="([^"]+)"', said)[1]
    said = client.post("/staff/groups/closures/close/", typed, follow=True).content.decode()
    assert "The house is closed on Tue, Nov 24" in said
    assert "1 person to be told" in said
    with tenancy.within(program.alder):
        closed = Closure.objects.get()
    opened = client.post(f"/staff/groups/closures/{closed.pk}/open/", follow=True)
    assert "Tue, Nov 24 is open again" in opened.content.decode()
    assert "Back on it: Tuesday, session 1; 1 person to be told" in opened.content.decode()


def test_no_name_stands_in_an_address_when_someone_is_enrolled(evening, client, program):
    sign_in(client, program, "ruth")
    page = f"/staff/groups/{evening.track.pk}/"
    with tenancy.within(program.alder):
        evening.person("Joy Okonkwo")
    assert "Joy Okonkwo" not in client.get(page, {"find": "okon"}).content.decode()
    assert "Joy Okonkwo" in client.post(f"{page}find/", {"find": "okon"}).content.decode()


def test_no_day_ticked_is_not_every_day(evening, client, program):
    sign_in(client, program, "ruth")
    with tenancy.within(program.alder):
        joy = evening.person("Joy Okonkwo")
    typed = {"client_id": str(joy.pk), "from_date": "2026-11-25", "find": "okon"}
    answer = client.post(f"/staff/groups/{evening.track.pk}/enroll/", typed)
    assert answer.status_code == 400
    assert "Choose at least one day" in answer.content.decode()


def test_a_reviewer_gets_no_link_to_a_board(evening, client, program):
    sign_in(client, program, "owen")
    for path in ("/staff/groups/", f"/staff/groups/{evening.track.pk}/"):
        assert "/staff/sessions/" not in client.get(path).content.decode()
    sign_in(client, program, "paul", program.alder)
    with tenancy.within(program.alder):
        session = evening.on(make.date(2026, 11, 30))
    page = client.get(f"/staff/groups/on/{session.pk}/").content.decode()
    assert f"/staff/sessions/{session.pk}/" in page


def test_a_membership_that_is_over_offers_nothing(evening, client, program):
    sign_in(client, program, "ruth")
    with tenancy.within(program.alder):
        row = make.in_track(evening.by, evening.track, evening.person("Joy Okonkwo"))
        path = f"/staff/memberships/{row.pk}/"
        given = {"enrollment_id": row.pk, "reason": "Moved", "by": evening.by, "at": AT}
        enrollment.end_enrollment(last_day=make.date(2026, 12, 2), **given)
    page = client.get(path).content.decode()
    assert "Ends Wed, Dec 2: Moved" in page
    assert "Change the last day" in page
    assert (
        "the membership ends Wed, Dec 2"
        in client.get(f"/staff/groups/{evening.track.pk}/").content.decode()
    )
    with tenancy.within(program.alder):
        enrollment.end_enrollment(**given | {"last_day": make.date(2026, 11, 22)})
    page = client.get(path).content.decode()
    assert "Ended Sun, Nov 22" in page
    assert '<h2 id="transfer"' not in page


def test_the_course_page_promises_nothing_after_the_end(evening, client, program):
    sign_in(client, program, "ruth")
    with tenancy.within(program.alder):
        evening.iop.sessions = 2
        evening.iop.save()
        make.hold(evening.on(make.FIRST), evening.person_there)
        for one in Session.objects.filter(track=evening.track, local_date__lt=TODAY):
            if one.state == "planned":
                one.state = "canceled"
                one.save()
    page = client.get(f"/staff/clients/{evening.person_there.pk}/course/").content.decode()
    assert "last of the course" in page
    assert "The course ends here." in page
    assert "Thu, Nov 26" not in page.split("Coming sessions")[1].split("</table>")[0]
    assert "Nov 30 to Dec 6" not in page
    assert "goes by minutes attended" in page


# ---- questions before it is done ---------------------------------------------------------------


def answer_in(page):
    """What a form sends back for yes."""
    return re.search(r'name="confirmed" value="([^"]+)"', page)[1]


def test_a_make_up_that_the_course_does_not_need_is_asked_about_and_then_booked(
    evening, client, program
):
    with tenancy.within(program.alder):
        evening.iop.sessions = 1
        evening.iop.save()
        session = evening.on(date(2026, 12, 2), evening.other_track())
    sign_in(client, program, "ruth")
    page = f"/staff/clients/{evening.person_there.pk}/make-up/"
    asked = client.post(f"{page}book/", {"session_id": str(session.pk)})
    said = unescape(asked.content.decode())
    assert asked.status_code == 400
    assert "Wed, Dec 2 would be one more than planned" in said
    typed = {"session_id": str(session.pk), "confirmed": answer_in(said)}
    assert client.post(f"{page}book/", typed).status_code == 302
    with tenancy.within(program.alder):
        assert MakeUp.objects.get().session_id == session.pk


def test_an_hour_while_the_colleague_is_away_is_asked_about_and_then_booked(
    evening, client, program
):
    with tenancy.within(program.alder):
        mara = program.place("mara")
        slots.away(evening.by, mara, date(2026, 11, 25))
    sign_in(client, program, "ruth")
    hour = {"service": "individual", "membership_id": str(mara.pk), "local_date": "2026-11-25",
            "start": "12:00", "minutes": "50"}  # fmt: skip
    address = f"/staff/clients/{evening.person_there.pk}/course/hours/"
    asked = client.post(address, hour)
    assert asked.status_code == 400
    hour["confirmed"] = answer_in(unescape(asked.content.decode()))
    assert client.post(address, hour).status_code == 302
