"""The letters, word for word. A mail is read on locked phones and in shared inboxes: its subject
and text name no organization, no role, and no kind of work.
"""

import logging
import smtplib

from django.core.mail import EmailMessage

_log = logging.getLogger(__name__)

_INVITATION = """\
Hello,

a colleague has made an account for you. Open this link to choose a password and sign in:

{link}

It works for seven days, once. If you did not expect it, you need do nothing.
"""


def send_invitation(*, to: str, link: str) -> bool:
    """Send the link to someone who was invited. False, and a line in the log, when it cannot."""
    letter = EmailMessage("Your account", _INVITATION.format(link=link), to=[to])
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        _log.error("An invitation could not be sent: %s", type(error).__name__)
        return False
    return True
