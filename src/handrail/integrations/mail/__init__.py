"""Sends mail that says nothing of care, clients or an organization.

Where it goes is a setting: a mail server, or a folder when none is named (EMAIL_BACKEND).
"""

from handrail.integrations.mail.letters import (
    send_invitation,
    send_page,
    send_time,
    time_letter,
)
from handrail.integrations.sent import Sent

__all__ = ["Sent", "send_invitation", "send_page", "send_time", "time_letter"]
