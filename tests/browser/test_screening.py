"""The screening call in a browser: by keys alone, in danger, offline, and by two people at once."""

import re
from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import expect

from handrail.areas.checks.sealed_answers import Draft
from handrail.areas.checks.services import change_check, start_check
from handrail.areas.screening.models import EmergencyStep, Screening
from handrail.areas.screening.selectors import screening as reading
from handrail.areas.screening.services import screening
from handrail.core.check import Voice
from handrail.demo.accounts import PASSWORD
from handrail.foundation import clock, tenancy
from tests.areas.inquiries.asking import some_inquiry
from tests.browser.board import ADDRESS, COUNT, enter
from tests.browser.screens import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE_CALL = (
    ("body-now", "n"),
    ("thoughts", "n"),
    ("attempt", "n"),
    ("mind-now", "n"),
    ("substances", "1Enter"),
    ("last-use", "2"),
    ("danger-signs", "n"),
    ("drinking", "2"),
    ("shaking", "n"),
    ("morning", "n"),
    ("stopping-before", "n"),
    ("overdose", "n"),
    ("body", "n"),
    ("pregnant", "n"),
    ("eating", "n"),
    ("conditions", "8Enter"),
    ("phq/phq9-1", "1"),
    ("phq/phq9-2", "1"),
    *((f"gad/gad7-{number}", "1") for number in range(1, 8)),
    ("course", "2"),
    ("daily-life", "2"),
    ("audit-c/auditc-1", "4"),
    ("audit-c/auditc-2", "2"),
    ("audit-c/auditc-3", "3"),
    ("signs", "1256Enter"),
    ("pattern", "2Enter"),
    ("medication", "n"),
    ("wanting", "1"),
    ("home", "4Enter"),
    ("support", "y"),
    ("getting-there", "1Enter"),
    ("tried", "2Enter"),
    ("held", "1Enter"),
    ("leaving", "n"),
    ("cost", "n"),
    ("wishes", "1Enter"),
)
"""Whom each key answers, in the order in which the call comes to them."""


@pytest.fixture
def running(program, live_server, monkeypatch):
    """A call about Dana Ellery, held by Ruth."""
    monkeypatch.setenv(ADDRESS, live_server.url)
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        inquiry = some_inquiry(
            by,
            given_name="Dana",
            family_name="Ellery",
            birth_date=date(1984, 2, 29),
            at=clock.now(),
        )
        return screening.start_screening(inquiry_id=inquiry.pk, by=by, at=clock.now())


def open_call(page, program, running, name="ruth", *, script=True):
    enter(page, program, name)
    page.goto(f"/staff/screenings/{running.pk}/")
    if script:
        expect(page.locator("html")).to_have_attribute("data-call", "ready")
    return page


def question(page, field):
    return page.locator(f'.q[data-q="{field}"]')


def choose(page, field, words):
    place = question(page, field)
    radio, tick = (
        place.get_by_role(kind, name=words, exact=True) for kind in ("radio", "checkbox")
    )
    radio.or_(tick).click()


def saved(page):
    expect(page.locator("#status")).to_contain_text("Everything is saved")


def texts(program, running):
    with tenancy.within(program.alder):
        found = reading.call(running.pk, by=program.actor("ruth"))
        return {name: row.text for name, row in found.fields.items()}


def press(page, keys):
    while keys:
        key = "Enter" if keys.startswith("Enter") else keys[0]
        keys = keys.removeprefix(key)
        page.keyboard.press(key)


def test_a_whole_call_by_keys_alone(page, program, running):
    open_call(page, program, running)
    page.evaluate(COUNT)
    page.keyboard.press("j")  # to the first open question
    page.keyboard.type("804 555 0142, at home, 12 Elm Street")
    page.keyboard.press("Enter")
    for field, keys in WHOLE_CALL:
        if field == "last-use":  # the words before it
            page.keyboard.type("A bottle of wine on four evenings, last on Sunday")
            page.keyboard.press("Enter")
        if field == "wishes":
            page.keyboard.type("Northwind Blue, member 88-1020")
            page.keyboard.press("Enter")
        expect(question(page, field).locator(":focus")).to_have_count(1)
        press(page, keys)
    page.keyboard.type("To sleep, and to stop hiding it")
    page.keyboard.press("Enter")
    expect(page.locator("#end .btn-primary")).to_be_focused()
    saved(page)
    expect(page.locator("#picture")).to_contain_text("Intensive outpatient")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/level/$"))
    expect(page.locator("main")).to_contain_text("Intensive outpatient")


def test_a_whole_call_costs_few_keys(page, program, running):
    open_call(page, program, running)
    page.evaluate(COUNT)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    for field, keys in WHOLE_CALL:
        expect(question(page, field).or_(page.locator("textarea:focus")).first).to_be_visible()
        while page.locator("textarea:focus").count():
            page.keyboard.press("Enter")
        expect(question(page, field).locator(":focus")).to_have_count(1)
        press(page, keys)
    given = page.evaluate("commands.length")
    print(f"\na whole screening call: {given} keys besides the words")
    assert given <= 70


