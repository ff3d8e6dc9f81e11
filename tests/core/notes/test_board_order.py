"""Who stands where on the session board, and why."""

from itertools import permutations

import pytest

from handrail.core.notes.board_order import OnTheBoard, Rank, board_order

PEOPLE = (
    OnTheBoard("1", "Zoe Adams", {"suicide_risk"}, attended=3, to_go=20),
    OnTheBoard("2", "Al Baker", {"overdose_risk", "no_contact"}, attended=3, to_go=20),
    OnTheBoard("3", "Moe Adams", missed=2, attended=3, to_go=20),
    OnTheBoard("4", "Bea Adams", missed=1, attended=3, to_go=20),
    OnTheBoard("5", "Cy Adams", attended=23, to_go=1),
    OnTheBoard("6", "Dee Adams", attended=0, to_go=24),
    OnTheBoard("7", "Élan Adams", {"no_contact"}, attended=9, to_go=15),
    OnTheBoard("8", "Eve Adams", attended=9),
)


def test_risk_first_then_absence_then_beginnings_and_ends_then_by_name():
    tiles = board_order(PEOPLE, ending_within=2)
    assert [(tile.person, tile.reasons) for tile in tiles] == [
        ("1", ("Suicide flag is open",)),
        ("2", ("Overdose flag is open",)),
        ("4", ("Missed the last session",)),
        ("3", ("Missed the last 2 sessions",)),
        ("5", ("Last planned session",)),
        ("6", ("First session",)),
        ("7", ()),
        ("8", ()),
    ]


def test_the_order_does_not_hang_on_the_order_of_arrival():
    orders = {board_order(some, ending_within=2) for some in permutations(PEOPLE[3:])}
    assert len(orders) == 1


def test_every_reason_is_said_and_the_weightiest_decides():
    one = OnTheBoard("1", "Al", {"overdose_risk", "suicide_risk"}, missed=1, attended=0, to_go=2)
    (tile,) = board_order([one], ending_within=2)
    assert tile.rank is Rank.SUICIDE_RISK
    assert tile.reasons == (
        "Suicide flag is open",
        "Overdose flag is open",
        "Missed the last session",
        "2 sessions to go, tonight included",
        "First session",
    )


@pytest.mark.parametrize("to_go", [0, -1])
def test_who_stays_past_the_planned_end_is_not_forgotten(to_go):
    (tile,) = board_order([OnTheBoard("1", "Al", attended=24, to_go=to_go)], ending_within=2)
    assert tile.reasons == ("Past the planned last session",)


def test_namesakes_keep_their_places():
    two = (OnTheBoard("b", "Al", attended=1), OnTheBoard("a", "Al", attended=1))
    assert [tile.person for tile in board_order(two, ending_within=2)] == ["a", "b"]
