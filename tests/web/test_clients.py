"""Pages of clients and charts: what they show, what they keep, and what stands in no address."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from handrail.areas.clients.models import Client, Contact, Episode, Listed
from handrail.areas.safety.models import Flag
from handrail.demo.house import ZONE
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.clients.people import FORMULATION, some_client, some_episode, some_flag
from tests.areas.safety.safety import a_safety_plan
from tests.factories import programs
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
CLOSING = {"formulation": FORMULATION}
NEW = {"given_name": "Nia", "family_name": "Brooks", "birth_date": "5/3/1990"}


@pytest.fixture
def joy(program):
    """A client at Alder Street, in care, with a suicide-risk flag that Mara owns."""
    by = program.actor("ruth")
    with tenancy.within(program.alder):
        client = some_client(by, at=clock.now(), pronouns="she/her")
        some_episode(by, client)
        some_flag(by, client, program.place("mara"), at=clock.now())
    return client


@pytest.fixture
def mara(program, client):
    return sign_in(client, program, "mara")


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(name, **arguments):
    return reverse(f"staff:{name}", kwargs=arguments)


def make_a_plan(program, client):
    with tenancy.within(program.alder):
        a_safety_plan(program.actor("ruth"), client, program.place("mara"), at=clock.now())


def rows(program, model, **wanted):
    with tenancy.within(program.alder):
        return list(model.objects.filter(**wanted))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keyed", [True, False])
def test_a_form_sent_four_times_at_once_begins_one_chart(program, django_client, keyed):
    browsers = [sign_in(django_client(), program, "mara") for _ in range(4)]
    page = browsers[0].get(at("client_new")).content.decode()
    form = re.search(r'name="form" value="([^"]+)"', page).group(1)
    ready = Barrier(len(browsers), timeout=60)

    def send(browser):
        ready.wait()
        try:
            return browser.post(at("client_new"), NEW | ({"form": form} if keyed else {}))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(send, browsers))
    (made,) = rows(program, Client, family_name="Brooks")
    chart = at("chart_about", client_id=made.pk)
    led = [one.headers.get("Location") for one in answers]
    assert led.count(chart) == (4 if keyed else 1)
    if not keyed:
        asked = [one for one in answers if one.status_code == 200]
        assert len(asked) == 3
        assert all("Perhaps on file already" in words(one) for one in asked)


def test_a_form_names_no_chart_of_another_organization(program, mara, django_client):
    form = "6f2f8f2e-0000-4000-8000-000000000001"
    mara.post(at("client_new"), NEW | {"form": form})
    jonah = sign_in(django_client(), program, "jonah", program.harbor)
    answer = jonah.post(at("client_new"), NEW | {"form": form})
    with tenancy.within(program.harbor):
        made = Client.objects.get(family_name="Brooks")
    assert answer.headers["Location"] == at("chart_about", client_id=made.pk)
    assert made.pk != rows(program, Client, family_name="Brooks")[0].pk


# ---- finding and beginning ---------------------------------------------------------------------


def test_the_list_shows_who_is_in_care_with_level_and_flags(mara, joy):
    said = words(mara.get(at("clients")))
    assert "Joy Okonkwo" in said
    assert "IOP" in said
    assert "Suicide risk" in said


def test_finding_posts_what_was_typed_and_shows_it_again(mara, joy):
    answer = mara.post(at("clients"), {"q": "oko jo"})
    assert "One client found" in words(answer)
    assert 'value="oko jo"' in answer.content.decode()
    assert "Nobody found" in words(mara.post(at("clients"), {"q": "zzz"}))


def test_a_name_in_an_address_is_not_looked_for(mara, joy):
    assert "In care now" in words(mara.get(at("clients"), {"q": "zzz"}))


def test_an_empty_program_says_what_to_do_next(mara, program):
    assert "Nobody is in care here yet" in words(mara.get(at("clients")))


def test_a_new_client_gets_a_chart(mara, program):
    answer = mara.post(at("client_new"), NEW)
    (made,) = rows(program, Client, family_name="Brooks")
    assert answer.headers["Location"] == at("chart_about", client_id=made.pk)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"birth_date": "2/30/1990"}, "That is not a day"),
        ({"birth_date": ""}, "Enter a day"),
        ({"birth_date": "5/3/2090"}, "still to come"),
        ({"given_name": ""}, "Enter the given name"),
        ({"email": "nobody"}, "Enter an e-mail address"),
    ],
)
def test_a_wrong_entry_says_so_and_keeps_everything_typed(mara, program, typed, said):
    answer = mara.post(at("client_new"), NEW | {"phone": "555-0177"} | typed)
    assert answer.status_code == 400
    assert said in words(answer)
    page = answer.content.decode()
    assert 'value="555-0177"' in page
    assert 'value="Brooks"' in page
    assert 'aria-invalid="true"' in page
    assert not rows(program, Client, family_name="Brooks")


def test_someone_who_may_be_on_file_is_shown_before_anything_is_saved(mara, joy, program):
    same = NEW | {"given_name": "Joy"}
    answer = mara.post(at("client_new"), same)
    assert "Perhaps on file already" in words(answer)
    assert "Joy Okonkwo" in words(answer)
    assert not rows(program, Client, family_name="Brooks")
    mara.post(at("client_new"), same | {"anyway": "1"})
    assert len(rows(program, Client, family_name="Brooks")) == 1


# ---- the chart ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["chart", "chart_about", "chart_looked"])
def test_every_tab_shows_the_summary_and_no_title_or_address_holds_a_name(mara, joy, name):
    page = mara.get(at(name, client_id=joy.pk)).content.decode()
    assert "Joy Okonkwo" in page
    assert "Thoughts of being dead" in page
    assert "Owner: Mara Whitfield" in page
    assert "<title>Chart · Handrail</title>" in page
    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page)).lower()
    assert "joy" not in addresses
    assert "okonkwo" not in addresses


def test_looking_is_written_down_once_within_five_minutes(mara, joy, program):
    for name in ("chart", "chart_about", "chart_looked", "chart"):
        mara.get(at(name, client_id=joy.pk))
    (entry,) = rows(program, AuditEntry, action="chart.read")
    assert (entry.actor_name, entry.subjects) == ("Mara Whitfield", [f"client:{joy.pk}"])


def test_who_has_looked_shows_the_one_who_looks(mara, joy):
    said = words(mara.get(at("chart_looked", client_id=joy.pk)))
    assert "Mara Whitfield Read a client’s chart" in said
    assert "Ruth Okafor Raise a flag" in said


def test_the_timeline_goes_back_page_after_page_without_loss(mara, joy, program, monkeypatch):
    from handrail.web.staff.clients import timeline

    by = program.actor("ruth")
    with tenancy.within(program.alder):
        whole, more = timeline.entries(joy.pk, by=by, zone=ZONE, limit=40)
        seen, before, go_on = [], None, True
        while go_on:
            page, go_on = timeline.entries(joy.pk, by=by, zone=ZONE, before=before, limit=1)
            seen += page
            before = timeline._read_place(timeline._write_place(page[-1].place))
    assert seen == whole
    assert not more
    assert [one.said.title for one in whole][:2] == ["Flag raised: Suicide risk", "Chart begun"]


@pytest.mark.parametrize("before", ["x", "2026-11-24", "~", "2026-11-24T00:00:00+00:00~"])
def test_an_odd_place_in_the_timeline_is_no_error(mara, joy, before):
    assert mara.get(at("chart", client_id=joy.pk), {"before": before}).status_code == 200


def test_another_clients_things_change_their_own_chart_alone(mara, joy, program):
    """The address of a flag names the flag alone: the answer leads to that client's chart."""
    with tenancy.within(program.alder):
        other = some_client(program.actor("ruth"), "Sam", "Kell", at=clock.now())
        flag = some_flag(program.actor("ruth"), other, program.place("mara"), at=clock.now())
    make_a_plan(program, other)
    answer = mara.post(at("close_flag", flag_id=flag.pk), CLOSING)
    assert answer.headers["Location"].startswith(at("chart_about", client_id=other.pk))
    assert len(rows(program, Flag, client=joy, closed_at=None)) == 1


