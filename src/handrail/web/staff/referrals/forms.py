"""The forms of referrals: prepare, send, write down what was heard, another day, end."""

from collections.abc import Mapping
from typing import Any

from django.forms import TextInput
from django.utils import timezone

from handrail.areas.referrals import services
from handrail.areas.referrals.selectors import referrals as selectors
from handrail.areas.referrals.selectors.referrals import ReferralRead
from handrail.core.access import Actor
from handrail.core.consents import Content
from handrail.foundation import clock
from handrail.web.kit import forms
from handrail.web.staff.referrals import words


def _line(label: str, name: str, hint: str = "", *, missing: str = "") -> forms.Text:
    longest = services.LONGEST[name]
    return forms.Text(
        label, max_length=longest, required=bool(missing), missing=missing, help_text=hint
    )


class ReferForm(forms.Form):
    """To whom, at which level, with which papers, and when they come back."""

    key = "refer"
    level = forms.Choice(
        "What they are referred to",
        words.referred_to(),
        missing="Choose what they are referred to.",
    )
    to_name = forms.Text(
        "Where to",
        max_length=services.LONGEST["to_name"],
        help_text="The name as their consent has it",
        missing="Say where to, by name.",
        widget=TextInput({"list": "named"}),
    )
    to_phone = _line("Their phone", "to_phone")
    to_fax = _line("Their fax", "to_fax")
    why = _line("Why", "why", "One or two sentences; it stands on the referral", missing="Say why.")
    contents = forms.Many(
        "What goes along. Choose nothing if they go there on their own: then nothing leaves",
        words.packet(),
        read=Content,
        required=False,
    )
    expected_return_date = forms.Day(
        "Expected back",
        required=False,
        help_text="The day they come back to us, if there is one: 12/25/2026",
    )
    back_to = forms.Choice("Back to", words.back_to(), required=False, empty="Not decided")
    owner = forms.Row("Who keeps track of it", missing="Choose who keeps track of it.")

    def arguments(self) -> dict[str, Any]:
        """The owner by their key; no level to come back to is an empty one."""
        entered = dict(self.cleaned_data)
        return entered | {"owner_id": entered.pop("owner"), "back_to": entered["back_to"] or ""}


def refer_form(
    by: Actor, posted: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
) -> ReferForm:
    """The form with the colleagues who can keep track of a referral."""
    return ReferForm(posted, initial=initial, owner=selectors.who_can_own(by=by))


class SendForm(forms.Form):
    """How the papers leave; without papers nothing is asked."""

    key = "send"
    how = forms.Choice(
        "How it leaves", words.ways(), required=False, missing="Say which way it leaves."
    )

    def arguments(self) -> dict[str, Any]:
        """The way, or none."""
        return {"how": self.cleaned_data["how"] or ""}


def _today() -> Any:
    return clock.today(timezone.get_current_timezone_name())


class HearForm(forms.Form):
    """What was heard, from whom, on which day."""

    key = "hear"
    state = forms.Choice("What", missing="Choose what you heard.")
    on_date = forms.Day("On which day", initial=_today)
    said_by = _line("Who told you", "said_by", missing="Say who told you.")
    words = _line("In a few words", "words")
    expected_return_date = forms.Day(
        "Expected back", required=False, help_text="Needed once they are there"
    )


class ExpectForm(forms.Form):
    """Another day of return."""

    key = "expect"
    expected_return_date = forms.Day("Expected back")
    words = _line("Who told you, and why", "words", missing="Say who told you, and why.")


class EndForm(forms.Form):
    """Why a referral ends."""

    key = "end"
    why = _line("Why it ends", "why", missing="Say why it ends.")


class TouchForm(forms.Form):
    """What was heard on a day to get in touch; its key names the day."""

    words = _line("What you heard", "words", missing="Say what you heard.")


def forms_of(read: ReferralRead, posted: forms.Form | None) -> dict[str, forms.Form]:
    """The forms about one referral, by key; the one that was posted as it was filled in."""
    made: list[forms.Form] = [
        SendForm(),
        HearForm(state=words.heard(read.state)),
        ExpectForm(),
        EndForm(),
        *(TouchForm(key=f"touch-{one.pk}") for one in read.to_come),
    ]
    found = {one.key: one for one in made}
    return found | ({posted.key: posted} if posted else {})
