"""Signing in with a real browser: by mouse, by keyboard, with an app, with a passkey."""

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from handrail.areas.organizations.models import OrganizationSettings, SecondFactor
from handrail.core.access import Role
from handrail.demo.accounts import LISTED, PASSWORD
from handrail.foundation import tenancy
from handrail.web.staff import gate

pytestmark = pytest.mark.usefixtures("program")


def enter(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(f"{name}@alder.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()


def sign_out(page: Page) -> None:
    page.goto("/sign-out")
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
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="People")).to_be_hidden()
    expect(page.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
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


def test_a_passkey_signs_in_without_password(page, assert_accessible):
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    authenticator.send(
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
    enter(page, "mara")
    page.goto("/security/passkeys/add")
    confirm(page)
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
    monkeypatch.setattr(gate, "time", SimpleNamespace(time=lambda: time.time() + passed["seconds"]))
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
