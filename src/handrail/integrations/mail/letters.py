"""The letters, word for word. A mail is read on locked phones and in shared inboxes: its subject
and text name no organization, no role, and no kind of work.
"""

import logging
import smtplib
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage, get_connection

_log = logging.getLogger(__name__)

_INVITATION = """\
Hello,

a colleague has made an account for you. Open this link to choose a password and sign in:

{link}

It works for seven days, once. If you did not expect it, you need do nothing.
"""

_TIMES = {
    "confirmation": ("Your time", "your time is set:", True),
    "reminder": ("A reminder", "this is a reminder of your time:", True),
    "moved": ("Your new time", "your time was moved. It is now:", True),
    "canceled": ("Your time", "this time was canceled:", False),
}
"""For each kind: the subject, how the text begins, and whether the time still stands."""

_TIME = """\
Hello,

{begins}

    {when}

{rest}
"""
_STANDS = """\
To move or cancel it, or to look it up again, open this link. It needs no password, so keep it to
yourself:

{link}"""
_GONE = "You need do nothing. To choose another time, open this link:\n\n{link}"


class Sent(Enum):
    """How sending went: `NOT_NOW` may be tried again, `NEVER` will not work or may have gone."""

    SENT = "sent"
    NOT_NOW = "not now"
    NEVER = "never"


def send_invitation(*, to: str, link: str) -> bool:
    """Send the link to someone who was invited. False, and a line in the log, when it cannot."""
    letter = EmailMessage("Your account", _INVITATION.format(link=link), to=[to])
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        _log.error("An invitation could not be sent: %s", type(error).__name__)
        return False
    return True


def time_letter(kind: str, *, starts_at: datetime, zone: str, link: str) -> tuple[str, str]:
    """Subject and text of a letter about a time: when, and the link. Nothing about what it is."""
    subject, begins, stands = _TIMES[kind]
    rest = (_STANDS if stands else _GONE).format(link=link)
    return subject, _TIME.format(begins=begins, when=when_words(starts_at, zone), rest=rest)


def when_words(starts_at: datetime, zone: str) -> str:
    """Wednesday, November 25, 6:30 pm EST."""
    local = starts_at.astimezone(ZoneInfo(zone))
    clock = f"{local:%I:%M}".lstrip("0") + f" {local:%p}".lower()
    return f"{local:%A, %B} {local.day}, {clock} {local:%Z}"


def send_time(*, kind: str, to: str, starts_at: datetime, zone: str, link: str) -> Sent:
    """Send a letter about a time. What is not known to have stayed here is never tried again."""
    subject, text = time_letter(kind, starts_at=starts_at, zone=zone, link=link)
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _log.error("The mail server cannot be reached: %s", type(error).__name__)
        return Sent.NOT_NOW
    try:
        EmailMessage(subject, text, to=[to], connection=connection).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        return _after(error=refused, again=all(code < 500 for code in codes))
    except smtplib.SMTPResponseException as refused:
        return _after(error=refused, again=refused.smtp_code < 500)
    except (OSError, smtplib.SMTPException) as error:
        return _after(error=error, again=False)
    finally:
        _close(connection)
    return Sent.SENT


def _after(*, error: Exception, again: bool) -> Sent:
    _log.error("A letter could not be sent: %s", type(error).__name__)
    return Sent.NOT_NOW if again else Sent.NEVER


def _close(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException) as error:  # it went; only the good-bye did not
        _log.warning("The mail server ended early: %s", type(error).__name__)