# ---- the forms ---------------------------------------------------------------------------------


def test_a_flag_closes_only_with_a_formulation(mara, joy, program):
    (flag,) = rows(program, Flag, client=joy)
    address = at("close_flag", flag_id=flag.pk)
    answer = mara.post(address, {"formulation": "better now"})
    assert answer.status_code == 400
    assert "better now</textarea>" in answer.content.decode()
    answer = mara.post(address, {"formulation": FORMULATION})
    assert answer.status_code == 400
    assert "There is no safety plan" in words(answer)
    assert f"{FORMULATION}</textarea>" in answer.content.decode()
    make_a_plan(program, joy)
    assert mara.post(address, CLOSING).status_code == 302
    said = words(mara.get(at("chart", client_id=joy.pk)))
    assert "None open" in said
    assert FORMULATION in said


def test_no_contact_names_one_person_found_by_name_and_birth_date(mara, joy, program):
    with tenancy.within(program.alder):
        for given in ("Sam", "Sal"):
            some_client(program.actor("ruth"), given, "Kell", at=clock.now())
    flag = {"kind": "no_contact", "why": "Former partner", "owner": program.place("mara").pk}
    address = at("raise_flag", client_id=joy.pk)
    for typed, said in (("zzz", "Nobody is found"), ("kell", "Several people"), ("", "Say whom")):
        answer = mara.post(address, flag | {"other_client": typed})
        assert answer.status_code == 400
        assert said in words(answer)
    assert mara.post(address, flag | {"other_client": "sam kell"}).status_code == 302
    (made,) = rows(program, Flag, kind="no_contact")
    with tenancy.within(program.alder):
        assert made.other_client.given_name == "Sam"


