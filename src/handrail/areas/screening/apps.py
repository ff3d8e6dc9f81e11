"""This slice as a part of Django."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Screening calls: answers, emergency steps and how the call ended."""

    name = "handrail.areas.screening"
    label = "screening"
