"""From a phone that rings to a chair in the room: found, bargained over, agreed, admitted.

Walked as people walk it, through pages alone: the coordinator on the phone, then the clinician.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from handrail.demo.accounts import PASSWORD
from handrail.foundation import clock, tenancy
from tests.browser.test_staff import enter
from tests.factories import programs as make

SAFETY = (
    ("Right now: chest pain", "No"),
    ("In the last month, did you wish you were dead", "No"),
    ("Did you ever try to kill yourself", "Never"),
    ("Right now: a plan to harm someone", "None of these"),
    ("Which of these did you take", "Alcohol"),
    ("When did you last drink", "In the last 7 days"),
    ("While stopping or cutting down, now", "No, or not stopping"),
    ("How do you drink", "Heavily, with days without between"),
    ("Going without for a day", "No"),
    ("Do you drink to make the shaking", "No"),
    ("What happened when you stopped before", "Neither"),
    ("An overdose in the last 90 days", "No"),
    ("Which of these is true of your body", "None of these"),
    ("Are you pregnant", "No, or cannot be"),
    ("Do you have an eating disorder", "No"),
    ("Which of these do you live with", "No diagnosis, worried on most days"),
    ("Which of these is true of home", "Heavy stress: money, housing, work, law, people"),
)
THE_REST = (
    ("How is it going with mood", "Up and down"),
    ("How hard is it to manage work", "Clearly hard: things slip"),
    (
        "In the last year, which of these did you notice",
        "More, or longer, than meant",
        "Tried to cut down and could not",
        "Costs more and more: work, money, law",
        "Goes on though it strains people close",
    ),
    ("And now: on most days", "Getting more"),
    ("How sure are you that something should change", "Of two minds"),
    ("Is someone at home or close by on your side", "Yes"),
    ("What would a program have to fit", "Work or school by day"),
    ("Which kinds of help have you tried", "Counseling, about weekly"),
    ("Which did not hold", "Weekly counseling"),
    ("Are you leaving one of these now", "None"),
)


@pytest.fixture
def house(program):
    """Alder Street with an evening program that has seats."""
    by = program.actor("paul")
    today = clock.today("America/New_York")
    with tenancy.within(program.alder):
        more = {"first": today, "until": today + timedelta(days=90)}
        make.a_track(by, make.a_program(by), seats=4, **more)
        sop = make.a_program(by, template="sop", name="Step-down program")
        make.a_track(
            by, sop, name="Evening SOP", days=(make.MONDAY, make.WEDNESDAY), room="Room 2", **more
        )
    return program


def test_from_the_first_call_to_the_first_session(house, open_page):
    ines = open_page()
    enter(ines, "ines")
    take_the_call(ines)
    expect(picture(ines)).to_contain_text("A range, until safety is answered")
    expect(picture(ines)).to_contain_text("No single level while safety questions are open")
    answer_all(ines, SAFETY)
    answer_all(ines, THE_REST)
    expect(picture(ines)).not_to_contain_text("A range, until safety is answered")
    expect(picture(ines).locator(".where-to")).to_have_text(re.compile("Intensive outpatient"))
    chart = finish(ines)
    mara = open_page()
    enter(mara, "mara")
    mara.wait_for_url("**/staff")
    confirm(mara, chart)
    bargain(mara)
    agree(mara)
    take_the_papers(ines, chart)
    admit(ines, chart)
    see_the_first_session(ines, chart)
    look_at_today(ines)


# ---- the call ----------------------------------------------------------------------------------


def take_the_call(page: Page) -> None:
    """The phone rings: the inquiry is written down and becomes a screening call."""
    page.get_by_role("link", name="Inquiries", exact=True).click()
    page.get_by_role("link", name="New inquiry").click()
    for label, text in (
        ("Who is calling", "Nico Delgado"),
        ("Number", "(804) 555-0171"),
        ("In one line", "Drinks after work and cannot stop by himself"),
        ("Next step", "Screening call"),
        ("On", "today"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("The caller is").select_option("The person themself")
    page.get_by_text("More: calling back").click()
    page.get_by_label("Born").fill("3/2/1990")
    page.get_by_role("button", name="Save the inquiry").first.click()
    page.get_by_role("button", name="Start screening call").click()
    expect(page.locator("html[data-call=ready]")).to_be_attached()


def picture(page: Page):
    """The picture beside the questions."""
    return page.get_by_role("complementary", name="The picture so far")


def answer_all(page: Page, answers) -> None:
    """Answer question after question, each as the person on the phone says it."""
    for ask, *said in answers:
        place = page.get_by_role("group", name=re.compile(f"^{re.escape(ask)}"))
        for words in said:
            one = place.get_by_role("radio", name=words, exact=True)
            one.or_(place.get_by_role("checkbox", name=words, exact=True)).check()
    expect(page.get_by_text("Everything is saved").first).to_be_visible()


def finish(page: Page) -> str:
    """End the call with a recommendation. Gives the address of the chart."""
    page.get_by_role("button", name="Keep it and open the chart").click()
    page.wait_for_url("**/level/")
    expect(page.get_by_role("status").first).to_contain_text("The recommendation is kept")
    return page.url.removesuffix("level/")


# ---- what is found, wanted and agreed ----------------------------------------------------------


def confirm(page: Page, chart: str) -> None:
    """The clinician stands by what was found."""
    page.goto(f"{chart}level/")
    expect(page.get_by_text("No clinician has confirmed this yet")).to_be_visible()
    page.get_by_role("button", name="Confirm it").click()
    expect(page.get_by_text("No clinician has confirmed this yet")).to_have_count(0)


def bargain(page: Page) -> None:
    """The payer authorizes less, and the client wants still less."""
    for who, wants, reason in (
        ("Payer", "SOP", "Weekly groups were not tried first"),
        ("Client", "Just a counselor", "I cannot be away three evenings"),
    ):
        page.get_by_label("Who", exact=True).select_option(label=who)
        page.get_by_label("Asks for", exact=True).select_option(label=wants)
        expect(page.locator("#judged")).to_contain_text("this would leave something out")
        page.get_by_label("Reason, in their words").fill(reason)
        page.get_by_role("button", name="Add to the ledger").click()
        expect(page.get_by_role("table", name="Every position")).to_contain_text(reason)


def agree(page: Page) -> None:
    """Less than was found is agreed: what stays unmet, what stands in, when we look again."""
    page.get_by_role("link", name="Record what is agreed").click()
    page.get_by_label("Step 1", exact=True).select_option("sop")
    page.get_by_label(re.compile("structured care several times a week")).fill(
        "A counselor on Fridays, and a call each Sunday"
    )
    for one in ("Client", "Clinician"):
        page.get_by_label(one, exact=True).check()
    page.get_by_label("Look at it again").fill(as_typed(5))
    page.get_by_role("button", name="Keep the agreement").click()
    expect(page.get_by_role("status").first).to_contain_text("The agreement is in the ledger")
    every = page.get_by_role("table", name="Every position")
    expect(every).to_contain_text("A counselor on Fridays, and a call each Sunday")


def as_typed(days: int) -> str:
    """A day to come, as people type it."""
    day = clock.today("America/New_York") + timedelta(days=days)
    return f"{day.month}/{day.day}/{day.year}"


# ---- in the room -------------------------------------------------------------------------------


def take_the_papers(page: Page, chart: str) -> None:
    """The notice is signed, then the one consent for treatment, payment and operations."""
    page.goto(f"{chart}consents/")
    page.get_by_role("link", name="Give the notice").click()
    page.get_by_label("Your name").fill("Nico Delgado")
    page.get_by_role("button", name="Yes, I was given it").click()
    take_back(page)
    page.get_by_role("link", name="Treatment, payment and operations").click()
    page.get_by_role("button", name="Write it out").click()
    page.get_by_role("link", name="Open the signing page").click()
    page.get_by_label("Your name").fill("Nico Delgado")
    page.get_by_role("button", name="I agree and sign").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you. It is signed.")
    page.get_by_role("link", name="For staff: go on").click()
    take_back(page)


def take_back(page: Page) -> None:
    """The device comes back from the client: whoever works here shows that it is them."""
    page.get_by_role("link", name="For staff: it is me").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()


def admit(page: Page, chart: str) -> None:
    """A seat, a course, and the first session on it."""
    page.goto(f"{chart}about/")
    page.get_by_role("link", name="Admit", exact=True).click()
    page.get_by_role("link", name="Lay out the course in Evening SOP").click()
    page.get_by_label("Still open").check()
    page.get_by_role("button", name="Admit to Evening SOP").click()
    expect(page.get_by_role("status").first).to_contain_text("is admitted")


def see_the_first_session(page: Page, chart: str) -> None:
    """The course stands on the chart, with what comes first."""
    page.goto(f"{chart}course/")
    expect(page.get_by_text("0 of 12 sessions").first).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Evening SOP, no. ")).first).to_be_visible()


def look_at_today(page: Page) -> None:
    """The day on which the agreement is looked at again stands on Today."""
    page.get_by_role("link", name="Today", exact=True).first.click()
    row = page.locator(".wl li").filter(has_text="Agreed: SOP. Does it still hold?")
    expect(row).to_contain_text("Nico Delgado")
    expect(row).to_contain_text("in 5 days")
