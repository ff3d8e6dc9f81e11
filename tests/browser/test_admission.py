"""Someone admitted in a real browser: when they cannot come, the course, the first call."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.areas.consents import services as clients
from handrail.foundation import clock, tenancy
from tests.browser.test_staff import enter
from tests.factories import programs as make


@pytest.fixture
def joy(program):
    """Someone who was given the notice, and an evening and a morning track."""
    by, at = program.actor("paul"), clock.now()
    today = clock.today("America/New_York")
    with tenancy.within(program.alder):
        iop = make.a_program(by)
        more = {"first": today, "until": today + timedelta(days=90)}
        make.a_track(by, iop, seats=4, **more)
        make.a_track(by, iop, name="Online IOP", room="", **more)
        person = make.a_client(by, name="Joy Castillo", level="")
        clients.give_notice(client_id=person.pk, signed_name="Joy Castillo", by=by, at=at)
    return person


def test_admitted_without_script_and_the_first_call_written_down(joy, open_page):
    page = open_page(java_script_enabled=False)
    enter(page, "ines")
    page.goto(f"/staff/clients/{joy.pk}/about/")
    page.get_by_role("link", name="Admit", exact=True).click()
    page.get_by_label("How they want to come").select_option("online")
    page.get_by_label("Days").first.select_option("weekdays")
    page.get_by_label("From").first.fill("09:00")
    page.get_by_label("Until").first.fill("17:00")
    page.get_by_role("button", name="Show what fits").click()
    expect(page.get_by_text("It does not meet the way they want")).to_be_visible()
    page.get_by_role("link", name="Lay out the course in Online IOP").click()
    page.get_by_label("Still open").check()
    page.get_by_role("button", name="Admit to Online IOP").click()
    expect(page.get_by_role("status")).to_contain_text("is admitted")
    page.get_by_label("What you heard").first.fill("Has a ride.")
    page.get_by_role("button", name="Done").first.click()
    expect(page.get_by_text("Has a ride.")).to_be_visible()


def test_the_page_is_accessible_on_every_screen(joy, any_screen, assert_accessible):
    page = any_screen
    enter(page, "ines")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/admit/")
    assert_accessible(page)
    page.get_by_role("link", name="Lay out the course in Evening IOP").click()
    page.get_by_text("Every session", exact=True).click()
    assert_accessible(page)
    page.get_by_label("Still open").check()
    page.get_by_role("button", name="Admit to Evening IOP").click()
    expect(page.get_by_role("heading", name="First days")).to_be_visible()
    assert_accessible(page)