def test_a_risk_flag_leaves_aside_whom_it_does_not_name(mara, joy, program):
    flag = {"kind": "overdose_risk", "why": "Left treatment twice", "other_client": "zzz"}
    address = at("raise_flag", client_id=joy.pk)
    assert mara.post(address, flag | {"owner": "nobody"}).status_code == 400
    assert mara.post(address, flag | {"owner": program.place("mara").pk}).status_code == 302


def test_contacts_and_lists_are_recorded_and_ended(mara, joy, program):
    key = {"client_id": joy.pk}
    told = {"name": "Ada", "relationship": "sibling", "may_know": ["attendance"], "phone": "555"}
    assert mara.post(at("record_contact", **key), told | {"relationship": ""}).status_code == 400
    assert mara.post(at("record_contact", **key), told).status_code == 302
    (contact,) = rows(program, Contact)
    mara.post(at("end_contact", contact_id=contact.pk))
    assert rows(program, Contact)[0].ended_at
    drug = {"kind": "medicine", "name": "Naltrexone", "from_date": "11/1/2026"}
    assert mara.post(at("record_listed", **key), drug | {"from_date": "soon"}).status_code == 400
    assert mara.post(at("record_listed", **key), drug).status_code == 302
    (entry,) = rows(program, Listed)
    end, void = (at(name, listed_id=entry.pk) for name in ("end_listed", "void_listed"))
    assert mara.post(end, {"until_date": "10/1/2026"}).status_code == 400
    assert mara.post(void, {"reason": ""}).status_code == 400
    assert mara.post(void, {"reason": "Wrong chart"}).status_code == 302


def test_an_episode_goes_from_its_opening_to_its_end(mara, joy, program):
    (open_one,) = rows(program, Episode)
    today = str(clock.today("America/New_York"))
    level = at("change_level", episode_id=open_one.pk)
    assert mara.post(level, {"level": "sop", "from_date": today}).status_code == 400
    down = {"level": "sop", "from_date": today, "reason": "Steady"}
    assert mara.post(level, down).status_code == 302
    close = at("close_episode", episode_id=open_one.pk)
    assert mara.post(close, {"outcome": "completed"}).status_code == 400
    end = {"outcome": "completed", "summary": "Counseling with Dr. Lee"}
    assert mara.post(close, end).status_code == 302
    assert mara.post(close, end).status_code == 400
    again = {"level": "php", "opened_date": today}
    assert mara.post(at("open_episode", client_id=joy.pk), again).status_code == 302