def test_something_is_wrong_at_the_second_question_and_the_call_goes_on(page, program, running):
    open_call(page, program, running)
    choose(page, "body-now", "No")
    question(page, "thoughts").get_by_role("radio").first.focus()
    page.keyboard.press("2")
    expect(page.locator("#picture")).to_contain_text("Safety task opened")
    page.keyboard.press("!")
    box = page.locator("#wrong-box")
    box.get_by_text("Thoughts of suicide").click()
    expect(box).to_contain_text("I would like us to call 988 together")
    told = box.get_by_label("Words: address, who was told, reference").locator("visible=true")
    box.get_by_role("button", name="Address asked").locator("visible=true").click()
    expect(page.locator("#status")).to_contain_text("Write the address first")
    told.fill("12 Elm Street, 3B, Richmond")
    box.get_by_role("button", name="Address asked").locator("visible=true").click()
    box.get_by_role("button", name="Called for help").locator("visible=true").click()
    told.fill("Dr. Osei, on call")
    box.get_by_role("button", name="Told someone").locator("visible=true").click()
    box.get_by_role("button", name="Over for now").locator("visible=true").click()
    steps = page.locator("#steps li")
    expect(steps).to_have_count(4)
    expect(steps.nth(0)).to_contain_text("Address asked: 12 Elm Street, 3B, Richmond")
    expect(box).not_to_have_attribute("open", "")
    expect(question(page, "right-now").locator(":focus")).to_have_count(1)  # where it was
    page.keyboard.press("n")
    saved(page)
    kept = texts(program, running)
    assert (kept["thoughts"], kept["right-now"]) == ("active", "no")
    with tenancy.within(program.alder):
        assert EmergencyStep.objects.count() == 4
        assert "suicide" in Screening.objects.get(pk=running.pk).tasks


def test_a_lost_connection_loses_nothing_and_is_said(page, program, running):
    open_call(page, program, running)
    choose(page, "body-now", "No")
    saved(page)
    page.context.set_offline(True)
    question(page, "thoughts").get_by_role("radio").first.focus()
    page.keyboard.press("n")
    choose(page, "substances", "Alcohol")
    question(page, "how-much").get_by_role("textbox").fill("A fifth a day since May")
    expect(page.locator("#status")).to_contain_text("kept on this computer, nothing is lost")
    page.locator("#wrong-now").click()
    page.locator("#wrong-box").get_by_text("Body in danger").click()
    page.locator("#wrong-box").get_by_role("button", name="Called for help").locator(
        "visible=true"
    ).click()
    expect(page.locator("#steps")).to_contain_text("Called for help")
    page.context.set_offline(False)
    expect(page.locator("#steps li")).to_have_count(1)
    saved(page)
    kept = texts(program, running)
    assert (kept["thoughts"], kept["substances"]) == ("none", "alcohol")
    assert kept["how-much"] == "A fifth a day since May"


def test_a_page_closed_without_a_connection_brings_its_answers_back(page, program, running):
    open_call(page, program, running)
    page.context.set_offline(True)
    question(page, "wants").get_by_role("textbox").fill("To see my daughter")
    expect(page.locator("#status")).to_contain_text("kept on this computer")
    page.route("**/save/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/staff")
    page.unroute("**/save/")
    page.goto(f"/staff/screenings/{running.pk}/")
    expect(page.locator("html")).to_have_attribute("data-call", "ready")
    expect(question(page, "wants").get_by_role("textbox")).to_have_value("To see my daughter")
    saved(page)
    assert texts(program, running)["wants"] == "To see my daughter"


def test_a_colleague_sees_it_live_and_two_answers_are_both_kept(open_page, program, running):
    ruth = open_call(open_page(), program, running)
    mara = open_call(open_page(), program, running, "mara")
    choose(ruth, "thoughts", "No")
    saved(ruth)
    expect(question(mara, "thoughts").get_by_role("radio", name="No", exact=True)).to_be_checked()
    question(mara, "how-much").get_by_role("textbox").focus()
    mara.context.set_offline(True)
    question(mara, "how-much").get_by_role("textbox").fill("A pint of vodka")
    expect(mara.locator("#status")).to_contain_text("kept on this computer")
    question(ruth, "how-much").get_by_role("textbox").fill("A fifth a day")
    saved(ruth)
    mara.context.set_offline(False)
    other = question(mara, "how-much").get_by_role("group", name="Two answers")
    expect(other).to_contain_text("A pint of vodka")
    other.get_by_role("button", name="Both together").click()
    expect(question(mara, "how-much").get_by_role("textbox")).to_have_value(
        "A fifth a day\n\nA pint of vodka"
    )


def test_a_call_is_handed_over_and_stands_on_the_colleagues_today(open_page, program, running):
    ruth = open_call(open_page(), program, running)
    choose(ruth, "thoughts", "No")
    ruth.get_by_text("Hand over", exact=True).click()
    name = program.user("mara").name
    ruth.get_by_label("To", exact=True).select_option(label=name)
    ruth.get_by_role("button", name="Hand the call over").click()
    expect(ruth.locator("main")).to_contain_text(f"Handed to {name}")
    mara = enter(open_page(), program, "mara")
    mara.goto("/staff")
    mara.get_by_role("link", name="Continue the call").click()
    expect(question(mara, "thoughts").get_by_role("radio", name="No", exact=True)).to_be_checked()


