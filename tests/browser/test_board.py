"""A whole evening on the session board: by mouse, by keyboard, and when things go wrong."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from handrail.areas.clients import services
from handrail.areas.notes.models import Note
from handrail.areas.schedule.models import Session
from handrail.core.notes.content import (
    GroupContent,
    IndividualContent,
    NoteContent,
    canonical,
)
from handrail.demo.accounts import PASSWORD
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
from tests.browser.screens import PHONE
from tests.factories.evening import AT, PEOPLE, WORDS, a_contact, a_flag, an_evening, was_at

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 40
LATER = AT + timedelta(minutes=30)
NEARLY_OVER = AT + timedelta(hours=3, minutes=5)
"""Five to nine."""
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
        shared = [one.text for one in tonight.board().shared.values() if one.text]
        assert shared == list(SHARED)
        said = [tile.fields["words"].text for tile in tonight.board().tiles if not tile.absent]
        assert sorted(said) == sorted(WORDS[:11])


# ---- a whole evening -----------------------------------------------------------------------------


def test_a_whole_evening_by_mouse_within_forty_commands(
    board, tonight, program, capsys, assert_accessible, monkeypatch
):
    page = board
    page.get_by_role("button", name="Start the session").click()
    person(page, "Rosalind T.").get_by_role("button", name="Not here").click()
    person(page, "Rosalind T.").get_by_text("Log a call").click()
    person(page, "Rosalind T.").get_by_role("button", name="No answer").click()
    expect(person(page, "Rosalind T.")).to_contain_text("1 attempt, still open")
    person(page, "Keiko T.").get_by_role("button", name="Late").click()
    expect(person(page, "Keiko T.")).to_contain_text("Late, 20 min")
    person(page, "Miguel S.").get_by_role("button", name="Miguel S.", exact=True).click()
    write_the_evening(page, "Control+Enter")
    set_clock(monkeypatch, NEARLY_OVER)
    page.get_by_role("button", name="Close attendance").click()
    page.get_by_role("button", name="Sign all complete, 12 of 12").click()
    assert_signed(page, tonight, program)
    assert tell(capsys, page, "by mouse") <= BUDGET
    assert_accessible(page)


def write_the_evening(page, on):
    """Everyone's words, the risk statement, the shared note: on with a key."""
    for number in range(11):
        expect(words_of(page)).to_be_focused()
        words_for(page, number)
        page.keyboard.press(on)
        if page.evaluate("document.activeElement.name.endsWith(':risk')"):
            page.keyboard.insert_text(RISK)
            page.keyboard.press(on)
    for words in SHARED:
        page.keyboard.insert_text(words)
        page.keyboard.press(on)
    expect(page.get_by_role("button", name="Close attendance")).to_be_focused()


def test_a_whole_evening_by_keyboard_alone_within_forty_commands(
    board, tonight, program, capsys, monkeypatch
):
    page = board
    expect(page.get_by_role("button", name="Start the session")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close attendance")).to_be_focused()
    for key in ("j", "j", "l", "j", "a"):
        page.keyboard.press(key)
    expect(page.locator("#summary")).to_contain_text("11 here · 1 not here · 1 late, 20 min")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="No answer").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".tile.out")).to_contain_text("1 attempt, still open")
    page.keyboard.press("F8")
    write_the_evening(page, "F8")
    set_clock(monkeypatch, NEARLY_OVER)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign all complete, 12 of 12")).to_be_focused()
    page.keyboard.press("Enter")
    assert_signed(page, tonight, program)
    assert tell(capsys, page, "by keyboard") <= BUDGET


# ---- exceptions ----------------------------------------------------------------------------------


