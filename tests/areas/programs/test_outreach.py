"""Reaching people: the list, attempts, and when outreach may end."""

from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.areas.organizations.services import Mistaken
from handrail.areas.programs.models import Outreach, OutreachAttempt
from handrail.areas.programs.selectors.outreach import open_outreach
from handrail.areas.programs.services.outreach import close_outreach, log_attempt
from handrail.core.access import NotHere, Refused
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import LATE, a_contact, a_flag


@pytest.fixture
def missing(program, tonight):
    """Three who were not there: excused, without a word, and with an open flag."""
    excused, silent, risky = tonight.clients[:3]
    a_flag(program, risky)
    tonight.start()
    tonight.absent(excused, "child is sick")
    tonight.absent(silent)
    tonight.absent(risky)
    tonight.close()
    return tonight


def task(client):
    return Outreach.objects.get(client=client)


def attempt(evening, client, kind="call", result="no_answer", **more):
    return log_attempt(
        outreach_id=task(client).pk, kind=kind, result=result, by=evening.mara, at=LATE, **more
    )


def close(evening, client, outcome, **more):
    return close_outreach(
        outreach_id=task(client).pk, outcome=outcome, by=evening.mara, at=LATE, **more
    )


def test_risk_comes_first_then_the_clock(missing):
    listed = open_outreach(by=missing.mara)
    excused, silent, risky = missing.clients[:3]
    assert [one.client_id for one in listed] == [risky.pk, silent.pk, excused.pk]
    assert listed[0].flags == ("suicide_risk",)
    assert listed[0].due_at == missing.session.starts_at
    assert "at risk of suicide" in listed[0].why
    assert listed[0].steps == ("call", "contact_person", "welfare_check")


def test_an_old_call_comes_after_tonights_risk(missing):
    excused, _, risky = missing.clients[:3]
    Outreach.objects.filter(client=excused).update(due_at=LATE - timedelta(days=3))
    assert [one.client_id for one in open_outreach(by=missing.mara)][:2] == [risky.pk, excused.pk]


def test_an_attempt_is_on_record_and_in_the_absence_note(missing):
    silent = missing.clients[1]
    attempt(missing, silent, result="left_message", words="Voice mail, neutral.")
    listed = next(one for one in open_outreach(by=missing.mara) if one.client_id == silent.pk)
    (tried,) = listed.attempts
    assert (tried.kind, tried.by, tried.words) == (
        "Called",
        "Mara Whitfield",
        "Voice mail, neutral.",
    )
    missing.sign(silent)
    assert "Nov 24, 9:05 PM: Called. Left a message" in missing.note(silent).content
    (entry,) = AuditEntry.objects.filter(action="outreach.do")
    assert "Voice mail" not in str(entry.detail)


def test_a_form_sent_twice_is_one_attempt(missing):
    key = uuid4()
    for _ in range(2):
        attempt(missing, missing.clients[1], attempt_id=key)
    assert OutreachAttempt.objects.count() == 1


def test_only_a_contact_who_may_be_told_is_called(missing):
    client = missing.clients[2]
    may, may_not = a_contact(client), a_contact(client, call_if_missed=False)
    others = a_contact(missing.clients[1])
    for contact in (None, may_not.pk, others.pk, uuid4()):
        with pytest.raises(Mistaken, match="Nobody else is called"):
            attempt(missing, client, "contact_person", contact_id=contact)
    attempt(missing, client, "contact_person", "reached", contact_id=may.pk)
    listed = open_outreach(by=missing.mara)[0]
    assert [one.name for one in listed.contacts] == ["Marguerite Delacroix"]
    assert listed.left == ("call", "welfare_check")


def test_not_reached_only_after_every_step(missing):
    client = missing.clients[2]
    contact = a_contact(client)
    attempt(missing, client)
    with pytest.raises(Mistaken, match="called a contact person, asked for a welfare check"):
        close(missing, client, "not_reached")
    attempt(missing, client, "contact_person", contact_id=contact.pk)
    attempt(missing, client, "welfare_check", "under_way")
    close(missing, client, "not_reached", words="Police found nobody at home.")
    assert client.pk not in {one.client_id for one in open_outreach(by=missing.mara)}


def test_where_nobody_may_be_told_there_is_nobody_to_call(missing):
    client = missing.clients[1]
    attempt(missing, client)
    close(missing, client, "not_reached")
    assert task(client).outcome == "not_reached"


def test_closing_twice_is_harmless_and_closing_otherwise_is_refused(missing):
    client = missing.clients[1]
    attempt(missing, client, result="reached")
    close(missing, client, "reached")
    close(missing, client, "reached")
    with pytest.raises(Mistaken, match="closed already"):
        close(missing, client, "in_other_care")
    with pytest.raises(Mistaken, match="Nothing can be added"):
        attempt(missing, client)
    closed = [one for one in AuditEntry.objects.all() if one.detail.get("act") == "close"]
    assert len(closed) == 1


def test_opened_by_mistake_is_what_attendance_says(missing):
    with pytest.raises(Mistaken, match="Attendance says"):
        close(missing, missing.clients[1], "opened_by_mistake")


@pytest.mark.parametrize("outcome", ["", "fine"])
def test_an_unknown_outcome_or_way_is_refused(missing, outcome):
    with pytest.raises(Mistaken, match="Choose how"):
        close(missing, missing.clients[1], outcome)
    with pytest.raises(Mistaken, match="Choose how"):
        attempt(missing, missing.clients[1], kind=outcome)


def test_who_may_not_and_who_is_elsewhere(program, missing):
    with pytest.raises(Refused):
        open_outreach(by=program.actor("bao"))
    key, stranger = task(missing.clients[1]).pk, program.actor("jonah", program.harbor)
    with tenancy.within(program.harbor):
        assert open_outreach(by=stranger) == []
        with pytest.raises(NotHere):
            close_outreach(outreach_id=key, outcome="reached", by=stranger, at=LATE)
