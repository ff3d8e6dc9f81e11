"""Pages of inquiries: what they show and keep, and what is never said."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.areas.clients.models import Client
from handrail.areas.inquiries import services
from handrail.areas.inquiries.models import Confided, Inquiry
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.clients.people import some_client
from tests.areas.inquiries.asking import some_inquiry
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
DANA = {"given_name": "Dana", "family_name": "Ellery", "birth_date": date(1991, 4, 9)}


@pytest.fixture
def ines(program, client):
    return sign_in(client, program, "ines")


@pytest.fixture
def take(program):
    """Take an inquiry at Alder Street, by Ines unless said otherwise."""

    def one(by="ines", **more):
        with tenancy.within(program.alder):
            return some_inquiry(program.actor(by), **({"at": clock.now()} | more))

    return one


@pytest.fixture
def form(program):
    """What the short form sends."""
    return {
        "caller_name": "Rosa Vale",
        "caller_phone": "(804) 555-0177",
        "caller_is": "family",
        "given_name": "Kit",
        "family_name": "Vale",
        "about": "Has not slept for days.",
        "source": "phone",
        "next_step": "Call back",
        "next_step_date": "today",
        "owner": str(program.place("ines").pk),
    }


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(name, **arguments):
    return reverse(f"staff:{name}", kwargs=arguments)


def rows(program, model, **wanted):
    with tenancy.within(program.alder):
        return list(model.objects.filter(**wanted))


def today():
    return clock.today("America/New_York")


# ---- taking one --------------------------------------------------------------------------------


def test_a_name_a_number_and_a_line_make_an_inquiry_with_owner_and_next_step(ines, program, form):
    answer = ines.post(at("inquiry_new"), form, follow=True)
    (made,) = rows(program, Inquiry)
    assert answer.redirect_chain == [(at("inquiry", inquiry_id=made.pk), 302)]
    said = words(answer)
    assert "The inquiry is saved." in said
    assert "Kit Vale" in said
    assert "Call back" in said
    assert "Leave no message: nobody asked yet" in said


def test_nothing_typed_is_lost_when_something_is_missing(ines, program, form):
    wrong = form | {
        "caller_phone": "",
        "birth_date": "13/45/1990",
        "told_in_confidence": "He sold the car.",
    }
    answer = ines.post(at("inquiry_new"), wrong)
    assert answer.status_code == 400
    said = answer.content.decode()
    for typed in ("Rosa Vale", "Has not slept for days.", "He sold the car.", "13/45/1990"):
        assert typed in said
    assert "what you typed is kept" in words(answer)
    assert rows(program, Inquiry) == []
    again = ines.post(at("inquiry_new"), wrong | {"birth_date": ""})
    assert "Enter a number or an e-mail address to call back." in words(again)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("next_step", "", "an open inquiry always has one"),
        ("next_step_date", "", "Choose the day"),
        ("next_step_date", "1/1/2020", "This day has passed"),
        ("next_step_date", "soonish", "That is not a day"),
        ("owner", "", "Choose who takes the next step"),
    ],
)
def test_it_cannot_be_saved_without_owner_next_step_and_day(
    ines, program, form, field, value, said
):
    answer = ines.post(at("inquiry_new"), form | {field: value})
    assert answer.status_code == 400
    assert said in words(answer)
    assert rows(program, Inquiry) == []


def test_the_form_begins_with_me_as_owner_and_today(ines, program):
    said = ines.get(at("inquiry_new")).content.decode()
    assert f'<option value="{program.place("ines").pk}" selected' in said
    assert 'value="today"' in said


# ---- the pipeline ------------------------------------------------------------------------------


def test_the_overdue_come_first_and_the_stages_are_counted(ines, take, program):
    late = take(caller_name="Late Lane", at=clock.now() - timedelta(days=3))
    take(caller_name="Later Lane", next_step_date=today() + timedelta(days=4))
    take("paul", caller_name="Court Clerk", caller_is="court", mandated_by="Henrico Drug Court",
         mandated_by_date=today() + timedelta(days=3))  # fmt: skip
    said = words(ines.get(at("inquiries")))
    assert "3 open, 3 new, 1 overdue." in said
    assert "3 days overdue" in said
    assert "Mandated by Henrico Drug Court" in said
    assert said.index("Late Lane") < said.index("Court Clerk") < said.index("Later Lane")
    mine = words(ines.get(at("inquiries") + "?whose=mine"))
    assert "Court Clerk" not in mine
    assert "2 of yours open" in mine
    with tenancy.within(program.alder):
        services.carry_on(
            inquiry_id=late.pk, stage="reached", next_step="Screen", next_step_date=today(),
            by=program.actor("ines"), at=clock.now(),
        )  # fmt: skip
    reached = words(ines.get(at("inquiries") + "?stage=reached"))
    assert "Late Lane" in reached
    assert "Later Lane" not in reached


def test_an_empty_pipeline_says_what_to_do(ines):
    assert "take an inquiry" in words(ines.get(at("inquiries")))


def test_a_name_is_posted_and_found_and_the_trail_says_who_looked(ines, take, program):
    made = take(caller_name="Rosa Vale", caller_is="family", given_name="Kit", family_name="Moor")
    answer = ines.post(at("inquiries"), {"q": "moo"})
    assert "One inquiry found" in words(answer)
    assert "No inquiry found" in words(ines.post(at("inquiries"), {"q": "zzz"}))
    (entry, *_) = rows(program, AuditEntry, action="inquiries.see")
    assert f"inquiry:{made.pk}" in entry.subjects


@pytest.mark.parametrize("name", ["inquiries", "inquiry"])
def test_a_page_costs_the_same_queries_however_much_it_shows(
    ines, take, name, django_assert_num_queries
):
    made = take(**DANA)
    take(**DANA)
    place = at(name, **({"inquiry_id": made.pk} if name == "inquiry" else {}))
    ines.get(place)
    with CaptureQueriesContext(connection) as before:
        ines.get(place)
        asked = len(before)
    for _ in range(4):
        take(**DANA)
    ines.get(place)
    with django_assert_num_queries(asked):
        ines.get(place)


# ---- one ---------------------------------------------------------------------------------------


def step(program, **more):
    owner = str(program.place("ines").pk)
    return {"next_step": "Call again", "next_step_date": "tomorrow", "owner": owner} | more


def test_an_attempt_is_logged_with_what_comes_next(ines, take, program):
    made = take()
    sent = step(program, how="call", result="no_answer", words="Rang out.")
    said = words(ines.post(at("inquiry_attempt", inquiry_id=made.pk), sent, follow=True))
    assert "Call: no answer" in said
    assert "Rang out." in said
    assert "Call again" in said
    wrong = ines.post(
        at("inquiry_attempt", inquiry_id=made.pk), sent | {"next_step": "", "words": "Keep me."}
    )
    assert wrong.status_code == 400
    assert "Keep me." in wrong.content.decode()


def test_it_is_carried_on_closed_and_opened_again(ines, take, program):
    made = take()
    key = {"inquiry_id": made.pk}
    answer = ines.post(at("inquiry_carry_on", **key), step(program, stage="waiting"), follow=True)
    assert "It stands at “Waiting list” now." in words(answer)
    refused = ines.post(at("inquiry_carry_on", **key), step(program, stage="screened"))
    assert refused.status_code == 400
    assert "cannot become screened" in words(refused)
    assert ines.post(at("inquiry_close", **key), {"why": ""}).status_code == 400
    closed = ines.post(at("inquiry_close", **key), {"why": "Went elsewhere."}, follow=True)
    assert "Went elsewhere." in words(closed)
    again = ines.post(at("inquiry_carry_on", **key), step(program, stage="reached"), follow=True)
    assert "Opened again" in words(again)


def test_changed_details_are_kept_or_shown_again(ines, take, form):
    made = take()
    place = at("inquiry_change", inquiry_id=made.pk)
    details = form | {"mandated_by": "Henrico Drug Court", "mandated_by_date": "12/1/2030"}
    said = words(ines.post(place, details, follow=True))
    assert "The details are changed." in said
    assert "Mandated by Henrico Drug Court, by Sun, Dec 1" in said
    wrong = ines.post(place, details | {"caller_name": "", "about": "Kept words."})
    assert wrong.status_code == 400
    assert "Kept words." in wrong.content.decode()


def test_opened_without_a_form_an_address_leads_to_the_page(ines, take):
    made = take()
    for name in ("change", "attempt", "carry_on", "confide", "chart", "merge", "separate", "close"):
        answer = ines.get(at(f"inquiry_{name}", inquiry_id=made.pk))
        assert answer.headers["Location"] == at("inquiry", inquiry_id=made.pk)


# ---- the same person ---------------------------------------------------------------------------


def test_a_client_who_looks_alike_is_asked_about_before_a_chart_is_opened(ines, take, program):
    with tenancy.within(program.alder):
        known = some_client(program.actor("ines"), "Dana", "Ellery", birth_date=DANA["birth_date"])
    made = take(**DANA)
    key = {"inquiry_id": made.pk}
    said = words(ines.get(at("inquiry", **key)))
    assert "Born on the same day, the same given and family name" in said
    assert "It is none of them: open a new chart" in said
    refused = ines.post(at("inquiry_chart", **key), {})
    assert refused.status_code == 400
    assert "Look at them first." in words(refused)
    ines.post(at("inquiry_chart", **key), {"client": str(known.pk)})
    assert [one.client_id for one in rows(program, Inquiry)] == [known.pk]
    other = take(**DANA)
    ines.post(at("inquiry_chart", inquiry_id=other.pk), {"nobody_alike": "1"})
    assert len(rows(program, Client)) == 2


@pytest.mark.parametrize("button", ["into", "from"])
def test_two_inquiries_are_merged_by_the_button_pressed_and_taken_apart_again(
    ines, take, program, button
):
    one, other = take(**DANA), take(**DANA)
    away, stays = (one, other) if button == "into" else (other, one)
    place = at("inquiry_merge", inquiry_id=one.pk)
    said = words(ines.post(place, {button: str(other.pk)}, follow=True))
    assert "Merged here" in said
    merged = ines.get(at("inquiry", inquiry_id=away.pk)).content.decode()
    assert at("inquiry", inquiry_id=stays.pk) in merged
    answer = ines.post(
        at("inquiry_separate", inquiry_id=away.pk), step(program, why="Her twin."), follow=True
    )
    assert "It stands by itself again." in words(answer)
    assert ines.post(place, {}).status_code == 400


# ---- in confidence, and not saying -------------------------------------------------------------


def test_what_is_told_in_confidence_is_marked_and_never_on_the_chart(ines, take, program):
    made = take(caller_is="family", **DANA)
    key = {"inquiry_id": made.pk}
    sent = {"words": "He sold the car.", "told_by": "Rosa", "kept_from": "person"}
    said = words(ines.post(at("inquiry_confide", **key), sent, follow=True))
    assert "Must not see it: the person it is about" in said
    assert "He sold the car." in said
    assert ines.post(at("inquiry_confide", **key), sent | {"kept_from": ""}).status_code == 400
    ines.post(at("inquiry_chart", **key), {})
    (client,) = rows(program, Client)
    assert len(rows(program, Confided)) == 1
    for name in ("chart", "chart_about", "chart_level"):
        page = ines.get(at(name, client_id=client.pk))
        assert "sold the car" not in page.content.decode()


def test_what_to_say_is_the_same_whether_or_not_there_is_such_a_person(ines, take, program):
    said = words(ines.get(at("answering")))
    assert "I can’t say whether anyone is or isn’t here" in said
    with tenancy.within(program.alder):
        some_client(program.actor("ines"), "Dana", "Ellery")
    take(**DANA)
    assert words(ines.get(at("answering"))) == said
    assert 'type="search"' not in ines.get(at("answering")).content.decode()


def test_a_message_becomes_an_inquiry_to_be_looked_at(ines, program, form):
    page = ines.get(at("answering")).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    typed = {"caller_name": "A mother", "caller_phone": "none", "given_name": "Kit", "about": "Hi"}
    ines.post(at("inquiry_new"), hidden | typed)
    (made,) = rows(program, Inquiry)
    assert made.next_step == "See whether the message can be passed on"


def test_no_name_stands_in_an_address_or_a_title(ines, take):
    made = take(**DANA)
    page = ines.get(at("inquiry", inquiry_id=made.pk)).content.decode()
    assert "<title>Inquiry · Handrail</title>" in page
    assert "ellery" not in at("inquiry", inquiry_id=made.pk)


@pytest.mark.parametrize("name", ["owen", "bao", "tess", "ada"])
def test_whose_role_has_no_inquiries_sees_none_and_no_entry_in_the_bar(program, client, take, name):
    made = take()
    visitor = sign_in(client, program, name)
    for page in (at("inquiries"), at("answering"), at("inquiry", inquiry_id=made.pk)):
        assert visitor.get(page).status_code == 403
    assert at("inquiries") not in visitor.get(at("today")).content.decode()
