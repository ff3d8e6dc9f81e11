"""What is signed can be read again, and no letter of it changes unseen."""

from dataclasses import fields, replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.course.attendance import Status
from handrail.core.course.schedule import Modality
from handrail.core.notes.content import (
    GroupContent,
    IndividualContent,
    NoteContent,
    SharedPart,
    addendum_hash,
    canonical,
    content_hash,
    for_one,
    modality_of,
    read_canonical,
    texts,
)
from handrail.core.notes.errors import HalfACharacter, NoteError

MONDAY = GroupContent(
    track="Evening IOP",
    number=14,
    local_date=date(2026, 11, 23),
    zone="America/New_York",
    start=time(18, 0),
    stop=time(21, 0),
    modality=Modality.ROOM,
    place="Room 2",
    topics=("Cravings and the body",),
    shared=(SharedPart("Check-in", "Each named a high and a low."),),
)
ROSA = IndividualContent(
    client="c-1",
    status=Status.LATE,
    words="Said the bus was late, and stayed with the hard part about her sister’s wedding.",
    goal="Three evenings a week without a drink",
    plan="Calls her sponsor before Saturday.",
    arrived=20,
    left=180,
    attended_minutes=160,
    therapeutic_minutes=140,
)
NOTE = NoteContent(MONDAY, ROSA)


def signed(note=NOTE):
    return content_hash(canonical(note))


def test_what_was_signed_can_be_read_years_later():
    assert read_canonical(canonical(NOTE)) == NOTE


def test_the_signed_text_is_the_same_on_every_machine():
    # Pinned: a change here would make every earlier signature look tampered with.
    assert signed() == "8b57693114043ab0157d6250af7dc6424252a45be3f063a8421233973dfceb63"


@pytest.mark.parametrize("field", [f.name for f in fields(IndividualContent)])
def test_no_field_of_a_persons_own_part_can_change_unseen(field):
    changed = {
        str: lambda value: value + " ",
        int: lambda value: value + 1,
        Status: lambda _: Status.ATTENDED,
        type(None): lambda _: Modality.ONLINE,
    }
    value = getattr(ROSA, field)
    other = replace(ROSA, **{field: changed[type(value)](value)})
    assert signed(NoteContent(MONDAY, other)) != signed()


@pytest.mark.parametrize(
    "change",
    [
        {"track": "Morning IOP"},
        {"number": 15},
        {"local_date": date(2026, 11, 24)},
        {"zone": "America/Chicago"},
        {"start": time(18, 5)},
        {"stop": None},
        {"modality": Modality.ONLINE},
        {"place": "Room 3"},
        {"topics": ()},
        {"shared": (SharedPart("Check-in", "Each named a high and a low"),)},
    ],
)
def test_nothing_that_all_notes_share_can_change_unseen(change):
    assert signed(NoteContent(replace(MONDAY, **change), ROSA)) != signed()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(TEXT, TEXT, TEXT, TEXT)
def test_two_notes_are_signed_alike_only_when_they_are_the_same(words, plan, other, topic):
    one = NoteContent(replace(MONDAY, topics=(topic,)), replace(ROSA, words=words, plan=plan))
    two = NoteContent(replace(MONDAY, topics=(topic,)), replace(ROSA, words=words, plan=other))
    assert (signed(one) == signed(two)) == (one == two)
    assert read_canonical(canonical(one)) == one


def test_an_unfinished_note_can_be_kept_too():
    draft = NoteContent(GroupContent("Evening IOP", 14, date(2026, 11, 23)), IndividualContent("c"))
    assert read_canonical(canonical(draft)) == draft


def test_half_a_character_is_refused_in_words():
    with pytest.raises(HalfACharacter):
        signed(NoteContent(MONDAY, replace(ROSA, words="\ud83d")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not a signed note"),
        ("{}", "not a signed note"),
        ("[]", "not a signed note"),
        (canonical(NOTE).replace('"late"', '"asleep"'), "not a signed note"),
        (canonical(NOTE).replace("handrail-note-1", "handrail-note-9"), "'handrail-note-9'"),
    ],
)
def test_what_is_no_signed_note_is_refused(text, told):
    with pytest.raises(NoteError, match=told):
        read_canonical(text)


@pytest.mark.parametrize(
    ("session", "own", "so"),
    [
        (Modality.ROOM, None, Modality.ROOM),
        (Modality.ONLINE, Modality.ROOM, Modality.ONLINE),
        (Modality.MIXED, Modality.ONLINE, Modality.ONLINE),
        (Modality.MIXED, None, None),
        (Modality.MIXED, Modality.MIXED, None),
        (None, Modality.ONLINE, None),
    ],
)
def test_in_a_mixed_session_each_person_has_a_way_of_their_own(session, own, so):
    assert modality_of(replace(MONDAY, modality=session), replace(ROSA, modality=own)) is so


def test_every_free_text_is_searched_for_names():
    found = texts(MONDAY, ROSA)
    assert found["words"] == ROSA.words
    assert found["shared 1"] == "Each named a high and a low."
    assert found["topic 1"] == "Cravings and the body"
    own = {"words", "goal", "risk", "plan", "place", "outreach"}
    assert own < set(found)


def test_the_note_of_somebody_who_was_not_there_tells_nothing_of_the_group():
    absent = replace(ROSA, status=Status.ABSENT_UNEXCUSED)
    assert for_one(MONDAY, ROSA) == MONDAY
    assert for_one(MONDAY, absent) == replace(MONDAY, shared=())


def test_half_a_character_cannot_be_signed():
    with pytest.raises(HalfACharacter):
        content_hash("\ud83d")


def test_an_addendum_is_bound_to_the_note_it_was_added_to():
    note, other = content_hash("one note"), content_hash("another")
    assert addendum_hash(note, "Called back.") == addendum_hash(note, "Called back.")
    assert addendum_hash(note, "Called back.") != addendum_hash(other, "Called back.")
    assert addendum_hash(note, "Called back.") != addendum_hash(note, "Called back!")
