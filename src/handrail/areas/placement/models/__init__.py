"""The tables of the placement area, one file for each part of the work."""

from handrail.areas.placement.models.level import CheckDraft, Recommendation, RuleText

__all__ = ["CheckDraft", "Recommendation", "RuleText"]