def test_someone_late_someone_leaving_and_minutes_moved_by_five(running, tonight, program):
    page = running
    person(page, "Keiko T.").get_by_role("button", name="Late").click()
    expect(person(page, "Keiko T.")).to_contain_text("Late, 20 min")
    person(page, "Keiko T.").get_by_role("button", name="Change").click()
    page.locator(".panel.open").get_by_label("Came after").press("Escape")
    person(page, "Keiko T.").get_by_role("button", name="Change").click()
    page.locator(".panel.open").get_by_role("button", name="5 minutes earlier").first.click()
    expect(person(page, "Keiko T.")).to_contain_text("Late, 15 min")
    saved(page)
    left = page.locator(".panel.open").get_by_label("Left after")
    left.fill("135")
    expect(page.locator(".panel.open")).to_contain_text("8:15 pm")
    expect(person(page, "Keiko T.")).to_contain_text("Leaves 8:15 pm, 45 min early")
    with tenancy.within(program.alder):
        row = tonight.tile(tonight.clients[7])
        assert (row.absent, row.arrived, row.left) == (False, 15, 135)


def test_somebody_unannounced_is_found_added_and_taken_off_again(
    running, tonight, program, assert_accessible
):
    with tenancy.within(program.alder):
        guest = services.record_client(
            given_name="Odalys",
            family_name="Brightwater",
            birth_date=date(1991, 2, 3),
            by=program.actor("ines"),
            at=AT,
        )
        services.open_episode(
            client_id=guest.pk,
            level="iop",
            opened_date=AT.date(),
            by=program.actor("ruth"),
            at=AT,
        )
    page = running
    page.get_by_text("Someone came who is not on the list").click()
    page.get_by_label("Name").fill("nobody such")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody by “nobody such”")).to_be_visible()
    page.get_by_label("Name").fill("ody bri")
    page.get_by_label("Name").fill("oda bri")
    page.get_by_role("button", name="Find").click()
    assert_accessible(page)
    page.get_by_role("button", name="Add Odalys Brightwater").dblclick()
    expect(person(page, "Odalys B.")).to_contain_text("Here from 6:20 pm, unannounced")
    assert "Brightwater" not in page.url
    page.get_by_role("button", name="was added by mistake").click()
    expect(person(page, "Odalys B.")).to_be_hidden()


# ---- when things go wrong ------------------------------------------------------------------------


def test_ten_minutes_without_a_connection_lose_nothing(running, tonight, program):
    page = running
    open_words(page, "Annika L.")
    page.context.set_offline(True)
    words_of(page).fill("Typed in the cellar.")
    expect(page.locator("#status")).to_contain_text("kept on this computer")
    person(page, "Fiona G.").get_by_role("button", name="Late").click()
    expect(person(page, "Fiona G.")).to_contain_text("Late, 20 min")
    words_of(page).fill("Typed in the cellar, and more.")
    page.get_by_role("button", name="Close attendance").click()
    expect(page.locator("#status")).to_contain_text("Try again when the connection is back")
    page.context.set_offline(False)
    saved(page)
    with tenancy.within(program.alder):
        assert tonight.tile(tonight.clients[5]).fields["words"].text == (
            "Typed in the cellar, and more."
        )
        assert tonight.tile(tonight.clients[8]).arrived == 20
        assert tonight.fresh().state == "in progress"


def test_a_closed_tab_gives_its_unsent_words_back_and_the_disk_shows_none(
    running, tonight, program
):
    page = running
    open_words(page, "Annika L.")
    page.context.set_offline(True)
    words_of(page).fill("A secret of the evening.")
    expect(page.locator("#status")).to_contain_text("kept on this computer")
    assert "secret" not in page.evaluate(EVERYTHING_KEPT)
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)
    open_board(other, tonight)
    saved(other)
    with tenancy.within(program.alder):
        kept = tonight.tile(tonight.clients[5]).fields["words"].text
    assert kept == "A secret of the evening."
    assert other.evaluate(EVERYTHING_KEPT) == "[]"


EVERYTHING_KEPT = """async () => {
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((give) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => give(request.result);
    });
    const found = await new Promise((give) => {
      const request = database.transaction("drafts").objectStore("drafts").getAll();
      request.onsuccess = () => give(request.result);
    });
    database.close();
    for (const row of found) rows.push({ ...row, sealed: new TextDecoder().decode(row.sealed) });
  }
  return JSON.stringify(rows);
}"""


