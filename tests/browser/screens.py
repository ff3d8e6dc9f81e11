"""One open page on every screen: a phone and a desktop, by light and in the dark."""

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
SCREENS = {
    "desktop-light": (DESKTOP, "light"),
    "desktop-dark": (DESKTOP, "dark"),
    "phone-dark": (PHONE, "dark"),
    "phone-light": (PHONE, "light"),
}
FIRST = "phone-light"
"""Where a page that is shown on every screen is opened: fingers have the least room."""
READ_WHOLE = ("phone-light", "desktop-dark")
"""Where every rule is tried. On the others it is what size and colors can change."""

EVERY_RULE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
AS_DRAWN = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]},
}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Two frames, for the new size and colors to be drawn; then what moves comes to rest. A page that
# draws no frame, or an animation that never ends, is looked at as it is after two seconds.
AT_REST = """() => Promise.race([
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    .then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished))),
  new Promise((done) => setTimeout(done, 2000)),
])"""


class EveryScreen:
    """A page that can be looked at on every one of SCREENS without being opened again."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._chromium = page.context.new_cdp_session(page)

    def each(self) -> Iterator[str]:
        """Show the page on one screen after the other; in the end it is as it was."""
        for name in SCREENS:
            self._show(name)
            yield name
        self._show(FIRST)

    def _show(self, name: str) -> None:
        screen, light = SCREENS[name]
        mobile = screen is PHONE
        size = {**screen["viewport"], "deviceScaleFactor": 1, "mobile": mobile}
        self._chromium.send("Emulation.setDeviceMetricsOverride", size)
        self._chromium.send("Emulation.setTouchEmulationEnabled", {"enabled": mobile})
        self.page.emulate_media(color_scheme=light)
        self.page.evaluate(AT_REST)


def assert_no_barrier(page: Page, rules: dict, where: str = "") -> None:
    """Fail when axe finds anything on the page, of any impact, or when it scrolls sideways."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate("(rules) => axe.run(rules)", rules))
    assert found.violations_count == 0, f"{page.url} {where}\n{found.generate_report()}"
    assert not page.evaluate(TOO_WIDE), f"{page.url} scrolls sideways {where}"
