"""What stands between a note and a signature, as the facilitator reads it."""

from dataclasses import replace
from datetime import date, time

import pytest

from handrail.core.course.attendance import Status
from handrail.core.course.schedule import Modality
from handrail.core.notes.checklist import (
    PointKind,
    RiskReason,
    mention_points,
    open_points,
    risk_due,
)
from handrail.core.notes.content import GroupContent, IndividualContent
from handrail.core.notes.copy_check import Alike
from handrail.core.notes.errors import NoteError
from handrail.core.notes.names import Mention

TONIGHT = GroupContent(
    track="Evening IOP",
    number=14,
    local_date=date(2026, 11, 23),
    zone="America/New_York",
    start=time(18, 0),
    stop=time(21, 0),
    modality=Modality.ROOM,
    place="Room 2",
)
ROSA = IndividualContent(
    client="rosa",
    status=Status.ATTENDED,
    words="Spoke about the wedding and asked for help before it came.",
    goal="Three evenings a week without a drink",
    arrived=0,
    left=180,
    attended_minutes=180,
    therapeutic_minutes=160,
)
AWAY = IndividualContent("rosa", Status.ABSENT_UNEXCUSED, outreach="Call by 21:15; no answer yet.")
FLAGGED = risk_due(changed=False, open_flags=["suicide"], sessions_since_last=1, every=6)
JORDAN = Mention("Jordan", "jordan", 0, 6, sure=True, field="words")
WILL = Mention("Will", "will", 10, 14, sure=False, field="plan")
LIKE_BEN = Alike("ben", "rosa", 83, "identified two triggers for using")
LIKE_LAST_TIME = Alike("rosa", None, 90, "spoke about the wedding")
NAMES = {"jordan": "Jordan Okafor", "will": "Will Turner", "ben": "Ben Lind"}


def kinds(group=TONIGHT, individual=ROSA, **found):
    return [point.kind for point in open_points(group, individual, **found)]


def test_a_whole_note_has_nothing_open():
    assert open_points(TONIGHT, ROSA) == ()


@pytest.mark.parametrize(
    ("change", "kind", "field"),
    [
        ({"status": None}, PointKind.ATTENDANCE_NOT_MARKED, "status"),
        ({"words": "  \n"}, PointKind.OWN_WORDS_MISSING, "words"),
        ({"goal": ""}, PointKind.GOAL_MISSING, "goal"),
        ({"attended_minutes": None}, PointKind.MINUTES_MISSING, "minutes"),
        ({"attended_minutes": 0}, PointKind.MINUTES_MISSING, "minutes"),
        ({"therapeutic_minutes": None}, PointKind.MINUTES_MISSING, "minutes"),
        ({"arrived": None}, PointKind.MINUTES_MISSING, "minutes"),
        ({"left": None}, PointKind.MINUTES_MISSING, "minutes"),
    ],
)
def test_what_is_missing_of_a_persons_own_part_blocks(change, kind, field):
    (point,) = open_points(TONIGHT, replace(ROSA, **change))
    assert (point.kind, point.field, point.blocks) == (kind, field, True)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"start": None}, PointKind.START_STOP_MISSING),
        ({"stop": None}, PointKind.START_STOP_MISSING),
        ({"modality": None}, PointKind.MODALITY_MISSING),
        ({"modality": Modality.MIXED}, PointKind.MODALITY_MISSING),
        ({"modality": Modality.ONLINE}, PointKind.PLACE_MISSING),
    ],
)
def test_what_is_missing_of_the_session_blocks(change, kind):
    assert kinds(replace(TONIGHT, **change)) == [kind]


def test_who_joins_online_says_where_they_are():
    mixed = replace(TONIGHT, modality=Modality.MIXED)
    online = replace(ROSA, modality=Modality.ONLINE)
    assert kinds(mixed, online) == [PointKind.PLACE_MISSING]
    assert kinds(mixed, replace(online, place="At her aunt's, 12 Elm St")) == []
    assert kinds(mixed, replace(ROSA, modality=Modality.ROOM)) == []


def test_who_was_there_no_minute_because_of_therapy_breaks_may_still_sign():
    assert kinds(individual=replace(ROSA, therapeutic_minutes=0)) == []


def test_an_absence_note_needs_no_words_but_says_what_is_done():
    assert kinds(individual=AWAY) == []
    assert kinds(individual=AWAY, risk=FLAGGED, alike=[LIKE_BEN]) == []
    excused = replace(AWAY, status=Status.ABSENT_EXCUSED, outreach=" ")
    assert kinds(individual=excused) == [PointKind.OUTREACH_MISSING]
    assert kinds(individual=AWAY, mentions=[JORDAN]) == [PointKind.ANOTHERS_NAME]


def test_an_empty_note_says_everything_at_once():
    empty = GroupContent("Evening IOP", 14, date(2026, 11, 23))
    there = IndividualContent("rosa", Status.ATTENDED)
    assert kinds(empty, there, risk=FLAGGED) == [
        PointKind.OWN_WORDS_MISSING,
        PointKind.GOAL_MISSING,
        PointKind.RISK_MISSING,
        PointKind.MINUTES_MISSING,
        PointKind.MODALITY_MISSING,
        PointKind.START_STOP_MISSING,
    ]


