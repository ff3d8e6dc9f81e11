"""Forms of consents: what leaves, to whom and how; what is done with a consent."""

import json
from collections.abc import Callable
from typing import Any

from django.forms import HiddenInput

from handrail.areas.consents.errors import DrawingUnreadable, Uncovered
from handrail.areas.consents.models import RestrictionAnswer, SignedHow, SignedWhere
from handrail.areas.consents.services.consents import LONGEST_NAME, LONGEST_WHY, Signature, Strokes
from handrail.areas.consents.services.disclosures import LONGEST_WHAT
from handrail.areas.consents.services.notices import LONGEST_ASKED
from handrail.core.consents import Content, Ended, Purpose, Recipient, RecipientKind
from handrail.core.disclosure import Exception_, ExceptionKind
from handrail.core.errors import Invalid
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


class LetOutForm(ReleaseForm):
    """What leaves under a consent, or to the client themself."""

    key = "out"
    name = forms.Text(
        "Name",
        max_length=LONGEST_NAME,
        required=False,
        help_text="A person or a place. For the client leave it empty.",
    )
    what = forms.Text(
        "What it is",
        max_length=LONGEST_WHAT,
        missing="Say what it is.",
        help_text="For example: letter about the recommended level of care",
    )
    contents = forms.Many(
        "What it tells (mark only what they need)",
        [
            *words.THEIR_CONTENTS,
            (Content.COUNSELING_NOTES, "Counseling notes that are kept apart from the record"),
        ],
        read=Content,
        required=False,
    )


_LONG: dict[str, Any] = {"max_length": LONGEST_NAME, "required": False}
"""Details of an exception; which of them it needs, its rule says."""


class ExceptionForm(GateForm):
    """What leaves without a consent, where the law allows it, with what it asks for."""

    key = "except"
    to = forms.Choice("Who they are", read=RecipientKind)
    name = forms.Text("Name", **_LONG)
    works_at = forms.Text(
        "Where they work", help_text="The hospital or the ambulance service", **_LONG
    )
    why = forms.Text("What happened", lines=4, max_length=2_000, required=False)
    court = forms.Text("Court", **_LONG)
    order = forms.Text("Number of the order", **_LONG)
    order_date = forms.Day("Day of the order", required=False)
    subpoena = forms.Text("Subpoena", help_text="Number or date", **_LONG)
    agreement = forms.Text("Agreement", help_text="Number or name, as on file", **_LONG)
    agreement_until = forms.Day("It holds until", required=False)
    what = forms.Text(
        "What it was",
        max_length=LONGEST_WHAT,
        missing="Say what it is.",
        help_text="For example: medicines by telephone",
    )
    how = forms.Choice("How", words.HOW, missing="Say which way it leaves.")
    contents = forms.Many("What it told (only what they need)", read=Content, required=False)
    exception = ExceptionKind.MEDICAL_EMERGENCY

    def arguments(self) -> dict[str, Any]:
        """The recipient and the exception, each in one."""
        entered = dict(self.cleaned_data)
        to, name = entered.pop("to"), entered.pop("name")
        own = {name: entered.pop(name) for name in ("what", "how", "contents")}
        return own | {
            "recipient": Recipient(to, name),
            "purpose": self.exception.purpose,
            "exception": Exception_(self.exception, **entered),
        }


def exception_form(kind: ExceptionKind, posted: Any = None) -> ExceptionForm:
    """The form of one exception, with whom and what it reaches."""
    to = [(one, one.words) for one in RecipientKind if one in kind.recipients]
    told = [one for one in words.THEIR_CONTENTS if Content(one[0]) in kind.contents]
    form = ExceptionForm(posted, initial={"to": to[0][0]}, to=to, contents=told)
    form.exception = kind
    if kind is ExceptionKind.MEDICAL_EMERGENCY:
        form.fields["why"].label = "Nature of the emergency"
    return form


class RevokeForm(forms.Form):
    """How the client took a consent back."""

    key = "revoke"
    said_how = forms.Choice(
        "How they said it", words.SAID_HOW, missing="Say how they took it back."
    )
    why = forms.Text("What they said, if anything", max_length=LONGEST_WHY, required=False)


class EndForm(forms.Form):
    """Why a consent ends by itself."""

    key = "end"
    ended = forms.Choice(
        "Because",
        [
            (Ended.EVENT, "The event it names has come"),
            (Ended.FALSE, "It is known to be false"),
        ],
        missing="Choose why it ends.",
    )
    why = forms.Text("What happened", max_length=LONGEST_WHY, missing="Say what happened.")


