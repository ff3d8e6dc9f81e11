"""This slice as a part of Django."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Clients: the people in care, their contacts, episodes, levels of care, problem list and medical baseline."""

    name = "handrail.areas.clients"
    label = "clients"
