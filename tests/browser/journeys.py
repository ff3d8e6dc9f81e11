"""Steps that several journeys take, as a person takes them: by roles and labels."""

from playwright.sync_api import Page, expect

from handrail.data import findings_catalogue
from handrail.demo.accounts import PASSWORD
from tests.core.strategies import best


def press(page: Page, button: str) -> None:
    """Press a button that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def answer_findings(page: Page, more: dict[str, str], *, age: str) -> None:
    """Answer every safety question calmly but for `more`, in a form of findings.

    `more` is what is chosen for a question, by the words it begins with.
    """
    folded = page.locator("form.findings details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    page.get_by_role("textbox", name="Age", exact=False).first.fill(age)
    for code, one in findings_catalogue().items():
        if one.safety_critical and code not in ("age", "emergency_evaluation_found_safe"):
            _answer(page, one.label, more.get(one.label, _typed(best(one))))
    _answer(page, "alcohol use disorder", "moderate")
    _answer(page, findings_catalogue()["weekly_care_not_enough"].label, "yes")


def take_named_consent(page: Page, chart: str, place: str, *, contents, signs: str) -> str:
    """Take a consent for a place by its name, signed by typing. Gives its address."""
    page.goto(f"{chart}consents/")
    page.get_by_role("link", name="A person or place by name").click()
    page.get_by_label("Who", exact=True).select_option("treating_provider")
    page.get_by_label("Name", exact=True).first.fill(place)
    for one in contents:
        page.get_by_label(one).check()
    page.get_by_label("Treatment", exact=True).check()
    press(page, "Write it out")
    consent = page.url
    page.get_by_role("link", name="Open the signing page").click()
    page.get_by_label("Your name").fill(signs)
    page.get_by_role("button", name="I agree and sign").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you. It is signed.")
    page.get_by_role("link", name="For staff: go on").click()
    take_back_the_device(page)
    return consent


def take_back_the_device(page: Page) -> None:
    """After somebody signed on it, the device opens to staff again only with the password."""
    page.get_by_role("link", name="For staff: it is me").click()
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "It is me")


def write_what_was_heard(page: Page, what: str, *, by: str) -> None:
    """Write down on a referral what somebody told us."""
    page.get_by_label("What", exact=True).select_option(label=what)
    page.get_by_label("Who told you", exact=True).fill(by)
    press(page, "Write it down")


def _answer(page: Page, label: str, value: str) -> None:
    page.get_by_role("combobox", name=label, exact=False).first.select_option(value)


def _typed(answer: object) -> str:
    return {True: "yes", False: "no"}.get(answer, str(answer))  # type: ignore[call-overload]
