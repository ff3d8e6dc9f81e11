"""Enrolling, transferring, coming less often, pausing, ending, making up; and every refusal."""

from datetime import date, time, timedelta

import pytest

from handrail.areas.clients.errors import NoOpenEpisode
from handrail.areas.clients.models import Client, Episode, LevelStay
from handrail.areas.enrollment import errors
from handrail.areas.enrollment.services import appointments, enrollment
from handrail.areas.enrollment.services.discharge import discharge
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.errors import MustNotMeet
from handrail.areas.schedule.models import Enrollment, MakeUp
from handrail.areas.schedule.services import calendar
from handrail.core.access import Action, NotHere, Refused
from handrail.core.course.attendance import Absent
from handrail.core.course.enrollment import EndsBeforeItBegins, PauseEndsBeforeItBegins
from handrail.core.course.roster import Place
from handrail.core.course.weeks import Service
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories import programs as make
from tests.factories.programs import AT, FIRST, MONDAY, TODAY, WEDNESDAY
from tests.refused import refused

pytestmark = pytest.mark.django_db
WEDNESDAY_25 = date(2026, 11, 25)
MONDAY_30 = date(2026, 11, 30)


def expected(session):
    return set(facts.roster_of(session).people)


def transfer(evening, row, track, day=MONDAY_30):
    return enrollment.transfer(
        enrollment_id=row.pk,
        track_id=track.pk,
        from_date=day,
        reason="works days now",
        by=evening.by,
        at=AT,
    )


def book(evening, person, session):
    return enrollment.book_make_up(client_id=person.pk, session_id=session.pk, by=evening.by, at=AT)


# ---- enroll ------------------------------------------------------------------------------------


def test_someone_enrolled_is_expected_from_that_day_on(evening):
    person = evening.person()
    make.in_track(evening.by, evening.track, person, WEDNESDAY_25)
    assert str(person.pk) not in expected(evening.on(date(2026, 11, 23)))
    assert str(person.pk) in expected(evening.on(WEDNESDAY_25))


def test_the_trail_holds_keys_and_no_words(evening):
    person = evening.person()
    row = make.in_track(evening.by, evening.track, person)
    entry = AuditEntry.objects.filter(action=Action.ENROLL).latest("id")
    assert set(entry.subjects) == {
        f"client:{person.pk}",
        f"enrollment:{row.pk}",
        f"track:{evening.track.pk}",
    }
    assert entry.detail == {"what": "enroll"}


def test_without_an_open_episode_nobody_is_enrolled(evening):
    person = evening.person("Pat Doe", level="")
    with pytest.raises(NoOpenEpisode, match="name=Pat Doe"):
        make.in_track(evening.by, evening.track, person)


def test_another_level_of_care_is_refused_with_both_names(evening):
    person = evening.person("Pat Doe", level="php")
    with pytest.raises(
        errors.OtherLevel, match="name=Pat Doe level=php track=Evening IOP needed=iop"
    ):
        make.in_track(evening.by, evening.track, person)


def test_nobody_is_enrolled_before_admission(evening):
    person = evening.person(opened=WEDNESDAY_25)
    with pytest.raises(errors.BeforeAdmission, match="admitted=2026-11-25"):
        make.in_track(evening.by, evening.track, person)


def test_who_must_not_meet_is_not_enrolled_and_staff_read_who(evening):
    evening.member("Sam Lee")
    person = evening.person("Pat Doe")
    make.must_not_meet(evening.by, evening.owner, person, Client.objects.get(family_name="Lee"))
    with refused(r"Pat Doe and Sam Lee .* \(former partners\)", MustNotMeet):
        make.in_track(evening.by, evening.track, person)
    assert not Enrollment.objects.filter(client=person).exists()


def test_a_relative_of_the_facilitator_is_not_enrolled(evening):
    mara = evening.program.place("mara")
    led = evening.other_track(facilitators=[mara.pk])
    person = evening.person("Pat Doe")
    make.must_not_meet(evening.by, evening.owner, person, mara)
    with refused("Pat Doe and Mara Whitfield must not meet", MustNotMeet):
        make.in_track(evening.by, led, person)


