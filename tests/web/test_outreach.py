"""Outreach: who stands on the list, what is written down, and what is refused."""

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.outreach.models import Outreach, OutreachAttempt
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import LATE, a_contact, a_flag, an_evening, an_outreach
from tests.staff import sign_in


@pytest.fixture(autouse=True)
def after_the_group(monkeypatch):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(LATE.timestamp() - time.time()))


@pytest.fixture
def group(program):
    with tenancy.within(program.alder):
        yield an_evening(program)


@pytest.fixture
def missing(group):
    return an_outreach(group.session, group.clients[0].episodes.get())


@pytest.fixture
def mara(client, program):
    return sign_in(client, program, "mara", program.alder)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def attempt(browser, outreach, **posted):
    return browser.post(f"/staff/outreach/{outreach.pk}/attempt/", posted)


def test_the_list_says_who_by_when_whom_to_call_and_what_each_may_know(group, missing, mara):
    a_contact(group.clients[0])
    a_contact(group.clients[0], call_if_missed=False)
    said = text_of(mara.get("/staff/outreach/"))
    assert "1 person to reach, none overdue" in said
    assert "2 h left" in said
    assert said.count("May know:") == 1
    assert "May know: whether they came" in said
    assert "Do not leave a message that names us." in said
    assert "Next Call" in said


def test_people_at_risk_come_first_whatever_their_clock(program, group, missing, mara):
    at_risk = group.clients[5]
    an_outreach(group.session, at_risk.episodes.get(), due_at=LATE + timedelta(hours=9))
    a_flag(program, at_risk)
    said = text_of(mara.get("/staff/outreach/"))
    assert said.index(at_risk.family_name) < said.index(group.clients[0].family_name)


def test_an_attempt_is_written_down_once_and_the_next_step_follows(group, missing, mara):
    a_contact(group.clients[0])
    page = mara.get("/staff/outreach/").content.decode()
    key = re.search(r'name="attempt" value="([^"]+)"', page).group(1)
    for _ in range(2):
        answer = attempt(mara, missing, how="call", result="no_answer", attempt=key)
        assert answer.status_code == 302
    assert OutreachAttempt.objects.filter(outreach=missing).count() == 1
    said = text_of(mara.get("/staff/outreach/"))
    assert "Called: no answer" in said
    assert "Next Call a contact person" in said


def test_a_contact_who_may_not_be_told_cannot_be_logged(group, missing, mara):
    secret = a_contact(group.clients[0], call_if_missed=False)
    answer = attempt(
        mara, missing, how=f"contact_person:{secret.pk}", result="reached", words="Kept words"
    )
    assert answer.status_code == 400
    assert "Nobody else is called" in text_of(answer)
    assert 'value="Kept words"' in answer.content.decode()
    assert not OutreachAttempt.objects.exists()


def test_closing_as_not_reached_is_refused_with_what_is_left(group, missing, mara):
    a_contact(group.clients[0])
    answer = mara.post(f"/staff/outreach/{missing.pk}/close/", {"outcome": "not_reached"})
    assert answer.status_code == 400
    assert "Not every step was taken. Still to do: called, called a contact person." in text_of(
        answer
    )
    assert Outreach.objects.get(pk=missing.pk).closed_at is None


def test_reached_is_closed_in_one_more_click_and_leaves_the_list(missing, mara):
    attempt(mara, missing, how="call", result="reached")
    page = mara.get("/staff/outreach/").content.decode()
    assert re.search(r'value="reached" required checked', page)
    mara.post(f"/staff/outreach/{missing.pk}/close/", {"outcome": "reached", "words": "Safe."})
    done = Outreach.objects.get(pk=missing.pk)
    assert (done.outcome, done.closing_words) == ("reached", "Safe.")
    assert "Everyone who missed a session has been reached" in text_of(mara.get("/staff/outreach/"))


