"""What is done with a safety plan: gone through again, or declined for now."""

from typing import Any

from handrail.areas.safety.services.safety_plans import LONGEST
from handrail.web.kit import forms

_SEES_TO_IT = "Choose someone who works here and cares for clients."


class LookForm(forms.Form):
    """That the plan was gone through again, and when next."""

    key = "look"
    words = forms.Text(
        "How it stands",
        lines=4,
        max_length=LONGEST,
        missing="Say how it stands: what was used, and what still holds.",
        help_text="What of it was used, what helped, and what still holds. If something changed,"
        " write a new version instead.",
    )
    next_look = forms.Day("Next look", missing="Say when the plan is looked at again.")
    owner = forms.Row("Who sees to that", missing=_SEES_TO_IT)

    def arguments(self) -> dict[str, Any]:
        """The owner by key."""
        entered = dict(self.cleaned_data)
        return entered | {"owner_id": entered.pop("owner")}


class DeclineForm(forms.Form):
    """Why there is no plan now, what was done instead, and when they are asked again."""

    key = "decline"
    reason = forms.Text(
        "Why there is none",
        lines=4,
        max_length=LONGEST,
        missing="Say why there is no plan, in their words if they said.",
        help_text="In their words, if they said.",
    )
    instead = forms.Text(
        "What was done for their safety instead",
        lines=4,
        max_length=LONGEST,
        missing="Say what was done for their safety instead.",
        help_text="Numbers given, someone told with their consent, pills counted, the next call.",
    )
    ask_again = forms.Day("Ask again on", missing="Say when you ask again.")
    owner = forms.Row("Who asks", missing=_SEES_TO_IT)

    def arguments(self) -> dict[str, Any]:
        """The owner by key."""
        entered = dict(self.cleaned_data)
        return entered | {"owner_id": entered.pop("owner")}