def test_when_another_person_signs_in_no_draft_is_left(running, tonight, program):
    page = running
    open_words(page, "Annika L.")
    page.context.set_offline(True)
    words_of(page).fill("Not sent, and then gone home.")
    expect(page.locator("#status")).to_contain_text("kept on this computer")
    page.close()
    other = page.context.new_page()
    other.context.set_offline(False)
    enter(other, program, "dev")
    other.goto("/staff")
    expect(other.get_by_role("heading", name="Due", exact=True)).to_be_visible()
    other.wait_for_function("async () => (await indexedDB.databases()).length === 0")


def test_signing_out_sends_what_it_can_and_deletes_the_rest(running, tonight, program):
    page = running
    open_words(page, "Annika L.")
    words_of(page).fill("The last thing before going home.")
    page.locator(".me > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    with tenancy.within(program.alder):
        kept = tonight.tile(tonight.clients[5]).fields["words"].text
    assert kept == "The last thing before going home."


def test_a_session_that_ended_while_typing_asks_again_and_sends(running, tonight, program):
    page = running
    open_words(page, "Annika L.")
    page.context.clear_cookies()
    words_of(page).fill("Typed after the session had ended.")
    dialog = page.locator("#again")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_be_hidden()
    saved(page)
    with tenancy.within(program.alder):
        kept = tonight.tile(tonight.clients[5]).fields["words"].text
    assert kept == "Typed after the session had ended."


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("Keep the one above", "Mine."),
        ("Take this one", "Theirs."),
        ("Put both together", "Mine.\n\nTheirs."),
    ],
)
def test_two_people_at_once_see_both_texts_and_choose(
    button, kept, running, tonight, program, open_page, assert_accessible
):
    page = running
    open_words(page, "Annika L.")
    page.context.set_offline(True)
    words_of(page).fill("Mine.")
    with tenancy.within(program.alder):
        tonight.save(tonight.clients[5], "words", "Theirs.", by=tonight.dev)
    page.context.set_offline(False)
    both = page.get_by_role("group", name="Two texts at once")
    expect(both).to_contain_text("Dev Raman wrote this too")
    expect(both).to_contain_text("Theirs.")
    expect(words_of(page)).to_have_value("Mine.")
    assert_accessible(page)
    both.get_by_role("button", name=button).click()
    expect(both).to_be_hidden()
    expect(words_of(page)).to_have_value(kept)
    with tenancy.within(program.alder):
        field = tonight.tile(tonight.clients[5]).fields["words"]
    assert (field.text, field.others) == (kept, ())


def test_what_a_second_facilitator_writes_and_marks_appears(running, tonight, program, open_page):
    mine, theirs = running, open_board(enter(open_page(), program, "dev"), tonight)
    open_words(mine, "Annika L.")
    words_of(mine).fill("Mine, being written.")
    open_words(theirs, "Fiona G.")
    words_of(theirs).fill("From Dev.")
    person(theirs, "Jerome C.").get_by_role("button", name="Not here").click()
    expect(person(mine, "Jerome C.")).to_contain_text("Not here", timeout=10000)
    expect(words_of(mine)).to_be_focused()
    expect(words_of(mine)).to_have_value("Mine, being written.")
    open_words(mine, "Fiona G.")
    expect(words_of(mine)).to_have_value("From Dev.", timeout=10000)


def open_words(page, called):
    person(page, called).get_by_role("button", name=called, exact=True).click()
    expect(words_of(page)).to_be_focused()


# ---- signing -------------------------------------------------------------------------------------


@pytest.fixture
def written(tonight, program):
    """The evening is over: everybody was there, everything is written, attendance is closed."""
    with tenancy.within(program.alder):
        return tonight.held()


