"""A benefit check during a call, what it will cost, and a letter, in a real browser."""

import pytest
from playwright.sync_api import expect

from handrail.areas.recommendations.services.recommendations import make_recommendation
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client, some_episode
from tests.areas.coverage.plans import some_check, some_coverage, some_fees, some_payer
from tests.browser.test_staff import enter


@pytest.fixture
def joy(program):
    """A client with a plan, the house's fees, and a recommendation."""
    by = program.actor("paul")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now())
        some_episode(by, client, at=clock.now())
        payer = some_payer(by, phone="800-555-0110", at=clock.now())
        client.plan = some_coverage(by, client, payer, at=clock.now())
        some_fees(by, at=clock.now())
        client.found = make_recommendation(
            client_id=client.pk,
            criteria_id="general-adult-admission",
            stated={"age": 41, "alcohol_use_disorder": "moderate"},
            by=by,
            at=clock.now(),
        )
    return client


def test_a_call_is_written_down_by_keyboard_and_the_cost_becomes_one_amount(joy, page):
    enter(page, "ines")
    page.goto(f"/staff/clients/{joy.pk}/coverage/")
    expect(page.get_by_text("between $0 and $4,320")).to_be_visible()
    page.get_by_role("link", name="New benefit check").press("Enter")
    page.get_by_label("Name of who speaks").fill("Dana R.")
    page.get_by_label("Is the plan in force?").select_option("yes")
    page.get_by_label("Is this house in network?").select_option("in")
    page.get_by_label("Out-of-pocket maximum, $").fill("6,000")
    page.get_by_label("Maximum met, $").fill("1,200")
    level = page.get_by_role("region", name="Intensive outpatient")
    level.get_by_label("Covered").select_option("yes")
    level.get_by_label("Copay, $").fill("forty")
    page.get_by_role("button", name="Save the check").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("what you typed is kept")
    expect(page.get_by_label("Name of who speaks")).to_have_value("Dana R.")
    level.get_by_label("Copay, $").fill("40")
    level.get_by_label("The copay is due").select_option("visit")
    level.get_by_label("Coinsurance, %").fill("0")
    level.get_by_label("Deductible first").select_option("no")
    page.get_by_label("Reference of this call").fill("88-4471")
    page.get_by_role("button", name="Save the check").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The check is kept")
    expect(page.get_by_text("$960", exact=True)).to_be_visible()
    page.get_by_role("link", name="What it will cost").click()
    expect(page.get_by_role("heading", name="What it will cost you")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("button", name="PDF for").click()
    assert got.value.suggested_filename == "what-it-will-cost.pdf"


def test_a_letter_is_refused_with_the_reason_and_made_for_the_client(joy, page):
    enter(page, "ruth")
    page.goto(f"/staff/clients/{joy.pk}/level/{joy.found.pk}/")
    page.get_by_role("link", name="PDF for an insurer").click()
    page.get_by_label("For whom").select_option(label="Lakeshore Health Plan")
    page.get_by_role("button", name="Make the PDF").click()
    expect(page.get_by_role("alert")).to_contain_text("This may not leave.")
    page.get_by_label("For whom").select_option(label="Joy Okonkwo: their own copy")
    with page.expect_download() as got:
        page.get_by_role("button", name="Make the PDF").click()
    assert got.value.suggested_filename == "letter.pdf"


def test_every_page_of_coverage_is_accessible_on_every_screen(
    joy, program, any_screen, assert_accessible
):
    with tenancy.within(program.alder):
        some_check(program.actor("ines"), joy.plan, at=clock.now())
    addresses = (
        f"/staff/clients/{joy.pk}/coverage/",
        f"/staff/plans/{joy.plan.pk}/check/",
        f"/staff/coverage/{joy.pk}/costs/",
        f"/staff/clients/{joy.pk}/level/{joy.found.pk}/letter/",
    )
    look_at_all(any_screen, "ines", addresses, assert_accessible)


def test_a_billers_pages_are_accessible_on_every_screen(joy, any_screen, assert_accessible):
    addresses = ("/staff/coverage/", f"/staff/coverage/{joy.pk}/", "/staff/fees/")
    look_at_all(any_screen, "bao", addresses, assert_accessible)


def look_at_all(page, who, addresses, assert_accessible):
    """Each page with everything on it unfolded."""
    enter(page, who)
    page.wait_for_url("**/staff")
    for address in addresses:
        page.goto(address)
        for summary in page.locator("main summary").all():
            if summary.is_visible():
                summary.click()
        assert_accessible(page)