def test_changed_details_are_shown(mara, joy):
    typed = {"given_name": "Joy", "family_name": "Lund", "birth_date": "1990-05-03"}
    assert (
        mara.post(at("change_client", client_id=joy.pk), typed | {"email": "x"}).status_code == 400
    )
    assert mara.post(at("change_client", client_id=joy.pk), typed).status_code == 302
    assert "Joy Lund" in words(mara.get(at("chart", client_id=joy.pk)))


def test_what_was_typed_about_a_flag_closed_meanwhile_is_shown_with_who_closed_it(
    mara, joy, program
):
    (flag,) = rows(program, Flag, client=joy)
    make_a_plan(program, joy)
    address = at("close_flag", flag_id=flag.pk)
    mara.post(address, CLOSING)
    answer = mara.post(address, CLOSING | {"formulation": "My own words about the same flag"})
    assert answer.status_code == 400
    assert "closed already: Mara Whitfield" in words(answer)
    assert "My own words about the same flag</textarea>" in answer.content.decode()


def test_what_was_typed_about_an_entry_voided_meanwhile_is_shown_with_who_did(mara, joy, program):
    drug = {"kind": "medicine", "name": "Naltrexone"}
    mara.post(at("record_listed", client_id=joy.pk), drug)
    (entry,) = rows(program, Listed)
    void = at("void_listed", listed_id=entry.pk)
    mara.post(void, {"reason": "Wrong chart"})
    answer = mara.post(void, {"reason": "It was another Joy"})
    assert "voided already: Mara Whitfield" in words(answer)
    assert "It was another Joy</textarea>" in answer.content.decode()
    answer = mara.post(at("end_listed", listed_id=entry.pk), {"until_date": "11/1/2026"})
    assert "11/1/2026</textarea>" in answer.content.decode()


def test_a_summary_for_an_episode_closed_meanwhile_is_shown_again(mara, joy, program):
    (episode,) = rows(program, Episode)
    close = at("close_episode", episode_id=episode.pk)
    mara.post(close, {"outcome": "completed", "summary": "First"})
    mara.post(
        at("open_episode", client_id=joy.pk), {"level": "php", "opened_date": str(this_day())}
    )
    answer = mara.post(close, {"outcome": "completed", "summary": "Second, written in another tab"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "closed already" in words(answer)
    assert page.count("Second, written in another tab</textarea>") == 1
    assert "Not saved" in words(answer)


def this_day():
    return clock.today("America/New_York")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("change_client", "details"),
        ("raise_flag", "flags"),
        ("close_flag", "flags"),
        ("record_contact", "contacts"),
        ("record_listed", "lists"),
        ("change_level", "episode"),
        ("close_episode", "episode"),
    ],
)
def test_the_address_of_a_refused_form_loaded_again_leads_to_its_part(
    mara, joy, program, name, part
):
    (flag,), (episode,) = rows(program, Flag, client=joy), rows(program, Episode)
    keys = {"close_flag": {"flag_id": flag.pk}}
    keys |= {key: {"episode_id": episode.pk} for key in ("change_level", "close_episode")}
    address = at(name, **keys.get(name, {"client_id": joy.pk}))
    assert mara.post(address, {}).status_code == 400
    answer = mara.get(address)
    assert answer.headers["Location"] == f"{at('chart_about', client_id=joy.pk)}#{part}"


def test_a_page_asked_for_in_the_wrong_way_shows_a_way_back(mara, joy, client):
    answer = mara.post(at("chart", client_id=joy.pk))
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "Go to Today" in words(answer)
    client.logout()
    assert "shows nothing by itself" in words(client.post("/"))


