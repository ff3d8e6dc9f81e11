"""Planning: sessions on the calendar, closed days, moving, canceling, rooms, clock changes."""

from datetime import date, time, timedelta

import pytest

from handrail.areas.clients.models import Client
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.errors import AskFirst
from handrail.areas.schedule.models import Closure, Session, Track
from handrail.areas.schedule.selectors import week as weeks
from handrail.areas.schedule.services import calendar, closed_days, planning
from handrail.core.access import Action, NotHere, Refused
from handrail.core.course.local_time import ClockChange
from handrail.core.course.session_states import State
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.web.kit.sentences import sentence
from tests.factories import programs as make
from tests.factories.programs import AT, FRIDAY, MONDAY, THURSDAY, TODAY, TUESDAY
from tests.refused import refused

pytestmark = pytest.mark.django_db
THANKSGIVING = date(2026, 11, 26)
MONDAY_30 = date(2026, 11, 30)
NEXT_FRIDAY = date(2026, 12, 4)


def numbers(track):
    return list(Session.objects.filter(track=track).order_by("number").values_list("number"))


def close(evening, day=THANKSGIVING, instead=None):
    return closed_days.close_day(
        local_date=day, reason="Thanksgiving", instead_date=instead, by=evening.by, at=AT
    )


def change(evening, session, **changes):
    return calendar.change_session(
        session_id=session.pk, reason="room painted", by=evening.by, at=AT, **changes
    )


# ---- laying out --------------------------------------------------------------------------------


def test_a_track_gets_its_sessions_on_its_days_with_its_topics_in_turn(evening):
    rows = list(Session.objects.filter(track=evening.track).order_by("number")[:4])
    assert [one.local_date.weekday() for one in rows] == [0, 2, 3, 0]
    assert [one.topics for one in rows] == [["Triggers"], ["Sleep"], ["Family"], ["Refusing"]]
    assert rows[0].starts_at.isoformat() == "2026-11-02T23:00:00+00:00"


def test_laying_out_twice_adds_nothing(evening):
    again = {"track_id": evening.track.pk, "by": evening.by, "at": AT}
    assert planning.lay_out(until=date(2026, 12, 31), **again) == 0
    assert planning.lay_out(until=date(2027, 1, 4), **again) == 1


def test_the_same_plan_has_the_same_keys(evening):
    session = evening.on(MONDAY_30)
    Session.objects.filter(track=evening.track).delete()
    planning.lay_out(
        track_id=evening.track.pk, since=make.FIRST, until=MONDAY_30, by=evening.by, at=AT
    )
    assert evening.on(MONDAY_30).pk == session.pk


def test_a_group_stays_at_six_when_the_clocks_change(evening):
    """Clocks go back on November 1, 2026: six in the evening is an hour later in UTC."""
    early = make.a_track(
        evening.by, evening.iop, name="October", room="Room 3", days=range(7),
        first=date(2026, 10, 31), until=date(2026, 11, 1),
    )  # fmt: skip
    saturday, sunday = Session.objects.filter(track=early).order_by("local_date")
    assert sunday.starts_at - saturday.starts_at == timedelta(hours=25)
    assert saturday.start == sunday.start == time(18)


def test_a_start_that_comes_twice_is_said(evening):
    night = make.a_track(
        evening.by, evening.iop, name="Night", room="Room 3", days=[6], start=time(1, 30),
        first=date(2026, 11, 1), until=date(2026, 11, 1),
    )  # fmt: skip
    found = weeks.week(date(2026, 10, 26), by=evening.by).days[6].sessions
    assert [(one.track_id, one.clock_change) for one in found] == [(night.pk, ClockChange.REPEATED)]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"days": []}, "at least one day"),
        ({"zone": "Nowhere"}, "not a time zone"),
        ({"name": " "}, "name of the track"),
        ({"name": "Evening IOP"}, "is a track called Evening IOP already"),
        ({"room": ""}, "in which room"),
    ],
)
def test_a_track_that_cannot_be_is_not_made(evening, wrong, why):
    given = {
        "name": "New", "days": [MONDAY], "start": time(9), "zone": make.NEW_YORK, "room": "Room 9",
    } | wrong  # fmt: skip
    with refused(why):
        planning.make_track(program_id=evening.iop.pk, by=evening.by, at=AT, **given)
    assert Track.objects.count() == 1


