"""This slice as a part of Django."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Safety: flags that everyone who meets a client must know, and safety plans."""

    name = "handrail.areas.safety"
    label = "safety"
