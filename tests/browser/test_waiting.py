"""The waiting list in a real browser: put on, called in two clicks, admitted and off by itself."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.areas.consents import services as clients
from handrail.areas.waitlist import services as waiting
from handrail.foundation import clock, tenancy
from tests.browser.test_staff import enter
from tests.factories import programs as make


@pytest.fixture
def joy(program):
    """Someone who was given the notice, a full evening track, and an online one with seats."""
    by, at = program.actor("paul"), clock.now()
    today = clock.today("America/New_York")
    with tenancy.within(program.alder):
        iop = make.a_program(by)
        more = {"first": today, "until": today + timedelta(days=90)}
        evening = make.a_track(by, iop, seats=1, **more)
        make.in_track(by, evening, make.a_client(by), today)
        make.a_track(by, iop, name="Online IOP", room="", seats=2, **more)
        person = make.a_client(by, name="Joy Castillo", level="")
        clients.give_notice(client_id=person.pk, signed_name="Joy Castillo", by=by, at=at)
        other = make.a_client(by, name="Earl Waits", level="")
        waiting.put_on(
            client_id=other.pk,
            program_id=iop.pk,
            track_id=evening.pk,
            priority="injects",
            source="Screening call.",
            since=today - timedelta(days=9),
            by=by,
            at=at,
        )
    return person


def test_put_on_called_in_two_clicks_and_off_by_admission_without_script(joy, open_page):
    page = open_page(java_script_enabled=False)
    enter(page, "ines")
    page.goto(f"/staff/clients/{joy.pk}/admit/")
    page.get_by_role("link", name="Put on the waiting list for Evening IOP").click()
    page.get_by_label("Track they wish for").select_option("")
    page.get_by_label("Everyone else").check()
    page.get_by_label("How we know").fill("Screening call, today")
    page.get_by_role("button", name="Put on the list").click()
    expect(page.get_by_text("Joy Castillo is first.")).to_be_visible()
    joys = page.get_by_role("article", name="Joy Castillo")
    expect(joys.get_by_text("Get in touch today").first).to_be_visible()
    joys.get_by_text("Log an attempt").click()
    joys.get_by_role("button", name="Reached: takes the seat").click()
    expect(page.get_by_role("status")).to_contain_text("It is written down")
    joys.get_by_role("link", name="Admit").click()
    page.get_by_label("Still open").check()
    page.get_by_role("button", name="Admit to Online IOP").click()
    expect(page.get_by_role("status")).to_contain_text("is admitted")
    page.goto("/staff/groups/waiting/")
    expect(page.get_by_role("article", name="Earl Waits")).to_be_visible()
    expect(page.get_by_text("Joy Castillo")).to_have_count(0)


def test_an_attempt_by_keyboard_alone(joy, open_page):
    page = open_page()
    enter(page, "ines")
    page.wait_for_url("**/staff")
    page.goto("/staff/groups/waiting/")
    earls = page.get_by_role("article", name="Earl Waits")
    earls.get_by_text("Log an attempt").focus()
    page.keyboard.press("Enter")
    button = earls.get_by_role("button", name="No answer")
    for _ in range(8):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Called. No answer. It is written down.")).to_be_visible()


def test_the_pages_are_accessible_on_every_screen(joy, any_screen, assert_accessible):
    page = any_screen
    enter(page, "ines")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/waiting/")
    assert_accessible(page)
    page.goto("/staff/groups/waiting/")
    for words in ("Log an attempt", "Offer something meanwhile", "Take off the list…"):
        page.get_by_role("article", name="Earl Waits").get_by_text(words).click()
    assert_accessible(page)
