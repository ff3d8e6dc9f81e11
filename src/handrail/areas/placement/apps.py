"""How Django finds this area."""

from django.apps import AppConfig


class PlacementConfig(AppConfig):
    """The placement area."""

    name = "handrail.areas.placement"
    label = "placement"