def test_a_full_group_is_refused_with_the_day_and_the_numbers(evening):
    small = evening.other_track(seats=2)
    for _ in range(2):
        make.in_track(evening.by, small, evening.person())
    with pytest.raises(errors.TrackFull, match="Morning IOP day=2026-11-02 taken=2 seats=2"):
        make.in_track(evening.by, small, evening.person())


def test_a_full_group_says_when_a_seat_is_free(evening):
    small = evening.other_track(seats=1)
    row = make.in_track(evening.by, small, evening.person())
    enrollment.end_enrollment(
        enrollment_id=row.pk, last_day=WEDNESDAY_25, reason="Completed", by=evening.by, at=AT
    )
    with pytest.raises(errors.TrackFull, match="free_from=2026-11-26"):
        make.in_track(evening.by, small, evening.person())


def test_a_program_director_cannot_silently_overfill(evening):
    """The group's size is the law's, not the director's: the refusal is the same for everyone."""
    small = evening.other_track(seats=1)
    make.in_track(evening.program.actor("ruth"), small, evening.person())
    with pytest.raises(errors.TrackFull):
        make.in_track(evening.program.actor("paul"), small, evening.person())


def test_nobody_belongs_to_two_tracks_at_once(evening):
    person = evening.member("Pat Doe")
    for track in (evening.track, evening.other_track()):
        with pytest.raises(errors.BelongsAlready, match="track=Evening IOP since=2026-11-02"):
            make.in_track(evening.by, track, person, MONDAY_30)


def test_a_track_without_sessions_takes_nobody_yet(evening):
    person = evening.person()
    with pytest.raises(errors.NothingPlanned):
        make.in_track(evening.by, evening.track, person, date(2027, 6, 1))


def test_days_the_track_does_not_meet_on_are_refused(evening):
    with pytest.raises(errors.DaysNotMet):
        make.in_track(evening.by, evening.track, evening.person(), days=[4])


def test_someone_on_two_days_takes_seats_on_those_alone(evening):
    small = evening.other_track(seats=1)
    make.in_track(evening.by, small, evening.person(), days=[MONDAY, WEDNESDAY])
    make.in_track(evening.by, small, evening.person(), days=[3])
    with pytest.raises(errors.TrackFull):
        make.in_track(evening.by, small, evening.person(), days=[MONDAY])


def test_a_biller_does_not_enroll(evening):
    with pytest.raises(Refused):
        make.in_track(evening.program.actor("bao"), evening.track, evening.person())


def test_another_organizations_client_or_track_is_not_there(evening):
    program = evening.program
    with tenancy.within(program.harbor):
        theirs = make.a_client(program.actor("jonah", program.harbor))
    with pytest.raises(NotHere):
        make.in_track(evening.by, evening.track, theirs)
    jonah = program.actor("jonah", program.harbor)
    with tenancy.within(program.harbor), pytest.raises(NotHere):
        make.in_track(jonah, evening.track, theirs)


# ---- transfer, taper, pause, end ---------------------------------------------------------------


def test_a_transfer_ends_one_membership_and_begins_another(evening):
    person = evening.person()
    row = make.in_track(evening.by, evening.track, person)
    morning = evening.other_track()
    made = transfer(evening, row, morning)
    row.refresh_from_db()
    assert row.until_date == MONDAY_30 - timedelta(days=1)
    assert made.from_date == MONDAY_30
    assert str(person.pk) in expected(evening.on(WEDNESDAY_25))
    assert str(person.pk) not in expected(evening.on(MONDAY_30))
    assert str(person.pk) in expected(evening.on(MONDAY_30, morning))


def test_a_pause_goes_along_with_a_transfer(evening):
    person = evening.person()
    row = make.in_track(evening.by, evening.track, person)
    enrollment.pause(
        enrollment_id=row.pk,
        from_date=WEDNESDAY_25,
        until_date=date(2026, 12, 4),
        reason="surgery",
        by=evening.by,
        at=AT,
    )
    morning = evening.other_track()
    transfer(evening, row, morning)
    assert str(person.pk) not in expected(evening.on(date(2026, 12, 3), morning))
    assert str(person.pk) in expected(evening.on(date(2026, 12, 7), morning))