class RenewForm(forms.Form):
    """Another end for the same consent."""

    key = "renew"
    expires_date = forms.Day("Last day", required=False)
    expires_when = forms.Text("Or the event that ends it, or that there is none", required=False)


class _Drawn(forms.Form):
    """A form that can be signed with a finger."""

    name = forms.Text("Your name", max_length=LONGEST_NAME, required=False)
    strokes = forms.Text("Drawing", max_length=100_000, required=False, widget=HiddenInput())

    def drawing(self) -> Strokes:
        """The drawing as it was sent. Raises DrawingUnreadable when it is none."""
        text = self.cleaned_data["strokes"]
        try:
            read = json.loads(text) if text else ()
        except ValueError as wrong:
            raise DrawingUnreadable from wrong
        return read if isinstance(read, list) else ()


class SignForm(_Drawn):
    """The client's signature, or that of who signs for them."""

    authority = forms.Text(
        "By what right",
        max_length=LONGEST_NAME,
        required=False,
        help_text="For example: legal guardian, power of attorney",
    )
    where = forms.Text("Where", required=False, widget=HiddenInput())

    def arguments(self) -> dict[str, Any]:
        """The signature in one."""
        entered = self.cleaned_data
        signature = Signature(
            name=entered["name"],
            how=SignedHow.DRAWN if entered["strokes"] else SignedHow.TYPED,
            where=entered["where"] or SignedWhere.HERE,
            strokes=self.drawing(),
            authority=entered["authority"],
        )
        return {"signature": signature}


class NoticeForm(_Drawn):
    """That the notice was given: acknowledged, or why it was not signed."""

    why = forms.Text(
        "Why it was not signed",
        max_length=LONGEST_WHY,
        required=False,
        help_text="For example: does not want to sign; too unwell today",
    )

    def arguments(self) -> dict[str, Any]:
        """As the service calls them."""
        entered = self.cleaned_data
        said = {"signed_name": entered["name"], "not_signed_why": entered["why"]}
        return said | {"strokes": self.drawing()}

    def refuse(self, wrong: Invalid) -> None:
        """By the names of its own fields."""
        own = {"signed_name": "name", "not_signed_why": "why"}
        for one in wrong.errors:
            one.at(own.get(one.field, one.field))
        super().refuse(wrong)


class PaperForm(forms.Form):
    """A signature on paper."""

    key = "paper"
    name = forms.Text(
        "Name of who signed", max_length=LONGEST_NAME, missing="Type the name of who signs."
    )
    where = forms.Choice(
        "Where", words.WHERE, initial="here", missing="Say how and where it is signed."
    )
    authority = forms.Text(
        "Signed for the client by right of",
        max_length=LONGEST_NAME,
        required=False,
        help_text="Empty: the client signed. For example: legal guardian",
    )

    def arguments(self) -> dict[str, Any]:
        """The signature in one."""
        return {"signature": Signature(how=SignedHow.PAPER, **self.cleaned_data)}


class PutAwayForm(forms.Form):
    """A consent that is put away unsigned."""

    key = "put_away"


class StopForm(forms.Form):
    """Why something that waits does not leave."""

    why = forms.Text("Why it stops", max_length=LONGEST_WHAT, missing="Say why it stops.")


class RestrictionForm(forms.Form):
    """What the client asks to be kept from someone, and the answer."""

    key = "restriction"
    recipient_kind = forms.Choice(
        "Kept from", words.KEPT_FROM, missing="Choose whom it is to be kept from."
    )
    recipient_name = forms.Text(
        "By name",
        max_length=LONGEST_NAME,
        required=False,
        help_text="Empty: everyone of this kind",
    )
    asked = forms.Text(
        "What they asked, in their words",
        max_length=LONGEST_ASKED,
        missing="Write down what the client asked.",
    )
    answer = forms.Choice(
        "Our answer", RestrictionAnswer.choices, missing="Say what the answer is."
    )
    answer_why = forms.Text("Why, when it is declined", max_length=LONGEST_WHY, required=False)
    paid_in_full = forms.Yes(
        "They paid for this in full themselves: then their health plan must not be told"
    )
    contents = forms.Many(
        "What is kept back (none marked: everything)", words.THEIR_CONTENTS, required=False
    )
