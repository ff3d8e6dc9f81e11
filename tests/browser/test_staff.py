"""Signing in with a real browser: by mouse, by keyboard, with an app, with a passkey."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import CDPSession, Page, expect

from handrail.areas.organizations.models import (
    Credential,
    Invitation,
    Membership,
    OrganizationSettings,
    SecondFactor,
    StaffSession,
)
from handrail.areas.organizations.sessions import SessionStore
from handrail.core.access import Role
from handrail.demo.accounts import LISTED, PASSWORD
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.web.kit import access

pytestmark = pytest.mark.usefixtures("program")


def enter(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(f"{name}@alder.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()


def a_while_ago() -> None:
    """Whoever signed in did so more than fifteen minutes ago."""
    for row in StaffSession.objects.all():
        session = SessionStore(row.session_key)
        for one in session.get("account_authentication_methods", ()):
            one["at"] -= 15 * 60
        session.save()


def sign_out(page: Page) -> None:
    page.goto("/sign-out")
    with page.expect_navigation():  # drafts are wiped first, then the form goes
        page.get_by_role("button", name="Sign out").click()


def ask_second_factor(program) -> None:
    with tenancy.within(program.alder):
        OrganizationSettings.objects.update(second_factor=SecondFactor.ADMINISTRATORS)


def test_sign_in_and_out_by_mouse(page):
    enter(page, "mara")
    expect(page.get_by_role("heading", name="Upcoming")).to_be_visible()
    page.locator("summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_sign_in_and_look_around_by_keyboard_alone(page):
    page.goto("/sign-in")
    page.keyboard.press("Tab")  # the name of the site
    page.keyboard.press("Tab")
    page.keyboard.type("mara@alder.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Today", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    page.wait_for_load_state()  # the script listens for Escape
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    for _ in range(6):  # the mark, Today, Inquiries, Clients, Groups, the name
        page.keyboard.press("Tab")
    expect(page.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="People")).to_be_hidden()
    expect(page.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    # Screening times, Outreach, Expected back, Coverage, Payers and fees, People
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="People")).to_be_visible()


def test_a_wrong_password_says_so_and_keeps_the_email(page):
    page.goto("/sign-in")
    page.get_by_label("Email").fill("mara@alder.example")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not correct")
    expect(page.get_by_label("Email")).to_have_value("mara@alder.example")


def test_an_administrator_sets_up_an_app_and_signs_in_with_its_code(
    program, page, assert_accessible, monkeypatch
):
    ask_second_factor(program)
    enter(page, "ada")
    expect(page.get_by_role("heading", name="Security")).to_be_visible()
    page.goto("/staff")
    expect(page.get_by_role("heading", name="Security")).to_be_visible()
    a_while_ago()
    page.get_by_role("link", name="Set up an app").click()
    assert_accessible(page)
    confirm(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    assert_accessible(page)
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert_accessible(page)
    page.goto("/staff")
    expect(page.get_by_role("link", name="Today", exact=True)).to_be_visible()
    sign_out(page)
    enter(page, "ada")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    # A code works once: the next half minute has a fresh one, which is within the tolerance.
    page.get_by_label("Code").fill(code(secret, steps=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Today", exact=True)).to_be_visible()


def code(secret: str, *, steps: int = 0) -> str:
    counter = int(time.time() // 30) + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def add_authenticator(page: Page) -> tuple[CDPSession, str]:
    """Something that keeps passkeys, as a phone or a laptop does, and its id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, made["authenticatorId"]


def test_a_passkey_signs_in_without_password(page, assert_accessible):
    add_authenticator(page)
    enter(page, "mara")
    page.goto("/security/passkeys/add")
    assert_accessible(page)
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/security/passkeys")
    expect(page.get_by_role("rowheader", name="Master key")).to_be_visible()
    assert_accessible(page)
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("link", name="Today", exact=True)).to_be_visible()
    expect(page.locator("summary")).to_contain_text("Mara Whitfield")