def test_a_transfer_is_checked_like_an_enrollment_and_changes_nothing_when_refused(evening):
    person = evening.person("Pat Doe")
    row = make.in_track(evening.by, evening.track, person)
    full = evening.other_track(seats=1)
    make.in_track(evening.by, full, evening.person())
    with pytest.raises(errors.TrackFull):
        transfer(evening, row, full)
    other = make.a_track(evening.by, evening.iop, name="Online", start=time(12), room="")
    partner = evening.person("Sam Lee")
    make.in_track(evening.by, other, partner)
    make.must_not_meet(evening.by, evening.owner, partner, person)
    with pytest.raises(MustNotMeet):
        transfer(evening, row, other)
    supportive = make.a_program(evening.by, template="sop", name="Supportive")
    lower = make.a_track(evening.by, supportive, name="SOP", start=time(8), room="Room 3")
    with pytest.raises(errors.OtherLevel):
        transfer(evening, row, lower)
    with pytest.raises(errors.InThisTrackAlready):
        transfer(evening, row, evening.track)
    row.refresh_from_db()
    assert row.until_date is None


def test_a_day_before_the_membership_is_no_day_to_transfer_on(evening):
    row = make.in_track(evening.by, evening.track, evening.person(), WEDNESDAY_25)
    with pytest.raises(EndsBeforeItBegins):
        transfer(evening, row, evening.other_track(), FIRST)


def test_what_was_attended_stays_inside_the_membership(evening):
    person = evening.person()
    row = make.in_track(evening.by, evening.track, person)
    make.hold(evening.on(date(2026, 11, 23)), person)
    with pytest.raises(errors.AttendedLater, match="2026-11-23"):
        enrollment.end_enrollment(
            enrollment_id=row.pk, last_day=date(2026, 11, 19), reason="x", by=evening.by, at=AT
        )
    with pytest.raises(errors.AttendedLater, match="2026-11-23"):
        transfer(evening, row, evening.other_track(), date(2026, 11, 20))


def test_coming_less_often_frees_the_other_days(evening):
    person = evening.person()
    row = make.in_track(evening.by, evening.track, person)
    enrollment.taper(enrollment_id=row.pk, days=[MONDAY], from_date=MONDAY_30, by=evening.by, at=AT)
    assert str(person.pk) in expected(evening.on(MONDAY_30))
    assert str(person.pk) not in expected(evening.on(date(2026, 12, 2)))


def test_who_pauses_is_not_expected_and_comes_back(evening):
    person = evening.person()
    row = make.in_track(evening.by, evening.track, person)
    made = enrollment.pause(
        enrollment_id=row.pk,
        from_date=WEDNESDAY_25,
        until_date=None,
        reason="in the hospital",
        by=evening.by,
        at=AT,
    )
    assert str(person.pk) not in expected(evening.on(MONDAY_30))
    enrollment.end_pause(pause_id=made.pk, last_day=date(2026, 11, 29), by=evening.by, at=AT)
    assert str(person.pk) in expected(evening.on(MONDAY_30))


def test_who_comes_back_needs_a_seat_again(evening):
    small = evening.other_track(seats=1)
    row = make.in_track(evening.by, small, evening.person())
    made = enrollment.pause(
        enrollment_id=row.pk,
        from_date=WEDNESDAY_25,
        until_date=None,
        reason="away",
        by=evening.by,
        at=AT,
    )
    make.in_track(evening.by, small, evening.person(), WEDNESDAY_25)
    with pytest.raises(errors.TrackFull, match="day=2026-11-30"):
        enrollment.end_pause(pause_id=made.pk, last_day=date(2026, 11, 29), by=evening.by, at=AT)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (WEDNESDAY_25, TODAY, PauseEndsBeforeItBegins),
        (date(2026, 10, 1), date(2026, 10, 9), errors.NotInTheMembership),
        (date(2026, 12, 2), None, errors.AwayAlready),
    ],
)
def test_a_pause_that_cannot_be_is_refused(evening, first, last, why):
    row = make.in_track(evening.by, evening.track, evening.person())
    given = {"enrollment_id": row.pk, "reason": "away", "by": evening.by, "at": AT}
    enrollment.pause(from_date=date(2026, 12, 1), until_date=date(2026, 12, 8), **given)
    with pytest.raises(why):
        enrollment.pause(from_date=first, until_date=last, **given)


