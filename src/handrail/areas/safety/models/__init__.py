"""The tables of this slice."""

from handrail.areas.safety.models.flags import Flag, FlagKind
from handrail.areas.safety.models.safety_plans import (
    PlanHandover,
    SafetyPlan,
    SafetyPlanDeclined,
    SafetyPlanLook,
)

__all__ = ["Flag", "FlagKind", "PlanHandover", "SafetyPlan", "SafetyPlanDeclined", "SafetyPlanLook"]
