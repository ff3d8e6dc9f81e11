"""The waiting list: its order, for whom a seat is, and when somebody calls."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.waiting import (
    Waiting,
    WaitingRulesError,
    admit_until,
    in_order,
    interim_until,
    next_attempt,
    read_waiting,
    seats_for,
)
from handrail.data import read_table, waiting_rules

RULES = waiting_rules()
CODES = [one.code for one in RULES.priorities]
DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)

TRACKS = ("evening", "morning")
a_place = st.builds(
    Waiting,
    key=st.uuids().map(str),
    priority=st.sampled_from(CODES),
    since=st.dates(DAY - timedelta(days=5), DAY),
    put_on_at=st.integers(0, 9).map(lambda minutes: AT - timedelta(minutes=minutes)),
    track=st.sampled_from(("", *TRACKS)),
)
some_places = st.lists(a_place, max_size=12, unique_by=lambda one: one.key)
some_seats = st.fixed_dictionaries({one: st.one_of(st.none(), st.integers(0, 3)) for one in TRACKS})


def place(key="a", priority="others", days=0, track=""):
    return Waiting(key, priority, DAY - timedelta(days=days), AT, track)


def test_the_groups_stand_in_the_order_of_the_regulation():
    assert CODES == ["pregnant_injects", "pregnant", "injects", "others"]
    line = [place("x", "others", 90), place("y", "injects", 2), place("z", "pregnant", 1)]
    line.append(place("w", "pregnant_injects"))
    assert [one.key for one in in_order(line, RULES)] == ["w", "z", "y", "x"]


@given(some_places, st.randoms())
def test_the_order_is_the_same_however_it_is_given_and_nobody_is_overtaken(places, chance):
    line = in_order(places, RULES)
    shuffled = list(places)
    chance.shuffle(shuffled)
    assert in_order(shuffled, RULES) == line
    assert sorted(one.key for one in line) == sorted(one.key for one in places)
    for at, one in enumerate(line):
        for later in line[at + 1 :]:
            assert RULES.rank(one.priority) <= RULES.rank(later.priority)
            if one.priority == later.priority:
                assert one.since <= later.since


@given(some_places, a_place)
def test_who_is_put_on_or_leaves_changes_nobody_elses_order(places, other):
    line = in_order(places, RULES)
    longer = in_order([*(one for one in places if one.key != other.key), other], RULES)
    kept = [one for one in longer if one.key != other.key]
    assert kept == [one for one in line if one.key != other.key]


@given(some_places, some_seats)
def test_a_seat_is_given_once_and_never_past_someone_it_would_suit(places, free):
    line = in_order(places, RULES)
    found = seats_for(line, free)
    for track, seats in free.items():
        taken = [key for key, where in found.items() if where == track]
        assert seats is None or len(taken) <= seats
    for one in line:
        if one.key not in found:
            wished = [one.track] if one.track else list(TRACKS)
            later = {each.key for each in line[line.index(one) + 1 :]}
            assert not [key for key, where in found.items() if where in wished and key in later]
        else:
            assert one.track in ("", found[one.key])


def test_who_wishes_for_a_full_track_keeps_their_place_and_the_next_is_asked():
    line = in_order([place("first", days=9, track="evening"), place("next", days=3)], RULES)
    assert seats_for(line, {"evening": 0, "morning": 1}) == {"next": "morning"}


def test_somebody_calls_every_week_and_with_a_seat_at_once_and_every_day():
    assert next_attempt(DAY, [], RULES) == DAY + timedelta(days=7)
    assert next_attempt(DAY, [DAY + timedelta(days=3)], RULES) == DAY + timedelta(days=10)
    assert next_attempt(DAY, [], RULES, has_seat=True) == DAY
    assert next_attempt(DAY, [DAY], RULES, has_seat=True) == DAY + timedelta(days=1)


def test_what_is_offered_meanwhile_and_until_when():
    assert interim_until(place(priority="injects"), RULES) == DAY + timedelta(days=2)
    assert interim_until(place(), RULES) is None
    fourteen = admit_until(place(priority="injects"), RULES, interim_offered=False)
    longest = admit_until(place(priority="injects"), RULES, interim_offered=True)
    assert (fourteen, longest) == (DAY + timedelta(days=14), DAY + timedelta(days=120))
    assert admit_until(place(), RULES, interim_offered=False) is None


@pytest.mark.parametrize(
    "change",
    [
        {"priority": []},
        {"priority": [{"code": "a", "words": "A", "why": "B", "interim": False}] * 2},
        {"attempts": {"every_days": 0, "with_a_seat_every_days": 1}},
    ],
)
def test_rules_without_sense_are_refused(change):
    with pytest.raises(WaitingRulesError):
        read_waiting(read_table("waiting.toml") | change)


def test_a_group_that_is_not_known_any_more_stands_last():
    assert RULES.priority("gone").code == "others"
