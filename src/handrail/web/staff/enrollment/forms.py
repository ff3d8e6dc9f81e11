"""Forms of a course: hours and goals, make-ups, and what changes about a membership."""

from typing import Any

from handrail.areas.enrollment.services.appointments import LONGEST
from handrail.areas.plans.services import LONGEST as LONGEST_GOAL
from handrail.core.course.schedule import Weekday
from handrail.core.course.weeks import Service
from handrail.web.kit import forms

LONGEST_REASON = 300

# ---- hours and goals ---------------------------------------------------------------------------


class HourForm(forms.Form):
    """An individual or family hour with a colleague."""

    key = "hour"
    service = forms.Choice(
        "Kind",
        [(Service.INDIVIDUAL.value, "Individual"), (Service.FAMILY.value, "Family")],
        read=Service,
        radio=True,
        initial=Service.INDIVIDUAL.value,
        missing="Choose an individual or a family hour.",
    )
    membership_id = forms.Row("With", empty="Choose a colleague", missing="Choose with whom.")
    local_date = forms.Day("Day", calendar=True, missing="Choose the day.")
    start = forms.TimeOfDay("Begins at", missing="Say when it begins.")
    minutes = forms.Whole("Minutes", least=1, most=LONGEST, initial=50)


class HeldForm(forms.Form):
    """Whether an hour took place."""

    key = "held"
    held = forms.Choice(
        "Held or missed",
        [("yes", "Held"), ("no", "Missed")],
        missing="Say whether it was held or missed.",
    )

    def arguments(self) -> dict[str, Any]:
        """Yes or no."""
        return {"held": self.cleaned_data["held"] == "yes"}


class GoalForm(forms.Form):
    """A goal, as the client would say it."""

    key = "goal"
    words = forms.Text(
        "A goal, in the client’s words",
        max_length=LONGEST_GOAL,
        missing="Write the goal in the client’s words.",
    )


class EndGoalForm(forms.Form):
    """That a goal is met, or no longer one."""

    key = "end-goal"
    how = forms.Choice(
        "How it ended",
        [("met", "Met"), ("dropped", "No longer a goal")],
        missing="Say whether the goal is met or dropped.",
    )


# ---- making up ---------------------------------------------------------------------------------


class MakeUpForm(forms.Form):
    """The session in which somebody makes up for one."""

    key = "book"
    session_id = forms.Key("Session", missing="Choose a session.")


# ---- a membership ------------------------------------------------------------------------------


class TransferForm(forms.Form):
    """To which other track, from which day on, and why."""

    key = "transfer"
    track_id = forms.Row("To", empty="Choose a track", missing="Choose the track they go to.")
    from_date = forms.Day("First day there", calendar=True, missing="Choose the first day there.")
    reason = forms.Text(
        "Why", max_length=LONGEST_REASON, missing="Say why they change; people will read it."
    )


class DaysForm(forms.Form):
    """On which days of the week, from which day on."""

    key = "days"
    days = forms.Many("Comes on", read=int, missing="Choose at least one day.")
    from_date = forms.Day("From", calendar=True, missing="Choose from which day on.")


class PauseForm(forms.Form):
    """From when to when somebody is away, and why."""

    key = "pause"
    from_date = forms.Day("First day away", calendar=True, missing="Choose the first day away.")
    until_date = forms.Day(
        "Last day away",
        calendar=True,
        required=False,
        help_text="Leave empty when it is not known.",
    )
    reason = forms.Text("Why", max_length=LONGEST_REASON, missing="Say why they are away.")


class BackForm(forms.Form):
    """The last day away."""

    last_day = forms.Day("Last day away", calendar=True, missing="Choose the last day away.")


class EndForm(forms.Form):
    """The last day of a membership, and why it ends."""

    key = "end"
    last_day = forms.Day("Last day", calendar=True, missing="Choose the last day.")
    reason = forms.Text("Why", max_length=LONGEST_REASON, missing="Say why the membership ends.")


def weekdays(days: list[int]) -> list[tuple[int, str]]:
    """Days of the week to choose from."""
    return [(one, Weekday(one).name.title()) for one in sorted(days)]
