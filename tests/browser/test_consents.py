"""Taking a consent on a phone and taking it back again, in a real browser."""

import pytest
from playwright.sync_api import expect

from handrail.areas.clients import services as clients_services
from handrail.areas.consents import services as consents_services
from handrail.areas.consents.models import Consent, Disclosure
from handrail.demo.accounts import PASSWORD
from handrail.foundation import clock, tenancy
from tests.areas.clients.people import some_client, some_episode
from tests.areas.consents.consents import disclosing, some_consent
from tests.browser.test_staff import enter


@pytest.fixture
def joy(program):
    """A client in care with a contact, and something that waits under a consent."""
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now())
        some_episode(by, client)
        clients_services.record_contact(
            client_id=client.pk, name="Ada Okonkwo", relationship="sibling", phone="555-0100",
            by=by, at=clock.now(),
        )  # fmt: skip
        client.care = some_consent(by, client, at=clock.now())
        consents_services.queue_disclosure(
            **disclosing(by, client, at=clock.now()), subject="referral:1"
        )
    return client


def test_a_family_consent_is_taken_on_a_phone_with_a_drawn_signature(joy, phone, program):
    enter(phone, "ines")
    phone.wait_for_url("**/staff")
    phone.goto(f"/staff/clients/{joy.pk}/consents/new/?kind=family")
    phone.get_by_label("I asked Joy Okonkwo alone").check()
    phone.get_by_label("Family member or friend").select_option(
        label="Ada Okonkwo, brother or sister"
    )
    phone.get_by_label("Whether I came").check()
    phone.get_by_role("button", name="Write it out").click()
    phone.get_by_role("link", name="Open the signing page").click()
    expect(phone.get_by_text("whether I came")).to_be_visible()
    expect(phone.get_by_role("navigation")).to_have_count(0)
    phone.get_by_role("button", name="I agree and sign").click()
    expect(phone.get_by_role("alert")).to_contain_text("Type the name of who signs")
    phone.get_by_label("Your name").fill("Joy Okonkwo")
    field = phone.locator("canvas")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    phone.mouse.move(box["x"] + 20, box["y"] + 40)
    phone.mouse.down()
    for step in range(12):
        phone.mouse.move(box["x"] + 20 + 15 * step, box["y"] + 40 + 20 * (step % 2))
    phone.mouse.up()
    phone.get_by_role("button", name="I agree and sign").click()
    expect(phone.get_by_role("status")).to_contain_text("Thank you. It is signed.")
    phone.get_by_role("link", name="For staff: go on").click()
    expect(phone.get_by_role("heading", name="Please hand this back")).to_be_visible()
    phone.get_by_role("link", name="For staff: it is me").click()
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="It is me").click()
    expect(phone.get_by_role("link", name="Ada Okonkwo")).to_be_visible()
    with tenancy.within(program.alder):
        kept = Consent.objects.get(kind="family")
        assert kept.signed_how == "drawn"
        assert len(kept.drawn[0]) > 5


def test_back_from_the_signing_page_leads_to_no_chart(joy, page, program):
    with tenancy.within(program.alder):
        renewed = consents_services.renew_consent(
            consent_id=joy.care.pk, expires_when="When I leave", by=program.actor("ruth"),
            at=clock.now(),
        )  # fmt: skip
    enter(page, "ines")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/consents/")
    page.goto(f"/staff/consents/{renewed.pk}/")
    page.get_by_role("link", name="Open the signing page").click()
    expect(page.get_by_role("heading", name="Sign here")).to_be_visible()
    for _ in range(3):
        page.go_back()
        expect(page.get_by_role("heading", name="Please hand this back")).to_be_visible()
        expect(page.get_by_text("Okonkwo")).to_have_count(0)
    page.goto(f"/staff/consents/{renewed.pk}/sign/")
    expect(page.get_by_role("heading", name="Sign here")).to_be_visible()


