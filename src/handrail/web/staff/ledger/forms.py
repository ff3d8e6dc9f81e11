"""Small forms of the ledger."""

from handrail.areas.ledger.services.positions import LONGEST_VOID
from handrail.web.kit import forms


class VoidForm(forms.Form):
    """What was wrong with a position."""

    key = "v"
    reason = forms.Text(
        "What was wrong",
        max_length=LONGEST_VOID,
        missing="Say what was wrong.",
        help_text="Without names: it stays in this chart",
    )
