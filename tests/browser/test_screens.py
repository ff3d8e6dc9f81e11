"""The look at every screen is itself tried: it must see what only one of them shows."""

import pytest

from tests.browser.screens import SCREENS

ASKED = """() => [innerWidth, innerHeight, devicePixelRatio,
  matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(pointer: coarse)').matches]"""
FAINT = "<style>@media {when} {{ p {{ color: #999; background: #888; }} }}</style>"
WIDE = "<style>@media {when} {{ p {{ width: 3000px; }} }}</style>"
SMALL = "<style>@media {when} {{ a {{ font-size: 2px; line-height: 1; }} }}</style>"
PAGE = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>T</title><main><h1>T</h1><p>Words to read.</p>
<a href="/1">One</a> <a href="/2">Two</a></main>
"""
DESKTOP_DARK = "(min-width: 1000px) and (prefers-color-scheme: dark)"
DESKTOP_LIGHT = "(min-width: 1000px) and (prefers-color-scheme: light)"
PHONE_DARK = "(max-width: 400px) and (prefers-color-scheme: dark)"
PHONE_LIGHT = "(max-width: 400px) and (prefers-color-scheme: light)"


def test_a_page_shown_on_a_screen_is_as_if_it_were_opened_there(every_screen, open_page):
    every_screen.page.goto("/")
    for name in every_screen.each():
        screen, light = SCREENS[name]
        opened = open_page(**screen, color_scheme=light)
        opened.goto("/")
        assert every_screen.page.evaluate(ASKED) == opened.evaluate(ASKED), name


def test_a_page_without_barriers_passes(any_screen, assert_accessible):
    any_screen.set_content(PAGE)
    assert_accessible(any_screen)


@pytest.mark.parametrize("when", [DESKTOP_DARK, DESKTOP_LIGHT, PHONE_DARK, PHONE_LIGHT])
@pytest.mark.parametrize(
    ("style", "said"), [(FAINT, "color-contrast"), (WIDE, "sideways"), (SMALL, "target-size")]
)
def test_what_is_wrong_on_one_screen_alone_is_seen(
    any_screen, assert_accessible, style, said, when
):
    any_screen.set_content(PAGE + style.format(when=when))
    with pytest.raises(AssertionError, match=said):
        assert_accessible(any_screen)
