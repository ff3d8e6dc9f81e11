"""This slice as a part of Django."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Recommended levels of care, with facts and rules, and a clinician's word on them."""

    name = "handrail.areas.recommendations"
    label = "recommendations"
