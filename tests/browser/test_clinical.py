"""A safety plan made side by side on a tablet, and an assessment, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.areas.assessment import services as assessments
from handrail.areas.clients.models import Client
from handrail.areas.safety.selectors import safety_plans as safety
from handrail.demo.house import ZONE
from handrail.foundation import clock, tenancy
from tests.areas.assessment.assessing import a_signed_assessment
from tests.areas.clients.people import some_client, some_episode
from tests.areas.safety.safety import a_safety_plan
from tests.browser.test_staff import enter

TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}


@pytest.fixture
def joy(program) -> Client:
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now())
        some_episode(by, client)
    return client


def soon() -> str:
    day = clock.today(ZONE) + timedelta(days=7)
    return f"{day.month}/{day.day}/{day.year}"


def fill_in(page) -> None:
    for label, text in (
        ("How I notice that it is getting bad", "I stop answering my sister"),
        ("What I can do by myself, right away", "Walk to the river"),
        ("Whom I ask for help", "Coach Lee, 555-0177"),
        ("What I stay for", "My daughter’s games"),
        ("Pills, drugs and alcohol at home: what was agreed", "Her mother keeps the bottle"),
        ("When this program is closed", "Night line, 555-0190"),
        ("We look at it again on", soon()),
        ("The person agrees: their name", "Joy Okonkwo"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Firearms: what they answered").select_option("none")
    page.get_by_label("Pills, drugs and alcohol at home: what they answered").select_option("safer")
    page.get_by_label("Naloxone", exact=True).select_option("not_needed")
    page.get_by_label("Who sees to that").select_option(label="Mara Whitfield")


def test_made_side_by_side_saved_as_typed_signed_and_taken_along(joy, program, open_page):
    page = open_page(**TABLET)
    enter(page, "mara")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/safety-plan/")
    page.get_by_role("button", name="Write it together").click()
    expect(page.locator("html[data-writing=ready]")).to_be_attached()
    page.get_by_label("What I stay for").fill("My daughter’s games")
    expect(page.locator("#status")).to_contain_text("Saved")
    page.reload()  # nothing was pressed, and nothing is lost
    expect(page.get_by_label("What I stay for")).to_have_value("My daughter’s games")
    expect(page.locator("html[data-writing=ready]")).to_be_attached()
    fill_in(page)
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("status").first).to_contain_text("Version 1 of the safety plan")
    expect(page.get_by_text("Her mother keeps the bottle")).to_be_visible()
    page.get_by_role("button", name="On their phone").click()
    expect(page.get_by_role("img", name="Square code")).to_be_visible()
    page.get_by_text("The camera does not read it").click()
    address = page.locator(".said b").inner_text()
    phone = open_page(viewport={"width": 375, "height": 812}, is_mobile=True, has_touch=True)
    phone.goto(address)
    with phone.expect_download() as taken:
        phone.get_by_role("button", name="Save my plan").click()
    assert taken.value.suggested_filename == "my-plan.html"
    phone.goto(address)
    expect(phone.get_by_role("heading", name="This has been used")).to_be_visible()


def test_a_lost_connection_keeps_the_words(joy, program, page):
    enter(page, "mara")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/safety-plan/write/")
    expect(page.locator("html[data-writing=ready]")).to_be_attached()
    page.context.set_offline(True)
    page.get_by_label("What I stay for").fill("My garden")
    expect(page.locator("#status")).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(page.locator("#status")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_label("What I stay for")).to_have_value("My garden")


def test_by_keyboard_alone_without_script(joy, program, open_page):
    page = open_page(java_script_enabled=False)
    enter(page, "mara")
    page.goto(f"/staff/clients/{joy.pk}/safety-plan/")
    page.get_by_role("button", name="Write it together").press("Enter")
    page.get_by_role("button", name="Sign it").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Not signed yet")
    fill_in(page)
    page.get_by_role("button", name="Sign it").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Version 1 of the safety plan")
    with tenancy.within(program.alder):
        kept = safety.safety_plan_of(joy.pk, by=program.actor("mara"))
    assert kept.plan.agreed_name == "Joy Okonkwo"


def test_every_page_is_accessible_on_every_screen(joy, program, any_screen, assert_accessible):
    page = any_screen
    with tenancy.within(program.alder):
        by, at = program.actor("mara"), clock.now()
        plan = a_safety_plan(by, joy, program.place("mara"), at=at)
        a_signed_assessment(program.actor("carmen"), joy, at=at)
        assessments.begin_assessment(client_id=joy.pk, by=by, at=at)
    enter(page, "mara")
    page.wait_for_url("**/staff")
    chart = f"/staff/clients/{joy.pk}"
    for path in ("safety-plan/", "safety-plan/write/", f"safety-plan/{plan.pk}/", "assessment/",
                 "assessment/words/", "assessment/baseline/", "assessment/findings/"):  # fmt: skip
        page.goto(f"{chart}/{path}")
        for summary in page.locator(".tabbed > .details > summary, .list summary").all():
            summary.click()
        assert_accessible(page)
    for button, place in (("On paper", "paper"), ("On their phone", "phone")):
        page.goto(f"{chart}/safety-plan/")
        page.get_by_role("button", name=button).click()
        page.wait_for_url(f"**/{place}/")
        assert_accessible(page)
    address = page.locator(".said b").inner_text()
    page.goto(address)
    assert_accessible(page)