def test_what_cannot_be_signed_stays_with_its_reason(
    written, open_page, program, assert_accessible
):
    with tenancy.within(program.alder):
        first, second, third = written.clients[:3]
        same = "Named the drive home past the old store as the hour to watch this week."
        for client in (first, second):
            written.save(client, "words", same, version=1)
        written.save(third, "words", "Sat beside Fiona Gallagher all evening.", version=1)
    page = open_board(enter(open_page(), program), written)
    page.get_by_role("button", name="Sign all complete, 9 of 12").dblclick()
    expect(page.locator("#notices")).to_contain_text("9 notes signed. 3 drafts left")
    person(page, "Nadia V.").get_by_role("button", name="Nadia V.").click()
    open_one = page.locator(".panel.open")
    expect(open_one).to_contain_text("names Fiona Gallagher, who has a chart of their own")
    person(page, "Rosalind T.").get_by_role("button", name="Rosalind T.").click()
    expect(open_one.locator(".alike mark").first).to_contain_text("Named the drive home")
    assert_accessible(page)
    open_one.get_by_label("These are right as they are").check()
    page.get_by_role("button", name="Sign Rosalind T.’s note").click()
    expect(person(page, "Rosalind T.")).to_contain_text("Signed 6:20 pm by Mara Whitfield")
    page.go_back()
    page.go_forward()
    expect(person(page, "Rosalind T.")).to_contain_text("Signed 6:20 pm by Mara Whitfield")
    with tenancy.within(program.alder):
        assert Note.objects.filter(session=written.session).count() == 10


def test_attendance_can_be_reopened_before_anything_is_signed(written, open_page, program):
    page = open_board(enter(open_page(), program), written)
    page.get_by_role("button", name="Reopen attendance").dblclick()
    expect(page.get_by_role("button", name="Close attendance")).to_be_visible()


def test_closing_long_before_the_end_asks_in_place(running, tonight, program, assert_accessible):
    page = running
    page.get_by_role("button", name="Close attendance").click()
    asked = page.get_by_text("Close now: everyone is credited up to 6:20 pm only.")
    expect(asked).to_be_focused()
    assert_accessible(page)
    page.get_by_role("button", name="Keep it open").click()
    expect(page.get_by_role("button", name="Close attendance")).to_be_focused()
    with tenancy.within(program.alder):
        assert tonight.fresh().state == "in progress"
    page.get_by_role("button", name="Close attendance").click()
    page.get_by_role("button", name="It has ended: close now").click()
    expect(page.get_by_role("button", name="Reopen attendance")).to_be_visible()
    expect(person(page, "Annika L.")).to_contain_text("No credit")
    with tenancy.within(program.alder):
        assert tonight.fresh().ended_minute in (20, 21)  # begun minutes count


def test_minutes_that_cannot_be_are_refused_while_typing_and_never_said_to_be_saved(
    running, tonight, program, assert_accessible
):
    page = running
    person(page, "Keiko T.").get_by_role("button", name="Late").click()
    person(page, "Keiko T.").get_by_role("button", name="Change").click()
    saved(page)
    came = page.locator(".panel.open").get_by_label("Came after")
    came.fill("999")
    expect(page.locator(".panel.open")).to_contain_text("The session has 180 minutes: 0 to 179.")
    expect(page.locator("#status")).to_contain_text("Not saved")
    words_of(page).fill("Something else, which is kept.")
    page.get_by_role("button", name="Close attendance").click()
    expect(came).to_be_focused()
    expect(came).to_have_value("999")
    expect(page.locator("#status")).to_contain_text("Not saved")
    assert_accessible(page)
    came.fill("25")
    expect(person(page, "Keiko T.")).to_contain_text("Late, 25 min")
    saved(page)
    with tenancy.within(program.alder):
        assert tonight.tile(tonight.clients[7]).arrived == 25


def test_a_name_in_the_shared_note_leads_to_its_field(running, tonight, program):
    page = running
    page.get_by_label("Process group").fill("Miguel spoke for most of it.")
    page.get_by_role("link", name="Shared note, Process group: “Miguel”").first.click()
    expect(page.get_by_label("Process group")).to_be_focused()