def test_a_membership_ends_once_and_with_a_reason(evening):
    row = make.in_track(evening.by, evening.track, evening.person())
    given = {"enrollment_id": row.pk, "by": evening.by, "at": AT}
    with pytest.raises(errors.EndsWithoutReason):
        enrollment.end_enrollment(last_day=TODAY, reason=" ", **given)
    enrollment.end_enrollment(last_day=date(2026, 11, 22), reason="Completed", **given)
    with pytest.raises(errors.MembershipOver, match="2026-11-22"):
        enrollment.end_enrollment(last_day=MONDAY_30, reason="Completed", **given)


def test_a_planned_end_can_be_moved_later_when_there_is_a_seat(evening):
    small = evening.other_track(seats=1)
    row = make.in_track(evening.by, small, evening.person())
    given = {"enrollment_id": row.pk, "reason": "Insurer said so", "by": evening.by, "at": AT}
    enrollment.end_enrollment(last_day=WEDNESDAY_25, **given)
    moved = enrollment.end_enrollment(last_day=date(2026, 12, 2), **given)
    assert moved.until_date == date(2026, 12, 2)
    make.in_track(evening.by, small, evening.person(), date(2026, 12, 3))
    with pytest.raises(errors.TrackFull, match="day=2026-12-03"):
        enrollment.end_enrollment(last_day=date(2026, 12, 10), **given)


def test_no_pause_lasts_longer_than_the_membership(evening):
    row = make.in_track(evening.by, evening.track, evening.person())
    given = {"enrollment_id": row.pk, "reason": "away", "by": evening.by, "at": AT}
    enrollment.end_enrollment(last_day=MONDAY_30, **given)
    for first, last in ((date(2026, 12, 1), None), (WEDNESDAY_25, date(2026, 12, 1))):
        with pytest.raises(errors.AwayBeyondTheEnd, match="2026-11-30"):
            enrollment.pause(from_date=first, until_date=last, **given)


def test_a_make_up_that_the_course_does_not_need_is_asked_about(evening):
    evening.iop.sessions = 1
    evening.iop.save()
    person, morning = evening.member(), evening.other_track()
    given = {"client_id": person.pk, "by": evening.by, "at": AT}
    late = evening.on(date(2026, 12, 2), morning)
    with pytest.raises(errors.BeyondTheCourse, match="day=2026-12-02") as asked:
        enrollment.book_make_up(session_id=late.pk, **given)
    made = enrollment.book_make_up(session_id=late.pk, confirmed=asked.value.answer, **given)
    assert made.session_id == late.pk


def test_when_an_episode_ends_so_does_every_membership_and_make_up(evening):
    person = evening.member()
    made = book(evening, person, evening.on(WEDNESDAY_25, evening.other_track()))
    closed = discharge(
        episode_id=Episode.objects.get(client=person).pk,
        outcome="completed",
        summary="Finished the course; counseling once a week comes next.",
        by=evening.by,
        at=AT,
    )
    assert closed.closed_date == TODAY
    assert Enrollment.objects.get(client=person).until_date == TODAY
    made.refresh_from_db()
    assert made.canceled_by == "Paul Ferreira"


# ---- making up ---------------------------------------------------------------------------------


def test_a_make_up_is_expected_where_it_is_booked_and_nowhere_after_it_is_given_back(evening):
    person, morning = evening.member(), evening.other_track()
    session = evening.on(WEDNESDAY_25, morning)
    made = book(evening, person, session)
    assert facts.roster_of(session).places == {str(person.pk): Place.MAKE_UP}
    enrollment.cancel_make_up(make_up_id=made.pk, by=evening.by, at=AT)
    assert expected(session) == set()
    with pytest.raises(errors.MakeUpCanceled):
        enrollment.cancel_make_up(make_up_id=made.pk, by=evening.by, at=AT)


