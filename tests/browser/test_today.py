"""Today, outreach and notes in a browser: by keyboard, on a phone, without script."""

import os
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.areas.notes.models import Note
from handrail.areas.outreach.models import Outreach, OutreachAttempt
from handrail.foundation import tenancy
from tests import due
from tests.browser.board import ADDRESS, enter, set_clock
from tests.browser.screens import PHONE
from tests.factories.evening import LATE, a_contact, a_flag, a_note, an_evening, an_outreach

pytestmark = pytest.mark.django_db(transaction=True)


def was_reached(outreach, at):
    """Someone called and spoke with the person."""
    OutreachAttempt.objects.create(
        organization_id=outreach.organization_id, outreach=outreach, kind="call",
        result="reached", attempted_at=at, attempted_by="Mara Whitfield",
    )  # fmt: skip


@pytest.fixture
def evening(program, live_server, monkeypatch):
    """After the group: one person at risk was not there, one was reached, three notes wait for
    Ruth; the outreach about the first of them was closed after it was signed.
    """
    monkeypatch.setenv(ADDRESS, live_server.url)
    set_clock(monkeypatch, LATE)
    with tenancy.within(program.alder):
        made = an_evening(program)
        a_flag(program, made.clients[0])
        a_contact(made.clients[0])
        an_outreach(made.session, made.clients[0].episodes.get())
        an_outreach(made.session, made.clients[1].episodes.get())
        reached = an_outreach(made.session, made.clients[6].episodes.get())
        was_reached(reached, LATE)
        closed = an_outreach(made.session, made.clients[2].episodes.get())
        was_reached(closed, LATE + timedelta(minutes=1))
        Outreach.objects.filter(pk=closed.pk).update(
            outcome="reached",
            closed_at=LATE + timedelta(minutes=2),
            closed_by="Mara Whitfield",
            closing_words="At home with a cold; comes on Monday.",
        )
        for client in made.clients[2:5]:
            a_note(
                made.session,
                client.episodes.get(),
                program.place("mara"),
                needs_co_signature=True,
            )
    due.rebuild(program.alder, LATE)
    return made


def test_these_pages_are_accessible_on_every_screen(
    program, evening, any_screen, assert_accessible
):
    enter(any_screen, program, "ruth")
    with tenancy.within(program.alder):
        client = evening.clients[2].pk
        note = Note.objects.get(client_id=client).pk
    for address in ("", "/outreach/", "/notes/", f"/notes/{note}/", f"/clients/{client}/notes/"):
        any_screen.goto(f"/staff{address}")
        assert_accessible(any_screen)


def test_from_today_to_a_logged_attempt_in_two_clicks_on_a_phone(program, evening, open_page):
    phone = enter(open_page(**PHONE), program, "ruth")
    phone.goto("/staff")
    first = phone.locator(".wr").first
    expect(first).to_contain_text(evening.clients[0].family_name)
    first.get_by_role("link", name="Log an attempt").click()
    person = phone.get_by_role("article", name=evening.clients[0].family_name)
    person.get_by_role("button", name="No answer").click()
    expect(phone.get_by_role("status")).to_contain_text("Called: no answer. It is written down.")
    expect(person).to_contain_text("Call a contact person")
    with tenancy.within(program.alder):
        assert OutreachAttempt.objects.filter(outreach__client=evening.clients[0]).count() == 1


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
        assert Outreach.objects.get(client=evening.clients[0]).outcome == "reached"


def test_an_answer_is_offered_only_for_the_way_that_can_bring_it(program, evening, page):
    enter(page, program, "mara")
    page.goto("/staff/outreach/")
    person = page.get_by_role("article", name=evening.clients[0].family_name)
    safe = person.get_by_role("button", name="Says they are safe")
    under_way = person.get_by_role("button", name="Under way")
    expect(person.get_by_role("radio", name="Called Rosalind")).to_be_checked()
    expect(safe).to_be_hidden()
    expect(under_way).to_be_hidden()
    person.get_by_role("radio", name="Called Marguerite").check()
    expect(safe).to_be_visible()
    expect(under_way).to_be_hidden()
    person.get_by_role("radio", name="welfare check").first.check()
    expect(safe).to_be_hidden()
    expect(under_way).to_be_visible()
    person.get_by_role("radio", name="Called Marguerite").check()
    safe.click()
    expect(person).to_contain_text("close it")
    expect(person.get_by_role("radio", name="A contact person says")).to_be_checked()


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
    expect(page).to_have_url(
        f"{os.environ[ADDRESS]}/staff/sessions/{evening.session.pk}/?person=open"
    )
