"""Where sessions are kept: in the database, with their person, so that they can be ended at once.

Named in the settings as SESSION_ENGINE.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from handrail.areas.organizations.models import StaffSession

ORGANIZATION = "organization"
"""The session's key for the organization someone works in right now."""


class SessionStore(DatabaseStore):
    """Django's database sessions, in our table."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        """The table."""
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """A row that also says whose session it is, and where."""
        row: StaffSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id = _uuid(data.get(SESSION_KEY))
        row.organization_id = _uuid(data.get(ORGANIZATION))
        return row


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
