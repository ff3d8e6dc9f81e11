"""The forms of the kit: what is typed, what is made of it, what is said when it cannot be taken."""

import re
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from handrail.core.errors import (
    Invalid,
    Missing,
    Several,
    TooLong,
    Unconfirmed,
)
from handrail.web.kit import forms, sentences

# The same in every process: parallel runs compare the names of the tests.
ONE, OTHER, NOBODY = (UUID(int=number) for number in (1, 2, 3))


class Everything(forms.Form):
    """One field of each kind."""

    name = forms.Text("Name", max_length=10, missing="Enter the name.")
    note = forms.Text("Note", lines=4, max_length=30, required=False, help_text="In a few words.")
    email = forms.Email("E-mail", required=False)
    minutes = forms.Whole("Minutes", least=5, most=60, required=False)
    share = forms.Whole("Share", most=100, unit="%", required=False)
    fee = forms.Cents("Fee", required=False)
    born = forms.Day("Born", required=False)
    start = forms.TimeOfDay("Start", required=False)
    told_at = forms.Moment("Told at", required=False)
    how = forms.Choice("How", [("phone", "By phone"), ("room", "In a room")], required=False)
    again = forms.Choice("Again", [("y", "Yes"), ("n", "No")], radio=True, required=False)
    track = forms.Row("Track", [(ONE, "Evening"), (OTHER, "Morning")], required=False)
    days = forms.Many("Days", [(0, "Mon"), (1, "Tue")], read=int, required=False)
    people = forms.Rows("People", [(ONE, "Mara"), (OTHER, "Ruth")], required=False)
    agreed = forms.Yes("They agreed")


def filled(**typed):
    posted = QueryDict(mutable=True)
    for name, value in {"name": "Nia", **typed}.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return Everything(posted)


def read(name, typed):
    form = filled(**{name: typed})
    assert form.is_valid(), form.errors.as_data()
    return form.cleaned_data[name]


