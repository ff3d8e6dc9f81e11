"""This slice as a part of Django."""

from django.apps import AppConfig


class CounselingConfig(AppConfig):
    """Counseling notes, kept apart for their author."""

    name = "handrail.areas.counseling"
    label = "counseling"
