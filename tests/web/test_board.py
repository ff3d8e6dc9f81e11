"""The session board as a page: what it costs, what it says, and that it loses nothing."""

import json
import re
import time
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.clients import services as clients
from handrail.areas.organizations.models import Credential
from handrail.core.drafts import put_together
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.web.staff.sessions import forms
from handrail.web.staff.sessions.boxes import fingerprint, seen_base
from handrail.web.staff.sessions.tiles import cut
from tests.browser.board import set_clock
from tests.factories.evening import AT, PEOPLE, a_flag, add_person, an_evening
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def at_twenty_past_six(monkeypatch):
    """The evening is half an hour after ten to six."""
    offset = (AT + timedelta(minutes=30)).timestamp() - time.time()
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(offset))


@pytest.fixture
def tonight(program):
    """Tonight's twelve, with the session started."""
    with tenancy.within(program.alder):
        made = an_evening(program)
        made.start()
    return made


@pytest.fixture
def mara(client, program):
    """A browser in which Mara is signed in."""
    return sign_in(client, program, "mara", program.alder)


def address(evening, what="") -> str:
    return f"/staff/sessions/{evening.session.pk}/{what}"


def facts_in(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="board-facts">(.*?)</script>', page)
    return json.loads(found.group(1))


def queries(browser, where) -> int:
    browser.get(where)  # what is read once for a process, and the entry of who has looked
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(where).status_code == 200
    return len(seen)


@pytest.mark.parametrize("what", ["", "changes/?since=x"])
def test_thirty_five_people_cost_as_many_queries_as_three(what, program, mara):
    with tenancy.within(program.alder):
        few = an_evening(program, people=3)
        few.start()
    at_three = queries(mara, address(few, what))
    with tenancy.within(program.alder):
        for number in range(3, 35):
            add_person(few, f"Zz{number}", f"Q{number}x")
        for number, one in enumerate(few.clients):
            few.save(one, "words", f"Word {number}")
        a_flag(program, few.clients[7])
    assert queries(mara, address(few, what)) == at_three


def test_one_look_at_the_board_is_one_entry_for_everyone_on_it(tonight, program, mara):
    mara.get(address(tonight))
    mara.get(address(tonight, "changes/?since=x"))
    with tenancy.within(program.alder):
        entry = AuditEntry.objects.get(action="chart.read")
        assert {f"client:{one.pk}" for one in tonight.clients} <= set(entry.subjects)


def test_nothing_new_is_answered_with_nothing(tonight, program, mara):
    version = facts_in(mara.get(address(tonight)).content.decode())["version"]
    assert mara.get(address(tonight, f"changes/?since={version}"), **JSON).status_code == 204
    with tenancy.within(program.alder):
        tonight.save(tonight.clients[0], "words", "New.", by=tonight.dev)
    answer = mara.get(address(tonight, f"changes/?since={version}"), **JSON)
    assert "New." in answer.json()["html"]


def test_words_that_look_like_the_end_of_a_script_stay_words(tonight, program, mara):
    bad = "</script></textarea><img src=x>"
    with tenancy.within(program.alder):
        tonight.save(tonight.clients[0], "words", bad)
    page = mara.get(address(tonight)).content.decode()
    assert "<img" not in page
    assert facts_in(page)["session"] == str(tonight.session.pk)


def test_the_key_of_the_drafts_is_each_persons_own_and_outlives_a_session(
    tonight, program, django_client
):
    def key(name):
        browser = sign_in(django_client(), program, name, program.alder)
        return facts_in(browser.get(address(tonight)).content.decode())["key"]

    assert key("mara") == key("mara")
    assert key("mara") != key("dev")


def test_a_field_left_alone_is_not_written_over_what_came_since(tonight, program, mara):
    """Somebody saves a page that has stood open for a while."""
    first, second = tonight.clients[:2]
    with tenancy.within(program.alder):
        tonight.save(first, "words", "Old.")
    old = f"1.{fingerprint('Old.')}"
    with tenancy.within(program.alder):
        tonight.save(first, "words", "Newer, by Dev.", version=1, by=tonight.dev)
    mara.post(
        address(tonight, "save/"),
        {
            f"text|{first.pk}:words": "Old.",
            f"base|{first.pk}:words": old,
            f"text|{second.pk}:words": "Typed\r\nin two lines.",
            f"base|{second.pk}:words": f"0.{fingerprint('')}",
        },
    )
    with tenancy.within(program.alder):
        assert tonight.tile(first).fields["words"].text == "Newer, by Dev."
        assert tonight.tile(first).fields["words"].others == ()
        assert tonight.tile(second).fields["words"].text == "Typed\nin two lines."


def test_two_who_mark_the_same_person_hear_of_each_other(tonight, program, mara):
    someone = tonight.clients[0]
    with tenancy.within(program.alder):
        tonight.absent(someone)
    posted = {"client": someone.pk, "arrived": "20", "left": "", "absent": "", "base": "0"}
    answer = mara.post(address(tonight, "mark/"), posted, **JSON).json()
    assert "marked the same person" in " ".join(answer["notices"])
    with tenancy.within(program.alder):
        assert tonight.tile(someone).absent


def test_what_the_evening_does_not_allow_is_said_and_nothing_typed_is_lost(tonight, program, mara):
    posted = {
        f"text|{tonight.clients[0].pk}:words": "Kept.",
        f"base|{tonight.clients[0].pk}:words": f"0.{fingerprint('')}",
        "do": "sign",
    }
    mara.post(address(tonight, "save/"), posted)
    answer = mara.post(address(tonight, "sign/"))
    assert answer.status_code == 400
    assert "attendance is closed before signing" in answer.content.decode()
    assert "Kept." in answer.content.decode()


def test_a_script_that_is_signed_out_is_told_so(tonight, client):
    assert client.get(address(tonight, "changes/?since=0"), **JSON).status_code == 401
    assert client.post(address(tonight, "save/"), {"key": "x"}, **JSON).status_code == 401


def test_the_page_says_how_an_evening_of_twelve_stands(tonight, program, mara):
    with tenancy.within(program.alder):
        tonight.absent(tonight.clients[0], "At his daughter's birth")
        tonight.present(tonight.clients[1], arrived=14)
        tonight.present(tonight.clients[2], left=135)
    page = mara.get(address(tonight)).content.decode()
    for words in (
        "Evening IOP, Tue, Nov 24, 6 to 9 pm",
        "11 here · 1 not here · 1 late, 14 min · 1 leaves early",
        "Leaves 8:15 pm, 45 min early",
        "Not here: At his daughter&#39;s birth",
        "Check-in, 10 minutes left",
        "then process group at 6:30 pm",
    ):
        assert words in page
    assert len(PEOPLE) == page.count("<article")


@pytest.mark.parametrize(
    ("text", "passage", "parts"),
    [
        ("He named the drive home.", "named the drive", ("He ", "named the drive", " home.")),
        ("Named it.", "NAMED", ("", "Named", " it.")),
        ("Something else.", "named", ("Something else.", "", "")),
    ],
)
def test_a_shared_passage_is_cut_out_where_it_stands(text, passage, parts):
    assert cut(text, passage) == parts


def test_a_goal_that_chose_itself_waits_for_words_about_the_person():
    key = "00000000-0000-0000-0000-000000000001"
    posted = {
        f"text|{key}:goal": "g",
        f"base|{key}:goal": f"0.{fingerprint('')}",
        f"text|{key}:words": "",
        f"base|{key}:words": f"0.{fingerprint('')}",
    }
    assert list(forms.texts(posted)) == []
    posted[f"text|{key}:words"] = "Something."
    assert {one.field for one in forms.texts(posted)} == {"goal", "words"}


def shown(browser, evening, more="") -> str:
    """The board as a browser without a script shows it, as one line."""
    return " ".join(unescape(browser.get(address(evening, more)).content.decode()).split())


def minutes_of(evening, client, arrived, left, **more):
    """What a form posts that says from when to when somebody was there."""
    with tenancy.within(evening.session.organization_id):
        base = seen_base(evening.tile(client))
    key = client.pk
    return {f"base|seen|{key}": base, f"arrived|{key}": arrived, f"left|{key}": left, **more}


@pytest.mark.parametrize(
    ("arrived", "left", "words"),
    [
        ("999", "", "The session has 180 minutes: 0 to 179."),
        ("0", "400", "The session has 180 minutes: 1 to 180."),
        ("150", "100", "They came after minute 150: they cannot have left before."),
        ("soon", "", "A whole number of minutes."),
    ],
)
def test_minutes_that_cannot_be_are_refused_beside_the_field_and_stay(
    arrived, left, words, tonight, program, mara
):
    first, second = tonight.clients[:2]
    text = {
        f"text|{second.pk}:words": "Kept.",
        f"base|{second.pk}:words": f"0.{fingerprint('')}",
        "do": "close",
    }
    answer = mara.post(
        address(tonight, "close/"), minutes_of(tonight, first, arrived, left, **text)
    )
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 400
    assert words in page
    assert f'value="{arrived}"' in page
    assert "Not saved: the minutes of Rosalind T." in page
    with tenancy.within(program.alder):
        tile = tonight.tile(first)
        assert (tile.arrived, tile.left) == (0, None)
        assert tonight.tile(second).fields["words"].text == "Kept."
        assert tonight.fresh().state == "in progress"


def test_a_script_that_posts_impossible_minutes_is_refused(tonight, mara):
    posted = {"client": tonight.clients[0].pk, "arrived": "150", "left": "100", "base": "0"}
    answer = mara.post(address(tonight, "mark/"), posted, **JSON)
    assert answer.status_code == 409
    assert "cannot have left before" in answer.json()["wrong"]["left"]


def test_a_name_in_the_shared_note_is_said_once_and_leads_to_its_field(tonight, program, mara):
    with tenancy.within(program.alder):
        tonight.save(None, "segment:1", "Miguel spoke for most of it.")
        tonight.save(tonight.clients[0], "words", "Sat beside Fiona Gallagher all evening.")
    page = shown(mara, tonight)
    assert page.count("names Miguel Sandoval") == 0
    assert page.count('data-jump="shared:segment:1">Shared note, Process group: “Miguel”') == 12
    own = f'data-jump="{tonight.clients[0].pk}:words">Rosalind T., own words: “Fiona Gallagher”'
    assert own in page


def test_no_credit_says_why_on_the_tile_once_attendance_is_closed(tonight, program, mara):
    with tenancy.within(program.alder):
        tonight.present(tonight.clients[0], arrived=75)
        assert "No credit" not in shown(mara, tonight)
        tonight.write_everything()
        tonight.close()
        short = tonight.tile(tonight.clients[0]).shortfall
    assert f"No credit: {short} minutes short" in shown(mara, tonight)


def test_the_address_opens_whoever_comes_first_with_something_open(tonight, program, mara):
    with tenancy.within(program.alder):
        tonight.write_everything()
        tonight.save(tonight.clients[3], "words", "", version=1)
        tonight.close()
    assert f'data-opens="{tonight.clients[3].pk}"' in shown(mara, tonight, "?person=open")
    chosen = tonight.clients[6].pk
    assert f'data-opens="{chosen}"' in shown(mara, tonight, f"?person={chosen}")
    assert 'data-opens=""' in shown(mara, tonight, "?person=nobody")


def test_who_signs_is_told_as_whom_and_until_when(tonight, program, mara):
    with tenancy.within(program.alder):
        place = program.place("mara")
        Credential.objects.filter(membership=place).delete()
        assert "You sign as Mara Whitfield; needs a co-signature." in shown(mara, tonight)
        Credential.objects.create(
            organization_id=program.alder,
            membership=place,
            title="Licensed Professional Counselor",
            short="LPC",
            issuer="The board",
            expires_date=date(2027, 1, 4),
            recorded_at=AT,
            recorded_by="Ruth Okafor",
        )
    assert "You sign as Mara Whitfield, LPC (license until Jan 4, 2027)." in shown(mara, tonight)


def test_before_the_planned_start_nobody_is_late_and_another_day_is_named(
    tonight, program, mara, monkeypatch
):
    someone = tonight.clients[0]
    set_clock(monkeypatch, AT)
    early = shown(mara, tonight)
    assert 'data-begun="no"' in early
    assert "Late and Leaves are offered from 6 pm on" in early
    answer = mara.post(address(tonight, "save/"), {"do": f"early|{someone.pk}"})
    assert "nobody is late or leaves before" in answer.content.decode()
    set_clock(monkeypatch, AT + timedelta(days=1))
    next_day = shown(mara, tonight)
    assert "Tonight" not in next_day
    assert "Over since 9 pm, Tue, Nov 24" in next_day
    assert "Tue, Nov 24, risk first" in next_day


def test_a_goal_that_chose_itself_is_not_asked_for(tonight, program, mara):
    page = shown(mara, tonight)
    assert "Which goal was touched?" not in page
    with tenancy.within(program.alder):
        tonight.save(tonight.clients[0], "words", "Words and no goal.")
    assert shown(mara, tonight).count("<span>Which goal was touched?</span>") == 1


def test_who_was_not_there_is_shown_with_what_their_signed_note_says(tonight, program, mara):
    someone = tonight.clients[0]
    with tenancy.within(program.alder):
        tonight.write_everything()
        tonight.absent(someone, "At the dentist")
        tonight.close()
        tonight.sign(someone, by=tonight.mara)
    assert 'In the signed note</h4><p class="read">Excuse: At the dentist' in shown(mara, tonight)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("A. B.", "B. C.", "A. B.\n\nC."),
        ("A.", "A.", "A."),
        ("", "B.\nC.", "B.\nC."),
        ("A.", "B.\nC.", "A.\n\nB.\nC."),
    ],
)
def test_two_texts_together_say_nothing_twice(mine, theirs, both):
    assert put_together(mine, theirs) == both


