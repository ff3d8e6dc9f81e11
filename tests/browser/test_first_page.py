"""The first page, in a real browser."""

from playwright.sync_api import Page


def test_the_first_page_is_accessible_on_every_screen(any_screen: Page, assert_accessible):
    any_screen.goto("/")
    assert any_screen.get_by_role("heading", level=1).is_visible()
    assert_accessible(any_screen)


def test_the_first_page_can_be_read_without_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    assert page.get_by_role("heading", level=1).is_visible()
