"""Finding a client, their chart, and a flag from its raising to its closing, in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from handrail.areas.clients import services
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import FORMULATION, some_client, some_episode, some_flag
from tests.areas.safety.safety import a_safety_plan
from tests.browser.test_staff import enter


@pytest.fixture
def joy(program):
    """A client in care with one of everything on the chart."""
    by, mara = program.actor("ruth"), program.place("mara")
    with tenancy.within(program.alder):
        client = some_client(by, pronouns="she/her", at=clock.now())
        some_episode(by, client, opened_date=date(2026, 10, 12), at=clock.now())
        some_flag(by, client, mara, kind="overdose_risk", at=clock.now())
        services.record_contact(
            client_id=client.pk, name="Ada", relationship="sibling", phone="555-0100",
            may_know=["attendance"], call_if_missed=True, by=by, at=clock.now(),
        )  # fmt: skip
        services.record_listed(
            client_id=client.pk, kind="allergy", name="Penicillin", by=by, at=clock.now()
        )
    return client


def test_find_read_raise_and_close_by_keyboard_alone(joy, page, program):
    enter(page, "mara")
    page.get_by_role("link", name="Clients").press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.wait_for_load_state()  # the script listens to what is typed
    page.keyboard.type("oko jo")
    expect(page.get_by_role("status")).to_have_text("One client found")
    page.get_by_role("link", name="Joy Okonkwo").press("Enter")
    expect(page.get_by_role("heading", name="Joy Okonkwo")).to_be_visible()
    assert page.title() == "Chart · Handrail"
    page.get_by_role("link", name="About").press("Enter")
    page.get_by_text("Raise a flag", exact=True).press("Enter")
    page.get_by_label("What it is about").focus()
    page.keyboard.type("Suicide")
    page.keyboard.press("Tab")
    page.keyboard.type("Mara")
    page.keyboard.press("Tab")
    page.keyboard.type("Talked of not waking up.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The flag is raised")
    summary = page.get_by_role("complementary", name="Summary")
    expect(summary).to_contain_text("Talked of not waking up.")
    page.get_by_text("Close this flag: Suicide risk").press("Enter")
    page.get_by_label("Formulation").first.press("x")
    page.get_by_role("button", name="Close the flag").first.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("what you typed is kept")
    expect(page.get_by_label("Formulation").first).to_have_value("x")
    page.get_by_label("Formulation").first.fill(FORMULATION)
    page.get_by_role("button", name="Close the flag").first.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("what you typed is kept")  # no plan yet
    with tenancy.within(program.alder):
        a_safety_plan(program.actor("mara"), joy, program.place("mara"), at=clock.now())
    page.get_by_role("button", name="Close the flag").first.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The flag is closed")
    expect(summary).not_to_contain_text("Suicide risk")
    page.get_by_role("link", name="Timeline").press("Enter")
    expect(page.get_by_text(FORMULATION)).to_be_visible()


def test_finding_works_without_script(joy, open_page):
    page = open_page(java_script_enabled=False)
    enter(page, "mara")
    page.goto("/staff/clients/")
    page.get_by_role("searchbox").fill("oko")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("link", name="Joy Okonkwo")).to_be_visible()
    assert "oko" not in page.url


def test_a_page_for_staff_stays_off_paper(joy, page):
    enter(page, "ruth")
    page.wait_for_url("**/staff")
    for tab in ("", "notes/", "about/"):
        page.goto(f"/staff/clients/{joy.pk}/{tab}")
        page.emulate_media(media="print")
        expect(page.get_by_text("This page stays on the screen.")).to_be_visible()
        assert "Okonkwo" not in page.locator("body").inner_text()
        page.emulate_media(media="screen")
        expect(page.get_by_text("This page stays on the screen.")).to_be_hidden()
    page.goto(f"/staff/clients/{joy.pk}/disclosures/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_every_page_of_a_client_is_accessible_on_every_screen(joy, any_screen, assert_accessible):
    page = any_screen
    enter(page, "ruth")
    page.wait_for_url("**/staff")
    page.goto("/staff/clients/")
    assert_accessible(page)
    page.get_by_role("searchbox").press_sequentially("zzz")
    expect(page.get_by_role("status")).to_have_text("Nobody found")
    assert_accessible(page)
    page.goto("/staff/clients/new/")
    page.get_by_role("button", name="Begin the chart").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    for tab in ("", "looked/", "about/"):
        page.goto(f"/staff/clients/{joy.pk}/{tab}")
        assert_accessible(page)
    for summary in page.locator(".tabbed summary").all():
        summary.click()
    assert_accessible(page)
