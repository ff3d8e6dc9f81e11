"""The programs area as a part of Django."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Programs, tracks, sessions, enrollments, attendance, notes and outreach."""

    name = "handrail.areas.programs"
    label = "programs"