def test_every_reason_against_a_make_up(evening):
    person = evening.member("Pat Doe")
    morning = evening.other_track()
    with pytest.raises(errors.DoesNotFit, match="ALREADY_THERE"):
        book(evening, person, evening.on(WEDNESDAY_25))
    with pytest.raises(errors.DoesNotFit, match="HAS_BEGUN"):
        book(evening, person, evening.on(date(2026, 11, 23), morning))
    session = evening.on(WEDNESDAY_25, morning)
    calendar.cancel_session(session_id=session.pk, reason="flood", by=evening.by, at=AT)
    with pytest.raises(errors.DoesNotFit, match="HAS_BEGUN"):
        book(evening, person, session)
    calendar.restore_session(session_id=session.pk, by=evening.by, at=AT)
    book(evening, person, session)
    with pytest.raises(errors.DoesNotFit, match="ALREADY_THERE"):
        book(evening, person, session)
    clash = make.a_track(
        evening.by, evening.iop, name="Other evening", room="Room 3", start=time(19)
    )
    with pytest.raises(errors.DoesNotFit, match="CLASH"):
        book(evening, person, evening.on(WEDNESDAY_25, clash))
    supportive = make.a_program(evening.by, template="sop", name="Supportive")
    lower = make.a_track(evening.by, supportive, name="SOP", start=time(13), room="Room 4")
    with pytest.raises(errors.DoesNotFit, match="OTHER_LEVEL"):
        book(evening, person, evening.on(WEDNESDAY_25, lower))
    small = make.a_track(
        evening.by, evening.iop, name="Small", start=time(13), room="Room 5", seats=1
    )
    make.in_track(evening.by, small, evening.person())
    with pytest.raises(errors.DoesNotFit, match="FULL"):
        book(evening, person, evening.on(MONDAY_30, small))


def test_a_make_up_never_brings_together_who_must_not_meet_and_never_says_whom(evening):
    person, morning = evening.member("Pat Doe"), evening.other_track()
    partner = evening.person("Sam Lee")
    make.in_track(evening.by, morning, partner)
    make.must_not_meet(evening.by, evening.owner, person, partner)
    with pytest.raises(errors.DoesNotFit, match="NO_CONTACT") as refusal:
        book(evening, person, evening.on(WEDNESDAY_25, morning))
    assert "Lee" not in str(refusal.value)


def test_an_individual_hour_is_in_the_way_of_a_make_up(evening):
    person, morning = evening.member(), evening.other_track()
    appointments.book_appointment(
        client_id=person.pk,
        service=Service.INDIVIDUAL,
        local_date=WEDNESDAY_25,
        start=time(11),
        minutes=50,
        zone=make.NEW_YORK,
        membership_id=evening.program.place("mara").pk,
        by=evening.by,
        at=AT,
    )
    with pytest.raises(errors.DoesNotFit, match="CLASH"):
        book(evening, person, evening.on(WEDNESDAY_25, morning))


def test_after_the_episode_nothing_is_booked(evening):
    person = evening.person()
    LevelStay.objects.all().delete()
    Episode.objects.update(closed_date=TODAY, closed_by="Paul Ferreira", outcome="completed")
    with pytest.raises(NoOpenEpisode):
        book(evening, person, evening.on(WEDNESDAY_25))
    assert not MakeUp.objects.exists()


def test_an_absence_is_no_reason_to_keep_a_make_up_that_has_begun(evening):
    person, morning = evening.member(), evening.other_track()
    session = evening.on(WEDNESDAY_25, morning)
    made = book(evening, person, session)
    make.hold(session, person, Absent(), place=Place.MAKE_UP)
    with pytest.raises(errors.SessionOver):
        enrollment.cancel_make_up(make_up_id=made.pk, by=evening.by, at=AT)
