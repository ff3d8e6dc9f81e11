"""This slice as a part of Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger of positions: who asks for what, what was agreed, what was refused."""

    name = "handrail.areas.ledger"
    label = "ledger"