def test_a_facilitator_plans_no_groups(evening):
    with pytest.raises(Refused):
        make.a_program(evening.program.actor("mara"), name="Another")


# ---- closed days -------------------------------------------------------------------------------


def test_a_closed_day_moves_its_session_to_the_end_and_drops_none(evening):
    before = numbers(evening.track)
    moving = evening.on(THANKSGIVING)
    close(evening)
    moving.refresh_from_db()
    assert moving.local_date > date(2026, 12, 31)
    assert moving.moved_from_date == THANKSGIVING
    assert moving.moved_reason == "Thanksgiving"
    assert numbers(evening.track) == before


def test_a_closed_day_moves_its_sessions_to_the_day_given(evening):
    moving = evening.on(THANKSGIVING)
    close(evening, instead=NEXT_FRIDAY)
    moving.refresh_from_db()
    assert moving.local_date == NEXT_FRIDAY


def test_a_day_given_instead_that_is_taken_refuses_the_whole_closure(evening):
    with refused("Evening IOP: Mon, Nov 30 replaces Thu, Nov 26"):
        close(evening, instead=MONDAY_30)
    assert not Closure.objects.exists()
    assert evening.on(THANKSGIVING)


def test_a_session_that_has_begun_stays_where_it_was(evening):
    session = evening.on(THANKSGIVING)
    Session.objects.filter(pk=session.pk).update(state=State.IN_PROGRESS.value)
    close(evening)
    session.refresh_from_db()
    assert session.local_date == THANKSGIVING


def test_a_day_is_closed_once_and_for_a_reason(evening):
    close(evening)
    with refused("Thu, Nov 26 is closed already"):
        close(evening)
    with refused("another day instead"):
        close(evening, MONDAY_30, MONDAY_30)
    with refused("Say why"):
        closed_days.close_day(local_date=MONDAY_30, reason=" ", by=evening.by, at=AT)


def test_what_is_laid_out_later_keeps_off_closed_days(evening):
    day = date(2027, 1, 4)
    close(evening, day)
    planning.lay_out(track_id=evening.track.pk, until=date(2027, 1, 14), by=evening.by, at=AT)
    assert not Session.objects.filter(local_date=day).exists()
    assert Session.objects.filter(moved_from_date=day).count() == 1


# ---- one session -------------------------------------------------------------------------------


def test_one_session_moves_and_the_others_stay(evening):
    session = evening.on(MONDAY_30)
    change(evening, session, local_date=date(2026, 12, 1), start=time(17))
    session.refresh_from_db()
    assert (session.local_date, session.start) == (date(2026, 12, 1), time(17))
    assert session.starts_at.hour == 22
    assert session.moved_reason == "room painted"
    assert evening.on(date(2026, 12, 2)).start == time(18)


def test_a_room_that_is_taken_is_refused_with_who_is_there(evening):
    evening.other_track(start=time(19), name="Other evening")
    with refused(r"Room 2 is taken on Mon, Nov 30 at 6:00 pm: Other evening"):
        change(evening, evening.on(MONDAY_30), room="Room 2")
    assert evening.on(MONDAY_30).room == "Room 1"


def test_a_track_cannot_be_planned_into_a_room_that_is_taken(evening):
    with refused("Room 1 is taken on Mon, Nov 2 at 7:00 pm: Evening IOP"):
        evening.other_track(name="Late", start=time(19), room="Room 1")


def test_a_track_has_one_session_at_a_time(evening):
    with refused("Session 14 is on Wed, Dec 2 at 6:00 pm already"):
        change(evening, evening.on(MONDAY_30), local_date=date(2026, 12, 2))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"local_date": date(2026, 11, 20)}, "That time has passed"),
        ({"room": " "}, "in which room"),
        ({"local_date": THANKSGIVING}, "closed on Thu, Nov 26"),
    ],
)
def test_a_change_that_cannot_be_is_refused(evening, changes, why):
    close(evening)
    with refused(why):
        change(evening, evening.on(MONDAY_30), **changes)


def test_what_has_begun_is_not_moved(evening):
    session = evening.on(MONDAY_30)
    Session.objects.filter(pk=session.pk).update(state=State.CLOSED.value)
    with refused("it is closed and signed"):
        change(evening, session, room="Room 7")


