"""This slice as a part of Django."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Outreach to whoever was missing."""

    name = "handrail.areas.outreach"
    label = "outreach"
