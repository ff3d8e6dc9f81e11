"""Closing attendance: credits, shortfalls, outreach; opening it again; nothing twice."""

from datetime import timedelta

import pytest

from handrail.areas.enrollment.course_records import attendance_facts
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.services import notes
from handrail.areas.notes.services.notes import Signed
from handrail.areas.outreach.models import Outreach
from handrail.areas.outreach.services.outreach import log_attempt
from handrail.areas.safety.models import FlagKind
from handrail.areas.schedule.services import calendar
from handrail.areas.schedule.to_core import session_facts
from handrail.areas.sessions import errors
from handrail.areas.sessions.services.board import add_unannounced
from handrail.areas.sessions.services.closing import close_attendance
from handrail.core.course.attendance import Absent
from handrail.core.course.closing import EndsLater
from handrail.core.course.session_states import State
from handrail.core.course.topics import topics_met
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import AT, LATE, a_flag, a_person, an_evening
from tests.refused import refused


def row(tonight, client):
    return Attendance.objects.get(session=tonight.session, client=client)


def test_an_evening_is_closed_with_credits_shortfalls_and_outreach(program, tonight):
    tonight.start()
    whole, late, early, excused, missing, risky = tonight.clients[:6]
    a_flag(program, risky)
    tonight.present(late, arrived=30)
    tonight.present(early, left=60)
    tonight.absent(excused, "child is sick")
    tonight.absent(missing)
    tonight.absent(risky)
    closed = tonight.close()
    assert (closed.already, closed.state) == (False, State.TO_BE_SIGNED)
    assert set(closed.short) == {early.pk, excused.pk, missing.pk, risky.pk}
    assert set(closed.to_reach) == {excused.pk, missing.pk, risky.pk}
    kept = row(tonight, whole)
    assert (kept.status, kept.attended, kept.counts, kept.shortfall) == ("attended", 180, True, 0)
    assert kept.billable is True
    kept = row(tonight, late)
    assert (kept.status, kept.attended, kept.billable) == ("late", 150, False)
    kept = row(tonight, early)
    assert (kept.status, kept.counts) == ("left early", False)
    assert kept.shortfall > 0
    assert "short" in kept.why
    # They were marked before it began: the clocks run from its start.
    starts_at = tonight.session.starts_at
    due = {one.client_id: one.due_at - starts_at for one in Outreach.objects.all()}
    assert due == {
        risky.pk: timedelta(0),
        missing.pk: timedelta(minutes=120),
        excused.pk: timedelta(minutes=1440),
    }


def test_leaving_early_with_an_open_flag_is_followed_up(program, tonight):
    tonight.start()
    a_flag(program, tonight.clients[0], FlagKind.OVERDOSE)
    tonight.present(tonight.clients[0], left=120)
    assert tonight.close().to_reach == (tonight.clients[0].pk,)


def test_a_second_click_on_close_says_so_and_changes_nothing(tonight):
    tonight.start()
    tonight.absent(tonight.clients[0])
    tonight.close()
    before = list(Attendance.objects.order_by("id").values())
    version = tonight.board().version
    again = tonight.close(by=tonight.ruth, at=LATE + timedelta(minutes=1))
    assert again.already
    assert list(Attendance.objects.order_by("id").values()) == before
    assert Outreach.objects.count() == 1
    assert tonight.board().version == version
    assert tonight.fresh().closed_at == LATE


def test_a_session_that_has_not_begun_cannot_be_closed_nor_reopened(tonight):
    with refused("it has not begun"):
        tonight.close()
    with refused("it has not begun"):
        tonight.reopen()
    assert not Attendance.objects.exists()


def test_closing_writes_one_entry_that_names_everyone(tonight):
    tonight.start()
    tonight.close()
    found = [one for one in AuditEntry.objects.all() if one.detail.get("act") == "close attendance"]
    assert len(found) == 1
    assert {f"client:{one.pk}" for one in tonight.clients} <= set(found[0].subjects)


