"""Finding a session to make up for a missed one."""

from dataclasses import replace
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.enrollment import Enrollment
from handrail.core.course.make_ups import Calendar, Objection, find_make_ups
from handrail.core.course.roster import MakeUp, NoContact, conflicts, roster
from handrail.core.course.schedule import schedule_course
from handrail.core.course.session_states import State
from tests.core.course.examples import (
    COURSE,
    EVENING,
    FRIDAY,
    MORNING,
    NOVEMBER_2,
    RULES,
    TUESDAY,
    at,
    memberships,
)

MORNINGS = schedule_course(MORNING, NOVEMBER_2, 24)
ONLINE = replace(EVENING, id="online", days=frozenset({TUESDAY, FRIDAY}))
EVENINGS_ONLINE = schedule_course(ONLINE, NOVEMBER_2, 16)
STEP_DOWN = schedule_course(replace(ONLINE, id="sop", level="sop", start=time(8, 0)), NOVEMBER_2, 2)
ANA = Enrollment("ana", "evening", NOVEMBER_2)
AFTER = at(2026, 11, 9, 12)


def calendar(sessions=(*COURSE, *MORNINGS, *EVENINGS_ONLINE), members=(ANA,), **more):
    return Calendar(
        tuple(sessions),
        tuple(members),
        more.get("make_ups", ()),
        RULES.limits,
        more.get("pairs", ()),
    )


def search(**more):
    asked = {name: more.pop(name) for name in ("busy", "missing_topics") if name in more}
    return find_make_ups("ana", "iop", calendar(**more), after=AFTER, **asked)


def objections(session, **more):
    refused = {one.session.key: one.objections for one in search(**more).refusals}
    return refused.get(session.key, ())


def test_the_soonest_comes_first_and_nothing_from_the_past():
    found = [one.session for one in search().options]
    assert found[0] == MORNINGS[3]
    assert (found[0].track, found[0].local_date) == ("morning", date(2026, 11, 9))
    assert all(one.starts_at > AFTER for one in found)
    assert found == sorted(found, key=lambda one: one.starts_at)


def test_a_session_with_a_missing_topic_comes_before_a_sooner_one():
    best = search(missing_topics=["family"]).options[0]
    assert best.topics == ("family",)
    assert (best.session.track, best.session.local_date) == ("online", date(2026, 11, 10))
    assert best.session.number == 3


def test_between_two_at_the_same_time_the_emptier_one_comes_first():
    twin = tuple(replace(one, track="a-twin") for one in MORNINGS)
    full = [Enrollment(f"p{n}", "a-twin", NOVEMBER_2) for n in range(3)]
    found = search(sessions=(*COURSE, *twin, *MORNINGS), members=(ANA, *full)).options
    assert [(one.session.track, one.free_seats) for one in found[:2]] == [
        ("morning", 16),
        ("a-twin", 13),
    ]


def test_a_session_without_a_limit_has_room_for_all():
    walk = replace(MORNINGS[5], segments=MORNINGS[5].segments[:1])
    (option,) = search(sessions=(walk,)).options
    assert option.free_seats is None


def test_every_reason_against_a_session_is_given():
    crowd = [Enrollment(f"p{n}", "morning", NOVEMBER_2) for n in range(16)]
    apart = (NoContact("ana", "p3"),)
    nine = MORNINGS[4]
    assert objections(nine, members=(ANA, *crowd), pairs=apart) == (
        Objection.NO_CONTACT,
        Objection.FULL,
    )
    assert objections(nine, busy=[(nine.starts_at, nine.ends_at)]) == (Objection.CLASH,)
    assert objections(nine, busy=[(nine.ends_at, nine.ends_at)]) == ()
    assert objections(COURSE[4]) == (Objection.ALREADY_THERE,)
    assert objections(nine, make_ups=(MakeUp("ana", nine.key),)) == (Objection.ALREADY_THERE,)


def test_own_sessions_and_booked_make_ups_clash():
    twin = replace(COURSE[4], track="twin")
    assert objections(twin, sessions=(*COURSE, twin)) == (Objection.CLASH,)
    other = replace(MORNINGS[4], track="other")
    booked = (MakeUp("ana", other.key),)
    assert objections(MORNINGS[4], sessions=(*MORNINGS, other), make_ups=booked) == (
        Objection.CLASH,
    )


def test_another_level_and_a_canceled_session_do_not_fit():
    later = find_make_ups("ana", "iop", calendar(STEP_DOWN), after=at(2026, 11, 1)).refusals
    assert {one.objections for one in later} == {(Objection.OTHER_LEVEL,)}
    canceled = replace(MORNINGS[4], state=State.CANCELED)
    assert objections(canceled, sessions=(canceled,)) == (Objection.HAS_BEGUN,)


@given(st.lists(memberships(), max_size=30), st.sets(st.sampled_from(EVENING.topics)))
def test_whatever_is_offered_fits_and_nothing_is_left_out(members, topics):
    pairs = (NoContact("ana", "ben"),)
    every = calendar(members=members, pairs=pairs)
    found = find_make_ups("ana", "iop", every, after=AFTER, missing_topics=sorted(topics))
    for option in found.options:
        there = roster(option.session, members)
        assert "ana" not in there.places
        assert not conflicts("ana", [there], pairs)
        assert len(there.places) < 16
    ranks = [-len(one.topics) for one in found.options]
    assert ranks == sorted(ranks)
    ahead = [one for one in every.sessions if one.starts_at > AFTER]
    assert len(found.options) + len(found.refusals) == len(ahead)
