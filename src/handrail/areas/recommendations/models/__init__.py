"""The tables of this slice."""

from handrail.areas.recommendations.models.confirmations import (
    STEP_LENGTH,
    Confirmation,
    steps_field,
)
from handrail.areas.recommendations.models.recommendations import Recommendation, RuleText

__all__ = ["STEP_LENGTH", "Confirmation", "Recommendation", "RuleText", "steps_field"]
