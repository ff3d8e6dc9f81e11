"""Where a course stands: "14 of 24", weeks against the payer, topics, hours, goals, make-ups."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from django.db.models import F

from handrail.areas.clients.errors import NoOpenEpisode
from handrail.areas.enrollment import errors
from handrail.areas.enrollment.selectors import course, make_ups, track
from handrail.areas.enrollment.services import appointments, enrollment
from handrail.areas.plans import services as goals
from handrail.areas.plans.errors import GoalEnded, GoalMissing, GoalTooLong
from handrail.areas.schedule.models import Enrollment, Session
from handrail.areas.schedule.services import calendar
from handrail.core.access import NotHere, Refused
from handrail.core.course.attendance import Absent, Present, Status
from handrail.core.course.errors import NotATimeZone
from handrail.core.course.make_ups import Objection
from handrail.core.course.progress import Standing
from handrail.core.course.roster import Place
from handrail.core.course.weeks import Outlook, Service
from handrail.core.errors import OutOfRange
from handrail.foundation import tenancy
from tests.courses import courses_of
from tests.factories import programs as make
from tests.factories.programs import AT, FIRST, TODAY
from tests.refused import refused

pytestmark = pytest.mark.django_db
WEDNESDAY_25 = date(2026, 11, 25)
MONDAY_30 = date(2026, 11, 30)


def held(evening, person, until=TODAY, seen=None):
    """Everything up to a day has been held, and the person was there unless said otherwise."""
    seen = seen or {}
    past = Session.objects.filter(track=evening.track, local_date__lt=until)
    for session in past.order_by("number"):
        make.hold(session, person, seen.get(session.number))


def course_of(evening, person):
    return course.course_of(person.pk, by=evening.program.actor("mara"), today=TODAY, at=AT)


def book(evening, person, *, day=WEDNESDAY_25, start=time(12), minutes=60, with_="mara", **more):
    given = {"service": Service.INDIVIDUAL, "zone": make.NEW_YORK} | more
    return appointments.book_appointment(
        client_id=person.pk,
        local_date=day,
        start=start,
        minutes=minutes,
        membership_id=evening.program.place(with_).pk,
        by=evening.by,
        at=AT,
        **given,
    )


# ---- progress ----------------------------------------------------------------------------------


def test_progress_counts_what_was_attended_missed_and_is_to_go(evening):
    person = evening.member()
    held(evening, person, seen={3: Absent(), 5: Present(0, 100)})
    found = course_of(evening, person)
    stands = found.progress
    assert (stands.done, stands.planned, stands.missed, stands.to_go) == (8, 24, 2, 16)
    assert stands.projected_last_day == date(2026, 12, 30)
    left_early = found.sessions[4]
    assert (left_early.status, left_early.attended, left_early.counts, left_early.shortfall) == (
        Status.LEFT_EARLY, 100, False, 50,
    )  # fmt: skip


def test_a_booked_make_up_brings_the_last_day_forward(evening):
    person = evening.member()
    held(evening, person, seen={3: Absent()})
    before = course_of(evening, person).progress.projected_last_day
    morning = evening.other_track()
    enrollment.book_make_up(
        client_id=person.pk, session_id=evening.on(WEDNESDAY_25, morning).pk,
        by=evening.by, at=AT,
    )  # fmt: skip
    after = course_of(evening, person)
    assert after.progress.projected_last_day < before
    assert [one.place for one in after.coming][:2] == [Place.MAKE_UP, Place.ENROLLED]


def test_a_make_up_that_counted_is_made_up_not_attended(evening):
    person, morning = evening.member(), evening.other_track()
    session = evening.on(date(2026, 11, 23), morning)
    make.hold(session, person, place=Place.MAKE_UP)
    stands = course_of(evening, person).progress
    assert (stands.attended, stands.made_up, stands.done) == (0, 1, 1)


def test_sessions_at_an_earlier_level_do_not_count_for_this_course(evening):
    person = evening.member()
    partial = make.a_program(evening.by, template="php", name="Day program")
    day = make.a_track(
        evening.by, partial, name="Day", room="Room 6", start=time(9), days=range(5),
        first=date(2026, 11, 2), until=date(2026, 11, 6),
    )  # fmt: skip
    make.hold(evening.on(date(2026, 11, 3), day), person)
    assert course_of(evening, person).progress.done == 0


def test_many_courses_cost_as_much_as_one(evening, django_assert_max_num_queries):
    people = [evening.member() for _ in range(6)]
    for person in people:
        held(evening, person) if person is people[0] else None
    with django_assert_max_num_queries(7):
        found = courses_of([one.pk for one in people])
    assert found[str(people[0].pk)].done == 10
    assert found[str(people[1].pk)].done == 0
    assert courses_of([]) == {}
    with django_assert_max_num_queries(2):
        far = course.how_far([one.pk for one in people])
    assert {key: (one.done, one.planned, one.to_go) for key, one in far.items()} == {
        key: (one.done, one.planned, one.to_go) for key, one in found.items()
    }
    assert course.how_far([]) == {}


def test_how_far_a_course_is_agrees_with_reading_all_of_it(evening):
    """Nobody's membership, one that was replaced before it began, one at another level."""
    without, replaced, elsewhere = evening.person(), evening.member(), evening.member()
    held(evening, replaced)
    held(evening, elsewhere)
    Enrollment.objects.filter(client=replaced).update(until_date=F("from_date") - timedelta(days=1))
    partial = make.a_program(evening.by, template="php", name="Day program")
    day = make.a_track(
        evening.by, partial, name="Day", room="Room 6", start=time(9), days=range(5),
        first=date(2026, 11, 2), until=date(2026, 11, 6),
    )  # fmt: skip
    Enrollment.objects.filter(client=elsewhere).update(track=day)
    keys = [without.pk, replaced.pk, elsewhere.pk]
    far, read = course.how_far(keys), courses_of(keys)
    assert {key: (one.done, one.planned) for key, one in far.items()} == {
        key: (one.done, one.planned) for key, one in read.items()
    }
    assert far[str(replaced.pk)].planned == far[str(without.pk)].planned == 0
    assert far[str(elsewhere.pk)].done == 0