def test_a_facilitator_is_not_put_before_a_relative(evening):
    person = evening.member("Pat Doe")
    mara = evening.program.place("mara")
    make.must_not_meet(evening.by, evening.owner, person, mara)
    with refused("Pat Doe and Mara Whitfield must not meet"):
        change(evening, evening.on(MONDAY_30), facilitators=[mara.pk])
    assert Client.objects.count() == 1


def test_only_someone_who_works_here_now_leads(evening):
    left = evening.program.place("kim")
    with refused("who work here now"):
        change(evening, evening.on(MONDAY_30), facilitators=[left.pk])


def test_canceled_counts_for_nobody_and_can_be_restored(evening):
    session = evening.on(MONDAY_30)
    given = {"session_id": session.pk, "by": evening.by, "at": AT}
    with refused("Say why"):
        calendar.cancel_session(reason="", **given)
    calendar.cancel_session(reason="snow", **given)
    session.refresh_from_db()
    assert (session.state, session.canceled_reason) == ("canceled", "snow")
    with refused("restore it first"):
        calendar.cancel_session(reason="snow", **given)
    calendar.restore_session(**given)
    session.refresh_from_db()
    assert (session.state, session.canceled_reason) == ("planned", "")


def test_a_canceled_session_whose_room_was_given_away_is_not_restored(evening):
    session = evening.on(MONDAY_30)
    given = {"session_id": session.pk, "by": evening.by, "at": AT}
    calendar.cancel_session(reason="snow", **given)
    evening.other_track(
        name="Other", room="Room 1", first=MONDAY_30, until=MONDAY_30, days=[MONDAY],
        start=time(18),
    )  # fmt: skip
    with refused("Room 1 is taken"):
        calendar.restore_session(**given)


# ---- this and later ----------------------------------------------------------------------------


def test_a_whole_row_of_sessions_moves_through_itself(evening):
    """Each takes the place of the next: only at the end must no two be at once."""
    before = numbers(evening.track)
    person = evening.member()
    calendar.change_session_and_later(
        session_id=evening.on(MONDAY_30).pk, days=[TUESDAY, THURSDAY], by=evening.by, at=AT
    )
    later = Session.objects.filter(track=evening.track, local_date__gte=MONDAY_30)
    assert {one.local_date.weekday() for one in later} == {TUESDAY, THURSDAY}
    assert evening.on(date(2026, 11, 25))
    assert numbers(evening.track) == before
    assert str(person.pk) in facts.roster_of(evening.on(date(2026, 12, 1))).people
    assert Track.objects.get(pk=evening.track.pk).days == [TUESDAY, THURSDAY]


def test_later_sessions_move_to_another_room_unless_it_is_taken(evening):
    evening.other_track(name="Other evening", room="Room 2", start=time(17))
    given = {"session_id": evening.on(MONDAY_30).pk, "by": evening.by, "at": AT}
    with refused("Room 2 is taken on Mon, Nov 30"):
        calendar.change_session_and_later(room="Room 2", **given)
    assert Track.objects.get(pk=evening.track.pk).room == "Room 1"
    calendar.change_session_and_later(room="Room 5", **given)
    assert evening.on(date(2026, 12, 2)).room == "Room 5"
    assert evening.on(TODAY + timedelta(days=1)).room == "Room 1"


# ---- who sees and what is written --------------------------------------------------------------


def test_another_organizations_session_is_not_there(evening):
    session = evening.on(MONDAY_30)
    jonah = evening.program.actor("jonah", evening.program.harbor)
    with tenancy.within(evening.program.harbor), pytest.raises(NotHere):
        calendar.cancel_session(session_id=session.pk, reason="x", by=jonah, at=AT)


def test_the_trail_names_track_and_session(evening):
    session = evening.on(MONDAY_30)
    change(evening, session, room="Room 6")
    entry = AuditEntry.objects.filter(action=Action.PLAN_GROUPS).latest("id")
    assert set(entry.subjects) == {f"track:{evening.track.pk}", f"session:{session.pk}"}


def test_a_week_says_people_limit_and_free_seats_in_few_queries(evening, django_assert_num_queries):
    for _ in range(3):
        evening.member()
    small = evening.other_track(seats=1)
    make.in_track(evening.by, small, evening.person())
    close(evening)
    with django_assert_num_queries(6):
        found = weeks.week(date(2026, 11, 23), by=evening.by)
    monday, thursday = found.days[0], found.days[3]
    assert [(one.track, one.people, one.limit, one.free) for one in monday.sessions] == [
        ("Morning IOP", 1, 1, 0),
        ("Evening IOP", 3, 16, 13),
    ]
    assert (thursday.closed, thursday.sessions) == ("Thanksgiving", ())


