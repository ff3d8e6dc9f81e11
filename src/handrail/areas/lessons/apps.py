"""This slice as a part of Django."""

from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """A lesson a week by e-mail."""

    name = "handrail.areas.lessons"
    label = "lessons"