# ---- risk --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "flags", "since", "reason", "words"),
    [
        (True, ("suicide", "overdose"), 1, RiskReason.FLAGGED, "open flag: overdose, suicide"),
        (True, (), 1, RiskReason.CHANGED, "something about the risk has changed"),
        (False, (), None, RiskReason.NEVER, "there is none yet in this course"),
        (False, (), 6, RiskReason.EVERY, "one is due every 6 sessions"),
        (False, (), 9, RiskReason.EVERY, "one is due every 6 sessions"),
    ],
)
def test_why_a_risk_statement_is_due(changed, flags, since, reason, words):
    due = risk_due(changed=changed, open_flags=flags, sessions_since_last=since, every=6)
    assert (due.reason, due.words) == (reason, words)
    (point,) = open_points(TONIGHT, ROSA, risk=due)
    assert point.words == f"A risk statement is needed: {words}."
    assert kinds(individual=replace(ROSA, risk="Denies plan; aunt has the key."), risk=due) == []


def test_twelve_identical_denials_are_not_asked_for():
    assert risk_due(changed=False, open_flags=(), sessions_since_last=5, every=6) is None


def test_a_program_can_ask_for_it_every_session_but_not_oftener():
    due = risk_due(changed=False, open_flags=(), sessions_since_last=1, every=1)
    assert due.words == "one is due every session"
    with pytest.raises(NoteError, match="every 0 sessions"):
        risk_due(changed=False, open_flags=(), sessions_since_last=1, every=0)


# ---- names and likeness ------------------------------------------------------------------------


def test_another_persons_name_blocks_and_no_click_helps():
    (point,) = open_points(TONIGHT, ROSA, mentions=[JORDAN], names=NAMES)
    assert (point.kind, point.blocks, point.field) == (PointKind.ANOTHERS_NAME, True, "words")
    assert "“Jordan” names Jordan Okafor" in point.words
    assert open_points(TONIGHT, ROSA, mentions=[JORDAN], acknowledged=[point.key])


@pytest.mark.parametrize(
    ("found", "kind", "words"),
    [
        ({"mentions": [WILL]}, PointKind.MAYBE_A_NAME, "Is “Will” Will Turner?"),
        ({"alike": [LIKE_BEN]}, PointKind.ALIKE_ANOTHER, "83 % alike with what is written for Ben"),
        ({"alike": [LIKE_LAST_TIME]}, PointKind.ALIKE_LAST_TIME, "the note from last time"),
    ],
)
def test_what_may_be_right_is_asked_once(found, kind, words):
    (point,) = open_points(TONIGHT, ROSA, names=NAMES, **found)
    assert (point.kind, point.blocks) == (kind, False)
    assert words in point.words
    assert open_points(TONIGHT, ROSA, **found, acknowledged={point.key}) == ()


def test_likeness_is_said_on_both_notes_and_on_no_other():
    (on_rosas,) = open_points(TONIGHT, ROSA, alike=[LIKE_BEN])
    (on_bens,) = open_points(TONIGHT, replace(ROSA, client="ben"), alike=[LIKE_BEN])
    assert "ben" in on_rosas.words
    assert "rosa" in on_bens.words
    assert kinds(individual=replace(ROSA, client="cy"), alike=[LIKE_BEN, LIKE_LAST_TIME]) == []


def test_a_longer_copy_is_asked_about_again():
    (point,) = open_points(TONIGHT, ROSA, alike=[LIKE_BEN])
    longer = replace(LIKE_BEN, passage=f"{LIKE_BEN.passage} and a plan")
    assert kinds(alike=[longer], acknowledged=[point.key]) == [PointKind.ALIKE_ANOTHER]


def test_a_maybe_elsewhere_is_another_question_but_a_repeated_one_is_not():
    again = replace(WILL, start=40, end=44)
    (point,) = open_points(TONIGHT, ROSA, mentions=[WILL, again])
    elsewhere = replace(WILL, field="words")
    assert kinds(mentions=[elsewhere], acknowledged=[point.key]) == [PointKind.MAYBE_A_NAME]


def test_a_maybe_in_a_shared_part_is_the_same_question_on_every_note():
    shared = replace(WILL, field="shared 2")
    (on_rosas,) = open_points(TONIGHT, ROSA, mentions=[shared])
    (on_bens,) = open_points(TONIGHT, replace(ROSA, client="ben"), mentions=[shared])
    assert on_rosas.is_shared
    assert on_rosas.key == on_bens.key
    (own,) = open_points(TONIGHT, ROSA, mentions=[WILL])
    assert not own.is_shared


def test_only_names_and_likeness_can_be_waved_through():
    assert {kind for kind in PointKind if not kind.blocks} == {
        PointKind.MAYBE_A_NAME,
        PointKind.ALIKE_ANOTHER,
        PointKind.ALIKE_LAST_TIME,
    }


def test_two_texts_in_one_field_block_until_someone_chooses():
    one, two = open_points(TONIGHT, ROSA, unsettled=["words", "segment:0"])
    assert (one.kind, one.field, one.blocks) == (PointKind.TWO_TEXTS, "words", True)
    assert two.field == "segment:0"
    assert open_points(TONIGHT, ROSA, unsettled=["words"], acknowledged=[one.key]) != ()


def test_an_addendum_is_looked_through_for_names_alone():
    sure, maybe = mention_points([JORDAN, WILL, JORDAN], NAMES)
    assert (sure.kind, sure.blocks) == (PointKind.ANOTHERS_NAME, True)
    assert (maybe.kind, maybe.blocks) == (PointKind.MAYBE_A_NAME, False)