def test_who_has_no_membership_has_no_course_to_count(evening):
    person = evening.person()
    found = course_of(evening, person)
    assert (found.progress.planned, found.track, found.coming) == (0, "", ())
    nobody = evening.person(level="")
    assert not course_of(evening, nobody).has_open_episode


def test_a_chart_is_not_read_by_everyone(evening):
    person = evening.member()
    with pytest.raises(Refused):
        course.course_of(person.pk, by=evening.program.actor("bao"), today=TODAY, at=AT)
    jonah = evening.program.actor("jonah", evening.program.harbor)
    with tenancy.within(evening.program.harbor), pytest.raises(NotHere):
        course.course_of(person.pk, by=jonah, today=TODAY, at=AT)


# ---- weeks -------------------------------------------------------------------------------------


def test_a_week_is_held_against_the_rule_before_it_is_over(evening):
    person = evening.member()
    held(evening, person)
    this = next(one for one in course_of(evening, person).weeks if one.is_now)
    (against,) = this.against
    assert (against.so_far, against.at_most, against.outlook) == (180, 540, Outlook.ON_COURSE)
    assert [one.name for one in against.by] == ["Evening IOP", "Evening IOP"]


def test_a_missed_session_needs_an_hour_more_and_an_appointment_helps(evening):
    person = evening.member()
    held(evening, person, seen={10: Absent()})
    (against,) = next(one for one in course_of(evening, person).weeks if one.is_now).against
    assert (against.outlook, against.to_add) == (Outlook.NEEDS_MORE, 180)
    book(evening, person, minutes=60)
    (against,) = next(one for one in course_of(evening, person).weeks if one.is_now).against
    assert against.to_add == 120


def test_an_hour_that_was_missed_counts_nothing(evening):
    person = evening.member()
    made = book(evening, person, day=date(2026, 11, 23), minutes=60)
    record = {"appointment_id": made.pk, "by": evening.by, "at": AT}
    appointments.record_held(held=True, **record)
    this = next(one for one in course_of(evening, person).weeks if one.is_now)
    assert this.against[0].so_far == 60
    appointments.record_held(held=False, **record)
    this = next(one for one in course_of(evening, person).weeks if one.is_now)
    assert this.against[0].so_far == 0


def test_the_week_of_the_clock_change_has_its_nine_hours(evening):
    person = make.a_client(evening.by, opened=date(2026, 10, 26))
    early = make.a_track(
        evening.by, evening.iop, name="October", room="Room 3", days=[4, 5, 6],
        first=date(2026, 10, 30), until=date(2026, 11, 1),
    )  # fmt: skip
    make.in_track(evening.by, early, person, date(2026, 10, 26))
    for session in Session.objects.filter(track=early):
        make.hold(session, person)
    weeks = course_of(evening, person).weeks
    (against,) = next(one for one in weeks if one.first == date(2026, 10, 26)).against
    assert (against.so_far, against.outlook) == (540, Outlook.MET)


# ---- topics, make-ups --------------------------------------------------------------------------


def test_a_missing_topic_names_the_session_that_carries_it(evening):
    person = evening.person()
    make.in_track(evening.by, evening.track, person, days=[0])
    evening.other_track(topics=("Sleep",), until=date(2026, 12, 31))
    Session.objects.filter(track=evening.track).exclude(topics=["Triggers"]).delete()
    found = {one.name: one for one in course_of(evening, person).topics}
    assert found["Triggers"].state == "booked"
    assert found["Sleep"].state == "missing"
    assert found["Sleep"].carried_by[0].track == "Morning IOP"
    assert found["Sleep"].carried_by[0].local_date == WEDNESDAY_25
    assert found["Family"].carried_by == ()


def test_a_topic_slept_through_is_not_met(evening):
    person = evening.member()
    held(evening, person, until=date(2026, 11, 5), seen={1: Present(0, 60), 2: Present()})
    found = {one.name: one.state for one in course_of(evening, person).topics}
    assert (found["Triggers"], found["Sleep"]) == ("booked", "met")


