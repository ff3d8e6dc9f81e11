"""This slice as a part of Django."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """People in care: contacts, episodes, levels of care, problem list, medical baseline."""

    name = "handrail.areas.clients"
    label = "clients"
