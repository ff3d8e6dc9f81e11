"""The worklist as a part of Django."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """Rows of what is due, for whom, by when and about whom."""

    name = "handrail.areas.worklist"
    label = "worklist"
