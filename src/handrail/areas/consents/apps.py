"""This slice as a part of Django."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Consents, notices of privacy practices, restrictions, and what was disclosed under them."""

    name = "handrail.areas.consents"
    label = "consents"
