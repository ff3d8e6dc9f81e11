"""Closing an evening: everyone ends with a status, nothing is dropped."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.attendance import Absent, Present, Status
from handrail.core.course.closing import Circumstances, ClosingRules, EndsLater, close_session
from handrail.core.course.errors import CourseError, NotInThisState
from handrail.core.course.roster import MakeUp, NoContact, Place, roster
from handrail.core.course.session_states import State
from tests.core.course.examples import COURSE, IOP, RULES, at, expected, running

NINE = at(2026, 11, 3, 2)
"""Nine in the evening of Monday 2 November in New York."""

CLOSING = ClosingRules(IOP.minimum, RULES.outreach_clocks, RULES.late_after)
THREE_HOURS = RULES.payer_minimums["three-hours-a-day"]


def close(there, seen, **known):
    return close_session(there, seen, CLOSING, Circumstances(**known), at=NINE)


def calls(closing):
    return [(one.person, one.due_at - NINE, one.clock) for one in closing.outreach]


def test_an_evening_of_five():
    done = close(
        expected("ana", "ben", "cho", "dee"),
        {
            "dee": Absent(),
            "cho": Present(left=120),
            "ben": Present(arrived=15),
            "ana": Present(),
            "eli": Present(),
        },
        payer_minimums={"ana": THREE_HOURS, "ben": THREE_HOURS},
    )
    assert [(one.person, one.status) for one in done.attendances] == [
        ("ana", Status.ATTENDED),
        ("ben", Status.LATE),
        ("cho", Status.LEFT_EARLY),
        ("dee", Status.ABSENT_UNEXCUSED),
        ("eli", Status.ATTENDED),
    ]
    assert [(one.person, one.counts, one.shortfall, one.billable) for one in done.credits] == [
        ("ana", True, 0, True),
        ("ben", True, 0, False),
        ("cho", False, 30, None),
        ("dee", False, 150, None),
        ("eli", True, 0, None),
    ]
    assert calls(done) == [("dee", timedelta(hours=2), "tonight")]
    assert done.unannounced == ("eli",)
    assert (done.state, done.session, done.closed_at) == (
        State.TO_BE_SIGNED,
        COURSE[0].key,
        NINE,
    )


@pytest.mark.parametrize("flag", ["suicide_risk", "overdose_risk"])
@pytest.mark.parametrize(
    "seen", [Absent(), Absent("fever"), Present(left=60), Present(arrived=90, left=150)]
)
def test_someone_at_risk_who_was_not_there_to_the_end_is_called_now(flag, seen):
    done = close(expected("ana"), {"ana": seen}, flags={"ana": {flag, "other"}})
    (call,) = done.outreach
    assert call.due_at == NINE
    assert call.steps == ("call", "contact_person", "welfare_check")
    assert "now" in call.why


def test_a_make_up_at_risk_who_leaves_early_is_called_too():
    there = roster(running(COURSE[0]), [], [MakeUp("ana", COURSE[0].key)])
    done = close(there, {"ana": Present(left=60)}, flags={"ana": {"suicide_risk"}})
    assert calls(done) == [("ana", timedelta(0), "suicide-risk")]
    late = close(there, {"ana": Present(arrived=60)}, flags={"ana": {"suicide_risk"}})
    assert calls(late) == []


def test_an_excused_absence_is_followed_up_within_a_day():
    done = close(expected("ana"), {"ana": Absent("fever")})
    assert calls(done) == [("ana", timedelta(days=1), "next-day")]


def test_someone_who_left_early_without_a_flag_is_not_called():
    assert close(expected("ana"), {"ana": Present(left=60)}).outreach == ()


def test_a_table_of_clocks_with_a_gap_loses_nobody():
    bare = replace(CLOSING, clocks=())
    (call,) = close_session(
        expected("ana"), {"ana": Absent()}, bare, Circumstances(), at=NINE
    ).outreach
    assert (call.person, call.due_at) == ("ana", NINE)


def test_a_make_up_is_credited_and_a_make_up_who_did_not_come_is_called():
    there = roster(running(COURSE[0]), [], [MakeUp(p, COURSE[0].key) for p in ("ana", "ben")])
    done = close(there, {"ana": Present(), "ben": Absent()})
    assert [one.status for one in done.attendances] == [Status.MAKE_UP, Status.ABSENT_UNEXCUSED]
    assert [(one.counts, one.place) for one in done.credits] == [
        (True, Place.MAKE_UP),
        (False, Place.MAKE_UP),
    ]
    assert [one.person for one in done.outreach] == ["ben"]


def test_two_who_should_not_have_met_are_reported_once():
    apart = (NoContact("ana", "eli", "former partners"), NoContact("ana", "ben"))
    seen = {"ana": Present(), "ben": Absent("fever"), "eli": Present()}
    done = close(expected("ana", "ben"), seen, pairs=apart)
    assert [{one.person, one.partner} for one in done.met_anyway] == [{"ana", "eli"}]


@pytest.mark.parametrize(
    ("there", "seen", "told"),
    [
        (expected("ana", "ben", "cho"), {"ben": Present()}, "Still open: ana, cho"),
        (expected("ana"), {"ana": Present(), "eli": Absent()}, "eli was not expected"),
        (expected("ana"), {"ana": Present(left=200)}, "the session has 180"),
    ],
)
def test_an_evening_that_cannot_be_closed_says_why(there, seen, told):
    with pytest.raises(CourseError, match=told):
        close(there, seen)


def test_an_evening_that_has_not_begun_is_not_closed():
    there = replace(expected("ana"), session=COURSE[0])
    with pytest.raises(NotInThisState, match=r"act=Act.CLOSE state=State.PLANNED"):
        close(there, {"ana": Present()})


# ---- laws ------------------------------------------------------------------------------------

SEEN = st.one_of(
    st.builds(Absent, st.sampled_from(["", "fever"])),
    st.builds(Present, st.integers(0, 89), st.none() | st.integers(90, 180)),
)
EVENING = st.dictionaries(st.sampled_from("abcdefghijklmnop"), SEEN, max_size=16)
ARRIVALS = st.dictionaries(st.sampled_from("xyz"), st.just(Present()), max_size=3)
FLAGS = st.dictionaries(
    st.sampled_from("abcdefghijklmnop"),
    st.sets(st.sampled_from(["suicide_risk", "overdose_risk", "no_contact"])),
)


@given(EVENING, ARRIVALS, FLAGS)
def test_everyone_is_accounted_for_once(seen, arrivals, flags):
    done = close(expected(*seen), {**seen, **arrivals}, flags=flags)
    everyone = sorted({**seen, **arrivals})
    assert [one.person for one in done.attendances] == everyone
    assert [one.person for one in done.credits] == everyone
    assert sorted(done.unannounced) == sorted(arrivals)
    for one in done.credits:
        assert one.counts or (one.shortfall > 0 and one.why)
    absent = {one.person for one in done.attendances if one.status.is_absence}
    called = [one.person for one in done.outreach]
    assert absent <= set(called)
    assert len(called) == len(set(called))


@given(EVENING, FLAGS, FLAGS)
def test_one_more_concern_never_means_a_later_call_or_none(seen, some, more):
    def due(flags):
        return {
            one.person: one.due_at for one in close(expected(*seen), seen, flags=flags).outreach
        }

    both = {p: set(some.get(p, ())) | set(more.get(p, ())) for p in {**some, **more}}
    before, after = due(some), due(both)
    assert all(after[person] <= moment for person, moment in before.items())


@given(EVENING, FLAGS, st.randoms())
def test_the_order_in_which_people_are_recorded_does_not_matter(seen, flags, chance):
    shuffled = list(seen.items())
    chance.shuffle(shuffled)
    assert close(expected(*seen), seen, flags=flags) == close(
        expected(*reversed(list(seen))), dict(shuffled), flags=flags
    )


def test_closing_long_before_the_planned_end_asks_first():
    early = NINE - timedelta(minutes=100)
    rules = replace(CLOSING, close_within=10)
    with pytest.raises(EndsLater) as asked:
        close_session(expected("ana"), {"ana": Present()}, rules, Circumstances(), at=early)
    assert asked.value.ends_at == NINE


def test_when_it_ended_early_nobody_left_early_and_no_minute_after_it_counts():
    early = NINE - timedelta(minutes=100)
    done = close_session(
        expected("ana", "ben", "cho", "dee"),
        {
            "ana": Present(),
            "ben": Present(arrived=90),
            "cho": Present(left=40),
            "dee": Absent("child is sick"),
        },
        CLOSING,
        Circumstances(flags={"ana": ["suicide_risk"], "cho": ["suicide_risk"]}),
        at=early,
        ended_early=True,
    )
    assert done.ended == 80
    assert [(one.person, one.status, one.arrived, one.left) for one in done.attendances] == [
        ("ana", Status.ATTENDED, 0, 80),
        ("ben", Status.LATE, 79, 80),
        ("cho", Status.LEFT_EARLY, 0, 40),
        ("dee", Status.ABSENT_EXCUSED, 0, 0),
    ]
    assert [one.person for one in done.outreach] == ["cho", "dee"]
    assert not any(one.counts for one in done.credits)
