"""This slice as a part of Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans: the goals of an episode of care, in the client's words."""

    name = "handrail.areas.plans"
    label = "plans"
