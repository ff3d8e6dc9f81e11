"""Today, outreach and notes in a browser: by keyboard, on a phone, without script."""

import os

import pytest
from playwright.sync_api import expect

from handrail.areas.programs.models import Note, Outreach, OutreachAttempt
from handrail.foundation import tenancy
from tests.browser.board import ADDRESS, enter, set_clock
from tests.browser.conftest import PHONE
from tests.factories.evening import LATE, a_contact, a_flag, a_note, an_evening, an_outreach

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evening(program, live_server, monkeypatch):
    """After the group: one person at risk was not there, three notes wait for Ruth."""
    monkeypatch.setenv(ADDRESS, live_server.url)
    set_clock(monkeypatch, LATE)
    with tenancy.within(program.alder):
        made = an_evening(program)
        a_flag(program, made.clients[0])
        a_contact(made.clients[0])
        an_outreach(made.session, made.clients[0].episodes.get())
        an_outreach(made.session, made.clients[1].episodes.get())
        for client in made.clients[2:5]:
            a_note(
                made.session,
                client.episodes.get(),
                program.place("mara"),
                needs_co_signature=True,
            )
    return made


def test_these_pages_are_accessible_on_every_screen(
    program, evening, any_screen, assert_accessible
):
    enter(any_screen, program, "ruth")
    with tenancy.within(program.alder):
        note, client = Note.objects.first().pk, evening.clients[2].pk
    for address in ("", "/outreach/", "/notes/", f"/notes/{note}/", f"/clients/{client}/notes/"):
        any_screen.goto(f"/staff{address}")
        assert_accessible(any_screen)


def test_from_today_to_a_logged_attempt_in_two_clicks_on_a_phone(program, evening, open_page):
    phone = enter(open_page(**PHONE), program, "ruth")
    phone.goto("/staff")
    first = phone.locator(".due tbody tr").first
    expect(first).to_contain_text(evening.clients[0].family_name)
    first.get_by_role("link", name="Log an attempt").click()
    person = phone.get_by_role("article", name=evening.clients[0].family_name)
    person.get_by_role("button", name="No answer").click()
    expect(phone.get_by_role("status")).to_contain_text("Called: no answer. It is written down.")
    expect(person).to_contain_text("Call a contact person")
    with tenancy.within(program.alder):
        assert OutreachAttempt.objects.count() == 1


def test_reach_and_close_by_keyboard_alone(program, evening, page):
    enter(page, program, "mara")
    page.goto("/staff/outreach/")
    person = page.get_by_role("article", name=evening.clients[0].family_name)
    person.get_by_role("button", name="Reached").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Close it below")
    person.get_by_role("radio", name="Reached, and safe").focus()
    expect(person.get_by_role("radio", name="Reached, and safe")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("At her sister's, slept, comes tomorrow.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Closed: reached, and safe.")
    with tenancy.within(program.alder):
        assert Outreach.objects.filter(closed_at__isnull=False).count() == 1


def test_a_supervisor_reads_and_co_signs_by_keyboard_alone(program, evening, page):
    enter(page, program, "ruth")
    page.goto("/staff/notes/")
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    for _ in range(3):  # its button, the next name, the next mark
        page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox").nth(1)).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Co-sign and lock", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 notes are co-signed and locked.")
    expect(page.get_by_role("checkbox")).to_have_count(1)


def test_without_script_a_wrong_note_is_voided_and_its_session_waits_again(
    program, evening, open_page
):
    with tenancy.within(program.alder):
        evening.session.state = "closed"
        evening.session.save()
        note = Note.objects.first().pk
    page = enter(open_page(java_script_enabled=False), program, "ruth")
    page.goto(f"/staff/notes/{note}/")
    page.get_by_text("Void this note").click()
    page.get_by_label("Why").fill("Written for someone else")
    page.get_by_role("button", name="Void it").click()
    expect(page.get_by_text("This note is not valid.")).to_be_visible()
    page.goto("/staff")
    stack = page.locator("section", has=page.get_by_role("heading", name="To be signed"))
    expect(stack.get_by_role("link", name="Finish and sign")).to_be_visible()
    stack.get_by_role("link", name="Finish and sign").click()
    expect(page).to_have_url(f"{os.environ[ADDRESS]}/staff/sessions/{evening.session.pk}/")
