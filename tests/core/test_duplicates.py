"""Whether two records may be about one person, and why it looks so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.duplicates import Known, Reason, digits, looks_alike, mail, split_name

BORN = date(1991, 4, 9)
DANA = Known("Dana", "Ellery", "", BORN, frozenset({"(804) 555-0142"}), frozenset({"d@x.org"}))


def why(one, other):
    found = looks_alike(one, other)
    return found.reasons if found else ()


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (Known("Dana", "Ellery"), (Reason.NAMES,)),
        (Known("DÁNA", "ellery-Woods"), (Reason.NAMES,)),
        (Known("Daniela", "Ellery", "Dana"), (Reason.NAMES,)),
        (Known("Ellery", "Dana"), ()),
        (Known("Ellery", "Dana", birth_date=BORN), (Reason.BORN, Reason.SHARED_NAME)),
        (Known("Dana", "Woods"), ()),
        (Known("Dana", "Woods", birth_date=BORN), (Reason.BORN, Reason.SHARED_NAME)),
        (Known("Danna", "Woods", birth_date=BORN), (Reason.BORN, Reason.NEAR_NAME)),
        (Known("Danna", "Woods"), ()),
        (Known("Ada", "Woods", birth_date=BORN), ()),
        (Known("Una", "Woods", phones=frozenset({"+1 804 555 0142"})), (Reason.PHONE,)),
        (Known("Una", "Woods", mails=frozenset({" D@X.org "})), (Reason.MAIL,)),
        (Known(phones=frozenset({"", "911"}), mails=frozenset({""})), ()),
        (Known(), ()),
    ],
)
def test_why_two_look_alike(other, reasons):
    assert why(DANA, other) == reasons
    assert why(other, DANA) == reasons


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Jonathan", "Jonathon", True),
        ("Whitfield", "Whitfeild", True),
        ("Ellery", "Elery", True),
        ("Ellery", "Elleryn", True),
        ("Ellery", "Ellerynn", False),
        ("Ellery", "Elryle", False),
        ("Kim", "Kin", False),
        ("Anna", "Hannah", False),
        ("Marta", "Marco", False),
    ],
)
def test_one_slip_of_the_pen_is_nearly_the_same(one, other, near):
    found = why(Known(one, "", birth_date=BORN), Known(other, "", birth_date=BORN))
    assert (Reason.NEAR_NAME in found) is near


def test_different_birth_dates_are_said_and_put_last():
    twin = looks_alike(DANA, Known("Dana", "Ellery", birth_date=date(1992, 4, 9)))
    same = looks_alike(DANA, Known("Dana", "Ellery"))
    assert twin.birth_dates_differ
    assert not same.birth_dates_differ
    assert sorted([twin, same], key=lambda one: one.rank) == [same, twin]


def test_more_reasons_come_first():
    phone = looks_alike(DANA, Known(phones=DANA.phones))
    assert looks_alike(DANA, DANA).rank < phone.rank


@pytest.mark.parametrize(
    ("typed", "read"),
    [("(804) 555-0142", "8045550142"), ("+1 804 555 0142", "8045550142"), ("555-0142", "5550142"),
     ("none", ""), ("911", "")],
)  # fmt: skip
def test_numbers_are_compared_by_their_last_digits(typed, read):
    assert digits(typed) == read


def test_addresses_are_compared_in_small_letters():
    assert mail(" Dana@Example.org ") == "dana@example.org"


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Dana Ellery", ("Dana", "Ellery")), ("Ana Maria Ruiz", ("Ana Maria", "Ruiz")),
     ("Dana", ("Dana", "")), (" ", ("", ""))],
)  # fmt: skip
def test_a_full_name_is_split_before_its_last_word(name, parts):
    assert split_name(name) == parts


KNOWN = st.builds(
    Known,
    given=st.sampled_from(["", "Dana", "Danna", "Kit"]),
    family=st.sampled_from(["", "Ellery", "Moor"]),
    birth_date=st.sampled_from([None, BORN, date(1980, 1, 1)]),
    phones=st.frozensets(st.sampled_from(["", "804-555-0142", "804-555-0143"])),
)


@given(KNOWN, KNOWN)
def test_looking_alike_works_both_ways(one, other):
    assert looks_alike(one, other) == looks_alike(other, one)
