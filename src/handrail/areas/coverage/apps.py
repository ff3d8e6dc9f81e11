"""This slice as a part of Django."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """Coverage: payers, plans, benefit checks, fees and what care will cost."""

    name = "handrail.areas.coverage"
    label = "coverage"
