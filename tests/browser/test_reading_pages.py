"""The public reading pages in a real browser: every screen, keyboard, narrow phone, paper."""

import pytest

from tests.web.pages import READING

every_page = pytest.mark.parametrize("path", READING.values(), ids=READING.keys())
both_languages = pytest.mark.parametrize(
    "path",
    [*READING.values(), *(f"/es{path}" for path in READING.values())],
    ids=[*READING, *(f"{name}, in Spanish" for name in READING)],
)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@both_languages
def test_a_page_is_accessible_on_every_screen(any_screen, assert_accessible, path):
    any_screen.goto(path)
    assert any_screen.get_by_role("heading", level=1).is_visible()
    assert_accessible(any_screen)


def test_the_page_for_a_wrong_address_is_accessible(any_screen, assert_accessible):
    any_screen.goto("/no-such-page")
    assert_accessible(any_screen)


@every_page
def test_a_page_can_be_read_without_script(open_page, path):
    page = open_page(java_script_enabled=False)
    page.goto(path)
    assert page.get_by_role("heading", level=1).is_visible()


@both_languages
def test_a_page_does_not_scroll_sideways_on_the_narrowest_phone(open_page, path):
    page = open_page(viewport={"width": 320, "height": 568})
    page.goto(path)
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert page.evaluate(TOO_WIDE) == 0


@every_page
def test_the_keyboard_skips_straight_to_the_main_part(page, path):
    page.goto(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    assert page.get_by_text("Skip to main content").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@both_languages
def test_buttons_doors_and_menu_are_easy_to_hit_on_a_phone(phone, path):
    phone.goto(path)
    things = phone.locator(".help a, .top a, .argued a, .door, .door-small, .btn, .jump a, summary")
    small = [
        (one.inner_text(), box)
        for one in things.all()
        if (box := one.bounding_box()) and (box["height"] < 44 or box["width"] < 44)
    ]
    assert small == []


@pytest.mark.parametrize("path", ["/", "/what-is-iop", "/es/", "/es/what-is-iop"])
def test_words_in_the_drawings_stay_inside_them(every_screen, path):
    every_screen.page.goto(path)
    for screen in every_screen.each():
        outside = every_screen.page.evaluate(
            """() => [...document.querySelectorAll('main svg')]
                .filter(svg => svg.getBoundingClientRect().width > 0)
                .flatMap(svg => [...svg.querySelectorAll('text')].filter(text => {
                    const inner = text.getBoundingClientRect(), outer = svg.getBoundingClientRect()
                    return inner.left < outer.left - 1 || inner.right > outer.right + 1
                        || inner.bottom > outer.bottom + 1
                }).map(text => text.textContent))"""
        )
        assert outside == [], screen


def test_on_paper_the_levels_keep_their_words_and_lose_the_menu(page):
    page.emulate_media(media="print")
    page.goto("/levels-of-care")
    assert page.locator(".stairs-wide").is_visible()
    assert page.get_by_role("heading", name="Intensive outpatient").is_visible()
    assert page.get_by_text("Call or text 988").is_visible()
    assert not page.get_by_role("navigation", name="Main").is_visible()


def test_the_person_at_the_door_sees_words_for_the_stairs(page):
    page.goto("/")
    page.get_by_text("The stairs in words").click()
    assert page.get_by_text("Three hours, three times a week").is_visible()


def test_the_language_is_changed_by_a_tap_and_the_place_is_kept(phone):
    phone.goto("/they-refuse-everything")
    phone.get_by_role("link", name="Español").click()
    assert phone.url.endswith("/es/they-refuse-everything")
    assert phone.get_by_role("heading", level=1).inner_text() == "No quiere ninguna ayuda"
    phone.get_by_role("link", name="English").click()
    assert phone.url.endswith("/they-refuse-everything")
    assert "/es/" not in phone.url
