"""The clients area as a part of Django."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Clients, their contacts, episodes, lists and flags."""

    name = "handrail.areas.clients"
    label = "clients"
