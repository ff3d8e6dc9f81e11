"""The forms of counseling notes: the next note, an addendum, and a note that leaves."""

from handrail.areas.counseling.models import CounselingSession
from handrail.areas.counseling.services import LONGEST
from handrail.core.consents import RecipientKind
from handrail.web.kit import forms
from handrail.web.staff.consents.forms import ReleaseForm


class NoteForm(forms.Form):
    """A note as it is written. Empty, its draft is put away."""

    key = "write"
    note_date = forms.Day("Day")
    session = forms.Choice(
        "About", CounselingSession.choices, required=False, empty="No one session"
    )
    text = forms.Text(
        "Your note",
        lines=8,
        max_length=LONGEST,
        required=False,
        help_text="Once signed it stays as it is; you can add to it. A draft kept empty is put"
        " away.",
    )

    def arguments(self) -> dict[str, object]:
        """About no one session is an empty word."""
        return self.cleaned_data | {"session": self.cleaned_data["session"] or ""}


class AddForm(forms.Form):
    """What is added to a signed note."""

    text = forms.Text("What you add", lines=4, max_length=LONGEST, missing="Write something first.")


class LeaveForm(ReleaseForm):
    """A note that leaves: for someone outside, as its own consent names them."""

    to = forms.Choice(
        "Who they are",
        [
            (one, one.words)
            for one in RecipientKind
            if one not in (RecipientKind.CONTACT, RecipientKind.CLIENT)
        ],
        read=RecipientKind,
        required=False,
    )
    name = forms.Text("Name", required=False, help_text="As the consent names them")
