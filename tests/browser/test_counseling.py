"""A counseling note: written, seen by nobody else, refused without its consent, let out with it."""

import pytest
from playwright.sync_api import expect

from handrail.demo.accounts import PASSWORD
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client, some_episode
from tests.browser.test_staff import enter

WORDS = "I filled the quiet too soon."


@pytest.fixture
def joy(program):
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now())
        some_episode(by, client)
    return client


def write(page, joy):
    enter(page, "mara")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/notes/")
    page.get_by_role("link", name="My counseling notes").click()
    page.get_by_label("About", exact=True).select_option(label="Individual session")
    page.get_by_label("Your note").fill(WORDS)
    page.get_by_role("button", name="Sign the note").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text(WORDS)


def let_out(page):
    page.get_by_text("Let it leave", exact=True).first.click()
    note = page.get_by_role("article")
    note.get_by_label("Who they are").select_option(value="treating_provider")
    note.get_by_label("Name", exact=True).fill("Dr. Ana Reyes")
    note.get_by_label("What for").select_option(value="treatment")
    note.get_by_label("How it leaves").select_option(label="On paper")
    note.get_by_role("button", name="Let it leave").click()


def take_its_consent(page):
    page.get_by_role("link", name="Write out such a consent").click()
    page.get_by_label("Who", exact=True).select_option(value="treating_provider")
    page.get_by_label("Name", exact=True).first.fill("Dr. Ana Reyes")
    page.get_by_role("checkbox", name="treatment").first.check()
    page.get_by_role("button", name="Write it out").click()
    page.get_by_role("link", name="Open the signing page").click()
    page.get_by_label("Your name").fill("Joy Okonkwo")
    page.get_by_role("button", name="I agree and sign").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you. It is signed.")
    page.get_by_role("link", name="For staff: go on").click()
    page.get_by_role("link", name="For staff: it is me").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()
    page.wait_for_url("**/staff/clients/**")


def test_it_stays_with_its_author_until_its_own_consent_lets_it_out(
    joy, page, open_page, assert_accessible
):
    write(page, joy)
    ruth = open_page()
    enter(ruth, "ruth")
    ruth.wait_for_url("**/staff")
    ruth.goto(f"/staff/clients/{joy.pk}/counseling-notes/")
    expect(ruth.get_by_text("You have signed none")).to_be_visible()
    expect(ruth.get_by_text(WORDS)).to_have_count(0)
    let_out(page)
    expect(page.get_by_role("alert")).to_contain_text("No consent on file names this recipient")
    assert_accessible(page)
    take_its_consent(page)
    page.goto(f"/staff/clients/{joy.pk}/counseling-notes/")
    let_out(page)
    expect(page.get_by_role("heading", name="Counseling note of")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert_accessible(page)
    page.goto(f"/staff/clients/{joy.pk}/disclosures/")
    expect(page.get_by_text("Consent: Counseling notes")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)


def test_the_page_is_accessible_on_every_screen(joy, any_screen, assert_accessible):
    write(any_screen, joy)
    for summary in any_screen.locator(".tabbed summary").all():
        summary.click()
    assert_accessible(any_screen)