def test_without_a_script_each_part_is_a_plain_form(open_page, program, running):
    page = open_call(open_page(java_script_enabled=False), program, running, script=False)
    choose(page, "body-now", "No")
    choose(page, "thoughts", "No")
    page.locator("#part-safety").get_by_role("button", name="Save this part").click()
    expect(question(page, "thoughts").get_by_role("radio", name="No", exact=True)).to_be_checked()
    expect(question(page, "right-now")).to_have_count(0)
    assert texts(program, running)["body-now"] == "no"


def test_a_call_on_a_phone(open_page, program, running):
    page = open_call(open_page(**PHONE), program, running)
    choose(page, "thoughts", "Thought of killing themselves")
    expect(page.locator("#picture")).to_contain_text("Safety task opened")
    saved(page)


def test_the_call_is_accessible_on_every_screen(any_screen, program, running, assert_accessible):
    page = open_call(any_screen, program, running)
    choose(page, "thoughts", "Thought of how")
    choose(page, "substances", "Alcohol")
    saved(page)
    assert_accessible(page)
    page.locator("#wrong-now").click()
    page.locator("#wrong-box").get_by_text("Overdose, or may be one").click()
    assert_accessible(page)


def test_answers_of_the_check_come_by_a_code_and_wait_to_be_confirmed(
    open_page, program, running, assert_accessible
):
    token = start_check(voice=Voice.ME, at=clock.now())
    change_check(
        token=token, change=lambda one: Draft(one.voice, {"body-now": ("no",)}), at=clock.now()
    )
    person = open_page(**PHONE)
    cookie = {"name": settings.CHECK_COOKIE, "value": token, "path": "/check/"}
    person.context.add_cookies([{**cookie, "domain": "localhost"}])
    person.goto("/check/give")
    expect(person.locator("#code")).to_have_count(0)
    assert_accessible(person)
    person.get_by_role("button", name="Make the code").click()
    code = person.locator("#code").inner_text()
    assert_accessible(person)
    page = open_call(open_page(), program, running)
    page.get_by_text("They have a code from the self-check").click()
    page.get_by_label("Code", exact=True).fill("WRN-GCD-AAA")
    page.get_by_role("button", name="Fill in their answers").click()
    expect(page.locator("main")).to_contain_text("No answers wait under this code")
    page.get_by_label("Code", exact=True).fill(code.lower())
    page.get_by_role("button", name="Fill in their answers").click()
    expect(page.locator("main")).to_contain_text("1 answer filled in from the self-check")
    expect(question(page, "body-now")).to_contain_text("Said in the self-check: confirm")
    question(page, "body-now").get_by_role("radio", checked=True).focus()
    page.keyboard.press("c")
    saved(page)
    expect(question(page, "body-now")).not_to_contain_text("Said in the self-check")


def test_an_emergency_opens_by_itself_and_what_is_typed_goes_on(page, program, running):
    open_call(page, program, running)
    question(page, "where-now").get_by_role("textbox").fill("12 Elm")
    question(page, "body-now").get_by_role("radio").first.focus()
    page.keyboard.press("y")
    place = question(page, "where-now").get_by_role("textbox")
    place.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Street, 3B")
    box = page.locator("#wrong-box")
    expect(box).to_have_attribute("open", "")
    expect(box.get_by_text("Please do not take anything more")).to_be_in_viewport()
    expect(box.get_by_role("link", name="911")).to_be_in_viewport()
    expect(place).to_be_focused()
    expect(place).to_be_in_viewport()
    page.keyboard.type(", Richmond")
    expect(place).to_have_value("12 Elm Street, 3B, Richmond")
    saved(page)
    box.get_by_role("button", name="Over for now").locator("visible=true").click()
    expect(box).not_to_have_attribute("open", "")
    page.reload()
    expect(page.locator("#steps li")).to_contain_text("Over for now")
    expect(box).not_to_have_attribute("open", "")


def test_an_idle_sign_out_keeps_the_numbers_legible_and_the_answers(page, program, running):
    open_call(page, program, running)
    question(page, "where-now").get_by_role("textbox").fill("12 Elm Street")
    saved(page)
    page.context.clear_cookies()
    question(page, "body-now").get_by_role("radio").first.focus()
    page.keyboard.press("n")
    again = page.get_by_role("dialog", name="Sign in")
    expect(again.get_by_role("link", name="911")).to_be_in_viewport()
    expect(again.get_by_role("link", name="(804) 555-0142")).to_be_in_viewport()
    expect(page.locator("main")).to_be_hidden()
    again.get_by_text("Body in danger: what to say").click()
    expect(again.get_by_text("I stay on this one with you")).to_be_visible()
    again.get_by_label("Password", exact=True).fill(PASSWORD)
    again.get_by_role("button", name="Sign in", exact=True).click()
    expect(again).to_be_hidden()
    saved(page)
    assert texts(program, running)["body-now"] == "no"
