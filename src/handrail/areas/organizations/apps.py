"""Organizations as a part of Django."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organizations, people, roles, licenses, settings, sessions."""

    name = "handrail.areas.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Listen to sign-in, so that it is written into the audit trail."""
        from handrail.areas.organizations import handlers

        handlers.listen()
