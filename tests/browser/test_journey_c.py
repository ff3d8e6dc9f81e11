"""Needs residential care: referred under a consent, back 31 days later, down into IOP again."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from handrail.foundation import tenancy
from tests.browser.board import set_clock
from tests.browser.journeys import (
    answer_findings,
    press,
    take_back_the_device,
    take_named_consent,
    write_what_was_heard,
)
from tests.browser.test_staff import enter
from tests.factories import programs as make

BACK = date(2026, 12, 25)
PLACE = "Maple Ferry House"


@pytest.fixture
def joy(program, monkeypatch):
    """Joy, in the evening group since the beginning of November; the clock is the demo's."""
    set_clock(monkeypatch, make.AT)
    by = program.actor("paul")
    with tenancy.within(program.alder):
        evening = make.a_track(by, make.a_program(by), until=date(2027, 3, 31))
        person = make.a_client(by, name="Joy Castillo")
        make.in_track(by, evening, person)
    return person


def later(monkeypatch, days: int) -> None:
    """Let so many days pass since the evening on which it began."""
    set_clock(monkeypatch, make.AT + timedelta(days=days))


def test_away_for_a_month_and_back_in_a_chair_with_the_history_intact(joy, page, monkeypatch):
    chart = f"/staff/clients/{joy.pk}/"
    enter(page, "ruth")
    page.wait_for_url("**/staff")

    # What she needs is more than we have.
    page.goto(f"{chart}level/")
    page.get_by_role("link", name="Make a recommendation").click()
    answer_findings(page, {"cannot be safe at night without staff": "yes"}, age="41")
    press(page, "Keep this recommendation")
    page.goto(f"{chart}level/")
    press(page, "Confirm it")
    page.get_by_role("link", name="Record what is agreed").click()
    page.get_by_label("Client", exact=True).check()
    page.get_by_role("button", name="Keep the agreement").click()
    expect(page.get_by_role("status")).to_contain_text("The agreement is in the ledger")

    # Nothing leaves without a consent: the page says so and keeps what was typed.
    page.get_by_role("link", name="Referrals", exact=True).click()
    page.get_by_label("What they are referred to").select_option("rtc")
    page.get_by_label("Where to").fill(PLACE)
    page.get_by_label("Why", exact=True).fill("No night has been safe since October.")
    page.get_by_label("That they are or were in care here").check()
    page.get_by_label("The recommended level of care, and why").check()
    page.get_by_label("Expected back", exact=False).first.fill("12/25/2026")
    page.get_by_label("Back to").select_option("iop")
    page.get_by_label("Who keeps track of it").select_option(label="Ruth Okafor")
    page.get_by_role("button", name="Prepare it").click()
    wrong = page.get_by_role("listitem").filter(has_text="No consent on file names this recipient")
    expect(wrong).to_be_visible()
    expect(page.get_by_label("Where to")).to_have_value(PLACE)
    consents = page.context.new_page()
    take_named_consent(
        consents, chart, PLACE, signs="Joy Castillo",
        contents=("That I am or was in care here", "Which level of care was recommended"),
    )  # fmt: skip
    consents.close()
    page.get_by_role("button", name="Prepare it").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing has left yet")
    page.get_by_label("How it leaves").select_option("fax")
    page.get_by_role("button", name="Send, and account for it").click()
    expect(page.get_by_role("status")).to_contain_text("It is sent")
    referral = page.url

    # What was sent, and under which consent.
    expect(page.get_by_text(f"To: {PLACE}", exact=False).first).to_be_visible()
    with page.expect_download() as papers:
        page.get_by_role("button", name="The papers that left").click()
    assert papers.value.suggested_filename == "referral.pdf"
    page.goto(f"{chart}disclosures/")
    expect(page.get_by_text(PLACE).first).to_be_visible()

    # Received, accepted, there; the seat here is given up, the days to call are laid out.
    page.goto(referral)
    for state in ("They have it", "They will take the person", "The person is there"):
        write_what_was_heard(page, state, by="Ms. Orr")
    expect(page.get_by_text("the person is there and expected back").first).to_be_visible()
    days = page.get_by_role("region", name="When we get in touch")
    expect(days.get_by_text("Ask how it goes there", exact=False).first).to_be_visible()
    expect(days.get_by_text("Fri, Dec 25", exact=False)).to_be_visible()
    page.get_by_role("link", name="close the episode as transferred").click()
    page.get_by_text("Close the episode", exact=True).first.click()
    page.get_by_label("How it ended").select_option("transferred")
    page.get_by_role("textbox", name="Summary").fill(
        "Residential care first; back here on December 25."
    )
    page.get_by_role("button", name="Close the episode").click()
    expect(page.get_by_text("Not in care now").first).to_be_visible()

    # A week on: somebody asks how it goes there.
    later(monkeypatch, 7)
    page.goto("/staff")
    row = (
        page.get_by_role("listitem")
        .filter(has_text="Joy Castillo")
        .filter(has_text="how it goes there")
    )
    row.get_by_role("link", name="Open referral").click()
    page.get_by_label("What you heard").fill("She sleeps; the day holds.")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("She sleeps; the day holds.")).to_be_visible()

    # Thirty-one days on, the return opens on Today and is one press from the admission.
    later(monkeypatch, 31)
    page.goto("/staff")
    row = (
        page.get_by_role("listitem")
        .filter(has_text="Joy Castillo")
        .filter(has_text="Expected back")
    )
    expect(row).to_contain_text(f"from {PLACE}, to step down to IOP")
    row.get_by_role("link", name="Open admission").click()
    expect(page.get_by_text(f"from {PLACE}, to intensive outpatient")).to_be_visible()
    expect(page.get_by_text("1 earlier episode on file")).to_be_visible()
    expect(page.get_by_role("heading", name="The course in Evening IOP")).to_be_visible()

    # What is found now, before she is admitted: she begins with what was found then.
    page.goto(f"{chart}level/")
    page.get_by_role("link", name="Make a recommendation").click()
    night = page.get_by_role("combobox", name="Cannot be safe at night without staff")
    night.select_option("no")
    press(page, "Keep this recommendation")
    page.goto(f"{chart}level/")
    page.get_by_role("link", name="Record what is agreed").click()
    page.get_by_label("Client", exact=True).check()
    page.get_by_role("button", name="Keep the agreement").click()
    expect(page.get_by_role("status")).to_contain_text("The agreement is in the ledger")
    page.goto(f"{chart}notice/")
    page.get_by_label("Your name").fill("Joy Castillo")
    press(page, "Yes, I was given it")
    take_back_the_device(page)

    page.goto("/staff")
    row.get_by_role("link", name="Open admission").click()
    page.get_by_label("Still open").check()
    page.get_by_role("button", name="Admit to Evening IOP").click()
    expect(page.get_by_role("status")).to_contain_text("is admitted")

    # One person, two episodes, one ledger that shows the step down; nothing is due any more.
    page.goto(referral)
    expect(page.get_by_text("the person is back").first).to_be_visible()
    page.goto(f"{chart}about/")
    episodes = page.get_by_role("region", name="Episode of care")
    expect(episodes).to_contain_text("Transferred November 2, 2026")
    page.goto(f"{chart}level/")
    every = page.get_by_role("table", name="Every position")
    expect(every.get_by_role("row").filter(has_text="Agreed")).to_have_count(2)
    page.goto("/staff")
    expect(page.get_by_text("Open admission")).to_have_count(0)