# ---- asked about first, and taken back ------------------------------------------------------


def test_closing_today_asks_first_and_then_does_it(evening):
    tuesday = make.a_track(
        evening.by, evening.iop, name="Tuesday", days=[TUESDAY], room="Room 4", first=TODAY
    )
    make.in_track(evening.by, tuesday, evening.person())
    tonight = evening.on(TODAY, tuesday)
    with refused("away Tuesday at 6:00 pm, 1 person expected", AskFirst) as asked:
        close(evening, TODAY)
    tonight.refresh_from_db()
    assert tonight.local_date == TODAY
    given = {"local_date": TODAY, "reason": "Flood", "by": evening.by, "at": AT}
    closed_days.close_day(confirmed=asked.value.answer, **given)
    tonight.refresh_from_db()
    assert tonight.local_date > TODAY


def test_a_day_that_is_over_is_not_closed(evening):
    with refused("Mon, Nov 23 is over"):
        close(evening, date(2026, 11, 23))


def test_a_closed_day_can_be_opened_again(evening):
    session = evening.on(THANKSGIVING)
    closed = close(evening)
    done = closed_days.reopen_day(closure_id=closed.pk, by=evening.by, at=AT)
    session.refresh_from_db()
    assert (session.local_date, session.moved_how) == (THANKSGIVING, "")
    assert done.back == (session.pk,)
    assert not done.stay
    assert not Closure.objects.exists()


def test_what_was_moved_by_hand_since_stays_and_is_named(evening):
    session = evening.on(THANKSGIVING)
    closed = close(evening)
    session.refresh_from_db()
    change(evening, session, local_date=NEXT_FRIDAY)
    done = closed_days.reopen_day(closure_id=closed.pk, by=evening.by, at=AT)
    (stays,) = done.stay
    assert sentence(stays) == f"Evening IOP, session {session.number}, stays on Fri, Dec 4."
    assert evening.on(NEXT_FRIDAY).pk == session.pk


def test_a_session_whose_room_is_taken_meanwhile_stays_and_says_so(evening):
    session = evening.on(THANKSGIVING)
    closed = close(evening)
    other = make.a_track(
        evening.by, evening.iop, name="Noon", start=time(12), days=[FRIDAY], room="Room 1"
    )
    guest = evening.on(date(2026, 11, 27), other)
    Session.objects.filter(pk=guest.pk).update(
        local_date=THANKSGIVING, starts_at=guest.starts_at - timedelta(hours=18),
        ends_at=guest.ends_at - timedelta(hours=18),
    )  # fmt: skip
    done = closed_days.reopen_day(closure_id=closed.pk, by=evening.by, at=AT)
    assert not done.back
    assert "Room 1 is taken on Thu, Nov 26" in sentence(done.stay[0])
    session.refresh_from_db()
    assert session.local_date > THANKSGIVING


def test_a_group_across_midnight_is_asked_about(evening):
    given = {
        "program_id": evening.iop.pk, "name": "Night", "days": [MONDAY], "start": time(23),
        "zone": make.NEW_YORK, "room": "Room 9", "by": evening.by, "at": AT,
    }  # fmt: skip
    with refused(r"begins at 11:00 pm and ends at 2:00 am the next", AskFirst) as asked:
        planning.make_track(**given)
    assert planning.make_track(confirmed=asked.value.answer, **given).start == time(23)


def test_a_new_pattern_names_the_sessions_that_were_moved_by_hand(evening):
    moved = evening.on(date(2026, 12, 3))
    change(evening, moved, local_date=NEXT_FRIDAY)
    given = {
        "session_id": evening.on(MONDAY_30).pk, "days": [TUESDAY], "by": evening.by, "at": AT,
    }  # fmt: skip
    with refused(f"no. {moved.number} on Fri, Dec 4", AskFirst) as asked:
        calendar.change_session_and_later(**given)
    calendar.change_session_and_later(confirmed=asked.value.answer, **given)
    moved.refresh_from_db()
    assert moved.local_date.weekday() == TUESDAY
