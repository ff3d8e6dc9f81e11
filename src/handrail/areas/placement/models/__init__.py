"""The tables of the placement area, one file for each part of the work."""

from handrail.areas.placement.models.level import CheckDraft, Recommendation, RuleText
from handrail.areas.placement.models.listings import Listing

__all__ = ["CheckDraft", "Listing", "Recommendation", "RuleText"]