def test_reopening_takes_the_credits_back_and_closing_gives_them_again(tonight):
    tonight.start()
    tonight.close()
    assert not tonight.reopen().already
    assert tonight.reopen().already
    kept = row(tonight, tonight.clients[0])
    assert (kept.status, kept.counts, kept.attended, kept.billable) == ("", False, 0, None)
    assert tonight.tile(tonight.clients[0]).done == 0
    tonight.close()
    assert row(tonight, tonight.clients[0]).counts
    assert tonight.tile(tonight.clients[0]).done == 1


def test_outreach_nobody_touched_ends_when_they_were_there_after_all(tonight):
    tonight.start()
    tonight.absent(tonight.clients[0])
    tonight.close()
    tonight.reopen()
    tonight.present(tonight.clients[0])
    tonight.close()
    task = Outreach.objects.get()
    assert (task.outcome, task.closed_by) == ("opened_by_mistake", "Mara Whitfield")


def test_outreach_with_attempts_stays_for_a_person_to_close(tonight):
    tonight.start()
    tonight.absent(tonight.clients[0])
    tonight.close()
    log_attempt(
        outreach_id=Outreach.objects.get().pk,
        kind="call",
        result="no_answer",
        by=tonight.mara,
        at=LATE,
    )
    tonight.reopen()
    tonight.present(tonight.clients[0])
    tonight.close()
    assert Outreach.objects.get().closed_at is None


def test_outreach_put_away_by_mistake_is_due_anew(tonight):
    tonight.start()
    person, later = tonight.clients[0], AT + timedelta(minutes=40)
    tonight.absent(person)
    tonight.present(person)
    assert Outreach.objects.get().outcome == "opened_by_mistake"
    tonight.mark(person, Absent(), at=later)
    task = Outreach.objects.get()
    assert (task.closed_at, task.outcome) == (None, "")
    assert task.due_at == later + timedelta(minutes=120)


def test_a_call_is_owed_from_the_mark_on_and_not_only_from_closing(program, tonight):
    a_flag(program, tonight.clients[0], FlagKind.OVERDOSE)
    tonight.start()
    assert tonight.tile(tonight.clients[0]).outreach is None
    later = tonight.session.starts_at + timedelta(minutes=21)
    tonight.mark(tonight.clients[0], Absent(), at=later)
    owed = tonight.tile(tonight.clients[0]).outreach
    assert (owed.due_at, owed.attempts, owed.is_closed) == (later, (), False)
    assert "overdose" in owed.why


def test_closing_long_before_the_end_asks_and_credits_no_minute_after_it(tonight):
    tonight.start()
    one, late = tonight.clients[:2]
    tonight.present(late, arrived=10)
    early = tonight.session.starts_at + timedelta(minutes=24)
    with pytest.raises(EndsLater) as asked:
        tonight.close(at=early)
    assert asked.value.ends_at == tonight.session.ends_at
    assert tonight.fresh().state == State.IN_PROGRESS.value
    close_attendance(session_id=tonight.session.pk, ended_early=True, by=tonight.mara, at=early)
    assert (row(tonight, one).status, row(tonight, one).attended) == ("attended", 24)
    assert row(tonight, late).attended == 14
    assert not row(tonight, one).counts
    assert not Outreach.objects.exists(), "nobody left early: all of it ended"
    tonight.reopen()
    tonight.close()
    assert row(tonight, one).attended == 180


def test_a_topic_whose_part_never_took_place_is_not_met(tonight):
    """Closed after 24 minutes, the education part had not begun."""
    tonight.start()
    early = tonight.session.starts_at + timedelta(minutes=24)
    close_attendance(session_id=tonight.session.pk, ended_early=True, by=tonight.mara, at=early)
    there = row(tonight, tonight.clients[0])
    session = session_facts(tonight.fresh())
    assert session.topics
    assert attendance_facts(there).left == 24
    assert topics_met([attendance_facts(there)], {session.key: session}) == frozenset()


