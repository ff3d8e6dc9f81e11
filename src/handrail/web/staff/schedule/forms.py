"""The forms of schedule: hours and rooms, tracks and their sessions, closed days."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms as plain
from django.core.exceptions import ValidationError

from handrail.core.course.schedule import Modality
from handrail.core.errors import TooLong
from handrail.web.kit import forms
from handrail.web.kit.sentences import sentence
from handrail.web.staff.schedule import words

MODALITIES = (
    (Modality.ROOM.value, "In the room"),
    (Modality.ONLINE.value, "Online"),
    (Modality.MIXED.value, "In the room and online"),
)

LONGEST_TOPIC = 120
STRETCHES = (1, 2)
"""How many stretches a day can have in the form: the second is for after a long break."""

HALF = "Give both the beginning and the end, or neither."


def _topics(typed: Iterable[str]) -> list[str]:
    found = [one.strip() for one in typed if one.strip()]
    longest = max((len(one) for one in found), default=0)
    if longest > LONGEST_TOPIC:
        raise ValidationError(sentence(TooLong(LONGEST_TOPIC, longest)))
    return found


class Asked(forms.Form):
    """A form whose service may ask first; the answer goes along."""

    def arguments(self) -> dict[str, Any]:
        """What was entered, and the answer to what was asked before."""
        return self.cleaned_data | {"confirmed": self.confirmed}


# ---- tracks and sessions -----------------------------------------------------------------------


class _Place(Asked):
    """When a group begins, how and where it meets, and who leads it."""

    start = forms.TimeOfDay("Begins at")
    modality = forms.Choice(
        "How they meet", MODALITIES, read=Modality, radio=True, missing="Choose how they meet."
    )
    room = forms.Text(
        "Room", max_length=80, required=False, help_text="Empty when they meet online."
    )
    facilitators = forms.Rows("Who leads", required=False)


class SessionForm(_Place):
    """One session changes, and none of the others."""

    key = "this"
    local_date = forms.Day("Day", calendar=True)
    topics = forms.Text(
        "Topics", max_length=300, required=False, help_text="Several with a comma between."
    )
    reason = forms.Text("Why", max_length=300, missing="Say why it changes; people will read it.")

    def clean_topics(self) -> list[str]:
        """Each of the topics."""
        return _topics(self.cleaned_data["topics"].split(","))


class PatternForm(_Place):
    """Another pattern for a track, from a session on."""

    key = "later"
    days = forms.Many("Meets on", words.WEEKDAYS, read=int, missing="Choose at least one day.")


class TrackForm(PatternForm):
    """A new track with its first sessions."""

    key = "track"
    program = forms.Choice("Program", missing="Choose the program.")
    name = forms.Text(
        "Name of the track",
        max_length=120,
        help_text="For example: Evening IOP",
        missing="Enter the name of the track.",
    )
    topics = forms.Text(
        "Topics in turn, one on each line",
        lines=6,
        required=False,
        help_text="They begin again after the last one.",
    )
    first = forms.Day("First day", calendar=True)
    until = forms.Day("Plan until", calendar=True)
    seats = forms.Whole(
        "Seats",
        least=1,
        most=999,
        required=False,
        help_text="Only when the room takes fewer than the rules allow.",
    )

    def clean_topics(self) -> list[str]:
        """Each of the topics."""
        return _topics(self.cleaned_data["topics"].splitlines())


class CancelForm(forms.Form):
    """A session does not take place."""

    key = "cancel"
    reason = forms.Text(
        "Why", max_length=300, missing="Say why it is canceled; people will read it."
    )


class RestoreForm(forms.Form):
    """A canceled session takes place after all."""

    key = "restore"


class LayOutForm(forms.Form):
    """More sessions on the calendar."""

    key = "lay_out"
    until = forms.Day("Plan sessions until", calendar=True)


class FindForm(forms.Form):
    """Whom to enroll, by the beginning of any part of the name."""

    find = forms.Text(
        "Name",
        max_length=80,
        required=False,
        help_text="The beginning of any part of the name.",
    )


class EnrollForm(forms.Form):
    """Somebody belongs to a track from a day on."""

    key = "enroll"
    client_id = forms.Key("Who", missing="Choose who is to be enrolled.")
    from_date = forms.Day("First day", calendar=True)
    days = forms.Many("Days", read=int, missing="Choose at least one day.")


class CloseForm(Asked):
    """The house is closed for a day."""

    key = "close"
    local_date = forms.Day("Day", calendar=True)
    reason = forms.Text(
        "Why",
        max_length=200,
        help_text="For example: Thanksgiving",
        missing="Say why the house is closed; people will read it.",
    )
    instead_date = forms.Day(
        "Instead on",
        calendar=True,
        required=False,
        help_text="Leave empty and each session goes to the end of its track.",
    )


# ---- hours and rooms ---------------------------------------------------------------------------


class RoomForm(forms.Form):
    """A room on the list."""

    key = "room"
    name = forms.Text(
        "Name",
        max_length=80,
        help_text="As groups name it. The same name again changes how many it holds.",
        missing="Enter the name of the room.",
    )
    capacity = forms.Whole("Holds how many people", least=1, required=False)


class WeekForm(forms.Form):
    """When a colleague works each week, from a day on."""

    key = "week"
    from_date = forms.Day(
        "From which day on",
        calendar=True,
        help_text=(
            "Earlier hours end the day before. All empty: no hours are known, and any time will do."
        ),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        for number, name in words.WEEKDAYS:
            for stretch in STRETCHES:
                again = " again" if stretch > 1 else ""
                for end, said in (("start", f"{again} from"), ("end", f"{again} to")):
                    self.fields[f"{end}-{number}-{stretch}"] = _time(f"{name},{said}")

    @property
    def weekdays(self) -> list[tuple[str, list[plain.BoundField]]]:
        """The fields of each day, in their order."""
        return [
            (name, [self[one] for stretch in STRETCHES for one in ends_of(number, stretch)])
            for number, name in words.WEEKDAYS
        ]

    def clean(self) -> None:
        """A stretch has both its ends or none."""
        for number, _ in words.WEEKDAYS:
            for stretch in STRETCHES:
                _stretch(self, *ends_of(number, stretch))

    def arguments(self) -> dict[str, Any]:
        """The hours as (weekday, start, end)."""
        given = self.cleaned_data
        ends = [
            (number, *(given[one] for one in ends_of(number, stretch)))
            for number, _ in words.WEEKDAYS
            for stretch in STRETCHES
        ]
        hours = [one for one in ends if one[1] is not None]
        return {"from_date": given["from_date"], "hours": hours}


def _time(label: str) -> forms.TimeOfDay:
    # Said aloud alone: the table has the day and the word in its heads.
    box = plain.TextInput({"type": "time", "aria-label": label})
    return forms.TimeOfDay(label, required=False, widget=box)


def ends_of(number: int, stretch: int) -> tuple[str, str]:
    """The names of the two fields of a stretch."""
    return f"start-{number}-{stretch}", f"end-{number}-{stretch}"


def _stretch(form: forms.Form, start: str, end: str) -> tuple[time | None, time | None]:
    """Both ends of a stretch; one without the other is said to be wrong, where it is missing."""
    ends = form.cleaned_data.get(start), form.cleaned_data.get(end)
    if ends.count(None) == 1 and not {start, end} & set(form.errors):
        form.add_error(start if ends[0] is None else end, ValidationError(HALF))
    return ends


class DayForm(forms.Form):
    """The hours of one date; or, with `forget`, the week's hours again."""

    key = "day"
    local_date = forms.Day("Day", calendar=True)
    here = forms.Choice(
        "On that day",
        (("yes", "works other hours"), ("no", "does not work")),
        empty="",
        required=False,
    )
    start = forms.TimeOfDay("From", required=False)
    end = forms.TimeOfDay("To", required=False)
    forget = forms.Yes("The week’s hours again")

    def clean(self) -> None:
        """Hours, or that there are none."""
        if self.cleaned_data["forget"] or self.cleaned_data.get("here") == "no":
            return
        if _stretch(self, "start", "end") == (None, None) and not {"start", "end"} & set(
            self.errors
        ):
            said = "Give the hours of that day, or say that they do not work then."
            self.add_error("start", ValidationError(said))

    def arguments(self) -> dict[str, Any]:
        """The day, and its hours unless the week's count again."""
        given = self.cleaned_data
        day = {"local_date": given["local_date"]}
        if given["forget"]:
            return day
        hours = [] if given["here"] == "no" else [(given["start"], given["end"])]
        return day | {"hours": hours}


class AwayForm(Asked):
    """A colleague is away: whole days, or hours of one day."""

    key = "away"
    from_date = forms.Day("First day", calendar=True)
    until_date = forms.Day("Last day", calendar=True, required=False, help_text="Empty: one day")
    start = forms.TimeOfDay("From", required=False, help_text="Empty: the whole day")
    end = forms.TimeOfDay("To", required=False)
    why = forms.Text(
        "Why, if it helps to plan",
        max_length=120,
        required=False,
        help_text="Everyone who plans reads this. Leave health out.",
    )

    def arguments(self) -> dict[str, Any]:
        """One day, when no last one is given."""
        given = super().arguments()
        return given | {"until_date": given["until_date"] or given["from_date"]}