def test_nobody_without_an_open_episode_can_be_added_and_the_search_stays(tonight, program, mara):
    with tenancy.within(program.alder):
        guest = clients.record_client(
            given_name="Odalys",
            family_name="Brightwater",
            birth_date=date(1991, 2, 3),
            by=program.actor("ines"),
            at=AT,
        )
    found = mara.post(address(tonight, "arrive/"), {"do": "find", "q": "oda bri"})
    page = found.content.decode()
    assert "No open episode of care" in page
    assert "Add Odalys" not in page
    posted = {"do": f"add|{guest.pk}", "q": "oda bri"}
    refused = mara.post(address(tonight, "arrive/"), posted)
    page = refused.content.decode()
    assert refused.status_code == 400
    assert page.index("has no open episode of care") > page.index('id="arrive"')
    assert 'value="oda bri"' in page


def test_a_call_is_logged_on_the_board_once_however_often_it_is_sent(tonight, program, mara):
    someone = tonight.clients[0]
    with tenancy.within(program.alder):
        tonight.absent(someone)
    pressed = re.search(r'value="(log\|[^"]*\|no_answer)"', shown(mara, tonight)).group(1)
    for _ in range(2):
        mara.post(address(tonight, "save/"), {"do": pressed})
    with tenancy.within(program.alder):
        assert len(tonight.tile(someone).outreach.attempts) == 1
    page = shown(mara, tonight)
    assert "1 attempt, still open" in page
    assert "<span>1 of 1</span>" in page
