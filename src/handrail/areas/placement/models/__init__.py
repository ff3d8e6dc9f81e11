"""The tables of the placement area, one file for each part of the work."""

from handrail.areas.placement.models.ledger import (
    Agreement,
    Confirmation,
    InformedRefusal,
    Position,
    UnmetNeed,
)
from handrail.areas.placement.models.level import CheckDraft, Recommendation, RuleText

__all__ = [
    "Agreement",
    "CheckDraft",
    "Confirmation",
    "InformedRefusal",
    "Position",
    "Recommendation",
    "RuleText",
    "UnmetNeed",
]
