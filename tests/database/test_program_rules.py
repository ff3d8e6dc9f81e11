"""What the database itself refuses about tracks, sessions, memberships, make-ups, hours, goals."""

from datetime import date

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from handrail.foundation import tenancy
from tests.factories import programs as make
from tests.factories.programs import AT

pytestmark = pytest.mark.django_db
_COPY_SESSION = (
    "insert into schedule_session (select (jsonb_populate_record(null::schedule_session,"
    " to_jsonb(one) || jsonb_build_object('id', gen_random_uuid(), 'number', 999{more}))).*"
    " from schedule_session one limit 1)"
)
WRONG = {
    "program_says_what": "update schedule_program set sessions = 0",
    "track_meets_on_days": "update schedule_track set days = '{7}'",
    "session_ends_later": "update schedule_session set ends_at = starts_at",
    "session_known_state": "update schedule_session set state = 'lost'",
    "session_moved_somehow": "update schedule_session set moved_how = 'by hand'",
    "session_number_once": "update schedule_session set number = 1",
    "track_one_session_at_a_time": _COPY_SESSION.format(more=""),
    "room_one_session_at_a_time": (
        "update schedule_session set room = 'Room 1' where track_id ="
        " (select id from schedule_track where name = 'Other evening')"
    ),
    "closed_instead_another_day": "update schedule_closure set instead_date = local_date",
    "enrollment_known_days": "update schedule_enrollment set days = '{8}'",
    "one_open_enrollment_each": (
        "insert into schedule_enrollment (select (jsonb_populate_record("
        "null::schedule_enrollment, to_jsonb(one) || jsonb_build_object('id',"
        " gen_random_uuid()))).* from schedule_enrollment one where until_date is null limit 1)"
    ),
    "pause_ends_later": "update schedule_pause set until_date = from_date - 1",
    "made_up_once": (
        "insert into schedule_makeup (select (jsonb_populate_record(null::schedule_makeup,"
        " to_jsonb(one) || jsonb_build_object('id', gen_random_uuid()))).*"
        " from schedule_makeup one limit 1)"
    ),
    "make_up_canceled_by_someone": "update schedule_makeup set canceled_at = now()",
    "appointment_of_a_service": "update enrollment_appointment set service = 'group'",
    "goal_has_words": "update plans_goal set words = ''",
    "goal_met_or_dropped": (
        "update plans_goal set met_date = current_date, dropped_date = current_date"
    ),
}


@pytest.fixture
def everything(program):
    """One of each, and a second track in another room at the same hour."""
    with tenancy.within(program.alder):
        by = program.actor("paul")
        make.one_of_each(by, program.place("mara"))
        track = make.Track.objects.get(name="Evening IOP")
        make.a_track(by, track.program, name="Other evening", room="Room 8")
        make.closed_days.close_day(local_date=date(2026, 12, 24), reason="Eve", by=by, at=AT)
        yield


@pytest.mark.parametrize("constraint", sorted(WRONG))
def test_the_database_refuses_what_makes_no_sense(constraint, everything):
    with pytest.raises(IntegrityError) as refusal:
        run(WRONG[constraint])
    cause = refusal.value.__cause__
    assert isinstance(cause, psycopg.errors.IntegrityError)
    assert cause.diag.constraint_name == constraint


def run(statement):
    """Run it in a savepoint, and have what waits for the end checked now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("set constraints all immediate")
