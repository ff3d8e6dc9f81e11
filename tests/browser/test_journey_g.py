"""A consent is taken back while a referral waits to be sent: nothing leaves, and it says why."""

import pytest
from playwright.sync_api import expect

from handrail.foundation import tenancy
from tests.browser.board import set_clock
from tests.browser.journeys import press, take_named_consent
from tests.browser.test_staff import enter
from tests.factories import programs as make

PLACE = "Maple Ferry House"
GOES_ALONG = ("That I am or was in care here", "My medicines and allergies")


@pytest.fixture
def joy(program, monkeypatch):
    """Joy, in care here; the clock is the demo's."""
    set_clock(monkeypatch, make.AT)
    with tenancy.within(program.alder):
        return make.a_client(program.actor("paul"), name="Joy Castillo")


def test_a_consent_taken_back_stops_the_referral_that_waits_under_it(joy, page):
    chart = f"/staff/clients/{joy.pk}/"
    enter(page, "ruth")
    page.wait_for_url("**/staff")
    consent = take_named_consent(page, chart, PLACE, contents=GOES_ALONG, signs="Joy Castillo")
    page.goto(f"{chart}referrals/")
    prepare(page)
    expect(page.get_by_role("button", name="Send, and account for it")).to_be_visible()
    waits = page.url

    # Somebody else has opened the page to send it; meanwhile Joy calls and takes the consent back.
    other = page.context.new_page()
    other.goto(consent)
    other.get_by_text("The client takes it back", exact=True).click()
    other.get_by_label("How they said it").select_option("phone")
    press(other, "Take it back now")
    expect(other.get_by_role("status")).to_contain_text("What waited under it has stopped")
    other.close()

    # The page that was open does not send it: it says why, and what to do.
    page.get_by_label("How it leaves").select_option("fax")
    page.get_by_role("button", name="Send, and account for it").click()
    expect(page.get_by_role("alert")).to_contain_text("The client took the consent back")
    expect(page.get_by_role("button", name="Send, and account for it")).to_have_count(0)
    expect(page.get_by_text("Nothing has left", exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="The papers that left")).to_have_count(0)
    page.goto(f"{chart}disclosures/")
    expect(page.get_by_role("main").get_by_text("Faxed", exact=False)).to_have_count(0)

    # Today says so to whoever keeps track of it, and leads there.
    page.goto("/staff")
    row = page.get_by_role("listitem").filter(has_text="Joy").filter(has_text="was not sent")
    expect(row).to_contain_text("took the consent back")
    row.get_by_role("link", name="Open referral").click()
    expect(page).to_have_url(waits)

    # What to do: go there without papers, or ask for a new consent and refer again.
    page.get_by_role("link", name="Refer again without papers").click()
    expect(page.get_by_label("Where to")).to_have_value(PLACE)
    expect(page.get_by_label("That they are or were in care here")).not_to_be_checked()
    press(page, "Prepare it")
    press(page, "Nothing is sent; count the days")
    expect(page.get_by_role("status")).to_contain_text("It is noted")
    page.goto(waits)
    page.get_by_text("End this referral", exact=True).click()
    page.get_by_label("Why it ends").fill("Goes by herself: the consent was taken back.")
    press(page, "End it")
    page.goto("/staff")
    expect(page.get_by_text("was not sent")).to_have_count(0)


def prepare(page) -> None:
    """Fill in the form of a referral to residential care, with two kinds of papers."""
    page.get_by_label("What they are referred to").select_option("rtc")
    page.get_by_label("Where to").fill(PLACE)
    page.get_by_label("Why", exact=True).fill("No night has been safe since October.")
    page.get_by_label("That they are or were in care here").check()
    page.get_by_label("Medicines and allergies").check()
    page.get_by_label("Back to").select_option("iop")
    page.get_by_label("Who keeps track of it").select_option(label="Ruth Okafor")
    press(page, "Prepare it")
