"""Memberships, rosters, free seats, and people who must not meet."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.enrollment import (
    EndedBefore,
    EndsBeforeItBegins,
    Enrollment,
    Pause,
    PauseEndsBeforeItBegins,
    add_pause,
    end,
    taper,
    transfer,
)
from handrail.core.course.roster import (
    Conflict,
    MakeUp,
    NoContact,
    Place,
    conflicts,
    enrollment_conflicts,
    free_seats,
    make_up_conflicts,
    roster,
    size_limit,
)
from handrail.core.course.schedule import schedule_course
from handrail.core.course.schedule_changes import Change, cancel, change_this, find
from handrail.core.course.segments import Segment, SegmentKind
from tests.core.course.examples import (
    COURSE,
    MONDAY,
    MORNING,
    NOVEMBER_2,
    RULES,
    THURSDAY,
    expected,
    memberships,
)

ANA = Enrollment("ana", "evening", NOVEMBER_2)
BEN = Enrollment("ben", "evening", date(2026, 11, 9), until_date=date(2026, 11, 12))


def days_of(enrollment):
    return [one.local_date.day for one in COURSE[:11] if enrollment.expects(one)]


# ---- memberships -----------------------------------------------------------------------------


def test_a_membership_counts_from_its_first_to_its_last_day():
    assert days_of(ANA) == [2, 4, 5, 9, 11, 12, 16, 18, 19, 23, 25]
    assert days_of(BEN) == [9, 11, 12]
    assert not replace(ANA, track="morning").expects(COURSE[0])


def test_a_pause_takes_its_days_out_and_without_an_end_all_that_follow():
    away = add_pause(ANA, Pause(date(2026, 11, 5), date(2026, 11, 16), "hospital"))
    assert days_of(away) == [2, 4, 18, 19, 23, 25]
    assert days_of(add_pause(away, Pause(date(2026, 11, 23)))) == [2, 4, 18, 19]


def test_a_transfer_leaves_no_day_out_and_none_twice():
    away = add_pause(ANA, Pause(date(2026, 11, 18), date(2026, 11, 18)))
    ended, new = transfer(away, "morning", date(2026, 11, 11))
    assert days_of(ended) == [2, 4, 5, 9]
    assert (new.track, new.from_date, new.pauses) == ("morning", date(2026, 11, 11), away.pauses)


def test_on_the_last_day_there_is_still_a_day_to_transfer():
    ended, new = transfer(BEN, "morning", date(2026, 11, 12))
    assert days_of(ended) == [9, 11]
    assert (new.from_date, new.until_date) == (date(2026, 11, 12), date(2026, 11, 12))


def test_tapering_keeps_the_track_and_takes_fewer_days():
    ended, new = taper(ANA, frozenset({MONDAY}), date(2026, 11, 16))
    assert days_of(ended) == [2, 4, 5, 9, 11, 12]
    assert days_of(new) == [16, 23]


def test_who_comes_on_mondays_comes_to_a_monday_group_held_on_a_friday():
    moved = change_this(COURSE, COURSE[3].key, Change("Flood", local_date=date(2026, 11, 13)))
    session = find(moved, COURSE[3].key)
    assert replace(ANA, days=frozenset({MONDAY})).expects(session)
    assert not replace(ANA, days=frozenset({THURSDAY})).expects(session)
    assert not BEN.expects(session)


def test_a_membership_replaced_before_it_began_has_no_day():
    ended, _ = transfer(ANA, "morning", ANA.from_date)
    assert days_of(ended) == []


@pytest.mark.parametrize(
    ("act", "wrong"),
    [
        (lambda: end(BEN, date(2026, 11, 20)), EndedBefore),
        (lambda: end(ANA, date(2026, 10, 1)), EndsBeforeItBegins),
        (lambda: transfer(BEN, "morning", date(2026, 11, 13)), EndedBefore),
        (lambda: taper(ANA, frozenset(), date(2026, 11, 1)), EndsBeforeItBegins),
        (
            lambda: add_pause(ANA, Pause(date(2026, 11, 9), date(2026, 11, 8))),
            PauseEndsBeforeItBegins,
        ),
    ],
)
def test_memberships_that_cannot_be_are_refused(act, wrong):
    with pytest.raises(wrong):
        act()


# ---- rosters ---------------------------------------------------------------------------------


def test_a_roster_has_the_enrolled_and_those_making_up():
    make_ups = [MakeUp("cho", COURSE[3].key), MakeUp("ana", COURSE[3].key), MakeUp("dee", ("x", 1))]
    made = roster(COURSE[3], [BEN, ANA], make_ups)
    assert made.places == {"ana": Place.ENROLLED, "ben": Place.ENROLLED, "cho": Place.MAKE_UP}
    assert made.people == ("ana", "ben", "cho")


@given(st.lists(memberships(), max_size=6), st.sampled_from(COURSE), st.randoms())
def test_the_order_of_memberships_does_not_matter(members, session, chance):
    shuffled = list(members)
    chance.shuffle(shuffled)
    first, second = roster(session, members), roster(session, shuffled)
    assert list(first.places.items()) == list(second.places.items())
    assert set(first.people) == {one.person for one in members if one.expects(session)}


@given(st.lists(memberships(), max_size=5), memberships())
def test_adding_a_person_changes_nobody_elses_place(members, another):
    for session in COURSE:
        before, after = roster(session, members).places, roster(session, [*members, another]).places
        assert {k: v for k, v in after.items() if k != another.person} == {
            k: v for k, v in before.items() if k != another.person
        }


# ---- seats -----------------------------------------------------------------------------------


def test_a_session_with_a_process_group_takes_sixteen():
    people = [f"p{number:02}" for number in range(16)]
    assert free_seats(expected(*people[:14]), RULES.limits) == 2
    assert free_seats(expected(*people), RULES.limits) == 0
    assert free_seats(expected(*people, "one more"), RULES.limits) == 0


def test_a_small_room_takes_fewer():
    small = replace(COURSE[0], seats=10)
    assert size_limit(small, RULES.limits) == 10
    assert size_limit(replace(COURSE[0], seats=40), RULES.limits) == 16


def test_education_alone_takes_thirty_five_and_a_walk_has_no_limit():
    lecture = replace(COURSE[0], segments=COURSE[0].segments[3:4])
    walk = replace(COURSE[0], segments=(Segment(SegmentKind.ACTIVITY, "Walk", 60, True),))
    assert size_limit(lecture, RULES.limits) == 35
    assert free_seats(roster(lecture, [ANA]), RULES.limits) == 34
    assert free_seats(roster(walk, [ANA]), RULES.limits) is None


# ---- no contact ------------------------------------------------------------------------------

APART = NoContact("ben", "ana", "former partners")


def test_two_who_must_not_meet_are_found_from_either_side():
    there = expected("ana", "ben", "cho")
    key = COURSE[0].key
    assert conflicts("ana", [there], [APART]) == (Conflict(key, "ana", "ben", "former partners"),)
    assert conflicts("ben", [there], [APART]) == (Conflict(key, "ben", "ana", "former partners"),)
    assert conflicts("cho", [there], [APART]) == ()


def test_a_relative_of_the_facilitator_is_found():
    found = conflicts("zoe", [expected("ana")], [NoContact("dana", "zoe", "sisters")])
    assert [one.partner for one in found] == ["dana"]


def test_an_enrollment_meets_only_where_both_are_expected():
    wanted = Enrollment("ana", "evening", date(2026, 11, 11))
    found = enrollment_conflicts(wanted, COURSE, [BEN], [APART])
    assert [one.session for one in found] == [COURSE[4].key, COURSE[5].key]
    mondays = replace(wanted, days=frozenset({MONDAY}))
    assert enrollment_conflicts(mondays, COURSE, [BEN], [APART]) == ()


def test_a_transfer_is_checked_against_the_new_track():
    morning = schedule_course(MORNING, NOVEMBER_2, 6)
    there = Enrollment("ben", "morning", NOVEMBER_2)
    _, new = transfer(ANA, "morning", date(2026, 11, 9))
    found = enrollment_conflicts(new, [*COURSE, *morning], [ANA, there], [APART])
    assert [one.session for one in found] == [one.key for one in morning[3:]]


def test_a_booked_make_up_counts_and_a_canceled_session_does_not():
    guest = [MakeUp("ben", COURSE[0].key), MakeUp("ben", COURSE[1].key)]
    found = enrollment_conflicts(ANA, cancel(COURSE, COURSE[0].key), [], [APART], guest)
    assert [one.session for one in found] == [COURSE[1].key]


def test_a_make_up_is_checked_against_its_session():
    assert make_up_conflicts(MakeUp("ana", COURSE[3].key), COURSE, [BEN], [APART])
    assert not make_up_conflicts(MakeUp("ana", COURSE[0].key), COURSE, [BEN], [APART])
