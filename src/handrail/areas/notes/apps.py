"""This slice as a part of Django."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """Notes of sessions: drafts, goals, signatures, addenda."""

    name = "handrail.areas.notes"
    label = "notes"
