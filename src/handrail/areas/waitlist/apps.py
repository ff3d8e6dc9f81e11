"""This slice as a part of Django."""

from django.apps import AppConfig


class WaitlistConfig(AppConfig):
    """The waitlist: who waits for which program, and contact meanwhile."""

    name = "handrail.areas.waitlist"
    label = "waitlist"
