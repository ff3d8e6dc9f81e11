"""Taking an inquiry and carrying it on, with the keyboard alone, in a real browser."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from handrail.areas.inquiries import services
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client
from tests.areas.inquiries.asking import some_inquiry
from tests.browser.test_staff import enter

KIT = {"given_name": "Kit", "family_name": "Vale", "birth_date": date(2000, 3, 4)}


@pytest.fixture
def asked(program):
    """An overdue inquiry with everything on it, and a client who looks like the person."""
    by = program.actor("ines")
    with tenancy.within(program.alder):
        some_client(by, "Kit", "Vale", birth_date=KIT["birth_date"], at=clock.now())
        made = some_inquiry(
            by, caller_name="Rosa Vale", caller_is="family", caller_relation="mother",
            at=clock.now() - timedelta(days=3), about="Two nights away.", mandated_by="A court",
            mandated_by_date=clock.today("America/New_York") + timedelta(days=4), **KIT,
        )  # fmt: skip
        some_inquiry(by, caller_name="Kit Vale", at=clock.now(), **KIT)
        ended = some_inquiry(by, caller_name="Omar Whitlock", at=clock.now())
        services.close_inquiry(inquiry_id=ended.pk, why="Went elsewhere.", by=by, at=clock.now())
        services.confide(
            inquiry_id=made.pk, words="He sold the car.", told_by="Rosa", kept_from="person",
            by=by, at=clock.now(),
        )  # fmt: skip
    return made


def test_an_inquiry_is_taken_and_carried_on_by_keyboard_alone(program, page):
    enter(page, "ines")
    page.get_by_role("link", name="Inquiries", exact=True).press("Enter")
    page.get_by_role("link", name="New inquiry").press("Enter")
    expect(page.get_by_label("Who is calling")).to_be_focused()
    page.keyboard.type("Rosa Vale")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("what you typed is kept")
    expect(page.get_by_label("Who is calling")).to_have_value("Rosa Vale")
    page.get_by_label("Number", exact=True).focus()
    for typed in ("(804) 555-0177", "Family", "Kit", "Vale", "Two nights away."):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The inquiry is saved.")
    expect(page.get_by_role("heading", name="Kit Vale")).to_be_visible()
    expect(page.locator(".now")).to_contain_text("Call back")
    assert page.title() == "Inquiry · Handrail"
    page.get_by_text("Log an attempt to reach them").press("Enter")
    page.get_by_label("What came of it").focus()
    page.keyboard.type("No answer")
    page.get_by_label("Next step").first.fill("Call again after six")
    page.keyboard.press("Tab")
    page.keyboard.type("tomorrow")
    page.keyboard.press("Enter")
    expect(page.locator(".now")).to_contain_text("Call again after six")
    expect(page.locator(".log")).to_contain_text("Call: no answer")


def test_a_duplicate_is_seen_side_by_side_and_merged_on_purpose(asked, page):
    enter(page, "ines")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/inquiries/{asked.pk}/")
    page.get_by_text("Side by side: Kit Vale").last.press("Enter")
    page.get_by_role("button", name="Merge that one into this").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("They are merged.")
    page.get_by_role("link", name="called by Kit Vale").press("Enter")
    expect(page.get_by_text("the work goes on there")).to_be_visible()


def test_every_page_of_inquiries_is_accessible_on_every_screen(
    asked, any_screen, assert_accessible
):
    page = any_screen
    enter(page, "ines")
    page.wait_for_url("**/staff")
    page.goto("/staff/inquiries/")
    expect(page.get_by_text("3 days overdue")).to_be_visible()
    page.get_by_text("Ended last (").click()
    assert_accessible(page)
    page.goto("/staff/inquiries/answering/")
    assert_accessible(page)
    page.goto("/staff/inquiries/new/")
    assert_accessible(page)
    page.get_by_text("More: calling back").click()
    page.get_by_role("button", name="Save the inquiry").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/staff/inquiries/{asked.pk}/")
    assert_accessible(page)
    for summary in page.locator("main summary").all():
        summary.click()
    assert_accessible(page)
