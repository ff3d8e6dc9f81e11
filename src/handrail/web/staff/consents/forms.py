"""Forms of consents: to whom something leaves, what for and how."""

from collections.abc import Callable
from typing import Any

from handrail.areas.consents.errors import Uncovered
from handrail.areas.consents.services.disclosures import LONGEST_NAME
from handrail.core.consents import Purpose, Recipient, RecipientKind
from handrail.web.kit import forms
from handrail.web.kit.sentences import sentence
from handrail.web.staff.consents import words


class GateForm(forms.Form):
    """A form that lets something leave. What the gate says to it stands above all fields."""

    def submit(self, service: Callable[..., Any], **more: Any) -> bool:
        """Hand it to the gate. False when something is wrong, or when nothing covers it."""
        try:
            return super().submit(service, **more)
        except Uncovered as refused:
            self.add_error(None, sentence(refused))
            return False


class ReleaseForm(GateForm):
    """To whom: a contact on file, or someone by name; what for, and how it leaves."""

    contact = forms.Row("A contact on file", required=False, empty="Someone else, as below")
    to = forms.Choice(
        "Who they are",
        [(one, one.words) for one in RecipientKind if one is not RecipientKind.CONTACT],
        read=RecipientKind,
        required=False,
    )
    name = forms.Text("Name", max_length=LONGEST_NAME, required=False)
    purpose = forms.Choice(
        "What for", words.ANY_PURPOSE, read=Purpose, missing="Choose what it is for."
    )
    how = forms.Choice("How it leaves", words.HOW, missing="Say which way it leaves.")

    def arguments(self) -> dict[str, Any]:
        """The recipient in one."""
        entered = dict(self.cleaned_data)
        to, name, contact = entered.pop("to"), entered.pop("name"), entered.pop("contact")
        who = Recipient(to or RecipientKind.OTHER, name)
        if contact:
            who = Recipient(RecipientKind.CONTACT, "", str(contact))
        return entered | {"recipient": who}
