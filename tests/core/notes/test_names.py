"""Nobody else's name in a person's chart; and nobody is held up by a word that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.notes.names import (
    Named,
    NameWords,
    mentions,
    mentions_for_everyone,
    mentions_in,
)
from handrail.data import note_rules

WORDS = note_rules().name_words
ROSA = Named("rosa", "Rosa", "Delgado")
DANA = Named("dana", "Dana", "Whitfield")
OTHERS = (
    Named("jordan", "Jordan", "Okafor", ("Jo",)),
    Named("jose", "José", "de la Cruz"),
    Named("maryann", "Mary Ann", "O'Brien"),
    Named("will", "Will", "Turner"),
    Named("mark", "Mark", "Young"),
    Named("ed", "Ed", "Nowak", ("TJ",)),
    Named("austin", "Austin", "Reyes-Smith"),
    Named("anneliese", "Anneliese", "Groß"),
    Named("lukasz", "Łukasz", "Øst"),
    Named("j", "J", "X"),
)


def found(text, others=OTHERS, own=ROSA, staff=(DANA,)):
    return [
        (m.person, m.name, m.sure)
        for m in mentions(text, others, own=own, staff=staff, words=WORDS)
    ]


@pytest.mark.parametrize(
    ("text", "person", "name"),
    [
        ("She thanked Jordan for the ride.", "jordan", "Jordan"),
        ("jordan gave her a ride", "jordan", "jordan"),
        ("JORDAN", "jordan", "JORDAN"),
        ("Jordan's story moved her.", "jordan", "Jordan"),
        ("Jordan’s story moved her.", "jordan", "Jordan"),
        ("Sat beside Okafor.", "jordan", "Okafor"),
        ("Sat beside Jordan Okafor all evening", "jordan", "Jordan Okafor"),
        ("Okafor, Jordan gave feedback", "jordan", "Okafor, Jordan"),
        ("Jo Okafor came along", "jordan", "Jo Okafor"),
        ("A friend of Jose came.", "jose", "Jose"),
        ("A friend of JOSÉ came.", "jose", "JOSÉ"),
        ("A friend of José came.", "jose", "José"),
        ("met de la Cruz outside", "jose", "de la Cruz"),
        ("A friend of Jose\u0301 came.", "jose", "Jose\u0301"),
        ("Jose\u0301 de la Cruz came.", "jose", "Jose\u0301 de la Cruz"),
        ("Jordan\u00a0Okafor came.", "jordan", "Jordan\u00a0Okafor"),
        ("Jor\u00addan came.", "jordan", "Jor\u00addan"),
        ("met Cruz outside", "jose", "Cruz"),
        ("Mary Ann was kind.", "maryann", "Mary Ann"),
        ("Mary-Ann was kind.", "maryann", "Mary-Ann"),
        ("Maryann was kind.", "maryann", "Maryann"),
        ("She envies O’Brien.", "maryann", "O’Brien"),
        ("She envies OBrien.", "maryann", "OBrien"),
        ("she envies Will Turner a little", "will", "Will Turner"),
        ("she talked with Mark’s wife", "mark", "Mark"),
        ("she sat with Will again", "will", "Will"),
        ("a walk with Austin", "austin", "Austin"),
        ("Reyes was there", "austin", "Reyes"),
        ("Reyes-Smith was there", "austin", "Reyes-Smith"),
        ("lukasz ost laughed", "lukasz", "lukasz ost"),
        ("Anneliese Gross laughed", "anneliese", "Anneliese Gross"),
        ("TJ laughed", "ed", "TJ"),
        ("nowak laughed", "ed", "nowak"),
    ],
)
def test_another_persons_name_is_found_however_it_is_written(text, person, name):
    assert found(text) == [(person, name, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Rosa said she will come on Monday and may bring her mother.",
        "Rosa Delgado's goal: a mark of 3 of 10 for cravings, as a young mother.",
        "Dana Whitfield called the sister. Dana will call again.",
        "J. came, X. left.",  # initials name nobody
        "She doesn't want to; won't go. It's her right. I'm in.",
        "The jordanian embassy; a cruzeiro; edging out.",  # only whole words
        "",
        "12/04 · 18:00 — 21:00",
    ],
)
def test_nobody_is_held_up_by_words_that_are_no_names(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "person", "name"),
    [
        ("Will she come? Will comes too.", "will", "Will"),
        ("She and Will laughed.", "will", "Will"),  # a capital, but nothing says: a person
        ("she told mark about it", "mark", "mark"),
        ("talked about mark's car", "mark", "mark"),
        ("Moved here from Austin.", "austin", "Austin"),
        ("moved here from austin", "austin", "austin"),
        ("Visited the ED on Sunday.", "ed", "ED"),
        ("Jordans plan helped her.", "jordan", "Jordans"),
        ("Thanked Anne Liese for the talk", "anneliese", "Anne Liese"),
        ("she and mark young laughed", "mark", "mark young"),
        ("SHE SAT WITH MARK", "mark", "MARK"),
        ("She spoke with Will Power House about a bed.", "will", "Will"),
        ("Begins with Mark 4 of the workbook.", "mark", "Mark"),
        ("goes to ed group on Sundays", "ed", "ed"),
    ],
)
def test_where_it_may_be_a_name_someone_is_asked(text, person, name):
    assert (person, name, False) in found(text)
    assert not any(sure for _, _, sure in found(text))


def test_in_a_text_without_capitals_small_letters_prove_nothing():
    assert found("rosa says will came late") == [("will", "will", False)]
    assert found("Rosa says will came late") == []


def test_in_a_text_all_in_capitals_a_short_name_is_a_name():
    assert found("ED SPOKE FIRST") == [("ed", "ED", True)]


def test_a_given_name_shared_with_the_person_is_the_persons_own():
    namesake = Named("other", "Rosa", "Lind")
    assert found("Rosa spoke.", [namesake]) == []
    assert found("Rosa Lind spoke.", [namesake]) == [("other", "Rosa Lind", True)]
    assert found("Lind spoke.", [namesake]) == [("other", "Lind", True)]


def test_a_family_name_that_others_bear_too_is_asked_about():
    own = Named("own", "Rosa", "Jordan")
    brother = Named("brother", "Luis", "Jordan")
    assert found("Rosa Jordan spoke.", own=own) == []
    assert found("Ms. Jordan spoke.", own=own) == [("jordan", "Jordan", False)]
    assert found("Jordan Okafor spoke.", own=own) == [("jordan", "Jordan Okafor", True)]
    assert found("Ms. Jordan spoke.", [brother], own=own) == [("brother", "Jordan", False)]
    assert found("Luis spoke.", [brother], own=own) == [("brother", "Luis", True)]
    assert found("Ms. Delgado spoke.") == []


def test_who_is_called_by_the_family_name_is_the_persons_own_too():
    own = Named("own", "Rosa", "Mackay", ("Mackay",))
    assert found("Mackay spoke.", [Named("other", "Mackay", "Lind")], own=own) == []


def test_a_name_shared_with_staff_is_asked_about():
    namesake = Named("other", "Dana", "Lind")
    assert found("Dana called.", [namesake]) == [("other", "Dana", False)]
    assert found("Dana Whitfield called.", [namesake]) == []
    assert found("Dana Lind called.", [namesake]) == [("other", "Dana Lind", True)]


def test_a_name_that_two_people_share_is_said_of_both():
    two = (Named("a", "Pietro", "Lind"), Named("b", "Pietro", "Sand"))
    assert {person for person, _, _ in found("Pietro spoke.", two)} == {"a", "b"}


def test_each_mention_says_where_it_stands():
    text = "Über Zoë 😀: thanked Jordan's aunt and José."
    for mention in mentions(text, OTHERS, own=ROSA, words=WORDS):
        assert text[mention.start : mention.end] == mention.name


def test_every_field_is_looked_through():
    texts = {"words": "Jordan helped.", "plan": "Calls Nowak.", "risk": "None voiced."}
    made = mentions_in(texts, OTHERS, own=ROSA, words=WORDS)
    assert [(m.field, m.person) for m in made] == [("words", "jordan"), ("plan", "ed")]


def test_a_whole_evening_is_looked_through_at_once():
    shared = "Nowak's story opened the hour."
    notes = {
        "rosa": {"words": "Jordan helped Rosa.", "shared 1": shared},
        "jordan": {"words": "Jordan helped Rosa.", "shared 1": shared},
        "ed": {"words": "Dana called.", "shared 1": shared},
    }
    made = mentions_for_everyone(notes, [ROSA, *OTHERS], staff=[DANA], words=WORDS)
    assert {person: [(m.field, m.name) for m in some] for person, some in made.items()} == {
        "rosa": [("words", "Jordan"), ("shared 1", "Nowak")],
        "jordan": [("words", "Rosa"), ("shared 1", "Nowak")],
        "ed": [],
    }
    alone = mentions_in(notes["rosa"], OTHERS, own=ROSA, staff=[DANA], words=WORDS)
    assert made["rosa"] == alone


def test_a_note_of_someone_unknown_is_an_error():
    with pytest.raises(KeyError):
        mentions_for_everyone({"nobody": {}}, OTHERS, words=WORDS)


def test_with_nobody_else_on_the_roster_nothing_is_found():
    assert found("Jordan helped.", others=()) == []


def test_someone_known_by_one_name_only():
    assert found("Sukarno spoke, sukarno left.", [Named("s", "Sukarno")]) == [
        ("s", "Sukarno", True),
        ("s", "sukarno", True),
    ]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéüñø", min_size=4, max_size=9).map(str.capitalize)
FILLER = st.sampled_from(
    ["Sat beside {}.", "{} spoke first.", "Heard ({}) twice", "from {}’s view"]
)


@given(LETTERS, FILLER, st.sampled_from([str, str.upper, str.lower]))
def test_no_name_goes_through_in_silence(name, sentence, written):
    other = Named("x", name)
    made = mentions(
        sentence.format(written(name)), [other], own=Named("own", "Qq"), words=NameWords()
    )
    assert [m.person for m in made] == ["x"]


@given(LETTERS, LETTERS, FILLER)
def test_the_persons_own_name_never_holds_up_their_note(given_name, family, sentence):
    own = Named("own", given_name, family)
    text = sentence.format(f"{given_name} {family}")
    assert not any(m.person == "own" for m in mentions(text, OTHERS, own=own, words=WORDS))
    assert mentions(text, [own], own=own, words=WORDS) == ()