def test_no_known_allergies_is_recorded_with_one_button(mara, joy):
    about = at("chart_about", client_id=joy.pk)
    assert "Asked: no known allergies" in words(mara.get(about))
    told = {"kind": "allergy", "name": "No known allergies"}
    assert mara.post(at("record_listed", client_id=joy.pk), told).status_code == 302
    said = words(mara.get(about))
    assert "No known allergies" in said
    assert "Asked: no known allergies" not in said


def test_ending_a_contact_is_asked_once_more(mara, joy, program):
    told = {"name": "Ada", "relationship": "sibling"}
    mara.post(at("record_contact", client_id=joy.pk), told)
    assert "Yes, end it" in words(mara.get(at("chart_about", client_id=joy.pk)))


def test_a_day_written_with_its_month_is_taken(mara, program):
    assert mara.post(at("client_new"), NEW | {"birth_date": "May 3, 1990"}).status_code == 302
    assert str(rows(program, Client, family_name="Brooks")[0].birth_date) == "1990-05-03"


def test_a_long_formulation_is_folded_on_the_timeline(mara, joy, program):
    (flag,) = rows(program, Flag, client=joy)
    make_a_plan(program, joy)
    long = " ".join(f"Sentence {number} of this long formulation." for number in range(60))
    mara.post(at("close_flag", flag_id=flag.pk), CLOSING | {"formulation": long})
    page = mara.get(at("chart", client_id=joy.pk)).content.decode()
    folded = re.search(r"<details[^>]*><summary>(.*?)</summary>", page[page.index("timeline") :])
    assert folded[1].startswith("Sentence 0")
    assert "Sentence 59" not in folded[1]
    assert "Sentence 59" in page


def test_what_is_still_to_come_is_said_as_planned(mara, joy, monkeypatch):
    from datetime import timedelta

    from handrail.web.staff.clients import timeline

    when = clock.now() + timedelta(days=16)
    ends = timeline.Said("Left the group", "Evening IOP", ahead="Is to leave the group")
    ahead = timeline.Entry(when, "x:1", "Mara", whole_day=True, said=ends)
    monkeypatch.setattr(timeline, "entries", lambda client_id, **_: ([ahead], False))
    said = words(mara.get(at("chart", client_id=joy.pk)))
    assert "Planned for" in said
    assert "Is to leave the group" in said
    assert "Left the group" not in said


def test_the_levels_of_other_houses_are_offered_as_referrals(mara, joy, program):
    (episode,) = rows(program, Episode)
    mara.post(
        at("close_episode", episode_id=episode.pk), {"outcome": "completed", "summary": "Done"}
    )
    with tenancy.within(program.alder):
        programs.one_of_each(program.actor("paul"), program.place("mara"))
    page = mara.get(at("chart_about", client_id=joy.pk)).content.decode()
    select = re.search(r'(?s)<select[^>]* id="open_episode-level".*?</select>', page)[0]
    here, elsewhere = select.split('<optgroup label="Referred elsewhere">')
    assert 'value="iop"' in here
    assert 'value="rtc"' in elsewhere
    assert 'value="on_my_own"' in elsewhere


# ---- what a page costs -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clients", "chart", "chart_about", "chart_looked"])
def test_a_page_costs_the_same_queries_however_much_it_shows(
    mara, joy, program, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = at(name) if name == "clients" else at(name, client_id=joy.pk)
    mara.get(address)  # the first look is written down
    with CaptureQueriesContext(connection) as before:
        mara.get(address)
    by, owner = program.actor("ruth"), program.place("mara")
    with tenancy.within(program.alder):
        for number in range(4):
            other = some_client(by, f"Ann{number}", "Moss", at=clock.now())
            some_episode(by, other)
            named = {"kind": "no_contact", "other_client_id": other.pk, "at": clock.now()}
            some_flag(by, joy, owner, **named)
            some_flag(by, other, owner, at=clock.now())
    with django_assert_num_queries(len(before)):
        mara.get(address)
