"""Tonight's board in a browser: who opens it, what time it is, and which commands were given."""

import os
import time
from datetime import datetime

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from handrail.foundation import clock
from tests.factories.evening import AT, Evening
from tests.staff import sign_in

ADDRESS = "HANDRAIL_TEST_ADDRESS"
COUNT = """
window.commands = [];
const isText = (one) => one.matches?.(
  "textarea, input:not([type=radio]):not([type=checkbox]):not([type=submit])");
addEventListener("click", (event) => {
  // Enter or Space on a button clicks as well: the key was counted.
  if (event.isTrusted && event.detail > 0) commands.push("click");
}, true);
addEventListener("keydown", (event) => {
  const types = isText(event.target) && !event.ctrlKey && !event.metaKey
    && (event.key.length === 1 || ["Backspace", "Delete"].includes(event.key));
  if (event.isTrusted && !types) commands.push(event.key);
}, true);
"""
"""Every trusted click and every key that is not a letter of a text, modifiers included."""


def set_clock(monkeypatch, at: datetime = AT) -> None:
    """Let the evening be at this moment."""
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(at.timestamp() - time.time()))


def enter(page: Page, program, name: str = "mara") -> Page:
    """Sign someone in without the sign-in page."""
    client = sign_in(Client(), program, name, program.alder)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": os.environ[ADDRESS]}]
    )
    return page


def open_board(page: Page, evening: Evening, *, script: bool = True) -> Page:
    """Open tonight's board and wait until its script has begun."""
    page.goto(f"/staff/sessions/{evening.session.pk}/")
    if script:
        expect(page.locator("html")).to_have_attribute("data-board", "ready")
    return page


def person(page: Page, called: str):
    """Someone's tile."""
    return page.get_by_role("article", name=called)


def words_of(page: Page):
    """The field of the open person's own words."""
    return page.locator(".panel.open").get_by_label("own words and yours")


def saved(page: Page) -> None:
    """Everything typed has arrived."""
    expect(page.locator("#status")).to_contain_text("Saved", timeout=8000)
