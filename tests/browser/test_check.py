"""The private check in a real browser: the whole way, by mouse, by keyboard, on a phone."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)

NONE, UNKNOWN = "None of these", "I do not know"

# Each way names what is chosen where something is true; everything else is answered with its
# reassuring answer. Questions are known by words that are the same in both voices.
CALM = {
    "old are": ["18 to 65"],
    "last drink or use": ["In the last 7 days"],
    "until a week ago": ["Less than that"],
    "go without for a day": ["No"],
    "mood, worry": ["Steady"],
    "How hard": ["Not hard"],
}
IOP = {
    "in the last year?": ["Alcohol, less"],
    "until a week ago": ["Heavily in one go"],
    "which of these did you notice": [
        *("I tried to stop", "It costs more and more"),
        *("A strong pull", "It takes more"),
    ],
    "which of these is true now": ["It is getting more"],
    "live with": ["Depression"],
    "mood, worry": ["Up and down"],
    "kinds of help": ["Counseling"],
    "did not hold": ["Counseling once a week"],
    "have to fit": ["Work or school"],
}
RANGE = {
    "in the last year?": ["Alcohol, heavily"],
    "go without for a day": ["A little"],
    "which of these is true of them?": [UNKNOWN],
    "stopped at home": [UNKNOWN],
    "of their body": [UNKNOWN],
    "notice in them": [
        *("They tried to stop", "It costs more and more"),
        *("A strong pull", "It takes more"),
    ],
}
EMERGENCY = {"anything here true": ["They have a plan to kill themselves"]}


ONWARD = re.compile(r"I am safe now: go on with the questions|Go on: ")


def start(page: Page, voice: str = "me") -> None:
    page.goto(f"/check/{voice}")
    with page.expect_navigation():
        page.get_by_role("button", name="Start").click()


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page behind it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def answer_all(page: Page, chosen=None, *, started=False, until="/check/result", default=None):
    """Answer one screen after the other, until a page of that address is there."""
    if not started:
        start(page)
    for _ in range(60):
        if page.url.endswith(until):
            return
        if page.url.endswith(("/check/now", "/check/first")):
            with page.expect_navigation():
                page.get_by_role("link", name=ONWARD).click()
            continue
        for words in _answers_to(
            page.get_by_role("heading", level=1).inner_text(), chosen, default
        ):
            page.get_by_label(words).first.check()
        with page.expect_navigation():
            page.get_by_role("button", name="Continue").click()
    pytest.fail(f"the check never came to {until}")


def _answers_to(question: str, chosen, default) -> list[str | re.Pattern]:
    for table in (chosen or {}, {} if default else CALM):
        for words, answers in table.items():
            if words in question:
                return [re.compile(f"^{re.escape(answer)}") for answer in answers]
    return [re.compile(f"^{default or 'None'}")]


def test_the_whole_way_by_mouse_ends_at_a_result_with_reasons(page):
    answer_all(page, IOP)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Intensive outpatient treatment would fit")
    expect(
        page.get_by_role("list").filter(has_text="Less was tried and was too thin")
    ).to_be_visible()
    counseling = page.get_by_role("row").filter(has_text="about an hour a week")
    expect(counseling).to_contain_text("Leaves out support several times a week")
    expect(page.get_by_text("You have work or school by day").first).to_be_visible()
    expect(page.get_by_text("This is not a diagnosis")).to_be_visible()
    assert "/check/result" in page.url
    assert "?" not in page.url


def test_the_whole_way_works_by_keyboard_alone(page):
    page.goto("/check/me")
    page.get_by_role("button", name="Start").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _ in range(60):
        if page.url.endswith("/check/result"):
            break
        if page.url.endswith("/check/first"):
            page.get_by_role("link", name=ONWARD).focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            continue
        expect(page.get_by_role("button", name="Continue")).to_be_visible()
        question = page.get_by_role("heading", level=1).inner_text()
        (words,) = _answers_to(question, None, None)
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.type")
            if focused == "radio":
                _arrow_to(page, words)
                break
            if focused == "checkbox" and words.match(_label(page)):
                page.keyboard.press("Space")
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing formal is needed now")


def _arrow_to(page: Page, words) -> None:
    if words.match(_label(page)):
        page.keyboard.press("Space")
    for _ in range(12):
        if words.match(_label(page)):
            return
        page.keyboard.press("ArrowDown")


def _label(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('label').innerText")


def test_the_whole_way_works_on_a_phone_without_script(open_page):
    page = open_page(
        viewport={"width": 375, "height": 812}, has_touch=True, java_script_enabled=False
    )
    start(page, "someone")
    answer_all(page, RANGE, started=True)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(
        "First, someone medical should look today. Then the level can be settled."
    )
    expect(page.get_by_role("heading", name="The two ends of the range")).to_be_visible()


def test_not_knowing_anything_gives_a_range_and_never_a_comfortable_level(page):
    answer_all(page, default=UNKNOWN)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Then the level can be settled")
    expect(page.get_by_role("heading", name="The two ends of the range")).to_be_visible()
    expect(page.get_by_role("heading", name="What would settle it")).to_be_visible()


def test_the_browsers_back_button_shows_the_earlier_answer_and_it_can_be_changed(page):
    start(page)
    page.get_by_label(NONE).check()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in the last year?")
    page.go_back()
    expect(page.get_by_label(NONE)).to_be_checked()
    page.get_by_label(NONE).uncheck()
    page.get_by_label(UNKNOWN).check()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in the last year?")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label(UNKNOWN)).to_be_checked()


def test_an_empty_answer_is_said_aloud_and_has_the_focus(page):
    start(page)
    page.get_by_role("button", name="Continue").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Please choose an answer")
    expect(alert).to_be_focused()


def test_two_answers_that_contradict_each_other_keep_what_was_ticked(page):
    start(page)
    page.get_by_label("None of these").check()
    page.get_by_label("I plan to harm someone").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Which one is it?")
    expect(page.get_by_label("I plan to harm someone")).to_be_checked()
    expect(page.get_by_label("None of these")).to_be_checked()


def test_danger_shows_at_once_what_to_do_and_the_check_goes_on(page):
    start(page, "someone")
    page.get_by_label("They have a plan to kill themselves").check()
    press(page, "Continue")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Please stay with them. Call or text 988 now.")
    call = page.get_by_role("main").get_by_role("link", name="Call 988")
    expect(call).to_have_attribute("href", "tel:988")
    expect(page.get_by_text("Guns and pills out of reach, tonight")).to_be_visible()
    expect(page.get_by_role("heading", name="You can stop here")).to_be_visible()
    page.get_by_role("link", name=ONWARD).click()
    expect(heading).to_contain_text("in the last year?")


def test_thoughts_of_the_last_month_are_met_gently(page):
    answer_all(page, {"last month": ["I thought of killing myself"]}, until="/check/now")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You do not have to carry this")


DAY, EVENING = "2026-12-01T10:00:00", "2026-12-01T22:52:00"


@pytest.mark.parametrize(("at", "first"), [(DAY, "Certain today"), (EVENING, "Until morning")])
def test_at_night_what_to_do_until_morning_leads_by_the_browsers_own_clock(phone, at, first):
    sent = []
    phone.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    phone.clock.set_fixed_time(at)
    start(phone, "someone")
    answer_all(phone, RANGE, started=True, until="/check/first")
    headings = phone.get_by_role("main").get_by_role("heading", level=2)
    expect(headings.first).to_contain_text(first)
    expect(phone.get_by_text("An emergency department looks at any hour")).to_be_visible()
    answer_all(phone, RANGE, started=True)
    night = phone.get_by_role("heading", name=re.compile("Until morning|offices are closed"))
    expect(night).to_contain_text("10:52" if at == EVENING else "closed")
    assert all(
        "?" not in url and set(parse_qs(body)) <= {"question", "answer"} for url, body in sent
    )


def test_at_night_the_call_in_danger_stays_before_what_to_do_until_morning(phone):
    phone.clock.set_fixed_time(EVENING)
    start(phone, "someone")
    answer_all(phone, EMERGENCY | RANGE, started=True, until="/check/first")
    calls = phone.get_by_role("main").get_by_role("link", name="Call 988")
    morning = phone.get_by_role("heading", name=re.compile("Until morning"))
    expect(morning).to_be_visible()
    assert calls.first.bounding_box()["y"] < morning.bounding_box()["y"]


def test_without_script_the_page_says_if_offices_are_closed(open_page):
    page = open_page(java_script_enabled=False)
    start(page, "someone")
    answer_all(page, RANGE, started=True, until="/check/first")
    expect(page.get_by_role("heading", name="If offices are closed")).to_be_visible()


def test_a_question_left_for_later_is_found_again_from_the_result(page):
    start(page)
    page.get_by_role("button", name="Skip, and come back later").click()
    answer_all(page, started=True)
    page.get_by_role("link", name="Answer it now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is anything here true right now?")
    page.get_by_label(NONE).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing formal is needed now")


def test_an_answer_is_changed_from_the_list_of_answers_and_leads_back_to_the_result(page):
    answer_all(page, IOP)
    page.get_by_role("link", name="Look through the answers").click()
    page.get_by_role("link", name=re.compile("Change.*take in the last year")).click()
    expect(page.get_by_label("Alcohol, less")).to_be_checked()
    expect(page.get_by_role("link", name="To the result")).to_be_visible()
    page.get_by_label("Alcohol, less").uncheck()
    page.get_by_label("None of these").check()
    press(page, "Continue")
    expect(page).to_have_url(re.compile("/check/result$"))


def test_on_paper_the_numbers_are_still_there(page):
    start(page, "someone")
    answer_all(page, RANGE, started=True)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="1-800-662-4357").first).to_be_visible()


def test_wanting_less_names_what_it_gives_up_and_what_is_reasonable(page):
    answer_all(page, IOP)
    page.get_by_label("I would rather have").select_option(label="A few meetings")
    page.get_by_role("button", name="Show what it gives up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This would leave something out")
    expect(page.get_by_text("Support several times a week")).to_be_visible()
    page.get_by_label("Intensive outpatient, three times a week").check()
    page.get_by_role("button", name="Show what it gives up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That is reasonable")
    page.get_by_role("link", name="Back to the result").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Intensive outpatient")


def test_what_cannot_wait_is_not_up_for_bargaining(page):
    start(page, "someone")
    answer_all(page, RANGE, started=True)
    page.goto("/check/want-less")
    page.get_by_label("on my own").check()
    page.get_by_role("button", name="Show what it gives up").click()
    expect(page.get_by_text("This one cannot be bargained away")).to_be_visible()
    expect(page.get_by_text("Your body may not let you do it safely")).to_be_visible()


def test_someone_under_18_gets_help_for_young_people_and_no_level(page):
    answer_all(page, {"old are": ["Under 18"]})
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("You did right to ask. This is who helps people your age.")
    expect(page.get_by_text("would fit")).to_have_count(0)


def test_thrown_away_answers_are_gone_for_good(page):
    start(page)
    page.get_by_role("button", name="Throw away my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are gone")
    assert not [c for c in page.context.cookies() if c["name"].startswith("handrail_check")]
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("There are no answers here")


WEATHER = re.compile(r"https://www\.weather\.gov/")


def no_cookie_is_left(page: Page) -> None:
    """Wait for the answers to be discarded: what asks for it may still be on its way."""
    for _ in range(50):
        if page.context.cookies() == []:
            return
        page.wait_for_timeout(100)
    assert page.context.cookies() == []


@pytest.mark.parametrize("by", ["Esc", "Leave"])
@pytest.mark.parametrize("where", ["/check/question/2", "/check/now", "/levels-of-care"])
def test_leaving_discards_the_answers_and_going_back_shows_nothing_of_this_site(page, by, where):
    page.route(WEATHER, lambda route: route.fulfill(body="<h1>Weather</h1>"))
    page.goto("/")
    start(page)
    page.get_by_label("I may have taken too much").check()
    press(page, "Continue")
    page.goto(where)
    before = page.evaluate("history.length")
    with page.expect_navigation(url=WEATHER):
        if by == "Esc":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("link", name="Leave this page, quickly").click()
    assert page.evaluate("history.length") == before  # in this page's place, not behind it
    no_cookie_is_left(page)
    for _ in range(2):
        with page.expect_navigation(url=WEATHER):
            page.go_back()
    page.goto("/check/result")
    expect(page.get_by_role("heading", level=1)).to_have_text("There are no answers here")


def test_stopping_at_danger_ends_the_questions(page):
    start(page)
    page.get_by_label("I may have taken too much").check()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call 911 now")
    press(page, "Stop and delete my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are gone")
    assert page.context.cookies() == []


def test_every_page_of_the_check_is_accessible_on_every_screen(any_screen, assert_accessible):
    page = any_screen
    page.goto("/check/me")
    assert_accessible(page)
    start(page)
    assert_accessible(page)
    press(page, "Continue")
    assert_accessible(page)  # the error
    answer_all(page, IOP, started=True, until="/check/first")
    assert_accessible(page)
    answer_all(page, IOP, started=True)
    assert_accessible(page)
    page.goto("/check/answers")
    assert_accessible(page)
    page.goto("/check/want-less")
    assert_accessible(page)
    page.get_by_label("An hour of counseling a week").check()
    press(page, "Show what it gives up")
    assert_accessible(page)
    press(page, "Throw away my answers")
    assert_accessible(page)


def test_the_pages_for_danger_and_a_range_are_accessible_on_every_screen(
    any_screen, assert_accessible
):
    page = any_screen
    start(page, "someone")
    answer_all(page, EMERGENCY | RANGE, started=True, until="/check/now")
    assert_accessible(page)
    answer_all(page, EMERGENCY | RANGE, started=True, until="/check/first")
    assert_accessible(page)
    answer_all(page, EMERGENCY | RANGE, started=True)
    page.get_by_text("Later: what would fit").click()
    expect(page.get_by_role("heading", name="The two ends of the range")).to_be_visible()
    assert_accessible(page)
    page.goto("/check/want-less")
    page.get_by_label("Just detox").check()
    press(page, "Show what it gives up")
    assert_accessible(page)


def test_no_page_weighs_more_than_150_kilobytes(page):
    weights: dict[str, int] = {}

    def weigh(answer):
        weights[page.url] = weights.get(page.url, 0) + len(answer.body())

    start(page, "someone")
    answer_all(page, RANGE, started=True)
    for address in ("/check/someone", "/check/question/1", "/check/first", "/check/result"):
        weights.clear()
        page.on("response", weigh)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.remove_listener("response", weigh)
        assert 0 < sum(weights.values()) < 150_000, address


def test_the_check_goes_on_in_spanish_where_it_was_and_is_accessible(any_screen, assert_accessible):
    page = any_screen
    start(page)
    answer_all(page, IOP, started=True, until="/check/question/6")
    with page.expect_navigation():
        page.get_by_role("link", name="Español").click()
    assert page.url.endswith("/es/check/question/6")
    assert_accessible(page)
    page.goto("/check/question/6")
    answer_all(page, IOP, started=True)
    with page.expect_navigation():
        page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "El tratamiento ambulatorio intensivo sería adecuado"
    )
    assert_accessible(page)
    page.goto("/es/check/want-less")
    page.get_by_label("Unas cuantas reuniones").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Mostrar qué se pierde").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Esto dejaría algo fuera")
    assert_accessible(page)


def test_help_at_once_in_spanish_names_the_spanish_line(phone, assert_accessible):
    start(phone, "someone")
    answer_all(phone, EMERGENCY | RANGE, started=True, until="/check/now")
    phone.goto("/es/check/now")
    expect(phone.get_by_text("oprima 2").first).to_be_visible()
    assert_accessible(phone)