def test_looking_is_written_down_once_for_all_of_them(group, missing, mara):
    an_outreach(group.session, group.clients[1].episodes.get())
    mara.get("/staff/outreach/")
    mara.get("/staff/outreach/")
    read = AuditEntry.objects.get(action="chart.read")
    assert {f"client:{one.pk}" for one in group.clients[:2]} == set(read.subjects)


def test_the_number_of_queries_does_not_grow(group, missing, mara):
    from handrail.areas.outreach.selectors import open_outreach

    def count():
        with CaptureQueriesContext(connection) as asked:
            open_outreach(by=group.mara)
        return len(asked)

    few = count()
    for client in group.clients[1:]:
        an_outreach(group.session, client.episodes.get())
        a_contact(client)
    assert count() == few


def test_another_organization_has_a_list_of_its_own(program, group, missing, client):
    jonah = sign_in(client, program, "jonah", program.harbor)
    assert group.clients[0].family_name not in jonah.get("/staff/outreach/").content.decode()
    assert attempt(jonah, missing, how="call", result="reached").status_code == 404


def test_after_reaching_them_the_page_asks_for_closing_and_for_nobody_else(
    program, group, missing, mara
):
    contact = a_contact(group.clients[0])
    a_flag(program, group.clients[0])
    attempt(mara, missing, how="call", result="reached")
    page = mara.get("/staff/outreach/")
    said = text_of(page)
    assert "Reached at 9:05 pm: close it." in said
    assert "1 reached, to be closed" in said
    assert "Call a contact person" not in said
    assert "call tonight" not in said
    assert contact.phone not in said
    assert "overdue" not in said
    body = page.content.decode()
    assert not re.search(r'value="contact_person:[^"]+" checked', body)
    assert re.search(r'name="outcome" value="reached" required checked', body)
    today = text_of(mara.get("/staff"))
    assert "Reached: close it with how they are." in today
    assert "next: call a contact person" not in today


def test_no_outcome_is_chosen_before_one_follows_from_the_attempts(group, missing, mara):
    contact = a_contact(group.clients[0])
    attempt(mara, missing, how="call", result="no_answer")
    attempt(mara, missing, how=f"contact_person:{contact.pk}", result="reached")
    body = mara.get("/staff/outreach/").content.decode()
    assert not re.search(r'name="outcome"[^>]*checked', body)
    attempt(mara, missing, how=f"contact_person:{contact.pk}", result="says_safe")
    body = mara.get("/staff/outreach/").content.decode()
    assert re.search(r'value="contact_reached" required checked', body)


def test_only_in_an_emergency_is_all_that_is_said_of_it(program, group, missing, mara):
    contact = a_contact(group.clients[0])
    contact.may_know = ["in_care", "attendance", "emergency"]
    contact.save()
    assert "only in an emergency" not in text_of(mara.get("/staff/outreach/"))
    a_flag(program, group.clients[0])
    said = text_of(mara.get("/staff/outreach/"))
    assert "May know: only in an emergency" in said
    assert "whether they came" not in said


def test_while_the_group_meets_it_says_when_they_were_marked(group, mara):
    group.start()
    group.absent(group.clients[0])
    said = text_of(mara.get("/staff/outreach/"))
    assert (
        "Evening IOP, Tue, Nov 24, marked not here at 5:50 pm; the group meets until 9 pm." in said
    )


def test_what_was_closed_today_stays_in_sight(group, missing, mara):
    assert "Closed today" not in text_of(mara.get("/staff/outreach/"))
    attempt(mara, missing, how="call", result="reached")
    mara.post(f"/staff/outreach/{missing.pk}/close/", {"outcome": "reached", "words": "Safe."})
    said = text_of(mara.get("/staff/outreach/"))
    assert "Closed today" in said
    assert "Reached, and safe." in said
    assert "9:05 pm, Mara Whitfield" in said


def test_a_mark_that_was_corrected_before_anybody_tried_is_no_closed_outreach(group, mara):
    group.start()
    group.absent(group.clients[0])
    group.present(group.clients[0])
    assert Outreach.objects.get().outcome == "opened_by_mistake"
    assert "Closed today" not in text_of(mara.get("/staff/outreach/"))
