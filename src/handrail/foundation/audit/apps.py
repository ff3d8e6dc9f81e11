"""The audit trail as a part of Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """One table that can only grow."""

    name = "handrail.foundation.audit"
    label = "audit"