def test_a_session_that_ended_early_is_not_reopened_over_a_signed_note(tonight):
    tonight.start()
    tonight.write_everything()
    early = tonight.session.starts_at + timedelta(minutes=150)
    close_attendance(session_id=tonight.session.pk, ended_early=True, by=tonight.mara, at=early)
    one = tonight.clients[0]
    (outcome,) = tonight.sign(one)
    assert isinstance(outcome, Signed)
    with pytest.raises(errors.SignedByItsMinutes):
        tonight.reopen()
    assert tonight.fresh().ended_minute == 150
    assert row(tonight, one).attended == 150, "what the signed note says still stands"
    notes.void_note(
        note_id=outcome.note_id, reason="Ended later than was said.", by=tonight.dev, at=LATE
    )
    assert not tonight.reopen().already


def test_ten_minutes_before_the_end_needs_no_question(tonight):
    tonight.start()
    tonight.close(at=tonight.session.ends_at - timedelta(minutes=10))
    assert row(tonight, tonight.clients[0]).attended == 180


def test_closing_again_does_not_put_off_the_call(tonight):
    tonight.start()
    tonight.absent(tonight.clients[0])
    tonight.close()
    due = Outreach.objects.get().due_at
    tonight.reopen()
    tonight.close(at=LATE + timedelta(hours=1))
    assert Outreach.objects.get().due_at == due


def test_a_flag_raised_before_closing_again_makes_the_call_due_at_once(program, tonight):
    tonight.start()
    tonight.absent(tonight.clients[0])
    tonight.close()
    tonight.reopen()
    a_flag(program, tonight.clients[0])
    tonight.close(at=LATE + timedelta(minutes=5))
    task = Outreach.objects.get()
    assert task.clock == "suicide-risk"
    assert task.due_at == tonight.session.starts_at + timedelta(minutes=120), "never put off"


def test_someone_unannounced_keeps_minutes_and_is_named(tonight):
    tonight.start()
    guest = a_person(tonight, "Ottilie", "Brandvold")
    add_unannounced(session_id=tonight.session.pk, client_id=guest.pk, by=tonight.mara, at=AT)
    assert tonight.close().unannounced == (guest.pk,)
    assert row(tonight, guest).attended == 180


def test_people_who_met_although_they_must_not_are_named(program, tonight):
    tonight.start()
    flag = a_flag(program, tonight.clients[0])
    type(flag).objects.filter(pk=flag.pk).update(kind="no_contact", other_client=tonight.clients[2])
    ((one, other),) = tonight.close().met_anyway
    assert {one, other} == {"Rosalind Thackeray", "Nadia Vukovic"}


def test_whose_note_is_signed_is_not_marked_again_before_it_is_voided(tonight):
    tonight.held()
    tonight.sign(tonight.clients[0])
    tonight.reopen()
    with pytest.raises(errors.NoteSigned):
        tonight.absent(tonight.clients[0])
    tonight.absent(tonight.clients[1])
    assert tonight.close().state is State.TO_BE_SIGNED


def test_closing_again_with_every_note_signed_closes_the_session(tonight):
    tonight.held()
    tonight.sign(*tonight.clients[:11])
    tonight.reopen()
    Attendance.objects.filter(client=tonight.clients[11]).delete()
    tonight.clients[11].enrollments.update(
        until_date=tonight.session.local_date - timedelta(days=1)
    )
    assert tonight.close().state is State.CLOSED


def test_a_session_that_nobody_is_expected_at_waits_for_no_signature(program):
    with tenancy.within(program.alder):
        empty = an_evening(program, people=0)
        empty.start()
        assert empty.close().state is State.CLOSED


def test_a_reopened_session_with_a_signed_note_cannot_be_canceled(tonight, program):
    tonight.held()
    tonight.sign(tonight.clients[0])
    tonight.reopen()
    words = {"session_id": tonight.session.pk, "reason": "flood", "at": LATE}
    with refused("Void them first"):
        calendar.cancel_session(by=program.actor("paul"), **words)
    assert tonight.fresh().state == State.IN_PROGRESS.value
