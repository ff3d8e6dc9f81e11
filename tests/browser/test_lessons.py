"""The Family & friends course in a real browser: what is done, reading aloud, leaving, paper."""

import pytest
from playwright.sync_api import expect

from handrail.areas.lessons.models import Subscription
from handrail.areas.lessons.tokens import subscription_token
from tests.browser.test_check import WEATHER

pytestmark = pytest.mark.django_db(transaction=True)

COURSE = "/family-and-friends"
LESSON = f"{COURSE}/safety"
KEPT = "localStorage.getItem('handrail-lessons')"

# This machine has no loudspeaker, and voices differ from one to the next: what is asked of the
# browser's voice is written down, and each sentence ends when the test says so.
VOICE = """
window.said = [];
window.stopped = 0;
window.ends = () => window.last.onend();
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "%s" }],
  addEventListener: () => {},
  speak: (one) => { window.last = one; window.said.push([one.lang, one.text.trim()]); },
  cancel: () => { window.stopped += 1; },
}});
"""


def test_what_is_done_is_shown_on_the_course_and_forgotten_when_asked(page):
    page.goto(LESSON)
    expect(page.get_by_text("Done: ")).to_be_hidden()
    page.get_by_role("button", name="Mark as done on this device").click()
    expect(page.get_by_text("Done: 1 of 8. Only this device knows it.")).to_be_visible()
    page.goto(COURSE)
    done = page.get_by_role("listitem").filter(has_text="Safety: overdose")
    expect(done.get_by_text("Done", exact=True)).to_be_visible()
    expect(page.get_by_text("Done", exact=True).locator("visible=true")).to_have_count(1)
    page.get_by_role("button", name="Forget it").click()
    expect(done.get_by_text("Done", exact=True)).to_be_hidden()
    assert page.evaluate(KEPT) is None


def test_a_lesson_marked_by_mistake_is_taken_back(page):
    page.goto(LESSON)
    page.get_by_role("button", name="Mark as done on this device").click()
    page.get_by_role("button", name="Done on this device. Undo").click()
    expect(page.get_by_role("button", name="Mark as done on this device")).to_be_visible()
    assert page.evaluate(KEPT) is None


@pytest.mark.parametrize("by", ["Esc", "Leave"])
def test_leaving_forgets_what_was_read_and_silences_the_voice(page, by):
    page.add_init_script(VOICE % "en-US")
    page.route(WEATHER, lambda route: route.fulfill(body="<h1>Weather</h1>"))
    page.goto(LESSON)
    page.get_by_role("button", name="Mark as done on this device").click()
    page.get_by_role("button", name="Read aloud").click()
    stopped = []
    page.expose_function("heard", lambda: stopped.append(True))
    page.evaluate("speechSynthesis.cancel = () => heard()")
    with page.expect_navigation(url=WEATHER):
        if by == "Esc":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("link", name="Leave this page, quickly").click()
    assert stopped
    page.goto(COURSE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(KEPT) is None


@pytest.mark.parametrize(
    ("path", "voice", "read", "stop", "first"),
    [
        (LESSON, "en-US", "Read aloud", "Stop reading", "Safety: overdose, naloxone, firearms"),
        (f"/es{LESSON}", "es-MX", "Leer en voz alta", "Dejar de leer", "Seguridad: sobredosis"),
    ],
)
def test_a_lesson_is_read_aloud_when_asked_and_never_by_itself(
    page, path, voice, read, stop, first
):
    page.add_init_script(VOICE % voice)
    page.goto(path)
    button = page.get_by_role("button", name=read)
    expect(button).to_be_visible()
    assert page.evaluate("said") == []
    button.click()
    for _ in range(40):
        page.evaluate("ends()")
    said = page.evaluate("said")
    assert all(lang == page.evaluate("document.documentElement.lang") for lang, _ in said)
    texts = [text for _, text in said]
    assert any(text.startswith(first) for text in texts[:3])
    assert not any("[" in text for text in texts)  # sources are not read out
    page.get_by_role("button", name=stop).click()
    expect(button).to_be_visible()
    count = len(page.evaluate("said"))
    page.evaluate("ends()")  # a sentence that was cut off goes on with nothing
    assert len(page.evaluate("said")) == count


def test_it_is_read_to_the_end_and_then_stops(page):
    page.add_init_script(VOICE % "en-US")
    page.goto(LESSON)
    page.get_by_role("button", name="Read aloud").click()
    page.evaluate("() => { for (let at = 0; at < 400; at++) ends(); }")
    assert page.evaluate("said").pop()[1].startswith("If you print it")
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()


@pytest.mark.parametrize("voice", ["de-DE", None])
def test_without_a_voice_for_the_language_there_is_no_button(page, voice):
    page.add_init_script(VOICE % voice if voice else "delete window.SpeechSynthesisUtterance;")
    page.goto(LESSON)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)


def test_on_paper_a_lesson_keeps_what_was_written_and_loses_its_buttons(page):
    page.goto(LESSON)
    page.get_by_label("Whom I call at midnight").fill("My sister")
    page.emulate_media(media="print")
    expect(page.get_by_label("Whom I call at midnight")).to_have_value("My sister")
    expect(page.get_by_label("Whom I call at midnight")).to_be_visible()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    assert page.get_by_role("button").locator("visible=true").count() == 0


def test_what_was_written_is_gone_when_the_page_is_opened_again(page):
    page.goto(LESSON)
    page.get_by_label("Whom I call at midnight").fill("My sister")
    page.reload()
    expect(page.get_by_label("Whom I call at midnight")).to_have_value("")


def test_a_browser_that_keeps_nothing_shows_no_button_for_it(page):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    page.goto(LESSON)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.get_by_role("button", name="Mark as done")).to_have_count(0)


def test_asking_for_a_lesson_a_week_saying_yes_and_stopping(any_screen, assert_accessible):
    page = any_screen
    page.goto(COURSE)
    page.get_by_role("link", name="Rather get one a week by e-mail?").click()
    assert_accessible(page)
    page.get_by_label("E-mail").fill("jo at example")
    page.get_by_role("button", name="Send me a lesson a week").click()
    expect(page.get_by_label("E-mail")).to_be_focused()
    assert_accessible(page)
    page.get_by_label("E-mail").fill("jo@example.org")
    page.get_by_role("button", name="Send me a lesson a week").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    link = f"/weekly/{subscription_token(Subscription.objects.get().pk)}"
    page.goto(link)
    assert_accessible(page)
    page.get_by_role("button", name="Yes, send them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The first one is on its way")
    page.goto(f"{link}/stop")
    page.get_by_role("button", name="Stop and delete my address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your address is deleted")
    assert_accessible(page)
    assert not Subscription.objects.exists()
