"""This slice as a part of Django."""

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    """Programs, tracks, sessions, their rosters, closures, rooms and working hours."""

    name = "handrail.areas.schedule"
    label = "schedule"
