"""Reaching people: the list, attempts, and when outreach may end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.areas.outreach.models import AttemptKind, AttemptResult, Outreach, OutreachAttempt
from handrail.areas.outreach.selectors import (
    CLOSED_AT_MOST,
    closed_on,
    open_outreach,
    since,
    steps_left,
)
from handrail.areas.outreach.services.outreach import close_outreach, log_attempt
from handrail.areas.schedule.models import Session
from handrail.core.access import NotHere, Refused
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import LATE, NEW_YORK, TONIGHT, a_contact, a_flag
from tests.refused import refused


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
        with refused("Nobody else is called"):
            attempt(missing, client, "contact_person", contact_id=contact)
    attempt(missing, client, "contact_person", "reached", contact_id=may.pk)
    listed = open_outreach(by=missing.mara)[0]
    assert [one.name for one in listed.contacts] == ["Marguerite Delacroix"]
    assert listed.left == ("call", "welfare_check")


def test_not_reached_only_after_every_step(missing):
    client = missing.clients[2]
    contact = a_contact(client)
    attempt(missing, client)
    with refused("called a contact person, asked for a welfare check"):
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
    with refused("closed already"):
        close(missing, client, "in_other_care")
    with refused("Nothing can be added"):
        attempt(missing, client)
    closed = [one for one in AuditEntry.objects.all() if one.detail.get("act") == "close"]
    assert len(closed) == 1


def test_opened_by_mistake_is_what_attendance_says(missing):
    with refused("Attendance says"):
        close(missing, missing.clients[1], "opened_by_mistake")


@pytest.mark.parametrize("outcome", ["", "fine"])
def test_an_unknown_outcome_or_way_is_refused(missing, outcome):
    with refused("Choose how"):
        close(missing, missing.clients[1], outcome)
    with refused("Choose how"):
        attempt(missing, missing.clients[1], kind=outcome)


def test_who_may_not_and_who_is_elsewhere(program, missing):
    with pytest.raises(Refused):
        open_outreach(by=program.actor("bao"))
    key, stranger = task(missing.clients[1]).pk, program.actor("jonah", program.harbor)
    with tenancy.within(program.harbor):
        assert open_outreach(by=stranger) == []
        with pytest.raises(NotHere):
            close_outreach(outreach_id=key, outcome="reached", by=stranger, at=LATE)


# ---- once somebody was reached -----------------------------------------------------------------

STEPS = ("call", "contact_person", "welfare_check")
TRIED = st.tuples(st.sampled_from(AttemptKind.values), st.sampled_from(AttemptResult.values))


@given(st.lists(TRIED), st.booleans())
def test_nothing_more_is_asked_for_once_they_were_reached_and_nothing_is_forgotten_before(
    tried, has_contact
):
    left = steps_left(STEPS, tried, has_contact=has_contact)
    reached = any(
        (kind == "contact_person" and result == "says_safe")
        or (kind != "contact_person" and result == "reached")
        for kind, result in tried
    )
    taken = {kind for kind, _ in tried}
    wanted = [one for one in STEPS if one not in taken]
    if not has_contact and "contact_person" in wanted:
        wanted.remove("contact_person")
    assert list(left) == ([] if reached else wanted)


def test_whom_a_call_reached_no_contact_is_called_about(missing):
    client = missing.clients[2]
    a_contact(client)
    attempt(missing, client, result="reached")
    listed = next(one for one in open_outreach(by=missing.mara) if one.client_id == client.pk)
    assert listed.left == ()
    assert (listed.reached.at, listed.reached.outcome) == (LATE, "reached")


def test_a_contact_who_says_they_are_safe_ends_the_calls_and_one_who_does_not_know_ends_none(
    missing,
):
    client = missing.clients[2]
    contact = a_contact(client)
    attempt(missing, client, "contact_person", "reached", contact_id=contact.pk)
    first = open_outreach(by=missing.mara)[0]
    assert (first.client_id, first.reached) == (client.pk, None)
    attempt(missing, client, "contact_person", "says_safe", contact_id=contact.pk)
    last = open_outreach(by=missing.mara)[-1]
    assert (last.client_id, last.left, last.reached.outcome) == (client.pk, (), "contact_reached")


def test_who_was_reached_is_not_closed_as_not_reached(missing):
    client = missing.clients[2]
    attempt(missing, client, result="reached")
    with refused("Not every step was taken"):
        close(missing, client, "not_reached")


@pytest.mark.parametrize(("kind", "result"), [("call", "under_way"), ("text", "says_safe")])
def test_an_answer_that_cannot_come_of_a_way_is_refused(missing, kind, result):
    with refused("no answer to that way"):
        attempt(missing, missing.clients[1], kind, result)
    assert not OutreachAttempt.objects.exists()


def test_it_is_known_when_they_were_marked_and_whether_the_group_still_meets(missing):
    listed = open_outreach(by=missing.mara)[0]
    assert listed.marked_at is not None
    assert listed.meets_until is None
    Session.objects.filter(pk=missing.session.pk).update(state="in progress")
    assert open_outreach(by=missing.mara)[0].meets_until == missing.session.ends_at


def test_what_was_closed_today_is_listed_the_latest_first_and_bounded(missing, program):
    for client in missing.clients[:2]:
        attempt(missing, client, result="reached")
        close(missing, client, "reached", words="Slept all day.")
    shown, more = closed_on(TONIGHT, NEW_YORK, by=missing.mara)
    assert {one.client_id for one in shown} == {one.pk for one in missing.clients[:2]}
    assert (shown[0].outcome, shown[0].words, more) == ("Reached, and safe", "Slept all day.", 0)
    assert len(shown) <= CLOSED_AT_MOST
    assert closed_on(TONIGHT + timedelta(days=1), NEW_YORK, by=missing.mara) == ((), 0)
    with pytest.raises(Refused):
        closed_on(TONIGHT, NEW_YORK, by=program.actor("bao"))


def test_what_was_done_after_a_moment_is_told_in_the_order_of_time(missing):
    client = missing.clients[1]
    attempt(missing, client)
    later = LATE + timedelta(minutes=20)
    log_attempt(
        outreach_id=task(client).pk, kind="call", result="reached", by=missing.mara, at=later
    )
    close_outreach(
        outreach_id=task(client).pk, outcome="reached", by=missing.mara,
        at=later + timedelta(minutes=1),
    )  # fmt: skip
    found = since(missing.session.pk, client.pk, LATE, by=missing.mara)
    assert [one.what for one in found] == ["Called: reached", "Closed: reached, and safe"]


def test_a_contact_for_emergencies_is_called_only_where_a_life_is_at_stake(missing):
    _, silent, risky = missing.clients[:3]
    for client in (silent, risky):
        made = a_contact(client)
        type(made).objects.filter(pk=made.pk).update(may_know=["emergency"])
    by_client = {one.client_id: one for one in open_outreach(by=missing.mara)}
    assert by_client[silent.pk].contacts == ()
    assert "contact_person" not in by_client[silent.pk].left
    assert [one.name for one in by_client[risky.pk].contacts] == ["Marguerite Delacroix"]
    contact = silent.contacts.get()
    with refused("Nobody else is called"):
        attempt(missing, silent, kind="contact_person", contact_id=contact.pk)
