"""A real Chromium, pages of every size and light, and the accessibility check.

Browser tests talk to a live server that speaks to the database as the app role. A page fails
its test when its script breaks or it asks for something the content policy forbids.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.screens import (
    AS_DRAWN,
    DESKTOP,
    EVERY_RULE,
    PHONE,
    READ_WHOLE,
    EveryScreen,
    assert_no_barrier,
)
from tests.conftest import one_worker_at_a_time

# A busy machine is slow, not wrong: what is expected may take its time to come.
expect.set_options(timeout=15_000)

# Playwright keeps an event loop in this thread; Django would take it for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that starts: one at hand, Debian's, or Playwright's own.

    Its headless shell comes first: the same engine without the windows and menus around it,
    which cost the whole Chromium half a second of work for each page.
    """
    with one_worker_at_a_time() as folder:
        answer = folder / "chromium"  # looked for once, whatever came of it
        if not answer.exists():
            answer.write_text(_at_hand() or _from_debian() or _from_playwright() or "")
        found = answer.read_text()
    if not found:
        pytest.skip("no browser: install Chromium, or name one in HANDRAIL_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """One Chromium for all tests of this worker."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *root])
        yield made
        made.close()


@pytest.fixture
def open_page(browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a fresh, cookieless page: `open_page(**PHONE)`, `open_page(java_script_enabled=False)`.

    Addresses are relative: `page.goto("/")`.
    """
    contexts, troubles = [], []

    def open_one(**options) -> Page:
        context = browser.new_context(base_url=live_server.url, **(DESKTOP | options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if _is_ours(line) else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == [], "the page's script broke or its content policy was touched"


@pytest.fixture
def page(open_page) -> Page:
    """A page on a desktop."""
    return open_page()


@pytest.fixture
def phone(open_page) -> Page:
    """A page on a phone."""
    return open_page(**PHONE)


@pytest.fixture
def every_screen(open_page, screens) -> EveryScreen:
    """A page for `assert_accessible`, which looks at it on every screen; it lies on a phone."""
    made = EveryScreen(open_page(**PHONE))
    screens[made.page] = made
    return made


@pytest.fixture
def any_screen(every_screen) -> Page:
    """The page of `every_screen`."""
    return every_screen.page


@pytest.fixture
def screens() -> dict[Page, EveryScreen]:
    """The pages of this test that are looked at on every screen."""
    return {}


@pytest.fixture
def assert_accessible(screens) -> Callable[[Page], None]:
    """Fail when axe finds anything on the page, of any impact, or when it scrolls sideways.

    Every rule is tried on one screen by light and one in the dark, a small one and a large one.
    """

    def check(page: Page) -> None:
        if page not in screens:
            assert_no_barrier(page, EVERY_RULE)
            return
        for name in screens[page].each():
            assert_no_barrier(page, EVERY_RULE if name in READ_WHOLE else AS_DRAWN, name)

    return check


def _is_ours(line) -> bool:
    """Errors of the page; a 4xx or 5xx answer that a test asked for is not one."""
    return line.type == "error" and "Failed to load resource" not in line.text


def _at_hand() -> str | None:
    names = [os.environ.get("HANDRAIL_CHROMIUM"), "chromium-headless-shell"]
    names += ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    names += ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
    with sync_playwright() as playwright:
        names.append(playwright.chromium.executable_path)
    return next((path for name in names if name and (path := _that_starts(name))), None)


def _that_starts(name: str) -> str | None:
    """Ubuntu's `chromium` may be an empty shell that only names another package: ask it."""
    path = shutil.which(name)
    if not path:
        return None
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return path if done.returncode == 0 else None


def _from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("\nInstalling Debian's Chromium …", file=sys.__stderr__, flush=True)
    subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
    for name in ("chromium-headless-shell", "chromium"):  # Ubuntu has no shell
        install = ["apt-get", "install", "-y", "-qq", name]
        subprocess.run(install, capture_output=True, check=False)
        if path := _that_starts(name):
            return path
    return None


def _from_playwright() -> str | None:
    print("\nFetching a browser with Playwright …", file=sys.__stderr__, flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, capture_output=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        return None
    with sync_playwright() as playwright:
        return _that_starts(playwright.chromium.executable_path)