def test_an_idle_page_offers_to_stay_and_then_leaves(program, page, monkeypatch):
    passed = {"seconds": 0}
    monkeypatch.setattr(
        access, "time", SimpleNamespace(time=lambda: time.time() + passed["seconds"])
    )
    page.clock.install()
    enter(page, "mara")
    expect(page.locator("summary")).to_be_visible()
    page.wait_for_load_state()  # the script has set its timer
    passed["seconds"] = 13 * 60 + 30
    page.clock.fast_forward("13:30")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    passed["seconds"] += 15 * 60 + 5
    page.clock.fast_forward("15:05")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_someone_new_is_invited_and_comes_in(page, open_page, settings):
    settings.DEMO = True
    enter(page, "ada")
    page.goto("/staff/people")
    page.get_by_role("link", name="Invite someone").click()
    page.get_by_label("Name").fill("Nia Brooks")
    page.get_by_label("Work e-mail").fill("nia@alder.example")
    page.get_by_label("Supervisor.").check()
    a_while_ago()
    page.get_by_role("button", name="Send the invitation").click()
    confirm(page)  # what was typed is kept and sent
    link = page.get_by_role("link", name="Open the invitation").get_attribute("href")
    other = open_page()
    other.goto(link)
    expect(other.get_by_role("heading", name="Welcome, Nia Brooks")).to_be_visible()
    other.get_by_label("Choose a password").fill("four quiet green stairs")
    other.get_by_label("The same again").fill("four quiet green stairs")
    other.get_by_role("button", name="Take my place").click()
    expect(other.get_by_role("status")).to_contain_text("Your place is ready")
    page.goto("/staff/people")
    page.get_by_role("link", name="Nia Brooks").click()
    page.get_by_role("button", name="End access").click()
    expect(page.get_by_role("status")).to_contain_text("Access is ended")


# ---- signing in again over the page --------------------------------------------------------------


def end_every_session() -> None:
    assert StaffSession.objects.update(expire_date=clock.now() - timedelta(minutes=1))


def be_away(minutes: int) -> None:
    """As if nobody had used the page for so long."""
    for row in StaffSession.objects.all():
        kept = SessionStore(row.session_key)
        kept[access.SEEN_AT] -= minutes * 60
        kept.save()


def type_license(page: Page, program) -> None:
    page.goto(f"/staff/people/{program.place('tess').id}")
    page.get_by_text("Record a license").click()
    page.get_by_label("What it is called").fill("Phlebotomist")
    page.get_by_label("Issued by").fill("A board")


def save(page: Page) -> None:
    page.get_by_role("button", name="Put on file").click()


def licenses(program) -> list[str]:
    with tenancy.within(program.alder):
        found = Credential.objects.filter(title="Phlebotomist")
        return [one.membership.user.name for one in found]


def actions(program) -> list[str]:
    with tenancy.within(program.alder):
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def invitations(program) -> int:
    with tenancy.within(program.alder):
        return Invitation.objects.filter(email="nia@alder.example").count()