def test_nobody_at_risk_is_left_with_a_good_night(open_page, tonight, program, assert_accessible):
    with tenancy.within(program.alder):
        tonight.start()
        tonight.write_everything()
        tonight.absent(tonight.clients[4])
        a_contact(tonight.clients[4])
        tonight.close()
    page = open_board(enter(open_page(), program), tonight)
    calls = page.get_by_role("listitem").filter(has_text="Outreach for who is not here")
    expect(calls).to_contain_text("0 of 1")
    calls.get_by_role("link", name="Call Miguel S.").click()
    page.get_by_role("button", name="Left a message").first.click()
    expect(calls).to_contain_text("1 of 1")
    expect(page.locator(".panel.open")).to_contain_text("Marguerite Delacroix")
    expect(page.locator(".panel.open")).to_contain_text("Left a message that names nothing")
    assert_accessible(page)
    page.get_by_role("button", name="Sign all complete, 12 of 12").click()
    expect(page.get_by_text("Still to be reached")).to_be_visible()
    expect(page.get_by_text("Good night")).to_have_count(0)
    page.get_by_role("link", name="Go to outreach for Miguel S.").click()
    expect(page.get_by_role("heading", name="Outreach")).to_be_visible()


def test_finish_and_sign_opens_who_has_something_open(written, open_page, program):
    with tenancy.within(program.alder):
        written.save(written.clients[3], "words", "", version=1)
    page = enter(open_page(), program)
    page.goto(f"/staff/sessions/{written.session.pk}/?person=open")
    expect(words_of(page)).to_be_focused()
    expect(page.locator(".panel.open")).to_contain_text("Terrence")


# ---- keys, phone, no script ----------------------------------------------------------------------


def test_single_keys_can_be_turned_off_and_never_type_into_a_text(running):
    page = running
    open_words(page, "Annika L.")
    page.keyboard.type("all lies, he jokes")
    expect(words_of(page)).to_have_value("all lies, he jokes")
    expect(page.locator("#summary")).to_contain_text("12 here")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close", exact=True).click()
    page.keyboard.press("a")
    expect(page.locator("#summary")).to_contain_text("12 here")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys of the board")).to_be_hidden()


def test_on_a_phone(open_page, program, tonight, assert_accessible):
    page = open_board(enter(open_page(**PHONE), program), tonight)
    page.get_by_role("button", name="Start the session").tap()
    person(page, "Keiko T.").get_by_role("button", name="Late").tap()
    expect(person(page, "Keiko T.")).to_contain_text("Late, 20 min")
    person(page, "Miguel S.").get_by_role("button", name="Miguel S.", exact=True).tap()
    words_of(page).fill("On a phone.")
    saved(page)
    assert_accessible(page)


def test_without_a_script_it_is_a_plain_form(open_page, program, tonight, assert_accessible):
    page = enter(open_page(java_script_enabled=False), program)
    open_board(page, tonight, script=False)
    page.get_by_role("button", name="Start the session").click()
    person(page, "Keiko T.").get_by_role("button", name="Late").click()
    expect(person(page, "Keiko T.")).to_contain_text("Late, 20 min")
    miguel, annika = tonight.clients[4], tonight.clients[5]
    page.locator(f'[name="text|{miguel.pk}:words"]').fill("Plain words.")
    page.locator(f'[name="text|{annika.pk}:words"]').fill("Mine.")
    with tenancy.within(program.alder):
        tonight.save(annika, "words", "Theirs.", by=tonight.dev)
    page.get_by_role("button", name="Save everything typed").click()
    expect(page.get_by_text("Both texts are kept")).to_be_visible()
    expect(page.get_by_role("group", name="Two texts at once")).to_contain_text("Mine.")
    page.get_by_role("button", name="Put both together").click()
    with tenancy.within(program.alder):
        assert tonight.tile(miguel).fields["words"].text == "Plain words."
        assert tonight.tile(annika).fields["words"].text == "Theirs.\n\nMine."
    came = page.locator(f'[name="arrived|{miguel.pk}"]')
    page.locator(f'[data-panel="{miguel.pk}"] .times summary').click()
    came.fill("999")
    page.get_by_role("button", name="Close attendance").click()
    expect(page.get_by_text("The session has 180 minutes: 0 to 179.")).to_be_visible()
    expect(came).to_have_value("999")
    came.fill("0")
    page.get_by_role("button", name="Close attendance").click()
    page.get_by_role("button", name="It has ended: close now").click()
    expect(page.get_by_role("button", name="Sign all complete")).to_be_visible()