def test_make_ups_are_offered_best_first_and_refused_with_reasons(evening):
    person = evening.person("Pat Doe")
    make.in_track(evening.by, evening.track, person, days=[0])
    Session.objects.filter(track=evening.track).exclude(topics=["Triggers"]).delete()
    evening.other_track(topics=("Triggers", "Sleep"))
    blocked = make.a_track(
        evening.by, evening.iop, name="Noon", start=time(12), room="Room 4", seats=1
    )
    partner = evening.person("Sam Lee")
    make.in_track(evening.by, blocked, partner)
    make.must_not_meet(evening.by, evening.owner, person, partner)
    found = make_ups.make_up_options(person.pk, by=evening.by, at=AT, today=TODAY)
    first = found.options[0]
    assert (first.session.track, first.topics) == ("Morning IOP", ("Sleep",))
    refused = next(one for one in found.refusals if one.session.track == "Noon")
    assert refused.objections == (Objection.NO_CONTACT, Objection.FULL)
    assert all(one.session.starts_at > AT for one in found.options)


def test_a_tracks_page_says_who_misses_what_in_a_fixed_number_of_queries(
    evening, django_assert_num_queries
):
    people = [evening.member() for _ in range(4)]
    held(evening, people[0])
    by = evening.program.actor("mara")
    with django_assert_num_queries(16):
        found = track.track(evening.track.pk, by=by, today=TODAY)
    done = {one.client_id: one.progress.done for one in found.roster}
    assert done[people[0].pk] == 10
    assert sum(done.values()) == 10
    calendar.cancel_session(
        session_id=evening.on(MONDAY_30).pk, reason="snow", by=evening.by, at=AT
    )
    evening.member()
    with django_assert_num_queries(16):
        found = track.track(evening.track.pk, by=by, today=TODAY)
    assert len(found.roster) == 5


# ---- hours and goals ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"start": time(18)}, errors.InAGroupThen),
        ({"minutes": 0}, OutOfRange),
        ({"service": Service.GROUP}, errors.GroupHour),
        ({"day": date(2026, 10, 1)}, errors.BeforeTheEpisode),
        ({"with_": "kim"}, errors.ColleagueGone),
        ({"zone": "Nowhere"}, NotATimeZone),
        ({"start": time(12, 30)}, errors.OtherHourThen),
    ],
)
def test_an_hour_that_cannot_be_is_not_booked(evening, given, why):
    person = evening.member()
    book(evening, person)
    with pytest.raises(why):
        book(evening, person, **({"start": time(15)} | given))


def test_a_colleague_has_one_hour_at_a_time(evening):
    book(evening, evening.member())
    with refused("Mara Whitfield has another hour on Wed, Nov 25"):
        book(evening, evening.member(), start=time(12, 30))
    book(evening, evening.member(), start=time(12, 30), with_="dev")


def test_an_hour_is_recorded_once_it_has_begun(evening):
    made = book(evening, evening.member())
    given = {"appointment_id": made.pk, "held": True, "by": evening.by}
    with pytest.raises(errors.NotHeldYet):
        appointments.record_held(at=AT, **given)
    began = datetime(2026, 11, 25, 12, tzinfo=timezone(timedelta(hours=-5)))
    assert appointments.record_held(at=began, **given).held


def test_sessions_and_goals_together_make_a_course_complete(evening):
    person, by = evening.member(), evening.program.actor("mara")
    on = {"on_date": TODAY, "by": by, "at": AT}
    first = goals.set_goal(client_id=person.pk, words=" Sleep before midnight ", **on)
    second = goals.set_goal(client_id=person.pk, words="Call my sister", **on)
    assert first.words == "Sleep before midnight"
    goals.meet_goal(goal_id=first.pk, **on)
    assert course_of(evening, person).standing is Standing.UNDER_WAY
    goals.drop_goal(goal_id=second.pk, **on)
    assert course_of(evening, person).standing is Standing.GOALS_MET_EARLY
    with pytest.raises(GoalEnded, match="met=True on=2026-11-24"):
        goals.drop_goal(goal_id=first.pk, **on)


@pytest.mark.parametrize(("words", "why"), [(" ", GoalMissing), ("x" * 301, GoalTooLong)])
def test_a_goal_says_something_short(evening, words, why):
    person, by = evening.member(), evening.program.actor("mara")
    with pytest.raises(why):
        goals.set_goal(client_id=person.pk, words=words, on_date=TODAY, by=by, at=AT)


def test_only_clinicians_set_goals_and_not_before_there_is_an_episode(evening):
    person = evening.member()
    with pytest.raises(Refused):
        goals.set_goal(client_id=person.pk, words="x", on_date=FIRST, by=evening.by, at=AT)
    nobody, mara = evening.person(level=""), evening.program.actor("mara")
    with pytest.raises(NoOpenEpisode):
        goals.set_goal(client_id=nobody.pk, words="x", on_date=FIRST, by=mara, at=AT)