def test_the_field_can_be_cleared_and_the_typed_name_signs_alone_by_keyboard(joy, page, program):
    with tenancy.within(program.alder):
        renewed = consents_services.renew_consent(
            consent_id=joy.care.pk, expires_when="When I leave", by=program.actor("ruth"),
            at=clock.now(),
        )  # fmt: skip
    enter(page, "ines")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/consents/{renewed.pk}/sign/")
    page.locator("canvas").click()
    assert page.locator("[name=strokes]").input_value() != ""
    page.get_by_role("button", name="Clear the field").press("Enter")
    assert page.locator("[name=strokes]").input_value() == ""
    page.get_by_label("Your name").focus()
    page.keyboard.type("Joy Okonkwo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you")
    with tenancy.within(program.alder):
        assert Consent.objects.get(pk=renewed.pk).signed_how == "typed"


def test_it_is_signed_without_script(joy, open_page, program):
    with tenancy.within(program.alder):
        renewed = consents_services.renew_consent(
            consent_id=joy.care.pk, expires_when="When I leave", by=program.actor("ruth"),
            at=clock.now(),
        )  # fmt: skip
    page = open_page(java_script_enabled=False)
    enter(page, "ines")
    page.goto(f"/staff/consents/{renewed.pk}/sign/")
    expect(page.locator("canvas")).to_be_hidden()
    page.get_by_label("Your name").fill("Joy Okonkwo")
    page.get_by_role("button", name="I agree and sign").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")


def test_taking_a_consent_back_stops_what_waits(joy, page, program):
    enter(page, "owen")
    page.wait_for_url("**/staff")
    page.goto(f"/staff/clients/{joy.pk}/consents/")
    expect(page.get_by_text("May leave")).to_be_visible()
    page.get_by_role("link", name="Their treating providers").press("Enter")
    page.get_by_text("The client takes it back", exact=True).press("Enter")
    page.get_by_label("How they said it").select_option("phone")
    page.get_by_role("button", name="Take it back now").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("What waited under it has stopped")
    expect(page.get_by_text("The client took the consent back.")).to_be_visible()
    with tenancy.within(program.alder):
        assert Disclosure.objects.get().state == "stopped"


def test_every_page_of_consents_is_accessible_on_every_screen(joy, any_screen, assert_accessible):
    page = any_screen
    enter(page, "paul")
    page.wait_for_url("**/staff**")
    if "switch" in page.url:
        page.get_by_role("button", name="Alder Street Recovery").click()
    page.goto(f"/staff/clients/{joy.pk}/consents/")
    for summary in page.locator(".tabbed summary").all():
        summary.click()
    assert_accessible(page)
    for kind in ("care", "family", "named", "intermediary", "criminal_justice"):
        page.goto(f"/staff/clients/{joy.pk}/consents/new/?kind={kind}")
        assert_accessible(page)
    page.get_by_role("button", name="Write it out").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/staff/consents/{joy.care.pk}/")
    for summary in page.locator(".tabbed summary").all():
        summary.click()
    assert_accessible(page)
    for part in ("sign", "copy"):
        page.goto(f"/staff/consents/{joy.care.pk}/{part}/")
        assert_accessible(page)
    for part in ("send/", "disclosures/", "disclosures/new/", "disclosures/without-consent/"):
        page.goto(f"/staff/clients/{joy.pk}/{part}")
        assert_accessible(page)
    page.goto(f"/staff/clients/{joy.pk}/disclosures/without-consent/?kind=court_order")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.goto("/staff/organization/notice")
    for summary in page.locator("main summary").all():
        summary.click()
    assert_accessible(page)
    page.goto(f"/staff/clients/{joy.pk}/notice/")
    assert_accessible(page)
    page.goto(f"/staff/clients/{joy.pk}/")
    expect(page.get_by_role("heading", name="Please hand this back")).to_be_visible()
    assert_accessible(page)
