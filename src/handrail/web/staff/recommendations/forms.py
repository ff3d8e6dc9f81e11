"""Small forms of recommendations."""

from handrail.areas.recommendations.services.recommendations import LONGEST_REASON
from handrail.web.kit import forms


class VoidForm(forms.Form):
    """Why a recommendation is void."""

    key = "void"
    reason = forms.Text(
        "Why it is void",
        max_length=LONGEST_REASON,
        missing="Say why it is void: the reason stays with it.",
    )