@pytest.fixture(autouse=True)
def by_the_clock_of_new_york():
    with timezone.override("America/New_York"):
        yield


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("name", "  Nia \t Brooks", "Nia Brooks"),
        ("name", "N\x00ia", "N ia"),
        ("name", "Ni\u200ba\u202e", "Nia"),
        ("note", "One\r\n\r\ntwo \x07", "One\n\ntwo"),
        ("email", "dana@example.org", "dana@example.org"),
        ("minutes", " 15 ", 15),
        ("minutes", "", None),
        ("share", "15 %", 15),
        ("fee", "$1,250.50", 125_050),
        ("fee", "", None),
        ("born", "5/3/1990", date(1990, 5, 3)),
        ("born", "1990-05-03", date(1990, 5, 3)),
        ("born", "", None),
        ("start", "18:00", time(18)),
        ("start", "6:30 pm", time(18, 30)),
        ("told_at", "2026-11-24T17:50", datetime(2026, 11, 24, 22, 50, tzinfo=UTC)),
        ("told_at", "11/24/2026 5:50 pm", datetime(2026, 11, 24, 22, 50, tzinfo=UTC)),
        ("told_at", "", None),
        ("how", "room", "room"),
        ("how", "", None),
        ("again", "y", "y"),
        ("track", str(OTHER), OTHER),
        ("days", ["0", "1"], [0, 1]),
        ("people", [str(ONE)], [ONE]),
        ("people", [], []),
        ("agreed", "on", True),
    ],
)
def test_what_is_typed_becomes_what_a_service_takes(name, typed, value):
    assert read(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", " \u200b ", "Enter the name."),
        ("name", "12345678901", "This has 11 characters; at most 10 fit."),
        ("note", "x" * 100_000, "This has 100,000 characters; at most 30 fit."),
        ("email", "dana at example", forms.NOT_AN_EMAIL),
        ("minutes", "61", "Enter a whole number from 5 to 60."),
        ("minutes", "²", "Enter a whole number from 5 to 60."),
        ("minutes", "٣٠", "Enter a whole number from 5 to 60."),
        ("minutes", "9" * 5_000, "Enter a whole number from 5 to 60."),
        ("minutes", "soon", "Enter a whole number from 5 to 60."),
        ("share", "101%", "Enter a whole number from 0 to 100."),
        ("fee", "9" * 5_000, forms.NOT_AN_AMOUNT),
        ("fee", "100,000,000.01", forms.NOT_AN_AMOUNT),
        ("fee", "²", forms.NOT_AN_AMOUNT),
        ("born", "2/30/1990", forms.NOT_A_DAY),
        ("born", "9" * 5_000, forms.NOT_A_DAY),
        ("start", "25:00", forms.NOT_A_TIME),
        ("start", "18", forms.NOT_A_TIME),
        ("told_at", "2026-11-24", forms.NOT_A_MOMENT),
        ("told_at", "2026-03-08T02:30", forms.NO_SUCH_MOMENT),
        ("told_at", "2026-11-01T01:30", forms.NO_SUCH_MOMENT),
        ("told_at", "0001-01-01T00:00", forms.NOT_SUCH_A_YEAR),
        ("told_at", "9999-12-31T23:59", forms.NOT_SUCH_A_YEAR),
        ("born", "1/1/0001", forms.NOT_SUCH_A_YEAR),
        ("born", "12/31/9999", forms.NOT_SUCH_A_YEAR),
        ("how", "pigeon", "Choose one from the list."),
        ("again", "perhaps", "Choose one from the list."),
        ("track", "not a key", "Choose one from the list."),
        ("track", str(NOBODY), "Choose one from the list."),
        ("days", ["7"], "Choose one from the list."),
        ("people", ["../"], "Choose one from the list."),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_kept_as_typed(name, typed, said):
    form = filled(**{name: typed})
    assert not form.is_valid()
    assert form.errors == {name: [said]}
    assert form.status == 400
    if name not in ("how", "again", "track", "days", "people"):
        kept = re.sub(r"[\x00-\x1f]", "", typed)
        assert kept.strip() in str(form[name]).replace("&#x27;", "'")


def test_a_page_cuts_nothing_that_is_pasted():
    assert "maxlength" not in str(Everything().render())


@pytest.mark.parametrize("name", [one for one in Everything.base_fields if one != "agreed"])
def test_label_help_and_error_are_tied_to_the_control(name):
    bad = {"name": "", "days": ["9"], "people": ["9"], "note": "x" * 31}
    form = filled(**{name: bad.get(name, "?")})
    drawn = form[name].as_field_group()
    assert f'id="{name}_error"' in drawn
    described = re.search(r'aria-describedby="([^"]+)"', drawn)[1].split()
    assert f"{name}_error" in described
    assert all(f'id="{one}"' in drawn for one in described)
    assert f'for="{name}"' in drawn or '<fieldset class="field' in drawn
    assert f'href="#{name}' in form.summary(), "the summary leads to it"


def test_what_was_there_before_is_shown_as_it_would_be_typed():
    born, told = date(1990, 5, 3), datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
    before = {"born": born, "told_at": told, "start": time(18), "fee": 6250, "people": [ONE]}
    form = Everything(initial=before)
    assert 'value="5/3/1990"' in str(form["born"])
    day = forms.Day("Ends", calendar=True)
    assert day.prepare_value(born) == "1990-05-03"
    assert 'value="2026-11-24T17:50"' in str(form["told_at"])
    assert 'value="18:00"' in str(form["start"])
    assert 'value="62.50"' in str(form["fee"])
    assert str(form["people"]).count("checked") == 1
    assert form.summary() == ""
    assert form.status == 200


def test_several_forms_on_one_page_have_ids_of_their_own():
    assert 'id="a-name"' in str(Everything(key="a")["name"])
    assert 'id="b-name"' in str(Everything(key="b")["name"])


def test_choices_of_the_day_are_handed_in():
    third = uuid4()
    form = Everything(QueryDict(f"name=N&track={third}"), track=[(third, "Noon <1>")])
    assert form.is_valid()
    assert form.cleaned_data["track"] == third
    assert isinstance(form.cleaned_data["track"], UUID)
    assert "Noon &lt;1&gt;" in str(form["track"])
    assert not filled(track=str(third)).is_valid(), "and of that form alone"


def test_a_list_to_open_can_have_parts():
    parts = [("track", [(ONE, "Evening")]), ("other", [(OTHER, "Morning")])]
    form = Everything(QueryDict(f"name=N&track={OTHER}"), track=parts)
    assert form.is_valid()
    assert '<optgroup label="other">' in str(form["track"])


# ---- a service's answer ------------------------------------------------------------------------


class NameTaken(Invalid):
    """A made-up error."""

    field = "name"


class GroupWouldMove(Unconfirmed):
    """A made-up question."""


@pytest.fixture
def known(monkeypatch):
    """Sentences for the made-up errors."""
    said = {NameTaken: "That name is taken.", GroupWouldMove: "Twelve people would move. Go on?"}
    monkeypatch.setattr(sentences, "_known", lambda: {**sentences.SENTENCES, **said})


def test_a_service_gets_what_was_entered_and_its_answer_is_kept():
    form = filled()
    assert form.submit(lambda *, by, **entered: (by, entered["name"]), by="mara")
    assert form.result == ("mara", "Nia")


def test_a_service_is_not_asked_when_something_is_wrong():
    assert not filled(name="").submit(lambda **entered: pytest.fail("it was asked"))


def raising(error):
    def service(**entered):
        raise error

    return service


def test_what_a_service_finds_wrong_is_said_at_its_field(known):
    form = filled()
    assert not form.submit(raising(NameTaken()))
    assert form.errors == {"name": ["That name is taken."]}
    assert form.status == 400


def test_all_that_a_service_finds_is_said_and_what_has_no_field_above(known):
    form = filled()
    wrong = [NameTaken(), TooLong(5, 6).at("elsewhere"), Missing()]
    assert not form.submit(raising(Several(wrong)))
    assert form.errors["__all__"] == ["This has 6 characters; at most 5 fit.", "Fill this in."]
    said = form.summary()
    assert said.index("Fill this in.") < said.index("That name is taken.")


def test_a_question_goes_out_with_the_answer_that_means_yes(known):
    form = filled()
    assert not form.submit(raising(GroupWouldMove()))
    assert "Go on?" in form.summary()
    yes = re.search(r'name="confirmed" value="(\w+)"', form.summary())[1]
    assert filled(confirmed=yes).confirmed == GroupWouldMove().answer == yes
