"""The tables of this slice."""

from handrail.areas.recommendations.models.confirmations import (
    STEP_LENGTH,
    Confirmation,
    steps_field,
)
from handrail.areas.recommendations.models.recommendations import Recommendation, RuleText

__all__ = ["Confirmation", "Recommendation", "RuleText", "STEP_LENGTH", "steps_field"]
