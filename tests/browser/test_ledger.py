"""The ledger in a real browser: a position by keyboard, what it gives up while choosing, agreed."""

import pytest
from playwright.sync_api import expect

from handrail.areas.ledger.services.agreements import record_refusal
from handrail.areas.ledger.services.positions import record_position
from handrail.areas.recommendations.services.confirmations import confirm_recommendation
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client
from tests.areas.ledger.ledgers import DETOX, IOP_PLACED, found, in_days
from tests.browser.test_staff import enter


@pytest.fixture
def joy(program):
    """A client for whom detox and IOP were found, and who refuses detox."""
    by, at = program.actor("ines"), clock.now()
    with tenancy.within(program.alder):
        client = some_client(by, pronouns="she/her", at=at)
        made = found(by, client, DETOX)
        confirm_recommendation(client_id=client.pk, recommendation_id=made.pk, by=by, at=at)
        for party, holder, sequence in (
            ("client", "", ["none"]),
            ("family", "Mother", ["detox", "rtc:30 days"]),
            ("payer", "Blue Oak Health", ["detox", "iop"]),
            ("mandating_body", "Drug court", ["detox", "iop"]),
        ):
            record_position(
                client_id=client.pk, party=party, holder=holder, sequence=sequence, by=by, at=at
            )
        record_refusal(
            client_id=client.pk, recommendation_id=made.pk, sequence=IOP_PLACED,
            explained="Seizures can kill; detox prevents them.", physician="Dr. Strand",
            physician_told_at=at, offered="A visit every day at the clinic",
            call_again_date=in_days(1), by=by, at=at,
        )  # fmt: skip
    return client


def test_a_position_by_keyboard_alone_says_what_it_gives_up_while_choosing(joy, page):
    enter(page, "mara")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/level/")
    page.get_by_label("Who", exact=True).focus()
    page.keyboard.type("Payer")
    page.keyboard.press("Tab")
    page.keyboard.type("SOP")
    page.keyboard.press("Tab")
    judged = page.locator("#judged")
    expect(judged).to_contain_text("this leaves out what cannot be agreed away")
    expect(judged).to_contain_text("Say why")
    page.keyboard.type("No failed IOP on record")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The position is in the ledger")
    expect(page.get_by_role("table", name="Every position")).to_contain_text("No failed IOP")


def test_an_agreement_shows_what_stays_unmet_and_the_floor_is_not_agreed_away(joy, page):
    enter(page, "ruth")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/level/agree/")
    first = page.get_by_label("Step 1", exact=True)
    expect(first).to_have_value("detox")
    first.select_option("iop")
    page.get_by_label("Step 2", exact=True).select_option("")
    expect(page.locator("#judged")).to_contain_text("This cannot be agreed")
    first.select_option("detox")
    page.get_by_label("Step 2", exact=True).select_option("sop")
    unmet = page.get_by_label("structured care several times a week")
    unmet.fill("Counselor on Fridays; appeal opened")
    page.get_by_label("Client", exact=True).check()
    page.get_by_role("button", name="Keep the agreement").click()
    expect(page.get_by_role("status")).to_contain_text("The agreement is in the ledger")
    expect(page.get_by_text("Detox, then SOP").first).to_be_visible()


def test_it_works_without_script(joy, open_page):
    page = open_page(java_script_enabled=False)
    enter(page, "mara")
    page.goto(f"/staff/clients/{joy.pk}/level/")
    page.get_by_label("Who", exact=True).select_option("client")
    page.get_by_label("Asks for", exact=True).select_option("fellowship")
    page.get_by_role("button", name="See what it gives up").click()
    expect(page.locator("#judged")).to_contain_text("Floor")
    page.get_by_role("button", name="Add to the ledger").click()
    expect(page.get_by_role("status")).to_contain_text("The position is in the ledger")


def test_every_page_of_the_ledger_is_accessible_on_every_screen(joy, any_screen, assert_accessible):
    page = any_screen
    enter(page, "ruth")
    page.wait_for_url("**/staff")
    level = f"/staff/clients/{joy.pk}/level/"
    page.goto(level)
    assert_accessible(page)
    for summary in page.locator(".tabbed summary").all():
        summary.click()
    assert_accessible(page)
    for part in ("client-view/", "agree/", "refusal/", "positions/"):
        page.goto(level + part)
        assert_accessible(page)
    page.goto(level)
    page.get_by_role("link", name="Override with a reason").click()
    assert_accessible(page)
    page.goto(level)
    page.get_by_role("link", name="Criteria sets side by side").click()
    assert_accessible(page)
    page.goto(level)
    page.get_by_role("link", name="Void").first.click()
    expect(page.get_by_label("What was wrong")).to_be_visible()
    assert_accessible(page)
    page.goto("/staff/reports/placement/")
    assert_accessible(page)
