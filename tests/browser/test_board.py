"""A whole evening on the session board: by mouse, by keyboard, and when things go wrong."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.areas.programs.models import Note, Session
from handrail.core.notes.content import (
    GroupContent,
    IndividualContent,
    NoteContent,
    canonical,
)
from handrail.foundation import tenancy
from tests.browser.board import (
    ADDRESS,
    COUNT,
    enter,
    open_board,
    person,
    saved,
    set_clock,
    words_of,
)
from tests.browser.conftest import PHONE
from tests.factories.evening import AT, PEOPLE, WORDS, a_flag, a_person, an_evening, was_at

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 40
LATER = AT + timedelta(minutes=30)
RISK = "Passive thoughts, no intent, no plan. Went through the safety plan together."
SHARED = (
    "Round of check-ins; the theme came up by itself.",
    "Process time went to Thursday's table.",
    "Education about triggers, with examples from the week.",
    "Everyone named one thing for tomorrow.",
)


@pytest.fixture
def tonight(program, live_server, monkeypatch):
    """Twelve people in the middle of their course at twenty past six; one flag is open."""
    monkeypatch.setenv(ADDRESS, live_server.url)
    set_clock(monkeypatch, LATER)
    with tenancy.within(program.alder):
        made = an_evening(program)
        for client in made.clients:
            for session in Session.objects.filter(state="closed"):
                was_at(client, session)
            had_a_risk_statement(made, client)
        a_flag(program, made.clients[4])
    return made


def had_a_risk_statement(evening, client):
    """A signed note of Monday's session, so that no statement about risk is due tonight."""
    last = Session.objects.filter(state="closed").order_by("number").last()
    Note.objects.create(
        organization_id=client.organization_id,
        client=client,
        episode=client.episodes.get(),
        session=last,
        local_date=last.local_date,
        content=canonical(
            NoteContent(
                GroupContent("Evening IOP", last.number, last.local_date),
                IndividualContent(str(client.pk), words="", risk="No thoughts of suicide."),
            )
        ),
        content_hash="0" * 64,
        has_risk_statement=True,
        signed_at=AT - timedelta(days=1),
        signed_by_id=evening.session.facilitators.first().membership_id,
        signed_name="Mara Whitfield, LPC",
    )


@pytest.fixture
def board(open_page, program, tonight):
    """The board as Mara opens it; every command is counted."""
    page = enter(open_page(), program)
    page.add_init_script(COUNT)
    return open_board(page, tonight)


@pytest.fixture
def running(board, tonight):
    """The board after the session was started."""
    board.get_by_role("button", name="Start the session").click()
    expect(board.get_by_role("button", name="Close attendance")).to_be_visible()
    return board


def tell(capsys, page, how):
    """Print the count, so that it can be reported."""
    commands = page.evaluate("commands")
    chords = [one for one in commands if one not in ("Control", "Shift", "Meta")]
    with capsys.disabled():
        print(f"\n{how}: {len(chords)} commands ({len(commands)} with modifier keys)")
    return len(commands)


def words_for(page, n):
    """Own words for the person whose field has the focus."""
    page.keyboard.insert_text(WORDS[n])


def assert_signed(page, tonight, program):
    expect(page.get_by_text("Every note is signed.")).to_be_visible(timeout=15000)
    with tenancy.within(program.alder):
        assert Note.objects.filter(session=tonight.session).count() == len(PEOPLE)
        assert tonight.fresh().state == "closed"


# ---- a whole evening -----------------------------------------------------------------------------


def test_a_whole_evening_by_mouse_within_forty_commands(
    board, tonight, program, capsys, assert_accessible
):
    page = board
    page.get_by_role("button", name="Start the session").click()
    person(page, "Rosalind T.").get_by_role("button", name="Not here").click()
    person(page, "Keiko T.").get_by_role("button", name="Late").click()
    expect(person(page, "Keiko T.")).to_contain_text("Late, 20 min")
    person(page, "Miguel S.").get_by_role("button", name="Miguel S.", exact=True).click()
    write_the_evening(page)
    page.get_by_role("button", name="Close attendance").click()
    page.get_by_role("button", name="Sign all complete, 12 of 12").click()
    assert_signed(page, tonight, program)
    assert tell(capsys, page, "by mouse") <= BUDGET
    assert_accessible(page)


def write_the_evening(page):
    """Everyone's words, the risk statement, the shared note: on with Ctrl+Enter."""
    expect(words_of(page)).to_be_focused()
    words_for(page, 0)
    page.keyboard.press("Control+Enter")
    page.keyboard.insert_text(RISK)
    page.keyboard.press("Control+Enter")
    for number in range(1, 11):
        expect(words_of(page)).to_be_focused()
        words_for(page, number)
        page.keyboard.press("Control+Enter")
    for words in SHARED:
        page.keyboard.insert_text(words)
        page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Close attendance")).to_be_focused()


def test_a_whole_evening_by_keyboard_alone_within_forty_commands(board, tonight, program, capsys):
    page = board
    expect(page.get_by_role("button", name="Start the session")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close attendance")).to_be_focused()
    page.keyboard.press("j")
    for _ in range(2):
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("k")
    page.keyboard.press("l")
    expect(page.locator("#summary")).to_contain_text("11 here · 1 not here · 1 late, 20 min")
    page.keyboard.press("k")
    page.keyboard.press("w")
    write_the_evening(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign all complete, 12 of 12")).to_be_focused()
    page.keyboard.press("Enter")
    assert_signed(page, tonight, program)
    tell(capsys, page, "by keyboard")
    chords = page.evaluate("commands.filter((one) => one !== 'Control').length")
    assert chords <= BUDGET
