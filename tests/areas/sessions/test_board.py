"""The board: who is on it, in which order, who was there, and what two people write at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.clients.errors import NoOpenEpisode, PartUnknown
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import DraftField
from handrail.areas.schedule.models import Enrollment, MakeUp, Session
from handrail.areas.sessions import errors
from handrail.areas.sessions.selectors.board import board_version
from handrail.areas.sessions.services.board import (
    Marked,
    MarkedMeanwhile,
    NotTaken,
    add_unannounced,
    take_back_unannounced,
)
from handrail.core.access import NotHere, Refused
from handrail.core.course.attendance import Absent, Present
from handrail.core.course.errors import CourseError
from handrail.core.course.roster import Place
from handrail.core.course.session_states import State
from handrail.core.drafts import Conflict, Saved, Unchanged, VersionNeverWas
from handrail.core.errors import TooLong
from handrail.core.notes.checklist import PointKind
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import (
    AT,
    LATE,
    TONIGHT,
    a_flag,
    a_person,
    add_person,
    an_evening,
    another_session,
    was_at,
)
from tests.refused import refused


def acts(session):
    found = AuditEntry.objects.filter(action="session.run").order_by("id")
    return [one.detail["act"] for one in found]


# ---- before and at the start -------------------------------------------------------------------


def test_a_planned_session_shows_who_is_expected_and_stores_nothing(tonight):
    seen = tonight.board()
    assert seen.state is State.PLANNED
    assert {one.client_id for one in seen.tiles} == {one.pk for one in tonight.clients}
    assert {one.attendance_version for one in seen.tiles} == {0}
    assert not Attendance.objects.exists()


def test_everyone_starts_present(tonight):
    started = tonight.start()
    assert not started.already
    seen = tonight.board()
    assert (seen.state, seen.started_at) == (State.IN_PROGRESS, AT)
    assert len(seen.tiles) == 12
    assert not any(one.absent for one in seen.tiles)
    assert {one.attendance_version for one in seen.tiles} == {1}
    assert acts(tonight.session) == ["start"]


def test_a_second_click_on_start_says_so_and_changes_nothing(tonight):
    tonight.start()
    version = tonight.board().version
    again = tonight.start(by=tonight.dev, at=LATE)
    assert again.already
    assert tonight.board().version == version
    assert tonight.fresh().started_at == AT
    assert Attendance.objects.count() == 12
    assert acts(tonight.session) == ["start"]


def test_a_canceled_session_cannot_start(tonight):
    Session.objects.filter(pk=tonight.session.pk).update(state="canceled")
    with refused("it is canceled; restore it first"):
        tonight.start()


def test_a_session_of_another_organization_is_not_here(program, tonight):
    stranger = program.actor("jonah", program.harbor)
    with tenancy.within(program.harbor):
        for use in (
            lambda: tonight.board(by=stranger),
            lambda: board_version(tonight.session.pk, by=stranger),
            lambda: tonight.start(by=stranger),
            lambda: tonight.save(None, "segment:0", "x", by=stranger),
        ):
            with pytest.raises(NotHere):
                use()


def test_who_leads_no_groups_cannot_run_one(program, tonight):
    with pytest.raises(Refused, match=r"action=session\.run"):
        tonight.start(by=program.actor("bao"))
    with pytest.raises(Refused, match=r"action=session\.see"):
        tonight.board(by=program.actor("bao"))


# ---- what a tile says --------------------------------------------------------------------------


def test_risk_comes_first_and_says_why(program, tonight):
    last = tonight.clients[-1]
    a_flag(program, last)
    first = tonight.board().tiles[0]
    assert first.client_id == last.pk
    assert first.flags == ("suicide_risk",)
    assert "easier not to wake up" in first.risk_words
    assert first.marks[0] == "Suicide flag is open"
    assert first.risk_due == "open flag: suicide"


def test_a_closed_flag_is_gone_from_the_tile(program, tonight):
    a_flag(
        program,
        tonight.clients[0],
        closed_at=AT,
        closed_by="Dev Raman",
        formulation="Safe now; plan made with her sister.",
    )
    assert tonight.tile(tonight.clients[0]).flags == ()


def test_a_session_that_is_over_shows_the_concerns_and_the_course_of_its_evening(program, tonight):
    client, later = tonight.clients[:2]
    tonight.start()
    tonight.write_everything()
    tonight.close()
    tonight.sign()
    done = tonight.tile(client).done
    a_flag(program, later, opened_at=LATE + timedelta(days=1))
    a_flag(
        program,
        client,
        closed_at=LATE + timedelta(days=1),
        closed_by="Dev Raman",
        formulation="Safe now; plan made with her sister.",
    )
    was_at(client, another_session(tonight.session))
    assert tonight.tile(later).flags == ()
    assert tonight.tile(client).flags == ("suicide_risk",)
    assert tonight.tile(client).done == done


def test_a_tile_says_how_far_someone_is_and_how_the_last_session_ended(tonight):
    client = tonight.clients[0]
    one, two, three, four = Session.objects.filter(number__lte=4).order_by("number")
    was_at(client, one)
    was_at(client, two)
    was_at(client, three, "absent, unexcused")
    was_at(client, four, "left early")
    tile = tonight.tile(client)
    assert (tile.done, tile.planned) == (3, 24)
    assert tile.last_words == "Mon, Nov 23: left early"


def test_missed_sessions_in_a_row_are_said(tonight):
    client = tonight.clients[5]
    one, two, three, four = Session.objects.filter(number__lte=4).order_by("number")
    was_at(client, one)
    was_at(client, two)
    was_at(client, three, "absent, unexcused")
    was_at(client, four, "absent, excused")
    assert "Missed the last 2 sessions" in tonight.tile(client).marks


def test_someone_enrolled_after_the_start_is_on_the_board_and_can_be_marked(tonight):
    tonight.start()
    late = add_person(tonight, "Ottilie", "Brandvold")
    assert tonight.tile(late).attendance_version == 0
    assert tonight.absent(late) == Marked(Absent(), 2)
    assert Attendance.objects.count() == 13


def test_who_is_paused_or_ended_is_not_expected(tonight):
    Enrollment.objects.filter(client=tonight.clients[0]).update(
        until_date=TONIGHT - timedelta(days=1)
    )
    assert tonight.clients[0].pk not in {one.client_id for one in tonight.board().tiles}


def test_the_board_asks_the_same_number_of_questions_for_any_number_of_people(program):
    with tenancy.within(program.alder):
        evening = an_evening(program, people=3)
        evening.start()
        a_flag(program, evening.clients[0])
        was_at(evening.clients[0], Session.objects.get(number=1))
        evening.save(evening.clients[0], "words", "Said that Sundays are the hardest of all.")

        def questions():
            with CaptureQueriesContext(connection) as asked:
                evening.board()
            return len(asked)

        few = questions()
        for number in range(32):
            client = add_person(evening, f"Given{number}", f"Family{number}")
            was_at(client, Session.objects.get(number=1))
            evening.save(client, "words", f"Words number {number} of the evening, quite their own.")
        assert questions() == few
        assert few <= 32


# ---- who is there ------------------------------------------------------------------------------


def test_exceptions_are_marked_with_minutes(tonight):
    tonight.start()
    one, two, three = tonight.clients[:3]
    assert tonight.present(one, arrived=20) == Marked(Present(20, None), 2)
    assert tonight.present(two, left=150) == Marked(Present(0, 150), 2)
    assert tonight.absent(three, "child is sick") == Marked(Absent("child is sick"), 2)
    assert (tonight.tile(one).arrived, tonight.tile(two).left) == (20, 150)
    assert tonight.tile(three).excuse == "child is sick"


def test_marking_the_same_twice_is_one_mark(tonight):
    tonight.start()
    tonight.absent(tonight.clients[0])
    version = tonight.board().version
    assert tonight.mark(tonight.clients[0], Absent(), version=1) == Marked(Absent(), 2)
    assert tonight.board().version == version


def test_two_people_marking_at_once_do_not_overwrite_each_other(tonight):
    tonight.start()
    tonight.mark(tonight.clients[0], Present(15), version=1)
    other = tonight.mark(tonight.clients[0], Absent(), version=1, by=tonight.ruth)
    assert other == MarkedMeanwhile(Present(15), 2, "Mara Whitfield", AT)
    assert not tonight.tile(tonight.clients[0]).absent


def test_minutes_outside_the_session_are_refused(tonight):
    tonight.start()
    for seen in (Present(-1), Present(180), Present(60, 60), Present(0, 181)):
        with pytest.raises(CourseError, match="the session has 180"):
            tonight.mark(tonight.clients[0], seen)
    assert tonight.tile(tonight.clients[0]).attendance_version == 1


def test_marking_waits_for_the_start_and_ends_with_closing(tonight):
    with pytest.raises(errors.CannotBeMarked):
        tonight.absent(tonight.clients[0])
    tonight.start()
    tonight.close()
    with pytest.raises(errors.CannotBeMarked):
        tonight.absent(tonight.clients[0])


def test_someone_who_is_not_in_the_session_cannot_be_marked(tonight):
    tonight.start()
    stranger = a_person(tonight, "Ottilie", "Brandvold")
    with pytest.raises(NotHere):
        tonight.mark(stranger, Absent(), version=0)


def test_an_excuse_of_a_page_is_refused_and_said_plainly(tonight):
    tonight.start()
    with pytest.raises(TooLong):
        tonight.absent(tonight.clients[0], "x" * 301)


# ---- unannounced -------------------------------------------------------------------------------


def arrive(tonight, client, by=None):
    return add_unannounced(
        session_id=tonight.session.pk, client_id=client.pk, by=by or tonight.mara, at=AT
    )


def take_back(tonight, client):
    take_back_unannounced(
        session_id=tonight.session.pk, client_id=client.pk, by=tonight.mara, at=AT
    )


def test_someone_unannounced_is_added_once_and_can_be_taken_back(tonight):
    tonight.start()
    guest = a_person(tonight, "Ottilie", "Brandvold")
    assert not arrive(tonight, guest).already
    assert arrive(tonight, guest).already
    assert tonight.tile(guest).place is Place.UNANNOUNCED
    take_back(tonight, guest)
    take_back(tonight, guest)
    assert guest.pk not in {one.client_id for one in tonight.board().tiles}


def test_someone_unannounced_with_words_is_not_taken_back(tonight):
    tonight.start()
    guest = a_person(tonight, "Ottilie", "Brandvold")
    arrive(tonight, guest)
    tonight.save(guest, "words", "Came with a friend.")
    with pytest.raises(errors.WrittenCannotBeTakenOff):
        take_back(tonight, guest)


def test_someone_unannounced_cannot_be_absent_and_someone_expected_not_taken_off(tonight):
    tonight.start()
    guest = a_person(tonight, "Ottilie", "Brandvold")
    arrive(tonight, guest)
    with pytest.raises(errors.UnexpectedCannotBeAbsent):
        tonight.absent(guest)
    with pytest.raises(errors.ExpectedHere):
        take_back(tonight, tonight.clients[0])


def test_someone_unannounced_who_must_not_meet_someone_there_is_said(program, tonight):
    tonight.start()
    guest = a_person(tonight, "Ottilie", "Brandvold")
    flag = a_flag(program, guest)
    type(flag).objects.filter(pk=flag.pk).update(kind="no_contact", other_client=tonight.clients[2])
    assert arrive(tonight, guest).must_not_meet == ("Nadia Vukovic",)


def test_without_an_open_episode_nobody_is_added(tonight):
    tonight.start()
    guest = a_person(tonight, "Ottilie", "Brandvold")
    guest.episodes.update(closed_date=TONIGHT, closed_by="Ines Caldera", outcome="completed")
    with pytest.raises(NoOpenEpisode):
        arrive(tonight, guest)


def test_someone_unannounced_who_is_booked_meanwhile_is_expected_at_closing(tonight):
    tonight.start()
    guest = a_person(tonight, "Ottilie", "Brandvold")
    arrive(tonight, guest)
    MakeUp.objects.create(
        organization_id=guest.organization_id,
        client=guest,
        episode=guest.episodes.get(),
        session=tonight.session,
        booked_at=AT,
        booked_by="Ines Caldera",
    )
    assert tonight.close().unannounced == ()
    assert tonight.tile(guest).place is Place.MAKE_UP


# ---- writing -----------------------------------------------------------------------------------


def test_a_text_is_kept_with_its_version_and_everyone_sees_it(tonight):
    tonight.start()
    before = board_version(tonight.session.pk, by=tonight.ruth)
    outcome = tonight.save(tonight.clients[0], "words", "Spoke first.")
    assert isinstance(outcome, Saved)
    kept = tonight.tile(tonight.clients[0]).fields["words"]
    assert (kept.text, kept.version, kept.by) == ("Spoke first.", 1, "Mara Whitfield")
    assert board_version(tonight.session.pk, by=tonight.ruth) == before + 1


def test_saving_the_same_again_changes_nothing(tonight):
    tonight.start()
    tonight.save(None, "segment:1", "Film about sleep.")
    version = tonight.board().version
    assert isinstance(tonight.save(None, "segment:1", "Film about sleep.", version=1), Unchanged)
    assert tonight.board().version == version


def test_two_texts_for_one_field_are_both_kept_until_settled(tonight):
    tonight.start()
    client = tonight.clients[0]
    tonight.save(client, "words", "Mara's text.")
    outcome = tonight.save(client, "words", "Ruth's text.", by=tonight.ruth)
    assert isinstance(outcome, Conflict)
    assert (outcome.mine.text, outcome.field.text) == ("Ruth's text.", "Mara's text.")
    kept = tonight.tile(client).fields["words"]
    assert kept.text == "Mara's text."
    assert [(one.text, one.by) for one in kept.others] == [("Ruth's text.", "Ruth Okafor")]
    assert PointKind.TWO_TEXTS in [one.kind for one in tonight.tile(client).open_points]
    settled = tonight.settle(
        client, "words", "Both.", version=1, seen=[one.key for one in kept.others]
    )
    assert isinstance(settled, Saved)
    kept = tonight.tile(client).fields["words"]
    assert (kept.text, kept.version, kept.others) == ("Both.", 2, ())


def test_settling_with_the_text_that_stands_puts_the_other_away(tonight):
    tonight.start()
    client = tonight.clients[0]
    tonight.save(client, "words", "Mara's text.")
    tonight.save(client, "words", "Ruth's text.", by=tonight.ruth)
    (other,) = tonight.tile(client).fields["words"].others
    tonight.settle(client, "words", "Mara's text.", version=1, seen=[other.key])
    assert tonight.tile(client).fields["words"].others == ()


def test_a_text_that_came_while_two_others_were_settled_stays(tonight):
    tonight.start()
    client = tonight.clients[0]
    tonight.save(client, "words", "Mara's text.")
    tonight.save(client, "words", "Ruth's text.", by=tonight.ruth)
    shown = [one.key for one in tonight.tile(client).fields["words"].others]
    tonight.save(client, "words", "Dev's text.", by=tonight.dev)
    tonight.settle(client, "words", "Ruth's text.", version=1, seen=shown)
    kept = tonight.tile(client).fields["words"]
    assert kept.text == "Ruth's text."
    assert [one.text for one in kept.others] == ["Dev's text."]


def test_settling_what_was_written_again_since_is_a_new_conflict(tonight):
    tonight.start()
    client = tonight.clients[0]
    tonight.save(client, "words", "Mara's text.")
    tonight.save(client, "words", "Ruth's text.", by=tonight.ruth)
    shown = [one.key for one in tonight.tile(client).fields["words"].others]
    tonight.save(client, "words", "Mara wrote anew.", version=1)
    outcome = tonight.settle(client, "words", "Both.", version=1, seen=shown, by=tonight.ruth)
    assert isinstance(outcome, Conflict)
    kept = tonight.tile(client).fields["words"]
    assert kept.text == "Mara wrote anew."
    assert {one.text for one in kept.others} == {"Ruth's text.", "Both."}


def test_going_on_beside_a_conflict_keeps_the_longest_only(tonight):
    tonight.start()
    client = tonight.clients[0]
    tonight.save(client, "words", "Mara's text.")
    for text in ("R", "Ruth", "Ruth goes on."):
        tonight.save(client, "words", text, by=tonight.ruth)
    kept = tonight.tile(client).fields["words"]
    assert [one.text for one in kept.others] == ["Ruth goes on."]


def test_a_version_that_never_was_is_refused(tonight):
    tonight.start()
    with pytest.raises(VersionNeverWas):
        tonight.save(tonight.clients[0], "words", "x", version=3)


@pytest.mark.parametrize("name", ["segment:99", "segment:x", "words2", "status", ""])
def test_a_field_that_is_not_known_is_refused(tonight, name):
    tonight.start()
    with pytest.raises(PartUnknown):
        tonight.save(None, name, "x")
    with pytest.raises(PartUnknown):
        tonight.save(tonight.clients[0], name, "x")


def test_line_ends_and_odd_letters_are_kept_as_postgresql_takes_them(tonight):
    tonight.start()
    tonight.save(tonight.clients[0], "words", "One\r\ntwo\x00\rthree \ud83d 🙂")
    assert tonight.tile(tonight.clients[0]).fields["words"].text == "One\ntwo\nthree ? 🙂"


def test_nothing_is_lost_when_the_session_was_canceled_meanwhile(tonight):
    tonight.start()
    Session.objects.filter(pk=tonight.session.pk).update(state="canceled")
    outcome = tonight.save(tonight.clients[0], "words", "Typed offline.")
    assert isinstance(outcome, NotTaken)
    assert "canceled" in outcome.words
    (row,) = DraftField.objects.all()
    assert [one["text"] for one in row.other_texts] == ["Typed offline."]


def test_writing_is_in_the_trail_once_in_five_minutes_and_without_words(tonight):
    tonight.start()
    for number in range(3):
        tonight.save(tonight.clients[0], "words", "Spoke" + "!" * number, version=number)
    found = AuditEntry.objects.filter(action="session.write")
    assert len(found) == 1
    assert not any("Spoke" in str(one.detail) for one in AuditEntry.objects.all())