def again(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_what_was_typed_is_kept_and_sent_when_the_session_had_ended(
    program, page, assert_accessible
):
    enter(page, "ada")
    type_license(page, program)
    end_every_session()
    save(page)
    dialog = page.get_by_role("dialog", name="Sign in")
    expect(dialog).to_contain_text("You were signed out, Ada Lindqvist")
    expect(page.get_by_label("Email")).to_have_value("ada@alder.example")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    expect(page.get_by_role("heading", name="Tess Marlow", include_hidden=True)).to_be_hidden()
    assert_accessible(page)
    again(page, "wrong")
    expect(dialog.get_by_role("alert")).to_contain_text("not correct")
    assert_accessible(page)
    for _ in range(2):
        page.keyboard.press("Escape")
        expect(dialog).to_be_visible()
    assert licenses(program) == []
    again(page)
    expect(page.get_by_role("status")).to_contain_text("The license is on file")
    assert licenses(program) == ["Tess Marlow"]
    expected = ["sign_in", "sign_in.failed", "sign_in", "credentials.record"]
    assert actions(program)[-4:] == expected


def test_who_comes_back_after_the_idle_end_finds_what_was_typed(program, page):
    page.clock.install()
    enter(page, "ada")
    type_license(page, program)
    be_away(minutes=14)
    page.clock.fast_forward("13:30")
    expect(page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    be_away(minutes=2)
    page.clock.fast_forward("00:20")
    expect(page.get_by_role("dialog", name="Sign in")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(1)
    again(page)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("What it is called")).to_have_value("Phlebotomist")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("The license is on file")


def test_somebody_else_gets_their_own_page_and_nothing_of_the_other(program, page):
    enter(page, "ada")
    type_license(page, program)
    end_every_session()
    save(page)
    page.get_by_label("Email").fill("ruth@alder.example")
    again(page)
    page.wait_for_url("**/staff")
    expect(page.locator("summary")).to_contain_text("Ruth")
    assert licenses(program) == []


def test_a_page_of_someone_else_in_another_tab_sends_nothing(program, page):
    enter(page, "ada")
    type_license(page, program)
    other = page.context.new_page()
    sign_out(other)
    enter(other, "ruth")
    expect(other.locator("summary")).to_contain_text("Ruth")
    save(page)
    page.wait_for_url("**/staff")
    expect(page.locator("summary")).to_contain_text("Ruth")
    assert licenses(program) == []


def test_a_second_factor_is_asked_for_in_the_dialog_too(program, page, assert_accessible):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(program.user("ada"), secret)
    enter(page, "ada")
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("summary")).to_contain_text("Ada")
    type_license(page, program)
    end_every_session()
    save(page)
    again(page)
    expect(page.get_by_role("dialog", name="One more step")).to_be_visible()
    expect(page.get_by_label("Code")).to_be_focused()
    assert_accessible(page)
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    assert licenses(program) == []
    page.get_by_label("Code").fill(code(secret, steps=1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The license is on file")


def test_signing_in_in_a_new_tab_lets_the_page_go_on(program, page):
    enter(page, "ada")
    type_license(page, program)
    end_every_session()
    save(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Use a passkey").click()
    tab = opened.value
    tab.get_by_label("Email").fill("ada@alder.example")
    again(tab)
    expect(tab.get_by_role("heading", name="You are signed in again")).to_be_visible()
    tab.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # as a window on a desktop gets it
    expect(page.get_by_role("status")).to_contain_text("The license is on file")


def test_a_passkey_in_a_new_tab_lets_the_page_go_on(program, page):
    keys, here = add_authenticator(page)
    enter(page, "ada")
    page.goto("/security/passkeys/add")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    type_license(page, program)
    end_every_session()
    save(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Use a passkey").click()
    tab = opened.value
    elsewhere, there = add_authenticator(tab)
    for one in keys.send("WebAuthn.getCredentials", {"authenticatorId": here})["credentials"]:
        elsewhere.send("WebAuthn.addCredential", {"authenticatorId": there, "credential": one})
    tab.get_by_role("button", name="Use a passkey").click()
    expect(tab.get_by_role("heading", name="You are signed in again")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("status")).to_contain_text("The license is on file")


def test_who_works_in_two_places_comes_back_to_the_pages_own(program, page):
    with tenancy.within(program.harbor):
        Membership.objects.create(
            user=program.user("ada"),
            organization_id=program.harbor,
            roles=[Role.ADMINISTRATOR],
            created_at=clock.now(),
        )
    enter(page, "ada")
    page.get_by_role("button", name="Alder Street Recovery").click()
    type_license(page, program)
    end_every_session()
    save(page)
    again(page)
    expect(page.get_by_role("status")).to_contain_text("The license is on file")
    assert licenses(program) == ["Tess Marlow"]


def test_showing_that_it_is_me_leaves_the_page_where_it_is(program, page, assert_accessible):
    enter(page, "ada")
    page.goto("/staff/people/invite")
    page.get_by_label("Name").fill("Nia Brooks")
    page.get_by_label("Work e-mail").fill("nia@alder.example")
    page.get_by_label("Supervisor.").check()
    send = page.get_by_role("button", name="Send the invitation")
    a_while_ago()
    send.click()
    dialog = page.get_by_role("dialog", name="Is it still you?")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Name")).to_have_value("Nia Brooks")
    send.click()
    page.get_by_role("button", name="Not now").click()
    expect(send).to_be_focused()
    assert invitations(program) == 0
    send.click()
    confirm(page)
    expect(page.get_by_role("heading", name="Invited")).to_be_visible()
    assert invitations(program) == 1


def test_after_too_many_attempts_the_dialog_says_so_and_the_page_stays(program, page, settings):
    enter(page, "ada")
    type_license(page, program)
    end_every_session()
    save(page)
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    again(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("not correct")
    again(page)
    expect(page.get_by_role("alert")).to_contain_text("Too many attempts")
    del settings.ACCOUNT_RATE_LIMITS
    again(page)
    expect(page.get_by_role("status")).to_contain_text("The license is on file")


def test_without_script_a_form_leads_through_the_plain_pages(program, open_page):
    page = open_page(java_script_enabled=False)
    enter(page, "ada")
    page.goto(f"/staff/people/{program.place('tess').id}")
    a_while_ago()
    page.get_by_role("button", name="End access").click()
    confirm(page)
    expect(page.get_by_role("status")).to_contain_text("Access is ended")


def test_without_a_connection_nothing_is_sent_and_nothing_lost(program, page):
    enter(page, "ada")
    type_license(page, program)
    page.context.set_offline(True)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("There is no connection")
    page.context.set_offline(False)
    save(page)
    expect(page.get_by_role("status")).to_contain_text("The license is on file")


def test_a_form_clicked_twice_is_sent_once(program, page):
    enter(page, "ada")
    type_license(page, program)
    page.get_by_role("button", name="Put on file").dblclick()
    expect(page.get_by_role("status")).to_contain_text("The license is on file")
    assert licenses(program) == ["Tess Marlow"]


def test_the_dialog_is_accessible_on_every_screen(program, any_screen, assert_accessible):
    enter(any_screen, "ada")
    type_license(any_screen, program)
    end_every_session()
    save(any_screen)
    expect(any_screen.get_by_role("dialog", name="Sign in")).to_be_visible()
    assert_accessible(any_screen)
    again(any_screen)
    expect(any_screen.get_by_role("status")).to_contain_text("The license is on file")
    any_screen.wait_for_load_state()  # the script listens for forms
    a_while_ago()
    any_screen.get_by_role("button", name="End access").click()
    expect(any_screen.get_by_role("dialog", name="Is it still you?")).to_be_visible()
    assert_accessible(any_screen)


PAGES = (
    "/staff",
    "/staff/people",
    "/staff/people/invite",
    "/staff/organization",
    "/staff/audit",
    "/staff/switch",
    "/staff/nothing",
    "/security",
    "/password",
    "/sign-out",
)


def test_every_page_is_accessible_on_every_screen(program, any_screen, settings, assert_accessible):
    settings.DEMO, settings.DEMO_ACCOUNTS, settings.DEMO_PASSWORD = True, LISTED, PASSWORD
    page = any_screen
    for path in ("/sign-in", "/password/forgotten", "/password/forgotten/sent", "/join/made-up"):
        page.goto(path)
        assert_accessible(page)
    page.goto("/sign-in")
    assert {role.words for role in Role} <= {shown for shown, *_ in LISTED}
    page.get_by_role("button", name="as Ada Lindqvist").click()
    page.wait_for_url("**/staff")
    for path in PAGES:
        page.goto(path)
        assert_accessible(page)
    page.goto(f"/staff/people/{program.place('tess').id}")
    page.get_by_text("Record a license").click()
    assert_accessible(page)
    page.locator(".me > summary").click()
    assert_accessible(page)
