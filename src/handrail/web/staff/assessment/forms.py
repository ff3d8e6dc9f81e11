"""The small forms beside the assessment: baseline, professionals, results, addendum, void."""

from collections.abc import Iterable
from typing import Any

from handrail.areas.assessment.services import LONGEST_ADDENDUM, LONGEST_REASON, LONGEST_RESULT
from handrail.areas.clients.models import ProfessionalKind
from handrail.areas.clients.services.baseline import LONGEST
from handrail.data import assessment_wording
from handrail.web.kit import forms


class BaselineForm(forms.Form):
    """How one thing of the medical baseline stands."""

    state = forms.Choice("How it stands", missing="Say how it stands.")
    on_date = forms.Day("On")
    by_whom = forms.Text(
        "By whom", max_length=LONGEST["by_whom"], required=False, help_text="Empty: by you"
    )
    detail = forms.Text("What else", max_length=LONGEST["detail"], required=False)


def baseline_form(kind: str, posted: Any = None, **initial: Any) -> BaselineForm:
    """The form of one thing of the baseline, with the states that it has."""
    known = {one.kind: one.states for one in assessment_wording().baseline}
    key, states = f"baseline-{kind}", known.get(kind, ())
    return BaselineForm(posted, key=key, initial=initial, state=states)


class ProfessionalForm(forms.Form):
    """Somebody outside who treats the client."""

    key = "professional"
    kind = forms.Choice(
        "What they do", ProfessionalKind.choices, missing="Choose what they do for the client."
    )
    name = forms.Text("Name", max_length=LONGEST["name"], missing="Enter their name.")
    place = forms.Text("Practice or clinic", max_length=LONGEST["place"], required=False)
    phone = forms.Text("Phone", max_length=LONGEST["phone"], required=False)


def _editions() -> Iterable[str]:
    return (f"{each} ({one.name})" for one in assessment_wording().schemes for each in one.editions)


class ResultForm(forms.Form):
    """The result of an outside instrument, with its edition."""

    key = "result"
    scheme = forms.Choice(
        "Instrument",
        [(one.code, one.name) for one in assessment_wording().schemes],
        missing="Choose the instrument.",
    )
    name = forms.Text(
        "Name, for another instrument", max_length=LONGEST_RESULT["name"], required=False
    )
    edition = forms.Text(
        "Edition",
        max_length=LONGEST_RESULT["edition"],
        missing="Say which edition: the same result means another thing in the next.",
        help_text=f"Known: {'; '.join(_editions())}",
    )
    result = forms.Text(
        "Result",
        max_length=LONGEST_RESULT["result"],
        missing="Give the result.",
        help_text="A level or a score",
    )
    on_date = forms.Day("On")
    by_whom = forms.Text("By whom", required=False, help_text="Empty: by you")


class AddForm(forms.Form):
    """What is added to a signed assessment."""

    key = "add"
    text = forms.Text(
        "What is to be added",
        lines=4,
        max_length=LONGEST_ADDENDUM,
        missing="Write what is to be added.",
        help_text="It is signed by you and stands under the assessment, which stays as it was.",
    )


class VoidForm(forms.Form):
    """Why an assessment, or a result, is void."""

    reason = forms.Text(
        "It is void, because",
        max_length=LONGEST_REASON,
        missing="Say why it is void: the reason stays with it.",
    )
