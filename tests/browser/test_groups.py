"""From the week to a track, a person enrolled, transferred, and a make-up booked."""

import os
import re
from datetime import date, time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handrail.areas.plans import services as goals
from handrail.areas.schedule.models import Enrollment, MakeUp, Session
from handrail.areas.schedule.services import calendar, closed_days
from handrail.core.course.attendance import Absent, Present
from handrail.foundation import clock, tenancy
from tests.browser.test_staff import enter
from tests.factories import programs as make
from tests.factories.programs import AT, TODAY

SHOTS = os.environ.get("HANDRAIL_SHOTS", "")


@pytest.fixture
def evening(program, monkeypatch):
    """Ten to six on Tuesday; an evening track in its fourth week, a small one in the morning."""
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(AT.timestamp() - clock.real_now().timestamp()))
    with tenancy.within(program.alder):
        by, mara = program.actor("paul"), program.place("mara")
        iop = make.a_program(by, name="Intensive outpatient")
        track = make.a_track(by, iop, facilitators=[mara.pk])
        small = make.a_track(
            by, iop, name="Morning IOP", start=time(9), room="Room 2", seats=6,
            topics=("Sleep", "Stress"),
        )  # fmt: skip
        make.a_track(by, iop, name="Online IOP", days=(1, 3, 5), start=time(18, 30), room="")
        people = [make.a_client(by) for _ in range(11)]
        rita = make.a_client(by, name="Rita Lowell", week_rules=["nine-hours-therapeutic"])
        joy = make.a_client(by, name="Joy Okonkwo")
        for one in (*people, rita):
            make.in_track(by, track, one)
        for session in Session.objects.filter(track=track, local_date__lt=TODAY):
            for one in people[:6]:
                make.hold(session, one)
            seen = {3: Absent("ill"), 5: Present(0, 100), 8: Absent()}.get(session.number)
            make.hold(session, rita, seen)
        goals.set_goal(
            client_id=rita.pk, words="Tell one person when the craving comes", on_date=TODAY,
            by=program.actor("mara"), at=AT,
        )  # fmt: skip
        closed_days.close_day(local_date=date(2026, 11, 26), reason="Thanksgiving", by=by, at=AT)
        snow = make.session_on(small, date(2026, 11, 25))
        calendar.cancel_session(session_id=snow.pk, reason="Heating out", by=by, at=AT)
        return {"track": track, "small": small, "joy": joy, "rita": rita}


def paths(evening):
    with tenancy.within(evening["rita"].organization_id):
        row = Enrollment.objects.get(client=evening["rita"])
        session = make.session_on(evening["track"], date(2026, 11, 30))
    return {
        "week": "/staff/groups/",
        "track": f"/staff/groups/{evening['track'].pk}/",
        "membership": f"/staff/memberships/{row.pk}/",
        "session": f"/staff/groups/on/{session.pk}/",
        "new": "/staff/groups/new/",
        "closures": "/staff/groups/closures/",
        "course": f"/staff/clients/{evening['rita'].pk}/course/",
        "make-up": f"/staff/clients/{evening['rita'].pk}/make-up/",
    }


def test_every_page_is_accessible_on_every_screen(evening, every_screen, assert_accessible):
    page = every_screen.page
    enter(page, "ruth")
    expect(page.get_by_role("heading", name="Upcoming")).to_be_visible()
    for name, path in paths(evening).items():
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        assert_accessible(page)
        for screen in every_screen.each() if SHOTS else ():
            page.screenshot(path=Path(SHOTS) / f"{name}-{screen}.png", full_page=True)


@pytest.mark.parametrize("script", [True, False])
def test_enroll_transfer_and_make_up(evening, open_page, script):
    page = open_page(java_script_enabled=script)
    enter(page, "ines")
    page.get_by_role("link", name="Groups").click()
    page.locator(".day-today").get_by_role("link", name="Online IOP", exact=True).click()
    page.get_by_role("link", name="Week of groups").click()
    page.get_by_role("link", name="Evening IOP").first.click()
    page.get_by_label("Name", exact=True).fill("okon jo")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("radio", name="Joy Okonkwo")).to_be_checked()
    page.get_by_label("First day").fill("2026-10-01")
    page.get_by_role("button", name="Enroll").click()
    expect(page.get_by_role("alert")).to_contain_text("admitted on Mon, Nov 2")
    expect(page.get_by_label("First day")).to_have_value("2026-10-01")
    expect(page.get_by_role("radio", name="Joy Okonkwo")).to_be_checked()
    page.get_by_label("First day").fill("2026-11-25")
    page.get_by_role("button", name="Enroll").click()
    expect(page.get_by_role("status")).to_contain_text("Joy Okonkwo is enrolled")
    page.get_by_role("link", name="Change the membership of Joy Okonkwo").click()
    page.get_by_label("To", exact=True).select_option(label="Morning IOP")
    page.get_by_label("First day there").fill("2026-11-30")
    page.locator("#transfer-reason").fill("Works evenings")
    page.get_by_role("button", name="Transfer").click()
    expect(page.get_by_role("status")).to_contain_text("goes to Morning IOP from Mon, Nov 30")
    page.goto(paths(evening)["course"])
    page.get_by_role("link", name="Make up a session").click()
    page.get_by_role("button", name="Book").first.click()
    expect(page.get_by_role("heading", name="Booked")).to_be_visible()
    with tenancy.within(evening["rita"].organization_id):
        assert MakeUp.objects.filter(client=evening["rita"]).count() == 1
        tracks = Enrollment.objects.filter(client=evening["joy"]).order_by("from_date")
        assert [one.track.name for one in tracks] == ["Evening IOP", "Morning IOP"]


def test_the_week_and_a_goal_by_keyboard_alone(evening, page):
    enter(page, "mara")
    expect(page.get_by_role("heading", name="Upcoming")).to_be_visible()
    page.goto("/staff/groups/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to main content
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Week before")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Week of Mon, Nov 30 to Sun, Dec 6")).to_be_visible()
    page.goto(paths(evening)["course"])
    page.get_by_label("A goal, in the client’s words").focus()
    page.keyboard.type("Sleep before midnight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Sleep before midnight”")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Met.*Sleep before midnight")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("met Tue, Nov 24")).to_be_visible()
