"""This slice as a part of Django."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """Private checks: answers sealed for two hours."""

    name = "handrail.areas.checks"
    label = "checks"
