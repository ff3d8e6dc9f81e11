"""Which topics someone has met, which are missing, and where they come."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.attendance import Absent, Present, attend
from handrail.core.course.roster import Place
from handrail.core.course.schedule import schedule_course
from handrail.core.course.segments import Segment, SegmentKind
from handrail.core.course.session_states import State
from handrail.core.course.topics import coverage, topics_met
from tests.core.course.examples import COURSE, EVENING, MORNING, NOVEMBER_2

BY_KEY = {one.key: one for one in COURSE}


def was(session, seen=None):
    return attend("ana", session, Place.ENROLLED, seen or Present())


def test_someone_who_joined_at_the_third_session_has_met_the_third_topic_first():
    assert topics_met([was(COURSE[2]), was(COURSE[3])], BY_KEY) == {"family", "refusing"}


def test_a_topic_is_met_by_half_of_its_education_part():
    # Education runs from minute 100 to 160.
    assert topics_met([was(COURSE[0], Present(left=130))], BY_KEY) == {"triggers"}
    assert topics_met([was(COURSE[0], Present(left=129))], BY_KEY) == set()
    assert topics_met([was(COURSE[0], Present(left=129))], BY_KEY, percent=40) == {"triggers"}
    assert topics_met([was(COURSE[0], Absent())], BY_KEY, percent=0) == set()


def test_without_an_education_part_the_whole_session_carries_the_topic():
    walk = replace(COURSE[0], segments=(Segment(SegmentKind.ACTIVITY, "Walk", 60, True),))
    assert topics_met([was(walk, Present(30))], {walk.key: walk}) == {"triggers"}
    assert topics_met([was(walk, Present(31))], {walk.key: walk}) == set()


def test_missing_topics_name_the_coming_sessions_of_any_track():
    morning = schedule_course(MORNING, NOVEMBER_2, 8)
    own = [COURSE[5], replace(COURSE[4], state=State.CANCELED)]
    found = coverage(EVENING.topics, {"family"}, own, [*COURSE[6:], *morning[2:]])
    assert found.met == ("family",)
    assert found.booked == ("sleep",)
    assert found.missing == ("triggers", "refusing")
    assert found.carried_by["triggers"][0] == morning[4]
    starts = [one.starts_at for one in found.carried_by["refusing"]]
    assert starts == sorted(starts)


def test_a_topic_that_nobody_carries_is_missing_with_no_session():
    found = coverage(["housing"], set(), COURSE, COURSE)
    assert (found.missing, found.carried_by) == (("housing",), {"housing": ()})


@given(st.sets(st.sampled_from(EVENING.topics)), st.sets(st.sampled_from(COURSE)))
def test_each_topic_is_met_booked_or_missing_and_only_one_of_these(met, own):
    found = coverage(EVENING.topics, met, own, COURSE)
    assert sorted(found.met + found.booked + found.missing) == sorted(EVENING.topics)
    for topic, sessions in found.carried_by.items():
        assert all(topic in one.topics for one in sessions)
